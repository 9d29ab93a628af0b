"""Labels, buttons and boxes in the sizes and tones of the style sheet; no screen names a colour or a pixel size."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import STEP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


B = TypeVar("B", bound=QBoxLayout)
UNDER = "padding: 2px 0; border-width: 1px 0;"  # words on a button stand under their label


def text(words: str, *, size: str = "body", tone: str = "", bold: bool = False, said: bool = False) -> QLabel:
    """A label that wraps; plain text only. `said`: someone's words, in italics."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    for name, value in (("textsize", size), ("tone", tone), ("weight", "bold" if bold else ""), ("said", said)):
        label.setProperty(name, value)
    return label


def button(words: str, act: Callable[[], object], *, kind: str = "", icon: QIcon | None = None) -> QPushButton:
    """A button; `kind`: 'primary' (one a screen), 'quiet', 'calm' (large), or plain."""
    made = QPushButton(words)
    made.setProperty("kind", kind)
    made.setAccessibleName(words.replace("&", ""))
    made.setAutoDefault(False)
    if kind != "calm":
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if icon is not None:
        put_icon(made, icon, 24 if kind == "calm" else 18)
    made.clicked.connect(lambda _checked=False: act())
    return made


def put_icon(made: QAbstractButton, icon: QIcon, size: int) -> None:
    """Set the icon with room between it and the words, which the style sheet cannot give."""
    wide = QPixmap(2 * (size + size // 2), 2 * size)
    wide.setDevicePixelRatio(2)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, icon.pixmap(QSize(size, size), 2.0))
    painter.end()
    made.setIcon(QIcon(wide))
    made.setIconSize(QSize(size + size // 2, size))


def line() -> QFrame:
    """A thin line between two parts, where space alone does not separate."""
    drawn = QFrame()
    drawn.setProperty("line", True)
    return drawn


Part = QWidget | QLayout | int | None


def row(parts: Iterable[Part], *, space: int = STEP, margin: int = 0) -> QHBoxLayout:
    """Parts side by side; a number is a gap in pixels, None takes what is left."""
    return _filled(QHBoxLayout(), parts, space, margin)


def column(parts: Iterable[Part], *, space: int = STEP, margin: int = 0) -> QVBoxLayout:
    """Parts below each other; a number is a gap in pixels, None takes what is left."""
    return _filled(QVBoxLayout(), parts, space, margin)


def holding(layout: QLayout, name: str = "") -> QWidget:
    """A bare widget around `layout`; `name` is its name in the style sheet."""
    made = QWidget()
    made.setObjectName(name)
    if name:
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.setLayout(layout)
    return made


def clear(room: QLayout) -> None:
    """Take away every widget that stands in `room`; hidden at once, deleted when Qt comes to it."""
    while (item := room.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()


def put_alone(room: QBoxLayout, widget: QWidget) -> None:
    """Put `widget` where the one before stood."""
    clear(room)
    room.addWidget(widget)
    widget.show()


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at, and look again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _filled(layout: B, parts: Iterable[Part], space: int, margin: int) -> B:
    layout.setSpacing(space)
    layout.setContentsMargins(margin, margin, margin, margin)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
    return layout
