"""A state as a small label: its shape, then its word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import STEP
from ui.widgets.icons import picture
from ui.widgets.text import row, text

if TYPE_CHECKING:
    from ui.theme import Colours
    from ui.widgets.states import Look


class StateLabel(QWidget):
    """Shape and word of a state in its tone."""

    def __init__(self, colours: Colours, look: Look, *, size: str = "body", bold: bool = False) -> None:
        super().__init__()
        shape = QLabel()
        shape.setPixmap(picture(look.icon, tone_colour(colours, look.tone), 16))
        shape.setAlignment(Qt.AlignmentFlag.AlignTop)
        shape.setContentsMargins(0, 3, 0, 0)
        self.words = text(look.words, size=size, tone=look.tone, bold=bold)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        whole = row([shape, self.words], space=STEP // 2)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


def tone_colour(colours: Colours, tone: str) -> str:
    """Colour of a tone; that of plain text for no tone."""
    tones = {"muted": colours.muted, "danger": colours.danger, "amber": colours.amber, "accent": colours.accent}
    return tones.get(tone, colours.text)
