"""The head that all timeline entries share, conversations as their source, and who and what an entry names.

An entry is an assertion: it says who told it, how they know, and how far we trust it. `EntryPerson` and `EndpointUse`
are the only places where an entry names a person or an endpoint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from family_case.i18n import N_
from family_case.model.base import Coded, D, N, Q, Record, S, T
from family_case.model.consent import Topic
from family_case.model.dates import PartialDate


class EntryKind(Coded):
    """The kinds of timeline entry."""

    SIGN = "sign", N_("sign of life")
    APPROACH = "approach", N_("approach")
    REQUEST = "request", N_("document request")
    PROMISE = "promise", N_("promise")
    PAYMENT = "payment", N_("payment")
    NOTE = "note", N_("note")
    OFFER = "offer", N_("recruitment offer")
    STAY = "stay", N_("stay")
    STATUS = "status", N_("status report")
    DENIAL = "denial", N_("denial")
    STEP = "step", N_("step taken")


class Channel(Coded):
    """Through what people spoke."""

    PHONE = "phone", N_("phone")
    WHATSAPP = "whatsapp", N_("WhatsApp")
    TELEGRAM = "telegram", N_("Telegram")
    SIGNAL = "signal", N_("Signal")
    VIBER = "viber", N_("Viber")
    SMS = "sms", N_("text message (SMS)")
    EMAIL = "email", N_("e-mail")
    LETTER = "letter", N_("letter")
    IN_PERSON = "in_person", N_("in person")
    VIDEO = "video", N_("video call")
    OTHER = "other", N_("other")
    UNKNOWN = "unknown", N_("channel not known")


class Basis(Coded):
    """How the teller knows (DOMAIN section 2)."""

    OWN = "own", N_("saw or heard it first-hand")
    FROM_SOUGHT = "from_sought", N_("told by the person sought")
    FROM_OTHER = "from_other", N_("told by another person")
    DOCUMENT = "document", N_("document")
    PUBLIC = "public", N_("public source")
    INFERENCE = "inference", N_("our inference")
    UNKNOWN = "unknown", N_("not known")


class Reliability(Coded):
    """How far we trust the source."""

    RELIABLE = "reliable", N_("reliable"), "MT42 010000000000"
    MOSTLY = "mostly", N_("mostly reliable"), "MT42 020000000000"
    DOUBTFUL = "doubtful", N_("doubtful"), "MT42 040000000000"
    UNKNOWN = "unknown", N_("reliability not known"), "MT42 990000000000"


class Credibility(Coded):
    """How far we believe the information."""

    LIKELY = "likely", N_("likely")
    UNSURE = "unsure", N_("unsure")
    UNLIKELY = "unlikely", N_("unlikely")
    UNKNOWN = "unknown", N_("credibility not known")


class WordsFrom(Coded):
    """How we have someone's exact words."""

    COPIED = "copied", N_("copied from a message")
    TRANSCRIBED = "transcribed", N_("transcribed from a recording")
    NOTED = "noted", N_("noted during the talk")
    MEMORY = "memory", N_("from memory")
    UNKNOWN = "unknown", N_("not known how")


class Hazard(Coded):
    """Why an entry may harm someone.

    A flagged entry leaves only in the in-house paper, or item by item with a reason.
    """

    PHONE_INSIDE = "phone_inside", N_("phone inside prison")
    SELF_INCRIMINATION = "self_incrimination", N_("self-incrimination")
    MILITARY = "military", N_("military place or unit")
    INSIDER = "insider", N_("insider source")
    HIDING = "hiding", N_("person in hiding")


class Part(Coded):
    """What someone or some number is in an entry."""

    SPEAKER = "speaker", N_("told by")
    WITH = "with", N_("with")
    BY = "by", N_("by")
    TO = "to", N_("to")
    ASKED_BY = "asked_by", N_("asked by")
    PAYER = "payer", N_("paid by")
    WITNESS = "witness", N_("witness")
    RECOGNISER = "recogniser", N_("recognised by")
    THROUGH = "through", N_("through")


@dataclass(frozen=True, slots=True)
class Conversation(Record):
    """A talk of our office with someone; entries told in it hang under it and it is their source."""

    TABLE: ClassVar[str] = "conversation"

    id: Annotated[str, N]
    case_id: Annotated[str, N]
    person_id: Annotated[str | None, Q]
    happened: Annotated[PartialDate, Q]
    ended: Annotated[PartialDate | None, Q] = None
    channel: Annotated[Channel, N] = Channel.UNKNOWN
    in_the_room: Annotated[str, T] = ""
    language: Annotated[str, Q] = ""
    noted: Annotated[WordsFrom, N] = WordsFrom.NOTED
    call_back: Annotated[PartialDate | None, Q] = None
    text: Annotated[str, T] = ""
    recorded_ms: Annotated[int, N] = 0


@dataclass(frozen=True, slots=True)
class Entry(Record):
    """Head of a timeline entry: when, from whom, how known, in what words.

    Without a case it is about a place, a cohort or a body ("50 chosen, 400 applied in this colony").
    """

    TABLE: ClassVar[str] = "entry"

    id: Annotated[str, N]
    kind: Annotated[EntryKind, N]
    case_id: Annotated[str | None, N]
    conversation_id: Annotated[str | None, N] = None
    happened: Annotated[PartialDate | None, Q] = None
    learned: Annotated[PartialDate | None, Q] = None
    basis: Annotated[Basis, N] = Basis.UNKNOWN
    hands: Annotated[int | None, N] = None
    reliability: Annotated[Reliability, N] = Reliability.UNKNOWN
    credibility: Annotated[Credibility, N] = Credibility.UNKNOWN
    source: Annotated[str, T] = ""
    source_id: Annotated[str | None, Q] = None
    words: Annotated[str, T] = ""
    words_from: Annotated[WordsFrom, N] = WordsFrom.UNKNOWN
    words_language: Annotated[str, Q] = ""
    translation: Annotated[str, T] = ""
    translated_by: Annotated[str, D] = ""
    text: Annotated[str, T] = ""
    checked: Annotated[str, T] = ""
    check_failed: Annotated[str, T] = ""
    topics: Annotated[frozenset[Topic], N] = frozenset()
    hazards: Annotated[frozenset[Hazard], S] = frozenset()
    place_id: Annotated[str | None, Q] = None
    cohort_id: Annotated[str | None, Q] = None
    body_id: Annotated[str | None, Q] = None
    recorded_ms: Annotated[int, N] = 0


@dataclass(frozen=True, slots=True)
class EntryPerson(Record):
    """A person's part in an entry (a link identifies: quasi-identifier)."""

    TABLE: ClassVar[str] = "entry_person"

    id: Annotated[str, N]
    entry_id: Annotated[str, N]
    person_id: Annotated[str, Q]
    part: Annotated[Part, N]


@dataclass(frozen=True, slots=True)
class EndpointUse(Record):
    """A number's part in an entry, with the number as typed there, and the case of that entry.

    The case stands here too, because of a number that hundreds of cases share it is asked at every turn.
    """

    TABLE: ClassVar[str] = "endpoint_use"

    id: Annotated[str, N]
    entry_id: Annotated[str, N]
    endpoint_id: Annotated[str, Q]
    part: Annotated[Part, N] = Part.THROUGH
    raw: Annotated[str, D] = ""
    case_id: Annotated[str | None, N] = None
