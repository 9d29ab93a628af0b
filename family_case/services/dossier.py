"""The dossier builder: the only place that decides what standing, consents and hazards let out.

Renderers get what it hands them and nothing else. A paper for a relative is composed as if what is kept from her
never existed: numbers run on, and every derived line is computed without it (DOMAIN rule 9).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from family_case.chance import Moment
from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.base import Privacy, Record
from family_case.model.consent import Topic
from family_case.model.dossier import (
    ConsentLine,
    Dossier,
    HandlingLine,
    Identity,
    Item,
    NameLine,
    NumberLine,
    Profile,
    SourceLine,
    Who,
    WithheldWhy,
)
from family_case.model.entry import Conversation, Entry, EntryKind, Part
from family_case.model.kinds import Payment, Promise, SignClass, SignOfLife
from family_case.model.person import FAMILY, RoleKind, Sex
from family_case.model.phones import masked
from family_case.model.promises import Standing as PromiseStanding
from family_case.model.promises import standing
from family_case.model.records import columns
from family_case.model.views import CasePage, NumberUse, PersonCard, TimelineItem
from family_case.services import casework, finders
from family_case.services.asked import asked, source_words
from family_case.services.masking import Mask, mask_for
from family_case.services.session import Session
from family_case.services.standing import PURPOSE, Standing, in_force, standing_of
from family_case.services.withheld import covers, untold
from family_case.store import derived, journal, people

if TYPE_CHECKING:
    from family_case.model.case import Case
    from family_case.model.consent import Withholding
    from family_case.model.details import Detail

R = TypeVar("R", bound=Record)
_SECOND_HAND = {SignClass.THIRD_PARTY, SignClass.CALLER_CLAIM, SignClass.MEDIA}  # said by someone about him
_CASE_TOPICS = {Topic.FATE, Topic.WHEREABOUTS}  # what the office's own account of a case speaks of
_NEVER = {"translated_by", "advice", "check_question"}  # the caseworker's own, and questions that must stay unknown


@dataclass(frozen=True, slots=True)
class Order:
    """What paper is wanted: for whom, in which language, as of which day.

    `release` gives reasons for entries with hazards.
    """

    profile: Profile
    language: str
    printed: Moment
    addressee: str = ""
    as_of: date | None = None
    for_person: str = ""
    release: Mapping[str, str] = field(default_factory=dict)


def build(session: Session, ref: str, order: Order) -> Dossier:
    """Everything the ordered paper may say.

    Refused when consent does not reach so far, or the relative is not named.
    """
    page = casework.page(session, ref, as_of=order.as_of)
    reader = finders.person_in(page.people, order.for_person) if order.profile is Profile.FAMILY else None
    if order.profile is Profile.FAMILY and not _is_relative(page, reader):
        raise Refused(N_("An extract is for one relative of the case: say for whom. Nothing was written."))
    return _Builder(session, page, order, reader or "").dossier()


@dataclass(slots=True)
class _Builder:
    """Builds one dossier; counts what it leaves out on the way."""

    session: Session
    page: CasePage
    order: Order
    reader: str
    standing: Standing = field(init=False)
    mask: Mask = field(init=False)
    cards: list[PersonCard] = field(init=False)
    left_out: Counter[WithheldWhy] = field(default_factory=Counter)
    codes: dict[str, SourceLine] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def dossier(self) -> Dossier:
        known = self._known()
        self.known = {each.id for each in known}
        self.cards = self._everyone()
        self.standing = self._standing(known)
        self.mask = self._mask()
        self.standing = self.standing.with_texts(self.mask.clean)
        items = tuple(self._item(number, each) for number, each in enumerate(self._let_out(known), 1))
        number_of = {item.entry.id: item.number for item in items}
        lawyer = self.order.profile is Profile.LAWYER
        basis = known if lawyer else [each for each in known if each.id in number_of]
        quiet = casework.silence_of(self._case(), basis, self.page.as_of, self.session.office.zone)
        word = max((each for each in basis if each.counts), key=lambda each: each.happened_key, default=None)
        proof = casework.last_proof([each for each in known if each.id in number_of])
        return Dossier(
            profile=self.order.profile,
            language=self.order.language,
            as_of=self.page.as_of,
            zone=self.session.office.zone,
            printed=self.order.printed,
            addressee=self.order.addressee,
            case_code=self.page.case.code,
            alias=self.mask.clean(self.page.case.alias),
            purpose=PURPOSE[self.order.profile],
            sought=self._identity(),
            silence=quiet,
            last_word=number_of.get(word.id) if word else None,
            last_proof=number_of.get(proof.id) if proof else None,
            people=self._people(items),
            items=items,
            sources=tuple(self.codes.values()) if lawyer else (),
            consents=self._consents() if lawyer else (),
            withheld=tuple(sorted(self._counted(items).items(), key=lambda pair: pair[0].value)) if lawyer else (),
            handling=self._handling(known, number_of) if lawyer else (),
            snapshot=journal.head(self.session.vault.connection) if lawyer else "",  # it moves with what is kept too
            for_person=self.standing.of(self.reader) if self.reader else None,
            record_ids=self._contained(items),
            hazards=frozenset(hazard for item in items for hazard in item.entry.hazards),
        )

    def _standing(self, known: Sequence[TimelineItem]) -> Standing:
        """Positions of everyone; in an extract only of whom it speaks of, so that labels run on."""
        among = None
        if self.order.profile is Profile.FAMILY:
            sought = {card.person.id for card in self.page.people if card.role.kind is RoleKind.SOUGHT}
            among = {self.reader} | sought | {person for each in known for _part, person, _name in each.people}
        return standing_of(self.page, self.order.profile, self.session.today(), self.reader, among)

    def _mask(self) -> Mask:
        # Of everyone, also in an extract: a name once told must not vanish because something about him is kept.
        all_ = standing_of(self.page, self.order.profile, self.session.today(), self.reader)
        hidden = [name for card in self.cards if not all_.of(card.person.id).name for name in _names(card)]
        shown = [name for card in self.cards if all_.of(card.person.id).name for name in _names(card)]
        numbers = [own.norm for card in self.cards if not self._open_number(card.person.id) for own in card.endpoints]
        return mask_for(hidden, shown, numbers)

    def _everyone(self) -> list[PersonCard]:
        """People of the case, and whoever else it names without a role in it."""
        talks = {each.conversation.person_id for each in self.page.timeline if each.conversation}
        named = talks | {person for each in self.page.timeline for _part, person, _name in each.people}
        inside = {card.person.id for card in self.page.people}
        connection = self.session.vault.connection
        outside = (people.outside(connection, person) for person in sorted(filter(None, named - inside)))
        return [*self.page.people, *(card for card in outside if card)]

    def _case(self) -> Case:
        """The case as this reader may know it: with his whereabouts kept from her, not where he was last either."""
        if Topic.WHEREABOUTS not in self._kept_topics():
            return self.page.case
        return replace(self.page.case, last_seen=None, held_at=None)

    def _kept_topics(self) -> set[Topic]:
        wishes = in_force(self.page.withholdings) if self.reader else []
        return {each.topic for each in wishes if each.from_person_id == self.reader and each.topic}

    def _open_number(self, person_id: str) -> bool:
        return bool(self.standing.of(person_id).phone) or person_id == self.reader

    def _known(self) -> list[TimelineItem]:
        """Entries this paper knows of: all, or for a relative those not kept from her and without hazard."""
        entries = [each for each in self.page.timeline if each.entry is not None]
        if self.order.profile is Profile.LAWYER:
            return entries
        kept = [each for each in in_force(self.page.withholdings) if each.from_person_id == self.reader]
        if any(each.topic is None and each.entry_id is None for each in kept):
            raise Refused(N_("The whole case is kept from this person. Nothing was written."))
        return [
            each
            for each in entries
            if each.entry
            and not (each.entry.hazards or untold(each, self.page))
            and not any(covers(wish, each, self.page) for wish in kept)
        ]

    def _let_out(self, known: Sequence[TimelineItem]) -> list[TimelineItem]:
        out = [
            each
            for each in known
            if each.entry and (not each.entry.hazards or self.order.release.get(each.id, "").strip())
        ]
        self.left_out[WithheldWhy.HAZARD] += len(known) - len(out)
        return out

    def _item(self, number: int, each: TimelineItem) -> Item:
        assert each.entry is not None  # noqa: S101 - chosen by the caller
        words_out = bool(each.entry.words or each.entry.translation) and not self._may_speak(each)
        if words_out:
            self.left_out[WithheldWhy.WORDS] += 1
        entry = self._cleaned(each.entry)
        if words_out:
            entry = replace(entry, words="", translation="")
        where = each.place if Topic.WHEREABOUTS not in self._kept_topics() else None
        if self.reader:
            entry = replace(entry, conversation_id=None, place_id=entry.place_id if where else None)
        return Item(
            number=number,
            entry=entry,
            detail=self._detail(each.detail),
            recorded=derived.recorded_day(each.entry.recorded_ms, self.session.office.zone),
            source_code=self._source(each, entry),
            people=tuple((part, self.standing.of(person)) for part, person, _name in each.people),
            numbers=tuple(self._number(use) for use in each.numbers),
            place=self.mask.clean(where.name) if where else "",
            words_withheld=words_out,
            counts=each.counts,
            terms=each.terms,
            standing=self._promise(each),
            bodies=asked(each, self.mask.clean),
            released_because=self.mask.clean(self.order.release.get(each.id, "")) if each.entry.hazards else "",
        )

    def _detail(self, detail: Detail | None) -> Detail | None:
        if isinstance(detail, Payment) and self.reader and detail.promise_id not in self.known:
            detail = replace(detail, promise_id=None)  # the promise is kept from her
        return self._cleaned(detail) if detail is not None else None

    def _promise(self, each: TimelineItem) -> PromiseStanding | None:
        """What became of a promise as far as this paper knows of payments."""
        if not isinstance(each.detail, Promise) or not self.reader:
            return each.standing
        paid = [
            other.detail
            for other in self.page.timeline
            if isinstance(other.detail, Payment) and other.detail.promise_id == each.id and other.id in self.known
        ]
        return standing(each.detail, each.terms, paid, self.page.as_of)

    def _may_speak(self, each: TimelineItem) -> bool:
        """Whether the words' speaker has opened them.

        He himself through a relative, an adverse person by his claim, a teller by consent.
        """
        if each.entry is None:
            return False
        if isinstance(each.detail, SignOfLife):
            second_hand = each.detail.sign_class in _SECOND_HAND
            return self.standing.on_behalf and (not second_hand or self._tellers_open(each, each.entry))
        return each.entry.kind is not EntryKind.NOTE or self._tellers_open(each, each.entry)

    def _tellers_open(self, each: TimelineItem, entry: Entry) -> bool:
        """Whether everyone whose words these may be consents; who said them is named, or was talked with."""
        speakers = [person for part, person, _name in each.people if part is Part.SPEAKER]
        talk = self._talk(entry)
        if not speakers and talk and talk.person_id:
            speakers = [talk.person_id]
        if not speakers:
            speakers = [person for part, person, _name in each.people if part in (Part.WITH, Part.WITNESS)]
        return all(self.standing.of(each).consents or each == self.reader for each in speakers)

    def _cleaned(self, record: R) -> R:
        """The record with free text masked and the caseworker's own columns empty."""
        changed: dict[str, str] = {}
        for column in fields(record):
            value = getattr(record, column.name)
            if not isinstance(value, str) or not value:
                continue
            privacy = columns(type(record))[column.name][1]
            if column.name in _NEVER:
                changed[column.name] = ""
            elif privacy is not Privacy.NONE and (clean := self.mask.clean(value)) != value:
                changed[column.name] = clean
        if changed.keys() - _NEVER:
            self.left_out[WithheldWhy.TEXT] += 1
        return replace(record, **changed) if changed else record

    def _number(self, use: NumberUse) -> NumberLine:
        owners = [card.person.id for card in self.cards if use.endpoint.id in {own.id for own in card.endpoints}]
        hidden = any(not self._open_number(owner) for owner in owners)
        self.left_out[WithheldWhy.NUMBER] += hidden
        shown = masked(use.endpoint.norm) if hidden else self.mask.clean(use.use.raw)
        return NumberLine(shown, use.use.part, use.other_cases if self.order.profile is Profile.LAWYER else 0)

    def _source(self, each: TimelineItem, entry: Entry) -> str:
        if self.order.profile is Profile.FAMILY:
            return ""
        talk = self._talk(entry)
        speaker = next((person for part, person, _name in each.people if part is Part.SPEAKER), None)
        teller = speaker or (talk.person_id if talk else None)
        words = source_words(entry, self.page, self.mask.clean)
        key = talk.id if talk else f"{teller}/{words}"
        if key not in self.codes:
            code = f"S{len(self.codes) + 1}"
            who = self.standing.of(teller) if teller else None
            self.codes[key] = SourceLine(
                code,
                who,
                talk.happened if talk else None,
                talk.channel if talk else None,
                talk.noted if talk else None,
                words,
            )
        return self.codes[key].code

    def _talk(self, entry: Entry) -> Conversation | None:
        found = (
            each.conversation for each in self.page.timeline if each.conversation and each.id == entry.conversation_id
        )
        return next(found, None)

    def _identity(self) -> Identity:
        case = self._case()
        sought = next((card for card in self.page.people if card.role.kind is RoleKind.SOUGHT), None)
        open_name = self.standing.on_behalf and sought is not None
        return Identity(
            names=tuple(NameLine(name.kind, self.mask.clean(name.entered), name.language) for name in sought.names)
            if open_name and sought
            else (),
            born=sought.person.born if open_name and sought else None,
            sex=sought.person.sex if sought else Sex.UNKNOWN,
            citizenship=self.mask.clean(sought.person.citizenship) if open_name and sought else "",
            held_at=self.mask.clean(self.page.held_at.name) if case.held_at and self.page.held_at else "",
            last_seen=case.last_seen,
            circumstances="" if self._kept_topics() & _CASE_TOPICS else self.mask.clean(case.circumstances),
            withheld=not open_name,
        )

    def _people(self, items: Sequence[Item]) -> tuple[Who, ...]:
        if self.order.profile is Profile.LAWYER:
            return tuple(self.standing.who.values())
        named = {who for item in items for _part, who in item.people}
        return tuple(who for who in self.standing.who.values() if who in named or who.role is RoleKind.SOUGHT)

    def _consents(self) -> tuple[ConsentLine, ...]:
        return tuple(
            ConsentLine(
                self.standing.of(each.giver_id), each.purposes, each.given, each.form, self.mask.clean(each.necessity)
            )
            for each in self.standing.consents
        )

    def _counted(self, items: Sequence[Item]) -> Counter[WithheldWhy]:
        unnamed = {who for who in self._people(items) if not who.name}
        return +(self.left_out + Counter({WithheldWhy.NAME: len(unnamed)}))

    def _handling(self, known: Sequence[TimelineItem], number_of: Mapping[str, int]) -> tuple[HandlingLine, ...]:
        lines = []
        for wish in in_force(self.page.withholdings):
            numbers = tuple(
                number_of[each.id]
                for each in known
                if each.id in number_of and (covers(wish, each, self.page) or _tells_where(wish, each.entry))
            )
            whole = wish.topic is None and wish.entry_id is None
            lines.append(
                HandlingLine(
                    numbers,
                    whole,
                    wish.topic,
                    self.standing.of(wish.from_person_id),
                    self.mask.clean(wish.reason),
                    wish.review,
                )
            )
        return tuple(lines)

    def _contained(self, items: Sequence[Item]) -> tuple[tuple[str, str], ...]:
        entries = [("entry", item.entry.id) for item in items]
        named = [("person", person) for person, who in self.standing.who.items() if who.name]
        return (*entries, *named)


def _names(card: PersonCard) -> list[str]:
    return [text for name in card.names for text in (name.entered, name.family, name.given, name.patronymic)]


def _is_relative(page: CasePage, person_id: str | None) -> bool:
    """Whether an extract may be for this person: family or friend, and not only by his own claim."""
    return any(
        card.person.id == person_id and card.role.kind in FAMILY and not card.role.claimed for card in page.people
    )


def _tells_where(wish: Withholding, entry: Entry | None) -> bool:
    return wish.topic is Topic.WHEREABOUTS and entry is not None and entry.place_id is not None
