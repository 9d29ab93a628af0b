"""The head of a case: alias first, name on hold, the silence that explains itself, last proof of life, next due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from family_case.i18n import N_
from family_case.model.date_words import date_words
from family_case.model.kinds import SignOfLife
from family_case.model.person import RoleKind
from family_case.model.rule_words import ago_words
from family_case.services.sentences import last_word_item, silence_sentence
from ui.theme import STEP
from ui.widgets.entry_words import roles
from ui.widgets.flow import Flow
from ui.widgets.icons import icon
from ui.widgets.reveal import Reveal
from ui.widgets.scale import scaled
from ui.widgets.state_label import StateLabel
from ui.widgets.states import Look, iso_words, late, silence_look
from ui.widgets.text import Part, button, column, holding, put_alone, put_icon, row, text

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from family_case.model.views import CasePage, CaseRow
    from ui.theme import Colours
    from ui.widgets.case_reading import CaseView


_LARGE: Final = 130  # per cent of text size
# One part in so many of the page is what the whole head may take: beside a form, and otherwise. Else it is one line.
_SHARE_WITH_FORM, _SHARE = 5, 4


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the head's buttons lead."""

    report: Callable[[], object]
    history: Callable[[], object]
    more: Callable[[], object]  # what else can be done with the case


class CaseHeader(QWidget):
    """Built anew each time the case was read; `turn` folds or unfolds it."""

    def __init__(
        self, view: CaseView, tr: Translator, colours: Colours, doors: Doors, turn: Callable[[], object]
    ) -> None:
        super().__init__()
        self._tr, self._colours = tr, colours
        page = view.page
        look = StateLabel(colours, silence_look(page.silence, tr), bold=True)
        look.words.setWordWrap(False)
        self._turn = button("", turn, kind="quiet")
        self._turn.hide()
        said: list[Part] = [self._called(page), *self._reveal(page), STEP, look]
        self._top = row([*said, None, *self._buttons(doors), self._turn], space=STEP)
        self._top.setAlignment(look, Qt.AlignmentFlag.AlignVCenter)
        sentence = text(silence_sentence(page.silence, last_word_item(page.timeline), tr, page.people))
        facts = QWidget()
        facts.setLayout(Flow(self._facts(page, view.row), space=3 * STEP))
        self._rest = holding(column([sentence, facts], space=STEP))
        self.setLayout(column([self._top, self._rest], space=STEP))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def full_height(self, width: int) -> int:
        """Pixels the whole head takes at this width, folded or not."""
        rest = self._rest.layout()
        return self._top.sizeHint().height() + STEP + (rest.heightForWidth(width) if rest is not None else 0)

    def fold(self, *, may: bool, folded: bool) -> None:
        """One line when `folded`; where it `may` be folded, a button turns it."""
        tr, drawing = self._tr, "chevron-right" if folded else "chevron-down"
        words = tr.text(N_("Show the whole head") if folded else N_("Show one line of the head"))
        self._rest.setVisible(not folded)
        self._turn.setVisible(may)
        put_icon(self._turn, icon(drawing, self._colours.muted, 18), 18)
        self._turn.setAccessibleName(words)
        self._turn.setToolTip(words)

    def _called(self, page: CasePage) -> QWidget:
        """Code and alias."""
        code = text(page.case.code, size="title", tone="muted")
        alias = text(page.case.alias, size="title", bold=True)
        for label in (code, alias):
            label.setWordWrap(False)
        made = QWidget()
        made.setLayout(row([code, alias], space=STEP + STEP // 2))
        return made

    def _reveal(self, page: CasePage) -> list[QWidget]:
        sought = next((card for card in page.people if card.role.kind is RoleKind.SOUGHT), None)
        if sought is None or not sought.name:
            return []
        names = " / ".join(name.entered for name in sought.names)
        how = self._tr.text(N_("hold to see the name"))
        large = scaled(100) > _LARGE  # then the eye alone: the silence beside it must not be cut
        made = Reveal("" if large else self._tr.text(N_("hold: name")), names, how)
        made.setAccessibleName(how)
        put_icon(made, icon("eye", self._colours.muted, 18), 18)
        return [made]

    def _buttons(self, doors: Doors) -> list[QWidget]:
        tr, colour = self._tr, self._colours.text
        self.more = button("…", doors.more, kind="quiet")
        self.more.setAccessibleName(tr.text(N_("More about the case")))
        self.more.setToolTip(self.more.accessibleName())
        return [
            button(tr.text(N_("Paper")), doors.report, icon=icon("printer", colour)),
            button(tr.text(N_("History")), doors.history, kind="quiet", icon=icon("history", colour)),
            self.more,
        ]

    def _facts(self, page: CasePage, line: CaseRow | None) -> list[QWidget]:
        tr = self._tr
        place = page.held_at.name if page.held_at else tr.text(N_("not known"))
        return [
            self._fact(tr.text(N_("Last proof that he is alive")), Look(self._proof(page), "", "")),
            self._fact(tr.text(N_("Last known place of detention")), Look(place, "", "")),
            self._fact(tr.text(N_("Last talk with the family")), Look(iso_words(page.last_talk, tr), "", "")),
            self._fact(tr.text(N_("Next due")), self._due(page, line)),
        ]

    def _fact(self, name: str, look: Look) -> QWidget:
        made = QWidget()
        words = StateLabel(self._colours, look) if look.icon else text(look.words)
        (words.words if isinstance(words, StateLabel) else words).setWordWrap(False)
        label = text(name, size="small", tone="muted")
        label.setWordWrap(False)
        made.setLayout(column([label, words, None], space=0))
        return made

    def _proof(self, page: CasePage) -> str:
        proof = page.last_proof
        if proof is None or proof.entry is None:
            return self._tr.text(N_("none recorded"))
        when = date_words(proof.entry.happened, self._tr) if proof.entry.happened else ""
        named = roles(page.people, self._tr)
        who = next((named.get(person, "") for _part, person, _name in proof.people if person in named), "")
        sign = proof.detail.sign_class.label if isinstance(proof.detail, SignOfLife) else N_("a checked statement")
        parts = (self._tr.text(sign), who, when, ago_words(page.rules.fate, self._tr))
        return ", ".join(part for part in parts if part)

    def _due(self, page: CasePage, line: CaseRow | None) -> Look:
        tr = self._tr
        waiting = due_days(page, line)
        if not waiting:
            return Look(tr.text(N_("nothing")), "")
        iso, words = min(waiting)
        said = tr.text(words, date=iso_words(iso, tr))
        over = (page.as_of - date.fromisoformat(iso)).days
        return Look(f"{said}, {late(over, tr)}", "octagon-alert", "danger") if over > 0 else Look(said, "clock", "")


class CaseHead(QWidget):
    """The room of the head on its page; it is one line where the whole would take more than its share of the page."""

    def __init__(self, tr: Translator, colours: Colours, doors: Doors) -> None:
        super().__init__()
        self._tr, self._colours, self._doors = tr, colours, doors
        self._header: CaseHeader | None = None
        self._unfolded = False  # by wish
        self._beside_form = False
        self._page_height = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, STEP)

    def show_case(self, view: CaseView) -> None:
        """Show the head of this case."""
        self._header = CaseHeader(view, self._tr, self._colours, self._doors, self._turn)
        put_alone(self._room, self._header)
        self._fold()

    def fit(self, page_height: int) -> None:
        """Fit into a page of this height, in pixels."""
        self._page_height = page_height
        self._fold()

    def fold_again(self) -> None:
        """Forget that the whole head was wanted."""
        self._unfolded = False
        self._fold()

    def make_room(self, *, for_form: bool) -> None:
        """Take less of the page while a form is filled in beside the timeline; a form that opens folds the head."""
        self._beside_form = for_form
        self._unfolded = self._unfolded and not for_form
        self._fold()

    def more(self) -> QWidget | None:
        """The button that opens the menu of the case."""
        return self._header.more if self._header is not None else None

    def _turn(self) -> None:
        self._unfolded = not self._unfolded
        self._fold()

    def _fold(self) -> None:
        if self._header is not None:
            share = _SHARE_WITH_FORM if self._beside_form else _SHARE
            may = self._header.full_height(self.width() - 4 * STEP) * share > self._page_height
            self._header.fold(may=may, folded=may and not self._unfolded)


def due_days(page: CasePage, line: CaseRow | None) -> list[tuple[str, str]]:
    """What is due in a case: ISO day and words for it."""
    review = page.case.next_review
    found = [
        (line.call_back if line else None, N_("call back {date}")),
        (line.first_due if line else None, N_("promise {date}")),
        (review.latest.isoformat() if review and review.latest else None, N_("review {date}")),
    ]
    return [(iso[:10], words) for iso, words in found if iso]
