"""A name that may not be told is not told in any of its forms; other words stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from family_case.services.masking import GAP, mask_for

FORMS = {
    "Ким": "Кима Киму Кимом Киме Kim КИМА",
    "Цой": "Цоя Цою Цоем Цое Tsoi Tsoy",
    "Ли": "Ли Li",
    "Ян": "Яна Яну Яном Яне Yan",
    "Лия": "Лии Лию Лией",
    "Ева": "Евы Еве Еву Евой ева",
    "Ирина": "Ирины Ирине Ирину Ириной ирина Irina Iryna Iryny Irina's Ири́на Ири\u00adна Ири\u200bна Иpина",
    "Павел": "Павла Павлу Павлом Павле Pavel Pavlo",
    "Лев": "Льва Льву Львом Льве Lev",
    "Федір": "Федора Федору Федором Федорові Fedir",
    "Яків": "Якова Якову Яковом Якові",
    "Сергій": "Сергія Сергієві Сергієм Serhii Serhiy Sergei Sergey",
    "Ольга": "Ольги Ользі Ольгу Ольгою Olha Olga",
    "Марія": "Марії Марію Марією Маріє Mariia Mariya",
    "Юлія": "Юлії Юлію Юлією Yulia Yuliia",
    "Мар'яна": "Мар'яни Мар’яні Марʼяну Мар`яною Mariana",
    "Євген": "Євгена Євгенові Євгеном Yevhen Evgen",
    "Щербаков": "Щербакова Щербакову Щербаковым Shcherbakov Scherbakov",
    "Кравець": "Кравця Кравцю Кравцем Kravets",
    "Достоевский": "Достоевского Достоевскому Достоевским Достоевская Достоевскую Dostoevsky",
    "Толстой": "Толстого Толстому Толстым Толстая",
    "Черных": "Черных Chernykh",
    "Хабаров": "Хабарова Хабаровым Khabarov",
    "Петров-Водкин": "Петрова Водкину Петровым-Водкиным Petrov-Vodkin",
    "Майя": "Майи Майю Майей Maya",
    "SMITH John": "Smith John Smith's",
}


@pytest.mark.parametrize("name", FORMS)
def test_a_name_is_taken_out_in_every_form(name: str) -> None:
    mask = mask_for([name], ["Лебедев Артём Игоревич"], [])
    left = [form for form in FORMS[name].split() if mask.clean(f"вчера {form}, сказал") != f"вчера {GAP}, сказал"]
    assert [form for form in left if "-" not in form] == []
    assert not any(part in mask.clean(form) for form in left for part in form.split("-"))


def test_a_name_decomposed_as_a_mac_writes_it_is_taken_out_whole() -> None:
    assert mask_for(["Майский"], [], []).clean("Маи\u0306ского видели") == f"{GAP} видели"


def test_ordinary_words_stay() -> None:
    mask = mask_for(["Ким Мария", "Лев", "Ева", "Цой", "Марк"], [], [])
    text = "8 марта, маркер, кому он звонил, кем, еле-еле, це не він, Мордовия, марш"
    assert mask.clean(text) == text


def test_a_surname_shared_with_the_person_sought_stays_and_the_first_name_goes() -> None:
    mask = mask_for(["Лебедева Ирина"], ["Лебедев Артём"], [])
    assert mask.clean("Лебедева Ирина, у Лебедевых") == f"Лебедева {GAP}, у Лебедевых"


def test_a_longer_surname_is_not_saved_by_a_shown_first_name() -> None:
    assert mask_for(["Иванова"], ["Иван"], []).clean("Иванову и Ивана") == f"{GAP} и Ивана"
    assert mask_for(["Иван"], ["Иванов"], []).clean("Ивана Иванову") == f"{GAP} Иванову"


@pytest.mark.parametrize(
    "typed",
    [
        "+7 916 123-45-67",
        "89161234567",
        "8 (916) 123 45 67",
        "8-916-123–45–67",
        "+7 916 123-45-67 2022-07-08",
        "+7 916 1234567 (2 раза)",
        "2022-07-08 8 916 123.45.67",
        "916 1234567, 12",
        "+\u200b7 916\u00a0123\u202f45 67",
        "007 916 1234567",
    ],
)
def test_a_number_is_taken_out_however_it_is_spelled_and_whatever_follows(typed: str) -> None:
    cleaned = mask_for([], [], ["+79161234567"]).clean(f"звонил {typed}.")
    assert GAP in cleaned
    assert "916" not in cleaned
    assert "67" not in cleaned


def test_a_ukrainian_number_typed_with_its_trunk_zero_is_taken_out() -> None:
    assert mask_for([], [], ["+380671234567"]).clean("067 123 45 67") == GAP


def test_accounts_are_taken_out_and_other_numbers_stay() -> None:
    mask = mask_for([], [], ["oksana_85", "ira@mail.ru", "4276380012345678", "+79161234567"])
    assert mask.clean("@Oksana_85, IRA@mail.ru, 4276 3800 1234 5678") == GAP
    assert mask.clean("oksana_856 и +7 999 000-00-00, 2022-07-08") == "oksana_856 и +7 999 000-00-00, 2022-07-08"


def test_gaps_beside_each_other_are_one() -> None:
    assert mask_for(["Ким Ирина Львовна"], [], []).clean("Ким Ирина Львовна звонила") == f"{GAP} звонила"


def test_an_empty_mask_and_an_empty_text_change_nothing() -> None:
    assert mask_for([], [], []).clean("Ирина") == "Ирина"
    assert mask_for(["И."], [], ["12"]).clean("И. 12") == "И. 12"  # an initial and two digits tell nobody
    assert mask_for(["Ирина"], [], []).clean("") == ""


@given(st.text(max_size=60))
def test_what_is_clean_stays_as_typed_and_cleaning_twice_changes_nothing(text: str) -> None:
    mask = mask_for(["Ким Ирина"], ["Лебедев Артём"], ["+79161234567"])
    once = mask.clean(text)
    assert mask.clean(once) == once
    assert GAP in once or once == text
