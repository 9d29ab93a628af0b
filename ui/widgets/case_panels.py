"""What stands beside the timeline of a case for a while: a form, details of a record, what we hold about someone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from family_case.i18n import N_
from ui.widgets.attachment_panel import AttachmentPanel
from ui.widgets.case_sources import case_sources
from ui.widgets.details import DetailsPanel
from ui.widgets.details_reading import DetailsDoors
from ui.widgets.entry_words import capital, roles
from ui.widgets.erase_dialog import Erasure
from ui.widgets.form_panel import FormPanel, Wanted, known_of
from ui.widgets.panels import Panels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from family_case.model.attachment import Attachment
    from family_case.model.changes import Changes
    from family_case.model.views import CasePage
    from ui.widgets.case_reading import CaseView
    from ui.widgets.desk import Desk


class CasePanels(Panels):
    """Opens the panels of the case that was last shown; none that writes while it is shown as known once."""

    def __init__(self, desk: Desk, main: QWidget, usual: QWidget) -> None:
        super().__init__(desk, main, usual)
        self._view: CaseView | None = None

    def show_case(self, view: CaseView) -> None:
        """Open what comes next in this case."""
        self._view = view

    def add(self, noun: str, values: Mapping[str, str] | None = None) -> None:
        """Open the form of a noun, with what is known already."""
        if view := self._writable():
            sources = case_sources(view, self._desk.tr)
            self.fill_in(Wanted(noun, view.page.case.id, view.words(self._desk.tr), sources, values or {}))

    def change(self, record_id: str, noun: str) -> None:
        """Open the form that changes a record."""
        if view := self._writable():
            words, sources = view.words(self._desk.tr), case_sources(view, self._desk.tr)
            self.fill_in(Wanted(noun, view.page.case.id, words, sources, record_id=record_id))

    def log_about(self, record_id: str, noun: str) -> None:
        """Open the form of an entry about a place, a cohort or a body, in no case."""
        if view := self._writable():
            words, sources = self._desk.tr.text(N_("in no case")), case_sources(view, self._desk.tr)
            self.fill_in(Wanted(noun, case_words=words, sources=sources, about=record_id))

    def resume(self, form: Mapping[str, str]) -> None:
        """Open a form again by its words."""
        if form["record"]:
            self.change(form["record"], form["noun"])
        elif form["about"]:
            self.log_about(form["about"], form["noun"])
        else:
            self.add(form["noun"], known_of(form))

    def show_record(self, record_id: str) -> None:
        """Open the details of a record."""
        if self._view is None:
            return
        page = self._view.page
        for each in page.background.attachments:
            if each.id == record_id:
                self._show_file(each, page)
                return
        item = next((each for each in page.timeline if each.id == record_id), None)
        card = next((each for each in page.people if each.person.id == record_id), None)
        kept = [each for each in page.withholdings if each.from_person_id == record_id]
        sources = case_sources(self._view, self._desk.tr)
        records = {option.id: option.words for options in sources.records.values() for option in options}
        called, day = records | roles(page.people, self._desk.tr), self._view.known_on
        self.stand(DetailsPanel(self._desk, self._doors(), record_id, called, item, card, kept, day)).setFocus()

    def _show_file(self, each: Attachment, page: CasePage) -> None:
        called = capital(self._desk.tr.text(each.media.label))
        writes = self._writable() is not None
        panel = AttachmentPanel(self._desk, each, page, partial(self.ask_erase, each.id, called), writes=writes)
        self.stand(panel).setFocus()

    def ask_erase(self, record_id: str, called: str, *, code: str = "", older: bool = False) -> None:
        """Ask whether a record, a person or (with its code) the whole case shall go for good."""
        if view := self._writable():
            said = case_sources(view, self._desk.tr).records
            lines = {option.id: option.words for name in ("entry", "told_in") for option in said[name]}
            known = roles(view.page.people, self._desk.tr) | lines
            self.ask_whether(Erasure(record_id, capital(known.get(record_id, called)), code, older, lines))

    def leave(self) -> None:
        """Close what is open; a form keeps its draft."""
        panel = self.panel()
        if isinstance(panel, FormPanel):
            panel.close_panel()
        self.close_panel()

    def tell_joined(self, changes: Changes) -> None:
        """Tell it, and close the details: they are of a record that is read under another now."""
        super().tell_joined(changes)
        self.close_panel()

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
            joined=self.tell_joined,
        )
