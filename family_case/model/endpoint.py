"""Endpoints: phones, messengers, addresses and accounts, and whose they are said to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from family_case.i18n import N_
from family_case.model.base import Coded, D, N, Q, Record, T


class EndpointKind(Coded):
    """What sort of endpoint; phones and messengers on a number share the phone's normalised form."""

    PHONE = "phone", N_("phone")
    EMAIL = "email", N_("e-mail")
    TELEGRAM = "telegram", N_("Telegram account")
    VK = "vk", N_("VK account")
    BANK_ACCOUNT = "bank_account", N_("bank account")
    OTHER = "other", N_("other account")


class EndpointMark(Coded):
    """What is known about an endpoint; the first four never link cases (DOMAIN rule 6)."""

    OURS = "ours", N_("our office's")
    LAWYER = "lawyer", N_("lawyer's")
    HOTLINE = "hotline", N_("hotline")
    WRONG = "wrong", N_("wrong number")
    SHARED = "shared", N_("shared (barracks, unit, hospital)")
    REASSIGNED = "reassigned", N_("passed to someone else")
    SPOOFED = "spoofed", N_("possibly imitated")


NEVER_LINKS = frozenset({EndpointMark.OURS, EndpointMark.LAWYER, EndpointMark.HOTLINE, EndpointMark.WRONG})


@dataclass(frozen=True, slots=True)
class Endpoint(Record):
    """One number or account: as first typed, and normalised (unique per kind)."""

    TABLE: ClassVar[str] = "endpoint"

    id: Annotated[str, N]
    kind: Annotated[EndpointKind, N]
    raw: Annotated[str, D]
    norm: Annotated[str, D]
    mark: Annotated[EndpointMark | None, N] = None
    note: Annotated[str, T] = ""


@dataclass(frozen=True, slots=True)
class PersonEndpoint(Record):
    """A person's own endpoint, as he or the family gave it."""

    TABLE: ClassVar[str] = "person_endpoint"

    id: Annotated[str, N]
    person_id: Annotated[str, Q]
    endpoint_id: Annotated[str, Q]
    raw: Annotated[str, D] = ""
