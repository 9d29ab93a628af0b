"""Keeping by command line: `backup`, `restore` and `repair`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from family_case.chance import SystemClock, SystemIds
from family_case.cli.commands import DEEP, command, named, option
from family_case.cli.frame import count
from family_case.i18n import N_
from family_case.services import backups, recovery, repairing, restoring

if TYPE_CHECKING:
    from collections.abc import Callable

    from family_case.cli.frame import Frame


def keeping(frame: Frame) -> list[click.Command]:
    """The commands that keep the vault from being lost."""
    keep = option(frame, "--keep", "N", N_("How many verified backups of this vault stay there (7 unless given)."))
    return [
        command(
            frame,
            "backup",
            N_("Back the vault up into an existing folder, and prove it; prints the backup's own folder."),
            partial(_backup, frame),
            [_place("shelf", "DEST"), keep, option(frame, *DEEP)],
        ),
        command(
            frame,
            "restore",
            N_("Bring a backup back as a vault in an empty or new folder."),
            partial(_restore, frame),
            [_place("source", "SRC"), _place("folder", "DIR")],
        ),
        command(
            frame,
            "repair",
            N_("Make a vault in an empty or new folder of what can be read of a damaged one, which stays as it is."),
            partial(_repair, frame),
            [_place("source", "SRC"), _place("folder", "DIR")],
        ),
    ]


def _place(name: str, metavar: str) -> click.Argument:
    return click.Argument([name], metavar=metavar, callback=named)


def _backup(frame: Frame, *, shelf: str, keep: str | None, deep: bool) -> None:
    wanted = count(keep) if keep is not None else backups.KEEP
    with frame.opened() as session:
        place, told = Path(shelf).absolute(), progress_of(frame)
        frame.done(backups.backup(session, place, keep=wanted, deep=deep, progress=told))


def _restore(frame: Frame, *, source: str, folder: str) -> None:
    where, clock, ids = (Path(source), Path(folder)), SystemClock(), SystemIds()
    if frame.recovery_file:
        restored = recovery.restore(*where, frame.recovery_key(), clock=clock, ids=ids)
    else:
        restored = restoring.restore(*where, frame.passphrase(), clock=clock, ids=ids)
    frame.data(str(restored.folder))
    for message, values in restored.notes:
        frame.tell(message, **values)


def _repair(frame: Frame, *, source: str, folder: str) -> None:
    phrase = frame.passphrase()
    found = repairing.repair(Path(source), Path(folder), phrase, clock=SystemClock(), ids=SystemIds())
    frame.data(str(found.folder))
    for message, values in found.notes:
        frame.tell(message, **values)


def progress_of(frame: Frame) -> Callable[[float], object]:
    """Tell tenths where a person looks on; nothing into a file or a pipe."""
    told = [0]

    def tell(share: float) -> None:
        tenths = int(share * 10)
        if tenths > told[0]:
            told[0] = tenths
            frame.tell(N_("{percent} %"), percent=tenths * 10)

    return tell if sys.stderr.isatty() else bool
