"""The way back by command line: `undo`, `redo`, `revert`, and what is gone for good: `erase`, `purge`."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from family_case.cli import lines
from family_case.cli.commands import JSON, command, option, ref
from family_case.errors import Refused
from family_case.i18n import N_
from family_case.services import erasing, history
from family_case.services.in_form import labels_of
from family_case.store.takeback import InTheWay

if TYPE_CHECKING:
    from family_case.cli.frame import Frame
    from family_case.model.changes import Changes
    from family_case.services.erasing import Plan

_YES = ("--yes", "", N_("Do not ask."))


def going_back(frame: Frame) -> list[click.Command]:
    """The commands that take back and erase."""
    as_json = option(frame, *JSON, dest="as_json")
    return [
        command(frame, "undo", N_("Take the newest change back."), partial(_undo, frame), [as_json]),
        command(frame, "redo", N_("Do again what was taken back last."), partial(_redo, frame), [as_json]),
        command(
            frame,
            "revert",
            N_("Take an older change back: by the number of its line in the history, or by a record's id."),
            partial(_revert, frame),
            [_entry(), as_json],
        ),
        command(
            frame,
            "erase",
            N_("Erase a case, a person or a record for good, from the journal too."),
            partial(_erase, frame),
            [ref(), option(frame, *_YES), as_json],
        ),
        command(
            frame,
            "purge",
            N_("Erase the older wordings of a record, or what is left of one that was taken back."),
            partial(_purge, frame),
            [_entry(), as_json],
        ),
    ]


def _entry() -> click.Argument:
    return click.Argument(["entry"], metavar="ENTRY")


def _undo(frame: Frame, *, as_json: bool) -> None:
    with frame.opened() as session:
        _tell(frame, history.undo(session, this_session=False), as_json=as_json)


def _redo(frame: Frame, *, as_json: bool) -> None:
    with frame.opened() as session:
        _tell(frame, history.redo(session, this_session=False), as_json=as_json)


def _revert(frame: Frame, *, entry: str, as_json: bool) -> None:
    with frame.opened() as session:
        try:
            changes = history.revert(session, entry)
        except InTheWay as later:
            for line in later.lines:
                click.echo(lines.written(line, frame.tr), err=True)
            raise
        _tell(frame, changes, as_json=as_json)


def _erase(frame: Frame, *, ref: str, yes: bool, as_json: bool) -> None:
    with frame.opened() as session:
        planned = erasing.plan(session, ref)
        _say(frame, planned)
        if not yes:
            _ask(frame)
        changes = erasing.erase(session, ref)
    _done(frame, changes, as_json=as_json)
    frame.tell(N_("Erased. It cannot be brought back."))


def _purge(frame: Frame, *, entry: str, as_json: bool) -> None:
    with frame.opened() as session:
        changes = erasing.purge(session, entry)
    _done(frame, changes, as_json=as_json)
    frame.tell(N_("Its older wordings are erased. They cannot be brought back."))


def _say(frame: Frame, planned: Plan) -> None:
    """What is about to go, and what will still speak of the person."""
    told, links = labels_of(planned.counts)
    what = [f"{frame.tr.text(label)}: {count}" for label, count in told.items()]
    what += [frame.tr.text(N_("What links them: {n}"), n=links)] if links else []
    frame.tell(N_("This goes for good: {what}."), what="; ".join(what))
    if planned.open_promises:
        frame.tell(
            N_("These promises by this person are still open; they stay, and will no longer say by whom: {ids}"),
            ids=" ".join(planned.open_promises),
        )
    if planned.still_naming:
        frame.tell(
            N_("These texts will still name this person; correct and purge them, or erase them too: {ids}"),
            ids=" ".join(planned.still_naming),
        )


def _ask(frame: Frame) -> None:
    if not sys.stdin.isatty():
        raise Refused(N_("There is nobody to ask. Give --yes to erase it. Nothing was erased."))
    if not click.confirm(frame.tr.text(N_("Erase it?")), err=True):
        raise Refused(N_("Nothing was erased."))


def _tell(frame: Frame, changes: Changes, *, as_json: bool) -> None:
    """Say what there is to note, beside the change itself where that is asked for."""
    if as_json:
        frame.json(changes)
    for message, values in changes.notes:
        frame.tell(message, **values)


def _done(frame: Frame, changes: Changes, *, as_json: bool) -> None:
    if not as_json:
        frame.data(changes.made)
    _tell(frame, changes, as_json=as_json)
