"""What stands on the pictures: for each its name, its page and place, and what is done there before it is taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar, cast

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QScrollArea, QWidget

from family_case.errors import Damaged, Refused, Unavailable
from family_case.i18n import N_, translator
from family_case.services.forms import FORMS
from ui import theme
from ui.feed import Feed
from ui.jobs import Jobs
from ui.lanes import InlineLane
from ui.pages.case import CasePage
from ui.pages.cases import CasesPage
from ui.pages.conversation import ConversationPage
from ui.pages.history import HistoryPage
from ui.pages.report import ReportPage
from ui.tables.timeline import FILTERS
from ui.widgets.curtain import Curtain
from ui.widgets.form_panel import FormPanel
from ui.windows.first_run import FirstRun
from ui.windows.guard import COVERED
from ui.windows.unlock import Unlock
from ui.windows.wishes import Deed

if TYPE_CHECKING:
    from tests.pictures import Studio
    from ui.pages import Page
    from ui.windows.main import MainWindow

    Prepare = Callable[[Page], QWidget | None]

Scene = tuple[str, str, str, "Prepare | None"]
THEMES: Final = {"light": theme.LIGHT, "dark": theme.DARK}

# A form of each noun as someone would fill it.
FILLED: Final[Mapping[str, Mapping[str, str]]] = {
    "sign": {"class": "voice", "happened": "2022-08", "channel": "phone", "words": "Мама, я живой."},
    "approach": {
        "happened": "2022-08-20",
        "channel": "whatsapp",
        "number": "+7 900 000-41-17",
        "position": "бухгалтер",
        "demands": "фото паспорта",
    },
    "request": {
        "document": "internal_passport",
        "happened": "2022-08-20~",
        "number": "+7 900 000-41-17",
        "sent": "refused",
    },
    "promise": {"promise": "salary", "amount": "100 000", "currency": "RUB", "due": "2022-09", "words": "Всё будет"},
    "payment": {"amount": "50000", "currency": "RUB", "happened": "2022-08-21", "form": "cash"},
    "note": {"text": "Соседка видела его на видео.", "happened": "2022-08-19"},
    "person": {
        "claimed": "yes",
        "name": "Пример Анна",
        "role": "spouse",
        "number": "+7 900 000-99-99",
        "safe_hours": "19:00–21:00",
    },
    "consent": {"purposes": "case_work,lawyer", "scope": "own", "given": "2022-08-22"},
    "withholding": {"topic": "money", "reason": "тревожится", "review": "2022-10"},
    "endpoint": {"number": "+7 900 000-41-17"},
    "place": {"name": "СИЗО-1", "region": "Ростовская область"},
}
_DATES: Final = {"happened", "due", "given", "review"}


def _names(noun: str) -> set[str]:
    return {field.name for field in FORMS[noun].fields}


# What each form refuses: nothing, or a date that is none.
WRONG: Final[Mapping[str, Mapping[str, str]]] = {
    noun: {} if noun in ("sign", "request", "consent") else dict.fromkeys(_DATES & _names(noun), "вчера или позавчера")
    for noun in FILLED
}


def case_page(page: Page) -> CasePage:
    """The page of a case."""
    assert isinstance(page, CasePage)
    return page


def add(noun: str, page: Page) -> None:
    """The empty form of a noun."""
    case_page(page).add(noun)


def panel(page: Page) -> FormPanel:
    """The form that is open beside the page."""
    found = page.findChild(FormPanel)
    assert found is not None
    return found


def fill(noun: str, page: Page) -> None:
    """The form of a noun, filled."""
    add(noun, page)
    panel(page).form.set_values(FILLED[noun])


def wrong(noun: str, page: Page) -> None:
    """The form of a noun with what it refuses, after Ctrl+Enter."""
    add(noun, page)
    panel(page).form.set_values(WRONG[noun])
    panel(page).save()


def whole(noun: str, page: Page) -> QWidget:
    """All fields of a form, taller than the window."""
    add(noun, page)
    form = panel(page).form
    form.set_values(FILLED[noun])
    form.show_all()
    QApplication.processEvents()
    form.resize(form.width(), form.sizeHint().height())
    return form


def details(kind: str, page: Page) -> None:
    """The details of the first line of a kind."""
    here = case_page(page)
    here.chips.choose(kind)
    item = here.timeline.item(0)
    assert item is not None
    here.show_record(item.id)


def person(page: Page) -> None:
    """The details of someone who is not to be told something."""
    here = case_page(page)
    assert here.view is not None
    here.show_record(next(card.person.id for card in here.view.page.people if card.withheld))


def chip(kind: str, page: Page) -> None:
    """The timeline with one filter on."""
    case_page(page).chips.choose(kind)


def log_menu(page: Page) -> None:
    """The menu of what can be logged."""
    next(each for each in page.findChildren(QPushButton) if each.toolTip() == "Ctrl+E").click()


def search_cases(typed: str, page: Page) -> None:
    """The list narrowed."""
    assert isinstance(page, CasesPage)
    page.search.set_value(typed)
    QTest.qWait(200)


def family(page: Page) -> None:
    """The paper for a relative, nobody chosen."""
    assert isinstance(page, ReportPage)
    page.order.profile.set_value("family")
    QTest.qWait(400)


def for_mother(page: Page) -> None:
    """The paper for the first relative there is."""
    family(page)
    assert isinstance(page, ReportPage)
    page.order.person.set_value(str(page.order.person.itemData(0)))
    QTest.qWait(400)


def no_day(page: Page) -> None:
    """A day that is none."""
    assert isinstance(page, ReportPage)
    page.order.as_of.set_value("после дождичка")
    page.order.as_of.line.editingFinished.emit()
    QTest.qWait(400)


def talk(page: Page) -> None:
    """A mother tells of a call and of money."""
    assert isinstance(page, ConversationPage)
    page.talk.form.set_values(
        {"text": "Звонила мать. Ей обещали зарплату к сентябрю, голос сына она слышала восьмого июля."}
    )
    page.talk.add("sign").form.set_values({"class": "voice", "happened": "2022-07-08"})
    page.talk.add("promise").form.set_values({"promise": "salary", "amount": "100 000", "currency": "RUB"})


def told(noun: str, page: Page, *, right: bool = True) -> None:
    """One thing told, filled or refused, in sight."""
    assert isinstance(page, ConversationPage)
    block = page.talk.add(noun)
    block.form.set_values((FILLED if right else WRONG)[noun])
    if not right:
        page.save()
    QTest.qWait(20)
    area = next(each for each in page.findChildren(QScrollArea) if each.isAncestorOf(block))
    inside = area.widget()
    assert inside is not None
    area.verticalScrollBar().setValue(block.mapTo(inside, block.rect().topLeft()).y() - 16)


def call_back(page: Page) -> None:
    """All fields of a conversation, the keyboard in the call promised."""
    assert isinstance(page, ConversationPage)
    page.talk.form.show_all()
    page.talk.form.focus_field("call_back")


def no_case(page: Page) -> None:
    """Saved before a case was chosen."""
    assert isinstance(page, ConversationPage)
    page.talk.form.set_values({"text": "Звонила мать."})
    page.save()


def frame(page: Page) -> MainWindow:
    """The window around a page."""
    return cast("MainWindow", page.window())


def search(typed: str, page: Page) -> None:
    """Search results under the top line."""
    field = frame(page)._search
    field.begin()
    field.setText(typed)
    field.textEdited.emit(typed)
    QTest.qWait(250)


def menu(at: int, page: Page) -> None:
    """One of the menus at the right of the top line (the last, or the language before it)."""
    held = [each for each in frame(page).findChildren(QPushButton) if each.menu() is not None][at]
    opened = held.menu()
    opened.popup(held.mapToGlobal(held.rect().bottomLeft()))
    under = [each.menu() for each in opened.actions() if isinstance(each.menu(), QMenu)]
    if under:
        opened.setActiveAction(opened.actions()[-1])


def keys(page: Page) -> None:
    """The table of keys."""
    frame(page)._show_keys()


def trouble(number: int, page: Page) -> None:
    """A box that says what went wrong."""
    problems = (
        Refused(N_("There is no case and no record “{ref}” in this vault."), ref="K-999"),
        Unavailable(N_("The picture could not be written to {what}."), what="stick/K-001.pdf"),
        Damaged(N_("There is no case and no record “{ref}” in this vault."), ref="K-999"),
    )
    frame(page).tell(problems[number])


def names(page: Page) -> None:
    """The history with names held open."""
    assert isinstance(page, HistoryPage)
    page._open_names(yes=True)


def saved(page: Page) -> None:
    """A toast with Undo after an entry was saved."""
    fill("approach", page)
    panel(page).save()


def undone(page: Page) -> None:
    """The toast after it was taken back."""
    frame(page).undo()


def draft(page: Page) -> None:
    """A form brought back from its draft."""
    add("note", page)
    panel(page).form.set_values(FILLED["note"])
    panel(page).close_panel()
    add("note", page)


def curtain(page: Page) -> None:
    """The window covered during a call."""
    Curtain(frame(page), frame(page).context.tr.text(COVERED)).draw()


def call(page: Page) -> None:
    """On a call: the foot says so."""
    frame(page).show_call(on=True)
    frame(page).show_left(1170)


SCENES: Final[tuple[Scene, ...]] = (
    ("today", "today", "", None),
    ("cases", "cases", "", None),
    ("cases-new", "cases", "new", None),
    ("cases-found", "cases", "", partial(search_cases, "рябин")),
    ("cases-none", "cases", "", partial(search_cases, "нет такого")),
    ("case", "case", "K-001", None),
    *((f"case-chip-{kind}", "case", "K-001", partial(chip, kind)) for kind, _words in FILTERS[1:]),
    *((f"case-{noun}", "case", "K-001", partial(add, noun)) for noun in FILLED),
    *((f"case-{noun}-filled", "case", "K-001", partial(fill, noun)) for noun in FILLED),
    *((f"case-{noun}-wrong", "case", "K-001", partial(wrong, noun)) for noun in FILLED),
    *((f"form-{noun}", "case", "K-001", partial(whole, noun)) for noun in FILLED),
    *((f"details-{kind}", "case", "K-001", partial(details, kind)) for kind in ("sign", "approach", "promise")),
    *((f"details-{kind}", "case", "K-001", partial(details, kind)) for kind in ("request", "conversation")),
    ("details-person", "case", "K-001", person),
    ("case-log", "case", "K-001", log_menu),
    ("report", "report", "K-001", None),
    ("report-family", "report", "K-001", family),
    ("report-mother", "report", "K-001", for_mother),
    ("report-day", "report", "K-001", no_day),
    ("history", "history", "K-001", None),
    ("history-names", "history", "K-001", names),
    ("conversation-start", "conversation", "", None),
    ("conversation-nocase", "conversation", "", no_case),
    ("conversation", "conversation", "K-001", talk),
    ("conversation-more", "conversation", "K-001", call_back),
    *((f"told-{noun}", "conversation", "K-001", partial(told, noun)) for noun in tuple(FILLED)[:6]),
    *((f"told-{noun}-wrong", "conversation", "K-001", partial(told, noun, right=False)) for noun in tuple(FILLED)[:6]),
    ("search", "today", "", partial(search, "ле")),
    ("search-none", "today", "", partial(search, "нет такого")),
    ("menu-language", "today", "", partial(menu, 0)),
    ("menu", "today", "", partial(menu, 1)),
    ("keys", "today", "", keys),
    ("trouble-refused", "today", "", partial(trouble, 0)),
    ("trouble-unavailable", "today", "", partial(trouble, 1)),
    ("trouble-damaged", "today", "", partial(trouble, 2)),
    ("curtain", "today", "", curtain),
    ("call", "today", "", call),
)
# These write, each after the one before.
WRITING: Final[tuple[Scene, ...]] = (
    ("draft", "case", "K-001", draft),
    ("saved", "case", "K-001", saved),
    ("undone", "case", "K-001", undone),
)


def doors(studio: Studio) -> None:
    """First run and unlock, step by step."""
    tr, colours = translator(studio.language), THEMES[studio.look]

    def first(steps: Steps[FirstRun]) -> FirstRun:
        made = FirstRun(_jobs(), tr, colours, language_known=True)
        for step in steps:
            step(made)
        return made

    def unlock(steps: Steps[Unlock]) -> Unlock:
        made = Unlock(_jobs(), tr, Path("Documents", "Family Case", "vault"))
        for step in steps:
            step(made)
        return made

    for name, steps in FIRST_RUN.items():
        studio.door(f"first-{name}", partial(first, steps))
    for name, answers in UNLOCK.items():
        studio.door(f"unlock{name}", partial(unlock, answers))


W = TypeVar("W", FirstRun, Unlock)
Steps = Sequence[Callable[[W], object]]
FIRST_RUN: Final[Mapping[str, Steps[FirstRun]]] = {
    "language": [FirstRun.ask_language],
    "deed": [FirstRun.ask_deed],
    "folder": [lambda made: made.ask_folder(Deed.CREATE)],
    "folder-wrong": [
        lambda made: made.ask_folder(Deed.CREATE),
        lambda made: made.folder.set_value("/etc"),
        FirstRun.take_folder,
    ],
    "folder-open": [lambda made: made.ask_folder(Deed.OPEN), FirstRun.take_folder],
    "phrase": [FirstRun.ask_passphrase],
    "phrase-wrong": [FirstRun.ask_passphrase, lambda made: made.again.set_value("ytn"), FirstRun.make],
    "own": [lambda made: made.ask_passphrase(own=True), lambda made: made.first.set_value("qwerty")],
    "making": [FirstRun.ask_passphrase, lambda made: made._work(busy=True)],
}
_TYPED: Final = "семь выдуманных слов"
UNLOCK: Final[Mapping[str, Steps[Unlock]]] = {
    "": [],
    "-empty": [Unlock.try_it],
    "-novault": [lambda made: made.field.set_value(_TYPED), Unlock.try_it],
    "-working": [
        lambda made: made.field.set_value(_TYPED),
        lambda made: made._work(made._tr.text(N_("Opening. The key takes about a second…"))),
    ],
    "-mixed": [lambda made: made.field.set_value(_TYPED + " qwerty")],
}


def _jobs() -> Jobs:
    return Jobs(Feed(), InlineLane(), InlineLane())
