"""Sizes that follow the text size: a panel that is wide enough at 100 % must be so at 150 %."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from ui.theme import SIZES, STEP
from ui.widgets.text import holding, row

if TYPE_CHECKING:
    from collections.abc import Sequence

_READABLE = 56 * STEP  # pixels of a paragraph that is read with ease


def scaled(pixels: int) -> int:
    """`pixels` at 100 %, at the text size the application has now."""
    return pixels * QApplication.font().pixelSize() // SIZES["body"]


def scaled_all(pixels: Sequence[int]) -> list[int]:
    """Several of them."""
    return [scaled(each) for each in pixels]


def centred(widget: QWidget) -> QWidget:
    """`widget` in the middle, as wide as is read with ease."""
    widget.setMaximumWidth(_READABLE)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    whole = row([None, widget, None])
    whole.setStretch(1, 10)
    return holding(whole)
