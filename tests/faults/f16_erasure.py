"""F16: of an erased person nothing is left: no row, journal, index, draft, sealed file, no freed page of the database.

Each round makes a case for somebody of his own invented name, with everything that can hold it (entries, an older
wording, what was taken back, a draft, a file called by it and full of it), erases him, and looks for his name in every
page of the file, decrypted from what docs/vault-format.md says of pages and by nothing of the program, in every
sealed file opened under every key that is left, and in the write-ahead log.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from family_case.chance import SeededIds
from family_case.crypto.kdf import FLOOR
from family_case.errors import Damaged
from family_case.model.attachment import Attachment
from family_case.model.changes import Actor
from family_case.model.text import fold
from family_case.services import attaching, casework, drafts, editing, erasing, history, safekeeping
from family_case.services.session import create
from family_case.store import blobs
from family_case.store.office import Office
from family_case.store.rows import load
from tests.faults.row import Row
from tests.services import casebook
from tests.vaults import PASSPHRASE, ZONE, clock_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from family_case.chance import Dice
    from family_case.services.session import Session
    from tests.faults.row import Plan

_PAGE: Final = 4096
_RESERVED: Final = 80  # at a page's end: 16 bytes to begin deciphering with, 64 of proof
_SALT: Final = 16  # in the place of the first page's first bytes
_PAGE_CODES: Final = ("utf-8", "utf-16-le", "utf-16-be")


def tried(plan: Plan) -> Row:
    """Erase one person after another."""
    rounds, failed, pages = plan.rounds(200, 4), list[str](), 0
    dice = plan.dice("erasure")
    with closing(_vault(plan.folder)) as session:
        casebook.case(session, "K-000", "Сосед Пётр Иванович")
        _give_file(session, plan.folder, "K-000", "сосед")
        for number in range(rounds):
            name = _name(dice)
            ref = _told(session, plan.folder, f"P-{number}", name, whole=number % 2 == 0)
            if not _found(session, name):
                failed.append(f"round {number}: the name was not seen before it was erased: the search is blind")
            erasing.erase(session, ref)
            failed += [f"round {number}: {place}" for place in _found(session, name)]
            pages = len(list(_plain_pages(session)))
        failed += [message for message, _values in safekeeping.verify(session, deep=True).problems]
    notes = (f"{pages} pages of the file looked at in the last round, free ones too",)
    return Row("F16", "an erased person's names are nowhere", rounds, tuple(failed), notes)


def _vault(folder: Path) -> Session:
    office = Office("", ZONE, "RU", "en")
    ids, home = SeededIds("erasure"), folder / "vault"
    shutil.rmtree(home, ignore_errors=True)
    return create(home, PASSPHRASE, clock=clock_on(), ids=ids, actor=Actor.WINDOW, cost=FLOOR, office=office)


def _name(dice: Dice) -> str:
    """A family name nobody has: letters at random, so that no other text holds them."""
    return "".join(dice.one("бвгджзклмнпрстфхцч") + dice.one("аеиоу") for _ in range(6)).capitalize()


def _told(session: Session, folder: Path, code: str, name: str, *, whole: bool) -> str:
    """A case in which everything that can names him; what is to be erased: the case, or him as a stranger in it."""
    full = f"{name} Савелий"
    casebook.case(session, code, full if whole else "Некто Савелий", alias=f"дело {code}")
    ref = code if whole else casebook.person(session, full, "recruiter", code, note=f"{name} note")
    if whole:
        entry = casebook.log(session, "note", code, text=f"{name} first", number="+79997776655")
        editing.change(session, entry, {"text": f"{name} second"})
        casebook.log(session, "note", code, text=f"{name} taken back")
        history.undo(session, this_session=True)
        drafts.save(session, "note", casework.resolve(session, code), "text", f"{name} draft")
        _give_file(session, folder, code, name)
        _give_file(session, folder, entry, name)
        _give_file(session, folder, code, name)
        history.undo(session, this_session=True)
    return ref


def _give_file(session: Session, folder: Path, ref: str, name: str) -> None:
    file = folder / f"{name}.txt"
    file.write_text(f"{name} was here\n" * 9000, encoding="utf-8")
    attaching.attach(session, ref, file)
    file.unlink()


def _found(session: Session, name: str) -> list[str]:
    """Where a name, as typed or as searched, still stands."""
    needles = [each.encode(code) for each in {name, name.lower(), fold(name)} for code in _PAGE_CODES]
    places = [f"page {number}" for number, page in _plain_pages(session) if any(each in page for each in needles)]
    places += [f"row of {table}" for table in _rows_with(session, name)]
    return places + [f"file {row.id}" for row, data in _files(session) if any(each in data for each in needles)]


def _rows_with(session: Session, name: str) -> Iterator[str]:
    connection, forms = session.vault.connection, {name, name.lower(), fold(name)}
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        rows = connection.execute(f'SELECT * FROM "{table}"')
        if any(form in str(value) for row in rows for value in row for form in forms):
            yield table


def _files(session: Session) -> Iterator[tuple[Attachment, bytes]]:
    """Every sealed file opened by a key that is left; one that no key opens says nothing."""
    rows = load(session.vault.connection, Attachment, "1")
    for row in rows:
        try:
            yield row, b"".join(attaching.pieces(session, row))
        except Damaged:
            yield row, b""
    left = set(blobs.names_in(session.folder / blobs.FOLDER)) - {
        each.name for each in blobs.named(session.vault.connection)
    }
    if left:
        raise AssertionError(f"{len(left)} sealed files that nothing names")


def _plain_pages(session: Session) -> Iterator[tuple[int, bytes]]:
    """Every page of the database's file, deciphered one by one, free ones too; and what the log still holds."""
    session.vault.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    key = bytes.fromhex(session.root.database_key())[:32]
    for number in range(session.vault.reader.size() // _PAGE):
        sealed = session.vault.reader.read(number * _PAGE, _PAGE)
        begin = sealed[-_RESERVED : -_RESERVED + 16]
        body = sealed[0 if number else _SALT : -_RESERVED]
        opener = Cipher(algorithms.AES(key), modes.CBC(begin)).decryptor()
        yield number + 1, opener.update(body) + opener.finalize()
