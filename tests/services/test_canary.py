"""The canary test of the dossier builder: what may not leave is nowhere in what a paper is made from.

Every free-text field of every form is filled with names, numbers and accounts of people who did not consent, in the
endings and spellings people write; the whole dossier is then searched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from family_case.model.dossier import Dossier, LabelKind, WithheldWhy
from family_case.services import intake, publishing
from family_case.services.forms import LOGGED, FieldType
from tests.services.casebook import case, consent, family, lawyer, log, person, withheld

if TYPE_CHECKING:
    from family_case.services.session import Session
    from family_case.services.subject import Subject

# Nobody of these consented; the surname Лебедева is shared with the person sought and may stay.
_LINES = (
    "Нина Нины Нине Нину Ниной Nina Павловна Павловны Павловной",  # the mother
    "Ким Кима Кимом Kim Мар'яна Мар’яни Мар`яною Mariana",
    "Петрова-Водкина Петровой Водкиной Petrova Ольга Ользі Ольгою Olha",
    "Цой Цоя Цоем Цое Tsoi Павел Павла Павлу",  # a fellow prisoner
    "Ли Ян Яна Яну",  # a friend
    "Щербакова Щербаковой Scherbakova Юлія Юлією Yuliia",  # from another case, named in an entry
    "Жуков Жукову Zhukov Тимур Тимура",  # says he was in the cell with him
)
NAMES = [name for line in _LINES for name in line.split()]
NUMBERS = (
    "+7 916 100-00-01", "8 (916) 100 00 01", "89161000001 2022-07-08", "916-100-00-02", "+79161000002 (2 раза)",
    "067 100 00 03", "@olha_pv", "mariana@mail.ru",
)  # fmt: skip
SAID = "Не говорите никому, что это сказал я"
CANARY = " и ".join(NAMES) + ", звонили: " + "; ".join(NUMBERS)
DATES = {"happened": "2022-08-05", "due": "2022-08-10"}
VALUES = {
    "class": "known_number", "document": "snils", "promise": "salary", "amount": "1000", "currency": "RUB",
    "dimension": "fate", "by_whom": "family",
    "channel": "phone", "by": "Громов Виталий", "happened": "2022-08-05", "due": "2022-08-10",
}  # fmt: skip


_TEXTS = (FieldType.LINE, FieldType.TEXT, FieldType.PLACE, FieldType.BODY, FieldType.BODIES)


def filled(kind: str) -> dict[str, str]:
    """Every text field of a form full of canaries, the others with plain values."""
    form = LOGGED[kind]
    texts = {field.name: CANARY for field in form.fields if field.kind in _TEXTS}
    plain = {name: text for name, text in VALUES.items() if form.field(name)}
    return {**texts, **plain}


@pytest.fixture
def told(session: Session) -> Session:
    """A case in which only the brother consented, with every kind of entry full of canaries."""
    case(session, "K-002", "Рябов Иван")
    outsider = person(session, "Щербакова Юлія", "spouse", "K-002", number="+380 67 100 00 03")
    case(session, last_seen="2022-06-01", held_at="ИК-17, Мордовия", circumstances=CANARY, alias="Рябина")
    brother = person(session, "Лебедев Роман Игоревич", "sibling", number="+7 900 000-10-01")
    mother = person(session, "Лебедева Нина Павловна", "mother", number="8 916 100-00-01", note=CANARY)
    sister = person(session, "Петрова-Водкина Ольга", "sibling", number="@olha_pv")
    cousin = person(session, "Ким Мар'яна", "relative", number="mariana@mail.ru")
    cellmate = person(session, "Цой Павел", "fellow_prisoner", number="+7 916 100-00-02")
    person(session, "Ли Ян", "friend")
    person(session, "Жуков Тимур", "fellow_prisoner", claimed="yes")
    person(session, "Громов Виталий", "recruiter", claimed="yes")
    consent(session, brother, "lawyer, case_work", language=CANARY, asked_by=CANARY, necessity=CANARY)
    told_in = log(session, "conversation", **filled("conversation") | {"with": cellmate, "happened": "2022-08-05"})
    for kind in LOGGED.keys() - {"conversation"}:
        intake.log(session, kind, "K-001", filled(kind) | {"told_in": told_in})
    log(session, "note", text=CANARY, words=SAID, speaker=cellmate, number="8 916 100-00-02")
    log(session, "note", text=CANARY, words=SAID, with_=cousin)
    log(session, "note", text="с чужих слов", translation=SAID, speaker=sister)
    log(session, "note", text=CANARY, speaker=outsider, number="+380 67 100-00-03")
    log(session, "sign", **filled("sign") | {"class": "third_party", "words": SAID, "speaker": cellmate})
    log(session, "approach", **filled("approach") | {"number": "+7 900 000-41-17", "with": mother})
    withheld(session, sister, topic="documents", reason=CANARY, said=CANARY, by_wish_of=CANARY)
    return session


def found(paper: Dossier | Subject, canaries: tuple[str, ...] | list[str]) -> list[str]:
    said = repr(paper)
    return [each for each in canaries if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", said, re.IGNORECASE)]


def test_no_name_number_or_word_of_who_did_not_consent_is_in_a_lawyers_paper(told: Session) -> None:
    paper = publishing.dossier(told, "K-001", lawyer())
    assert found(paper, [*NAMES, *NUMBERS, SAID]) == []
    said = "".join(mark for mark in repr([item.entry for item in paper.items]) if mark.isdigit() or mark == " ")
    assert not any(number in said for number in ("9161000001", "9161000002", "671000003"))


def test_who_consented_is_named_and_the_man_sought_and_those_who_came_to_the_family(told: Session) -> None:
    paper = publishing.dossier(told, "K-001", lawyer())
    assert [line.text for line in paper.sought.names] == ["Лебедев Артём Игоревич"]
    named = {who.name: who.phone for who in paper.people if who.name}
    assert named == {
        "Лебедев Артём Игоревич": "",
        "Лебедев Роман Игоревич": "+7 900 000-10-01",
        "Громов Виталий": "",
    }
    assert found(paper, ["+7 900 000-41-17", "Громов Виталий"]) == ["+7 900 000-41-17", "Громов Виталий"]
    labels = [(who.label, who.mark) for who in paper.people if not who.name]
    assert labels == [
        (LabelKind.RELATIVE, "2"),
        (LabelKind.RELATIVE, "3"),
        (LabelKind.RELATIVE, "4"),
        (LabelKind.FELLOW_PRISONER, "A"),
        (LabelKind.RELATIVE, "5"),
        (LabelKind.FELLOW_PRISONER, "B"),
    ]


def test_what_was_left_out_is_counted_for_the_lawyer(told: Session) -> None:
    counted = dict(publishing.dossier(told, "K-001", lawyer()).withheld)
    assert counted[WithheldWhy.NAME] == 6
    assert counted[WithheldWhy.WORDS] >= 4
    assert counted[WithheldWhy.NUMBER] == 2
    assert counted[WithheldWhy.TEXT] > 5


def test_an_extract_for_the_mother_names_herself_and_nobody_else_who_did_not_consent(told: Session) -> None:
    paper = publishing.dossier(told, "K-001", family("Лебедева Нина Павловна"))
    hers = {"нина", "нины", "нине", "нину", "ниной", "nina", "павловна", "павловны", "павловной"}
    others = [name for name in NAMES if name.casefold() not in hers]
    assert found(paper, [*others, *NUMBERS[3:], SAID]) == []
    assert paper.for_person is not None
    assert paper.for_person.name == "Лебедева Нина Павловна"
    assert (paper.withheld, paper.handling, paper.consents, paper.sources) == ((), (), (), ())


def test_the_caseworkers_own_columns_leave_in_no_paper(told: Session) -> None:
    log(told, "approach", happened="2022-08-06", advice="СОВЕТ", translated_by="ПЕРЕВОДЧИК")
    log(told, "sign", happened="2022-08-06", class_="voice", check_question="ВОПРОС")
    for order in (lawyer(), family("Лебедева Нина Павловна")):
        assert found(publishing.dossier(told, "K-001", order), ["СОВЕТ", "ПЕРЕВОДЧИК", "ВОПРОС"]) == []


def test_without_consent_on_his_behalf_the_man_sought_is_not_named_either(session: Session) -> None:
    case(session, name="Лебедев Артём Игоревич", latin="LEBEDEV ARTEM", circumstances="Артёма увезли, Lebedev")
    friend = person(session, "Зорин Глеб", "friend")
    consent(session, friend)  # a friend is no relative: he opens his own data only
    log(session, "sign", happened="2022-07-08", class_="voice", words=SAID, text="Звонил Лебедев")
    paper = publishing.dossier(session, "K-001", lawyer())
    assert paper.sought.withheld
    assert found(paper, ["Лебедев", "Артём", "Артёма", "LEBEDEV", "ARTEM", SAID]) == []
    assert found(paper, ["Зорин Глеб"])


def test_a_number_typed_with_a_name_shows_no_name(session: Session) -> None:
    case(session)
    consent(session, person(session, "Лебедев Роман", "sibling", number="Роман и Ирина +7 900 000-10-01"))
    person(session, "Ким Ирина", "friend")
    log(session, "note", text="звонок", number="Ирина +7 900 000-41-17")
    paper = publishing.dossier(session, "K-001", lawyer())
    assert found(paper, ["Ирина"]) == []
    assert paper.items[0].numbers[0].shown == "[…] +7 900 000-41-17"
