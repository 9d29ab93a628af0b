"""Rule 2 of the domain in words: since when there has been no direct word, and what silence does not mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.person import Sex
from family_case.model.silence import SilenceState

if TYPE_CHECKING:
    from family_case.i18n import Translator
    from family_case.model.silence import Silence

_STANDS_STILL = {SilenceState.PAUSED: N_("Checking is paused."), SilenceState.ENDED: N_("Checking has ended.")}
# By the sex of the person sought, as the next tables.
_ALONE = {
    Sex.MALE: N_("Silence alone says nothing about his fate."),
    Sex.FEMALE: N_("Silence alone says nothing about her fate."),
    Sex.UNKNOWN: N_("Silence alone says nothing about the fate of the person sought."),
}
_NOTHING = {
    Sex.MALE: N_("No direct word is recorded, and no day when he was last seen."),
    Sex.FEMALE: N_("No direct word is recorded, and no day when she was last seen."),
    Sex.UNKNOWN: N_("No direct word is recorded, and no day when the person sought was last seen."),
}

# By whether the days are a range.
_SINCE_WORD = {
    False: (
        N_("No direct word for {n} day (we check after {interval})."),
        N_("No direct word for {n} days (we check after {interval})."),
    ),
    True: (
        N_("No direct word for {fewest} to {n} day (we check after {interval})."),
        N_("No direct word for {fewest} to {n} days (we check after {interval})."),
    ),
}
_SINCE_SEEN = {
    (Sex.MALE, False): (
        N_("No direct word since he was last seen {n} day ago (we check after {interval})."),
        N_("No direct word since he was last seen {n} days ago (we check after {interval})."),
    ),
    (Sex.MALE, True): (
        N_("No direct word since he was last seen {fewest} to {n} day ago (we check after {interval})."),
        N_("No direct word since he was last seen {fewest} to {n} days ago (we check after {interval})."),
    ),
    (Sex.FEMALE, False): (
        N_("No direct word since she was last seen {n} day ago (we check after {interval})."),
        N_("No direct word since she was last seen {n} days ago (we check after {interval})."),
    ),
    (Sex.FEMALE, True): (
        N_("No direct word since she was last seen {fewest} to {n} day ago (we check after {interval})."),
        N_("No direct word since she was last seen {fewest} to {n} days ago (we check after {interval})."),
    ),
    (Sex.UNKNOWN, False): (
        N_("No direct word since the person sought was last seen {n} day ago (we check after {interval})."),
        N_("No direct word since the person sought was last seen {n} days ago (we check after {interval})."),
    ),
    (Sex.UNKNOWN, True): (
        N_("No direct word since the person sought was last seen {fewest} to {n} day ago (we check after {interval})."),
        N_(
            "No direct word since the person sought was last seen {fewest} to {n} days ago (we check after {interval})."
        ),
    ),
}


def silence_words(silence: Silence, tr: Translator, last: str = "", *, sex: Sex = Sex.UNKNOWN) -> str:
    """How long there has been no direct word, then `last` (what the last one was), then the warning.

    `sex` is that of the person sought; the words fit anybody while it is not known.
    """
    stands_still = _STANDS_STILL.get(silence.state, "")
    parts = [_length(silence, tr, sex), last, tr.text(stands_still), tr.text(_ALONE[sex])]
    return " ".join(part for part in parts if part)


def _length(silence: Silence, tr: Translator, sex: Sex) -> str:
    fewest, most = silence.fewest, silence.most
    if fewest is None or most is None:
        return tr.text(_NOTHING[sex])
    ranged = fewest != most
    one, many = _SINCE_SEEN[sex, ranged] if silence.since_last_seen else _SINCE_WORD[ranged]
    return tr.plural(one, many, most, fewest=fewest, interval=silence.interval)
