"""The dossier builder: the only place that decides what standing, consents and hazards let out.

Renderers get what it hands them and nothing else. A paper for a relative is composed as if what is kept from her
never existed: numbers run on, and every derived line is computed without it (DOMAIN rule 9). What its reader may know
is decided in `knowing`, how one entry is told in `items`, what is taken out of free text in `blackout`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.consent import Topic
from family_case.model.dossier import (
    ConsentLine,
    Dossier,
    HandlingLine,
    Identity,
    Item,
    NameLine,
    Order,
    Profile,
    Who,
    WithheldWhy,
)
from family_case.model.person import RoleKind, Sex
from family_case.services import casework, finders
from family_case.services.blackout import Blackout, Naming, blackout
from family_case.services.items import Items
from family_case.services.knowing import Reader, is_relative
from family_case.services.known import page_of
from family_case.services.session import Session
from family_case.services.standing import PURPOSE, Standing, in_force, own_records, standing_of
from family_case.services.withheld import covers
from family_case.store import journal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from family_case.model.attachment import Attachment
    from family_case.model.consent import Withholding
    from family_case.model.entry import Entry
    from family_case.model.un_window import Window
    from family_case.model.views import CasePage, TimelineItem

__all__ = ["Order", "build", "build_telling", "demand_file"]


def build(session: Session, ref: str, order: Order) -> Dossier:
    """Everything the ordered paper may say.

    Refused when consent does not reach so far, or the relative is not named.
    """
    return build_telling(session, ref, order)[0]


def build_telling(session: Session, ref: str, order: Order) -> tuple[Dossier, tuple[str, ...]]:
    """The same, and what of other cases was taken out of its texts: for the caseworker alone, in no paper.

    Refused when consent does not reach so far, or the relative is not named.
    """
    page = page_of(session, ref, order)
    person = (
        finders.person_in(finders.names_of(page.people), order.for_person) if order.profile is Profile.FAMILY else None
    )
    if order.profile is Profile.FAMILY and not is_relative(page, person):
        raise Refused(N_("An extract is for one relative of the case: say for whom. Nothing was written."))
    reader = Reader(page, order.profile, page.one(person) if person else "")
    known = reader.entries()
    standing = _standing(session, reader, known)
    everyone = standing_of(page, order.profile, session.today(), reader.person)
    naming = Naming(everyone, standing, own_records(page, reader.person))
    hidden = blackout(session, page, naming, order.release)
    standing = standing.with_texts(hidden.clean)
    paper = _Builder(session, order, reader, standing, hidden).dossier(known)
    return paper, tuple(hidden.others.taken)


def demand_file(session: Session, row: Attachment, order: Order) -> None:
    """Refuse to let an attached file out unless the ordered paper would tell all that the file may tell.

    A file cannot be masked. So someone must have consented on behalf of the person sought; the entry it hangs on must
    be in the paper with its words and with everyone in it named; what hangs on the case alone, of which nobody can say
    what it tells, goes to no relative from whom anything is kept. Raises also what `build` raises.
    """
    paper = build(session, row.case_id, order)
    if paper.sought.withheld:
        raise Refused(_NOT_ON_BEHALF)
    if row.entry_id is None:
        _demand_nothing_kept(session, row.case_id, order)
        return
    item = next((each for each in paper.items if each.entry.id == row.entry_id), None)
    if item is None:
        raise Refused(_NOT_IN_PAPER)
    if item.words_withheld or not all(who.name for _part, who in item.people):
        raise Refused(_MASKED_IN_PAPER)


def _demand_nothing_kept(session: Session, case_id: str, order: Order) -> None:
    if order.profile is Profile.FAMILY:
        page = page_of(session, case_id, order)
        person = finders.person_in(finders.names_of(page.people), order.for_person)
        if any(each.from_person_id == page.one(person or "") for each in in_force(page.withholdings)):
            raise Refused(_SOMETHING_KEPT)


_NOT_ON_BEHALF = N_(
    "A file cannot be masked, and nobody consented on behalf of the person sought for this purpose. Nothing was "
    "written."
)
_NOT_IN_PAPER = N_(
    "The entry this file hangs on would not be in a paper for this reader: it is kept from him, or may endanger "
    "someone. Nothing was written."
)
_MASKED_IN_PAPER = N_(
    "A paper for this reader would mask someone, or his words, in the entry this file hangs on, and a file cannot be "
    "masked. Nothing was written."
)
_SOMETHING_KEPT = N_(
    "Something is kept from this person, and nobody can say whether this file tells it. Nothing was written."
)


def _standing(session: Session, reader: Reader, known: Sequence[TimelineItem]) -> Standing:
    """Positions of everyone; in an extract only of whom it speaks of, so that labels run on."""
    among = None
    if reader.person:
        sought = {card.person.id for card in reader.page.people if card.role.kind is RoleKind.SOUGHT}
        among = {reader.person} | sought | {person for each in known for _part, person, _name in each.people}
    return standing_of(reader.page, reader.profile, session.today(), reader.person, among)


@dataclass(frozen=True, slots=True)
class _Builder:
    """Composes one dossier from what its reader may know and what is hidden from him."""

    session: Session
    order: Order
    reader: Reader
    standing: Standing
    hidden: Blackout

    @property
    def page(self) -> CasePage:
        return self.reader.page

    def dossier(self, known: Sequence[TimelineItem]) -> Dossier:
        zone, lawyer = self.session.office.zone, self.reader.lawyer
        ids = frozenset(each.id for each in known)
        made = Items(self.reader, self.standing, self.hidden, self.order.release, zone, ids)
        items = made.of(known)
        number_of = {item.entry.id: item.number for item in items}
        basis = known if lawyer else [each for each in known if each.id in number_of]
        word = max((each for each in basis if each.counts), key=lambda each: each.happened_key, default=None)
        proof = casework.last_proof([each for each in known if each.id in number_of])
        paper = Dossier(
            profile=self.order.profile,
            language=self.order.language,
            as_of=self.page.as_of,
            zone=zone,
            printed=self.order.printed,
            addressee=self.order.addressee,
            case_code=self.page.case.code,
            alias=self.hidden.clean(self.page.case.alias),
            purpose=PURPOSE[self.order.profile],
            sought=self._identity(),
            silence=casework.silence_of(self.reader.case(), basis, self.page.as_of, zone),
            last_word=number_of.get(word.id) if word else None,
            last_proof=number_of.get(proof.id) if proof else None,
            people=self._people(items),
            items=items,
            sources=tuple(made.codes.values()) if lawyer else (),
            consents=self._consents() if lawyer else (),
            withheld=(),
            handling=self._handling(known, number_of) if lawyer else (),
            snapshot=journal.head(self.session.vault.connection) if lawyer else "",  # it moves with what is kept too
            for_person=self.standing.of(self.reader.person) if self.reader.person else None,
            record_ids=self._contained(items),
            hazards=frozenset(hazard for item in items for hazard in item.entry.hazards),
            known_on=self.order.known_on,
            reports=self._reports(number_of) if lawyer else (),
            window=self._window(number_of) if lawyer else None,
        )
        counted = self._counted(items, made.left_out) if lawyer else {}  # last: all texts have been gone through
        return replace(paper, withheld=tuple(sorted(counted.items(), key=lambda pair: pair[0].value)))

    def _reports(self, number_of: Mapping[str, int]) -> tuple[int, ...]:
        reports = (each.entry_id for each in self.page.rules.fate.reports)
        return tuple(number_of[each] for each in reports if each in number_of)

    def _window(self, number_of: Mapping[str, int]) -> Window | None:
        """The window to the UN Working Group; none where the stay it counts from is withheld from this paper."""
        found = self.page.rules.window
        return found if found.event.entry_id in ("", *number_of) else None

    def _identity(self) -> Identity:
        case, clean = self.reader.case(), self.hidden.clean
        cards = [each for card in self.page.people for each in card.parts]
        sought = next((each for each in cards if each.role.kind is RoleKind.SOUGHT), None)
        open_name = self.standing.on_behalf and sought is not None
        return Identity(
            names=tuple(NameLine(name.kind, clean(name.entered), name.language) for name in sought.names)
            if open_name and sought
            else (),
            born=sought.person.born if open_name and sought else None,
            sex=sought.person.sex if sought else Sex.UNKNOWN,
            citizenship=clean(sought.person.citizenship) if open_name and sought else "",
            held_at=clean(self.page.held_at.name) if case.held_at and self.page.held_at else "",
            last_seen=case.last_seen,
            circumstances=clean(case.circumstances) if self.reader.knows_circumstances() else "",
            withheld=not open_name,
        )

    def _people(self, items: Sequence[Item]) -> tuple[Who, ...]:
        if self.reader.lawyer:
            return tuple(self.standing.who.values())
        named = {who for item in items for _part, who in item.people}
        return tuple(who for who in self.standing.who.values() if who in named or who.role is RoleKind.SOUGHT)

    def _consents(self) -> tuple[ConsentLine, ...]:
        return tuple(
            ConsentLine(
                self.standing.of(each.giver_id), each.purposes, each.given, each.form, self.hidden.clean(each.necessity)
            )
            for each in self.standing.consents
        )

    def _counted(self, items: Sequence[Item], left_out: Counter[WithheldWhy]) -> Counter[WithheldWhy]:
        unnamed = {who for who in self._people(items) if not who.name}
        others = len(self.hidden.others.taken)
        return +(left_out + Counter({WithheldWhy.NAME: len(unnamed), WithheldWhy.OTHER_CASES: others}))

    def _handling(self, known: Sequence[TimelineItem], number_of: Mapping[str, int]) -> tuple[HandlingLine, ...]:
        lines = []
        for wish in in_force(self.page.withholdings):
            numbers = tuple(
                number_of[each.id]
                for each in known
                if each.id in number_of and (covers(wish, each, self.page) or _tells_where(wish, each.entry))
            )
            whole = wish.whole
            lines.append(
                HandlingLine(
                    numbers,
                    whole,
                    wish.topic,
                    self.standing.of(wish.from_person_id),
                    self.hidden.clean(wish.reason),
                    wish.review,
                )
            )
        return tuple(lines)

    def _contained(self, items: Sequence[Item]) -> tuple[tuple[str, str], ...]:
        entries = [("entry", item.entry.id) for item in items]
        named = [("person", person) for person, who in self.standing.who.items() if who.name]
        return (*entries, *named)


def _tells_where(wish: Withholding, entry: Entry | None) -> bool:
    return wish.topic is Topic.WHEREABOUTS and entry is not None and entry.place_id is not None
