"""How a command is made: options every command takes, groups, and wrong usage said in the chosen language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from family_case.cli.frame import PASSPHRASE_FILE, VAULT
from family_case.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from family_case.cli.frame import Frame
    from family_case.i18n import Translator

AS_OF = ("--as-of", "DATE", N_("Show everything as of this day."))
LIMIT = ("--limit", "N", N_("At most so many lines."))
JSON = ("--json", "", N_("Every field as JSON, names and numbers included."))


class Group(click.Group):
    """A group that says in the chosen language which command it does not know."""

    tr: Translator

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command meant; wrong usage for an unknown one."""
        if self.get_command(ctx, args[0]) is None:
            known = ", ".join(self.list_commands(ctx))
            raise click.UsageError(
                self.tr.text(N_("There is no command “{name}” here. Known are: {known}."), name=args[0], known=known),
                ctx,
            )
        return super().resolve_command(ctx, args)


def group(frame: Frame, name: str, about: str, commands: Sequence[click.Command]) -> Group:
    """A group of commands."""
    made = Group(name, commands=list(commands), params=common(frame), help=frame.tr.text(about))
    made.tr = frame.tr
    return made


def command(
    frame: Frame, name: str, about: str, run: Callable[..., None], params: Sequence[click.Parameter] = ()
) -> click.Command:
    """One command: `run` gets the values of `params` by name."""
    return click.Command(name, callback=run, params=[*params, *common(frame)], help=frame.tr.text(about))


def option(
    frame: Frame, spelling: str, metavar: str, about: str, dest: str = "", *, required: bool = False
) -> click.Option:
    """An option with one text as its value, or a switch when there is no `metavar`."""
    names = [spelling, dest or spelling.removeprefix("--").replace("-", "_")]
    text = frame.tr.text(about)
    if not metavar:
        return click.Option(names, is_flag=True, help=text)
    return click.Option(names, metavar=metavar, help=text, required=required)


def listing(frame: Frame, *more: tuple[str, str, str]) -> list[click.Parameter]:
    """The options of a listing: `--json` and `--limit`, and what else it takes."""
    return [option(frame, *each, dest="as_json" if each is JSON else "") for each in (JSON, LIMIT, *more)]


def ref() -> click.Argument:
    """A case by its code, or any record by its id."""
    return click.Argument(["ref"], metavar="REF")


def common(frame: Frame) -> list[click.Parameter]:
    """Options before and after every command: which vault, its passphrase file, and the language."""

    def keep(_context: click.Context, param: click.Parameter, value: str | None) -> None:
        if value is not None and param.name:
            setattr(frame, param.name, value)

    def wanted(spelling: str, metavar: str, about: str) -> click.Option:
        return click.Option(
            [spelling], metavar=metavar, help=frame.tr.text(about, **_PLACES), expose_value=False, callback=keep
        )

    return [
        wanted("--vault", "DIR", N_("Folder of the vault (else the variable {vault}).")),
        wanted("--passphrase-file", "FILE", N_("File whose first line is the passphrase (else the variable {file}).")),
        click.Option(
            ["--lang"], metavar="en|ru|uk", help=frame.tr.text(N_("Language of messages.")), expose_value=False
        ),
    ]


_PLACES = {"vault": VAULT, "file": PASSPHRASE_FILE}
