"""What people type becomes records: whole, as typed, and never by a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest

from family_case.errors import Refused
from family_case.model.base import Record
from family_case.model.case import Case
from family_case.model.endpoint import Endpoint, EndpointKind, EndpointMark, PersonEndpoint
from family_case.model.entry import Conversation, Entry, EntryPerson
from family_case.model.kinds import DocumentRequest, Payment, Promise, PromiseTerm, Sent
from family_case.model.person import NameKind, Person, PersonName, Role
from family_case.model.place import Place, PlaceKind
from family_case.services import casework, history, intake, members
from family_case.services.forms import ADDED, FORMS, LOGGED, FieldType
from family_case.services.making import LINK_NOTE
from family_case.store.rows import load
from tests.services.casebook import case, consent, log, person, withheld
from tests.store.test_change import written

if TYPE_CHECKING:
    from family_case.model.base import Coded
    from family_case.services.session import Session

R = TypeVar("R", bound=Record)


@pytest.fixture
def told(session: Session) -> Session:
    case(session)
    person(session, "Лебедева Нина Павловна", "mother")
    return session


def rows(session: Session, kind: type[R]) -> list[R]:
    return load(session.vault.connection, kind)


def test_a_talk_and_all_that_was_told_in_it_is_one_change_and_one_undo(told: Session) -> None:
    before = written(told.vault.connection, journalled=False)
    made = intake.log_together(
        told,
        "K-001",
        {"with": "Лебедева Нина", "happened": "2022-08-05"},
        [
            ("sign", {"happened": "2022-07-08", "class": "voice", "number": "+7 900 000-55-02"}),
            ("promise", {"happened": "2022-07-30", "promise": "salary", "by": "бухгалтер", "due": "2022-08-06"}),
        ],
    )
    entries = rows(told, Entry)
    assert {entry.conversation_id for entry in entries} == {made.made}
    assert {entry.learned.edtf for entry in entries if entry.learned} == {"2022-08-05"}
    assert made.cases == frozenset({casework.resolve(told, "K-001")})
    history.undo(told, this_session=True)
    after = written(told.vault.connection, journalled=False)
    assert all(before[table] == after[table] for table in before if not table.startswith("search_"))


@pytest.mark.parametrize(
    "bad",
    [
        ("sign", {"happened": "31.02.2022", "class": "voice"}),
        ("sign", {"happened": "2022-07-08"}),
        ("note", {"text": "x", "speaker": "Никто Никитин"}),
        ("note", {"text": "x", "number": "не номер"}),
        ("nonsense", {}),
        ("note", {"text": "a\x00b"}),
        ("note", {"text": "x", "colour": "red"}),
    ],
)
def test_a_refused_entry_in_the_middle_leaves_nothing_of_the_talk(
    told: Session, bad: tuple[str, dict[str, str]]
) -> None:
    before = written(told.vault.connection)
    fine = ("note", {"text": "хорошо", "number": "+7 900 000-55-02", "place": "ИК-2, Пермь"})
    with pytest.raises(Refused):
        intake.log_together(told, "K-001", {"happened": "2022-08-05"}, [fine, bad, fine])
    assert written(told.vault.connection) == before


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("payment", {"happened": "2022-08-05", "amount": "-5", "currency": "RUB"}),
        ("payment", {"happened": "2022-08-05", "amount": "5", "currency": "XQQ"}),
        ("payment", {"happened": "2022-08-05", "amount": "5"}),
        ("promise", {"happened": "2022-08-05", "promise": "salary", "amount": "5"}),
        ("promise", {"happened": "2022-08-05", "promise": "wings"}),
        ("promise", {"happened": "2022-08-05", "promise": "salary", "due": "soon"}),
        ("sign", {"happened": "2022-08-05", "class": "voice", "hands": "-1"}),
        ("approach", {"happened": "2022-08-05", "proof_asked": "perhaps"}),
        ("note", {"text": "я" * 100_001}),
        ("note", {"text": "   "}),
    ],
)
def test_a_value_that_is_none_is_refused_with_its_reason_and_nothing_is_written(
    told: Session, kind: str, values: dict[str, str]
) -> None:
    before = written(told.vault.connection)
    with pytest.raises(Refused) as refusal:
        intake.log(told, kind, "K-001", values)
    assert "saved" in str(refusal.value)
    assert written(told.vault.connection) == before


def test_text_is_kept_as_typed(told: Session) -> None:
    words = "  «Со мной всё\u00a0хорошо»\n\tשלום \u202eабв\u202c 👋 "
    note = log(told, "note", text=words, words=words)
    entry = next(each for each in rows(told, Entry) if each.id == note)
    assert (entry.text, entry.words) == (words, words)


def test_a_number_is_kept_as_typed_in_each_entry_and_is_one_number(told: Session) -> None:
    log(told, "note", text="x", number=" 8 (900) 000-55-01 ")
    log(told, "note", text="y", number="+79000005501")
    log(told, "note", text="z", number="@Some_Body")
    log(told, "note", text="w", number="ira@mail.ru")
    assert [(each.kind, each.norm) for each in rows(told, Endpoint)] == [
        (EndpointKind.PHONE, "+79000005501"),
        (EndpointKind.TELEGRAM, "some_body"),
        (EndpointKind.EMAIL, "ira@mail.ru"),
    ]
    raws = told.vault.connection.execute("SELECT raw FROM endpoint_use ORDER BY rowid").fetchall()
    assert raws[:2] == [("8 (900) 000-55-01",), ("+79000005501",)]


def test_a_known_number_of_other_cases_is_told_and_says_what_it_does_not_show(told: Session) -> None:
    log(told, "note", text="x", number="+7 900 000-55-01")
    assert intake.log(told, "note", "K-001", {"text": "y", "number": "+7 900 000-55-01"}).notes == ()
    for number, code in enumerate(("K-002", "K-003"), 2):
        case(told, code, f"Рябов {code}")
        notes = intake.log(told, "note", code, {"text": "x", "number": "8 900 000 55 01"}).notes
        assert notes == ((LINK_NOTE, {"count": str(number)}),)


@pytest.mark.parametrize("mark", ["ours", "lawyer", "hotline", "wrong"])
def test_a_number_that_says_nothing_links_nothing(told: Session, mark: str) -> None:
    log(told, "note", text="x", number="+7 900 000-55-01")
    intake.add(told, "endpoint", {"number": "8 900 000 55 01", "mark": mark, "note": "ours since May"})
    case(told, "K-002", "Рябов Иван")
    assert intake.log(told, "note", "K-002", {"text": "x", "number": "8 900 000 55 01"}).notes == ()
    (uses,) = [item.numbers for item in casework.page(told, "K-002").timeline]
    assert (uses[0].other_cases, uses[0].endpoint.mark) == (0, EndpointMark.of(mark))


@pytest.mark.parametrize("name", ["Никто", "Лебедев", "", "Нина Петровна"])
def test_an_unknown_or_ambiguous_name_is_never_guessed(told: Session, name: str) -> None:
    person(told, "Лебедев Роман", "sibling")
    before = written(told.vault.connection)
    with pytest.raises(Refused):
        intake.add(told, "consent", {"case": "K-001", "giver": name, "purposes": "lawyer", "given": "2022-08-01"})
    assert written(told.vault.connection) == before


def test_a_name_is_understood_in_part_in_any_case_and_script(told: Session) -> None:
    for name in ("нина", "Lebedeva", "павловна нина", "Лебедева Нина Павловна"):
        log(told, "conversation", happened="2022-08-01", with_=name)
    assert len({talk.person_id for talk in rows(told, Conversation)}) == 1


def test_a_person_of_another_case_is_meant_by_id_only(told: Session) -> None:
    case(told, "K-002", "Рябов Иван")
    other = person(told, "Рябова Анна", "mother", "K-002")
    with pytest.raises(Refused):
        log(told, "note", text="x", with_="Рябова Анна")
    log(told, "note", text="x", with_=other)
    assert [each.person_id for each in rows(told, EntryPerson)] == [other]


def test_someone_who_named_himself_is_one_person_within_a_case(told: Session) -> None:
    people = len(rows(told, Person))
    notes = intake.log(
        told, "promise", "K-001", {"happened": "2022-07-30", "promise": "salary", "by": "«бухгалтер»"}
    ).notes
    log(told, "payment", happened="2022-08-01", amount="1", currency="RUB", by="бухгалтер")
    assert len(rows(told, Person)) == people + 1
    assert [values for _message, values in notes] == [{"name": "«бухгалтер»"}]
    role = rows(told, Role)[-1]
    assert (role.claimed, role.kind.value) == (True, "stranger")
    case(told, "K-002", "Рябов Иван")
    log(told, "promise", "K-002", happened="2022-07-30", promise="salary", by="бухгалтер")
    assert len(rows(told, Person)) == people + 3  # another case's accountant is another man until someone says not


def test_a_request_answered_as_spoken_is_understood(told: Session) -> None:
    for answer in ("yes", "нет", "unknown"):
        log(told, "request", happened="2022-07-10", document="internal passport", sent=answer)
    assert [each.sent for each in rows(told, DocumentRequest)] == [Sent.SENT, Sent.REFUSED, Sent.UNKNOWN]


def test_a_due_date_is_the_first_term_of_its_promise(told: Session) -> None:
    promise = log(told, "promise", happened="2022-07-30", promise="salary", due="06.08.2022", amount="100 000",
                  currency="rub")  # fmt: skip
    (term,) = rows(told, PromiseTerm)
    assert (term.promise_id, term.position, term.due.edtf) == (promise, 1, "2022-08-06")
    assert (rows(told, Promise)[0].amount, rows(told, Promise)[0].currency) == (10_000_000, "RUB")
    log(told, "payment", happened="2022-08-06", amount="1", currency="RUB", against=promise)
    assert rows(told, Payment)[0].promise_id == promise


def test_a_colony_is_number_and_region_and_a_bare_number_is_another_place(told: Session) -> None:
    for place in ("ИК-17, Мордовия", "ик-17, мордовия", "ИК-17", "ІК 17 Мордовія", "дом у реки"):
        log(told, "note", text="x", place=place)
    assert [(each.kind, each.number, each.region) for each in rows(told, Place)] == [
        (PlaceKind.COLONY, "17", "Мордовия"),
        (PlaceKind.COLONY, "17", ""),
        (PlaceKind.COLONY, "17", "Мордовія"),
        (PlaceKind.OTHER, "", ""),
    ]
    known = rows(told, Place)[0].id
    log(told, "note", text="x", place=known)
    assert len(rows(told, Place)) == 4
    made = intake.add(told, "place", {"name": "ИК-2", "region": "Пермь"}).made
    assert next(each for each in rows(told, Place) if each.id == made).region == "Пермь"


def test_a_case_makes_the_man_it_is_about(session: Session) -> None:
    case(session, name="Ким Лев", latin="KIM LEV", name_language="ru", held_at="ИК-17, Мордовия", born="1990-XX")
    card = casework.page(session, "K-001").people[0]
    assert [(name.kind, name.entered, name.family, name.given) for name in card.names] == [
        (NameKind.LEGAL, "Ким Лев", "Ким", "Лев"),
        (NameKind.PASSPORT_LATIN, "KIM LEV", "", ""),
    ]
    assert card.role.kind.value == "sought"


def test_a_code_runs_on_and_is_given_once(session: Session) -> None:
    intake.add(session, "case", {"code": "K-041"})
    intake.add(session, "case", {})
    intake.add(session, "case", {"code": "Восток"})
    assert [each.code for each in rows(session, Case)][:2] == ["K-041", "K-042"]
    assert casework.record(session, "восток") == rows(session, Case)[2]
    with pytest.raises(Refused):
        intake.add(session, "case", {"code": "k-041"})


@pytest.mark.parametrize("told_", [{"alias": "Артём"}, {"alias": "Дело Лебедева"}, {"code": "LEBEDEV-1"}])
def test_a_code_or_alias_that_tells_a_name_is_refused(session: Session, told_: dict[str, str]) -> None:
    with pytest.raises(Refused):
        intake.add(session, "case", {"name": "Лебедев Артём", "code": "K-001", **told_})
    intake.add(session, "case", {"name": "Лебедев Артём", "code": "K-001", "alias": "Нина"})
    with pytest.raises(Refused):
        person(session, "Лебедева Нина", "mother")
    assert len(rows(session, Person)) == 1


def test_a_role_needs_a_case_and_a_case_a_role(told: Session) -> None:
    for values in ({"name": "Зорин", "case": "K-001"}, {"name": "Зорин", "role": "friend"}):
        with pytest.raises(Refused):
            intake.add(told, "person", values)
    assert intake.add(told, "person", {"name": "Зорин"}).cases == frozenset()


def test_ones_own_number_is_his_and_is_marked_without_losing_what_was_known(told: Session) -> None:
    intake.add(told, "endpoint", {"number": "8 900 000 10 01", "mark": "shared", "person": rows(told, Person)[0].id})
    intake.add(told, "endpoint", {"number": "+79000001001", "note": "общежитие"})
    (endpoint,) = rows(told, Endpoint)
    assert (endpoint.raw, endpoint.mark, endpoint.note) == ("8 900 000 10 01", EndpointMark.SHARED, "общежитие")
    assert len(rows(told, PersonEndpoint)) == 1
    with pytest.raises(Refused):
        intake.add(told, "endpoint", {"number": "ira@mail.ru", "kind": "phone"})
    intake.add(told, "endpoint", {"number": "4276 3800 1234".replace(" ", ""), "kind": "bank_account"})
    assert {each.kind for each in rows(told, Endpoint)} == {EndpointKind.PHONE, EndpointKind.BANK_ACCOUNT}


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.noun)
def test_every_field_of_every_form_can_be_filled(told: Session, form: object) -> None:
    noun = str(getattr(form, "noun", ""))
    table = FORMS[noun]
    talk = log(told, "conversation", happened="2022-08-01")
    promise = log(told, "promise", happened="2022-08-01", promise="salary")
    samples = {
        FieldType.LINE: "строка", FieldType.TEXT: "текст\nдва", FieldType.DATE: "2022-08-01", FieldType.YESNO: "да",
        FieldType.NUMBER: "+7 900 000-55-01", FieldType.PERSON: "Нина", FieldType.CLAIMED: "бухгалтер",
        FieldType.FLAG: "нет", FieldType.AMOUNT: "5", FieldType.CURRENCY: "UAH", FieldType.COUNT: "3",
        FieldType.PLACE: "ИК-2, Пермь", FieldType.BODY: "ФСИН России", FieldType.BODIES: "ФСИН России",
    }  # fmt: skip
    step = log(told, "step", happened="2022-08-01", by_whom="family", bodies="ФСИН России")
    source = intake.add(told, "source", {"name": "газета"}).made
    passport = {"person": "Нина", "case": "K-001", "kind": "snils", "document_number": "1"}
    records = {
        "told_in": talk, "against": promise, "entry": promise, "case": "K-001", "about": promise, "step": step,
        "cohort": intake.add(told, "cohort", {"name": "этап"}).made, "from_source": source, "origin": source,
        "identifier": intake.add(told, "identifier", passport).made,
        "field": intake.add(told, "field", {"name": "Рост", "of": "person", "class": "quasi"}).made,
        "place": intake.add(told, "place", {"name": "ИК-9, Карелия"}).made,
    }  # fmt: skip
    values = {
        field.name: records.get(field.name, "")
        if field.kind is FieldType.RECORD
        else _codes(field.choices)
        if field.choices and field.kind in (FieldType.CHOICE, FieldType.CHOICES)
        else samples[field.kind]
        for field in table.fields
    }
    values |= {"value": "ill"} if noun == "status" else {}  # what fits the dimension
    if noun in LOGGED:
        made = intake.log(told, noun, "K-001", values).made
    else:
        assert noun in ADDED
        values |= {"code": "X-9", "alias": "Ольха"} if noun == "case" else {}
        values |= {"number": "@handle", "person": rows(told, Person)[0].id} if noun == "endpoint" else {}
        made = intake.add(told, noun, values).made
    assert casework.record(told, made).id == made


def _codes(choices: type[Coded]) -> str:
    return str(list(choices)[-1].value)


def test_people_of_a_case_are_listed_without_its_timeline(told: Session) -> None:
    consent(told, "Нина")
    withheld(told, "Нина", topic="fate")
    assert [card.name for card in members.of_case(told, casework.resolve(told, "K-001"))] == [
        "Лебедев Артём Игоревич",
        "Лебедева Нина Павловна",
    ]
    assert [name.entered for name in rows(told, PersonName)][-1] == "Лебедева Нина Павловна"
