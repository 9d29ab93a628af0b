"""The window's feed: a write tells what it touched, and only pages that show those nouns read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from family_case.model.changes import Changes


class Feed(QObject):
    """Hands `Changes` from finished writes to whoever shows the tables they touched."""

    changed = Signal(object)  # Changes

    def watch(self, owner: QObject, tables: Iterable[str], read_again: Callable[[Changes], None]) -> None:
        """Call `read_again` after each write that touches one of `tables`, for as long as `owner` lives."""
        wanted = frozenset(tables)

        def look(changes: Changes) -> None:
            if not isValid(owner):
                self.changed.disconnect(look)
            elif wanted & changes.tables:
                read_again(changes)

        self.changed.connect(look)
