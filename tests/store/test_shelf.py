"""Whatever lies on the shelf, rotation keeps at least two of this copy, the new one always, and strangers untouched."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from family_case.store import manifest, shelf
from family_case.store.manifest import Manifest
from family_case.store.shelf import LEAST, Entry, superfluous

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
OURS = Manifest("ab" * 16, "this copy", 0, 0, 1, 0, 0, "", 3, "")
entries = st.builds(
    lambda copy_id, ms, seq, number: Entry(
        Path(f"/shelf/family-case-{number}"), replace(OURS, copy_id=copy_id, taken_ms=ms, commit_seq=seq)
    ),
    st.sampled_from(["this copy", "other copy"]),
    st.integers(-(10**12), 10**13),
    st.integers(0, 50),
    st.integers(0, 10**6),
)
shelves = st.lists(entries, unique_by=lambda each: each.path)


@given(shelves, entries, st.integers(-3, 12))
def test_what_stays(old: list[Entry], new: Entry, keep: int) -> None:
    old = [each for each in old if each.path != new.path]
    gone = superfluous([*old, new], new, keep)
    own = [each for each in old if each.manifest.copy_id == new.manifest.copy_id]
    assert new not in gone
    assert all(each in own for each in gone)
    kept = [each for each in own if each not in gone]
    assert len(kept) + 1 == min(len(own) + 1, max(keep, LEAST))
    assert all(
        lost.manifest.commit_seq <= stays.manifest.commit_seq for lost in gone for stays in kept
    )  # nothing newer goes before something older


@given(
    st.lists(
        st.tuples(st.sampled_from(["ours", "other copy", "foreign", "short", "unnamed", "more"]), st.integers(0, 9))
    )
)
def test_a_real_shelf(things: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for number, (kind, seq) in enumerate(things):
            put(folder / f"family-case-{number}", kind, seq)
        new = put(folder / "family-case-new", "ours", 0)
        before = {each.name for each in folder.iterdir()}
        shelf.prune(superfluous(shelf.entries(folder, KEY), Entry(new, OURS), 3))
        shelf.sweep(folder, OURS.vault_id)
        gone = {int(name.rpartition("-")[2]) for name in before - {each.name for each in folder.iterdir()}}
        ours = [number for number, (kind, _) in enumerate(things) if kind == "ours"]
        assert all(things[number][0] == "ours" for number in gone)
        counted = [number for number, (kind, _) in enumerate(things) if kind in ("ours", "more")]
        assert len(counted) - len(gone) >= min(len(counted), 2)
        if not any(kind == "more" for kind, _ in things):
            assert len(ours) - len(gone) == min(len(ours), 2)


def put(path: Path, kind: str, seq: int) -> Path:
    """An entry of one sort."""
    path.mkdir()
    facts = replace(OURS, commit_seq=seq, copy_id="other" if kind == "other copy" else OURS.copy_id)
    if kind != "unnamed":
        key = OTHER_KEY if kind == "foreign" else KEY
        (path / "manifest").write_bytes(manifest.encode(facts, key))
    (path / "main.db").write_bytes(b"x" if kind == "short" else b"xyz")
    (path / "header.a").write_bytes(b"h")
    if kind == "more":
        (path / "a colleague's note.txt").write_bytes(b"n")
    return path


def test_leftovers_of_this_vault_are_swept_and_nothing_else(tmp_path: Path) -> None:
    ours = tmp_path / f".family-case-2022-08-22-120000-{OURS.vault_id[:8]}.part"
    theirs = tmp_path / ".family-case-2022-08-22-120000-ffffffff.part"
    mixed = tmp_path / f".family-case-2022-08-23-120000-{OURS.vault_id[:8]}-2.part"
    for folder in (ours, theirs, mixed):
        folder.mkdir()
        (folder / "main.db").write_bytes(b"half")
    (mixed / "letter.txt").write_bytes(b"x")
    shelf.sweep(tmp_path, OURS.vault_id)
    assert sorted(tmp_path.iterdir()) == sorted([theirs, mixed])
    assert [each.name for each in mixed.iterdir()] == ["letter.txt"]


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_make_the_manifest_reader_fail(data: bytes) -> None:
    assert manifest.parse(data, KEY) is None


@given(st.integers(0, 10**6), st.integers(0, 255))
def test_a_manifest_with_one_byte_changed_is_none(at: int, byte: int) -> None:
    data = bytearray(manifest.encode(OURS, KEY))
    assert manifest.parse(bytes(data), KEY) == OURS
    assert manifest.parse(bytes(data), OTHER_KEY) is None
    if data[at % len(data)] != byte:
        data[at % len(data)] = byte
        assert manifest.parse(bytes(data), KEY) is None


def test_of_a_restore_that_was_killed_while_it_erased_again_nothing_stays(tmp_path: Path) -> None:
    part = tmp_path / ".vault.part"
    (part / "blobs" / "ab").mkdir(parents=True)
    for name in ("main.db", "anchor", "blobs/unsettled", "blobs/ab/" + "ab" * 16):
        (part / name).touch()
    shelf.discard(part)
    assert not part.exists()
