"""How safe the vault stands: what a seizure today would reveal, and the promises, word for word as in SECURITY.md."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QStackedWidget

from family_case.i18n import N_
from family_case.model.date_words import day_words
from family_case.model.threats import NOT_PROMISED, OPENING, PROMISED, SECTIONS
from family_case.services import accepting, seizure
from family_case.services.seizure_words import State, told
from ui.idle import AT_DESK
from ui.pages import Page
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.entry_form import scrolled
from ui.widgets.icons import picture
from ui.widgets.read_only import only_where_written
from ui.widgets.scale import scaled
from ui.widgets.text import button, clear, column, holding, line, row, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

    from family_case.errors import Problem
    from family_case.model.changes import Reason
    from family_case.model.threats import Section, Threat
    from family_case.services.seizure import Facts, Seen
    from family_case.services.seizure_words import Line, Words
    from family_case.services.session import Session
    from ui.pages import Context

    Past = list[tuple[str, Reason]]
    Asked = tuple[Facts, Past]

_WIDTH: Final = 96 * STEP
_WITNESS: Final = {
    True: N_("Keep no note of it"),
    False: N_("Keep a note again"),
}
_ICONS: Final = {State.FINE: "check", State.MIND: "info", State.UNKNOWN: "circle-help"}


class SafetyPage(Page):
    """Two parts: what would be revealed today, and against whom the program stands."""

    tables = frozenset({"copy", "disclosure"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        tr = context.tr
        self._lines = column([text(tr.text(N_("Looking at disks and folders…")), tone="muted")], space=2 * STEP)
        promises = column([part for each in SECTIONS for part in self._section(each)], space=STEP)
        self.stack = QStackedWidget()
        self.areas: list[QScrollArea] = []
        self.witness: QPushButton | None = None
        self.choices = QButtonGroup(self)
        heads = (N_("What a seizure today would reveal"), N_("What is promised, and what is not"))
        for about, below, words in zip((_ABOUT, OPENING), (self._lines, promises), map(tr.text, heads), strict=True):
            self._add_part(words, tr.text(about), below)
        self.choices.idClicked.connect(self.stack.setCurrentIndex)
        self.choices.button(0).setChecked(True)
        head = text(tr.text(N_("Safety")), size="title", bold=True)
        chosen = row([*self.choices.buttons(), None])
        self.setLayout(column([head, chosen, self.stack], space=2 * STEP, margin=2 * STEP))

    @property
    def title(self) -> str:
        """Title for the top line."""
        return self.context.tr.text(N_("Safety"))

    def go(self, place: str) -> None:
        """Look anew each time it is shown: a stick may have been put in, a door made."""
        del place
        self.reload()

    def reload(self) -> None:
        """Ask the vault, then look at the disks beside its thread: a stick may be slow."""
        self.context.jobs.read(_asked, self._look, self._failed, key="safety page")

    def focus_first(self) -> None:
        """Onto the part that is shown: arrows read on."""
        self.areas[self.stack.currentIndex()].setFocus()

    def panes(self) -> list[QWidget]:
        """Which part, and what is read in it."""
        shown = self.stack.currentIndex()
        return [self.choices.buttons()[shown], self.areas[shown]]

    def _look(self, asked: Asked) -> None:
        self.context.jobs.compute(partial(seizure.look, asked[0]), partial(self._show, *asked), self._failed)

    def _show(self, known: Facts, past: Past, seen: Seen) -> None:
        had_focus = self.witness is not None and self.witness.hasFocus()
        clear(self._lines)
        cards = [self._card(each, known) for each in told(known, seen, idle_minutes=int(AT_DESK.lock) // 60)]
        for card in (*cards, *self._past(past)):
            self._lines.addWidget(card)
            card.show()
        if had_focus and self.witness is not None:
            self.witness.setFocus()

    def _past(self, past: Past) -> Iterator[QWidget]:
        """What someone went on with although it was not as it was left; nothing where nobody did."""
        tr = self.context.tr
        if past:
            yield text(tr.text(_PAST), size="large", bold=True)
            yield text(tr.text(_PAST_WHY), tone="muted")
        for on, reason in past:
            yield text(f"{day_words(date.fromisoformat(on), tr)} · {tr.text(reason.label)}")

    def _switch(self, *, kept: bool) -> QPushButton:
        """The button that ends or begins the keeping of a witness."""
        wish = partial(accepting.set_witness, kept=not kept)
        made = button(self.context.tr.text(_WITNESS[kept]), lambda: self.context.jobs.write(wish), kind="quiet")
        only_where_written(self.context, made)
        return made

    def _failed(self, problem: Problem) -> None:
        clear(self._lines)
        self._lines.addWidget(text(sentence(problem, self.context.tr), tone="danger"))

    def _card(self, each: Line, known: Facts) -> QWidget:
        """One line: its sign, what is so, single cases of it, why it matters, and what to do."""
        colours, calm = self.context.colours, each.state is State.FINE
        sign = text("")
        size = scaled(20)
        sign.setPixmap(picture(_ICONS[each.state], colours.muted if calm else colours.accent, size))
        sign.setFixedWidth(size)
        sign.setAccessibleName(self.context.tr.text(_STATES[each.state]))
        parts: list[QWidget] = [self._said(each.what, bold=not calm)]
        parts += [self._said(words, size="small") for words in each.single]
        parts += [self._said(words, tone=tone) for words, tone in ((each.why, "muted"), (each.do, "")) if words[0]]
        if each.name == "witness":
            self.witness = self._switch(kept=bool(known.witness))
            parts.append(holding(row([self.witness, None])))
        beside = row([column([sign, None]), column([*parts], space=STEP // 2)], space=STEP)
        beside.setStretch(1, 1)
        return holding(beside)

    def _said(self, words: Words, *, size: str = "body", tone: str = "", bold: bool = False) -> QLabel:
        message, values = words
        return text(self.context.tr.text(message, **values), size=size, tone=tone, bold=bold)

    def _section(self, section: Section) -> Iterator[QWidget]:
        tr = self.context.tr
        yield text(tr.text(section.heading), size="large", bold=True)
        for each in section.threats:
            yield self._threat(each)
        for words in (*section.paragraphs, *section.points):
            yield text(shown(tr.text(words)))

    def _threat(self, each: Threat) -> QWidget:
        """Who, and below it the promise and what is not promised; a table would be too wide for large text."""
        tr = self.context.tr
        parts = [text(tr.text(each.who), bold=True), text(f"{tr.text(PROMISED)}: {shown(tr.text(each.promised))}")]
        if each.not_promised:
            words = f"{tr.text(NOT_PROMISED)}: {shown(tr.text(each.not_promised))}"
            parts.append(text(words, tone="muted"))
        return holding(column([*parts, line()], space=STEP // 2))

    def _add_part(self, words: str, about: str, below: QVBoxLayout) -> None:
        """One part: what it is, a button that shows it, and its text, which scrolls by arrows."""
        inner = holding(column([text(about, tone="muted"), below, None], space=2 * STEP))
        inner.setMaximumWidth(scaled(_WIDTH))
        area = scrolled(inner)
        area.setAccessibleName(words)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        shows = button(words, self.focus_first, kind="part")
        shows.setCheckable(True)
        self.areas.append(area)
        self.choices.addButton(shows, self.stack.addWidget(area))


_PAST: Final = N_("When the vault was accepted although it was not as it was left")
_PAST_WHY: Final = N_("The journal keeps these days. If nobody of you did this, someone else opened the vault.")
_ABOUT: Final = N_("Computed now, from this computer as it is. “Cannot be told” means just that. It is kept nowhere.")
_STATES: Final = {
    State.FINE: N_("as it should be"),
    State.MIND: N_("worth a thought"),
    State.UNKNOWN: N_("not known here"),
}


def _asked(session: Session) -> Asked:
    return seizure.facts(session), accepting.accepted(session)


def shown(words: str) -> str:
    """`words` of SECURITY.md without the marks around names of files and commands."""
    return words.replace("`", "")
