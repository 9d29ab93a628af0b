"""Where one was writing when the vault was locked, kept among the drafts and found again after the next unlock.

Kept are the page, the form that was open, and in which field the keyboard stood at which letter; what was typed into
the form are its drafts. It is forgotten as soon as it has been read.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from family_case.services import drafts

if TYPE_CHECKING:
    from collections.abc import Callable

    from family_case.services.session import Session
    from ui.jobs import Jobs
    from ui.pages import Page

_FORM: Final = "standing"
_FIELD: Final = "place"
_STEPS: Final = 6  # a case is read, its form, what stands in it, its draft

Said = tuple[str, str, dict[str, str], tuple[str, int, int]]  # page, place, form, field: name, which of them, letter


class Window(Protocol):
    """What of the window is needed."""

    def current(self) -> Page | None:
        """The page that is shown."""

    def current_name(self) -> str:
        """Its name."""

    def start(self, name: str = "", place: str = "") -> None:
        """Show a page."""


def standing_words(window: Window, focus: QWidget | None) -> list[Callable[[Session], object]]:
    """Where one is writing, as a call for the lane; nothing when one only reads."""
    page = window.current()
    form = page.writing() if page is not None else None
    if page is None or form is None:
        return []
    said: Said = (window.current_name(), page.place, form, _cursor(page, focus))
    return [partial(drafts.save, form=_FORM, case_id="", field=_FIELD, value=json.dumps(said))]


class Resuming(QObject):
    """Leads back, step by step as the vault answers; leaves everything alone once it is there."""

    def __init__(self, jobs: Jobs, window: Window, kept: Callable[[], None]) -> None:
        """`kept` is called when there was something to come back to."""
        super().__init__()
        self._jobs, self._window, self._kept = jobs, window, kept
        self._cursor: tuple[str, int, int] | None = None
        self._form: dict[str, str] | None = None
        self._steps = _STEPS

    def begin(self) -> None:
        """Ask the vault where one was, and let it forget that."""
        self._jobs.read(_take, self._go)

    def _go(self, words: str) -> None:
        if not words:
            return
        name, place, form, cursor = cast("Said", json.loads(words))
        self._form, self._cursor = form, (cursor[0], cursor[1], cursor[2])
        self._window.start(name, place)
        self._jobs.waiting.connect(self._soon)
        self._soon()

    def _soon(self, waiting: int = 0) -> None:
        if not waiting:
            QTimer.singleShot(0, self, self._step)  # the last answer is counted before it is taken

    def _step(self) -> None:
        """Each time all is answered: open the form, then stand in its field once that is there."""
        page = self._window.current()
        if self._jobs.unanswered or page is None or self._cursor is None:
            return
        self._steps -= 1
        if self._form is not None:
            form, self._form = self._form, None
            page.resume(form)
            self._kept()
            self._soon()
        elif _put_cursor(page, self._cursor) or not self._steps:
            self._cursor = None
            self._jobs.waiting.disconnect(self._soon)


def _take(session: Session) -> str:
    found = drafts.load(session, _FORM, "").get(_FIELD, "")
    if found:
        drafts.drop(session, _FORM, "")
    return found


def _same(page: QWidget, name: str) -> list[QLineEdit | QPlainTextEdit]:
    """Fields of this name in the order in which they were made."""
    fields = [each for each in page.findChildren(QWidget) if isinstance(each, QLineEdit | QPlainTextEdit)]
    return [each for each in fields if each.accessibleName() == name]


def _cursor(page: QWidget, focus: QWidget | None) -> tuple[str, int, int]:
    if not isinstance(focus, QLineEdit | QPlainTextEdit) or not page.isAncestorOf(focus):
        return "", 0, 0
    name = focus.accessibleName()
    at = focus.cursorPosition() if isinstance(focus, QLineEdit) else focus.textCursor().position()
    return name, _same(page, name).index(focus), at


def _put_cursor(page: QWidget, cursor: tuple[str, int, int]) -> bool:
    """Whether the field is there, visible, and has the keyboard now."""
    name, number, at = cursor
    known = _same(page, name)[number:]
    if not known or not known[0].isVisible():
        return False
    field = known[0]
    field.setFocus()
    if isinstance(field, QLineEdit):
        field.setCursorPosition(at)
        return at <= len(field.text())
    place = field.textCursor()
    place.setPosition(min(at, len(field.toPlainText())))
    field.setTextCursor(place)
    return at <= len(field.toPlainText())
