"""One entry as a paper may tell it: words, text, numbers and source, each let out, masked or left out, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, TypeVar

from family_case.model.base import Privacy, Record
from family_case.model.dossier import Item, NumberLine, SourceLine, WithheldWhy
from family_case.model.entry import Conversation, Entry, EntryKind, Part
from family_case.model.kinds import Payment, Promise, SignClass, SignOfLife
from family_case.model.phones import masked
from family_case.model.promises import standing
from family_case.model.records import columns
from family_case.services.asked import asked, source_words
from family_case.services.blackout import Blackout
from family_case.services.knowing import Reader
from family_case.services.standing import Standing, own_records
from family_case.store import derived

if TYPE_CHECKING:
    from collections.abc import Sequence

    from family_case.model.details import Detail
    from family_case.model.promises import Standing as PromiseStanding
    from family_case.model.views import NumberUse, TimelineItem

R = TypeVar("R", bound=Record)
_SECOND_HAND = {SignClass.THIRD_PARTY, SignClass.CALLER_CLAIM, SignClass.MEDIA}  # said by someone about him
_NEVER = {"translated_by", "advice", "check_question"}  # the caseworker's own, and questions that must stay unknown


@dataclass(slots=True)
class Items:
    """Makes the items of one paper; counts what it leaves out and names the sources on the way.

    `known` are ids of the entries the paper knows of, `release` reasons for entries with hazards.
    """

    reader: Reader
    standing: Standing
    blackout: Blackout
    release: Mapping[str, str]
    zone: str
    known: frozenset[str]
    left_out: Counter[WithheldWhy] = field(default_factory=Counter)
    codes: dict[str, SourceLine] = field(default_factory=dict)

    def of(self, known: Sequence[TimelineItem]) -> tuple[Item, ...]:
        """Items of these entries, numbered; those with hazards only where a reason was given."""
        out = [
            each for each in known if each.entry and (not each.entry.hazards or self.release.get(each.id, "").strip())
        ]
        self.left_out[WithheldWhy.HAZARD] += len(known) - len(out)
        return tuple(self._item(number, each) for number, each in enumerate(out, 1))

    def _item(self, number: int, each: TimelineItem) -> Item:
        assert each.entry is not None  # noqa: S101 - chosen by the caller
        words_out = bool(each.entry.words or each.entry.translation) and not self._may_speak(each)
        if words_out:
            self.left_out[WithheldWhy.WORDS] += 1
        entry = self._cleaned(each.entry)
        if words_out:
            entry = replace(entry, words="", translation="")
        where = each.place if self.reader.knows_where() else None
        if self.reader.person:
            entry = replace(entry, conversation_id=None, place_id=entry.place_id if where else None)
        return Item(
            number=number,
            entry=entry,
            detail=self._detail(each.detail),
            recorded=derived.recorded_day(each.entry.recorded_ms, self.zone),
            source_code=self._source(each, entry),
            people=tuple((part, self.standing.of(person)) for part, person, _name in each.people),
            numbers=tuple(self._number(use) for use in each.numbers),
            place=self.blackout.clean(where.name) if where else "",
            words_withheld=words_out,
            counts=each.counts,
            terms=each.terms,
            standing=self._promise(each),
            bodies=asked(each, self.blackout.clean, self.reader.page.as_of if self.reader.lawyer else None),
            released_because=self.blackout.clean(self.release.get(each.id, "")) if each.entry.hazards else "",
        )

    def _detail(self, detail: Detail | None) -> Detail | None:
        if isinstance(detail, Payment) and self.reader.person and detail.promise_id not in self.known:
            detail = replace(detail, promise_id=None)  # the promise is kept from her
        return self._cleaned(detail) if detail is not None else None

    def _promise(self, each: TimelineItem) -> PromiseStanding | None:
        """What became of a promise as far as this paper knows of payments."""
        if not isinstance(each.detail, Promise) or not self.reader.person:
            return each.standing
        paid = [
            other.detail
            for other in self.reader.page.timeline
            if isinstance(other.detail, Payment) and other.detail.promise_id == each.id and other.id in self.known
        ]
        return standing(each.detail, each.terms, paid, self.reader.page.as_of)

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
        return all(self.standing.of(each).consents or self._is_reader(each) for each in speakers)

    def _is_reader(self, person: str) -> bool:
        """Whether the words are the reader's own, under whichever record of hers they were written down."""
        parts = {each.person.id for card in self.reader.page.people if card.person.id == person for each in card.parts}
        return person == self.reader.person and parts <= own_records(self.reader.page, person)

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
            elif privacy is not Privacy.NONE and (clean := self.blackout.clean(value)) != value:
                changed[column.name] = clean
        if changed.keys() - _NEVER:
            self.left_out[WithheldWhy.TEXT] += 1
        return replace(record, **changed) if changed else record

    def _number(self, use: NumberUse) -> NumberLine:
        hidden = self.blackout.hides_number(use.endpoint)
        self.left_out[WithheldWhy.NUMBER] += hidden
        shown = masked(use.endpoint.norm) if hidden else self.blackout.clean(use.use.raw)
        return NumberLine(shown, use.use.part, use.other_cases if self.reader.lawyer else 0)

    def _source(self, each: TimelineItem, entry: Entry) -> str:
        if not self.reader.lawyer:
            return ""
        talk = self._talk(entry)
        speaker = next((person for part, person, _name in each.people if part is Part.SPEAKER), None)
        teller = speaker or (talk.person_id if talk else None)
        words = source_words(entry, self.reader.page, self.blackout.clean)
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
            each.conversation
            for each in self.reader.page.timeline
            if each.conversation and each.id == entry.conversation_id
        )
        return next(found, None)
