"""The quiet sheet that first run and unlock are written on: one column in the middle of an empty window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QScrollArea, QVBoxLayout, QWidget

from ui.theme import STEP
from ui.widgets.scale import scaled
from ui.widgets.text import Part, column, holding, row

WIDTH = 70 * STEP  # at 100 %
_TOP = 8 * STEP  # every step begins at the same height


class Sheet(QWidget):
    """A window with one column of parts; `put` replaces them."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.resize(960, 640)
        self.setMinimumSize(480, 400)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def put(self, parts: list[Part]) -> None:
        """Show `parts` below each other."""
        inner = holding(column(parts, space=2 * STEP))
        inner.setMaximumWidth(scaled(WIDTH))
        across = row([None, inner, None])
        across.setStretch(1, 100)
        self._scroll.setWidget(holding(column([_TOP, across, None], margin=3 * STEP)))


def working() -> QProgressBar:
    """A thin bar that moves while something takes its time; hidden until shown."""
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    policy = bar.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    bar.setSizePolicy(policy)
    bar.hide()
    return bar
