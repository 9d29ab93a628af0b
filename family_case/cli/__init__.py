"""The command line: the same services the window uses; data on stdout, messages on stderr, 0, 1 or 2 at the end.

An unknown failure ends in the hook `calmly`, as in the window: one sentence and a code, no traceback, no value.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from family_case import __version__
from family_case.cli.anchor import anchoring
from family_case.cli.back import going_back
from family_case.cli.blobs import attachments
from family_case.cli.commands import group
from family_case.cli.doors import coming_and_going
from family_case.cli.enter import entering
from family_case.cli.frame import PASSPHRASE_FILE, VAULT, Frame, language_of
from family_case.cli.keep import keeping
from family_case.cli.keyring_door import key_stores
from family_case.cli.look import looking
from family_case.cli.make import making
from family_case.cli.safety import keeping_safe
from family_case.errors import Problem
from family_case.files import explain
from family_case.i18n import N_, Translator, translator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

__all__ = ["main", "program"]

NAME = "family_case"
DONE, REFUSED, WRONG_USAGE, STOPPED, NOBODY_READS = 0, 1, 2, 130, 141  # the last two: 128 and the signal's number
# The rooms of commands, in the order in which help shows them.
ROOMS = (
    making,
    looking,
    entering,
    going_back,
    attachments,
    keeping,
    coming_and_going,
    key_stores,
    keeping_safe,
    anchoring,
)


def program(frame: Frame) -> click.Group:
    """All commands, their help in the language of `frame`."""
    commands = [each for room in ROOMS for each in room(frame)]
    made = group(frame, NAME, N_("Keep cases of people taken away: encrypted, offline."), commands)
    about = frame.tr.text(N_("Show the program's version."))
    made.params.append(
        click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version, help=about)
    )
    return made


def _version(context: click.Context, _param: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's own shape
    if wanted:
        click.echo(f"{NAME} {__version__}")
        context.exit()


def main(argv: Sequence[str]) -> int:
    """Run one command and say how it ended.

    0 done; 1 refused, unavailable or damaged, with the reason on stderr; 2 wrong usage; 130 stopped by Ctrl+C.
    """
    _speak_utf8()
    before = sys.excepthook
    frame = Frame(translator("en"), os.environ.get(VAULT, ""), os.environ.get(PASSPHRASE_FILE, ""))
    sys.excepthook = calmly(frame)
    code = _guarded(frame, list(argv))
    sys.excepthook = before
    return code


def _guarded(frame: Frame, argv: list[str]) -> int:
    try:
        return _run(frame, argv)
    except Problem as problem:
        frame.problem(problem)
        return REFUSED
    except click.UsageError as wrong:
        click.echo(_usage(wrong, frame.tr), err=True)
        return WRONG_USAGE
    except (KeyboardInterrupt, EOFError, click.Abort):
        return STOPPED
    except BrokenPipeError:
        _close_quietly()
        return NOBODY_READS
    except OSError as error:
        frame.problem(explain(error, error.filename or NAME))
        return REFUSED


def _run(frame: Frame, argv: list[str]) -> int:
    frame.tr = translator(language_of(argv, os.environ))
    commands = program(frame)
    try:
        with commands.make_context(NAME, argv) as context:
            commands.invoke(context)
    except click.exceptions.Exit as end:
        return int(end.exit_code)
    if sys.stdout is not None:  # none where whoever started us closed it
        sys.stdout.flush()
    return DONE


def _usage(wrong: click.UsageError, tr: Translator) -> str:
    """What was wrong with the command, in the chosen language where the sentence is ours."""
    if isinstance(wrong, click.exceptions.NoArgsIsHelpError):
        return wrong.format_message()
    told = wrong.format_message()
    if isinstance(wrong, click.NoSuchOption):
        told = tr.text(N_("There is no option “{name}” here."), name=wrong.option_name)
    elif isinstance(wrong, click.MissingParameter) and wrong.param is not None:
        told = tr.text(
            N_("Something is missing: {name}."), name=wrong.param.make_metavar(wrong.ctx) if wrong.ctx else ""
        )
    hint = tr.text(N_("Help: {command}"), command=f"{wrong.ctx.command_path} --help") if wrong.ctx else ""
    return f"{told}\n{hint}".rstrip()


class calmly:  # noqa: N801 - reads as what it does
    """The last hook: one sentence and a code for a failure nobody expected."""

    def __init__(self, frame: Frame) -> None:
        """Speak in the language of `frame`."""
        self._frame = frame

    def __call__(self, kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
        """Say where it happened, never what was in hand."""
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{Path(trace.tb_frame.f_code.co_filename).stem}:{trace.tb_lineno}" if trace else "?"
        self._frame.tell(
            N_("The program made a mistake of its own and stopped ({code}). What was saved before is kept."),
            code=f"{kind.__name__} {place}",
        )


def _speak_utf8() -> None:
    """UTF-8 on every system; what cannot be shown is written as its code instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        change = getattr(stream, "reconfigure", None)
        if change is not None:
            change(encoding="utf-8", errors="backslashreplace")


def _close_quietly() -> None:
    """Nobody reads any more: let the interpreter's last flush go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
