"""How a paper says things: people by name or label, dates, numbers and exact words, in one language and profile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from family_case.chance import zone_of
from family_case.i18n import N_, Translator
from family_case.model.date_words import date_short, date_words, day_words
from family_case.model.dates import PartialDate, points
from family_case.model.dossier import Dossier, Profile
from family_case.model.entry import Channel
from family_case.model.money import Money, money_words
from family_case.reports.layout import Heading
from family_case.reports.markup import EMPTY, Markup, filled, plain, said, strong

if TYPE_CHECKING:
    from datetime import date

    from family_case.model.base import Coded

_NO_BREAK = "\N{NO-BREAK SPACE}"
_COUNTRY_CODE = 2  # letters
EXTRACT = N_("This is an extract; it need not contain all we know.")


@dataclass(frozen=True, slots=True)
class Paper:
    """A dossier and the translator of its language."""

    dossier: Dossier
    tr: Translator

    @property
    def privileged(self) -> bool:
        """Whether this paper may speak of sources, withholdings and other cases."""
        return self.dossier.profile is Profile.LAWYER

    # --- texts ---

    def say(self, message: str, **values: object) -> Markup:
        """Our own words, upright."""
        return plain(self.tr.text(message, **values), self.tr)

    def fill(self, message: str, **values: Markup) -> Markup:
        """Our own words around markup."""
        return filled(message, self.tr, **values)

    def upright(self, text: str) -> Markup:
        """Entered text that we recorded or checked."""
        return plain(text, self.tr)

    def told(self, text: str) -> Markup:
        """Entered text that somebody said."""
        return said(text, self.tr) if text else EMPTY

    def bold(self, text: str) -> Markup:
        """Text that leads a cell."""
        return strong(text, self.tr)

    def code(self, value: Coded) -> str:
        """Label of a coded value."""
        return self.tr.text(value.label)

    def channel(self, value: Channel | None) -> Markup:
        """Through what people spoke; nothing where nobody said so."""
        return EMPTY if value is None or value is Channel.UNKNOWN else self.upright(self.code(value))

    def field(self, label: str, value: Markup) -> Markup:
        """A label and its value; nothing where there is no value."""
        return Markup(f"{self.say(label)}: {value}") if value else EMPTY

    def section(self, number: int, title: str) -> Heading:
        """Heading of a section with its bookmark, numbered as in every paper of this kind."""
        words = f"{number}. {self.tr.text(title)}"
        return Heading(words, plain(words, self.tr), f"s{number}")

    # --- dates ---

    def day(self, day: date) -> Markup:
        """One calendar day in words."""
        return plain(day_words(day, self.tr), self.tr)

    def when(self, value: PartialDate | None) -> Markup:
        """A date in words with its precision; a time of day in UTC, because an offset tells a country."""
        if value is None:
            return EMPTY
        ends = points(value.edtf)
        if not any(end and end.time for end in ends):
            return plain(date_words(value, self.tr), self.tr)
        return plain(date_words(_in_utc(value, value.zone or self.dossier.zone), self.tr, zone="UTC"), self.tr)

    def brief(self, value: PartialDate | None) -> Markup:
        """A date as short as a table's small line wants it."""
        return self.upright(date_short(value, self.tr)) if value else EMPTY

    def printed(self) -> Markup:
        """Time of printing in UTC."""
        at = datetime.fromtimestamp(self.dossier.printed.utc_ms // 1000, tz=UTC)
        return self.upright(f"{day_words(at.date(), self.tr)}, {at:%H:%M} UTC")

    # --- amounts and languages ---

    def money(self, amount: int | None, currency: str) -> Markup:
        """An amount with its currency on one line; nothing where none was named."""
        if amount is None:
            return EMPTY
        return self.upright(money_words(Money(amount, currency), self.tr.language).replace(" ", _NO_BREAK))

    def country(self, text: str) -> Markup:
        """A country by its name where a code of ISO 3166 was entered; anything else as typed."""
        names = Locale.parse(self.tr.language).territories
        return self.upright(names.get(text, text) if len(text) == _COUNTRY_CODE else text)

    def language(self, code: str) -> str:
        """Name of a language in the paper's own; the code itself when nobody knows it."""
        try:
            return Locale.parse(code).get_display_name(self.tr.language) or code if code else ""
        except (UnknownLocaleError, ValueError):
            return code


def _in_utc(value: PartialDate, zone: str) -> PartialDate:
    """The same date with its times of day moved from `zone` to UTC."""
    return replace(value, edtf="/".join(_end_in_utc(end, zone) for end in value.edtf.split("/")))


def _end_in_utc(end: str, zone: str) -> str:
    bare, mark = (end[:-1], end[-1]) if end[-1:] in ("~", "?", "%") else (end, "")
    if "T" not in bare:
        return end
    try:
        moved = datetime.fromisoformat(bare).replace(tzinfo=zone_of(zone)).astimezone(UTC)
    except (ValueError, OverflowError):  # a decade, or a day at the end of time
        return end
    return moved.replace(tzinfo=None).isoformat(timespec="minutes") + mark
