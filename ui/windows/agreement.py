"""What a person sees of the anchor: the check after the opening, and the choice when a vault is not as it was left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, QTimer, Signal

from family_case.i18n import N_
from ui.pages import late
from ui.theme import STEP
from ui.widgets.text import Part, button, row, text
from ui.windows.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QWidget

    from family_case.errors import Problem
    from family_case.i18n import InWords, Translator
    from family_case.services.anchoring import Examined
    from family_case.services.session import Session
    from ui.jobs import Jobs

SETTLE_MS: Final = 700  # after a write; with the lane's own time within a second
_LOOK = (
    N_("Look without changing anything"),
    N_("The vault opens read-only. Nothing in it changes, and you can decide later."),
)
_RESTORE = (
    N_("Restore a backup…"),
    N_("The newest verified backup becomes a vault in a folder of its own. This folder stays as it is."),
)
_ACCEPT = (
    N_("Go on with what is there"),
    N_("What is missing stays missing. The vault counts as it is now, and the journal keeps that you accepted it."),
)


def choice(
    findings: InWords,
    tr: Translator,
    look: Callable[[], object],
    restore: Callable[[], object],
    accept: Callable[[], object],
) -> list[Part]:
    """What does not agree, and the three things that can be done, each in plain words."""
    parts: list[Part] = [
        text(tr.text(N_("This vault is not as it was left")), size="title"),
        text(findings.in_words(tr)),
        text(
            tr.text(N_("Nothing was changed. Choose what is to be done; nothing is lost by taking time.")), tone="muted"
        ),
        STEP,
    ]
    for (name, about), act, kind in ((_LOOK, look, "primary"), (_RESTORE, restore, ""), (_ACCEPT, accept, "")):
        made = button(tr.text(name), act, kind=kind) if kind else button(tr.text(name), act)
        parts += [row([made, None]), text(tr.text(about), size="small", tone="muted")]
    return parts


class Disagreement(Sheet):
    """Stands in the window's place when the check found something while the vault was open already."""

    look_wanted = Signal()
    restore_wanted = Signal()
    accept_wanted = Signal()
    closing = Signal()

    def __init__(self, findings: InWords, tr: Translator) -> None:
        super().__init__(tr.text(N_("Not as it was left")))
        self.put(choice(findings, tr, self.look_wanted.emit, self.restore_wanted.emit, self.accept_wanted.emit))

    def last_words(self) -> list[Callable[[Session], object]]:
        """Nothing was typed here."""
        return []

    def standing_words(self, _focus: QWidget | None) -> list[Callable[[Session], object]]:
        """Nobody was writing here."""
        return []

    def cover(self) -> None:
        """Show nothing any more: the vault is being locked."""
        self.put([])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the vault be closed first."""
        self.closing.emit()
        super().closeEvent(event)


class Watch(QObject):
    """Has the anchor follow what is written within a second, and the database checked once after the opening."""

    disagrees = Signal(object)  # findings in words
    noted = Signal(object)  # what there is to say of an unclean end: messages and values
    progressed = Signal(float)  # share of the check that is done
    behind = Signal(object)  # Problem: the anchor could not be written

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self._settle)
        jobs.feed.changed.connect(self._written)

    def begin(self) -> None:
        """Check the database behind everything a person waits for."""
        examine = cast("Callable[[Session], Generator[float, None, Examined]]", late("examine"))
        self._jobs.long(examine, self._examined, self.behind.emit, self.progressed.emit)

    def _written(self, _changes: object) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _settle(self) -> None:
        settle = cast("Callable[[Session], None]", late("settle"))
        self._jobs.read(settle, self._settled, self._troubled, key="anchor", urgent=False)

    def _settled(self, _nothing: None) -> None:
        """The anchor says what was written."""

    def _troubled(self, problem: Problem) -> None:
        self.behind.emit(problem)

    def _examined(self, found: Examined) -> None:
        if found.findings is not None:
            self.disagrees.emit(found.findings)
        elif found.notes:
            self.noted.emit(found.notes)
