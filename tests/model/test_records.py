"""Every column says how near it comes to a person; a text is one a field can hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from family_case.errors import Bug, Refused
from family_case.model.base import LONGEST_TEXT, Coded, D, N, Privacy, Record, T, check_text
from family_case.model.case import Case, CaseStatus
from family_case.model.changes import Reason
from family_case.model.entry import Reliability
from family_case.model.kinds import SignClass
from family_case.model.person import Person, PersonName, Sex
from family_case.model.records import BY_TABLE, RECORDS, columns, read_columns


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_every_column_has_a_privacy_class(kind: type[Record]) -> None:
    assert all(isinstance(privacy, Privacy) for _hint, privacy in columns(kind).values())


def test_what_names_a_person_is_direct_and_what_he_says_is_free_text() -> None:
    assert columns(PersonName)["entered"][1] is D
    assert columns(BY_TABLE["entry"])["words"][1] is T
    assert columns(BY_TABLE["endpoint_use"])["raw"][1] is D
    assert columns(Person)["safety_note"][1] is Privacy.SENSITIVE
    assert columns(BY_TABLE["entry_person"])["person_id"][1] is Privacy.QUASI  # a link identifies


# Number and English term as HURIDOCS has them; a number is given only where its term was read.
HURIDOCS = {
    "MT25 010100000000": "Dead",
    "MT25 020203000000": "Arrested and currently held - underwent investigation/trial and serving sentence",
    "MT39 010000000000": "Male",
    "MT39 020000000000": "Female",
    "MT39 990000000000": "Unknown",
    "MT42 010000000000": "Highly reliable",
    "MT42 020000000000": "Likely reliable",
    "MT42 040000000000": "Likely unreliable",
    "MT42 990000000000": "Unknown",
}


def test_no_number_of_a_thesaurus_is_given_that_was_not_read_there() -> None:
    members = [each for kind in Coded.__subclasses__() for each in kind if each.huridocs]
    assert sorted(each.huridocs for each in members) == sorted(HURIDOCS)
    assert Reliability.of("doubtful").huridocs == "MT42 040000000000"
    assert Sex.FEMALE.huridocs == "MT39 020000000000"


@dataclass(frozen=True, slots=True)
class Unclassed(Record):
    TABLE: ClassVar[str] = "unclassed"

    id: Annotated[str, N]
    name: str = ""


@dataclass(frozen=True, slots=True)
class TwiceClassed(Record):
    TABLE: ClassVar[str] = "twice"

    id: Annotated[str, N, D]


@pytest.mark.parametrize("kind", [Unclassed, TwiceClassed])
def test_a_record_without_one_class_for_each_column_does_not_build(kind: type[Record]) -> None:
    with pytest.raises(Bug):
        read_columns(kind)


def test_a_text_of_a_hundred_thousand_characters_fits_and_one_more_does_not() -> None:
    check_text("я" * LONGEST_TEXT)
    with pytest.raises(Refused):
        Case("1", "K-001", circumstances="я" * (LONGEST_TEXT + 1)).check()


@pytest.mark.parametrize("text", ["a\x00b", "a\x1b[2J", "\x7f", "a\udcffb", "\r"])
def test_a_control_character_is_refused_by_its_number(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        Case("1", "K-001", circumstances=text).check()
    assert str(refusal.value.values["code"]).isalnum()


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=50))
def test_any_writing_is_welcome_right_to_left_and_line_ends_too(text: str) -> None:
    check_text(text + "\n\t\u202bשלום\u202c")


def test_a_code_is_understood_with_spaces_and_capitals_and_others_are_refused_with_the_list() -> None:
    assert SignClass.of(" Known number") is SignClass.KNOWN_NUMBER
    with pytest.raises(Refused) as refusal:
        SignClass.of("shouting")
    assert "voice" in str(refusal.value.values["choices"])


def test_codes_are_told_apart_by_value_and_carry_their_label() -> None:
    assert CaseStatus("open").label == "open"
    assert issubclass(Reason, Coded)
