"""Search in the top line: cases, people and numbers by code and alias, and everything the window can do by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from family_case.i18n import N_
from family_case.model.views import Hit
from family_case.services.record_words import named
from ui.pages import late
from ui.theme import STEP
from ui.widgets.entry_words import capital
from ui.widgets.fields import LineField
from ui.widgets.scale import scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent

    from family_case.i18n import Translator
    from family_case.services.session import Session
    from ui.jobs import Jobs

_HITS = 12
_REST_MS = 120  # after the last letter, before the vault is asked
_THING = Qt.ItemDataRole.UserRole


class Search(LineField):
    """The field; its results hang below it and are reached by the arrows."""

    case_chosen = Signal(str)  # case id
    record_chosen = Signal(str)  # id of a record that is in no case

    def __init__(self, jobs: Jobs, tr: Translator, over: QWidget) -> None:
        super().__init__(tr.text(N_("Search")), hint=tr.text(N_("Search cases, people, numbers   Ctrl+K")))
        self._jobs, self._tr = jobs, tr
        self.actions_known: Sequence[QAction] = ()
        self.results = QListWidget(over)
        self.results.setObjectName("results")
        self.results.setAccessibleName(tr.text(N_("Search results")))
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.results.setWordWrap(True)
        self.results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.results.hide()
        self.results.itemClicked.connect(self._take)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)
        self.textEdited.connect(lambda _text: self._rest.start())
        self.returnPressed.connect(lambda: self._take(self.results.currentItem()))
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through the results, Escape leaves."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step and self.results.isVisible():
            self.results.setCurrentRow((self.results.currentRow() + step) % self.results.count())
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Results go when the keyboard does."""
        self.results.hide()
        super().focusOutEvent(event)

    def begin(self) -> None:
        """Take the keyboard, whatever stood in the field selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def leave(self) -> None:
        """Empty the field and go back to the page."""
        self.clear()
        self.results.hide()
        self.clearFocus()

    def _ask(self) -> None:
        entered = self.text().strip()
        if not entered:
            self.results.hide()
            return
        find = cast("Callable[[Session, str, int], list[Hit]]", late("find"))
        self._jobs.read(lambda session: find(session, entered, _HITS), self._show, key="search")

    def _show(self, hits: list[Hit]) -> None:
        self.results.clear()
        found = {hit.case_id or hit.record_id: hit for hit in reversed(hits)}  # a case is shown once
        for hit in (each for each in hits if found.get(each.case_id or each.record_id) is each):
            self._add(f"{hit.code}   {hit.alias}" if hit.case_id else self._outside(hit), hit)
        wanted = self.text().strip().casefold()
        for action in self.actions_known:
            if wanted in action.text().casefold() and action.isEnabled():
                keys = action.shortcut().toString()
                self._add(f"{action.text()}   {keys}".rstrip(), action)
        if not self.results.count():
            item = self._add(
                self._tr.text(N_("Nothing found. Names are found in both scripts, numbers by any part.")), None
            )
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.results.setCurrentRow(0)
        self._place()

    def _outside(self, hit: Hit) -> str:
        """What a record in no case is, and what of it may be shown."""
        what = self._tr.text(N_("{what}, in no case"), what=capital(named(hit.table, self._tr)))
        return f"{what}   {hit.called}".rstrip()

    def _add(self, words: str, thing: Hit | QAction | None) -> QListWidgetItem:
        item = QListWidgetItem(words, self.results)
        item.setData(_THING, thing)
        return item

    def _place(self) -> None:
        over = cast("QWidget", self.results.parentWidget())
        below = self.mapTo(over, QPoint(0, self.height() + STEP // 2))
        wide = min(max(self.width(), scaled(60 * STEP)), over.width() - below.x() - STEP)
        self.results.setGeometry(below.x(), below.y(), wide, over.height() - below.y())
        self.results.doItemsLayout()  # at this width: a long line wraps, and only then is its height known
        count = min(self.results.count(), _HITS)
        tall = sum(self.results.visualItemRect(self.results.item(at)).height() for at in range(count))
        self.results.resize(wide, tall + STEP + 4)
        self.results.show()
        self.results.raise_()

    def _take(self, item: QListWidgetItem | None) -> None:
        thing = item.data(_THING) if item is not None and self.results.isVisible() else None
        if thing is None:
            return
        self.leave()
        if isinstance(thing, Hit):
            (self.case_chosen if thing.case_id else self.record_chosen).emit(thing.case_id or thing.record_id)
        else:
            thing.trigger()
