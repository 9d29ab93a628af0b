"""A person, source, place, body, cohort, number or entry that is in no case: what it is, and the ways on from it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from family_case.i18n import N_
from family_case.model.case import Case
from family_case.model.records import BY_TABLE
from family_case.model.views import PersonCard
from family_case.services import about, casework, editing
from family_case.services.forms import FORMS
from family_case.services.offered import Offered, offered
from ui.pages import Page
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.case_reading import called
from ui.widgets.case_sources import beyond_sources
from ui.widgets.details import DetailsPanel
from ui.widgets.details_reading import DetailsDoors
from ui.widgets.erase_dialog import Erasure, gone_words
from ui.widgets.flow import Flow
from ui.widgets.form_fields import Sources
from ui.widgets.form_panel import Wanted, known_of
from ui.widgets.panels import Panels
from ui.widgets.person_field import Option
from ui.widgets.read_only import only_where_written
from ui.widgets.tab_order import pane
from ui.widgets.text import button, clear, column, holding, line, put_alone, row, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from family_case.errors import Problem
    from family_case.model.changes import Changes
    from family_case.services.session import Session
    from ui.pages import Context

_CASES = 300  # offered to choose from; another one is typed by its code


@dataclass(frozen=True, slots=True)
class Outside:
    """A record in no case: its noun, the card of a person, what can be chosen; `inside` once it is in a case (its id).

    `named`: cases that name it, `cases`: what a role can be given in; both by id, with code and alias.
    """

    noun: str
    inside: str = ""
    card: PersonCard | None = None
    named: tuple[Case, ...] = ()
    cases: tuple[Case, ...] = ()
    offered: Offered = field(default_factory=Offered)


def read_outside(ref: str, session: Session) -> Outside:
    """Read what is known of the record of this id; Refused when there is none."""
    record = casework.record(session, ref)
    inside = casework.case_of_record(session, record)
    if inside:
        return Outside(editing.noun_of(session, ref), inside)
    card, named = about.in_no_case(session, record), about.about(session, record).cases
    listed = [row.code for row in casework.cases(session, limit=_CASES)] if card else []
    return Outside(
        editing.noun_of(session, ref), "", card, _cases(session, named), _cases(session, listed), offered(session)
    )


def _cases(session: Session, codes: tuple[str, ...] | list[str]) -> tuple[Case, ...]:
    return tuple(case for code in codes if isinstance(case := casework.record(session, code), Case))


class RecordPage(Page):
    """The page of one record that is in no case; `place` is its id."""

    tables = frozenset(BY_TABLE)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._record_id = ""
        self._found: Outside | None = None
        self._details: DetailsPanel | None = None
        tr = context.tr
        self._title = text("", size="title", bold=True)
        self._said = text(tr.text(N_("This is in no case. It is found by the search, and can be linked from a case.")))
        self._trouble = text("", tone="danger")
        self._trouble.hide()
        self._ways = QVBoxLayout()
        top = column([self._title, self._said, self._ways, self._trouble], space=STEP)
        top.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, STEP)
        self._room = QVBoxLayout()
        self._room.setContentsMargins(0, 0, 0, 0)
        self._main = QWidget()
        self._main.setAccessibleName(tr.text(N_("Details")))
        whole = column([top, line(), self._room], space=0)
        whole.setStretch(2, 1)
        self._main.setLayout(whole)
        self._beside = Panels(context, self._main)
        self._beside.saved.connect(partial(self._wrote, N_("Saved: {what}")))
        self._beside.taken.connect(partial(self._wrote, N_("Taken away: {what}")))
        self._beside.joined.connect(context.frame.wrote)
        self._beside.erased.connect(self._erased)
        self.setLayout(row([self._beside], space=0))

    @property
    def title(self) -> str:
        """What it is, and that it is in no case; never a name."""
        noun = self.context.tr.text(FORMS[self._found.noun].label) if self._found else ""
        return self.context.tr.text(N_("{what}, in no case"), what=noun) if noun else ""

    @property
    def place(self) -> str:
        """Id of the record."""
        return self._record_id

    def go(self, place: str) -> None:
        """Show this record."""
        if place:
            self._record_id = place
            self._beside.take_away()
            self.reload()

    def reload(self) -> None:
        """Read it again; one that came into a case meanwhile is shown there."""
        if self._record_id:
            job = partial(read_outside, self._record_id)
            self.context.jobs.read(job, self._show, self._failed, key="record page")

    def focus_first(self) -> None:
        """Go through the record; before it is read, wait for it here."""
        (self._details or self).setFocus()

    def panes(self) -> list[QWidget]:
        """The record, and the form where one is open."""
        beside = self._beside.panel()
        return [pane(self._main), *([pane(beside)] if beside is not None else [])]

    def last_words(self) -> list[Callable[[Session], object]]:
        """The draft of the form that is open."""
        return self._beside.last_words()

    def writing(self) -> dict[str, str] | None:
        """The form that is open."""
        return self._beside.writing()

    def resume(self, form: dict[str, str]) -> None:
        """Open it again."""
        self._put(form["noun"], self._sources(), known_of(form), record_id=form["record"], about=form["about"])

    def give_role(self) -> None:
        """Open the form that gives this person a role in a case."""
        if self._found is not None and self._found.card is not None:
            cases = [Option(case.id, called(case.code, case.alias, self.context.tr)) for case in self._found.cases]
            self._put("role", Sources(self._person(), {"case": cases}), {"person": self._record_id})

    def _show(self, found: Outside) -> None:
        if found.inside:  # once the frame has shown this page, if it is about to
            QTimer.singleShot(0, self, partial(self.context.frame.go, "case", found.inside))
            return
        self._found = found
        self._trouble.hide()
        self._title.setText(self.title)
        self._show_ways(found)
        panel = DetailsPanel(self.context, self._doors(), self._record_id, {}, card=found.card)
        panel.closed.connect(partial(self.context.frame.go, "cases"))
        put_alone(self._room, panel)
        self._details = panel
        if self.hasFocus():  # just come here: the keys that move a page go through the record
            panel.setFocus()
        if self.isVisible():
            self.window().setWindowTitle(self.title)

    def _doors(self) -> DetailsDoors:
        return DetailsDoors(
            change=lambda record, noun: self._put(noun, self._sources(), record_id=record),
            add=lambda noun, values: self._put(noun, self._sources(), values),
            erase=self._ask_erase,
            erase_older=partial(self._ask_erase, older=True),
            show=partial(self.context.frame.go, "record"),
            log_about=lambda record, noun: self._put(noun, self._sources(), about=record),
            held=self._beside.show_held,
            joined=self._beside.tell_joined,
        )

    def _show_ways(self, found: Outside) -> None:
        """To the cases that name it; for a person, into one of them."""
        tr, frame = self.context.tr, self.context.frame
        parts: list[QWidget] = []
        if found.card is not None:
            parts.append(button(tr.text(N_("Give a role in a case")), self.give_role, kind="primary"))
            only_where_written(self.context, parts[-1])
        if found.named:
            parts.append(text(tr.text(N_("Named in:")), tone="muted"))
        parts += [
            button(called(case.code, case.alias, tr), partial(frame.go, "case", case.id), kind="quiet")
            for case in found.named
        ]
        put_alone(self._ways, holding(Flow(parts, space=STEP)))

    def _sources(self) -> Sources:
        beyond = beyond_sources(self._found.offered, self.context.tr) if self._found is not None else Sources()
        return replace(beyond, people=self._person())

    def _person(self) -> list[Option]:
        """The one person whom forms here can be about."""
        known = self._found is not None and self._found.card is not None
        return [Option(self._record_id, self.context.tr.text(N_("this person")))] if known else []

    def _put(
        self,
        noun: str,
        sources: Sources,
        values: Mapping[str, str] | None = None,
        *,
        record_id: str = "",
        about: str = "",
    ) -> None:
        words = self.context.tr.text(N_("in no case")) if not values else ""
        wanted = Wanted(noun, case_words=words, sources=sources, values=values or {})
        self._beside.fill_in(replace(wanted, record_id=record_id, about=about))

    def _ask_erase(self, record_id: str, words: str, *, older: bool = False) -> None:
        self._beside.ask_whether(Erasure(record_id, words, older=older))

    def _wrote(self, told: str, changes: Changes, what: str) -> None:
        self.context.frame.wrote(self.context.tr.text(told, what=what), changes)

    def _erased(self, changes: Changes, wish: Erasure) -> None:
        frame = self.context.frame
        if not wish.older:
            self._record_id = ""
            frame.go("cases")
        frame.toast(gone_words(changes, self.context.tr, older=wish.older))

    def _failed(self, problem: Problem) -> None:
        clear(self._room)
        clear(self._ways)
        self._details = None
        self._trouble.setText(sentence(problem, self.context.tr))
        self._trouble.show()
