"""The type a paper brings with it."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.pdfmetrics import getFont, stringWidth

from family_case.paths import resources
from family_case.reports import fonts

CUTS = [fonts.PLAIN, fonts.BOLD, fonts.ITALIC, fonts.BOLD_ITALIC]
LETTERS = "ґєіїҐЄІЇёЁъыэщ№₽₴«»“”„’ʼ–—…\u00a0" + "әғқңөұүһі"  # Ukrainian, Russian, Kazakh; signs in names and money


def test_every_cut_shows_the_letters_of_the_field() -> None:
    assert fonts.known_letters().issuperset(map(ord, LETTERS))


@pytest.mark.parametrize("cut", CUTS)
def test_figures_stand_under_each_other(cut: str) -> None:
    fonts.known_letters()
    assert getFont(cut) is not None
    assert len({stringWidth(figure, cut, 10) for figure in "0123456789"}) == 1


def test_the_licence_lies_beside_the_type() -> None:
    licence = (resources() / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Copyright 2015 Google" in licence
