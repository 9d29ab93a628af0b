"""Tab goes through a form as it is read: from top to bottom, whatever was made first."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator


def tab_as_read(*widgets: QWidget) -> None:
    """Set the tab order of all fields in `widgets`, in the order of their layouts."""
    found = [leaf for widget in widgets for leaf in _leaves(widget)]
    for one, other in pairwise(found):
        QWidget.setTabOrder(one, other)


def pane(widget: QWidget) -> QWidget:
    """`widget` as a pane that F6 goes to: the keyboard comes to its first field or button."""
    first = next((leaf for leaf in _leaves(widget) if leaf is not widget and leaf.isVisible()), None)
    if first is not None:
        widget.setFocusProxy(first)
    return widget


def _leaves(widget: QWidget) -> Iterator[QWidget]:
    layout = widget.layout()
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        yield from _leaves(inner) if inner is not None else ()
    elif layout is not None:
        yield from _in_layout(layout)
    elif widget.focusPolicy() != Qt.FocusPolicy.NoFocus:  # in a group of buttons only the one that is on takes Tab
        yield widget


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        inner = item.widget() if item is not None else None
        below = item.layout() if item is not None else None
        if inner is not None:
            yield from _leaves(inner)
        elif below is not None:
            yield from _in_layout(below)
