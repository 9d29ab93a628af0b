"""Who may not be named is not named by what people call him at home either; other words stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from family_case.i18n import catalogue_folder
from family_case.paths import resources
from family_case.services import publishing
from family_case.services.given_names import forms, full_names, is_given
from family_case.services.masking import GAP, mask_for, refuse_names
from tests.services.casebook import case, consent, lawyer, log, person

if TYPE_CHECKING:
    from family_case.services.session import Session

CALLED = {
    "Мария": "Маша Маши Маше Машу Машей Машенька Маня Маруся Masha маша машу",
    "Марія": "Марійка Марійки Марійці Марічку",
    "Владимир": "Вова Вовы Вове Вову Вовой Володя Володи Володей Vova вова володя Вовчик Вовчика",
    "Володимир": "Володько Володька Вова",
    "Екатерина": "Катя Кати Кате Катей Катюша Katya",
    "Александра": "Саша Саши Сашей Сашу Шура Sasha САША",
    "Сергей": "Серёжа Сережу Серёги Серегой Seryozha Се\u00adрёжа Серё\u0301жа Ceрёжа",
    "Алексей": "Лёша Леши Лёхе Алёша",
    "Иван": "Ваня Ванёк Ванька Ваню",
    "Игорь": "Игорёк Игорька Игорьку",
    "Дмитро": "Діма Дмитрик Дмитрика",
    "Тетяна": "Таня Таню Танею Тетянка Тетянці",
    "Люся": "Людмила Людмилы",  # written down by her pet name only
}


@pytest.mark.parametrize("name", CALLED)
def test_a_pet_name_is_taken_out_in_its_cases(name: str) -> None:
    mask = mask_for([f"Ким {name}"], ["Лебедев Артём Игоревич"], [])
    assert [
        form for form in CALLED[name].split() if mask.clean(f"вчера {form}, сказал") != f"вчера {GAP}, сказал"
    ] == []


def test_a_pet_name_that_someone_shown_has_too_stays() -> None:
    assert mask_for(["Лебедева Александра"], ["Лебедев Александр"], []).clean("Саша приехал") == "Саша приехал"
    assert mask_for(["Ким Мария"], ["Маша"], []).clean("Маша и Мария") == f"Маша и {GAP}"


def test_whoever_is_shown_by_a_pet_name_opens_no_full_name() -> None:
    assert mask_for(["Ким Александр"], ["Саша"], []).clean("Александр") == GAP


def test_words_that_only_look_like_pet_names_stay() -> None:
    everyone = ["Людмила Николай Полина Константин Вячеслав Светлана Тамара Дмитрий Елена Владислав Георгий Даниил"]
    text = (
        "Люди сказали. Коли він приїхав? Тому й мовчимо. Поле за рекой, слава богу, много света, две кости, дым, лень, "
        "лён, день, дом. Дані записано. Герой, влада, Владу."
    )
    assert mask_for(everyone, [], []).clean(text) == text


def said(language: str) -> set[str]:
    with (catalogue_folder() / language / "LC_MESSAGES" / "family_case.po").open("rb") as file:
        texts = [text for message in read_po(file) for text in (message.string or "",)]
    return {word for text in texts for word in re.findall(r"[^\W\d_]+", str(text))}


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_no_pet_name_is_an_everyday_word(language: str) -> None:
    """The words of our own texts and lists, with the first letter as they stand there; two are pet names indeed."""
    lines = (resources() / "words" / f"{language}.txt").read_text(encoding="utf-8").split()
    everyone = mask_for([line for line in names() if " " not in line], [], [])
    taken = {
        word for word in said(language) | set(lines) if everyone.hidden.little.stem_of(word, capital=word.istitle())
    }
    assert taken - {"Тема", "Поля"} == set()


def names() -> list[str]:
    text = (resources() / "words" / "given_names.tsv").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if not line.startswith(("#", "never"))]
    return [name for row in rows for name in row.split("\t")[0].split()]


def test_the_table_is_well_formed() -> None:
    text = (resources() / "words" / "given_names.tsv").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if not line.startswith("#")]
    assert sum("\t" in row for row in rows) > 60
    assert all(
        re.fullmatch(r"[^\W\d_'’ ]+\*?", word) for row in rows for word in row.split("\t")[-1].split() if "\t" in row
    )
    assert all(row.count("\t") <= 1 for row in rows)


@given(st.sampled_from(names()), st.sampled_from(["{}", "с {}!", "{}, она", "А {}?"]))
def test_every_pet_name_of_every_name_is_taken_out_and_leads_back_to_it(name: str, sentence: str) -> None:
    mask = mask_for([name], [], [])
    for form in forms([name]).capital:
        assert mask.clean(sentence.format(form.title())) == sentence.format(GAP)
    assert is_given(name)
    assert full_names(name) == [] or is_given(full_names(name)[0])


def test_a_lawyers_paper_carries_no_pet_name_of_who_did_not_consent(session: Session) -> None:
    case(session)
    consent(session, person(session, "Лебедев Роман", "sibling"))
    person(session, "Лебедева Мария Павловна", "mother")
    log(session, "note", text="Маша плачет, Машу не трогать, Рома и Тёма ей не говорят", happened="2022-07-08")
    (item,) = publishing.dossier(session, "K-001", lawyer()).items
    detail = repr(item)
    assert "Маш" not in detail
    assert "Рома" in detail
    assert "Тёма" in detail


def test_an_alias_is_no_pet_name_of_him() -> None:
    with pytest.raises(Exception, match="tells a name"):
        refuse_names(["Тёма"], ["Лебедев Артём"])
