"""Writing by command line: what is typed is what is kept, and the same as through any other door."""

from __future__ import annotations

import io
import json
import re
import sys
from typing import TYPE_CHECKING, cast

import pytest
from pypdf import PdfReader

from family_case.cli.enter import spelling
from family_case.services import demo
from family_case.services.forms import FORMS, LOGGED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.cli.conftest import Run

ID = re.compile(r"[a-z2-7]{26}")


def _options(noun: str, values: Mapping[str, str], known: Mapping[str, str]) -> list[str]:
    fields = {field.name: field for field in FORMS[noun].fields}
    meant = {name: known[text[1:]] if text.startswith("@") else text for name, text in values.items()}
    return [word for name, text in meant.items() for word in (spelling(fields[name]), text)]


def _without_ids_and_times(facts: object) -> object:
    """Facts as they would be told: no ids, no times of writing, order by content; numbers of other cases left out."""
    if isinstance(facts, dict):
        named = cast("dict[str, object]", facts)
        skipped = ("other_cases", "number")
        return {
            key: _without_ids_and_times(value)
            for key, value in named.items()
            if not key.endswith(("_ms", "_id")) and key not in skipped
        }
    if isinstance(facts, list):
        plain = [_without_ids_and_times(each) for each in cast("list[object]", facts)]
        return sorted(plain, key=lambda each: json.dumps(each, sort_keys=True))
    return "" if isinstance(facts, str) and ID.fullmatch(facts) else facts


def _enter(run: Run, step: demo.Step, known: dict[str, str]) -> str:
    values = step["values"]
    if "add" in step:
        return run(step["add"], "add", *_options(step["add"], values, known)).id
    if "log" in step:
        return run("log", step["log"], step["case"], *_options(step["log"], values, known)).id
    case = step["log_together"]
    talk = run("log", "conversation", case, *_options("conversation", values, known)).id
    for told in step["told"]:
        assert run("log", told["log"], case, *_options(told["log"], told["values"], known), "--told-in", talk).id
    return talk


def test_the_first_case_typed_by_command_line_is_the_first_case_of_the_demo(
    run: Run, story_folder: Path, tmp_path: Path
) -> None:
    known: dict[str, str] = {}
    for step in demo.story():
        if "K-001" in (
            step.get("case"),
            step.get("log_together"),
            step["values"].get("case"),
            step["values"].get("code"),
        ) or step.get("add") in ("body", "cohort"):
            known[cast("dict[str, str]", step).get("as", "")] = _enter(run, step, known)
    typed = run("show", "K-001", "--json", "--as-of", demo.DEMO_DAY)
    told = run("show", "K-001", "--json", "--vault", str(story_folder))
    assert typed.code == told.code == 0
    first, second = (_without_ids_and_times(json.loads(each.out)) for each in (typed, told))
    assert first == second
    assert len(json.loads(typed.out)["timeline"]) == 17
    assert run("verify").code == 0
    paper = tmp_path / "k-001.pdf"
    assert run("report", "K-001", "-o", str(paper), "--language", "ru", "--as-of", demo.DEMO_DAY).id
    printed = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(paper).pages)
    assert "Лебедев Артём Игоревич" in printed
    assert "5 000 000 RUB" in printed


def test_the_id_stands_alone_on_stdout_and_is_the_records(run: Run) -> None:
    case = run("case", "add", "--alias", "Рябина")
    assert ID.fullmatch(case.id)
    assert case.err == ""
    note = run("log", "note", "k-001", "--text", "первая запись")
    assert json.loads(run("show", note.id, "--json").out)["entry"]["text"] == "первая запись"
    assert json.loads(run("show", case.id, "--json").out)["case"]["code"] == "K-001"


def test_a_number_known_elsewhere_is_said_beside_the_id(run: Run) -> None:
    for _ in range(2):
        run("case", "add")
    first = run("log", "approach", "K-001", "--happened", "2022-08-01", "--number", "8 900 000 41 17")
    second = run("log", "approach", "K-002", "--happened", "2022-08-02", "--number", "+7 (900) 000-41-17")
    assert first.err == ""
    assert second.id
    assert "occurs in 2 cases" in second.err
    assert "does not show who used it" in second.err


def test_someone_who_names_himself_is_added_and_said(run: Run) -> None:
    run("case", "add")
    made = run("log", "promise", "K-001", "--happened", "2022-08-01", "--promise", "salary", "--by", "Андрей")
    assert made.id
    assert "“Андрей” was added to the case" in made.err


def test_a_payment_before_its_currency_keeps_nothing(run: Run) -> None:
    run("case", "add")
    ended = run("log", "payment", "K-001", "--happened", "2022-08-20", "--amount", "30000")
    assert (ended.code, ended.out) == (1, "")
    assert "currency" in ended.err


def test_a_long_text_comes_through_standard_input_as_it_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("case", "add")
    text = "Строка первая.\n\tСтрока вторая: «так лучше».\n" * 50
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode() + b"\n")))
    made = run("log", "note", "K-001", "--text", "-")
    assert json.loads(run("show", made.id, "--json").out)["entry"]["text"] == text


def test_only_one_field_is_read_from_standard_input_and_only_utf8(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("case", "add")
    assert run("log", "note", "K-001", "--text", "-", "--words", "-").code == 1
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("привет".encode("cp1251"))))
    assert "UTF-8" in run("log", "note", "K-001", "--text", "-").err


@pytest.mark.parametrize("kind", LOGGED)
def test_the_parser_demands_no_option_of_log_but_the_entry_says_what_it_needs(run: Run, kind: str) -> None:
    run("case", "add")
    ended = run("log", kind, "K-001")
    needed = [field.name for field in LOGGED[kind].fields if field.required]
    if not needed:
        assert ended.code == 0
        return
    assert (ended.code, ended.out) == (1, "")
    assert all(name.replace("_", "-") in ended.err for name in needed)


def test_undo_takes_back_the_newest_change_whole(run: Run) -> None:
    run("case", "add")
    talk = ("log", "conversation", "K-001", "--happened", "2022-08-03")
    run(*talk)
    before = run("show", "K-001").out
    run(
        "log",
        "promise",
        "K-001",
        "--happened",
        "2022-08-01",
        "--promise",
        "salary",
        "--by",
        "Андрей",
        "--due",
        "2022-09",
    )
    undone = run("undo")
    assert (undone.code, undone.out) == (0, "")
    assert "K-001 · " in undone.err
    assert "promise" in undone.err
    assert run("show", "K-001").out == before
    back = run("undo", "--json")
    assert json.loads(back.out)["reason"] == "undo"
    assert "conversation" in back.err
    assert "K-001" not in run("undo").err  # the case itself is gone
    assert run("verify").code == 0


def test_undo_in_an_untouched_vault_says_that_there_is_nothing(run: Run) -> None:
    ended = run("undo")
    assert (ended.code, ended.out, ended.err) == (1, "", "There is nothing to take back.\n")


def test_a_second_name_is_written_corrected_and_taken_away_by_its_id(tell: Run) -> None:
    made = tell("name", "add", "--case", "K-001", "--person", "Нина", "--name", "Нинуля", "--kind", "nickname").id
    mother = json.loads(tell("name", "show", made, "--json").out)["person_id"]
    assert [line for line in tell("person", "show", mother).out.splitlines() if made in line] == [
        f"name\tnickname\t\t{made}"
    ]
    assert "Нинуля" not in tell("name", "show", made).out
    assert tell("name", "change", made, "--name", "Нинель", "--source", "брат").id == made
    assert json.loads(tell("name", "show", made, "--json").out)["entered"] == "Нинель"
    gone = tell("name", "remove", made)
    assert gone.id == mother
    assert "no longer know this name" in gone.err
    assert tell("name", "show", made).code == 1
    tell("undo")
    assert tell("name", "show", made).code == 0


def test_another_name_of_a_place_stands_under_the_place(run: Run) -> None:
    place = run("place", "add", "--name", "ИК-17, Мордовия").id
    alias = run("alias", "add", "--place", "ИК-17, Мордовия", "--name", "Озёрный").id
    assert f"other name\tОзёрный\t{alias}" in run("show", place).out
    assert [each["name"] for each in json.loads(run("show", place, "--json").out)["below"]["names"]] == ["Озёрный"]
    assert run("alias", "add", "--place", place, "--name", "17-я").code == 1
    assert run("alias", "remove", alias).id == place


def test_a_person_written_down_twice_is_shown_as_one_and_told_apart(tell: Run) -> None:
    friend = tell("person", "add", "--case", "K-002", "--role", "friend", "--name", "Осина Ольга").id
    sister = tell("person", "add", "--case", "K-001", "--role", "friend", "--name", "Осина О. О.").id
    merged = tell("person", "merge", friend, "Осина О. О.")
    assert merged.id == sister
    assert "Shown as one person from now on, in K-002, K-001. Names: 2; numbers: 0." in merged.err
    assert "A consent opens only the names and numbers of the record it was given under." in merged.err
    assert f"also written down as\t{friend}" in tell("person", "show", sister).out
    card = json.loads(tell("person", "show", sister, "--json").out)
    assert [each["person"]["id"] for each in card["records"] if each["role"]["id"]] == [sister]
    assert tell("person", "merge", sister, friend).code == 1
    assert tell("person", "unmerge", friend).id == friend
    assert json.loads(tell("person", "show", sister, "--json").out)["records"] == []


def test_an_own_field_is_defined_filled_and_stands_by_its_name_only(tell: Run) -> None:
    tell("field", "add", "--name", "Полка", "--of", "case", "--class", "free_text")
    made = tell("value", "add", "--field", "Полка", "--case", "K-001", "--content", "нижняя").id
    shown = tell("show", "K-001").out
    assert f"own field\tПолка\t{made}" in shown
    assert "нижняя" not in shown + tell("value", "show", made).out
    assert json.loads(tell("value", "show", made, "--json").out)["content"] == "нижняя"
    assert made in tell("search", "нижняя").out
    wrong = tell("value", "add", "--field", "Полка", "--case", "K-001", "--person", "Нина", "--content", "?")
    assert (wrong.code, "“Полка” is a field of a case" in wrong.err) == (1, True)
    assert tell("value", "remove", made).code == 0
    assert made not in tell("show", "K-001").out
