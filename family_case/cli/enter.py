"""Writing by command line: `log` and `add`, with options read off the one table of fields."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import click

from family_case.cli import beside
from family_case.cli.commands import command, group, ref
from family_case.cli.joining import joining
from family_case.cli.look import show
from family_case.errors import Refused
from family_case.i18n import N_
from family_case.services import editing, intake, naming
from family_case.services.forms import ADDED, FORMS, LOGGED, Field, FieldType, Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from family_case.cli.frame import Frame
    from family_case.model.base import Coded

STDIN = "-"  # as the value of a field of many lines: read it from standard input
_METAVARS = {
    FieldType.DATE: "DATE",
    FieldType.NUMBER: "NUMBER",
    FieldType.PERSON: "PERSON",
    FieldType.CLAIMED: "PERSON",
    FieldType.CHOICE: "CODE",
    FieldType.CHOICES: "CODES",
    FieldType.YESNO: "yes|no|unknown",
    FieldType.FLAG: "yes|no",
    FieldType.AMOUNT: "AMOUNT",
    FieldType.CURRENCY: "CURRENCY",
    FieldType.COUNT: "N",
    FieldType.PLACE: "PLACE",
    FieldType.BODY: "BODY",
    FieldType.BODIES: "BODY; BODY",
    FieldType.RECORD: "REF",
}


def entering(frame: Frame) -> list[click.Command]:
    """The commands that write."""
    logged = [
        command(frame, noun, form.label, partial(_log, frame, noun), [ref(), *_options(frame, form.fields)])
        for noun, form in LOGGED.items()
    ]
    return [
        group(frame, "log", N_("Log a conversation or an entry in a case; prints its id."), logged),
        *(_adder(frame, noun, form) for noun, form in ADDED.items()),
        _entry(frame),
    ]


def spelling(field: Field) -> str:
    """The option of a field: two dashes and its name, with dashes for underscores."""
    return "--" + field.name.replace("_", "-")


def _adder(frame: Frame, noun: str, form: Form) -> click.Command:
    add = command(frame, "add", N_("Add one; prints its id."), partial(_add, frame, noun), _options(frame, form.fields))
    change = command(
        frame,
        "change",
        N_("Change the given fields of one (an empty text empties a field); prints its id."),
        partial(_change, frame, (noun,)),
        [ref(), *_options(frame, editing.changeable(form))],
    )
    more = [_remover(frame)] if noun in naming.REMOVABLE else joining(frame) if noun == "person" else []
    return group(frame, noun, form.label, [add, change, *more, show(frame)])


def _remover(frame: Frame) -> click.Command:
    return command(
        frame, "remove", N_("Take one away again; prints the id of whose it was."), partial(_remove, frame), [ref()]
    )


def _entry(frame: Frame) -> click.Command:
    """Changing what was logged: the fields of all kinds, each as its own kind has it."""
    fields = {field.name: field for form in LOGGED.values() for field in editing.changeable(form)}
    change = command(
        frame,
        "change",
        N_("Change the given fields of one (an empty text empties a field); prints its id."),
        partial(_change, frame, tuple(LOGGED)),
        [ref(), *_options(frame, tuple(fields.values()))],
    )
    return group(frame, "entry", N_("Entries and conversations that were logged."), [change, show(frame)])


def _options(frame: Frame, fields: Sequence[Field]) -> list[click.Parameter]:
    return [
        click.Option(
            [spelling(field), field.name], metavar=_METAVARS.get(field.kind, "TEXT"), help=_about(frame, field)
        )
        for field in fields
    ]


def _about(frame: Frame, field: Field) -> str:
    label = frame.tr.text(field.label)
    if field.choices is None or field.kind not in (FieldType.CHOICE, FieldType.CHOICES):
        return f"{label}."
    return f"{label}: {', '.join(_code(frame, member) for member in field.choices)}."


def _code(frame: Frame, member: Coded) -> str:
    """A code with its meaning, where the code does not say it in the reader's language."""
    code, meaning = str(member.value), frame.tr.text(member.label)
    return code if meaning == code.replace("_", " ") else f"{code} ({meaning})"


def _log(frame: Frame, kind: str, ref: str, **values: str | None) -> None:
    form = LOGGED[kind]
    given = _given(form, values)
    with frame.opened() as session, _by_option(form):
        frame.done(intake.log(session, kind, ref, given))


def _add(frame: Frame, noun: str, **values: str | None) -> None:
    form = ADDED[noun]
    given = _given(form, values)
    with frame.opened() as session, _by_option(form):
        changes = intake.add(session, noun, given)
        frame.done(changes)
        for message, values_of in beside.added(session, noun, given, changes.made):
            frame.tell(message, **values_of)


def _change(frame: Frame, nouns: tuple[str, ...], ref: str, **values: str | None) -> None:
    with frame.opened() as session:
        noun = editing.noun_of(session, ref)
        if noun not in nouns:
            raise Refused(N_("“{ref}” is not what this command changes. Nothing was saved."), ref=ref)
        with _by_option(FORMS[noun]):
            frame.done(editing.change(session, ref, _given(FORMS[noun], values)))


def _remove(frame: Frame, ref: str) -> None:
    with frame.opened() as session:
        frame.done(naming.remove(session, ref))


@contextmanager
def _by_option(form: Form) -> Iterator[None]:
    """Say what is refused in words a person at a terminal can use: fields by their options, the noun by its label."""
    options = {field.name: spelling(field) for field in form.fields}
    try:
        yield
    except Refused as refused:
        told = dict(refused.values)
        for name in told.keys() & {"field", "fields"}:
            told[name] = ", ".join(options.get(each, each) for each in str(told[name]).split(", "))
        raise Refused(refused.message, **{**told, **({"noun": form} if "noun" in told else {})}) from None


def _given(form: Form, values: Mapping[str, str | None]) -> dict[str, str]:
    given = {name: value for name, value in values.items() if value is not None}
    piped = [field.name for field in form.fields if field.kind is FieldType.TEXT and given.get(field.name) == STDIN]
    if len(piped) > 1:
        raise Refused(N_("Only one field can be read from standard input. Nothing was saved."))
    return given | {name: _standard_input() for name in piped}


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8").removesuffix("\n")
    except UnicodeDecodeError:
        raise Refused(N_("What came from standard input is not text in UTF-8. Nothing was saved.")) from None
