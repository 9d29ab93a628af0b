"""The anchor by command line: `accept` and `witness`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from family_case.cli.commands import command, option
from family_case.errors import Refused
from family_case.i18n import N_
from family_case.services import accepting

if TYPE_CHECKING:
    from family_case.cli.frame import Frame

_SWITCH = {"on": True, "off": False}


def anchoring(frame: Frame) -> list[click.Command]:
    """The commands about what was noted of the vault."""
    return [
        command(
            frame,
            "accept",
            N_("Go on with a vault that is not as it was left; prints what is accepted, and the journal keeps it."),
            partial(_accept, frame),
            [option(frame, "--past", "", N_("Only tell what was accepted before, and on which day."))],
        ),
        command(
            frame,
            "witness",
            N_("Whether computers remember how far this vault had come (on unless switched off); prints on or off."),
            partial(_witness, frame),
            [click.Argument(["wanted"], metavar="[STATE]", required=False)],
        ),
    ]


def _accept(frame: Frame, *, past: bool) -> None:
    if past:
        with frame.opened() as session:
            for on, reason in accepting.accepted(session):
                frame.data(f"{on}\t{frame.tr.text(reason.label)}")
        return
    frame.despite = True
    with frame.opened() as session:
        changes = accepting.accept(session)
        for message, values in changes.notes:
            frame.data(frame.tr.text(message, **values))


def _witness(frame: Frame, *, wanted: str | None) -> None:
    if wanted is not None and wanted not in _SWITCH:
        choices = ", ".join(_SWITCH)
        raise Refused(N_("“{value}” is not one of: {choices}. Nothing was saved."), value=wanted, choices=choices)
    with frame.opened() as session:
        if wanted is not None:
            accepting.set_witness(session, kept=_SWITCH[wanted])
        frame.data("on" if accepting.witnessed(session) else "off")
