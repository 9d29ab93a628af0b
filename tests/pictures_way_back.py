"""More pictures: the way back, what goes for good, the case as it was known, and the forms of every record."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget

from family_case.services import editing, intake
from tests.pictures_scenes import Scene, case_page, frame, panel
from ui.pages.conversation import ConversationPage
from ui.pages.history import HistoryPage
from ui.pages.report import ReportPage
from ui.widgets.details import DetailsPanel
from ui.widgets.erase_dialog import EraseDialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.pages import Page

# The other forms as someone would fill them.
MORE: Final[Mapping[str, Mapping[str, str]]] = {
    "offer": {
        "happened": "2022-08",
        "by": "вербовщик",
        "amount": "100 000",
        "currency": "RUB",
        "own_will": "pressured",
    },
    "stay": {"place": "ИК-17", "stay": "quarantine", "arrived": "2022-07-05~", "basis": "from_other"},
    "status": {"dimension": "fate", "value": "report_of_death", "happened": "2022-08-20", "group": "десять его людей"},
    "denial": {"body": "Министерство обороны РФ", "happened": "2022-08-20", "denied": "что он служит"},
    "step": {"by_whom": "we", "happened": "2022-08-10", "bodies": "ФСИН России; Прокуратура", "step": "запрос"},
    "task": {"text": "Позвонить брату", "kind": "call", "due": "2022-08-24", "who": "Ирина"},
    "identifier": {"kind": "internal_passport", "document_number": "8900 123456", "issued": "2009-04"},
    "question": {"question": "Как звали первую собаку?", "answer": "Байкал"},
    "sentence": {
        "article": "158 ч. 2",
        "court": "Саранский городской суд",
        "term_start": "2020",
        "term_end": "2025-03",
    },
    "effect": {"as_of": "2022-08", "dependants": "дочь 9 лет", "income": "мать ушла на полставки"},
    "hold": {"reason": "Идёт суд", "by": "адвокат", "since": "2022-08-01"},
    "source": {
        "name": "Сводка канала",
        "publisher": "канал «Тюрьма»",
        "read_on": "2022-08-20",
        "reliability": "doubtful",
    },
    "cohort": {"name": "этап в августе", "from_place": "ИК-17, Мордовия", "claimed_size": "50"},
    "body": {"name": "Омбудсмен", "kind": "ombudsman"},
    "reply": {
        "body": "ФСИН России",
        "reply": "forwarded",
        "replied": "2022-08-20",
        "forwarded_to": "Военная прокуратура",
    },
    "member": {"source": "брат"},
    "role": {"kind": "lawyer"},
}


def filled(noun: str, page: Page) -> None:
    """The form of a noun, filled."""
    case_page(page).add(noun)
    panel(page).form.set_values(MORE[noun])


def whole(noun: str, page: Page) -> QWidget:
    """All fields of a form, taller than the window."""
    filled(noun, page)
    form = panel(page).form
    form.show_all()
    QApplication.processEvents()
    form.resize(form.width(), form.sizeHint().height())
    return form


def more_menu(page: Page) -> None:
    """What else can be done with the case."""
    case_page(page)._more_menu()


def past(day: str, page: Page) -> None:
    """The case as known on a day; the banner alone when there is none."""
    banner = case_page(page).past
    banner.begin()
    if day:
        banner.field.set_value(day)
        banner.ask()


def past_details(page: Page) -> None:
    """A record of that day."""
    past("2022-08-05", page)
    here = case_page(page)
    item = here.timeline.item(0)
    assert item is not None
    here.show_record(item.id)


def past_paper(page: Page) -> None:
    """The lawyer's paper of that day."""
    assert isinstance(page, ReportPage)
    page.go(f"{page.place} 2022-08-05")
    QTest.qWait(400)


def add_menu(page: Page) -> None:
    """What can be added beside the timeline."""
    wanted = [each for each in case_page(page)._side.findChildren(QPushButton) if each.isVisible()]
    wanted[-1].click()


def step_details(page: Page) -> None:
    """A step with what was answered, in full sight."""
    here = case_page(page)
    here.chips.choose("step")
    item = here.timeline.item(0)
    assert item is not None
    here.show_record(item.id)


def colony(page: Page) -> None:
    """A place, and what is told of it in no case."""
    here = case_page(page)
    assert here.view is not None
    held_at = here.view.page.held_at
    assert held_at is not None
    values = {"happened": "2022-07", "selected": "50", "applied": "400", "source": "сокамерник"}
    here.context.jobs.write(partial(intake.log, kind="offer", ref=held_at.id, values=values))
    here.show_record(held_at.id)


def held(page: Page) -> None:
    """What we hold about a relative."""
    here = case_page(page)
    assert here.view is not None
    here._beside.show_held(next(card.person.id for card in here.view.page.people if card.withheld))


def details_menu(page: Page) -> None:
    """What goes for good, of one record."""
    step_details(page)
    found = page.findChild(DetailsPanel)
    assert found is not None
    found._offer_more()


def change_first(kind: str, page: Page) -> None:
    """The form that changes the first entry of a kind."""
    here = case_page(page)
    here.chips.choose(kind)
    item = here.timeline.item(0)
    assert item is not None
    here._beside.change(item.id, kind)


def erase_case(typed: str, page: Page) -> QWidget:
    """Before the whole case goes."""
    here = case_page(page)
    assert here.view is not None
    case = here.view.page.case
    here._beside.ask_erase(case.id, here.title, code=case.code)
    return _dialog(page, typed)


def erase_person(page: Page) -> QWidget:
    """Before a relative goes, whom texts will still name."""
    here = case_page(page)
    note = {"text": "Лебедева Нина Павловна звонила снова", "happened": "2022-08-20"}
    here.context.jobs.write(partial(intake.log, kind="note", ref="K-001", values=note))
    assert here.view is not None
    mother = next(card.person.id for card in here.view.page.people if card.withheld)
    here.show_record(mother)
    here._beside.ask_erase(mother, here.context.tr.text("Person"))
    return _dialog(page)


def erase_older(page: Page) -> QWidget:
    """Before older wordings go."""
    assert isinstance(page, HistoryPage)
    page.ask_purge(page._told.items[0].row_id, page.context.tr.text("Note"))
    return _dialog(page)


def in_the_way(page: Page) -> None:
    """A change that something later hangs on."""
    assert isinstance(page, HistoryPage)
    jobs, made = page.context.jobs, list[str]()
    note = {"text": "Звонила соседка", "happened": "2022-08-20"}
    jobs.write(partial(intake.log, kind="note", ref="K-001", values=note), lambda changes: made.append(changes.made))
    jobs.write(partial(editing.change, ref=made[0], values={"text": "Звонил сосед"}))
    page.list.choose(1)
    page.take_back()


def told_bar(page: Page) -> None:
    """Every kind that can be told in a conversation."""
    assert isinstance(page, ConversationPage)
    block = page.talk.add("status")
    block.form.set_values(MORE["status"])
    area = next(each for each in page.findChildren(QScrollArea) if each.isAncestorOf(block))
    area.verticalScrollBar().setValue(160)


def erased(page: Page) -> None:
    """After the case has gone."""
    frame(page).go("cases")
    frame(page).toast(page.context.tr.text("Erased. It cannot be brought back."))


def _dialog(page: Page, typed: str = "") -> QWidget:
    dialog = page.findChildren(EraseDialog)[-1]
    dialog._code.set_value(typed)
    return page.window()


SCENES: Final[tuple[Scene, ...]] = (
    *((f"more-{noun}-filled", "case", "K-001", partial(filled, noun)) for noun in MORE),
    *((f"more-form-{noun}", "case", "K-001", partial(whole, noun)) for noun in MORE),
    ("back-menu", "case", "K-001", more_menu),
    ("back-add", "case", "K-001", add_menu),
    ("back-past", "case", "K-001", partial(past, "2022-08-05")),
    ("back-past-ask", "case", "K-001", partial(past, "")),
    ("back-past-wrong", "case", "K-001", partial(past, "2020-01-01")),
    ("back-past-details", "case", "K-001", past_details),
    ("back-past-paper", "report", "K-001", past_paper),
    ("back-step", "case", "K-001", step_details),
    ("back-step-menu", "case", "K-001", details_menu),
    ("back-change-sign", "case", "K-001", partial(change_first, "sign")),
    ("back-change-step", "case", "K-001", partial(change_first, "step")),
    ("back-held", "case", "K-001", held),
    ("back-told", "conversation", "K-001", told_bar),
    ("back-erase-case", "case", "K-001", partial(erase_case, "")),
    ("back-erase-case-typed", "case", "K-001", partial(erase_case, "K-001")),
)
# These write, each after the one before.
WRITING: Final[tuple[Scene, ...]] = (
    ("back-in-the-way", "history", "K-001", in_the_way),
    ("back-erase-older", "history", "K-001", erase_older),
    ("back-erase-person", "case", "K-001", erase_person),
    ("back-colony", "case", "K-001", colony),
    ("back-erased", "case", "K-001", erased),
)
