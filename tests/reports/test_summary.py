"""The lawyer's summary: what a lawyer reads in it, and what nobody can read out of the file."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from family_case.model.base import YesNo
from family_case.model.dates import parse
from family_case.model.dossier import Dossier, NameLine, SourceLine
from family_case.model.entry import EntryKind, Part
from family_case.model.kinds import Payment, PaymentForm
from family_case.model.person import NameKind
from family_case.reports.summary import render
from tests import dossiers
from tests.reports.reading import fonts_of, printed

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = [
    "1. About this paper",
    "2. At a glance",
    "3. Identity",
    "4. Chronology",
    "5. Last seen and last word",
    "6. Approaches and document requests",
    "7. Promises and payments",
    "8. Sources",
    "9. Nature of this record",
]
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def _everything(pdf: bytes) -> bytes:
    """The file's bytes, with what is inside its streams."""
    inside = []
    for stream in _STREAM.findall(pdf):
        try:
            inside.append(zlib.decompress(stream))
        except zlib.error:
            inside.append(stream)
    return b"\n".join([pdf, *inside])


# --- the file ---


def test_same_dossier_gives_the_same_bytes_here_and_in_another_process() -> None:
    here = render(dossiers.full_case("ru"))
    assert render(dossiers.full_case("ru")) == here
    code = (
        "import hashlib; from family_case.reports.summary import render; from tests import dossiers; "
        "print(hashlib.sha256(render(dossiers.full_case('ru'))).hexdigest())"
    )
    for seed in ("1", "4242"):
        there = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert there.stdout.strip() == hashlib.sha256(here).hexdigest()


def test_the_title_is_the_only_metadata() -> None:
    for dossier in (dossiers.full_case("ru"), dossiers.family_extract()):
        paper = printed(dossier)
        assert paper.reader.metadata is not None
        assert set(paper.reader.metadata) == {"/Title"}
        assert paper.reader.xmp_metadata is None
        raw = _everything(paper.pdf)
        marks = (b"ReportLab", b"reportlab", b"opensource", b"Producer", b"Creator", b"Author", b"Date", b"Keywords")
        for mark in (*marks, b"Subject", b"Trapped", b"xmp", b"/Metadata", b"/Lang", str(ROOT).encode(), b"family"):
            assert mark not in raw, mark


def test_the_title_says_nothing_of_the_case() -> None:
    paper = printed(dossiers.full_case())
    assert paper.reader.metadata is not None
    assert paper.reader.metadata.title == "Summary"


def test_the_id_follows_the_content() -> None:
    full = dossiers.full_case()
    ids = [
        re.findall(rb"\[<([0-9a-f]{32})><\1>\]", render(each)) for each in (full, full, replace(full, alias="Осина"))
    ]
    assert ids[0] == ids[1] != ids[2]
    assert all(len(found) == 1 for found in ids)


def test_only_embedded_noto_type_is_used() -> None:
    raw = _everything(render(dossiers.full_case()))
    assert re.findall(rb"/BaseFont /([^\s/]+)", raw)
    assert all(b"+NotoSans-" in name for name in re.findall(rb"/BaseFont /([^\s/]+)", raw))
    assert raw.count(b"/FontFile2") == len(set(re.findall(rb"/FontName /(\S+)", raw))) >= 3


def test_cyrillic_can_be_selected_and_copied() -> None:
    name = NameLine(NameKind.LEGAL, "Ґалаґан Єлисей Їжакович, ёж, ІіЇїЄєҐґ", "uk")
    dossier = replace(dossiers.full_case("uk"), sought=replace(dossiers.identity(), names=(name,)))
    text = printed(dossier).text
    assert name.text in text
    assert dossiers.DIRECT_WORDS in text
    assert "8 липня 2022" in text


# --- pages ---


def test_bookmarks_lead_to_each_section() -> None:
    paper = printed(dossiers.full_case())
    assert [title for title, _page in paper.bookmarks()] == SECTIONS
    for title, page in paper.bookmarks():
        assert title in paper.pages[page - 1]


def test_every_page_says_its_number_of_all_and_the_case() -> None:
    paper = printed(dossiers.long_case(60))
    numbered = paper.pages[:-1]
    for at, page in enumerate(numbered, 1):
        assert f"page {at} of {len(numbered)}" in page
        assert "K-901" in page


def test_the_handling_sheet_is_last_and_its_absence_cannot_be_counted() -> None:
    with_sheet = printed(dossiers.full_case())
    sheet = with_sheet.pages[-1]
    assert "Handling sheet" in sheet
    assert "page" not in sheet.replace("paper", "").replace("page count", "")
    assert all(word in sheet for word in ("Entries: 1, 2, 3", "Relative 2 (mother)", dossiers.KEPT_BECAUSE))
    assert not any("Handling sheet" in page for page in with_sheet.pages[:-1])
    without = printed(replace(dossiers.full_case(), handling=()))
    assert without.pages == with_sheet.pages[:-1]


# --- what a lawyer reads ---


def test_the_cover_says_for_whom_on_what_consent_and_what_is_missing() -> None:
    cover = printed(dossiers.full_case()).pages[0]
    assert "Addressee Адвокатское бюро «Опора»" in cover
    assert "Printed 22 August 2022, 18:00 UTC" in cover
    assert "Entries that may endanger someone: 2" in cover
    assert "Numbers of people" not in cover  # a count of none is no gap
    assert "Сорокин Глеб Ильич (brother)" in cover
    assert "Given: 3 August 2022, by word of mouth" in cover
    assert "спросить его самого нельзя" in cover
    assert "5f2c" * 16 in cover


def test_the_glance_gives_the_silence_with_its_warning() -> None:
    glance = printed(dossiers.full_case()).pages[1]
    assert "No direct word for 45 days (we check after 30). Silence alone says nothing about his fate." in glance
    assert "Missing person Сорокин Артём Ильич" in glance
    assert "See entry 3." in glance


def test_a_direct_word_that_is_withheld_leaves_a_gap_with_its_date() -> None:
    glance = printed(replace(dossiers.full_case(), last_word=None)).pages[1]
    assert "8 July 2022. The entry is withheld from this paper." in glance


def test_times_of_day_are_utc_and_betray_no_country() -> None:
    text = printed(dossiers.full_case()).text
    assert "8 July 2022, 18:15 UTC" in text
    assert "21:15" not in text
    assert "Moscow" not in text
    assert "+03" not in text


def test_a_time_before_midnight_utc_moves_to_the_day_before() -> None:
    full = dossiers.full_case()
    early = [
        replace(each, entry=replace(each.entry, happened=parse("2022-07-08T01:30?"))) if each.number == 3 else each
        for each in full.items
    ]
    assert "7 July 2022, 22:30 UTC, unsure" in printed(replace(full, items=tuple(early))).text


def test_what_was_said_is_italic_and_what_was_checked_upright() -> None:
    pdf = render(dossiers.full_case())
    assert fonts_of(pdf, "ничего больше не посылать") == {"NotoSans-Regular"}  # our own advice
    assert fonts_of(pdf, "чтобы мать получала") == {"NotoSans-Italic"}
    assert fonts_of(pdf, "screenshot compared") == {"NotoSans-Regular"}
    assert fonts_of(pdf, "Только маме") == {"NotoSans-Italic"}


def test_exact_words_say_how_we_have_them() -> None:
    text = printed(dossiers.full_case()).text
    assert f"“{dossiers.DIRECT_WORDS}” (copied from a message, Russian)" in text
    assert "Translation by A. K.: “I am leaving." in text
    assert "Exact words: withheld" in text


def test_numbers_that_link_cases_accuse_nobody() -> None:
    text = printed(dossiers.full_case()).text
    assert "+7 900 000-55-01 (occurs in 3 other cases)" in text
    assert "…55-02 (occurs in 1 other case)" in text
    assert text.count("A number that occurs in several cases does not show who used it") == 1


def test_people_without_consent_go_by_label_and_role() -> None:
    text = printed(dossiers.full_case()).text
    assert "With: relative 2 (mother)" in text
    assert "Asked by: stranger A (“accountant”, as claimed)" in text


def test_a_source_nobody_recorded_says_so() -> None:
    """A code with nothing behind it would look like a slip of the printer."""
    blank = replace(dossiers.full_case(), sources=(SourceLine("S1", None, None, None, None, ""),))
    assert "S1 not recorded" in printed(blank).text
    told = replace(dossiers.full_case(), sources=(SourceLine("S1", None, None, None, None, "a letter"),))
    assert "not recorded" not in printed(told).text.partition("8. Sources")[2]


def test_someone_known_only_by_his_role_is_not_named_twice() -> None:
    full = dossiers.full_case()
    unnamed = replace(dossiers.CALLER, name="“Accountant”")
    call = replace(full.items[6], people=((Part.BY, unnamed), (Part.WITH, dossiers.SOUGHT)))
    assert "By: “accountant”, as claimed; with: Сорокин Артём Ильич" in printed(replace(full, items=(call,))).text


def test_a_promise_without_standing_shows_what_was_said_of_it() -> None:
    full = dossiers.full_case()
    denied = replace(full.items[8], standing=None)
    assert "What came of it 9 1 August 2022" in (text := printed(replace(full, items=(denied,))).text)
    assert "Stated" in text or "stated" in text


def test_a_time_in_a_decade_and_an_unknown_language_are_no_obstacle() -> None:
    text = printed(dossiers.with_text("x-klingon!", parse("199X-07-08T21:15"))).text
    assert "8 July, 1990s" in text
    assert "(copied from a message, x-klingon!)" in text


def test_citizenship_is_a_country_not_a_code() -> None:
    assert "Гражданство Россия Место" in printed(dossiers.full_case("ru")).text
    typed = replace(dossiers.identity(), citizenship="Украина, РФ")
    assert "Citizenship Украина, РФ" in printed(replace(dossiers.full_case(), sought=typed)).text


def test_an_amount_is_never_parted_from_its_currency() -> None:
    pages = printed(dossiers.full_case("ru")).reader.pages
    lines = [line.strip() for page in pages for line in page.extract_text().splitlines()]
    assert "70 000 RUB" in lines, "the whole amount goes to the next line"
    assert not any(line.startswith(("RUB", "USD")) for line in lines)


def test_a_dossier_can_be_sent_to_another_process_for_printing() -> None:
    full = dossiers.full_case()
    sent = pickle.loads(pickle.dumps(full))  # noqa: S301 - our own bytes
    assert sent == full
    assert pickle.loads(pickle.dumps(render)) is render  # noqa: S301 - the same


def test_promises_show_due_paid_difference_and_days_late() -> None:
    text = printed(dossiers.full_case()).text
    assert "Bonus: 100,000 RUB" in text
    assert "Partly kept Paid: 30,000 RUB Still missing: 70,000 RUB 5 days late Put off 1 time" in text
    assert "Overdue 16 days late" in text
    assert "Contract shown: not known" in text
    assert "Death payment: 5,000,000 RUB" in text
    assert "Still missing: 5,000,000 RUB" not in text, "nobody may read that his death has not been paid for yet"


def test_money_of_two_currencies_is_never_added() -> None:
    full = dossiers.full_case()
    more = Payment("e13", 100, "RUB", None, PaymentForm.CASH, YesNo.NO)
    head = dossiers.entry(13, EntryKind.PAYMENT, "2022-08-21")
    text = printed(replace(full, items=(*full.items, dossiers.item(head, more)))).text
    assert "Paid in all 30,001 RUB 200.50 USD" in text


def test_it_says_that_nobody_signed_it() -> None:
    assert "Record of conversations, not a signed statement." in printed(dossiers.full_case()).pages[-2]


def test_a_case_without_content_says_so_under_each_heading() -> None:
    paper = printed(dossiers.empty_case())
    assert [title for title, _page in paper.bookmarks()] == SECTIONS
    assert "4. Chronology Nothing is recorded." in paper.text
    assert "6. Approaches and document requests Nothing is recorded. 7. Promises" in paper.text.replace("  ", " ")
    assert "7. Promises and payments Nothing is recorded." in paper.text
    assert "8. Sources Nothing is recorded." in paper.text
    assert "No direct word is recorded, and no day when the person sought was last seen." in paper.text
    assert "Withheld from this paper Nothing was withheld." in paper.text


def test_without_consent_on_his_behalf_his_name_is_a_visible_gap() -> None:
    sought = replace(dossiers.identity(), names=(), born=None, withheld=True)
    paper = printed(replace(dossiers.full_case(), sought=sought))
    assert "Missing person Withheld: no consent was given on his behalf for this purpose." in paper.text
    assert paper.text.count("Born withheld") == 2
    assert "Born not known" not in paper.text


@pytest.mark.parametrize("language", ["en", "ru", "uk"])
@pytest.mark.parametrize("make", [dossiers.full_case, dossiers.family_extract, dossiers.empty_case])
def test_every_paper_prints_in_every_language(make: object, language: str) -> None:
    assert callable(make)
    dossier = make(language)
    assert isinstance(dossier, Dossier)
    text = printed(dossier).text
    assert "{" not in text
    assert "K-901" in text
