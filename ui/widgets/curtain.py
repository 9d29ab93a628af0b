"""An opaque cover over a window, drawn at once: what lies below is not seen and takes no keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.text import column, text


class Curtain(QWidget):
    """Covers its parent wholly, with one calm sentence."""

    def __init__(self, parent: QWidget, words: str) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("curtain")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words)
        said = text(words, size="large", tone="muted")
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(column([None, said, None]))

    def draw(self) -> None:
        """Cover, take the keyboard, and paint before anything else happens."""
        self.fit()
        self.show()
        self.setFocus()
        self.repaint()

    def fit(self) -> None:
        """Lie over all of the window, as large as it is now."""
        self.setGeometry(self._over.rect())
        self.raise_()
