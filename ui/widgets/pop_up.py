"""A menu that opens at a button and is gone when it was left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu: its words, translated, what it does, and whether it may be done now."""

    words: str
    act: Callable[[], object]
    may: bool = True


def offer(over: QWidget, at: QWidget, choices: Iterable[Choice], *, above: bool = False, left: bool = False) -> None:
    """Open a menu of `over` below `at` (or `above` it), from its left edge on, or to the `left` of its right edge."""
    menu = QMenu(over)
    for choice in choices:
        action = QAction(choice.words, menu)
        action.setEnabled(choice.may)
        action.triggered.connect(lambda _checked=False, act=choice.act: act())
        menu.addAction(action)
    menu.aboutToHide.connect(menu.deleteLater)
    size = menu.sizeHint()
    corner = QPoint(at.width() - size.width() if left else 0, -size.height() if above else at.height())
    menu.popup(at.mapToGlobal(corner))
