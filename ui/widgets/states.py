"""States in words, shape and tone: how silences, promises and requests look everywhere.

Red stands for "overdue" only, amber for "nearing"; each has a word and a shape of its own: colour says
nothing alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from family_case.i18n import N_
from family_case.model.date_words import date_short
from family_case.model.dates import parse
from family_case.model.kinds import Sent
from family_case.model.promises import PromiseState
from family_case.model.silence import SilenceState

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from family_case.model.promises import Standing
    from family_case.model.silence import Silence


@dataclass(frozen=True, slots=True)
class Look:
    """Words, shape (name of an icon) and tone ('', 'muted', 'amber', 'danger')."""

    words: str
    icon: str
    tone: str = "muted"


_SILENCES: Final = {
    SilenceState.WITHIN: ("check", "muted"),
    SilenceState.SOON: ("triangle-alert", "amber"),
    SilenceState.NOW: ("octagon-alert", "danger"),
    SilenceState.PAUSED: ("clock", "muted"),
    SilenceState.ENDED: ("x", "muted"),
    SilenceState.UNKNOWN: ("circle-help", "muted"),
}
_PROMISES: Final = {
    PromiseState.NO_DATE: ("circle-help", "muted"),
    PromiseState.DUE: ("clock", ""),
    PromiseState.OVERDUE: ("octagon-alert", "danger"),
    PromiseState.PARTLY: ("triangle-alert", "amber"),
    PromiseState.KEPT: ("check", "muted"),
    PromiseState.WITHDRAWN: ("x", "muted"),
}
_SENT: Final = {
    Sent.SENT: ("triangle-alert", "amber"),
    Sent.REFUSED: ("check", "muted"),
    Sent.UNKNOWN: ("circle-help", "muted"),
}


def silence_look(silence: Silence, tr: Translator) -> Look:
    """State of a silence with its days: "check now · 38–45 days"."""
    icon, tone = _SILENCES[silence.state]
    words = tr.text(silence.state.label)
    counted = days_between(silence.fewest, silence.most, tr)
    return Look(f"{words} · {counted}" if counted else words, icon, tone)


def days_between(fewest: int | None, most: int | None, tr: Translator) -> str:
    """A count of days, or a range of it: "45 days", "38–45 days"."""
    if most is None:
        return ""
    if fewest is None or fewest == most:
        return days(most, tr)
    return tr.plural(N_("{fewest}–{n} day"), N_("{fewest}–{n} days"), most, fewest=fewest)


def days(number: int, tr: Translator) -> str:
    """A count of days."""
    return tr.plural(N_("{n} day"), N_("{n} days"), number)


def late(number: int, tr: Translator) -> str:
    """So many days after the day that was named."""
    return tr.plural(N_("{n} day late"), N_("{n} days late"), number)


def promise_look(standing: Standing, tr: Translator) -> Look:
    """State of a promise; an overdue one says by how much, whatever was paid of it."""
    state = PromiseState.OVERDUE if standing.overdue else standing.state
    icon, tone = _PROMISES[state]
    words = tr.text(standing.state.label)
    if not standing.overdue:
        return Look(words, icon, tone)
    if standing.state is PromiseState.OVERDUE:
        by = tr.plural(N_("overdue by {n} day"), N_("overdue by {n} days"), standing.days_late)
        return Look(by, icon, tone)
    return Look(f"{words}, {late(standing.days_late, tr)}", icon, tone)


def sent_look(sent: Sent, tr: Translator) -> Look:
    """Whether a document was given."""
    icon, tone = _SENT[sent]
    return Look(tr.text(sent.label), icon, tone)


def iso_words(day: str | None, tr: Translator) -> str:
    """A stored ISO day in short words; a dash when there is none."""
    return date_short(parse(day[:10]), tr) if day else "–"
