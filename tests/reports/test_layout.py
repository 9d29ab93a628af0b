"""Pages that hold whatever people typed: nothing breaks the page, nothing is lost, nothing hides."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from family_case.i18n import translator
from family_case.model.entry import EntryKind
from family_case.model.person import Sex
from family_case.model.silence import Silence, SilenceState
from family_case.model.silence_words import silence_words
from family_case.reports.markup import plain, shown
from tests import dossiers
from tests.reports.reading import printed

EN = translator("en")
TOKEN = "".join(chr(ord("A") + at % 26) for at in range(80))

ODD = {
    "markup": "<b>5 < 6 & 7 > 3</b> <font size=99>&amp; <para> {braces} %s",
    "token of eighty": TOKEN,
    "token without end": "ж" * 600,
    "right to left": "שלום עולם مرحبا بالعالم",
    "overrides": "abc\u202edef\u2066ghi\u200bjkl\ufeff",
    "emoji": "👍🏽 ❤️ жив 🙏",
    "blank": "   \n\n\t  ",
    "no characters": "\x00\x07\ud800\uffff",
    "lines": "\n".join(f"Строка {at}" for at in range(90)),
    "page of words": "слово " * 300,
}


@pytest.mark.parametrize("name", ODD)
def test_no_text_breaks_the_page(name: str) -> None:
    paper = printed(dossiers.with_text(ODD[name]))
    assert len(paper.pages) >= 4
    assert "9. Nature of this record" in paper.text


@pytest.mark.parametrize(
    ("word", "text"), [("слово", "слово " * 16_666), ("ж", "ж" * 100_000), ("Строка", "Строка\n" * 1000)]
)
def test_the_longest_text_a_field_may_hold_is_printed_whole(word: str, text: str) -> None:
    note = replace(dossiers.entry(1, EntryKind.NOTE, "2022-07-01"), text=text)
    only = (dossiers.item(note),)
    paper = printed(replace(dossiers.full_case(), items=only, last_word=None, last_proof=None))
    assert "9. Nature of this record" in paper.text
    assert sum(page.count(word) for page in paper.pages) >= text.count(word)


def test_markup_in_entered_text_is_shown_as_typed() -> None:
    assert (
        "<b>5 < 6 & 7 > 3</b> <font size=99>&amp; <para> {braces} %s" in printed(dossiers.with_text(ODD["markup"])).text
    )


def test_a_token_of_eighty_stays_inside_its_cell_and_whole() -> None:
    text = printed(dossiers.with_text(TOKEN)).text.replace(" ", "")
    assert text.count(TOKEN) >= 8


def test_a_quote_of_forty_lines_is_whole() -> None:
    paper = printed(dossiers.long_case(10))
    lines = re.findall(r"Строка (\d+): он", paper.text)
    assert lines == [str(at) for at in range(1, 41)]


def test_three_hundred_entries_keep_their_header_on_every_page() -> None:
    paper = printed(dossiers.long_case(300))
    start, end = (page for title, page in paper.bookmarks() if title.startswith(("4.", "5.")))
    chronology = paper.pages[start - 1 : end - 1]
    assert len(chronology) > 20
    assert all("No. When What Source Basis, people" in page for page in chronology)
    found = [int(number) for number in re.findall(r"Запись (\d+)\.", paper.text)]
    assert found == list(range(1, 301))


@pytest.mark.parametrize("entries", range(1, 25, 2))
def test_no_heading_stands_alone_at_the_foot_of_a_page(entries: int) -> None:
    paper = printed(dossiers.long_case(entries))
    titles = [title for title, _page in paper.bookmarks()] + ["Approaches", "Document requests", "Promises", "Payments"]
    for page in paper.pages:
        assert not page.rstrip().endswith(tuple(titles))


@pytest.mark.parametrize("entries", range(1, 25, 2))
def test_what_the_paper_is_never_stands_alone_on_a_last_page(entries: int) -> None:
    *_before, sources, nature = printed(dossiers.long_case(entries)).bookmarks()
    assert nature[0] == "9. Nature of this record"
    assert sources[1] == nature[1], "a last page with nothing but a disclaimer gets lost"


def test_nothing_hides_or_reverses_text() -> None:
    assert shown("a\u202eb\u2066c\u200bd\ufeff\u00ade\x07", EN) == "abcde"
    assert shown("строка\nдругая\tтретья", EN).split() == ["строка", "другая", "третья"]


def test_signs_the_type_lacks_are_named_not_dropped() -> None:
    assert shown("жив 👍🏽!", EN) == "жив [thumbs up sign]!"
    assert shown("שלום", EN) == "[Hebrew, 4 letters]"
    assert shown("aשb", EN) == "a[Hebrew, 1 letter]b"


def test_letters_typed_apart_from_their_accents_are_joined() -> None:
    assert shown("и\u0306", EN) == "й"


def test_escaping_leaves_no_tag_to_the_printer() -> None:
    assert plain("a<br/>&\nb", EN) == "a&lt;br/&gt;&amp;<br/>b"


@pytest.mark.parametrize(
    ("silence", "begins"),
    [
        (Silence(SilenceState.NOW, 30, 45, 45), "No direct word for 45 days (we check after 30)."),
        (Silence(SilenceState.WITHIN, 30, 1, 1), "No direct word for 1 day (we check after 30)."),
        (Silence(SilenceState.NOW, 30, 22, 52), "No direct word for 22 to 52 days (we check after 30)."),
        (
            Silence(SilenceState.NOW, 30, 50, 50, since_last_seen=True),
            "No direct word since he was last seen 50 days ago (we check after 30).",
        ),
        (Silence(SilenceState.UNKNOWN, 30), "No direct word is recorded, and no day when he was last seen."),
        (Silence(SilenceState.PAUSED, 30, 3, 3), "No direct word for 3 days (we check after 30). Checking is paused."),
        (Silence(SilenceState.ENDED, 30, 3, 3), "No direct word for 3 days (we check after 30). Checking has ended."),
    ],
)
def test_the_silence_sentence_ends_with_its_warning(silence: Silence, begins: str) -> None:
    assert silence_words(silence, EN, sex=Sex.MALE) == f"{begins} Silence alone says nothing about his fate."


def test_a_number_is_repeated_only_where_a_page_begins_with_the_rest_of_its_row() -> None:
    note = replace(dossiers.entry(1, EntryKind.NOTE, "2022-07-01"), text="\n".join(f"Строка {at}" for at in range(90)))
    paper = printed(replace(dossiers.full_case(), items=(dossiers.item(note),), last_word=None, last_proof=None))
    pages = [page for page in paper.pages if "Строка" in page]
    assert [page.count("1…") for page in pages] == [0, *(1 for _ in pages[1:])]
