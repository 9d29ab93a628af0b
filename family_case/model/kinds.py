"""What each kind of entry adds to the head: one narrow record per kind; its id is the entry's id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from family_case.i18n import N_
from family_case.model.base import Coded, D, N, Q, Record, S, T, YesNo
from family_case.model.dates import PartialDate
from family_case.model.entry import Channel, EntryKind


class Direction(Coded):
    """Which way a sign of life went."""

    IN = "in", N_("from him")
    OUT = "out", N_("to him")


class SignClass(Coded):
    """Class of a sign of life; only the first five count as a direct word (DOMAIN section 3)."""

    VOICE = "voice", N_("voice")
    VIDEO = "video", N_("video")
    KNOWN_NUMBER = "known_number", N_("text from a number known before he was taken")
    CHECK_ANSWERED = "check_answered", N_("text after an answered check question")
    HANDWRITING = "handwriting", N_("dated handwriting")
    UNVERIFIED = "unverified", N_("unverified text")
    THIRD_PARTY = "third_party", N_("through a third person")
    CALLER_CLAIM = "caller_claim", N_("claimed by a caller")
    MEDIA = "media", N_("seen in media")
    ACCOUNT = "account", N_("account activity")


COUNTING = frozenset(
    {SignClass.VOICE, SignClass.VIDEO, SignClass.KNOWN_NUMBER, SignClass.CHECK_ANSWERED, SignClass.HANDWRITING}
)


class DocumentKind(Coded):
    """What document is asked for."""

    INTERNAL_PASSPORT = "internal_passport", N_("internal passport")
    FOREIGN_PASSPORT = "foreign_passport", N_("foreign passport")
    SNILS = "snils", N_("SNILS")
    INN = "inn", N_("INN")
    BANK_CARD = "bank_card", N_("bank card")
    ACCOUNT = "account_details", N_("account details")
    CERTIFICATE = "certificate", N_("certificate")
    MILITARY_ID = "military_id", N_("military id")
    POWER = "power_of_attorney", N_("power of attorney")
    PHOTO = "photo", N_("photo")
    OTHER = "other", N_("other document")


class Sent(Coded):
    """Whether the document was given."""

    SENT = "sent", N_("sent")
    REFUSED = "refused", N_("refused")
    UNKNOWN = "unknown", N_("not known")


class PromiseKind(Coded):
    """What is promised."""

    SALARY = "salary", N_("salary")
    BONUS = "bonus", N_("bonus")
    DEATH_PAYMENT = "death_payment", N_("death payment")
    INJURY_PAYMENT = "injury_payment", N_("injury payment")
    PARDON = "pardon", N_("pardon")
    RELEASE = "release", N_("release")
    CONTRACT_COPY = "contract_copy", N_("copy of the contract")
    CALL_HOME = "call_home", N_("call home")
    BODY_RETURN = "body_return", N_("return of the body")
    AWARD = "award", N_("award")


MONEY_PROMISES = frozenset(
    {PromiseKind.SALARY, PromiseKind.BONUS, PromiseKind.DEATH_PAYMENT, PromiseKind.INJURY_PAYMENT}
)


class PromiseStatus(Coded):
    """What was said of a promise; due, overdue and kept are computed, never stored (DOMAIN rule 5)."""

    STATED = "stated", N_("stated")
    DENIED = "denied", N_("denied")
    DISPUTED = "disputed", N_("disputed")
    WITHDRAWN = "withdrawn", N_("withdrawn")


class PaymentForm(Coded):
    """How money came."""

    CASH = "cash", N_("cash")
    TRANSFER = "transfer", N_("bank transfer")
    CARD = "card", N_("to a card")
    OTHER = "other", N_("other")


@dataclass(frozen=True, slots=True)
class SignOfLife(Record):
    """Something between the person sought and someone."""

    TABLE: ClassVar[str] = "sign_of_life"
    KIND: ClassVar[EntryKind] = EntryKind.SIGN

    id: Annotated[str, N]
    sign_class: Annotated[SignClass, N]
    direction: Annotated[Direction, N] = Direction.IN
    channel: Annotated[Channel, N] = Channel.UNKNOWN
    recognised_by: Annotated[str, T] = ""
    check_question: Annotated[str, T] = ""
    check_answered: Annotated[YesNo, N] = YesNo.UNKNOWN


@dataclass(frozen=True, slots=True)
class Approach(Record):
    """Someone claiming a role came to the family."""

    TABLE: ClassVar[str] = "approach"
    KIND: ClassVar[EntryKind] = EntryKind.APPROACH

    id: Annotated[str, N]
    channel: Annotated[Channel, N] = Channel.UNKNOWN
    claimed_name: Annotated[str, D] = ""
    claimed_body: Annotated[str, Q] = ""
    claimed_position: Annotated[str, Q] = ""
    pretext: Annotated[str, T] = ""
    demands: Annotated[str, T] = ""
    pressure: Annotated[str, T] = ""
    threats: Annotated[str, S] = ""
    proof_asked: Annotated[YesNo, N] = YesNo.UNKNOWN
    proof_given: Annotated[YesNo, N] = YesNo.UNKNOWN
    advice: Annotated[str, T] = ""
    outcome: Annotated[str, T] = ""


@dataclass(frozen=True, slots=True)
class DocumentRequest(Record):
    """An approach asked for a document."""

    TABLE: ClassVar[str] = "document_request"
    KIND: ClassVar[EntryKind] = EntryKind.REQUEST

    id: Annotated[str, N]
    document: Annotated[DocumentKind, N]
    channel: Annotated[Channel, N] = Channel.UNKNOWN
    pages: Annotated[str, T] = ""
    purpose: Annotated[str, T] = ""
    contradicts: Annotated[str, T] = ""
    sent: Annotated[Sent, N] = Sent.UNKNOWN
    sent_on: Annotated[PartialDate | None, Q] = None
    follow_up: Annotated[str, T] = ""


@dataclass(frozen=True, slots=True)
class Promise(Record):
    """Something promised to the family; amount in minor units or none."""

    TABLE: ClassVar[str] = "promise"
    KIND: ClassVar[EntryKind] = EntryKind.PROMISE

    id: Annotated[str, N]
    promise: Annotated[PromiseKind, N]
    amount: Annotated[int | None, Q] = None
    currency: Annotated[str, N] = ""
    conditions: Annotated[str, T] = ""
    written: Annotated[YesNo, N] = YesNo.UNKNOWN
    contract_shown: Annotated[YesNo, N] = YesNo.UNKNOWN
    status: Annotated[PromiseStatus, N] = PromiseStatus.STATED
    fulfilled_on: Annotated[PartialDate | None, Q] = None
    fulfilled_source: Annotated[str, T] = ""


@dataclass(frozen=True, slots=True)
class PromiseTerm(Record):
    """One due date ever said for a promise; the first is kept, `position` counts from 1."""

    TABLE: ClassVar[str] = "promise_term"

    id: Annotated[str, N]
    promise_id: Annotated[str, N]
    position: Annotated[int, N]
    due: Annotated[PartialDate, Q]
    said: Annotated[PartialDate | None, Q] = None


@dataclass(frozen=True, slots=True)
class Payment(Record):
    """Money that came, against a promise where one is known."""

    TABLE: ClassVar[str] = "payment"
    KIND: ClassVar[EntryKind] = EntryKind.PAYMENT

    id: Annotated[str, N]
    amount: Annotated[int, Q]
    currency: Annotated[str, N]
    promise_id: Annotated[str | None, N] = None
    form: Annotated[PaymentForm, N] = PaymentForm.OTHER
    receipt: Annotated[YesNo, N] = YesNo.UNKNOWN


# What a promise tells besides money: a death payment in a paper is news of a death (DOMAIN rules 4 and 9).
# Promised by those who recruit; death money speaks of both.
RECRUITING_PROMISES = frozenset(
    {
        PromiseKind.DEATH_PAYMENT,
        PromiseKind.INJURY_PAYMENT,
        PromiseKind.PARDON,
        PromiseKind.AWARD,
        PromiseKind.CONTRACT_COPY,
    }
)
FATE_PROMISES = frozenset({PromiseKind.DEATH_PAYMENT, PromiseKind.INJURY_PAYMENT, PromiseKind.BODY_RETURN})
