"""What the rules say of a case, beside its timeline: what they ask, reports, statements about groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from family_case.i18n import N_
from family_case.model.rule_words import Telling, Weight, group_words, report_words, sentences
from ui.theme import STEP
from ui.widgets.entry_words import capital, roles
from ui.widgets.state_label import StateLabel
from ui.widgets.states import Look
from ui.widgets.text import column, text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout, QWidget

    from family_case.i18n import Translator
    from family_case.model.views import CasePage
    from ui.theme import Colours

_INDENT: Final = 9  # pixels before the words, as of the other sections
_ICONS: Final = {Weight.NOW: "octagon-alert", Weight.SOON: "triangle-alert", Weight.CALM: "info"}


def rule_sections(page: CasePage, tr: Translator, colours: Colours) -> list[QLayout]:
    """Sections of labels: what the rules ask, then reports since the last proof, then statements about groups."""
    to = Telling(tr, page.as_of, roles(page.people, tr))
    asked = [_state(each.words, each.weight, colours) for each in sentences(page.rules, to)]
    reports = [_words(capital(report_words(each, to))) for each in page.rules.fate.reports]
    groups = [_words(group_words(each, to)) for each in page.rules.groups]
    parts = (
        (N_("To heed"), asked),
        (N_("Reports since the last proof; none tells his fate for certain"), reports),
        (N_("Statements about a group"), groups),
    )
    return [_section(tr.text(name), made) for name, made in parts if made]


def _section(name: str, made: list[QWidget]) -> QLayout:
    head = text(name, size="small", tone="muted", bold=True)
    whole = column([head, *made], space=STEP)
    whole.setContentsMargins(_INDENT, 0, 0, 0)
    return whole


def _state(words: str, weight: Weight, colours: Colours) -> QWidget:
    return StateLabel(colours, Look(words, _ICONS[weight], weight.value), size="small")


def _words(words: str) -> QWidget:
    return text(words, size="small")
