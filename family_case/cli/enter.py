"""Writing by command line: `log` and `add`, with options read off the one table of fields, and `undo`."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import click

from family_case.cli import beside
from family_case.cli.commands import JSON, command, group, option, ref
from family_case.errors import Refused
from family_case.i18n import N_
from family_case.services import history, intake
from family_case.services.forms import ADDED, LOGGED, Field, FieldType, Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    FieldType.RECORD: "REF",
}


def entering(frame: Frame) -> list[click.Command]:
    """The commands that write."""
    logged = [
        command(frame, noun, form.label, partial(_log, frame, noun), [ref(), *_options(frame, form)])
        for noun, form in LOGGED.items()
    ]
    return [
        group(frame, "log", N_("Log a conversation or an entry in a case; prints its id."), logged),
        *(_adder(frame, noun, form) for noun, form in ADDED.items()),
        command(
            frame,
            "undo",
            N_("Take the newest change back."),
            partial(_undo, frame),
            [option(frame, *JSON, dest="as_json")],
        ),
    ]


def spelling(field: Field) -> str:
    """The option of a field: two dashes and its name, with dashes for underscores."""
    return "--" + field.name.replace("_", "-")


def _adder(frame: Frame, noun: str, form: Form) -> click.Command:
    add = command(frame, "add", N_("Add one; prints its id."), partial(_add, frame, noun), _options(frame, form))
    return group(frame, noun, form.label, [add])


def _options(frame: Frame, form: Form) -> list[click.Parameter]:
    return [
        click.Option(
            [spelling(field), field.name], metavar=_METAVARS.get(field.kind, "TEXT"), help=_about(frame, field)
        )
        for field in form.fields
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


def _undo(frame: Frame, *, as_json: bool) -> None:
    with frame.opened() as session:
        changes = history.undo(session, this_session=False)
        what = beside.touched(session, changes)
    if as_json:
        frame.json(changes)
    frame.tell(N_("The newest change was taken back: {what}."), what=what)


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
