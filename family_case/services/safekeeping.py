"""Is the vault whole: journal chain, derived state, and the database's own checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from family_case.errors import Damaged
from family_case.i18n import N_
from family_case.model.attachment import Attachment
from family_case.store import blobs, cases, checks, journal
from family_case.store.rows import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from family_case.services.session import Session
    from family_case.store.blobs import Lying

_BREAKS = {
    "chain": N_("Journal entry {seq}: the chain does not hold here."),
    "payload": N_("Journal entry {seq}: its contents are not what was written."),
    "missing": N_("Journal entry {seq}: its contents are missing."),
}


@dataclass(frozen=True, slots=True)
class Report:
    """What `verify` found: journal entries read, cases compared, and each problem as message id and values."""

    heads: int
    cases: int
    problems: tuple[tuple[str, dict[str, str]], ...]

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.problems


def verify(session: Session, *, deep: bool = False) -> Report:
    """Check journal, records against it, derived state of every case, search index, sealed files, the database itself.

    Of sealed files that each is there in its length; `deep` reads each whole and compares it with what was given.
    """
    connection = session.vault.connection
    problems = [(_BREAKS[found.what], {"seq": str(found.seq)}) for found in journal.breaks(connection)]
    problems += [
        (N_("Case {code}: its derived state does not follow from its records."), {"code": code})
        for code in checks.stale_cases(connection, session.office.zone)
    ]
    problems += [
        (N_("Record {id}: it is not as the journal says it was written."), {"id": row_id})
        for _table, row_id in checks.unjournalled(connection)
    ]
    problems += [
        (N_("Record {id}: it is written to another case than its entry."), {"id": row_id})
        for row_id in checks.displaced(connection)
    ]
    problems += [(N_("The database reports: {what}"), {"what": what}) for what in checks.integrity(connection)]
    problems += [
        (N_("{count} records are missing from the search index."), {"count": str(n)})
        for n in checks.unindexed(connection)
        if n
    ]
    problems += blob_problems(session, deep=deep)
    heads, count = checks.sizes(connection)
    return Report(heads, count, tuple(problems))


def blob_problems(session: Session, *, deep: bool) -> Iterator[tuple[str, dict[str, str]]]:
    """Each attachment whose sealed file is missing or not the one that was written, by its case and its name."""
    connection, standing = session.vault.connection, set[str]()
    for row in load(connection, Attachment, "1 ORDER BY rowid"):
        standing.add(row.blob)
        (code,) = cases.codes_of(connection, [row.case_id])
        fault = _read_through(session, row) if deep else blobs.fault_of(session.folder, row)
        if fault is not None:
            yield fault.message, {"name": f"{code}: {row.name}"}
    there = set(blobs.names_in(session.folder / blobs.FOLDER))
    lost = {each.name for each in blobs.named(connection)} - standing - there
    if lost:
        yield N_("Sealed files of attachments that were taken back are missing: {count}."), {"count": str(len(lost))}


def called(session: Session, wanted: Iterable[Lying]) -> dict[str, str]:
    """How people call these sealed files, by their names: case and name as given; of one taken back nothing is said."""
    connection = session.vault.connection
    rows = load(connection, Attachment, "1")
    codes = {row.case_id: code for row in rows for code in cases.codes_of(connection, [row.case_id])}
    known = {row.blob: f"{codes[row.case_id]}: {row.name}" for row in rows}
    return {each.name: known.get(each.name, "…") for each in wanted}


def _read_through(session: Session, row: Attachment) -> Damaged | None:
    try:
        for _piece in blobs.plain_of(session.folder, session.root.vault_id, row):
            pass
    except Damaged as fault:
        return fault
    return None
