"""Reading consents, withholdings and disclosures of a case, and drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from family_case.model.consent import Consent, Disclosure, DisclosureItem, Withholding
from family_case.store.belonging import SAME
from family_case.store.faults import translated
from family_case.store.people import as_one
from family_case.store.rows import load

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2


def of_case(connection: dbapi2.Connection, case_id: str) -> list[Consent]:
    """Consents of a case in the order they were recorded."""
    return load(connection, Consent, "case_id = ? ORDER BY rowid", (case_id,))


def withholdings(connection: dbapi2.Connection, case_id: str) -> list[Withholding]:
    """Withholdings of a case, lifted ones included; what is kept from one record of a person is kept from him."""
    found = load(connection, Withholding, "case_id = ? ORDER BY rowid", (case_id,))
    return as_one(connection, found, "from_person_id")


def disclosures(connection: dbapi2.Connection, case_id: str) -> list[Disclosure]:
    """Papers that left, oldest first."""
    return load(connection, Disclosure, "case_id = ? ORDER BY made_ms, rowid", (case_id,))


def all_disclosures(connection: dbapi2.Connection) -> list[Disclosure]:
    """Papers of every case that left, the newest first."""
    return load(connection, Disclosure, "1 ORDER BY made_ms DESC, rowid DESC", ())


def codes_disclosed(connection: dbapi2.Connection) -> dict[str, str]:
    """Codes, by id, of the cases of which papers left."""
    sql = "SELECT id, code FROM case_file WHERE id IN (SELECT case_id FROM disclosure)"
    with translated():
        return dict(connection.execute(sql).fetchall())


def disclosed(connection: dbapi2.Connection, case_id: str, to_whom: str) -> set[tuple[str, str]]:
    """Records (table, id) this recipient has already had from this case."""
    where = "disclosure_id IN (SELECT id FROM disclosure WHERE case_id = ? AND to_whom = ?)"
    return {(item.record_table, item.record_id) for item in load(connection, DisclosureItem, where, (case_id, to_whom))}


def naming(connection: dbapi2.Connection, person_id: str) -> list[str]:
    """Ids of the disclosures in which a person was named, oldest first."""
    where = f"record_table = 'person' AND record_id IN ({SAME} ?) ORDER BY rowid"
    return list(dict.fromkeys(item.disclosure_id for item in load(connection, DisclosureItem, where, (person_id,))))


def draft(connection: dbapi2.Connection, form: str, case_id: str) -> dict[str, str]:
    """Fields of a draft as typed."""
    with translated():
        return dict(
            connection.execute(
                "SELECT field, value FROM draft WHERE form = ? AND case_id = ?", (form, case_id)
            ).fetchall()
        )


def drafted(connection: dbapi2.Connection) -> list[str]:
    """Ids of the cases in which something is half-written ('' for none)."""
    with translated():
        return [str(case_id) for (case_id,) in connection.execute("SELECT DISTINCT case_id FROM draft").fetchall()]
