"""One set of icons (resources/icons), drawn in a colour of the palette."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QIcon, QImageReader, QPixmap

from family_case.paths import resources

_SCALES = (1, 2)


@cache
def icon(name: str, colour: str, size: int = 20) -> QIcon:
    """The icon `name` in `colour` ('#rrggbb'), `size` pixels wide, sharp on double-density screens too."""
    made = QIcon()
    for scale in _SCALES:
        made.addPixmap(_drawn(name, colour, size * scale, scale))
    return made


def picture(name: str, colour: str, size: int = 20) -> QPixmap:
    """The icon `name` as a picture for a label."""
    return _drawn(name, colour, size * _SCALES[-1], _SCALES[-1])


def _drawn(name: str, colour: str, pixels: int, scale: int) -> QPixmap:
    """Draw through Qt's image plugin, which spares the import of QtSvg (75 ms)."""
    source = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    buffer = QBuffer()
    buffer.setData(QByteArray(source.encode()))
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(pixels, pixels))
    drawn = QPixmap.fromImage(reader.read())
    drawn.setDevicePixelRatio(scale)
    return drawn
