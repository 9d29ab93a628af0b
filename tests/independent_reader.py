"""The room of the second reader: a closed vault read from what docs/vault-format.md says and from nothing else.

It imports nothing of the program, so a vault can be read, and found whole or altered, when the program is gone.
`python -m tests.independent_reader FOLDER` asks for the passphrase and prints the cases.
"""

import getpass
import hashlib
import hmac
import json
import re
import sys
import unicodedata
from contextlib import closing
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as unseal
from sqlcipher3.dbapi2 import Connection, connect

TITLE = b"FAMILY-CASE VAULT HEADER\n"
SPACES = "[\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
JOURNAL = """SELECT seq, copy_id, counter, time_ms, offset_min, actor, reason, refers, schema, table_name, row_id,
case_id, previous, payload_hash, hash, salt, body FROM journal_head LEFT JOIN journal_payload USING (seq) ORDER BY 1"""
NOT_JOURNALLED = "journal_.*|search_.*|sqlite_.*|_sqlite_.*|case_state|copy|draft"
ANEW = "SELECT table_name||' '||row_id, max(seq) FROM journal_head WHERE reason IN ('erase','purge','rekey') GROUP BY 1"

Rows = dict[tuple[str, str], dict[str, Any]]  # by table and id
Case = tuple[str, str, list[tuple[str, str | None, str]]]  # code, alias, entries: kind, day, text


class NotAsWritten(Exception):
    """The vault is not what the page says, or the passphrase is not its own."""


def holds(truth: object, otherwise: str) -> None:
    if not truth:
        raise NotAsWritten(otherwise)


def line(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def hkdf(secret: bytes, salt: bytes, info: str, length: int = 32) -> bytes:
    key, block, out = hmac.digest(salt or bytes(32), secret, "sha256"), b"", b""
    for number in range(1, -(-length // 32) + 1):
        block = hmac.digest(key, block + info.encode("ascii") + bytes([number]), "sha256")
        out += block
    return out[:length]


def header(folder: Path) -> dict[str, Any]:
    """The body of the newer valid copy."""
    copies = []
    for file in filter(Path.is_file, (folder / "header.a", folder / "header.b")):
        raw = file.read_bytes()
        rest = raw[len(TITLE) + 65 :]
        if raw == b"%b%b\n%b" % (TITLE, hashlib.sha256(TITLE + rest).hexdigest().encode(), rest):
            body = json.loads(rest)
            holds(body["min_reader"] <= 1, "the vault asks for a newer reader")
            if len(raw) <= 65_536 and line(body) + b"\n" == rest:
                copies.append(body)
    holds(len({body["vault_id"] for body in copies}) == 1, "no valid header, or headers of two vaults")
    return max(copies, key=lambda body: int(body["generation"]))


def root_key(body: dict[str, Any], passphrase: str) -> bytes:
    """The root key out of the slot that the passphrase opens, proven by the header's MAC; CryptoError: damaged slot."""
    secret = re.sub(SPACES, " ", unicodedata.normalize("NFC", passphrase)).strip(" ").encode()
    vault, epoch = bytes.fromhex(body["vault_id"]), body["epoch"]
    for slot in (slot for slot in body["slots"] if slot["type"] == "passphrase"):
        memory, passes, lanes = (slot["kdf"][name] for name in ("memory_kib", "passes", "lanes"))
        holds(65_536 <= memory <= 1_048_576 and 3 <= passes <= 10 and 4 <= lanes <= 16, "derivation out of bounds")
        derived = hash_secret_raw(secret, bytes.fromhex(slot["salt"]), passes, memory, lanes, 32, Type.ID, 0x13)
        if hkdf(derived, b"", "family-case/v1/slot-commitment").hex() != slot["commitment"]:
            continue
        binding = hkdf(derived, vault, f"family-case/v1/slot-binding/{epoch}/{slot['id']}")
        holds(binding.hex() == slot["binding"], "the slot is damaged, or of another vault or epoch")
        told = {name: (body | slot)[name] for name in ("epoch", "id", "kdf", "salt", "type", "vault_id")}
        key = hkdf(derived, b"", "family-case/v1/slot-seal")
        root = unseal(bytes.fromhex(slot["sealed"]), line(told), bytes.fromhex(slot["nonce"]), key)
        rest = line({name: value for name, value in body.items() if name != "mac"})
        mac = hmac.digest(hkdf(root, vault, f"family-case/v1/header/{epoch}"), TITLE + rest + b"\n", "sha256")
        holds(mac.hex() == body["mac"], "the header was damaged or altered")
        return root
    raise NotAsWritten("wrong passphrase")


def opened(folder: Path, passphrase: str, mode: str = "ro") -> Connection:
    """The closed vault's database, read only and without a trace; mode `rw` is for tests that alter it."""
    body, file = header(folder), folder / "main.db"
    use = f"family-case/v1/database/{body['epoch']}"
    key = hkdf(root_key(body, passphrase), bytes.fromhex(body["vault_id"]), use, 48).hex()
    alone = mode == "ro" and not file.with_name("main.db-wal").exists()
    database = connect(f"{file.absolute().as_uri()}?mode={mode}&immutable={int(alone)}", uri=True)
    database.execute(f"PRAGMA key = \"x'{key}'\"")
    holds(database.execute("PRAGMA application_id").fetchone() == (0x46434153,), "not the database of a vault")
    return database


def rebuilt(database: Connection) -> Rows:
    """Every record as the journal tells it, after a check of the chain of heads and of each payload."""
    rows, last, renewed = Rows(), "0" * 64, dict(database.execute(ANEW))
    for number, (*head, own, salt, body) in enumerate(database.execute(JOURNAL), 1):
        *_, table, row_id, _, previous, payload_hash = head
        array = json.dumps(head, separators=(",", ":"), ensure_ascii=False).encode()
        holds(head[0] == number and previous == last, f"a line is missing before line {head[0]}")
        holds(hashlib.sha256(array).hexdigest() == own, f"line {number} was altered")
        last, since = own, renewed.get(f"{table} {row_id}", 0)
        if body is None:
            holds(number < since, f"the payload of line {number} is missing")
            continue
        payload = hashlib.sha256(bytes.fromhex(salt) + body.encode()).hexdigest()
        holds(payload == payload_hash, f"the payload of line {number} was altered")
        if number >= since:
            before, after = json.loads(body)
            row = rows.pop((table, row_id), None)
            known = {name: row.get(name) for name in before} if row and before and after else row
            holds(known == before, f"line {number} changes what was not there")
            if after is not None:
                rows[table, row_id] = (row or {}) | after
    return rows


def records(database: Connection) -> Rows:
    rows = Rows()
    for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if not re.fullmatch(NOT_JOURNALLED, table):
            found = database.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in found.description]
            rows |= {(table, row["id"]): row for row in (dict(zip(names, values, strict=True)) for values in found)}
    return rows


def read(folder: Path, passphrase: str) -> list[Case]:
    """The cases by code, each with its entries by day; raises NotAsWritten where anything does not fit."""
    with closing(opened(folder, passphrase)) as database:
        told, rows = rebuilt(database), records(database)
        odd = sorted(key for key in told.keys() | rows.keys() if told.get(key) != rows.get(key))
        holds(not odd, f"rows that do not follow from the journal: {odd}")
        cases = database.execute("SELECT code, alias, id FROM case_file ORDER BY code").fetchall()
        entries = "SELECT kind, happened, text FROM entry WHERE case_id = ? ORDER BY happened_earliest, id"
        return [(code, alias, database.execute(entries, (case,)).fetchall()) for code, alias, case in cases]


if __name__ == "__main__":
    for code, alias, entries in read(Path(sys.argv[1]), getpass.getpass()):
        print(code, alias, *("  ".join(map(str, entry)) for entry in entries), sep="\n  ")
