"""Rule 2 of the domain in words: since when there has been no direct word, and what silence does not mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.silence import SilenceState

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from family_case.model.silence import Silence

ALONE = N_("Silence alone says nothing about his fate.")
_STANDS_STILL = {SilenceState.PAUSED: N_("Checking is paused."), SilenceState.ENDED: N_("Checking has ended.")}

# By whether it is counted from when he was last seen, and whether the days are a range.
_LENGTHS = {
    (False, False): (
        N_("No direct word for {n} day (we check after {interval})."),
        N_("No direct word for {n} days (we check after {interval})."),
    ),
    (False, True): (
        N_("No direct word for {fewest} to {n} day (we check after {interval})."),
        N_("No direct word for {fewest} to {n} days (we check after {interval})."),
    ),
    (True, False): (
        N_("No direct word since he was last seen {n} day ago (we check after {interval})."),
        N_("No direct word since he was last seen {n} days ago (we check after {interval})."),
    ),
    (True, True): (
        N_("No direct word since he was last seen {fewest} to {n} day ago (we check after {interval})."),
        N_("No direct word since he was last seen {fewest} to {n} days ago (we check after {interval})."),
    ),
}


def silence_words(silence: Silence, tr: Translator, last: str = "") -> str:
    """How long there has been no direct word, then `last` (what the last one was), then the warning."""
    stands_still = _STANDS_STILL.get(silence.state, "")
    parts = [_length(silence, tr), last, tr.text(stands_still), tr.text(ALONE)]
    return " ".join(part for part in parts if part)


def _length(silence: Silence, tr: Translator) -> str:
    fewest, most = silence.fewest, silence.most
    if fewest is None or most is None:
        return tr.text(N_("No direct word is recorded, and no day when he was last seen."))
    one, many = _LENGTHS[silence.since_last_seen, fewest != most]
    return tr.plural(one, many, most, fewest=fewest, interval=silence.interval)
