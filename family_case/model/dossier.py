"""What one paper may say: the dossier builder's only product, and all that a renderer ever sees.

Names, words and numbers that may not leave are already gone or replaced by labels such as "relative 2"; a renderer adds
nothing and decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from family_case.chance import Moment
from family_case.i18n import N_
from family_case.model.base import Coded
from family_case.model.consent import ConsentForm, Purpose, Topic
from family_case.model.dates import PartialDate
from family_case.model.details import Detail
from family_case.model.entry import Channel, Entry, EntryKind, Hazard, Part, WordsFrom
from family_case.model.kinds import PromiseTerm
from family_case.model.no_reply import Clock
from family_case.model.person import NameKind, RoleKind, Sex
from family_case.model.promises import Standing
from family_case.model.silence import Silence
from family_case.model.step import ReplyKind
from family_case.model.un_window import Window


class Profile(Coded):
    """For whom a paper is."""

    LAWYER = "lawyer", N_("lawyer")
    FAMILY = "family", N_("a relative (extract)")


@dataclass(frozen=True, slots=True)
class Order:
    """What paper is wanted: for whom, in which language, as of which day.

    `release` gives reasons for entries with hazards; `known_on` is the day whose end the file is shown as of (DOMAIN
    rule 15), None for today.
    """

    profile: Profile
    language: str
    printed: Moment
    addressee: str = ""
    as_of: date | None = None
    for_person: str = ""
    release: Mapping[str, str] = field(default_factory=dict)
    known_on: date | None = None


class LabelKind(Coded):
    """How a person without own consent is called; a letter or number follows."""

    RELATIVE = "relative", N_("relative {mark}")
    FELLOW_PRISONER = "fellow_prisoner", N_("fellow prisoner {mark}")
    STRANGER = "stranger", N_("stranger {mark}")
    PERSON = "person", N_("person {mark}")
    SOUGHT = "sought", N_("the person sought")


class WithheldWhy(Coded):
    """Why something was left out of this paper (shown with its count, never in a family paper)."""

    HAZARD = "hazard", N_("entries that may endanger someone")
    NAME = "name", N_("names of people who did not consent to this purpose")
    WORDS = "words", N_("exact words of people who did not consent to this purpose")
    NUMBER = "number", N_("numbers of people who did not consent to this purpose")
    OTHER_CASES = "other_cases", N_("names, codes and numbers of other cases, in free text")
    TEXT = "text", N_("free text that speaks about people who did not consent to this purpose")


@dataclass(frozen=True, slots=True)
class Who:
    """A person as this paper may name him: by `name` where allowed (else empty), always by label and role."""

    label: LabelKind
    mark: str
    role: RoleKind
    name: str = ""
    claimed: bool = False
    phone: str = ""
    consents: bool = False
    sex: Sex = Sex.UNKNOWN  # words the role; no name, it may leave where the role may


@dataclass(frozen=True, slots=True)
class NameLine:
    """One name of the person sought in its own language and script."""

    kind: NameKind
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Section 3: the person sought. Without consent on his behalf `names` is empty and `withheld` true."""

    names: tuple[NameLine, ...]
    born: PartialDate | None
    sex: Sex
    citizenship: str
    held_at: str
    last_seen: PartialDate | None
    circumstances: str
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number, masked or whole, and in how many other cases it occurs (told in the lawyer's paper only)."""

    shown: str
    part: Part
    other_cases: int = 0


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What a body answered, and when."""

    reply: ReplyKind
    received: PartialDate | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body that was asked or that denies, since when it was asked, and its answers."""

    name: str
    since: PartialDate | None = None
    forwarded: bool = False  # another body passed the matter on to it
    answers: tuple[AnswerLine, ...] = ()
    clock: Clock | None = None  # days without a reply, in the lawyer's paper


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered entry of the chronology: head and detail with everything taken out that may not leave."""

    number: int
    entry: Entry
    detail: Detail | None
    recorded: date
    source_code: str
    people: tuple[tuple[Part, Who], ...] = ()
    numbers: tuple[NumberLine, ...] = ()
    place: str = ""
    words_withheld: bool = False
    counts: bool = False  # a sign of life that counts as a direct word
    terms: tuple[PromiseTerm, ...] = ()
    standing: Standing | None = None
    bodies: tuple[BodyLine, ...] = ()  # that were asked, or deny
    released_because: str = ""  # typed reason, for an entry with hazards

    @property
    def kind(self) -> EntryKind:
        """Kind of the entry."""
        return self.entry.kind


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Section 15: a source by code: a conversation with someone, or what the entry says of its source."""

    code: str
    who: Who | None
    happened: PartialDate | None
    channel: Channel | None
    noted: WordsFrom | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """On what consent this paper stands."""

    who: Who
    purposes: frozenset[Purpose]
    given: PartialDate
    form: ConsentForm
    necessity: str


@dataclass(frozen=True, slots=True)
class HandlingLine:
    """Tear-off sheet: do not discuss these items with this person."""

    numbers: tuple[int, ...]
    whole_case: bool
    topic: Topic | None
    who: Who
    reason: str
    review: PartialDate | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything one paper may say; `snapshot` is the journal head hash it was taken from (empty in an extract)."""

    profile: Profile
    language: str
    as_of: date
    zone: str
    printed: Moment
    addressee: str
    case_code: str
    alias: str
    purpose: Purpose
    sought: Identity
    silence: Silence
    last_word: int | None  # item number of the last direct word
    last_proof: int | None  # item number of the last proof that he is alive
    people: tuple[Who, ...]
    items: tuple[Item, ...]
    sources: tuple[SourceLine, ...]
    consents: tuple[ConsentLine, ...]
    withheld: tuple[tuple[WithheldWhy, int], ...]
    handling: tuple[HandlingLine, ...]
    snapshot: str
    for_person: Who | None = None
    record_ids: tuple[tuple[str, str], ...] = ()  # (table, id) of what the paper contains, for the disclosure log
    hazards: frozenset[Hazard] = frozenset()
    known_on: date | None = None  # the day the file is shown as known on, None for today
    reports: tuple[int, ...] = ()  # item numbers of reports since the last proof, the newest first (lawyer's paper)
    window: Window | None = None  # the UN Working Group's, in the lawyer's paper


@dataclass(frozen=True, slots=True)
class Told:
    """One thing a paper tells its reader, for "what this paper tells them".

    Its sort, the text, and whether it is new to him.
    """

    what: str  # person, number, place, date, hazard; hidden: what of other cases was taken out (never new)
    text: str
    new: bool
