"""A row of a form: label over the field, the field, and below it what is wrong with it or what helps."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.text import column, restyle, row, text

if TYPE_CHECKING:
    from ui.widgets.fields import Field

LABEL_WIDTH = 200  # pixels of the label column when labels stand beside their fields


class FormRow(QWidget):
    """Label and field; `help_text` stands below the field until something is wrong with it."""

    def __init__(
        self, label: str, field: Field, *, required: bool = False, beside: bool = False, help_text: str = ""
    ) -> None:
        super().__init__()
        self.field = field
        self._help = help_text
        self._below = text("", size="small")
        name = text(label + (" *" if required else ""), size="small", tone="muted")
        name.setBuddy(cast("QWidget", field))
        if not label:  # a tick carries its words itself
            name.hide()
        parts = column([cast("QWidget", field), self._below], space=2)
        if beside:
            name.setFixedWidth(LABEL_WIDTH)
            name.setContentsMargins(0, 6, 0, 0)
            self.setLayout(row([name, parts]))
        else:
            self.setLayout(column([name, parts], space=2))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setFocusProxy(cast("QWidget", field))
        self.set_error("")
        field.edited.connect(self._forgive)

    def set_error(self, sentence: str) -> None:
        """Say below the field what is wrong with it; an empty text takes that back."""
        self.field.set_wrong(wrong=bool(sentence))
        restyle(self._below, "tone", "danger" if sentence else "muted")
        self._below.setText(sentence or self._help)
        self._below.setVisible(bool(sentence or self._help))

    def error(self) -> str:
        """What is said to be wrong."""
        return self._below.text() if self._below.property("tone") == "danger" else ""

    def _forgive(self) -> None:
        if self.error():
            self.set_error("")
