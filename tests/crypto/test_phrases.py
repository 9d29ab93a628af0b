"""A generated passphrase is as strong as it says, and every list can be typed and told apart."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from family_case.crypto import phrases
from family_case.crypto.kdf import normalise
from family_case.crypto.phrases import BITS, even_choice, generate, strength, words
from family_case.paths import resources

if TYPE_CHECKING:
    from collections.abc import Callable

ALPHABETS = {"en": "a-z", "ru": "а-я", "uk": "абвгдежзийклмнопрстуфхцчшщьюяєії"}
LANGUAGES = sorted(ALPHABETS)


def patterns(word: str) -> set[str]:
    """Two words share one of these if one letter changed, added or missing turns one into the other."""
    cut = {word[:place] + word[place + 1 :] for place in range(len(word))}
    return {word} | cut | {word[:place] + "*" + word[place + 1 :] for place in range(len(word))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_is_typeable_and_no_two_words_are_alike(language: str) -> None:
    known = words(language)
    assert len(known) >= 1024
    assert all(re.fullmatch(f"[{ALPHABETS[language]}]{{3,10}}", word) for word in known)
    assert len({word[:4] for word in known}) == len(known)
    shared = Counter(pattern for word in known for pattern in patterns(word))
    assert [pattern for pattern, count in shared.items() if count > 1] == []


@pytest.mark.parametrize(
    ("language", "stems"),
    [
        (
            "en",
            (
                "war",
                "kill",
                "dead",
                "death",
                "prison",
                "jail",
                "bomb",
                "gun",
                "blood",
                "soldier",
                "body",
                "corpse",
                "prewar",
            ),
        ),
        ("ru", ("войн", "смерт", "тюрьм", "лагер", "плен", "бомб", "солдат", "армия", "кров", "труп", "снаряд")),
        ("uk", ("війн", "смерт", "тюрм", "табір", "полон", "бомб", "солдат", "армія", "кров", "труп", "снаряд")),
    ],
)
def test_no_word_hurts_these_families(language: str, stems: tuple[str, ...]) -> None:
    assert [word for word in words(language) if word.startswith(stems)] == []


@pytest.mark.parametrize("language", [*LANGUAGES, "xx", "../words/ru"])
def test_seventy_bits_at_least_and_not_a_word_more_than_needed(language: str) -> None:
    phrase = generate(language)
    drawn = phrase.text.split(" ")
    each = math.log2(len(words(language)))
    assert phrase.bits == pytest.approx(len(drawn) * each)
    assert BITS <= phrase.bits < BITS + each
    assert set(drawn) <= set(words(language))
    assert normalise(phrase.text) == phrase.text.encode()


def test_words_are_drawn_with_the_choice_that_was_handed_in() -> None:
    asked: list[int] = []

    def last(count: int) -> int:
        asked.append(count)
        return count - 1

    phrase = generate("ru", last)
    assert phrase.text.split(" ") == [words("ru")[-1]] * len(asked)
    assert set(asked) == {len(words("ru"))}


def test_a_phrase_does_not_show_itself() -> None:
    phrase = generate("ru")
    assert phrase.text not in repr(phrase)


def test_two_phrases_differ() -> None:
    assert generate("uk").text != generate("uk").text


def _source(*draws: int) -> Callable[[int], bytes]:
    waiting = list(draws)
    return lambda size: waiting.pop(0).to_bytes(size)


def test_the_uneven_end_of_the_random_range_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    fair = 2**64 - 2**64 % 1200
    monkeypatch.setattr(phrases, "random_bytes", _source(2**64 - 1, fair, fair - 1))
    assert even_choice(1200) == 1199


@given(st.integers(1, 5000))
def test_a_choice_is_always_within_the_list(count: int) -> None:
    assert 0 <= even_choice(count) < count


def test_every_word_is_drawn_about_equally_often() -> None:
    counts = Counter(even_choice(8) for _ in range(8000))
    assert set(counts) == set(range(8))
    assert all(800 < count < 1200 for count in counts.values())  # 6 standard deviations


# --- typed passphrases ---


@pytest.mark.parametrize(
    "text",
    [
        "",
        "пароль",
        "password123456",
        "qwertyuiop",
        "а" * 200,
        "1" * 60,
        "2345678901234567890",
        "01.02.1990",
        "Моя собака Шарик",
        "correct horse battery staple",
        "архив архив архив архив архив архив архив архив",
        "!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!",
        "\ud800",
    ],
)
def test_what_people_type_first_is_called_weak(text: str) -> None:
    assert strength(text).weak


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_generated_phrase_is_not_called_weak(language: str) -> None:
    phrase = generate(language)
    assert not strength(phrase.text).weak
    assert strength(phrase.text).bits <= phrase.bits + 1


def test_a_long_mixed_passphrase_is_strong_enough() -> None:
    assert not strength("x7-Rk2, m9!vQ4? z8;Lp5 w3:Ht6").weak


@given(st.text(max_size=60), st.text(max_size=5))
def test_more_to_type_is_never_much_weaker(text: str, more: str) -> None:
    assert strength(f"{text} {more}").bits >= strength(text).bits - 1


def test_spaces_and_capitals_earn_nothing() -> None:
    assert strength("Люстра  АРХИВ") == strength("люстра архив")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_beside_the_lists_tells_their_real_figures(language: str) -> None:
    page = (resources() / "words" / "README.md").read_text(encoding="utf-8")
    size = len(words(language))
    count = len(generate(language).text.split(" "))
    each = math.log2(size)
    assert f"| {language} | {size} | {each:.2f} | {count} | {count * each:.1f} |" in page
