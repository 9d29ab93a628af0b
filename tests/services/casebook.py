"""Short hands for writing a case in a test: each call is one call of the services, values as a person types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.chance import moment_of
from family_case.model.dossier import Profile
from family_case.services import intake
from family_case.services.dossier import Order
from tests.vaults import DAY, clock_on

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from family_case.services.session import Session

NECESSITY = "he cannot be asked himself"
MOTHER, BROTHER = "Лебедева Нина Павловна", "Лебедев Роман Игоревич"
PRINTED = moment_of(clock_on(DAY).now().day("UTC"))


def case(session: Session, code: str = "K-001", name: str = "Лебедев Артём Игоревич", **values: str) -> str:
    return intake.add(session, "case", {"code": code, "name": name, **values}).made


def person(session: Session, name: str, role: str, ref: str = "K-001", **values: str) -> str:
    return intake.add(session, "person", {"case": ref, "name": name, "role": role, **values}).made


def consent(session: Session, giver: str, purposes: str = "lawyer", ref: str = "K-001", **values: str) -> str:
    given = {"given": "2022-08-03", "scope": "own_and_sought", "necessity": NECESSITY}
    return intake.add(session, "consent", {"case": ref, "giver": giver, "purposes": purposes, **given, **values}).made


def brother(session: Session) -> str:
    """The brother, who consents for himself and the person sought."""
    return consent(session, person(session, BROTHER, "sibling"), "lawyer, case_work")


def withheld(session: Session, person_id: str, ref: str = "K-001", **values: str) -> str:
    return intake.add(session, "withholding", {"case": ref, "from": person_id, **values}).made


def log(session: Session, kind: str, ref: str = "K-001", **values: str) -> str:
    """Log an entry; a trailing underscore lets a field be named as a word of Python (class_)."""
    return intake.log(session, kind, ref, {name.rstrip("_"): text for name, text in values.items()}).made


def lawyer(as_of: date | None = None, release: Mapping[str, str] | None = None) -> Order:
    return Order(Profile.LAWYER, "en", PRINTED, as_of=as_of, release=release or {})


def family(reader: str, as_of: date | None = None) -> Order:
    return Order(Profile.FAMILY, "en", PRINTED, as_of=as_of, for_person=reader)
