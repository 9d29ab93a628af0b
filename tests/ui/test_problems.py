"""What went wrong, what was kept, what to do next; never what was being handled."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from family_case.errors import Damaged, Refused, Unavailable
from ui.problems import Mistake, explain, install_hook, told
from ui.widgets.problem_box import show

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from family_case.errors import Problem
    from family_case.i18n import Translator


@pytest.mark.parametrize("kind", [Refused, Unavailable, Damaged, Mistake])
def test_every_kind_says_three_things(tr: Translator, kind: type[Problem]) -> None:
    title, what, rest = told(kind("No space for {what}.", what="K-001.pdf"), tr)
    assert what == "No space for K-001.pdf."
    assert title
    assert len(rest.splitlines()) == 2


def test_the_box_does_not_hold_the_window_up(qtbot: QtBot, tr: Translator) -> None:
    box = show(Refused("There is no case “{ref}”.", ref="<b>K-999</b>"), None, tr)
    qtbot.addWidget(box)
    assert box.isVisible()
    assert "<b>K-999</b>" in box.informativeText()  # as text, not as markup


def test_an_uncaught_error_prints_no_value(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    heard: list[Problem] = []
    install_hook(heard.append)
    secret = "Анна Петрова"
    known: dict[str, str] = {}
    with pytest.raises(KeyError) as caught:
        known.pop(secret)
    sys.excepthook(KeyError, caught.value, caught.tb)
    printed = capsys.readouterr()
    assert "KeyError" in printed.err
    assert secret not in printed.err + printed.out
    assert secret not in str(heard[0].values)


def test_the_place_of_a_mistake_is_a_line_of_ours(tr: Translator) -> None:
    with pytest.raises(KeyError) as caught:
        told(Refused("a text with {a} brace nobody fills", other=1), tr)
    assert explain(caught.value).values["place"] == "family_case/i18n.py:" + str(caught.traceback[-1].lineno + 1)
