"""What the details of a record are read from, and where their buttons lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from family_case.model.attachment import Attachment
from family_case.model.changes import Changes, HistoryItem
from family_case.model.endpoint import Endpoint
from family_case.model.entry import Entry
from family_case.services import about, attaching, casework, editing, history, known
from family_case.services.about import About

if TYPE_CHECKING:
    from datetime import date

    from family_case.services.session import Session

_LINES: Final = 50  # of the history


@dataclass(frozen=True, slots=True)
class Details:
    """A record as its form knows it, and what was written about it."""

    noun: str
    values: Mapping[str, str]
    history: Sequence[HistoryItem]
    below: About
    attachments: Sequence[Attachment] = ()


def read_details(ref: str, day: date | None, session: Session) -> Details:
    """Read the record meant by `ref`, as known on `day`; Refused when there is none, or was none."""
    lines = history.history(session, ref, _LINES)
    if day is not None:
        lines = [line for line in lines if line.time_ms <= known.end_of(day, session)]
    with known.when(session, ref, day) as told:
        record = casework.record(told, ref)
        below = about.about(told, record)
        values = editing.values_of(told, ref)
        if isinstance(record, Endpoint):  # cannot be changed, so no form knows it
            values["number"] = record.raw
        files = attaching.of(told, ref) if isinstance(record, Entry) and record.case_id else []
        return Details(editing.noun_of(told, ref), values, lines, below, files)


@dataclass(frozen=True, slots=True)
class DetailsDoors:
    """Where the buttons of the details lead."""

    change: Callable[[str, str], object]  # record id, noun
    add: Callable[[str, Mapping[str, str]], object]  # a noun, and what is known of it already
    erase: Callable[[str, str], object]  # record id, how it is called
    erase_older: Callable[[str, str], object]  # the same: only its older wordings
    show: Callable[[str], object]  # another record, wanted in place of this one
    log_about: Callable[[str, str], object]  # about this record, an entry of this kind, in no case
    held: Callable[[str], object]  # person: what we hold about him
    joined: Callable[[Changes], object]  # records of one person were joined or told apart
