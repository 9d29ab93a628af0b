"""Looking by command line: lines that may stand on a screen others see, and JSON that holds everything."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from family_case.i18n import translator
from tests.vaults import open_vault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

PLAIN = (
    ("list",),
    ("show", "K-001"),
    ("show", "K-007"),
    ("today",),
    ("search", "Лебедев"),
    ("history", "K-001"),
    ("info",),
)
NOT_NAMES = {"i.", "ким", "лев", "lena"}  # too short to look for in other words
LABELS = "бухгалтер"  # of the role, which stands in the lines


def _names_and_numbers(tell: Run) -> tuple[set[str], set[str]]:
    people = [card for row in json.loads(tell("list", "--json").out) for card in row["people"]]
    words = {word for card in people for name in card["names"] for word in name["entered"].lower().split()}
    numbers = {each["norm"] for card in people for each in card["endpoints"]} | {"+79000004117", "+79000005501"}
    return words - NOT_NAMES, numbers


def test_printed_lines_name_nobody_and_give_no_number(tell: Run) -> None:
    names, numbers = _names_and_numbers(tell)
    assert {"артём", "нина", "оксана", "+79000005502"} <= names | numbers
    for command in PLAIN:
        shown = tell(*command)
        assert shown.code == 0
        words = set(re.findall(r"\w+", shown.out.lower()))
        assert not words & {name.strip("«».") for name in names - {f"«{LABELS}»"}}, command
        digits = re.sub(r"[^\d\n]", "", shown.out)
        assert not [number for number in numbers if number[2:] in digits], command


def test_the_list_gives_code_alias_and_silence(tell: Run) -> None:
    lines = tell("list").out.splitlines()
    assert len(lines) == 10
    assert lines[0] == "K-001\tРябина\t45\tcheck now"
    assert lines[7] == "K-008\tПолынь\t12\twithin the interval"
    assert tell("list", "--limit", "2").out.splitlines() == lines[:2]


def test_json_of_the_list_carries_names_and_numbers(tell: Run) -> None:
    first = json.loads(tell("list", "--json", "--limit", "1").out)[0]
    assert first["case"]["interval_days"] == 30
    silence = first["silence"]
    assert (silence["state"], silence["interval"], silence["fewest"], silence["most"]) == ("now", 30, 45, 45)
    assert (silence["word"]["earliest"], silence["word"]["latest"]) == ("2022-07-08", "2022-07-08")
    names = [name["entered"] for card in first["people"] for name in card["names"]]
    assert names[:3] == ["Лебедев Артём Игоревич", "Lebedev Artyom", "Лебедев Роман Игоревич"]
    assert first["people"][1]["endpoints"][0]["raw"] == "8 900 000 10 02"


def test_json_is_utf8_and_dates_keep_what_was_entered(tell: Run) -> None:
    shown = tell("show", "K-001", "--json").out
    assert "Рябина" in shown
    page = json.loads(shown)
    late = next(
        item for item in page["timeline"] if item["entry"] and item["entry"]["happened"] == "2022-07-25/2022-07-31"
    )
    assert (late["entry"]["happened_earliest"], late["entry"]["happened_latest"]) == ("2022-07-25", "2022-07-31")
    assert late["counts"] is False
    assert late["detail"]["sign_class"] == "unverified"
    promise = next(line for line in page["promises"] if line["promise"]["promise"] == "death_payment")
    assert (promise["promise"]["amount"], promise["promise"]["currency"]) == (500_000_000, "RUB")


def test_as_of_shows_the_day_before_the_word_of_eighth_july(tell: Run) -> None:
    early = json.loads(tell("show", "K-001", "--json", "--as-of", "2022-07-07").out)
    assert early["silence"]["state"] == "unknown"
    assert sorted(item["entry"]["kind"] for item in early["timeline"]) == ["offer", "offer", "promise", "stay"]
    assert tell("list", "--as-of", "2022-07-20").out.splitlines()[0] == "K-001\tРябина\t12\twithin the interval"
    assert "promise overdue" not in tell("today", "--as-of", "2022-08-05").out


def test_a_record_is_shown_by_its_id_with_all_that_belongs_to_it(tell: Run) -> None:
    page = json.loads(tell("show", "K-003", "--json").out)
    request = next(item for item in page["timeline"] if item["detail"] and "document" in item["detail"])
    assert json.loads(tell("show", request["id"], "--json").out) == request
    assert "internal passport; sent" in tell("show", request["id"]).out
    mother = page["people"][1]
    assert json.loads(tell("show", mother["person"]["id"], "--json").out)["endpoints"] == mother["endpoints"]
    assert tell("show", mother["person"]["id"]).out.startswith("mother\t")
    consent = json.loads(tell("show", page["consents"][0]["id"], "--json").out)
    assert (consent["table"], consent["scope"]) == ("consent", "own_and_sought")
    assert "necessity" not in tell("show", page["consents"][0]["id"]).out


def test_a_record_in_no_case_is_shown_too(run: Run) -> None:
    place = run("place", "add", "--name", "ИК-6, Нижегородская обл.")
    shown = json.loads(run("show", place.id, "--json").out)
    assert (shown["table"], shown["number"], shown["region"]) == ("place", "6", "Нижегородская обл.")
    assert run("show", place.id).out.startswith("place\t")


def test_a_person_in_no_case_is_found_and_shown_without_a_name(run: Run) -> None:
    nina = run("person", "add", "--name", "Сидорова Нина", "--number", "8 900 000 55 02").id
    run("case", "add", "--code", "K-001", "--alias", "Ива", "--name", "Белов Пётр")
    assert run("search", "Сидорова").out == f"in no case\t…55-02\tperson\t{nina}\n"
    run("log", "note", "K-001", "--happened", "2022-08-01", "--text", "заходила", "--with", nina)
    person, name, named = run("show", nina).out.splitlines()
    assert (person, named) == (f"person in no case\t\t…55-02\t{nina}", "named in the case\tK-001")
    assert name.startswith("name\tname in the papers\t")
    shown = json.loads(run("show", nina, "--json").out)
    assert (shown["role"], shown["below"]["cases"]) == (None, ["K-001"])
    assert shown["names"][0]["entered"] == "Сидорова Нина"
    mentioned = json.loads(run("subject-access", nina, "--json").out)["cases"]
    assert [case["mentions"][0]["text"] for case in mentioned] == ["заходила"]


def test_one_entry_says_how_it_is_known(run: Run) -> None:
    run("case", "add", "--code", "K-001", "--alias", "Ива", "--name", "Белов Пётр")
    how = ("--basis", "from_other", "--hands", "2", "--reliability", "mostly", "--credibility", "unsure")
    when = ("--happened", "2022-08-01", "--learned", "2022-08-03", "--hazard", "insider,military")
    source = run("source", "add", "--name", "Нагорный", "--publisher", "Вестник края").id
    made = run("log", "note", "K-001", "--text", "видели строй", "--from-source", source, *when, *how).id
    lines = run("show", made, "--lang", "en").out.splitlines()
    assert lines[1:] == [
        "How the teller knows\ttold by another person",
        "People between\t2",
        f"Source (one that was added)\t{source}",
        "Reliability of the source\tmostly reliable",
        "Credibility of the information\tunsure",
        "When we learned it\t3 August 2022",
        "May endanger someone because of\tinsider source, military place or unit",
    ]
    assert "видели строй" not in "".join(lines)


def test_of_a_document_and_a_number_only_the_end_is_shown(run: Run) -> None:
    run("case", "add", "--code", "K-001", "--alias", "Ива", "--name", "Белов Пётр")
    of = ("--case", "K-001", "--person", "Белов Пётр", "--kind", "internal_passport")
    passport = run("identifier", "add", *of, "--document-number", "5700 123456", "--issued", "2015-03").id
    number = run("endpoint", "add", "--number", "+7 900 111 22 33").id
    for made, end in ((passport, "…34-56"), (number, "…22-33")):
        shown = run("show", made).out
        assert end in shown
        assert "5700" not in shown
        assert "111" not in shown


def test_a_number_in_any_spelling_finds_the_four_families(tell: Run) -> None:
    codes = {line.split("\t")[0] for line in tell("search", "8 (900) 000-41-17").out.splitlines()}
    assert codes == {"K-001", "K-003", "K-004", "K-007"}
    found = json.loads(tell("search", "000-41-17", "--json").out)
    assert {hit["record"]["norm"] for hit in found if hit["table"] == "endpoint"} == {"+79000004117"}


def test_nothing_found_is_no_mistake(tell: Run) -> None:
    ended = tell("search", "Небывалов")
    assert (ended.code, ended.out, ended.err) == (0, "", "")


def test_today_starts_with_the_call_that_was_promised(tell: Run) -> None:
    lines = tell("today").out.splitlines()
    assert lines[0] == "K-001\tРябина\tcall back promised\t12\t2022-08-10"
    assert lines[1] == "K-005\tПристань\twho tells the family\t6\t2022-08-16"
    assert lines[2].startswith("K-002\tОсока\tcheck now\t46")
    assert not [line for line in lines if line.startswith("K-008")]
    assert json.loads(tell("today", "--json", "--limit", "1").out)[0]["why"] == "call_back"


def test_history_tells_what_was_written_when_and_through_which_door(tell: Run) -> None:
    newest = json.loads(tell("history", "K-007", "--json", "--limit", "1").out)[0]
    assert (newest["actor"], newest["reason"]) == ("demo", "log")
    line = tell("history", "K-007", "--limit", "1").out
    assert "2022-08-20T10:15" in line
    assert "by the demo" in line


def test_info_says_which_vault_this_is(tell: Run) -> None:
    facts = json.loads(tell("info", "--json").out)
    assert (facts["cases"], facts["demo_day"], facts["today"]) == (10, "2022-08-22", "2022-08-22")
    assert "cases\t10" in tell("info").out.splitlines()


def test_verify_holds_and_counts(tell: Run) -> None:
    assert json.loads(tell("verify", "--json").out) == {"ok": True, "heads": 317, "cases": 10, "problems": []}
    assert tell("verify").out == "ok\ttrue\nheads\t317\ncases\t10\n"


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_the_interface_speaks_the_language_asked_for(tell: Run, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tr = translator(language)
    unknown = tr.text("There is no case and no record “{ref}” in this vault.", ref="K-999")
    assert tell("show", "K-999", "--lang", language).err == unknown + "\n"
    assert tell(f"--lang={language}", "show", "K-999").err == unknown + "\n"
    monkeypatch.setenv("LANG", f"{language}_XX.UTF-8")
    assert tell("show", "K-999").err == unknown + "\n"
    assert tr.text("check now") in tell("list").out
    assert tr.text("Silence alone says nothing about his fate.") in tell("show", "K-001").out


def test_verify_names_what_is_broken_and_ends_with_1(tell: Run, story_folder: Path) -> None:
    session = open_vault(story_folder)
    session.vault.connection.execute("UPDATE journal_payload SET body = '{}' WHERE seq = 3")
    session.close()
    ended = tell("verify")
    assert (ended.code, ended.out.splitlines()[0]) == (1, "ok\tfalse")
    assert "Journal entry 3: its contents are not what was written." in ended.err
    assert "restore the newest verified backup" in ended.err
    assert len(json.loads(tell("verify", "--json").out)["problems"]) == 1


def test_show_says_what_the_rules_ask_by_role_and_without_free_text(tell: Run) -> None:
    lines = tell("show", "K-001").out.splitlines()
    assert lines[3] == "No proof that he is alive is recorded."
    assert lines[4].startswith(
        "UN Working Group, urgent procedure: the Group must receive the report by 9 October 2022"
    )
    assert [line.partition(":")[0] for line in lines if ": no reply" in line] == [
        "Министерство обороны РФ",
        "ФСИН России",
    ] * 2
    other = tell("show", "K-005").out
    assert "\treport of death, not confirmed, August 2022; told by another person; 2 people between\t" in other
    assert "U+" not in other
    assert "There is news the family has not been told" in other
    assert "сокамерник" not in other


def test_a_statement_about_ten_men_is_told_by_role_and_hands_and_in_json_in_the_tellers_words(tell: Run) -> None:
    line = next(line for line in tell("show", "K-002").out.splitlines() if "Statement about a group" in line)
    assert "as told by: wife; 2 people between" in line
    assert "10" not in line
    (said,) = json.loads(tell("show", "K-002", "--json").out)["rules"]["groups"]
    assert (said["group"], said["equated"]) == ("десять человек его группы", "no")


def test_how_many_were_taken_is_no_bare_number(run: Run) -> None:
    made = run("cohort", "add", "--name", "Этап", "--claimed-size", "50").id
    assert "claimed_size\t50\tnot recorded by whom it was told" in run("show", made).out
    run("cohort", "change", made, "--source", "жена")
    assert "claimed_size\t50\tsource recorded" in run("show", made).out


def test_the_rules_answer_for_another_day(tell: Run) -> None:
    shown = tell("show", "K-001", "--as-of", "2022-11-01").out
    assert "UN Working Group: ordinary procedure; ask the lawyer." in shown
    assert "The reply was due by 4 September 2022, 58 days ago." in shown
