"""A panel beside the main pane: what usually stands there, or the form or details that are wanted for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.widgets.form_panel import FormPanel
from ui.widgets.scale import scaled
from ui.widgets.text import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from family_case.services.session import Session

WIDEST: Final = 480  # at any text size: the main pane needs its room too
WIDTH: Final = 400  # pixels at 100 %: a form's fields with two lines of choices beside each other


class Beside(QWidget):
    """Main pane on the left, panel on the right; `usual` stands there when nothing else is wanted (None: no panel)."""

    def __init__(self, main: QWidget, usual: QWidget | None = None) -> None:
        super().__init__()
        self._main = main
        self._usual = usual
        self._stack = QStackedWidget()
        self._stack.setObjectName("panel")
        self._stack.setFixedWidth(min(scaled(WIDTH), WIDEST))
        if usual is not None:
            self._stack.addWidget(usual)
        whole = row([main, self._stack], space=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self._stack.setVisible(usual is not None)  # only now: without a parent it would be a window

    def panel(self) -> QWidget | None:
        """What is shown instead of the usual; None when it is the usual."""
        now = self._stack.currentWidget()
        return None if now is self._usual else now

    def last_words(self) -> list[Callable[[Session], object]]:
        """The draft of the form that is open."""
        panel = self.panel()
        return panel.last_words() if isinstance(panel, FormPanel) else []

    def writing(self) -> dict[str, str] | None:
        """Which form is open."""
        panel = self.panel()
        return panel.wanted.words() if isinstance(panel, FormPanel) else None

    def put(self, panel: QWidget) -> None:
        """Show `panel`; one that stood there before goes."""
        self._clear()
        self._stack.addWidget(panel)
        self._stack.setCurrentWidget(panel)
        self._stack.show()

    def take_away(self) -> None:
        """Show what usually stands there."""
        self._clear()
        self._stack.setVisible(self._usual is not None)

    def _clear(self) -> None:
        now = self.panel()
        if now is not None:
            self._stack.removeWidget(now)
            now.hide()
            now.deleteLater()
