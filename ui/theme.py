"""The window's look: two palettes of our own over Fusion, four text sizes, one typeface, one style sheet.

Red is for "overdue" and "danger" only, amber for "nearing"; neither stands without a word and a shape. The style sheet
is `resources/style.qss`; colours and sizes are put into it here and nowhere else.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from string import Template
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from family_case.paths import resources

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

STEP: Final = 8  # pixels of the grid; half of it inside controls
SIZES: Final = {"small": 12, "body": 14, "large": 18, "title": 24}  # pixels at 100 %
FACE: Final = "Noto Sans"

_FACES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf", "NotoSans-BoldItalic.ttf")


@dataclass(frozen=True, slots=True)
class Colours:
    """One palette; each text colour stands on `window` and `base` (`on_accent` on `accent`) at 4.5 : 1 or better."""

    window: str
    base: str
    text: str
    muted: str
    line: str
    edge: str  # of a field: 3 : 1 against what it stands on
    hover: str
    selected: str
    accent: str
    on_accent: str
    danger: str
    amber: str


LIGHT: Final = Colours(
    window="#f6f5f1",
    base="#ffffff",
    text="#20262b",
    muted="#5a636b",
    line="#dcd9d1",
    edge="#858c92",
    hover="#eae8e1",
    selected="#d3e7e5",
    accent="#19655f",
    on_accent="#ffffff",
    danger="#ae1f1a",
    amber="#7d4e00",
)
DARK: Final = Colours(
    window="#1c2024",
    base="#252a2f",
    text="#e8e6e1",
    muted="#a9b1b8",
    line="#3b4248",
    edge="#7b848c",
    hover="#2e343a",
    selected="#24494a",
    accent="#74c9c1",
    on_accent="#0d2624",
    danger="#ff938a",
    amber="#f0b950",
)


def colours(theme: str, app: QApplication) -> Colours:
    """The palette of `theme` ('light', 'dark', or 'system' for what the desktop asks for)."""
    if theme == "system":
        scheme = app.styleHints().colorScheme()
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    return DARK if theme == "dark" else LIGHT


_TYPE_LOADED: Final = "family-case type loaded"


def wear(app: QApplication, chosen: Colours, percent: int) -> None:
    """Give the whole application this palette, with texts at `percent` of their size."""
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    if not app.property(
        _TYPE_LOADED
    ):  # asking for all families of the system takes as long as a third of a bare window
        load_faces()
        app.setProperty(_TYPE_LOADED, True)
    sheet = style_sheet(chosen, percent)
    if app.styleSheet() != sheet:  # every widget looks itself up in the sheet again: not for nothing
        app.setPalette(_palette(chosen))
        app.setFont(face("body", percent))
        app.setStyleSheet(sheet)


def load_faces() -> None:
    """Make the bundled typeface known to Qt; without it a bare machine shows boxes."""
    for name in _FACES:
        QFontDatabase.addApplicationFont(str(resources() / "fonts" / name))


def face(size: str = "body", percent: int = 100) -> QFont:
    """The typeface in one of the four sizes, with figures of equal width."""
    font = QFont(FACE)
    font.setPixelSize(pixels(size, percent))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def pixels(size: str, percent: int) -> int:
    """Height of a text size in pixels at `percent`."""
    return round(SIZES[size] * percent / 100)


def style_sheet(chosen: Colours, percent: int) -> str:
    """`resources/style.qss` with colours and sizes put in."""
    text = (resources() / "style.qss").read_text(encoding="utf-8")
    sizes = {name: f"{pixels(name, percent)}px" for name in SIZES}
    icons = resources() / "icons"
    arrow = (icons / "field-arrow.svg").as_posix()
    tick = (icons / ("field-tick-dark.svg" if chosen is DARK else "field-tick-light.svg")).as_posix()
    return Template(text).substitute(asdict(chosen), chevron=arrow, tick=tick, **sizes)


def _palette(chosen: Colours) -> QPalette:
    role = QPalette.ColorRole
    table = {
        role.Window: chosen.window,
        role.Base: chosen.base,
        role.AlternateBase: chosen.window,
        role.Button: chosen.base,
        role.WindowText: chosen.text,
        role.Text: chosen.text,
        role.ButtonText: chosen.text,
        role.ToolTipBase: chosen.base,
        role.ToolTipText: chosen.text,
        role.PlaceholderText: chosen.muted,
        role.Highlight: chosen.accent,
        role.HighlightedText: chosen.on_accent,
        role.Link: chosen.accent,
        role.LinkVisited: chosen.accent,
        role.Accent: chosen.accent,
        role.Light: chosen.hover,
        role.Midlight: chosen.line,
        role.Mid: chosen.line,
        role.Dark: chosen.edge,
        role.Shadow: chosen.line,
    }
    palette = QPalette()
    for name, value in table.items():
        palette.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(chosen.muted))
    return palette
