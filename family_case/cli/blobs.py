"""Attachments by command line: `attach`, `attachments`, and `extract`, which lets one leave."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from family_case.cli.commands import JSON, command, named, option, ref
from family_case.cli.keep import progress_of
from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.dossier import Order, Profile
from family_case.services import attaching, handing_out

if TYPE_CHECKING:
    from family_case.cli.frame import Frame

_ATTACH = N_("Seal a file into the vault beside a case or an entry; prints its id.")
_LIST = N_("Files attached to a case or to an entry.")
_EXTRACT = N_("Save a copy of an attached file; prints the id of the disclosure.")


def attachments(frame: Frame) -> list[click.Command]:
    """The commands about files that were handed over."""
    file = click.Argument(["source"], metavar="FILE", callback=named)
    listed: list[click.Parameter] = [ref(), option(frame, *JSON, dest="as_json")]
    return [
        command(frame, "attach", _ATTACH, partial(_attach, frame), [ref(), file]),
        command(frame, "attachments", _LIST, partial(_list, frame), listed),
        command(frame, "extract", _EXTRACT, partial(_extract, frame), _extracting(frame)),
    ]


def _extracting(frame: Frame) -> list[click.Parameter]:
    released = N_("Let the file out although the entry it hangs on may endanger someone.")
    return [
        click.Argument(["attachment"], metavar="ID"),
        click.Argument(["target"], metavar="FILE", callback=named),
        option(frame, "--to", "TEXT", N_("Who gets the file."), "addressee", required=True),
        option(frame, "--profile", "CODE", N_("For whom: lawyer (unless given) or family.")),
        option(frame, "--for", "PERSON", N_("The relative who gets the file, for --profile family."), "for_person"),
        option(frame, "--release", "REASON", released),
    ]


def _attach(frame: Frame, *, ref: str, source: str) -> None:
    with frame.opened() as session:
        frame.done(attaching.attach(session, ref, Path(source).absolute(), progress=progress_of(frame)))


def _list(frame: Frame, *, ref: str, as_json: bool) -> None:
    with frame.opened() as session:
        found = attaching.of(session, ref)
    if as_json:
        frame.json(found)
    for each in [] if as_json else found:
        frame.data(f"{each.id}\t{frame.tr.text(each.media.label)}\t{each.size}\t{each.name}")


def _extract(frame: Frame, *, attachment: str, target: str, **given: str | None) -> None:
    wanted = Profile.of(given["profile"]) if given["profile"] is not None else Profile.LAWYER
    if given["for_person"] and wanted is not Profile.FAMILY:
        raise Refused(N_("--for names the reader of an extract: add --profile family. Nothing was written."))
    with frame.opened() as session:
        row = attaching.one(session, attachment)
        order = Order(
            profile=wanted,
            language=frame.tr.language,
            printed=session.clock.now(),
            addressee=given["addressee"] or "",
            for_person=given["for_person"] or "",
            release={row.entry_id: given["release"]} if row.entry_id and given["release"] else {},
        )
        place = Path(target).absolute()
        frame.done(handing_out.extract(session, row.id, order, place, progress=progress_of(frame)))
