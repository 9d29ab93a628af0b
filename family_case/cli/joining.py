"""Someone written down twice, by command line: `person merge`, `person unmerge`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from family_case.cli.commands import command
from family_case.i18n import N_
from family_case.services import merging

if TYPE_CHECKING:
    from family_case.cli.frame import Frame


def joining(frame: Frame) -> list[click.Command]:
    """The commands that show two records of a person as one, and apart again."""
    return [
        command(
            frame,
            "merge",
            N_("Show the first person as the second one; nothing is rewritten. Prints the second one's id."),
            partial(_merge, frame),
            [click.Argument(["person"], metavar="PERSON"), click.Argument(["into"], metavar="INTO")],
        ),
        command(
            frame,
            "unmerge",
            N_("Have a person who was merged be one of his own again; prints his id."),
            partial(_unmerge, frame),
            [click.Argument(["person"], metavar="PERSON")],
        ),
    ]


def _merge(frame: Frame, *, person: str, into: str) -> None:
    with frame.opened() as session:
        planned = merging.preview(session, person, into)
        changes = merging.merge(session, person, into)
    frame.data(changes.made)
    for message, values in planned.words():
        frame.tell(message, **values)


def _unmerge(frame: Frame, *, person: str) -> None:
    with frame.opened() as session:
        frame.done(merging.unmerge(session, person))
