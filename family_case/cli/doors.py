"""The doors of a vault by command line: `passphrase` and `recovery`. What opens a vault goes to the terminal alone."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from family_case.cli.commands import JSON, command, group, option
from family_case.cli.frame import asked, first_line, known_language
from family_case.errors import Refused
from family_case.i18n import N_
from family_case.services import doors, recovery
from family_case.services.session import offer_phrase, strength

if TYPE_CHECKING:
    from collections.abc import Sequence

    from family_case.cli.frame import Frame
    from family_case.services.recovery import Sheet

_ROW = 4  # groups of the key in one line


def coming_and_going(frame: Frame) -> list[click.Command]:
    """The commands about what opens the vault."""
    passphrases, sheets = _passphrases(frame), _sheets(frame)
    return [
        group(frame, "passphrase", N_("Passphrases and whatever else opens the vault."), passphrases),
        group(frame, "recovery", N_("The key on paper for the day on which the passphrase is lost."), sheets),
    ]


def _passphrases(frame: Frame) -> list[click.Command]:
    new = new_passphrase_options(frame)
    whose = option(frame, "--whose", "TEXT", N_("Who uses it, to tell two apart; it stands inside the vault."))
    listed = N_("List what opens the vault, a door a line: id, what it is, since when, whose.")
    changed = N_("Set a new passphrase in the place of the old one.")
    added = N_("Add a passphrase for a second person; prints the door's id.")
    removed = N_("Take a door away, by its id or the beginning of it; the passphrase given must be one that stays.")
    door = click.Argument(["door"], metavar="DOOR")
    return [
        command(frame, "list", listed, partial(_list, frame), [option(frame, *JSON, dest="as_json")]),
        command(frame, "change", changed, partial(_change, frame), new),
        command(frame, "add", added, partial(_add, frame), [*new, whose]),
        command(frame, "remove", removed, partial(_remove, frame), [door]),
    ]


def new_passphrase_options(frame: Frame) -> list[click.Parameter]:
    """The options of a command that sets a new passphrase."""
    return [
        option(frame, "--new-passphrase-file", "FILE", N_("File whose first line is the new passphrase."), "file"),
        option(frame, "--generate", "en|ru|uk", N_("Draw the new passphrase from words of this language."), "language"),
    ]


def _sheets(frame: Frame) -> list[click.Command]:
    to_stdout = option(frame, "--to-stdout", "", N_("Print the key although standard output is no terminal."))
    new = N_("Show a new recovery key to be copied by hand; it counts once two groups were typed back.")
    removed = N_("Make the recovery sheet useless: its key opens nothing then.")
    return [
        command(frame, "new", new, partial(_sheet, frame), [to_stdout]),
        command(frame, "remove", removed, partial(_tear, frame)),
    ]


def _list(frame: Frame, *, as_json: bool) -> None:
    with frame.opened() as session:
        found = doors.doors(session)
    if as_json:
        frame.json(found)
        return
    for door in found:
        frame.data("\t".join((door.id, frame.tr.text(door.kind.label), door.since, door.whose)).rstrip("\t"))


def _change(frame: Frame, *, file: str | None, language: str | None) -> None:
    with frame.opened_by() as (session, old):
        new = new_passphrase(frame, file, language)
        frame.done(doors.change_passphrase(session, old, new))
    frame.tell(N_("The new passphrase counts from now on."))


def _add(frame: Frame, *, file: str | None, language: str | None, whose: str | None) -> None:
    with frame.opened_by() as (session, old):
        new = new_passphrase(frame, file, language)
        frame.done(doors.add_passphrase(session, old, new, whose=whose or ""))
    frame.tell(N_("Both passphrases open the vault from now on."))


def _remove(frame: Frame, *, door: str) -> None:
    with frame.opened_by() as (session, passphrase):
        frame.done(doors.remove(session, door, passphrase))


def _sheet(frame: Frame, *, to_stdout: bool) -> None:
    if not to_stdout and not (sys.stdout and sys.stdout.isatty()):
        raise Refused(
            N_(
                "The key would go into a file or to another program. Start this where a person looks on, or add "
                "--to-stdout. Nothing was changed."
            )
        )
    _demand_person()
    with frame.opened_by() as (session, passphrase):
        sheet = recovery.new_sheet(session, passphrase)
        _show(frame, sheet)
        ask = frame.tr.text(N_("Group {number}"))
        typed = {at: click.prompt(ask.format(number=at), err=True) for at in sheet.asked}
        frame.done(recovery.confirm(session, sheet, typed))
    frame.tell(
        N_("The sheet counts from now on; an older one does not. Clear this terminal: what it showed can be scrolled.")
    )


def _show(frame: Frame, sheet: Sheet) -> None:
    frame.tell(
        N_("Copy these groups onto paper, and keep it away from the computer. No. {mark}, {day}."),
        mark=sheet.mark,
        day=sheet.day,
    )
    for line in _rows(sheet.groups):
        frame.data(line)
    frame.tell(N_("Now type two of them from the paper."))


def _rows(groups: Sequence[str]) -> list[str]:
    return [" ".join(groups[start : start + _ROW]) for start in range(0, len(groups), _ROW)]


def _tear(frame: Frame) -> None:
    with frame.opened_by() as (session, passphrase):
        frame.done(recovery.remove(session, passphrase))


def new_passphrase(frame: Frame, file: str | None, language: str | None) -> str:
    """The new passphrase: out of a file, drawn and typed back, or typed twice; a weak one is said to be weak."""
    if file is not None and language is not None:
        raise Refused(N_("Give --new-passphrase-file or --generate, not both. Nothing was changed."))
    if language is not None:
        return _drawn(frame, known_language(language))
    given = first_line(Path(file)) if file is not None else _typed_twice(frame)
    bits, weak = strength(given)
    if weak:
        frame.tell(
            N_("This passphrase is weak (about {bits} bits): whoever has a copy of the vault may guess it."),
            bits=int(bits),
        )
    return given


def _drawn(frame: Frame, language: str) -> str:
    _demand_person()
    phrase, _bits = offer_phrase(language)
    frame.tell(N_("The new passphrase: {phrase}"), phrase=phrase)
    frame.tell(
        N_("Write it on paper and keep it apart from the computer. It counts once you have typed it from there.")
    )
    if asked(frame.tr.text(N_("The new passphrase once more: "))).split() != phrase.split():
        raise Refused(N_("This is not the new passphrase. Nothing was changed."))
    return phrase


def _typed_twice(frame: Frame) -> str:
    _demand_person()
    typed = asked(frame.tr.text(N_("New passphrase: ")))
    if asked(frame.tr.text(N_("The new passphrase once more: "))) != typed:
        raise Refused(N_("The two passphrases differ. Nothing was changed."))
    return typed


def _demand_person() -> None:
    if not (sys.stdin and sys.stdin.isatty()):
        raise Refused(N_("There is nobody to type it: start this at a terminal. Nothing was changed."))
