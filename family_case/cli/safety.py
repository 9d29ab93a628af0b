"""Safety by command line: `seizure`, what would be revealed if this computer were taken today; nothing here writes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from family_case.cli.commands import JSON, command, option
from family_case.i18n import N_
from family_case.services import seizure
from family_case.services.seizure_words import State, told

if TYPE_CHECKING:
    import click

    from family_case.cli.frame import Frame
    from family_case.services.seizure_words import Line, Words

_MARKS = {State.FINE: "-", State.MIND: "!", State.UNKNOWN: "?"}


def keeping_safe(frame: Frame) -> list[click.Command]:
    """The commands that tell how safe the vault stands."""
    about = N_("What a seizure of this computer today would reveal, why it matters, and what to do.")
    return [command(frame, "seizure", about, partial(_seizure, frame), [option(frame, *JSON, dest="as_json")])]


def _seizure(frame: Frame, *, as_json: bool) -> None:
    with frame.opened() as session:
        known = seizure.facts(session, passphrase_file=frame.passphrase_file)
    lines = told(known, seizure.look(known))
    if as_json:
        frame.json([_plain(frame, line) for line in lines])
        return
    for line in lines:
        frame.data(f"{_MARKS[line.state]} {_said(frame, line.what)}")
        for words in (*line.single, line.why, line.do):
            if words[0]:
                frame.data(f"    {_said(frame, words)}")


def _plain(frame: Frame, line: Line) -> dict[str, object]:
    return {
        "name": line.name,
        "state": line.state.value,
        "what": _said(frame, line.what),
        "why": _said(frame, line.why),
        "do": _said(frame, line.do),
        "single": [_said(frame, words) for words in line.single],
    }


def _said(frame: Frame, words: Words) -> str:
    message, values = words
    return frame.tr.text(message, **values)
