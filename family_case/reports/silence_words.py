"""The sentence about the silence: since when no direct word, counted how, and what it does not mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.silence import SilenceState

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from family_case.model.silence import Silence

ALONE = N_("Silence alone says nothing about his fate.")


def silence_words(silence: Silence, tr: Translator) -> str:
    """How long there has been no direct word, as a range where dates are partial; always ends with the same warning."""
    parts = [_length(silence, tr)]
    if silence.state is SilenceState.PAUSED:
        parts.append(tr.text(N_("Checking is paused.")))
    elif silence.state is SilenceState.ENDED:
        parts.append(tr.text(N_("Checking has ended.")))
    return " ".join([*parts, tr.text(ALONE)])


def _length(silence: Silence, tr: Translator) -> str:
    fewest, most = silence.fewest, silence.most
    if fewest is None or most is None:
        return tr.text(N_("No direct word is recorded, and no day when he was last seen."))
    if silence.since_last_seen and fewest == most:
        return tr.plural(
            "No direct word since he was last seen {n} day ago (we check after {interval}).",
            "No direct word since he was last seen {n} days ago (we check after {interval}).",
            most,
            interval=silence.interval,
        )
    if silence.since_last_seen:
        return tr.plural(
            "No direct word since he was last seen {fewest} to {n} day ago (we check after {interval}).",
            "No direct word since he was last seen {fewest} to {n} days ago (we check after {interval}).",
            most,
            fewest=fewest,
            interval=silence.interval,
        )
    if fewest == most:
        return tr.plural(
            "No direct word for {n} day (we check after {interval}).",
            "No direct word for {n} days (we check after {interval}).",
            most,
            interval=silence.interval,
        )
    return tr.plural(
        "No direct word for {fewest} to {n} day (we check after {interval}).",
        "No direct word for {fewest} to {n} days (we check after {interval}).",
        most,
        fewest=fewest,
        interval=silence.interval,
    )
