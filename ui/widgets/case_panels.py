"""What stands beside the timeline of a case for a while: a form, details of a record, what we hold about someone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal

from family_case.i18n import N_
from ui.widgets.beside import Beside
from ui.widgets.case_sources import case_sources
from ui.widgets.details import DetailsPanel
from ui.widgets.details_reading import DetailsDoors
from ui.widgets.entry_words import capital, roles
from ui.widgets.erase_dialog import EraseDialog, Erasure
from ui.widgets.form_panel import FormPanel, Wanted
from ui.widgets.subject_panel import SubjectPanel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from family_case.model.changes import Changes
    from family_case.services.session import Session
    from ui.widgets.case_reading import CaseView
    from ui.widgets.desk import Desk

Panel = TypeVar("Panel", FormPanel, DetailsPanel, SubjectPanel)


class CasePanels(Beside):
    """Opens the panels of the case that was last shown; none that writes while it is shown as known once."""

    saved = Signal(object, str)  # Changes, noun of the form
    taken = Signal(object, str)  # the same: the record was taken away
    joined = Signal(object)  # Changes
    erased = Signal(object, object)  # Changes, Erasure
    turned = Signal()  # another panel stands there
    closed = Signal()

    def __init__(self, desk: Desk, main: QWidget, usual: QWidget) -> None:
        super().__init__(main, usual)
        self._desk = desk
        self._view: CaseView | None = None

    def show_case(self, view: CaseView) -> None:
        """Open what comes next in this case."""
        self._view = view

    def last_words(self) -> list[Callable[[Session], object]]:
        """The draft of the form that is open."""
        panel = self.panel()
        return panel.last_words() if isinstance(panel, FormPanel) else []

    def add(self, noun: str, values: Mapping[str, str] | None = None) -> None:
        """Open the form of a noun, with what is known already."""
        if view := self._writable():
            sources = case_sources(view, self._desk.tr)
            self._fill_in(Wanted(noun, view.page.case.id, view.words(self._desk.tr), sources, values or {}))

    def change(self, record_id: str, noun: str) -> None:
        """Open the form that changes a record."""
        if view := self._writable():
            words, sources = view.words(self._desk.tr), case_sources(view, self._desk.tr)
            self._fill_in(Wanted(noun, view.page.case.id, words, sources, record_id=record_id))

    def log_about(self, record_id: str, noun: str) -> None:
        """Open the form of an entry about a place, a cohort or a body, in no case."""
        if view := self._writable():
            words, sources = self._desk.tr.text(N_("in no case")), case_sources(view, self._desk.tr)
            self._fill_in(Wanted(noun, case_words=words, sources=sources, about=record_id))

    def show_record(self, record_id: str) -> None:
        """Open the details of a record."""
        if self._view is None:
            return
        page = self._view.page
        item = next((each for each in page.timeline if each.id == record_id), None)
        card = next((each for each in page.people if each.person.id == record_id), None)
        kept = [each for each in page.withholdings if each.from_person_id == record_id]
        sources = case_sources(self._view, self._desk.tr)
        records = {option.id: option.words for options in sources.records.values() for option in options}
        called, day = records | roles(page.people, self._desk.tr), self._view.known_on
        self._stand(DetailsPanel(self._desk, self._doors(), record_id, called, item, card, kept, day)).setFocus()

    def show_held(self, person_id: str) -> None:
        """Show what we hold about one person."""
        self._stand(SubjectPanel(self._desk, person_id)).setFocus()

    def ask_erase(self, record_id: str, called: str, *, code: str = "", older: bool = False) -> None:
        """Ask whether a record, a person or (with its code) the whole case shall go for good."""
        if view := self._writable():
            said = case_sources(view, self._desk.tr).records
            lines = {option.id: option.words for name in ("entry", "told_in") for option in said[name]}
            known = roles(view.page.people, self._desk.tr) | lines
            wish = Erasure(record_id, capital(known.get(record_id, called)), code, older, lines)
            dialog = EraseDialog(self._desk, wish, self)
            dialog.erased.connect(lambda changes: self.erased.emit(changes, wish))
            dialog.open()

    def leave(self) -> None:
        """Close what is open; a form keeps its draft."""
        panel = self.panel()
        if isinstance(panel, FormPanel):
            panel.close_panel()
        self.close_panel()

    def close_panel(self) -> None:
        """Show what usually stands there."""
        self.take_away()
        self.closed.emit()

    def _writable(self) -> CaseView | None:
        return self._view if self._view is not None and self._view.writes else None

    def _doors(self) -> DetailsDoors:
        return DetailsDoors(
            change=self.change,
            add=self.add,
            erase=self.ask_erase,
            erase_older=partial(self.ask_erase, older=True),
            show=self.show_record,
            log_about=self.log_about,
            held=self.show_held,
            joined=self._person_joined,
        )

    def _person_joined(self, changes: Changes) -> None:
        self.joined.emit(changes)
        self.close_panel()

    def _fill_in(self, wanted: Wanted) -> None:
        panel = FormPanel(self._desk, wanted)
        panel.saved.connect(lambda changes: (self.taken if panel.taken_away else self.saved).emit(changes, wanted.noun))
        self._stand(panel).focus_first()

    def _stand(self, panel: Panel) -> Panel:
        panel.closed.connect(self.close_panel)
        self.put(panel)
        self.turned.emit()
        return panel
