"""What opens the vault: passphrases, the recovery sheet, the key store; never a secret, only since when and whose."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from family_case.i18n import N_
from family_case.model.date_words import day_words
from family_case.model.door import Door, DoorKind
from family_case.services import doors
from ui.pages import Page
from ui.theme import STEP
from ui.widgets.door_form import Deed, DoorForm
from ui.widgets.entry_form import scrolled
from ui.widgets.flow import Flow
from ui.widgets.icons import icon
from ui.widgets.keystore_door import KeyStoreDoor
from ui.widgets.new_keys import NewKeys
from ui.widgets.sheet_form import SheetForm
from ui.widgets.text import button, clear, column, holding, line, put_alone, restyle, row, text

if TYPE_CHECKING:
    from ui.pages import Context
    from ui.widgets.text import Part

RECOVERED: Final = "recovered"  # the place this page has after the vault was opened by its recovery key
_WIDTH: Final = 90 * STEP
_ICONS: Final = {DoorKind.PASSPHRASE: "keyboard", DoorKind.RECOVERY: "file-text", DoorKind.KEYSTORE: "lock"}
_ABOUT: Final = N_(
    "Each of these opens the vault by itself. No passphrase and no key can be looked up here or reset by anybody; "
    "at least one passphrase always stays."
)
_LOST: Final = N_(
    "The vault was opened with the recovery key. Set a new passphrase now; the lost one then opens it no more, unless "
    "there were several."
)

Form = DoorForm | SheetForm | KeyStoreDoor | NewKeys


class AccessPage(Page):
    """A calm list, three buttons, and below them the form of the one that was pressed."""

    tables = frozenset({"copy"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.form: Form | None = None
        self._recovered = False
        self._build()
        self.reload()

    @property
    def title(self) -> str:
        """Title for the top line."""
        return self.context.tr.text(N_("Access"))

    def go(self, place: str) -> None:
        """After a recovery: straight to a new passphrase."""
        if place == RECOVERED:
            self._recovered = True
            self.status.setText(self.context.tr.text(_LOST))
            restyle(self.status, "tone", "amber")
            self._put(DoorForm(self.context.jobs, self.context.tr, Deed.RECOVER))

    def reload(self) -> None:
        """Read the doors again."""
        self.context.jobs.read(doors.doors, self._show, key="doors")

    def focus_first(self) -> None:
        """Into the form that stands open, else onto the first button."""
        (self.form or self.change).setFocus()

    def panes(self) -> list[QWidget]:
        """The buttons, and the form that stands open."""
        return [self.change, *([self.form] if self.form is not None else [])]

    def change_passphrase(self) -> None:
        """Open the form for another passphrase."""
        self._begin(DoorForm(self.context.jobs, self.context.tr, Deed.RECOVER if self._recovered else Deed.CHANGE))

    def add_passphrase(self) -> None:
        """Open the form for one passphrase more."""
        self._begin(DoorForm(self.context.jobs, self.context.tr, Deed.ADD))

    def make_sheet(self) -> None:
        """Begin a recovery sheet."""
        known = self._recovered
        self._begin(SheetForm(self.context.jobs, self.context.tr, self.context.colours, known=known))

    def key_store(self) -> None:
        """Show the key store of this computer as a door."""
        self._begin(KeyStoreDoor(self.context.jobs, self.context.tr, self.context.opened.folder))

    def new_keys(self) -> None:
        """Begin a change of keys."""
        self._begin(NewKeys(self.context.jobs, self.context.tr, known=self._recovered))

    def remove(self, door: Door) -> None:
        """Open the form that removes this door."""
        tr = self.context.tr
        self._begin(DoorForm(self.context.jobs, tr, Deed.REMOVE, door=door.id, called=self._called(door)))

    def _build(self) -> None:
        tr, colours = self.context.tr, self.context.colours
        self._list = QVBoxLayout()
        self._list.setSpacing(STEP)
        self.change = button(tr.text(N_("Change the passphrase…")), self.change_passphrase)
        self.add = button(tr.text(N_("Add a passphrase…")), self.add_passphrase)
        drawn = icon("printer", colours.muted)
        self.sheet = button(tr.text(N_("Make a recovery sheet…")), self.make_sheet, icon=drawn)
        self.store = button(tr.text(N_("Key store…")), self.key_store)
        self.keys = button(tr.text(N_("New keys…")), self.new_keys)
        self.status = text("")
        self._room = QVBoxLayout()
        parts: list[Part] = [
            text(tr.text(N_("Access")), size="title", bold=True),
            text(tr.text(_ABOUT), tone="muted"),
            self._list,
            Flow([self.change, self.add, self.sheet, self.store, self.keys], space=STEP),
            self.status,
            self._room,
            None,
        ]
        inner = holding(column(parts, space=2 * STEP))
        inner.setMaximumWidth(_WIDTH)
        outer = row([inner, None], margin=2 * STEP)
        outer.setStretch(0, 100)
        area = scrolled(holding(outer))
        self.setLayout(column([area], space=0))

    def _show(self, found: tuple[Door, ...]) -> None:
        clear(self._list)
        last = sum(door.kind is DoorKind.PASSPHRASE for door in found) == 1
        kept = {DoorKind.KEYSTORE, *([DoorKind.PASSPHRASE] if last else [])}  # the key store has its own panel
        rows = [self._row(door, fixed=door.kind in kept) for door in found]
        for each in (*rows, line()):
            self._list.addWidget(each)
            each.show()

    def _row(self, door: Door, *, fixed: bool) -> QWidget:
        """One door; the last passphrase has no button to remove it."""
        tr = self.context.tr
        drawn = text("")
        drawn.setPixmap(icon(_ICONS[door.kind], self.context.colours.muted).pixmap(18, 18))
        drawn.setFixedWidth(3 * STEP)
        since = tr.text(N_("since {day}"), day=day_words(date.fromisoformat(door.since), tr)) if door.since else ""
        words = column(
            [
                text(self._called(door), bold=True),
                text(since or tr.text(N_("since when is not known")), size="small", tone="muted"),
            ],
            space=0,
        )
        parts: list[Part] = [drawn, words]
        if not fixed:
            away = button(tr.text(N_("Remove…")), partial(self.remove, door), kind="quiet")
            away.setAccessibleName(tr.text(N_("Remove a door: {door}"), door=self._called(door)))
            parts.append(away)
        made = row(parts)
        made.setStretch(1, 1)
        return holding(made)

    def _called(self, door: Door) -> str:
        kind = self.context.tr.text(door.kind.label)
        return f"{kind} · {door.whose}" if door.whose else kind

    def _begin(self, form: Form) -> None:
        self.status.setText("")
        self._put(form)
        form.setFocus()

    def _put(self, form: Form) -> None:
        form.done.connect(self._done)
        form.left.connect(self._close)
        put_alone(self._room, form)
        self.form = form

    def _done(self, words: str) -> None:
        if isinstance(self.form, DoorForm | NewKeys):
            self._recovered = False
        self._close()
        restyle(self.status, "tone", "")
        self.status.setText(words)

    def _close(self) -> None:
        clear(self._room)
        self.form = None
        self.change.setFocus()
