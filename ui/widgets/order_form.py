"""What paper is wanted: for whom, in which language, as of which day, and which endangered entries may leave."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from family_case.errors import Refused
from family_case.i18n import LANGUAGES, N_
from family_case.model.dates import parse
from family_case.model.dossier import Profile
from family_case.model.person import FAMILY
from family_case.services.publishing import Order
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.choice import KeyedChoice, options
from ui.widgets.date_field import DateField
from ui.widgets.desk import today
from ui.widgets.entry_form import into_sight
from ui.widgets.entry_words import line, roles
from ui.widgets.fields import LineField, for_example
from ui.widgets.form import FormRow
from ui.widgets.past_banner import one_day
from ui.widgets.person_field import PickField, people_options
from ui.widgets.text import clear, column, row, text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from family_case.chance import Moment
    from family_case.model.views import CasePage, TimelineItem
    from ui.widgets.desk import Desk
    from ui.widgets.fields import Field

_ADDRESSEE, _KNOWN = 3, 5  # rows
_SPACE: Final = STEP + STEP // 2


class OrderForm(QWidget):
    """The fields; `edited` says that another paper is wanted."""

    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.tr
        self.profile = KeyedChoice(tr.text(N_("For whom is the paper")), options(Profile, tr))
        self.person = PickField(tr.text(N_("Which relative")))
        self.language = KeyedChoice(tr.text(N_("Language of the paper")), list(LANGUAGES.items()))
        self.addressee = LineField(tr.text(N_("Addressee")))
        self.as_of = DateField(tr.text(N_("As of the day")), tr)
        self.known_on = LineField(tr.text(N_("As known on (today when empty)")), hint=for_example("2022-08-05", tr))
        self.reasons: dict[str, LineField] = {}
        self.profile.set_value(Profile.LAWYER.value)
        self.language.set_value(tr.language)
        self.as_of.set_value(today(desk).isoformat())
        fields = (self.profile, self.person, self.language, self.addressee, self.as_of, self.known_on)
        self._rows = [FormRow(field.accessibleName() or tr.text(N_("As of the day")), field) for field in fields]
        self._hazards = QVBoxLayout()
        self._hazards.setSpacing(_SPACE)
        profile, person, language, addressee, as_of, known_on = self._rows
        beside = row([addressee, as_of], space=STEP)
        for part in (addressee, as_of):
            beside.setStretchFactor(part, 1)
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            beside.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        self.as_of.line.editingFinished.connect(partial(self._give_room, beside))
        self.setLayout(column([profile, person, language, beside, known_on, self._hazards], space=_SPACE))
        for field in fields:
            field.edited.connect(self._changed)
        self._changed()

    def show_case(self, page: CasePage) -> None:
        """Offer the relatives of this case and list its entries that may endanger someone."""
        tr = self._desk.tr
        relatives = tuple(card for card in page.people if card.role.kind in FAMILY and not card.role.claimed)
        self.person.set_choices(people_options(relatives, tr))
        self._list_hazards(page)

    def order(self, printed: Moment) -> Order | None:
        """The paper that is wanted now; None when the day is none (which stands below its field)."""
        profile = Profile(self.profile.value() or Profile.LAWYER.value)
        as_of, known_on = self._day(), self._known_day()
        if as_of is None or self._rows[_KNOWN].error():
            return None
        return Order(
            profile=profile,
            language=self.language.value() or self._desk.tr.language,
            printed=printed,
            addressee=self.addressee.value().strip(),
            as_of=as_of,
            for_person=self.person.value() if profile is Profile.FAMILY else "",
            known_on=known_on,
            release={entry: field.value().strip() for entry, field in self.reasons.items() if field.value().strip()},
        )

    def words(self) -> dict[str, str]:
        """What stands in the fields, to put it there again."""
        return {name: field.value() for name, field in self._named().items()}

    def put_words(self, words: Mapping[str, str]) -> None:
        """Put texts back; those of an entry that is no longer there are left out."""
        for name, field in self._named().items():
            if name in words:
                field.set_value(words[name])
        self._changed()

    def _named(self) -> dict[str, Field]:
        fields = ("profile", "person", "language", "addressee", "as_of", "known_on")
        return dict(zip(fields, (each.field for each in self._rows), strict=True)) | self.reasons

    def _give_room(self, beside: QBoxLayout) -> None:
        """What is wrong with the day is a long sentence: then the two fields stand below each other."""
        way = QBoxLayout.Direction
        beside.setDirection(way.TopToBottom if self._day() is None else way.LeftToRight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Bring into sight what is wrong with the day, once it has its place."""
        super().resizeEvent(event)
        if self._day() is None:
            QTimer.singleShot(0, self, partial(into_sight, self.as_of))

    def _day(self) -> date | None:
        wanted = self.as_of.value().strip()
        if not wanted:
            return today(self._desk)
        try:
            known = parse(wanted)
        except Refused:
            return None
        return known.latest

    def stand_on(self, day: date | None) -> None:
        """Want the paper as it would have been on this day (None: today's)."""
        self.as_of.set_value((day or today(self._desk)).isoformat())
        self.known_on.set_value(day.isoformat() if day is not None else "")

    def _known_day(self) -> date | None:
        """The day the file is shown as known on; None for today, and (said below the field) for what is no day."""
        line, typed = self._rows[_KNOWN], self.known_on.value().strip()
        line.set_error("")
        if not typed or not line.isVisibleTo(self):
            return None
        try:
            return one_day(typed, today(self._desk))
        except Refused as problem:
            line.set_error(sentence(problem, self._desk.tr))
            return None

    def _list_hazards(self, page: CasePage) -> None:
        clear(self._hazards)
        self.reasons = {}
        flagged = [item for item in page.timeline if item.entry is not None and item.entry.hazards]
        if not flagged:
            return
        tr = self._desk.tr
        head = N_("These entries may endanger someone and stay out. To let one into the paper, write why.")
        self._hazards.addWidget(text(tr.text(head), size="small", tone="amber"))
        for each in flagged:
            self._hazards.addWidget(self._hazard(each, page))

    def _hazard(self, item: TimelineItem, page: CasePage) -> FormRow:
        tr = self._desk.tr
        words = line(item, roles(page.people, tr), tr, {})
        entry = item.entry
        why = ", ".join(sorted(tr.text(hazard.label) for hazard in entry.hazards)) if entry else ""
        said = " · ".join(part for part in (words.when, words.title, words.gist, why) if part)
        field = LineField(tr.text(N_("Why this may leave: {entry}"), entry=said), hint=tr.text(N_("Reason")))
        field.edited.connect(self.edited)
        self.reasons[item.id] = field
        return FormRow(said, field)

    def _changed(self) -> None:
        self._rows[1].setVisible(self.profile.value() == Profile.FAMILY.value)
        for at in (_ADDRESSEE, _KNOWN):  # what must not be told a relative may have been learned since
            self._rows[at].setVisible(self.profile.value() != Profile.FAMILY.value)
        self.edited.emit()
