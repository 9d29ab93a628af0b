"""What a screen reader would find: every widget that takes the keyboard must have a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleInterface

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget


def nameless(window: QWidget) -> list[str]:
    """Class and position of each visible widget in `window` that can have the keyboard but has no name."""
    found = QAccessible.queryAccessibleInterface(window)
    return [_where(each) for each in _all(found) if _takes_keys(each) and not _name(each)]


def _all(interface: QAccessibleInterface, depth: int = 0) -> Iterator[QAccessibleInterface]:
    yield interface
    for at in range(interface.childCount() if depth < 30 else 0):
        child = interface.child(at)
        if child.isValid():
            yield from _all(child, depth + 1)


def _takes_keys(interface: QAccessibleInterface) -> bool:
    state = interface.state()
    return bool(state.focusable) and not bool(state.invisible) and interface.role() != QAccessible.Role.ListItem


def _name(interface: QAccessibleInterface) -> str:
    return interface.text(QAccessible.Text.Name).strip()


def _where(interface: QAccessibleInterface) -> str:
    kind = interface.object().metaObject().className()
    rect = interface.rect()
    return f"{kind} at {rect.x()},{rect.y()}"
