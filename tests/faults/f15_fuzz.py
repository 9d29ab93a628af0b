"""F15: hostile bytes in the place of whatever the program reads: refused in words, in bounded time and memory.

Three ways: any bytes at all (Hypothesis), bytes of a real file spoiled, and the facts in it replaced with the checksum
or MAC made right again, so that what lies behind it is reached. The list of a pool has no MAC and is read by whoever
clears the pool: of a hostile one it only matters that nothing is removed.
"""

from __future__ import annotations

import hashlib
import io
import json
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from family_case.crypto import anchor, header, kdf, layout, recovery, signed, stream
from family_case.errors import Bug, Problem
from family_case.store import blobs, manifest, pool
from tests.faults.row import Row
from tests.vaults import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from family_case.chance import Dice
    from family_case.crypto.keys import Root
    from tests.faults.row import Plan

MANY, FEW = 5_000, 300  # of each way, for each reader
SECONDS = 1.0  # of the processor, for one file
MEMORY_FACTOR = 64  # peak over the most that may be read: an empty object of three letters takes 64 bytes in Python
# Whatever a reader may trip over; a problem in words is the only answer.
UNCAUGHT = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    Bug,
)
HOSTILE: tuple[object, ...] = (
    None, True, False, 0, 1, -1, 2**31, 2**63 - 1, 2**63, 2**64, 10**4000, 0.5, 1e308, "", "0", "ff", "00" * 16,
    "x" * 5000, "\ud800", "é", [], {}, [[]], [{}] * 9, {"": {}}, [None] * 1000,
)  # fmt: skip
_DEEP, _WIDE = (b"[" * 30_000, b'{"a":' * 10_000), (b"{}," * 20_000, b"[" + b"{}," * 20_000 + b"{}]")
_TYPED = 4096  # characters: what a person may paste
_LINES = (*_DEEP, *_WIDE, b"1" * 60_000, b"-" * 60_000)

_ANYTHING = settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader of bytes: a real file, how to read bytes, how to make a file of changed facts, and most bytes read."""

    name: str
    real: bytes
    read: Callable[[bytes], object]
    facts: Callable[[bytes], object]
    wrapped: Callable[[bytes], bytes]
    limit: int


def readers(folder: Path) -> list[Reader]:
    """Every reader of bytes that anybody may have written."""
    head, root = header.create(PASSPHRASE, kdf.FLOOR)
    two = head.successor((*head.slots, *header.create("another passphrase", kdf.FLOOR)[0].slots))
    folder.mkdir()
    return [*_headers(head, two, folder), *_signed(root), *_unsigned(root, folder)]


def _headers(head: header.Header, two: header.Header, folder: Path) -> list[Reader]:
    return [
        Reader("header", layout.encode(two), layout.parse, _header_facts, _as_header, layout.LIMIT),
        Reader(
            "two copies",
            layout.encode(head),
            partial(_read, folder),
            _header_facts,
            _as_header,
            layout.LIMIT,
        ),
    ]


def _signed(root: Root) -> list[Reader]:
    """Lines under a MAC: with the key at hand, so that altered facts are signed again."""
    told = manifest.Manifest("ab" * 16, "cd" * 13, 1, 2, 3, 4, 5, "ef" * 32, 6, "01" * 32)
    summed = anchor.Sum(1 << 20, "ab" * 32, ("01" * 8,) * 16)
    known = anchor.Anchor(root.vault_id.hex(), 1, 2, 3, 4, closed=True, sum=summed)
    seen, key = anchor.Witness(1, 2, 3), root.anchor_key()
    return [
        Reader(
            "manifest",
            manifest.encode(told, root.backup_key()),
            lambda data: manifest.parse(data, root.backup_key()),
            json.loads,
            partial(_resigned, b"family-case backup\n", root.backup_key()),
            manifest.LIMIT,
        ),
        Reader(
            "anchor",
            anchor.write_anchor(known, root),
            lambda data: anchor.read_anchor(data, root),
            json.loads,
            partial(_resigned, b"family-case anchor\n", key),
            anchor.LIMIT,
        ),
        Reader(
            "witness",
            anchor.write_witness(seen, root),
            lambda data: anchor.read_witness(data, root),
            json.loads,
            partial(_resigned, b"family-case witness\n", key),
            anchor.LIMIT,
        ),
    ]


def _unsigned(root: Root, folder: Path) -> list[Reader]:
    """A sealed file, a key typed from paper, and the list of sealed files that lies beside a backup."""
    key, bound, size = stream.fresh_key(), stream.bound_to(root.vault_id, "ab" * 16), 70_000
    whole = b"".join(stream.sealed(io.BytesIO(bytes(size)).read, size, key, bound))
    typed = " ".join(recovery.spell(bytes(range(recovery.KEY_BYTES)))).encode()
    listed = pool.listing([blobs.Lying(f"{n:032x}", n, "ab" * 32) for n in range(20)])
    return [
        Reader("sealed file", whole, partial(_opened, size, key, bound), _text, _bytes, 1 << 17),
        Reader("recovery key", typed, lambda data: recovery.read(_text(data)), _text, _bytes, _TYPED),
        Reader("list of a pool", listed, partial(_cleared, folder / "shelf"), _text, _bytes, pool.LIST_LIMIT),
    ]


def _opened(size: int, key: bytes, bound: bytes, data: bytes) -> object:
    """Nothing that was not sealed so may come out."""
    found = b"".join(stream.opened(io.BytesIO(data).read, size, key, bound))
    if found != bytes(size):
        raise ValueError("a sealed file gave what was not put into it")
    return found


def _cleared(shelf: Path, data: bytes) -> object:
    """Clear a pool as after a backup: what the list names stays, and all of it when the list is not to be read."""
    entry, kept = shelf / "family-case-old", shelf / "family-case-blobs-abababab" / "00" / f"{7:032x}"
    entry.mkdir(parents=True, exist_ok=True)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.touch()
    (entry / pool.LIST).write_bytes(data)
    pool.prune(shelf, "ab" * 16)
    if kept.name.encode() in data and not kept.exists():
        raise ValueError("a file was removed that a list names")
    return kept


def _resigned(title: bytes, key: bytes, line: bytes) -> bytes:
    """The facts signed anew where they are such as can be; else the line as it is."""
    try:
        facts = json.loads(line)
        return signed.signed_line({name: value for name, value in facts.items() if name != "mac"}, title, key)
    except (ValueError, AttributeError, RecursionError):
        return line


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _bytes(line: bytes) -> bytes:
    return line


def _read(folder: Path, data: bytes) -> object:
    for name in (header.COPY_A, header.COPY_B):
        (folder / name).write_bytes(data)
    return header.read(folder)


def _header_facts(data: bytes) -> object:
    return json.loads(data.split(b"\n")[2])


def _as_header(line: bytes) -> bytes:
    line += b"\n"
    return layout.MAGIC + hashlib.sha256(layout.MAGIC + line).hexdigest().encode() + b"\n" + line


def tried(plan: Plan) -> Row:
    """All readers, all ways."""
    rounds = plan.rounds(MANY, FEW)
    failed: list[str] = []
    count, longest, most = 0, 0.0, 0.0
    for reader in readers(plan.folder / "headers"):
        dice = plan.dice(reader.name)
        for data in _all(reader, dice, rounds):
            wrong, seconds, factor = _met(reader, data)
            count, longest, most = count + 1, max(longest, seconds), max(most, factor)
            failed += [f"{reader.name}: {wrong}: {data[:60].hex()}..."] if wrong else []
    notes = (f"longest {longest * 1000:.0f} ms", f"most memory {most:.1f} times the limit of a file")
    return Row(
        "F15",
        "hostile bytes for header, manifest, anchor, witness, sealed file, typed key, list of a pool: refused in "
        "words, time and memory bounded",
        count,
        tuple(failed),
        notes,
    )


def _all(reader: Reader, dice: Dice, rounds: int) -> Iterator[bytes]:
    yield from _any(rounds)
    for _ in range(rounds):
        yield _spoiled(reader.real, dice)
    for _ in range(rounds):
        yield _altered(reader, dice)
    for line in _LINES:
        yield line[: reader.limit - 200]
        yield reader.wrapped(line[: reader.limit - 200])
        yield line * 40


def _any(rounds: int) -> list[bytes]:
    """What Hypothesis thinks of; drawn once and kept, so that each reader meets the same."""
    found: list[bytes] = []

    @settings(
        max_examples=rounds, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
    def draw(data: bytes) -> None:
        found.append(data)

    draw()
    return found


def _spoiled(real: bytes, dice: Dice) -> bytes:
    """Bytes of a real file, with one to four things done to them."""
    data = bytearray(real)
    for _ in range(1 + dice.below(4)):
        at = dice.below(len(data)) if data else 0
        length = 1 + dice.below(40)
        kind = dice.below(6)
        if kind == 0 and data:
            data[at] ^= 1 << dice.below(8)
        elif kind == 1:
            data[at : at + length] = b""
        elif kind == 2:
            data[at:at] = data[at : at + length] * (1 + dice.below(50))
        elif kind == 3:
            data[at : at + length] = bytes(dice.below(256) for _ in range(length))
        elif kind == 4:
            del data[at:]
        else:
            data[at:at] = dice.one((b"\n", b"\x00", b'"', b"{", b"}", b",", b"\xff\xfe", b"9" * 5000))
    return bytes(data)


def _altered(reader: Reader, dice: Dice) -> bytes:
    """Facts of a real file with one to three replaced, gone or said twice, rightly signed; spoiled if it has none."""
    facts = reader.facts(reader.real)
    if isinstance(facts, str):
        return _spoiled(reader.real, dice)
    for _ in range(1 + dice.below(3)):
        holders = [each for each in _holders(facts) if each]
        if holders:
            holder = dice.one(holders)
            name = dice.one(sorted(holder))
            if dice.below(5):
                holder[name] = dice.one(HOSTILE)
            else:
                del holder[name]
    line = json.dumps(facts, sort_keys=bool(dice.below(4)), separators=(",", ":")).encode()
    if not dice.below(5):
        line = line[:-1] + b"," + line[1:]
    return reader.wrapped(line)


def _holders(value: object) -> list[dict[str, object]]:
    if isinstance(value, dict):
        return [value, *(found for inner in value.values() for found in _holders(inner))]
    return [found for inner in value for found in _holders(inner)] if isinstance(value, list) else []


def _met(reader: Reader, data: bytes) -> tuple[str, float, float]:
    """What is wrong with how `data` was met, seconds, and peak of memory over the reader's limit."""
    wrong = ""
    tracemalloc.start()
    start = time.process_time()
    try:
        reader.read(data)
    except Problem:
        pass
    except UNCAUGHT as error:
        wrong = f"{type(error).__name__}: {error}"[:200]
    seconds = time.process_time() - start
    factor = tracemalloc.get_traced_memory()[1] / reader.limit
    tracemalloc.stop()
    if seconds > SECONDS:
        wrong += f" took {seconds:.1f} s"
    if factor > MEMORY_FACTOR and len(data) <= reader.limit:
        wrong += f" took {factor:.0f} times the limit in memory"
    return wrong, seconds, factor if len(data) <= reader.limit else 0.0
