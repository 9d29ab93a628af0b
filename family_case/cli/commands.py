"""How a command is made: options every command takes, groups, and wrong usage said in the chosen language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from family_case.cli.frame import PASSPHRASE_FILE, VAULT
from family_case.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from family_case.cli.frame import Frame
    from family_case.i18n import Translator

AS_OF = ("--as-of", "DATE", N_("Show everything as of this day."))
KNOWN_ON = ("--known-on", "DATE", N_("Show what the vault knew when this day ended; later entries count as unwritten."))
DEEP = ("--deep", "", N_("Read every attached file through as well; this may take long."))
LIMIT = ("--limit", "N", N_("At most so many lines."))
_HEADINGS = {"Options": N_("Options"), "Commands": N_("Commands")}  # click's own words -> ours
JSON = ("--json", "", N_("Every field as JSON, names and numbers included."))


class Words(click.HelpFormatter):
    """Help whose own words are in the chosen language too."""

    tr: Translator

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        super().write_usage(prog, args, prefix or self.tr.text(N_("Usage: ")))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        super().write_heading(self.tr.text(_HEADINGS.get(heading, heading)))


class Command(click.Command):
    """A command that says in the chosen language how it is used, and how it cannot be."""

    tr: Translator
    allow_extra_args = True  # so that they come to `parse_args` below

    def get_help(self, ctx: click.Context) -> str:
        """Give the help as text."""
        words = Words(width=ctx.terminal_width, max_width=ctx.max_content_width)
        words.tr = self.tr
        self.format_help(ctx, words)
        return words.getvalue().rstrip("\n")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give the option `--help`."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = self.tr.text(N_("Show this help."))
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; wrong usage for one too many, a missing value, or a value that a switch was given."""
        try:
            rest = super().parse_args(ctx, args)
        except click.BadOptionUsage as wrong:
            raise click.UsageError(self._misused(wrong.option_name, ctx), ctx) from None
        if rest and not isinstance(self, click.Group):
            raise click.UsageError(self.tr.text(N_("“{name}” is too much here."), name=" ".join(rest)), ctx)
        return rest

    def _misused(self, name: str, ctx: click.Context) -> str:
        switches = {each for param in self.get_params(ctx) if getattr(param, "is_flag", False) for each in param.opts}
        told = (
            N_("The option “{name}” takes no value.") if name in switches else N_("The option “{name}” needs a value.")
        )
        return self.tr.text(told, name=name)


class Group(Command, click.Group):
    """A group that says in the chosen language which command it does not know."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; wrong usage when no command is among them."""
        given = list(args)
        rest = super().parse_args(ctx, args)
        if given and not self.make_parser(ctx).parse_args(given)[1]:
            known = ", ".join(self.list_commands(ctx))
            raise click.UsageError(self.tr.text(N_("Which command? Known are: {known}."), known=known), ctx)
        return rest

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
    made = Command(name, callback=run, params=[*params, *common(frame)], help=frame.tr.text(about))
    made.tr = frame.tr
    return made


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


def named(context: click.Context, param: click.Parameter, value: str | None) -> str:
    """A file or folder that was named; wrong usage for none: an empty variable would mean the folder one stands in."""
    if not (value or "").strip():
        raise click.MissingParameter(ctx=context, param=param)
    return value or ""


def common(frame: Frame) -> list[click.Parameter]:
    """Options before and after every command: which vault, its passphrase file, and the language."""

    def keep(_context: click.Context, param: click.Parameter, value: str | Literal[True] | None) -> None:
        if value is not None and param.name:
            setattr(frame, param.name, value)

    def wanted(spelling: str, metavar: str, about: str) -> click.Option:
        return click.Option(
            [spelling], metavar=metavar, help=frame.tr.text(about, **_PLACES), expose_value=False, callback=keep
        )

    def switch(spelling: str, about: str) -> click.Option:
        return click.Option(
            [spelling], is_flag=True, default=None, help=frame.tr.text(about), expose_value=False, callback=keep
        )

    return [
        wanted("--vault", "DIR", N_("Folder of the vault (else the variable {vault}).")),
        wanted("--passphrase-file", "FILE", N_("File whose first line is the passphrase (else the variable {file}).")),
        wanted("--recovery-file", "FILE", _BY_KEY),
        switch(
            "--keyring", N_("Open the vault by the key store of this computer; where that fails, by its passphrase.")
        ),
        click.Option(
            ["--lang"], metavar="en|ru|uk", help=frame.tr.text(N_("Language of messages.")), expose_value=False
        ),
        switch("--accept-weight", N_("Open the vault also when that needs more than half of this computer's memory.")),
        switch("--read-only", N_("Open the vault read-only: nothing is written, not even beside it.")),
    ]


_BY_STORE = N_("Open the vault by the key store of this computer; where that fails, by its passphrase.")
_BY_KEY = N_("Open with the recovery key in the first line of this file instead (“-”: type it).")
_PLACES = {"vault": VAULT, "file": PASSPHRASE_FILE}
