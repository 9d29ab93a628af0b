"""F6: a damaged header: of one copy it opens and mends, of both it is refused until a backup's is put back; and hostile
numbers start no derivation.

The bytes of a header alone are tried in `tests/crypto`; here whole vaults are opened.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING
from unittest import mock

from family_case.crypto import header, kdf, layout
from family_case.errors import Damaged, Problem
from family_case.services import backups
from tests.crypto.test_kdf import HOSTILE
from tests.faults import ground
from tests.faults.row import Row
from tests.vaults import PASSPHRASE, open_vault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from family_case.crypto.keys import Root
    from tests.faults.row import Plan

BOTH = (header.COPY_A, header.COPY_B)
REAL, FEW_REAL = 32, 2  # flips that go through the passphrase
PAIRS, FEW_PAIRS = 200, 10
STRIDE = 67  # bits between two of the fast share; odd, so that every bit of a byte is met


def tried(plan: Plan) -> Row:
    """All bits of each copy, cuts of each, pairs of both, hostile numbers."""
    folder, entry = plan.folder / "vault", plan.folder / "shelf"
    root = ground.made(folder)
    entry.mkdir()
    with closing(ground.opened(folder, root, "backup")) as session:
        backup = entry / backups.backup(session, entry).made
    rounds = 0
    failed: list[str] = []
    for kind in (_one_copy, _cut, _both_copies, _hostile):
        for wrong in kind(plan, folder, root, backup):
            rounds += 1
            failed += [wrong] if wrong else []
    what = (
        "header: every bit of one copy mended, both refused until the backup's is put back, hostile numbers not derived"
    )
    return Row("F6", what, rounds, tuple(failed))


def _spoiled(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)


def _flipped(data: bytes, bit: int) -> bytes:
    return data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :]


def _mended(folder: Path, root: Root | None, whole: bytes) -> str:
    """What is wrong when a vault with one bad copy is opened; nothing is."""
    try:
        (ground.opened(folder, root, "flip") if root else open_vault(folder)).close()
    except Problem as problem:
        return f"{type(problem).__name__}: {problem.message}"
    return "" if all((folder / name).read_bytes() == whole for name in BOTH) else "not mended"


def _one_copy(plan: Plan, folder: Path, root: Root, _: Path) -> Iterator[str]:
    whole = (folder / header.COPY_A).read_bytes()
    bits = len(whole) * 8
    stride = plan.rounds(1, STRIDE)
    real = {number * bits // plan.rounds(REAL, FEW_REAL) // stride * stride for number in range(REAL)}
    for name in BOTH:
        for bit in range(0, bits, stride):
            _spoiled(folder, name, _flipped(whole, bit))
            wrong = _mended(folder, None if bit in real and name == header.COPY_A else root, whole)
            yield wrong and f"{name}, bit {bit}: {wrong}"


def _cut(plan: Plan, folder: Path, root: Root, _: Path) -> Iterator[str]:
    whole = (folder / header.COPY_A).read_bytes()
    for name in BOTH:
        for size in range(0, len(whole), plan.rounds(1, STRIDE)):
            _spoiled(folder, name, whole[:size])
            wrong = _mended(folder, root, whole)
            yield wrong and f"{name}, cut at {size}: {wrong}"


def _both_copies(plan: Plan, folder: Path, root: Root, backup: Path) -> Iterator[str]:
    whole, dice = (folder / header.COPY_A).read_bytes(), plan.dice("both copies")
    database = (folder / "main.db").read_bytes()
    for number in range(plan.rounds(PAIRS, FEW_PAIRS)):
        bits = [dice.below(len(whole) * 8) for _ in BOTH]
        for name, bit in zip(BOTH, bits, strict=True):
            _spoiled(folder, name, _flipped(whole, bit))
        wrong = _refused(folder, root)
        if (folder / "main.db").read_bytes() != database:
            wrong += "the database was written to"
        for name in BOTH:
            shutil.copyfile(backup / name, folder / name)
        wrong += _mended(folder, None if number == 0 else root, whole)
        yield wrong and f"both copies, bits {bits}: {wrong}"


def _refused(folder: Path, root: Root) -> str:
    try:
        ground.opened(folder, root, "both").close()
    except Damaged as problem:
        return "" if "header.a and header.b from a backup" in problem.message else f"no way out told: {problem.message}"
    return "opened with two bad copies"


def _hostile(_: Plan, folder: Path, root: Root, __: Path) -> Iterator[str]:
    """Numbers out of bounds, in a header that is right in everything else, its MAC too."""
    kept = header.read(folder)
    for numbers in HOSTILE:
        bad = layout.signed(replace(kept, slots=(replace(kept.slots[0], kdf=numbers),)), root)
        for name in BOTH:
            _spoiled(folder, name, layout.encode(bad))
        with mock.patch.object(kdf, "hash_secret_raw") as derivation:
            try:
                open_vault(folder, PASSPHRASE).close()
                wrong = "opened"
            except Damaged:
                wrong = "a derivation was started" if derivation.call_count else ""
        yield wrong and f"{numbers}: {wrong}"
    header.write(folder, kept, root)
