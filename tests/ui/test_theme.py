"""The look: readable in both palettes, one typeface with the letters needed, figures that stand below each other."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QFontMetrics, QRawFont

from family_case.paths import resources
from family_case.settings import TEXT_PERCENTS
from ui import theme
from ui.theme import DARK, LIGHT, Colours
from ui.widgets.icons import icon
from ui.widgets.text import text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QLabel
    from pytestqt.qtbot import QtBot

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def contrast(one: str, other: str) -> float:
    """Contrast of two colours from 1 to 21, by WCAG 2.2 (relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_what_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # the known grey that just fails


@BOTH
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "danger", "amber"])
@pytest.mark.parametrize("paper", ["window", "base", "hover", "selected"])
def test_every_text_colour_reads_on_every_ground(colours: Colours, ink: str, paper: str) -> None:
    values = asdict(colours)
    assert contrast(values[ink], values[paper]) >= 4.5


@BOTH
def test_buttons_and_fields_can_be_seen(colours: Colours) -> None:
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.window, colours.text) >= 4.5  # the toast
    assert min(contrast(colours.edge, ground) for ground in (colours.base, colours.window)) >= 3
    assert contrast("#7f878e", colours.base) >= 3  # the arrow of a choice


@BOTH
@pytest.mark.parametrize("percent", TEXT_PERCENTS)
def test_the_style_sheet_is_filled_in_and_understood(qapp: QApplication, colours: Colours, percent: int) -> None:
    sheet = theme.style_sheet(colours, percent)
    assert "$" not in sheet
    sizes = {int(found) for found in re.findall(r"font-size: (\d+)px", sheet)}
    assert sizes == {theme.pixels(name, percent) for name in theme.SIZES}
    theme.wear(qapp, colours, percent)  # a warning of Qt about the sheet would fail this test
    assert qapp.font().pixelSize() == theme.pixels("body", percent)


def test_no_colour_stands_anywhere_but_in_the_palettes() -> None:
    sheet = (resources() / "style.qss").read_text("utf-8")
    assert not re.findall(r":[^;]*#[0-9a-fA-F]{3,8}\b", sheet)


def test_the_bundled_typeface_is_used_and_has_the_letters_and_even_figures(qtbot: QtBot) -> None:
    raw = QRawFont.fromFont(theme.face())
    assert raw.familyName() == theme.FACE
    letters = "ЁёЪъЫыЭэ ІіЇїЄєҐґ №…—“”«»▲✓0123456789"
    missing = [letter for letter in letters if letter not in " ▲✓" and not raw.supportsCharacter(ord(letter))]
    assert missing == []
    metrics = QFontMetrics(theme.face())
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_a_label_takes_its_size_and_tone_from_the_sheet(qtbot: QtBot) -> None:
    label: QLabel = text("Рябина", size="title", tone="danger")
    qtbot.addWidget(label)
    label.show()
    label.ensurePolished()
    assert label.font().pixelSize() == 24
    assert label.palette().windowText().color().name() == LIGHT.danger


def test_every_icon_can_be_drawn_in_the_colour_asked_for(qtbot: QtBot) -> None:
    for file in (resources() / "icons").glob("*.svg"):
        drawn = icon(file.stem, DARK.accent, 24).pixmap(24, 24).toImage()
        pixels = [drawn.pixelColor(x, y) for x in range(24) for y in range(24)]
        darkest = max(pixels, key=lambda pixel: pixel.alpha())
        assert darkest.alpha() > 100, file.stem
        fixed = {"field-arrow": "#7f878e", "field-tick-light": LIGHT.on_accent, "field-tick-dark": DARK.on_accent}
        wanted = QColor(fixed.get(file.stem, DARK.accent))
        assert abs(darkest.hue() - wanted.hue()) <= 4, file.stem
