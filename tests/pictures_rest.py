"""The rest of the pictures: every case, every record as details and as a form to change, backups, restoring, menus."""

from __future__ import annotations

import errno
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QScrollArea, QWidget

from family_case.chance import SeededIds
from family_case.errors import Damaged, Problem
from family_case.files import explain
from family_case.i18n import N_, translator
from family_case.services import backups, casework, intake
from family_case.services.forms import FORMS, LOGGED
from family_case.services.restoring import restore
from family_case.store.faults import MALFORMED
from tests.pictures_scenes import FILLED, Scene, case_page, fill, frame, panel, search
from tests.pictures_way_back import MORE
from tests.vaults import PASSPHRASE, clock_on
from ui.feed import Feed
from ui.jobs import Jobs
from ui.lanes import InlineLane
from ui.pages.backup import BackupPage
from ui.pages.cases import CasesPage
from ui.pages.conversation import ConversationPage
from ui.pages.history import HistoryPage
from ui.pages.report import ReportPage
from ui.pages.safety import SafetyPage
from ui.widgets.details import DetailsPanel
from ui.windows.locking import Why, why_words
from ui.windows.restore import Restore
from ui.windows.unlock import Unlock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from family_case.i18n import Translator
    from family_case.services.session import Session
    from tests.pictures import Studio
    from ui.pages import Page

_CODES: Final = tuple(f"K-{number:03}" for number in range(2, 11))
_NOUNS: Final = tuple(noun for noun in FORMS if noun not in ("conversation", "case"))
_WRONG: Final[Mapping[str, Mapping[str, str]]] = {
    "promise": {"happened": "позавчера", "due": "31.02.2022", "number": "позвони мне", "amount": "-5", "to": "Никодим"},
    "sign": {"happened": "весной", "channel": "phone", "number": "чужой"},
    "stay": {"arrived": "летом", "left": "2022-13"},
    "identifier": {"kind": "internal_passport", "issued": "давно"},
}

_MADE: Final[dict[tuple[Path, str], str]] = {}  # what stands in which vault, by its noun


def _made(noun: str, session: Session) -> str:
    """A record of this noun in the first case, filled as someone would."""
    page = casework.page(session, "K-001")
    mother = next(card.person.id for card in page.people if card.withheld)
    step = next(item.id for item in page.timeline if item.bodies)
    known = {"person": mother, "giver": mother, "from": mother, "step": step, "entry": step, "case": "K-001"}
    if noun == "member":
        known["cohort"] = intake.add(session, "cohort", MORE["cohort"]).made
    if noun == "source":
        known["origin"] = intake.add(session, "source", {"name": "Первый пересказ"}).made
    asked = {field.name for field in FORMS[noun].fields}
    filled = {**known, **({} if noun == "stay" else {"happened": "2022-08-20"}), **{**FILLED, **MORE}[noun]}
    values = {name: value for name, value in filled.items() if name in asked}
    if noun in LOGGED:
        return intake.log(session, noun, "K-001", values).made
    return intake.add(session, noun, values).made


def _record(noun: str, page: Page) -> str:
    """A record of this noun, made once in each vault."""
    context, refused = case_page(page).context, list[Problem]()
    at = (context.opened.folder, noun)
    if at not in _MADE:
        context.jobs.read(partial(_made, noun), partial(_MADE.__setitem__, at), refused.append)
        assert not refused, (noun, refused[0].message, refused[0].values)
    case_page(page).reload()
    return _MADE[at]


def details(noun: str, page: Page) -> None:
    """The details of one record of this noun."""
    case_page(page).show_record(_record(noun, page))


def details_below(noun: str, page: Page) -> None:
    """The same, scrolled to its end: what is told below, and its history."""
    details(noun, page)
    found = page.findChild(DetailsPanel)
    assert found is not None
    QTest.qWait(20)
    area = found.focusProxy()
    assert isinstance(area, QScrollArea)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())


def change(noun: str, page: Page) -> None:
    """The form that changes one record of this noun."""
    case_page(page)._beside.change(_record(noun, page), noun)


def change_case(page: Page) -> None:
    """The form that changes the case itself."""
    here = case_page(page)
    assert here.view is not None
    here._beside.change(here.view.page.case.id, "case")


def all_wrong(noun: str, page: Page) -> None:
    """A form with several faults, after Ctrl+Enter."""
    case_page(page).add(noun)
    panel(page).form.set_values(_WRONG[noun])
    panel(page).save()


def conversation_wrong(page: Page) -> None:
    """A conversation with faults in two things told."""
    assert isinstance(page, ConversationPage)
    page.talk.form.set_values({"text": "Звонила мать."})
    page.talk.add("sign").form.set_values({"class": "voice", "happened": "вчера"})
    page.talk.add("promise").form.set_values({"promise": "salary", "amount": "сто", "currency": "RUB"})
    page.save()


def case_wrong(page: Page) -> None:
    """A new case whose code is taken and whose dates are none."""
    assert isinstance(page, CasesPage)
    form = panel(page)
    form.form.set_values({"alias": "Клён", "code": "K-001", "born": "весной", "last_seen": "давно"})
    form.save()


def unfolded(page: Page) -> None:
    """A form is open, and the whole head is wanted all the same."""
    fill("sign", page)
    case_page(page)._head._turn()


def past_menu(page: Page) -> None:
    """What can be done with a case as it was known once."""
    here = case_page(page)
    here.past.begin()
    here.past.field.set_value("2022-08-05")
    here.past.ask()
    here._more_menu()


def person_menu(page: Page) -> None:
    """What can be done with a person."""
    here = case_page(page)
    assert here.view is not None
    here.show_record(here.view.page.people[1].person.id)
    found = page.findChild(DetailsPanel)
    assert found is not None
    found._offer_more()


def order_menu(page: Page) -> None:
    """How the list of cases can be ordered."""
    held = next(each for each in page.findChildren(QPushButton) if each.menu() is not None)
    held.menu().popup(held.mapToGlobal(held.rect().bottomLeft()))


def themes(page: Page) -> None:
    """The menu of the window with the colours open."""
    held = [each for each in frame(page).findChildren(QPushButton) if each.menu() is not None][1]
    held.menu().popup(held.mapToGlobal(held.rect().bottomLeft()))
    under = [action for action in held.menu().actions() if isinstance(action.menu(), QMenu)]
    held.menu().setActiveAction(under[0])


def older_menu(page: Page) -> None:
    """Whose older wordings can be erased."""
    assert isinstance(page, HistoryPage)
    page.list.choose(0)
    page.offer_records()


def commands(page: Page) -> None:
    """What the window can do, found by its words."""
    search(page.context.tr.text(N_("Back up…"))[:3], page)


def saving(page: Page) -> None:
    """Asked where the paper is to go."""
    assert isinstance(page, ReportPage)
    page.save_paper()


def choosing_a_printer(page: Page) -> None:
    """Asked on which printer."""
    assert isinstance(page, ReportPage)
    page.print_paper()


def printing(page: Page) -> None:
    """While pages go to the printer."""
    assert isinstance(page, ReportPage)
    QTest.qWait(400)
    page.foot._printed(1, 7)
    page.foot._show_run(on=True)


def printing_stopped(page: Page) -> None:
    """After a run that was stopped."""
    assert isinstance(page, ReportPage)
    QTest.qWait(400)
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFileName(str(page.context.opened.folder.parent / "printed.pdf"))
    page.print_on(printer)
    page.foot.stop_printing()


def backup(folder: str, page: Page) -> None:
    """One backup, to its end or its refusal; an empty folder: nothing chosen."""
    assert isinstance(page, BackupPage)
    place = page.context.opened.folder.parent / folder
    if folder == "shelf":
        place.mkdir(exist_ok=True)
    page.folder.set_value(str(place) if folder else "")
    page.start()


def backing_up(page: Page) -> None:
    """While it is copied."""
    assert isinstance(page, BackupPage)
    page.folder.set_value("/media/stick")
    page._work(N_("Copying. You can go on working."))
    page._far(0.4)


def promises(page: Page) -> None:
    """Against whom the program stands."""
    assert isinstance(page, SafetyPage)
    page.choices.button(1).click()


SCENES: Final[tuple[Scene, ...]] = (
    *((f"every-{code}", "case", code, None) for code in _CODES),
    *((f"every-history-{code}", "history", code, None) for code in ("K-003", "K-006")),
    ("every-report-K-006", "report", "K-006", None),
    ("case-change", "case", "K-001", change_case),
    ("case-unfolded", "case", "K-001", unfolded),
    *((f"two-{noun}", "case", "K-001", partial(all_wrong, noun)) for noun in _WRONG),
    ("cases-wrong", "cases", "new", case_wrong),
    ("cases-order", "cases", "", order_menu),
    ("conversation-wrong", "conversation", "K-001", conversation_wrong),
    ("past-menu", "case", "K-001", past_menu),
    ("person-menu", "case", "K-001", person_menu),
    ("history-older", "history", "K-001", older_menu),
    ("menu-themes", "today", "", themes),
    ("search-commands", "today", "", commands),
    ("report-printing", "report", "K-001", printing),
    ("report-stopped", "report", "K-001", printing_stopped),
    ("report-save", "report", "K-001", saving),
    ("report-print", "report", "K-001", choosing_a_printer),
    ("safety", "safety", "", None),
    ("safety-promises", "safety", "", promises),
    ("backup", "backup", "", None),
    ("backup-none", "backup", "", partial(backup, "")),
    ("backup-absent", "backup", "", partial(backup, "absent")),
    ("backup-working", "backup", "", backing_up),
    ("backup-done", "backup", "", partial(backup, "shelf")),
)
# These write, each after the one before.
WRITING: Final[tuple[Scene, ...]] = (
    *((f"side-{noun}", "case", "K-001", partial(details, noun)) for noun in _NOUNS),
    *((f"side-{noun}-below", "case", "K-001", partial(details_below, noun)) for noun in ("place", "body", "promise")),
    *((f"change-{noun}", "case", "K-001", partial(change, noun)) for noun in _NOUNS),
)


def doors(studio: Studio, home: Path) -> None:
    """Restoring step by step, a passphrase that does not open the vault, and why it is locked."""
    tr, stick, there = translator(studio.language), home / "stick", home / "back"
    backup_in = next(stick.iterdir())
    new = str(Path("Documents", "Family Case", "back"))
    done = home / f"back {studio.language} {studio.look}"
    steps: Mapping[str, Callable[[], QWidget]] = {
        "": partial(_restore, tr, "", new, ""),
        "-nothing": partial(_restore, tr, "", str(home), "", go=True),
        "-absent": partial(_restore, tr, str(home / "nothing"), str(there), "слова", go=True),
        "-phrase": partial(_restore, tr, str(backup_in), str(there), "не те слова", go=True),
        "-done": partial(_restored, tr, backup_in, done),
        "-working": partial(_restoring, tr),
    }
    for name, make in steps.items():
        studio.door(f"restore{name}", make)
    studio.door("unlock-refused", partial(_refused, tr, home / "demo"))
    usual = Path("Documents", "Family Case", "vault")
    studio.door("unlock-medium", partial(Unlock, _inline(), tr, usual, why_words(Why.MEDIUM.value)))
    studio.door("unlock-read-only", partial(_other_ways, tr, home / "demo", explain(OSError(errno.EROFS, ""), "vault")))
    studio.door("unlock-damaged", partial(_other_ways, tr, home / "demo", Damaged(MALFORMED)))
    studio.door("repair", lambda: Restore(_inline(), tr, home / "demo", repairs=True))


def _other_ways(tr: Translator, folder: Path, problem: Problem) -> Unlock:
    """The unlock window after it was refused for this."""
    made = Unlock(_inline(), tr, folder)
    made._failed(problem)
    return made


def _restore(tr: Translator, source: str, target: str, phrase: str, *, go: bool = False) -> Restore:
    made = Restore(_inline(), tr)
    made.source.set_value(source)
    made.target.set_value(target)
    made.phrase.set_value(phrase)
    if go:
        made.try_it()
    return made


def _restored(tr: Translator, backup_in: Path, target: Path) -> Restore:
    made = Restore(_inline(), tr)
    made._restored(restore(backup_in, target, PASSPHRASE, clock=clock_on(), ids=SeededIds("back")))
    return made


def _restoring(tr: Translator) -> Restore:
    made = Restore(_inline(), tr)
    made._work(tr.text(N_("Copying and checking. This takes some seconds…")))
    return made


def _refused(tr: Translator, vault: Path) -> Unlock:
    made = Unlock(_inline(), tr, vault)
    made.field.set_value("не те слова")
    made.try_it()
    return made


def shelve(session: Session, folder: Path) -> None:
    """Put one backup on a shelf."""
    folder.mkdir()
    backups.backup(session, folder)


def _inline() -> Jobs:
    return Jobs(Feed(), InlineLane(), InlineLane())
