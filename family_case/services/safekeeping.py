"""Is the vault whole: journal chain, derived state, and the database's own checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.store import checks, journal

if TYPE_CHECKING:
    from family_case.services.session import Session

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


def verify(session: Session) -> Report:
    """Check journal, records against it, derived state of every case, search index, and the database's integrity."""
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
    heads, count = checks.sizes(connection)
    return Report(heads, count, tuple(problems))
