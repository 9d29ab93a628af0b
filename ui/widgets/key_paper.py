"""The recovery sheet on paper, drawn straight onto the printer: no file of ours lies anywhere.

A sheet found in a search should say as little as it can and still help whoever finds it in a drawer in five years:
what it is for, the key, a number to tell two sheets apart, the day. No name of the program, the office or a person, and
nothing of what is kept; one language, the reader's own, for three would tell where the office works.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from family_case.i18n import N_
from ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPagedPaintDevice

    from family_case.i18n import Translator
    from family_case.services.recovery import Sheet

ROW: Final = 4  # groups in one line
_POINTS: Final = 72.0
_MARGIN, _WIDTH = 42.0, 440.0  # in points, inside what printers can reach
_BODY, _HEAD, _KEY, _SMALL = 11, 18, 24, 8
_PARAGRAPHS: Final = (
    N_("Keep this sheet away from the computer, where nobody finds it who should not read what is on it."),
    N_("When the passphrase is lost: start the program, choose “Open with the recovery key”, and type the groups."),
    N_("Spaces, dashes and small letters make no difference; O reads as 0, I and L read as 1."),
    N_("Afterwards set a new passphrase. A newer sheet makes this one useless: then destroy it."),
)


def title(tr: Translator) -> str:
    """What stands above the key."""
    return tr.text(N_("Recovery key"))


def draw(device: QPagedPaintDevice, sheet: Sheet, tr: Translator) -> None:
    """Draw the sheet on one page."""
    painter = QPainter(device)
    scale = device.logicalDpiX() / _POINTS
    painter.scale(scale, scale)
    y = _line(painter, _MARGIN, title(tr), _HEAD, bold=True)
    y = _line(painter, y + 4, tr.text(N_("No. {mark} · {day}"), mark=sheet.mark, day=sheet.day), _BODY)
    y = _key(painter, y + 24, sheet.groups) + 24
    for paragraph in _PARAGRAPHS:
        y = _line(painter, y + 6, tr.text(paragraph), _BODY)
    painter.end()


def _key(painter: QPainter, y: float, groups: tuple[str, ...]) -> float:
    """The groups in two lines, each with its number above it."""
    wide = _WIDTH / ROW
    for at, group in enumerate(groups):
        x, top = _MARGIN + wide * (at % ROW), y + (_KEY + 36) * (at // ROW)
        _write(painter, QRectF(x, top, wide, 14), str(at + 1), _SMALL)
        _write(painter, QRectF(x, top + 13, wide, _KEY + 12), group, _KEY, bold=True)
    return y + (_KEY + 36) * -(-len(groups) // ROW)


def _line(painter: QPainter, y: float, words: str, size: int, *, bold: bool = False) -> float:
    return _write(painter, QRectF(_MARGIN, y, _WIDTH, 400), words, size, bold=bold)


def _write(painter: QPainter, room: QRectF, words: str, size: int, *, bold: bool = False) -> float:
    """Write and give where it ends below."""
    font = QFont(theme.FACE)
    font.setPixelSize(size)  # the painter counts in points here
    font.setBold(bold)
    painter.setFont(font)
    how = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
    painter.drawText(room, how, words)
    return painter.boundingRect(room, how, words).bottom()
