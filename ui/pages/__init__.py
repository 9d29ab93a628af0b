"""One screen each: what a page is, and the one table of what is loaded late."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, cast

from PySide6.QtWidgets import QWidget

from family_case.chance import Clock
from family_case.i18n import N_, Translator
from ui.feed import Feed
from ui.jobs import Jobs, Opened
from ui.theme import Colours

if TYPE_CHECKING:
    from collections.abc import Callable

    from family_case.model.changes import Changes
    from family_case.services.session import Session


class Frame(Protocol):
    """What a page may ask of the window around it."""

    def go(self, page: str, place: str = "") -> None:
        """Show the page of this name at `place` (its own word, such as a case id)."""

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say in passing that something was done; `undo` adds a button. Code and alias only, never a name."""

    def wrote(self, text: str, changes: Changes) -> None:
        """Toast for a finished write, with Undo, and the notes of the service; no `text` where those say it all."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every page is made with."""

    jobs: Jobs
    feed: Feed
    tr: Translator
    colours: Colours
    clock: Clock
    opened: Opened
    frame: Frame


class Page(QWidget):
    """One screen. The frame makes it when first shown, and anew when language or theme change.

    `tables`: the nouns it shows; it is asked to `reload` after a write that touched one of them (when next shown, if it
    is hidden).
    """

    tables: frozenset[str] = frozenset()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context

    @property
    def title(self) -> str:
        """Title for the top line, translated; never a person's name."""
        return ""

    @property
    def place(self) -> str:
        """Where it stands, to come back to after it was made anew; empty when there is nothing to remember."""
        return ""

    def go(self, place: str) -> None:
        """Stand at `place` (empty: as opened from the navigation)."""

    def reload(self) -> None:
        """Read again what is shown, keeping selection and scroll position."""

    def focus_first(self) -> None:
        """Put the keyboard where the user most likely wants it."""
        self.setFocus()

    def panes(self) -> list[QWidget]:
        """Widgets that F6 goes through, in order."""
        return [self]

    def spared(self) -> QWidget | None:
        """Where a word in passing hides nothing that is needed at once; None: anywhere at the foot."""
        return None

    def last_words(self) -> list[Callable[[Session], object]]:
        """Drafts not yet written, as calls for the lane: the only thing written while locking (see `Jobs.stop`)."""
        return []

    def writing(self) -> dict[str, str] | None:
        """What is being written here, for `resume` after a lock; None: nothing."""
        return None

    def resume(self, form: dict[str, str]) -> None:
        """Open what `writing` told of; its drafts come back by themselves."""


class OfCase(Page):
    """A page about one case: where it stands is the case's id."""

    _case_id = ""

    @property
    def place(self) -> str:
        """Id of the case."""
        return self._case_id

    def go(self, place: str) -> None:
        """Show this case."""
        if place:
            self._case_id = place
            self.reload()


@dataclass(frozen=True, slots=True)
class Row:
    """A page in the navigation (or, without a label, one that is only reached from others)."""

    name: str
    label: str
    icon: str
    door: str  # name in DOORS
    under: str = ""  # page that is marked in the navigation while this one is shown


# What is loaded only when first wanted: name -> module and what is taken from it. A test resolves all of it.
DOORS: Final[dict[str, tuple[str, str]]] = {
    "opening": ("ui.windows.opening", "open_vault"),
    "accept": ("family_case.services.accepting", "accept"),
    "examine": ("family_case.services.session", "examine"),
    "settle": ("family_case.services.session", "settle"),
    "look instead": ("family_case.services.session", "look_instead"),
    "give back": ("family_case.services.session", "give_back"),
    "disagreement": ("ui.windows.agreement", "Disagreement"),
    "first run": ("ui.windows.first_run", "FirstRun"),
    "main": ("ui.windows.main", "MainWindow"),
    "restore": ("ui.windows.restore", "Restore"),
    "restoring": ("family_case.services.restoring", "restore"),
    "restoring by key": ("family_case.services.recovery", "restore"),
    "repairing": ("family_case.services.repairing", "repair"),
    "on paper": ("ui.windows.on_paper", "main_job"),
    "notices": ("ui.windows.notices", "notices"),
    "notices linux": ("ui.windows.notices_linux", "LinuxNotices"),
    "notices win32": ("ui.windows.notices_windows", "WindowsNotices"),
    "notices darwin": ("ui.windows.notices_macos", "MacNotices"),
    "problem box": ("ui.widgets.problem_box", "show"),
    "key store": ("family_case.services.key_store", "offered"),
    "phrase": ("family_case.services.session", "offer_phrase"),
    "strength": ("family_case.services.session", "strength"),
    "find": ("family_case.services.finding", "find"),
    "undo": ("family_case.services.history", "undo"),
    "redo": ("family_case.services.history", "redo"),
    "today": ("ui.pages.today", "TodayPage"),
    "cases": ("ui.pages.cases", "CasesPage"),
    "case": ("ui.pages.case", "CasePage"),
    "record": ("ui.pages.record", "RecordPage"),
    "conversation": ("ui.pages.conversation", "ConversationPage"),
    "history": ("ui.pages.history", "HistoryPage"),
    "report": ("ui.pages.report", "ReportPage"),
    "backup": ("ui.pages.backup", "BackupPage"),
    "access": ("ui.pages.access", "AccessPage"),
    "safety": ("ui.pages.safety", "SafetyPage"),
}

# The navigation from top to bottom: Alt+1 is the first.
PAGES: Final[tuple[Row, ...]] = (
    Row("today", N_("Today"), "calendar-days", "today"),
    Row("cases", N_("Cases"), "folder-open", "cases"),
    Row("case", "", "", "case", "cases"),
    Row("record", "", "", "record", "cases"),
    Row("conversation", "", "", "conversation", "cases"),
    Row("history", "", "", "history", "cases"),
    Row("report", "", "", "report", "cases"),
    Row("backup", "", "", "backup"),
    Row("access", N_("Access"), "keyboard", "access"),
    Row("safety", N_("Safety"), "shield", "safety"),
)


def late(name: str) -> object:
    """Load what stands behind `name` in DOORS: the one place where something is imported late."""
    module, attribute = DOORS[name]
    return cast("object", getattr(importlib.import_module(module), attribute))
