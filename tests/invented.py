"""Invented cases for figures and load: any number, always the same, written through the services people use.

Nobody in them is real: names are drawn from common ones, numbers from blocks nobody is given. Every case has a person
sought, a mother, a brother, consent, one withholding, one talk and ten entries; some numbers recur across cases.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from family_case.services import intake

if TYPE_CHECKING:
    from collections.abc import Iterator

    from family_case.services.session import Session

Values = dict[str, str]
Told = tuple[str, Values]

BATCH = 25  # cases in one transaction: each keeps its own changes and journal lines, the disk is waited for once
ENTRIES = 10
_FIRST = date(2022, 6, 20)
_FAMILY = (
    "Сорокин", "Вершинин", "Лапшин", "Гордеев", "Ефремов", "Тихонов", "Зимин", "Крылов", "Маслов", "Никитин",
    "Осипов", "Панов", "Рябов", "Суханов", "Титов", "Ульянов", "Фомин", "Хохлов", "Царёв", "Шубин",
)  # fmt: skip
_GIVEN = ("Артём", "Борис", "Вадим", "Глеб", "Денис", "Егор", "Захар", "Илья", "Кирилл", "Лев", "Максим", "Пётр")
_MOTHERS = ("Анна", "Вера", "Галина", "Дарья", "Елена", "Зоя", "Ирина", "Лидия", "Нина", "Ольга")
_FATHERS = ("Андреев", "Борисов", "Викторов", "Иванов", "Олегов", "Павлов", "Семёнов", "Юрьев")
_ALIASES = ("Рябина", "Берёза", "Ольха", "Клён", "Тополь", "Верба", "Липа", "Сосна", "Кедр", "Ива", "Осина", "Ясень")
_PLACES = ("ИК-17, Мордовия", "ИК-2, Пермский край", "ИК-9, Карелия", "ИК-31, Коми", "ИК-6, Тверская область")
_CALLERS = ("Андрей", "Сергей Петрович", "майор Громов", "Виталий из бухгалтерии", "Ольга Сергеевна")
_SAID = (
    "Со мной всё хорошо, позвоню как смогу. Маме скажи, чтобы не волновалась.",
    "Нас переводят, куда — не говорят. Телефон отберут, напишу с другого номера.",
    "Через неделю привезу наличными, никому ничего не рассказывайте.",
    "Пришлите разворот паспорта и прописку, иначе зарплату не оформят.",
    "Контракт он подписал сам, копию вам вышлют по почте.",
)
_KNOWN = (
    "Мать говорит, что голос похож, но слова не его: обычно он пишет иначе.",
    "Брат сравнил с прежними сообщениями; номер раньше не встречался.",
    "Звонивший отказался назвать часть и бросил трубку на вопрос о контракте.",
    "Семья писала в колонию, ответа нет; на горячей линии сказали ждать.",
)


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented case as typed by a person: the values of each form, in the order they are entered."""

    case: Values
    people: tuple[Values, ...]
    consent: Values
    withholding: Values
    talk: Values
    told: tuple[Told, ...]


def number(block: int, at: int) -> str:
    """Number `at` of an unused range that begins with +7 900 and `block`; it runs on into the next block."""
    return f"+7 900 {block + at // 10_000:03d}-{at // 100 % 100:02d}-{at % 100:02d}"


def invent(index: int, entries: int = ENTRIES) -> Invented:
    """Case number `index` (from 1); the same index gives the same case, whatever else is invented."""
    chance = random.Random(f"family-case/{index}")
    family, father = chance.choice(_FAMILY), chance.choice(_FATHERS)
    mother = f"{family}а {chance.choice(_MOTHERS)} {chance.choice(_FATHERS)}на"
    brother = f"{family} {chance.choice(_GIVEN)} {father}ич {index}"
    start = _FIRST + timedelta(days=chance.randrange(30))
    code = f"K-{index:04d}"
    case = {
        "code": code,
        "alias": f"{chance.choice(_ALIASES)}-{index}",
        "name": f"{family} {chance.choice(_GIVEN)} {father}ич",
        "latin": f"Sought {index}",
        "born": str(1970 + chance.randrange(30)),
        "sex": "male",
        "held_at": chance.choice(_PLACES),
        "last_seen": start.isoformat(),
        "circumstances": chance.choice(_KNOWN),
    }
    people = (
        {"name": mother, "case": code, "role": "mother", "number": number(100, index)},
        {"name": brother, "case": code, "role": "sibling", "number": number(200, index)},
    )
    consent = {
        "case": code, "giver": brother, "purposes": "case_work, lawyer", "scope": "own_and_sought",
        "given": start.isoformat(), "necessity": "the person sought cannot be asked",
    }  # fmt: skip
    withholding = {
        "case": code,
        "from": mother,
        "topic": "fate",
        "by_wish_of": brother,
        "reason": chance.choice(_KNOWN),
    }
    spoken = start + timedelta(days=40)
    talk = {"with": brother, "happened": spoken.isoformat(), "channel": "phone", "text": chance.choice(_KNOWN)}
    told = tuple(_told(chance, index, at, (start, mother, brother)) for at in range(entries))
    return Invented(case, people, consent, withholding, talk, told)


def _told(chance: random.Random, index: int, at: int, family: tuple[date, str, str]) -> Told:
    start, mother, brother = family
    own = number(400, index * ENTRIES + at)
    shared = number(300, chance.randrange(60)) if at % 5 == 1 else own
    day = (start + timedelta(days=2 * at % 40)).isoformat()
    said = {"happened": day, "words": chance.choice(_SAID), "words_from": "copied", "text": chance.choice(_KNOWN)}
    caller = chance.choice(_CALLERS)
    kinds: tuple[Told, ...] = (
        ("sign", {**said, "class": "voice", "channel": "phone", "number": own, "with": brother}),
        ("approach", {**said, "channel": "whatsapp", "number": shared, "claimed_name": caller, "with": mother}),
        ("request", {**said, "document": "internal_passport", "number": shared, "with": mother, "sent": "sent"}),
        ("promise", {**said, "promise": "salary", "amount": "100000", "currency": "RUB", "by": caller, "due": day}),
        ("payment", {"happened": day, "amount": "30000.50", "currency": "RUB", "form": "cash", "to": mother}),
        ("sign", {**said, "class": "unverified", "channel": "telegram", "number": shared, "with": mother}),
        ("approach", {**said, "channel": "phone", "number": shared, "claimed_name": caller, "pretext": said["text"]}),
        ("promise", {**said, "promise": "contract_copy", "by": caller, "to": mother}),
        ("note", {"happened": day, "text": said["text"], "speaker": brother}),
        ("note", {"happened": day, "text": said["words"], "with": mother}),
    )
    return kinds[at % len(kinds)]


def enter(session: Session, case: Invented) -> str:
    """Enter one case through the services, as a person would; its code."""
    intake.add(session, "case", case.case)
    for person in case.people:
        intake.add(session, "person", person)
    intake.add(session, "consent", case.consent)
    intake.add(session, "withholding", case.withholding)
    intake.log_together(session, case.case["code"], case.talk, case.told)
    return case.case["code"]


def fill(session: Session, cases: int, entries: int = ENTRIES) -> list[str]:
    """Enter `cases` invented cases and give their codes; several cases share one transaction, none shares a change."""
    return [code for first in range(1, cases + 1, BATCH) for code in _batch(session, first, cases, entries)]


def _batch(session: Session, first: int, cases: int, entries: int) -> Iterator[str]:
    with session.vault._database.atomic():
        for index in range(first, min(first + BATCH, cases + 1)):
            yield enter(session, invent(index, entries))
