"""The timeline of a case as a list: what each line says, newest first, and the filter of its chips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from family_case.i18n import N_
from family_case.model.entry import EntryKind
from ui.tables.lines import Lines
from ui.widgets.entry_words import TALK, Line, kind_of, line, roles

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from family_case.model.views import CasePage, TimelineItem

ALL: Final = ""
FILTERS: Final = (
    (ALL, N_("all")),
    (EntryKind.SIGN.value, N_("signs of life")),
    (EntryKind.APPROACH.value, N_("approaches")),
    (EntryKind.REQUEST.value, N_("document requests")),
    (EntryKind.PROMISE.value, N_("promises")),
    (EntryKind.PAYMENT.value, N_("payments")),
    (EntryKind.OFFER.value, N_("recruitment offers")),
    (EntryKind.STAY.value, N_("stays")),
    (EntryKind.STATUS.value, N_("status reports")),
    (EntryKind.STEP.value, N_("steps taken")),
    (EntryKind.DENIAL.value, N_("denials")),
    (EntryKind.NOTE.value, N_("notes")),
    (TALK, N_("conversations")),
)


class Timeline(Lines):
    """Lines of one case."""

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self._tr = tr
        self._all: list[tuple[TimelineItem, Line]] = []
        self._items: list[TimelineItem] = []
        self._kind = ALL

    def show_case(self, page: CasePage) -> None:
        """Show the lines of this case."""
        called = roles(page.people, self._tr)
        talks = {item.id: item.conversation for item in page.timeline if item.conversation is not None}
        self._all = [(item, line(item, called, self._tr, talks)) for item in reversed(page.timeline)]
        self.choose(self._kind)

    def choose(self, kind: str) -> None:
        """Show lines of this kind only; all of them for ALL."""
        self._kind = kind
        shown = [(item, words) for item, words in self._all if kind in (ALL, kind_of(item))]
        self._items = [item for item, _words in shown]
        self.show_lines([words for _item, words in shown])

    def counts(self) -> dict[str, int]:
        """How many lines there are of each kind."""
        found: dict[str, int] = {ALL: len(self._all)}
        for item, _words in self._all:
            found[kind_of(item)] = found.get(kind_of(item), 0) + 1
        return found

    def item(self, row: int) -> TimelineItem | None:
        """The item shown at this place."""
        return self._items[row] if 0 <= row < len(self._items) else None

    def place_of(self, record_id: str) -> int:
        """Place of the item with this id; -1 when it is not shown."""
        return next((at for at, item in enumerate(self._items) if item.id == record_id), -1)
