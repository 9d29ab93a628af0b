"""The frame around the pages: navigation, search, lock, what was saved when; knows pages by their table only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QListWidgetItem, QMenu, QStackedWidget, QWidget

from family_case.i18n import LANGUAGES, N_
from family_case.model.date_words import day_words
from family_case.settings import TEXT_PERCENTS, THEMES, Settings
from ui.pages import PAGES, Context, Frame, Page, Row, late
from ui.theme import STEP
from ui.widgets import problem_box
from ui.widgets.backup_age import BackupAge
from ui.widgets.curtain import Curtain
from ui.widgets.icons import icon
from ui.widgets.text import button, column, holding, line, row, text
from ui.widgets.toast import Toast
from ui.windows.keys import KeyTable
from ui.windows.palette import Search
from ui.windows.sheet import working

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from family_case.errors import Problem
    from family_case.model.changes import Changes
    from family_case.services.session import Session

_NAVIGATION_WIDTH: Final = 23 * STEP
_UNDO: Final = "Ctrl+Z"
_SLOW_MS: Final = 500  # anything longer shows that it works
_THEME_WORDS: Final = dict(zip(THEMES, (N_("As the system"), N_("Light"), N_("Dark")), strict=True))
_CONVERSATION: Final = "conversation"  # the page that Ctrl+N opens, once it is in the table


class MainWindow(QWidget):
    """The window over an open vault; a `Frame` for its pages."""

    lock_wanted = Signal()
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
        self._build()
        self._connect()

    # --- what pages may ask (see `Frame`) ---

    def go(self, page: str, place: str = "") -> None:
        """Show the page of this name at `place`."""
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
        self._toast.say(words, undo)

    def wrote(self, words: str, changes: Changes) -> None:
        """Toast for a finished write, with Undo and the notes of the service."""
        notes = [self._tr.text(message, **values) for message, values in changes.notes]
        self.toast("\n".join([words, *notes]), self.undo)

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

    def cover(self) -> None:
        """Hide everything at once."""
        self.setWindowTitle("")
        Curtain(self, self._tr.text(N_("Locking"))).draw()

    def undo(self) -> None:
        """Take back the newest change of this session."""
        take_back = cast("Callable[..., Changes]", late("undo"))
        self.context.jobs.write(lambda session: take_back(session, this_session=True), self._undone)

    def show_left(self, seconds: int) -> None:
        """Say how long until the lock."""
        left = f"{seconds // 60}:{seconds % 60:02}"
        self._locks.setText(self._tr.text(N_("locks in {time}"), time=left))

    def tell(self, problem: Problem) -> None:
        """Say what went wrong."""
        problem_box.show(problem, self, self._tr)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z reaches this only when the field with the keyboard has nothing typed left to undo."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing ends the program; drafts are written first."""
        self.closing.emit()
        super().closeEvent(event)

    # --- how it is made ---

    def _build(self) -> None:
        self.resize(self._settings.width, self._settings.height)
        self.setMinimumSize(800, 500)
        self._search = Search(self.context.jobs, self._tr, self)
        self._actions = self._make_actions()
        self._navigation = self._make_navigation()
        self._stack = QStackedWidget()
        self._search.actions_known = self._actions
        self._bar = working()
        middle = row([self._navigation, self._stack], space=0)
        middle.setStretch(1, 1)
        self.setLayout(column([self._make_top(), self._bar, middle, line(), self._make_bottom()], space=0))
        self._toast = Toast(self, self._tr.text(N_("Undo")))
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)

    def _connect(self) -> None:
        self._navigation.currentItemChanged.connect(self._navigate)
        self._search.case_chosen.connect(partial(self.go, "case"))
        self._slow.timeout.connect(self._bar.show)
        self.context.jobs.waiting.connect(self._wait)
        self.context.feed.changed.connect(self._touched)

    def _make_actions(self) -> list[QAction]:
        tr = self._tr
        table: list[tuple[str, str, Callable[[], object]]] = [
            (tr.text(N_("Search")), "Ctrl+K", self._search.begin),
            (tr.text(N_("Back")), "Alt+Left", self.back),
            (tr.text(N_("Take back the last change")), _UNDO, self.undo),
            (tr.text(N_("Next pane")), "F6", self._next_pane),
            (tr.text(N_("Back up…")), "Ctrl+B", partial(self.go, "backup")),
            (tr.text(N_("Keys")), "F1", self._show_keys),
            (tr.text(N_("Lock")), "Ctrl+L", self.lock_wanted.emit),
        ]
        if _CONVERSATION in self._rows:
            table.insert(0, (tr.text(N_("New conversation")), "Ctrl+N", self._new_conversation))
        shown = [each for each in self._rows.values() if each.label]
        for number, each in enumerate(shown[:10], 1):
            table.append((tr.text(each.label), f"Alt+{number % 10}", partial(self.go, each.name)))
        actions = []
        for words, keys, act in table:
            action = QAction(words, self, shortcut=QKeySequence(keys))
            action.triggered.connect(lambda _checked=False, act=act: act())
            if keys == _UNDO:  # shown in the menu; in a field the key undoes typing first, see `keyPressEvent`
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.addAction(action)
            actions.append(action)
        return actions

    def _make_navigation(self) -> QListWidget:
        made = QListWidget()
        made.setObjectName("navigation")
        made.setAccessibleName(self._tr.text(N_("Navigation")))
        made.setFixedWidth(_NAVIGATION_WIDTH * self._settings.text_percent // 100)
        made.setIconSize(QSize(20, 20))
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for each in self._rows.values():
            if each.label:
                item = QListWidgetItem(icon(each.icon, self.context.colours.muted), self._tr.text(each.label), made)
                item.setData(Qt.ItemDataRole.UserRole, each.name)
        return made

    def _make_top(self) -> QWidget:
        tr, quiet = self._tr, self.context.colours.muted
        self._search.setFixedWidth(45 * STEP * self._settings.text_percent // 100)
        talk = button(
            tr.text(N_("Conversation")),
            self._new_conversation,
            kind="primary",
            icon=icon("plus", self.context.colours.on_accent),
        )
        talk.setToolTip("Ctrl+N")
        talk.setVisible(_CONVERSATION in self._rows)
        lock = button(tr.text(N_("Lock")), self.lock_wanted.emit, kind="quiet", icon=icon("lock", quiet))
        lock.setToolTip("Ctrl+L")
        language = button(LANGUAGES[tr.language], lambda: None, kind="quiet", icon=icon("languages", quiet))
        language.setAccessibleName(tr.text(N_("Language")))
        language.setMenu(self._make_choices("language", LANGUAGES))
        menu = button(tr.text(N_("Menu")), lambda: None, kind="quiet")
        menu.setMenu(self._make_menu())
        margin = 2 * STEP
        parts = row([self._search, talk, None, lock, language, menu], margin=STEP)
        parts.setContentsMargins(margin, STEP, margin, STEP)
        return holding(parts, "top")

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addActions(self._actions)
        menu.addSeparator()
        themes = {name: self._tr.text(words) for name, words in _THEME_WORDS.items()}
        sizes = {str(percent): f"{percent} %" for percent in TEXT_PERCENTS}
        menu.addMenu(self._make_choices("theme", themes, self._tr.text(N_("Colours"))))
        menu.addMenu(self._make_choices("text_percent", sizes, self._tr.text(N_("Text size"))))
        return menu

    def _make_choices(self, name: str, choices: dict[str, str], title: str = "") -> QMenu:
        menu = QMenu(title, self)
        group = QActionGroup(menu)
        now = str(getattr(self._settings, name)) or self._tr.language
        for code, words in choices.items():
            action = QAction(words, menu, checkable=True, checked=code == now)
            action.triggered.connect(partial(self._choose, name, code))
            group.addAction(action)
            menu.addAction(action)
        return menu

    def _make_bottom(self) -> QWidget:
        opened = self.context.opened
        self._saved = text(self._tr.text(N_("nothing written yet")), size="small", tone="muted")
        self._locks = text("", size="small", tone="muted")
        vault = text(opened.folder.name, size="small", tone="muted")
        parts: list[QLabel] = [self._saved, vault]
        if opened.demo_day:
            day = day_words(date.fromisoformat(opened.demo_day), self._tr)
            demo = self._tr.text(N_("DEMO: invented cases, as on {day}"), day=day)
            parts.append(text(demo, size="small", tone="accent", bold=True))
        for part in (*parts, self._locks):
            part.setWordWrap(False)
        age = BackupAge(self.context.jobs, self.context.feed, self._tr)
        bottom = row([*parts, age, None, self._locks], space=3 * STEP)
        bottom.setContentsMargins(2 * STEP, STEP // 2, 2 * STEP, STEP // 2)
        return holding(bottom, "bottom")

    # --- what happens ---

    def _show(self, name: str, place: str) -> None:
        page = self._pages.get(name) or self._make_page(name)
        page.go(place)
        if name in self._stale:
            self._stale.discard(name)
            page.reload()
        self._stack.setCurrentWidget(page)
        self.setWindowTitle(page.title)
        self._mark(name)
        page.focus_first()

    def _make_page(self, name: str) -> Page:
        page = cast("type[Page]", late(self._rows[name].door))(self.context)
        self._pages[name] = page
        self._stack.addWidget(page)
        return page

    def _mark(self, name: str) -> None:
        """Mark the page in the navigation, or the one it belongs under; others leave the mark where it was."""
        name = self._rows[name].under or name
        for at in range(self._navigation.count()):
            item = self._navigation.item(at)
            if item.data(Qt.ItemDataRole.UserRole) == name and self._navigation.currentItem() is not item:
                self._navigation.blockSignals(True)
                self._navigation.setCurrentItem(item)
                self._navigation.blockSignals(False)

    def _navigate(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.go(str(item.data(Qt.ItemDataRole.UserRole)))

    def _new_conversation(self) -> None:
        here = self.current()
        self.go(_CONVERSATION, here.place if here is not None and self.current_name() == "case" else "")

    def _touched(self, changes: Changes) -> None:
        now = self.context.clock.now()
        minutes = (now.utc_ms // 60_000 + now.offset_min) % (24 * 60)
        self._saved.setText(self._tr.text(N_("saved {time}"), time=f"{minutes // 60:02}:{minutes % 60:02}"))
        here = self.current()
        for name, page in self._pages.items():
            if page.tables & changes.tables:
                if page is here:
                    page.reload()
                else:
                    self._stale.add(name)

    def _undone(self, _changes: Changes) -> None:
        self.toast(self._tr.text(N_("Taken back.")))

    def _wait(self, count: int) -> None:
        if not count:
            self._slow.stop()
            self._bar.hide()
        elif not self._slow.isActive() and not self._bar.isVisible():
            self._slow.start()

    def _choose(self, name: str, code: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        chosen = {
            "language": lambda: replace(self._settings, language=code),
            "theme": lambda: replace(self._settings, theme=code),
            "text_percent": lambda: replace(self._settings, text_percent=int(code)),
        }
        self.look_wanted.emit(chosen[name]())

    def _show_keys(self) -> None:
        KeyTable(self, self._actions, self._tr).open()

    def _next_pane(self) -> None:
        here = self.current()
        panes = [self._navigation, *(here.panes() if here is not None else []), self._search]
        focus = QApplication.focusWidget()
        inside = [
            at for at, pane in enumerate(panes) if focus is not None and (pane is focus or pane.isAncestorOf(focus))
        ]
        panes[(inside[-1] + 1) % len(panes) if inside else 0].setFocus(Qt.FocusReason.ShortcutFocusReason)
