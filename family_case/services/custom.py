"""Fields of the office's own: defined, filled for a case or a person, and told in no paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.custom import CustomField, CustomOf, CustomValue
from family_case.model.text import fold
from family_case.store import custom
from family_case.store.rows import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from family_case.services.making import Maker
    from family_case.services.reading import Plain


def add_field(maker: Maker, plain: Mapping[str, Plain], _values: Mapping[str, str]) -> str:
    """Define a field; Refused when there is one of this name for the same sort of record."""
    made = maker.build(CustomField, "field", plain)
    check_field(maker, None, made)
    return made.id


def check_field(maker: Maker, before: CustomField | None, field: CustomField) -> None:
    """Refused for a second field of one name, and for another class or sort once something stands in the field."""
    connection = maker.session.vault.connection
    same = [each for each in custom.fields(connection) if each.of is field.of and fold(each.name) == fold(field.name)]
    if any(each.id != field.id for each in same):
        raise Refused(N_("There is a field “{name}” already. Nothing was saved."), name=field.name)
    turned = before is not None and (before.of, before.privacy_class) != (field.of, field.privacy_class)
    if turned and custom.is_filled(connection, field.id):
        raise Refused(
            N_("Something stands in this field already: what it holds, and for what, stays. Nothing was saved.")
        )


def add_value(maker: Maker, plain: Mapping[str, Plain], _values: Mapping[str, str]) -> str:
    """Fill a field for the case, or for a person; Refused for the wrong sort of record, and when it is filled."""
    connection = maker.session.vault.connection
    (field,) = load(connection, CustomField, "id = ?", (str(plain["value.field_id"]),))
    person = str(plain.get("value.person_id", "")) or None
    case = maker.case_id if field.of is CustomOf.CASE else None
    if (field.of is CustomOf.CASE) is (person is not None) or (person or case) is None:
        raise Refused(
            N_("“{field}” is a field of {sort}: name it, and nothing else. Nothing was saved."),
            field=field.name,
            sort=field.of,
        )
    if custom.standing(connection, field.id, case_id=case, person_id=person):
        raise Refused(N_("“{field}” is filled already: change what stands there. Nothing was saved."), field=field.name)
    fixed = {"case_id": case, "privacy_class": field.privacy_class}
    return maker.build(CustomValue, "value", plain, **fixed).id
