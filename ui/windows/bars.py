"""The lines above and below the pages: search, lock and menus at the head; what was saved when at the foot."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from family_case.i18n import LANGUAGES, N_
from family_case.model.date_words import day_words
from ui.theme import STEP
from ui.widgets.icons import icon
from ui.widgets.text import button, restyle, row, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QPushButton

    from family_case.chance import Moment
    from family_case.i18n import Translator
    from ui.jobs import Opened
    from ui.theme import Colours
    from ui.windows.looks import Looks


_PATIENCE: Final = 1.0  # seconds


class Head(QWidget):
    """The line above: search, a new conversation (where that page is there), lock, language, menu."""

    conversation_wanted = Signal()
    lock_wanted = Signal()

    def __init__(
        self, search: QWidget, actions: Sequence[QAction], looks: Looks, tr: Translator, colours: Colours
    ) -> None:
        super().__init__()
        self._tr, self._colours = tr, colours
        self.setObjectName("top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        drawn = icon("plus", colours.on_accent)
        self.talk = button(tr.text(N_("Conversation")), self.conversation_wanted.emit, kind="primary", icon=drawn)
        self.talk.setToolTip("Ctrl+N")
        lock = button(tr.text(N_("Lock")), self.lock_wanted.emit, kind="quiet", icon=icon("lock", colours.muted))
        lock.setToolTip("Ctrl+L")
        parts = row([search, self.talk, None, lock, self._language(looks), self._menu(actions, looks)])
        parts.setContentsMargins(2 * STEP, STEP, 2 * STEP, STEP)
        self.setLayout(parts)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # its words are never cut

    def _language(self, looks: Looks) -> QPushButton:
        drawn = icon("languages", self._colours.muted)
        made = button(LANGUAGES[self._tr.language], lambda: None, kind="quiet", icon=drawn)
        made.setAccessibleName(self._tr.text(N_("Language")))
        made.setMenu(looks.languages())
        return made

    def _menu(self, actions: Sequence[QAction], looks: Looks) -> QPushButton:
        menu = QMenu(self)
        menu.addActions(actions)
        menu.addSeparator()
        menu.addMenu(looks.themes())
        menu.addMenu(looks.sizes())
        made = button(self._tr.text(N_("Menu")), lambda: None, kind="quiet")
        made.setMenu(menu)
        return made


class Foot(QWidget):
    """The line below: when was last saved, which vault this is, how old its backup, and how long until the lock."""

    def __init__(self, opened: Opened, tr: Translator, backup_age: QWidget) -> None:
        super().__init__()
        self._tr, self._on_call = tr, False
        self.setObjectName("bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._saved = text(tr.text(N_("nothing written yet")), size="small", tone="muted")
        self._locks = text("", size="small", tone="muted")
        self._checked = text("", size="small", tone="muted")
        self._since: float | None = None  # when the check began
        parts = [self._saved, text(opened.folder.name, size="small", tone="muted")]
        if opened.demo_day:
            day = day_words(date.fromisoformat(opened.demo_day), tr)
            demo = tr.text(N_("DEMO: invented cases, as on {day}"), day=day)
            parts.append(text(demo, size="small", tone="accent", bold=True))
        for part in (*parts, self._checked, self._locks):
            part.setWordWrap(False)
        bottom = row([*parts, backup_age, self._checked, None, self._locks], space=3 * STEP)
        bottom.setContentsMargins(2 * STEP, STEP // 2, 2 * STEP, STEP // 2)
        self.setLayout(bottom)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_saved(self, now: Moment) -> None:
        """Say that all is saved as of `now`, by the clock on the wall."""
        minutes = (now.utc_ms // 60_000 + now.offset_min) % (24 * 60)
        self._saved.setText(self._tr.text(N_("saved {time}"), time=f"{minutes // 60:02}:{minutes % 60:02}"))

    def show_checked(self, share: float, now: float) -> None:
        """Say how far the check of the database is, once it takes longer than a second."""
        self._since = now if self._since is None else self._since
        slow = share < 1 and now - self._since > _PATIENCE
        self._checked.setText(self._tr.text(N_("checking the database: {n} %"), n=int(share * 100)) if slow else "")

    def show_behind(self, reason: str) -> None:
        """Say that the anchor does not follow what was written."""
        self._checked.setText(f"▲ {self._tr.text(N_('saved, but the anchor could not be written'))}")
        self._checked.setToolTip(reason)
        restyle(self._checked, "tone", "amber")

    def show_call(self, *, on: bool) -> None:
        """Say whether one is on a call, at once and in every line about the lock from now on."""
        self._on_call = on
        restyle(self._locks, "tone", "accent" if on else "muted")

    def show_left(self, seconds: int) -> None:
        """Say how long until the lock, and in which mode one is."""
        left = f"{seconds // 60}:{seconds % 60:02}"
        words = N_("on a call: covered after 1 minute, locks in {time}") if self._on_call else N_("locks in {time}")
        self._locks.setText(self._tr.text(words, time=left))
