"""The Russian and Ukrainian of the product: complete, well formed, and in the field's own words.

The other guard (`test_catalogues`) proves the tool that keeps catalogues in step; this one reads what is in them.
"""

from __future__ import annotations

import ast
import gettext
import io
import re
import string
from functools import cache
from typing import TYPE_CHECKING, cast

import pytest
from babel.messages.mofile import write_mo

from tests.test_catalogues import catalogues

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

LANGUAGES = ("ru", "uk")
COUNTS = (0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 101, 111)
SPACE = "\u00a0"  # between a number and its word

TERMS = catalogues.ROOT / "docs" / "terms.md"
HELD = TERMS.read_text("utf-8").partition("## Words inside sentences")[0]  # the tables whose words are messages
ROW = re.compile(r"^\| (?!English |---)(.+?) \| (.+?) \| (.+?) \|", re.MULTILINE)
WORDS = cast("list[tuple[str, str, str]]", ROW.findall(HELD))
DAYS = {
    "ru": {0: "дней", 1: "день", 2: "дня", 4: "дня", 5: "дней", 11: "дней", 12: "дней", 14: "дней", 21: "день"}
    | {22: "дня", 25: "дней", 101: "день", 111: "дней"},
    "uk": {0: "днів", 1: "день", 2: "дні", 4: "дні", 5: "днів", 11: "днів", 12: "днів", 14: "днів", 21: "день"}
    | {22: "дні", 25: "днів", 101: "день", 111: "днів"},
}
# How the counted words bend: one, two to four, five and more. A new plural brings its word here.
BENT = {
    "ru": {
        "день дня дней",
        "дня дней дней",
        "дело дела дел",
        "деле делах делах",
        "раз раза раз",
        "буква буквы букв",
        "человек человека человек",
        "человека человек человек",
        "изменение изменения изменений",
        "напоминание напоминания напоминаний",
    },
    "uk": {
        "день дні днів",
        "дня днів днів",
        "справа справи справ",
        "справі справах справах",
        "раз рази разів",
        "літера літери літер",
        "людина людини людей",
        "особу осіб осіб",
        "зміна зміни змін",
        "нагадування нагадування нагадувань",
    },
}
# What was kept: an error that says so in English says so in every language.
KEPT = {"ru": re.compile(r"[Нн]ичего не |Он[а]? не "), "uk": re.compile(r"[Нн]ічого не |Її не |Його не ")}
FOREIGN = {"ru": re.compile(r"[іїєґІЇЄҐ’]"), "uk": re.compile(r"[ыэъёЫЭЪЁ]")}
HOLE = re.compile(r"\{[^{}]*\}")
ENDS = (".", "…", "?", ": ", ":")


def forms(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """One text, or the forms of a plural."""
    return (value,) if isinstance(value, str) else tuple(value or ())


@cache
def stored(language: str) -> Catalog:
    """The committed catalogue; read once."""
    return cast("Catalog", catalogues.stored(language))


@cache
def messages() -> list[Message]:
    """Every message of the code; read once."""
    return [each for each in catalogues.extracted() if each.id]


def entries(language: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Original and translation of every message, each as its forms."""
    return [(forms(each.id), forms(each.string)) for each in stored(language) if each.id]


def findings(language: str, fault: re.Pattern[str]) -> list[str]:
    """Translations in which `fault` is found; a brace stands as one sign."""
    return [form for _original, given in entries(language) for form in given if fault.search(HOLE.sub("§", form))]


def spoken(language: str) -> gettext.GNUTranslations:
    """The catalogue as gettext reads it."""
    target = io.BytesIO()
    write_mo(target, stored(language))
    target.seek(0)
    return gettext.GNUTranslations(target)


def values(text: str) -> dict[str, object]:
    """Something for every brace."""
    return {name: "12" for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_code_is_translated(language: str) -> None:
    known = stored(language)
    assert len(messages()) > 700
    assert [
        fault for each in messages() for fault in catalogues.faults_of(each, known.get(each.id, each.context), language)
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_plural_of_the_code_is_spoken_in_english(language: str) -> None:
    tongue = spoken(language)
    calls = [
        node.args[:2]
        for room in ("family_case", "ui")
        for file in (catalogues.ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "plural"
    ]
    told = [[ast.unparse(half).removeprefix("N_").strip("()") for half in pair] for pair in calls]
    halves = [[str(ast.literal_eval(half)) for half in pair] for pair in told if not pair[0].isidentifier()]
    assert len(halves) >= 8
    assert [(one, many) for one, many in halves if tongue.ngettext(one, many, 5) in (one, many)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_in_braces_are_the_same(language: str) -> None:
    wrong = [
        original
        for original, given in entries(language)
        for form in given
        if values(form).keys() != values(original[-1]).keys()
    ]
    assert wrong == []


@pytest.mark.parametrize("language", [*LANGUAGES, "en"])
def test_every_message_can_be_formatted_whatever_the_number(language: str) -> None:
    tongue = spoken(language)
    for each in messages():
        original = forms(each.id)
        if len(original) == 1:
            assert tongue.gettext(original[0]).format(**values(original[0]))
            continue
        for n in COUNTS:
            told = tongue.ngettext(original[0], original[1], n).format(**(values(original[1]) | {"n": n}))
            assert str(n) in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_three_forms_and_the_right_one_is_taken(language: str) -> None:
    plural = [given for original, given in entries(language) if len(original) == 2]
    assert len(plural) > 10
    assert {len(given) for given in plural} == {3}
    tongue = spoken(language)
    for n in COUNTS:
        assert tongue.ngettext("{n} day", "{n} days", n).format(n=n) == f"{n}{SPACE}{DAYS[language][n]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_counted_word_bends_as_it_should(language: str) -> None:
    counted = re.compile(r"\{n\}\u00a0(\w+)")
    words = {
        " ".join(word for form in given for word in counted.findall(form))
        for original, given in entries(language)
        if len(original) == 2
    }
    assert words <= BENT[language]


def test_english_says_one_day_and_two_days() -> None:
    tongue = spoken("en")
    told = [tongue.ngettext("{n} day", "{n} days", n).format(n=n) for n in (0, 1, 2, 21)]
    assert told == ["0 days", "1 day", "2 days", "21 days"]


@pytest.mark.parametrize("column", [0, 1, 2], ids=["en", *LANGUAGES])
def test_the_table_of_terms_has_one_word_for_each_thing(column: int) -> None:
    words = [row[column] for row in WORDS]
    assert len(words) > 60
    assert sorted(set(words)) == sorted(words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("original", WORDS, ids=lambda words: words[0])
def test_the_words_of_the_field_are_kept(language: str, original: tuple[str, str, str]) -> None:
    assert spoken(language).gettext(original[0]) == original[1 + LANGUAGES.index(language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_latin_letter_hides_in_a_cyrillic_word(language: str) -> None:
    assert findings(language, re.compile(r"[А-яЁёІіЇїЄєҐґ][A-Za-z]|[A-Za-z][А-яЁёІіЇїЄєҐґ]")) == []
    lonely = re.compile(r"(?<![\w-])[A-Za-z](?![\w-])")  # a Latin "c" standing for a Cyrillic preposition
    assert [
        form
        for original, given in entries(language)
        for form in given
        if set(lonely.findall(HOLE.sub("§", form))) - set(lonely.findall(HOLE.sub("§", original[0])))
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_of_the_other_language(language: str) -> None:
    assert findings(language, FOREIGN[language]) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(re.compile('["“”„‟]'), id="quotes that are not « »"),
        pytest.param(re.compile(r"\w'\w"), id="a typewriter's apostrophe"),
        pytest.param(re.compile(r"  "), id="two spaces"),
        pytest.param(re.compile(r" - | – | —"), id="a hyphen, a short dash, or a long one that may begin a line"),
        pytest.param(re.compile(r" [.,;:!?…](?!\w)"), id="a space before a mark"),
        pytest.param(re.compile(r"\.\.\."), id="three dots"),
    ],
)
def test_typography(language: str, fault: re.Pattern[str]) -> None:
    assert findings(language, fault) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotes_open_and_close(language: str) -> None:
    assert [
        form for _original, given in entries(language) for form in given if form.count("«") != form.count("»")
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_stays_a_label_and_a_sentence_a_sentence(language: str) -> None:
    def end(text: str) -> str:
        return next((end for end in ENDS if text.endswith(end)), "")

    pairs = [(original[0], form) for original, given in entries(language) for form in given if original != ("No.",)]
    assert [pair for pair in pairs if end(pair[0]) != end(pair[1])] == []
    large = re.compile(r"\W*[A-ZА-ЯЁІЇЄҐ](?![A-ZА-ЯЁІЇЄҐ])")  # labels are stored small; СМС and СМИ are large anyway
    assert [pair for pair in pairs if pair[0][0].islower() and large.match(pair[1])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_says_what_was_kept(language: str) -> None:
    said = re.compile(r"\b(?:Nothing|nothing) (?:of it )?(?:was|is) (?:saved|changed|written|created|lost)")
    telling = [(original[0], given[0]) for original, given in entries(language) if said.search(original[0])]
    assert len(telling) > 30
    assert [each for each in telling if not KEPT[language].search(each[1])] == []
