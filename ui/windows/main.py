"""The frame around the pages: which is shown, what it may ask, what every key does; knows pages by their table only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from family_case.i18n import N_
from family_case.model.changes import Reason
from ui.pages import PAGES, Context, Frame, Page, Row, late
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets import problem_box
from ui.widgets.backup_age import BackupAge
from ui.widgets.fields import wants_redo
from ui.widgets.read_only import ReadOnlyBanner, only_where_written
from ui.widgets.text import column, line, row
from ui.widgets.toast import Toast
from ui.windows.bars import Foot, Head
from ui.windows.keys import KeyTable, lock_words
from ui.windows.looks import Looks
from ui.windows.navigation import Navigation
from ui.windows.palette import Search
from ui.windows.resuming import Resuming, standing_words
from ui.windows.sheet import working

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from family_case.errors import Problem
    from family_case.model.changes import Changes
    from family_case.services.session import Session
    from family_case.settings import Settings

_NAVIGATION_WIDTH: Final = 23 * STEP
_SEARCH_WIDTH: Final = 45 * STEP
_UNDO: Final = "Ctrl+Z"
_REDO: Final = "Ctrl+Shift+Z"
_REDO_TOO: Final = "Ctrl+Y"
_NEW: Final = "new"  # the place where a page opens the form of a new record
_WRITING: Final = frozenset({"Ctrl+N", _UNDO, _REDO, "Ctrl+B"})  # off in a vault that is open read-only
_SLOW_MS: Final = 500  # anything longer shows that it works
_CALL: Final = "F9"
_CONVERSATION: Final = "conversation"  # the page that Ctrl+N opens, once it is in the table


class MainWindow(QWidget):
    """The window over an open vault; a `Frame` for its pages."""

    lock_wanted = Signal()
    call_wanted = Signal()
    look_wanted = Signal(object)  # Settings: language, theme or text size chosen anew
    closing = Signal()

    def __init__(
        self, make_context: Callable[[Frame], Context], settings: Settings, rows: Sequence[Row] = PAGES
    ) -> None:
        super().__init__()
        self.context = make_context(self)
        self._tr = self.context.tr
        self._settings = settings
        self._rows = {each.name: each for each in rows}
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._trail: list[tuple[str, str]] = []
        self._system_tells = False
        self._build()
        self._connect()

    # --- what pages may ask (see `Frame`) ---

    def go(self, page: str, place: str = "") -> None:
        """Show the page of this name at `place`; one where only writing can be done, only where that can be."""
        if (page == _CONVERSATION or place == _NEW) and self.context.opened.read_only:
            return
        here = self.current()
        if here is not None:
            self._trail.append((self.current_name(), here.place))
        self._show(page, place)

    def back(self) -> None:
        """Show what was shown before."""
        if self._trail:
            self._show(*self._trail.pop())

    def toast(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Say in passing that something was done."""
        self._toast.say(words, undo, self._tr.text(N_("Undo")))

    def wrote(self, words: str, changes: Changes) -> None:
        """Toast for a finished write, with the notes of the service; no `words` where those say it all.

        With Undo, but for a paper: that it left stays written down.
        """
        self.toast(self._noted(words, changes), None if changes.reason is Reason.DISCLOSE else self.undo)

    # --- what the window does ---

    def current(self) -> Page | None:
        """The page that is shown."""
        return cast("Page | None", self._stack.currentWidget())

    def current_name(self) -> str:
        """Name of the page that is shown."""
        here = self.current()
        return next((name for name, page in self._pages.items() if page is here), "")

    def start(self, name: str = "", place: str = "") -> None:
        """Show the page of this `name` first (else the first there is)."""
        first = name if name in self._rows else next(iter(self._rows), "")
        if first:
            self._show(first, place)

    def standing(self) -> tuple[str, str]:
        """Page and place, to come back to in a window made anew."""
        here = self.current()
        return self.current_name(), here.place if here is not None else ""

    def last_words(self) -> list[Callable[[Session], object]]:
        """Drafts of all pages that are not yet written."""
        return [word for page in self._pages.values() for word in page.last_words()]

    def standing_words(self, focus: QWidget | None) -> list[Callable[[Session], object]]:
        """Where one is writing, to come back to after a lock; `focus` has the keyboard."""
        return standing_words(self, focus)

    def resume(self) -> None:
        """Come back to where one was writing when the vault was locked."""
        self._resuming = Resuming(
            self.context.jobs, self, lambda: self.toast(self._tr.text(N_("What you were writing was kept.")))
        )
        self._resuming.begin()

    def undo(self) -> None:
        """Take back the newest change of this session."""
        take_back = cast("Callable[..., Changes]", late("undo"))
        self.context.jobs.write(lambda session: take_back(session, this_session=True), self._undone)

    def redo(self) -> None:
        """Do again what was taken back last in this session."""
        do_again = cast("Callable[..., Changes]", late("redo"))
        self.context.jobs.write(lambda session: do_again(session, this_session=True), self._redone)

    def show_left(self, seconds: int) -> None:
        """Say how long until the lock."""
        self._foot.show_left(seconds)

    def show_checked(self, share: float) -> None:
        """Say how far the check of the database is."""
        self._foot.show_checked(share, self.context.clock.monotonic())

    def show_behind(self, problem: Problem) -> None:
        """Say that the anchor could not be written; what was saved is saved."""
        self._foot.show_behind(sentence(problem, self._tr))

    def note(self, notes: Sequence[tuple[str, Mapping[str, object]]]) -> None:
        """Say once what there is to know of the vault."""
        self.toast("\n".join(self._tr.text(message, **values) for message, values in notes))

    def show_call(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Say whether one is on a call."""
        self._foot.show_call(on=on)
        self._call.setChecked(on)

    def show_told(self, tells: bool) -> None:  # noqa: FBT001 - the same
        """Say whether this computer tells of its screen and its sleep."""
        self._system_tells = tells

    def tell(self, problem: Problem) -> None:
        """Say what went wrong."""
        problem_box.show(problem, self, self._tr)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z and its opposite reach this only when the field with the keyboard has nothing typed left for them."""
        if self.context.opened.read_only:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif wants_redo(event):
            self.redo()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing ends the program; drafts are written first."""
        self.closing.emit()
        super().closeEvent(event)

    # --- how it is made ---

    def _build(self) -> None:
        tr, colours, percent = self._tr, self.context.colours, self._settings.text_percent
        self.resize(self._settings.width, self._settings.height)
        self.setMinimumSize(800, 500)
        self._search = Search(self.context.jobs, tr, self)
        self._search.setFixedWidth(_SEARCH_WIDTH * percent // 100)
        self._actions = [self._make_action(*deed) for deed in self._deeds()]
        self._search.actions_known = self._actions
        self._call = next(each for each in self._actions if each.shortcut() == QKeySequence(_CALL))
        self._call.setCheckable(True)
        self._looks = Looks(self._settings, tr, self)
        self._head = Head(self._search, self._actions, self._looks, tr, colours)
        self._head.talk.setVisible(_CONVERSATION in self._rows)
        only_where_written(self.context, self._head.talk)
        self._navigation = Navigation(self._rows, tr, colours)
        self._navigation.setFixedWidth(_NAVIGATION_WIDTH * percent // 100)
        self._stack = QStackedWidget()
        self._bar = working()
        self._foot = Foot(self.context.opened, tr, BackupAge(self.context.jobs, self.context.feed, tr))
        middle = row([self._navigation, self._stack], space=0)
        middle.setStretch(1, 1)
        banner = [ReadOnlyBanner(tr, colours)] if self.context.opened.read_only else []
        self.setLayout(column([self._head, *banner, self._bar, middle, line(), self._foot], space=0))
        self._toast = Toast(self, self._spared)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)

    def _connect(self) -> None:
        self._head.conversation_wanted.connect(self._new_conversation)
        self._head.lock_wanted.connect(self.lock_wanted)
        self._looks.chosen.connect(self.look_wanted)
        self._navigation.wanted.connect(self.go)
        self._search.case_chosen.connect(partial(self.go, "case"))
        self._search.record_chosen.connect(partial(self.go, "record"))
        self._slow.timeout.connect(self._bar.show)
        self.context.jobs.waiting.connect(self._wait)
        self.context.feed.changed.connect(self._touched)

    def _deeds(self) -> list[tuple[str, str, Callable[[], object]]]:
        """What the window can do: in words, by which key, and how."""
        tr = self._tr
        talk = (tr.text(N_("New conversation")), "Ctrl+N", self._new_conversation)
        shown = [each for each in self._rows.values() if each.label]
        return [
            *([talk] if _CONVERSATION in self._rows else []),
            (tr.text(N_("Search")), "Ctrl+K", self._search.begin),
            (tr.text(N_("Back")), "Alt+Left", self.back),
            (tr.text(N_("Take back the last change")), _UNDO, self.undo),
            (tr.text(N_("Do again what was taken back")), _REDO, self.redo),
            (tr.text(N_("Next pane")), "F6", self._next_pane),
            (tr.text(N_("Back up…")), "Ctrl+B", partial(self.go, "backup")),
            (tr.text(N_("Keys")), "F1", self._show_keys),
            (tr.text(N_("Lock")), "Ctrl+L", self.lock_wanted.emit),
            (tr.text(N_("On a call: lock later")), _CALL, self.call_wanted.emit),
            *(
                (tr.text(each.label), f"Alt+{number % 10}", partial(self.go, each.name))
                for number, each in enumerate(shown[:10], 1)
            ),
        ]

    def _make_action(self, words: str, keys: str, act: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.setShortcuts([QKeySequence(each) for each in ((keys, _REDO_TOO) if keys == _REDO else (keys,))])
        action.triggered.connect(lambda _checked=False: act())
        if keys in (_UNDO, _REDO):  # shown in the menu; in a field the key is for typing first, see `keyPressEvent`
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setEnabled(not (self.context.opened.read_only and keys in _WRITING))
        self.addAction(action)
        return action

    # --- what happens ---

    def _show(self, name: str, place: str) -> None:
        page = self._pages.get(name) or self._make_page(name)
        page.go(place)
        if name in self._stale:
            self._stale.discard(name)
            page.reload()
        self._stack.setCurrentWidget(page)
        self.setWindowTitle(page.title)
        self._navigation.mark(name)
        page.focus_first()

    def _make_page(self, name: str) -> Page:
        page = cast("type[Page]", late(self._rows[name].door))(self.context)
        self._pages[name] = page
        self._stack.addWidget(page)
        return page

    def _new_conversation(self) -> None:
        here = self.current()
        self.go(_CONVERSATION, here.place if here is not None and self.current_name() == "case" else "")

    def _touched(self, changes: Changes) -> None:
        self._foot.show_saved(self.context.clock.now())
        here = self.current()
        for name, page in self._pages.items():
            if page.tables & changes.tables:
                if page is here:
                    page.reload()
                else:
                    self._stale.add(name)

    def _spared(self) -> QWidget | None:
        """What of the page that is shown a word in passing may lie over."""
        here = self.current()
        return here.spared() if here is not None else None

    def _undone(self, changes: Changes) -> None:
        self._toast.say(self._noted("", changes), self.redo, self._tr.text(N_("Do again")))

    def _redone(self, changes: Changes) -> None:
        self.wrote("", changes)

    def _noted(self, words: str, changes: Changes) -> str:
        """These words, and below them what the service has to say of the change."""
        notes = (self._tr.text(message, **values) for message, values in changes.notes)
        return "\n".join(filter(None, (words, *notes)))

    def _wait(self, count: int) -> None:
        if not count:
            self._slow.stop()
            self._bar.hide()
        elif not self._slow.isActive() and not self._bar.isVisible():
            self._slow.start()

    def _show_keys(self) -> None:
        KeyTable(self, self._actions, lock_words(self._tr, tells=self._system_tells), self._tr).open()

    def _next_pane(self) -> None:
        here = self.current()
        panes = [self._navigation, *(here.panes() if here is not None else []), self._search]
        focus = QApplication.focusWidget()
        inside = [
            at for at, pane in enumerate(panes) if focus is not None and (pane is focus or pane.isAncestorOf(focus))
        ]
        panes[(inside[-1] + 1) % len(panes) if inside else 0].setFocus(Qt.FocusReason.ShortcutFocusReason)
