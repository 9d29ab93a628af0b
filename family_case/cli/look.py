"""Looking by command line: `info`, `list`, `show`, `search`, `history`, `today`, `verify`; nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import click

from family_case import __version__
from family_case.cli import lines, showing
from family_case.cli.commands import AS_OF, DEEP, JSON, KNOWN_ON, command, listing, option, ref
from family_case.cli.frame import count, day
from family_case.cli.plain import merged, plain
from family_case.errors import Damaged, Refused
from family_case.i18n import N_
from family_case.model.base import Record
from family_case.model.case import Case
from family_case.model.views import CasePage, PersonCard, TimelineItem
from family_case.services import about, casework, finding, history, known, members, safekeeping, subject, today

if TYPE_CHECKING:
    from datetime import date

    from family_case.cli.frame import Frame
    from family_case.services.session import Session


Subject = CasePage | TimelineItem | PersonCard | Record


@dataclass(frozen=True, slots=True)
class Info:
    """What `info` says of a vault."""

    program: str
    folder: str
    copy_id: str
    zone: str
    phone_region: str
    language: str
    demo_day: str
    today: str
    cases: int


def looking(frame: Frame) -> list[click.Command]:
    """The commands that only look."""
    text = click.Argument(["text"], metavar="TEXT")
    only_json: list[click.Parameter] = [option(frame, *JSON, dest="as_json")]
    return [
        command(frame, "info", N_("Which vault this is."), partial(_info, frame), only_json),
        command(frame, "list", N_("All cases and their silence."), partial(_list, frame), listing(frame, AS_OF)),
        show(frame),
        command(
            frame, "search", N_("Find names, numbers and words."), partial(_search, frame), [text, *listing(frame)]
        ),
        command(
            frame,
            "history",
            N_("What was written, the newest first."),
            partial(_history, frame),
            [ref(), *listing(frame)],
        ),
        command(frame, "today", N_("What asks for attention."), partial(_today, frame), listing(frame, AS_OF)),
        command(
            frame,
            "subject-access",
            N_("What is held about one person, everyone else masked."),
            partial(_subject_access, frame),
            [click.Argument(["person"], metavar="PERSON"), *only_json],
        ),
        command(
            frame,
            "verify",
            N_("Check that the vault is whole."),
            partial(_verify, frame),
            [*only_json, option(frame, *DEEP)],
        ),
    ]


def show(frame: Frame) -> click.Command:
    """The command that shows one case or record."""
    taken: list[click.Parameter] = [
        ref(), option(frame, *JSON, dest="as_json"), option(frame, *AS_OF), option(frame, *KNOWN_ON),
    ]  # fmt: skip
    return command(frame, "show", N_("One case, or one record by its id."), partial(_show, frame), taken)


def _info(frame: Frame, *, as_json: bool) -> None:
    with frame.opened() as session:
        found = _info_of(session)
    if as_json:
        frame.json(found)
    else:
        frame.table(plain(found))


def _info_of(session: Session) -> Info:
    office = session.office
    return Info(
        program=__version__,
        folder=str(session.folder),
        copy_id=office.copy_id,
        zone=office.zone or "UTC",
        phone_region=office.phone_region,
        language=office.language,
        demo_day=office.demo_day,
        today=session.today().isoformat(),
        cases=casework.count(session),
    )


def _list(frame: Frame, *, as_json: bool, limit: str | None, as_of: str | None) -> None:
    most, on = count(limit), day(as_of)
    with frame.opened() as session:
        rows = casework.cases(session, as_of=on, limit=most)
        facts = [
            merged(line, case=casework.record(session, line.code), people=members.of_case(session, line.id))
            for line in (rows if as_json else ())
        ]
    if as_json:
        frame.json(facts)
    for line in [] if as_json else rows:
        frame.data(lines.row(line, frame.tr))


def _show(frame: Frame, *, ref: str, as_json: bool, as_of: str | None, known_on: str | None) -> None:
    on, then = day(as_of), day(known_on)
    with frame.opened() as session, known.when(session, ref, then) as told:
        found, people = _subject(told, ref, on)
        outside = isinstance(found, PersonCard) and not found.role.case_id
        below = about.about(told, casework.record(told, ref)) if outside or isinstance(found, Record) else about.About()
    under = {"below": below} if below != about.About() else {}
    if as_json and isinstance(found, Record):
        frame.json(merged(found, table=found.TABLE, **under))
    elif as_json and outside:
        frame.json(merged(found, role=None, **under))
    elif as_json:
        frame.json(found)
    for line in (
        []
        if as_json
        else [*showing.shown(found, people, frame.tr), *showing.below(below, frame.tr, of_members=not outside)]
    ):
        frame.data(line)


def _subject(session: Session, ref: str, on: date | None) -> tuple[Subject, tuple[PersonCard, ...]]:
    """What a code or id means to a reader: a case's page, a line of its timeline, a person's card, or the record."""
    record = casework.record(session, ref)
    try:
        page = casework.page(session, ref, as_of=on)
    except Refused:
        return about.in_no_case(session, record) or record, ()
    if isinstance(record, Case):
        return page, page.people
    parts: tuple[TimelineItem | PersonCard, ...] = (*page.timeline, *page.people)
    meant = (each for each in parts if record.id == (each.person.id if isinstance(each, PersonCard) else each.id))
    return next(meant, record), page.people


def _search(frame: Frame, *, text: str, as_json: bool, limit: str | None) -> None:
    most = count(limit)
    with frame.opened() as session:
        hits = finding.find(session, text, limit=most)
        records = {hit.record_id: casework.record(session, hit.record_id) for hit in hits} if as_json else {}
    if as_json:
        frame.json([merged(hit, record=records[hit.record_id]) for hit in hits])
    for hit in [] if as_json else hits:
        frame.data(lines.hit(hit, frame.tr))


def _history(frame: Frame, *, ref: str, as_json: bool, limit: str | None) -> None:
    most = count(limit)
    with frame.opened() as session:
        items = history.history(session, ref, limit=most)
    if as_json:
        frame.json(items)
    for item in [] if as_json else items:
        frame.data(lines.written(item, frame.tr))


def _today(frame: Frame, *, as_json: bool, limit: str | None, as_of: str | None) -> None:
    most, on = count(limit), day(as_of)
    with frame.opened() as session:
        found = today.today(session, as_of=on, limit=most)
    if as_json:
        frame.json(found)
    for line in [] if as_json else found:
        frame.data(lines.pressing(line, frame.tr))


def _subject_access(frame: Frame, *, person: str, as_json: bool) -> None:
    with frame.opened() as session:
        found = subject.access(session, person)
    if as_json:
        frame.json(found)
    for line in [] if as_json else showing.held(found, frame.tr):
        frame.data(line)
    for message, values in subject.kept_words(found):
        frame.tell(message, **values)


def _verify(frame: Frame, *, as_json: bool, deep: bool) -> None:
    with frame.opened() as session:
        report = safekeeping.verify(session, deep=deep)
    problems = [frame.tr.text(message, **values) for message, values in report.problems]
    if as_json:
        frame.json({"ok": report.ok, "heads": report.heads, "cases": report.cases, "problems": problems})
    else:
        frame.table({"ok": report.ok, "heads": report.heads, "cases": report.cases})
    if not report.ok:
        for problem in problems:
            frame.tell(problem)
        raise Damaged(N_("The vault is not whole. Do not write to it; restore the newest verified backup."))
