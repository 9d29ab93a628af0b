"""The table of fields is whole: every column has its place, no typed text escapes the mask, every record has a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.model.base import Privacy
from family_case.model.records import BY_TABLE, columns
from family_case.services import editing
from family_case.services.adding import ADDERS
from family_case.services.forms import ADDED, FORMS, LOGGED, FieldType
from family_case.services.making import LINKED
from family_case.services.record_words import RECORDS
from ui.widgets import entry_words, form_fields

if TYPE_CHECKING:
    from family_case.services.fields import Field

# Prefix of a form's column to the table it goes into.
TABLES = {prefix: table for table, (prefix, _name) in RECORDS.items() if prefix}
CODES = {"case.code", "case.alias"}  # told in lists and titles; refused when they tell a name
FIELDS = [field for form in FORMS.values() for field in form.fields if field.column]


def _privacy(field: Field) -> Privacy:
    prefix, _, name = field.column.partition(".")
    return columns(BY_TABLE[TABLES[prefix]])[name][1]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.column)
def test_every_field_goes_into_a_column_that_is_there(field: Field) -> None:
    assert _privacy(field) in Privacy


def test_what_a_person_types_freely_is_never_of_the_class_that_is_not_masked() -> None:
    typed = {field.column for field in FIELDS if field.kind in (FieldType.LINE, FieldType.TEXT)}
    open_ = {field.column for field in FIELDS if field.column in typed and _privacy(field) is Privacy.NONE}
    assert open_ <= CODES


def test_every_record_is_called_by_a_word_in_history_and_never_by_its_table() -> None:
    assert set(RECORDS) == set(BY_TABLE)


def test_every_kind_that_is_logged_has_an_icon_and_its_first_fields() -> None:
    assert set(entry_words.ICONS) == set(LOGGED)
    assert set(form_fields.FIRST) == set(FORMS)
    for noun, names in form_fields.FIRST.items():
        assert [name for name in names if FORMS[noun].field(name) is None] == []


def test_every_form_has_its_service_and_every_field_of_records_its_class() -> None:
    assert set(ADDERS) == set(ADDED)
    of_records = {field.column for field in FIELDS if field.kind is FieldType.RECORD}
    assert of_records == set(LINKED)


@pytest.mark.parametrize("noun", FORMS)
def test_something_of_every_form_can_be_changed(noun: str) -> None:
    assert editing.changeable(FORMS[noun])
