"""How far a vault had come: its anchor and witness, read and compared at the opening, written after changes.

The anchor is written as "open" before the first transaction of a session and as "closed", with a digest of the
database's bytes, after its end; so a log beside a closed anchor was put there. The order is anchor, then witness: what
the witness says the anchor has said before.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from family_case.chance import Clock, Moment
from family_case.crypto import header
from family_case.crypto.anchor import (
    ANCHOR,
    LIMIT,
    Anchor,
    Sort,
    Sum,
    Witness,
    read_anchor,
    read_witness,
    witness_name,
    write_anchor,
    write_witness,
)
from family_case.crypto.keys import Root
from family_case.errors import Damaged, Problem, Unavailable
from family_case.files import explain, make_private_folder, read_bounded, write_atomic
from family_case.i18n import N_
from family_case.model.date_words import SaidDay
from family_case.model.findings import Finding, Findings, Found
from family_case.store.digest import altered
from family_case.store.vault import DATABASE, WAL

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from family_case.crypto.header import Header
    from family_case.store.digest import Digest
    from family_case.store.vault import Vault

_STOPPED = N_(
    "The vault was not closed last time: the program or the computer was stopped. What was saved is here. Of the last "
    "second before the stop nobody can tell whether something is missing."
)
_STOPPED_LATE = N_(
    "The vault was not closed last time: the program or the computer was stopped. What was saved is here. Of the last "
    "second before the stop nobody can tell whether something is missing, and this once not whether older pages of the "
    "database were put back since."
)
Note = tuple[str, "Mapping[str, object]"]
_SORTS = {Sort.DAMAGED: Finding.BAD_ANCHOR, Sort.FOREIGN: Finding.OTHER_ANCHOR}
_BEHIND = frozenset({Finding.OLDER, Finding.LOST, Finding.OLD_HEADER})  # say already what the witness would


class Disagrees(Damaged):
    """The vault's files do not agree with what was noted of them; `findings` says in what."""

    def __init__(self, findings: tuple[Found, ...]) -> None:
        """Keep `findings`, which the message tells one by one."""
        super().__init__(
            N_("This vault is not as it was left. Nothing was changed.\n{findings}"), findings=Findings(findings)
        )
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Examined:
    """What came out of the check: findings (None: none), and what there is to say of an unclean end."""

    findings: Findings | None
    notes: tuple[Note, ...]


@dataclass(slots=True)
class Mooring:
    """What anchor and witness say of one open vault, and what does not agree; used by the session's thread.

    `noted` is what the anchor says now, None where it says nothing that can be believed.
    """

    folder: Path
    root: Root = field(repr=False)
    clock: Clock
    generation: int
    despite: bool = False
    noted: Anchor | None = None
    findings: list[Found] = field(default_factory=list)
    witness: Path | None = None
    expected: Sum | None = None
    notes: tuple[Note, ...] = ()
    _seen: Witness | None = None
    _dirty: bool = False
    _settled_at: float = 0.0

    def demand_agreement(self) -> None:
        """Raise Disagrees when something was found, unless the vault is to be opened despite that."""
        if self.findings and not self.despite:
            raise Disagrees(tuple(self.findings))

    def compare(self, vault: Vault) -> None:
        """Hold the opened database against anchor and witness, and have the vault tell before it writes.

        Raises Disagrees.
        """
        self._heed(vault)
        number, known = vault.commit_seq(), self.noted
        if known is not None:
            missing = known.commit_seq - number
            if missing > 0:
                behind = Finding.OLDER if known.closed else Finding.LOST
                day = SaidDay(Moment(known.written_ms).day(vault.office.zone))
                self.findings.append(Found(behind, {"missing": missing, "day": day}))
            elif known.closed and missing < 0:
                self.findings.append(Found(Finding.OLD_ANCHOR))
            elif known.sum is not None and vault.reader.size() != known.sum.size:
                self._find_altered(0, 100)
            self._dirty = missing < 0  # the program was stopped before it could note the newest
        self.witness = usual_folder() / witness_name(self.root, vault.office.copy_id)
        if vault.witnessed:
            self._hear(number)
        elif not vault.read_only:  # switched off on another computer
            self.forget()
        self.demand_agreement()

    def examine(self, vault: Vault) -> Generator[float]:
        """Hash the database as it was when the vault was opened, yielding the share done, and compare it.

        What it finds is added to `findings`. Raises Unavailable when the disk does not answer.
        """
        yield from vault.examine()
        now, before = vault.digest.sum(), self.expected
        if before is not None and now is not None and before != now:
            self._find_altered(*altered(before, now))
        self.expected = None
        self.remember(vault)

    @contextlib.contextmanager
    def upgrading(self, digest: Digest) -> Iterator[None]:
        """Around the bringing up of an older schema: hold the file against the anchor first; raises Disagrees.

        When that fails, the anchor is again what it was.
        """
        old, before, self.expected = self.noted, self.expected, None
        if before is not None:
            for _share in digest.steps():
                pass
            now = digest.sum()
            if now is not None and now != before:
                self._find_altered(*altered(before, now))
            self.demand_agreement()
        if old is not None and not self.findings:
            self.note_down(old.commit_seq)
        try:
            yield
        except BaseException:
            if old is not None:
                write_atomic(self.folder / ANCHOR, write_anchor(old, self.root))
            raise

    def settle(self, vault: Vault, pause: float = 0.0) -> None:
        """Write anchor and witness if something was written since; not again within `pause` seconds.

        Raises Unavailable; what was written stays written.
        """
        now = self.clock.monotonic()
        if not self._dirty or self.findings or vault.read_only or (pause and now - self._settled_at < pause):
            return
        self.note_down(vault.commit_seq(), found=self._standing())
        self.remember(vault)
        self._settled_at, self._dirty = now, False

    def rest(self, vault: Vault) -> None:
        """Note what the bytes of the closed database are, if all of them are known; raises Unavailable."""
        if self.findings or self._dirty or self.noted is None or self.noted.closed:
            return
        if not _length(self.folder / WAL):
            found = vault.digest.renewed()
            if found is not None:
                self.note_down(self.noted.commit_seq, closed=True, found=found)

    def begin(self, vault: Vault) -> None:
        """Write the first anchor of a vault that has none to be believed: one just made, restored or accepted."""
        self.findings.clear()
        self.expected = None
        self._heed(vault)
        self.note_down(vault.commit_seq())
        self.remember(vault)

    def under(self, root: Root, vault: Vault) -> Mooring:
        """The same of a vault that was opened anew, perhaps under other keys: anchor and witness are written anew."""
        if root != self.root:
            self.forget()
        fresh = Mooring(self.folder, root, self.clock, self.generation)
        fresh.witness = usual_folder() / witness_name(root, vault.office.copy_id)
        for _share in vault.examine():
            pass
        fresh.begin(vault)
        return fresh

    def remember(self, vault: Vault) -> None:
        """Write the witness; that it cannot be written (a locked-down account) is no error."""
        if self.witness is None or self.noted is None or self.findings or vault.read_only or not vault.witnessed:
            return
        told = Witness(self.root.epoch, self.generation, self.noted.commit_seq)
        if told == self._seen:
            return
        with contextlib.suppress(Problem):
            make_private_folder(self.witness.parent)
            write_atomic(self.witness, write_witness(told, self.root))
            self._seen = told

    def forget(self) -> None:
        """Remove the witness, so that nothing here says that this vault was opened."""
        self._seen = None
        if self.witness is not None:
            with contextlib.suppress(OSError):
                self.witness.unlink(missing_ok=True)

    def _heed(self, vault: Vault) -> None:
        """Have the vault tell before it writes."""
        vault.before_writing = lambda: self._mark(vault)
        vault.before_working_in = self._unsettle

    def _mark(self, vault: Vault) -> None:
        """Before a transaction: from now on the vault is open, and a log beside it is its own.

        Raises Disagrees while nobody has chosen what to do with a vault that is not as it was left.
        """
        if self.findings:
            raise Disagrees(tuple(self.findings))
        if self.noted is None or self.noted.closed:
            self.note_down(vault.commit_seq(), found=self._standing())
        self._dirty = True

    def _unsettle(self) -> None:
        """Before the log is worked in: from now on the file is not what it was when the vault was closed."""
        if self._standing() is not None and self.noted is not None:
            self.note_down(self.noted.commit_seq)

    def _standing(self) -> Sum | None:
        """What the file still is, as far as the anchor says."""
        return None if self.noted is None else self.noted.sum

    def note_down(self, number: int, *, closed: bool = False, found: Sum | None = None) -> None:
        """Write the anchor as of change `number`. Raises Unavailable."""
        with contextlib.suppress(Problem):  # else the number known stays
            self.generation = header.read(self.folder).generation
        root, now = self.root, self.clock.now().utc_ms
        told = Anchor(root.vault_id.hex(), root.epoch, self.generation, number, now, closed, found)
        write_atomic(self.folder / ANCHOR, write_anchor(told, root))
        self.noted = told

    def _hear(self, number: int) -> None:
        seen = read_seen(self.witness, self.root) if self.witness is not None else None
        self._seen = seen
        if seen is None or any(each.finding in _BEHIND for each in self.findings):
            return
        if seen.commit_seq > number or seen.generation > self.generation:
            self.findings.append(Found(Finding.ROLLED_BACK, {"missing": max(0, seen.commit_seq - number)}))
        elif self.noted is not None and seen.commit_seq > self.noted.commit_seq:
            self.findings.append(Found(Finding.OLD_ANCHOR))

    def _find_altered(self, first: int, last: int) -> None:
        self.findings.append(Found(Finding.ALTERED, {"first": first, "last": last}))


def first(folder: Path, root: Root, head: Header, clock: Clock) -> Mooring:
    """Write the anchor of a vault that is about to be made: a creation that is killed must not look like a loss."""
    found = Mooring(folder, root, clock, head.generation)
    found.note_down(1)
    return found


def moored(folder: Path, root: Root, head: Header, clock: Clock, *, despite: bool) -> Mooring:
    """What the anchor says of the vault in `folder`, and whether a log lies there that may not; nothing is opened yet.

    `despite`: whatever does not agree is only remembered. Raises Disagrees, or Unavailable when the anchor cannot be
    read.
    """
    found = _looked(folder, root, head, clock)
    found.despite = despite
    found.demand_agreement()
    return found


def _looked(folder: Path, root: Root, head: Header, clock: Clock) -> Mooring:
    found = Mooring(folder, root, clock, head.generation)
    told = _told(folder, root)
    if isinstance(told, Finding):
        found.findings.append(Found(told))
        return found
    found.noted, found.expected = told, told.sum
    if not told.closed:
        found.notes = ((_STOPPED if told.sum else _STOPPED_LATE, {}),)
    if told.generation > head.generation:
        found.findings.append(Found(Finding.OLD_HEADER))
    if told.closed and _length(folder / WAL) and _length(folder / DATABASE):
        found.findings.append(Found(Finding.LOG))
    return found


def usual_folder() -> Path:
    """Where the witnesses of this user lie."""
    return platformdirs.user_state_path("family-case", appauthor=False)


def read_seen(file: Path, root: Root) -> Witness | None:
    """The witness in `file`; None when there is none, or none that can be believed."""
    try:
        data = read_bounded(file, LIMIT)
    except (Damaged, Unavailable):
        return None
    return read_witness(data, root) if data is not None else None


def ahead(folder: Path, root: Root, generation: int, number: int, clock: Clock) -> None:
    """Put the anchor of an epoch that is about to begin beside the old one, so that a kill leaves one for either."""
    told = Anchor(root.vault_id.hex(), root.epoch, generation, number, clock.now().utc_ms)
    write_atomic(_beside(folder, root), write_anchor(told, root))


def choose(folder: Path, root: Root) -> None:
    """Of the anchors that a change of keys left, keep the one of the keys that count. Raises Unavailable."""
    own, anchor = _beside(folder, root), folder / ANCHOR
    try:
        if isinstance(_said(anchor, root), Finding) and not isinstance(_said(own, root), Finding):
            own.replace(anchor)
        for left in folder.glob(f"{ANCHOR}.epoch-*"):
            left.unlink(missing_ok=True)
    except OSError as error:
        raise explain(error, folder) from None


def _beside(folder: Path, root: Root) -> Path:
    return folder / f"{ANCHOR}.epoch-{root.epoch}"


def _told(folder: Path, root: Root) -> Anchor | Finding:
    told = _said(folder / ANCHOR, root)
    other = _said(_beside(folder, root), root) if isinstance(told, Finding) else told
    return told if isinstance(other, Finding) else other


def _said(path: Path, root: Root) -> Anchor | Finding:
    try:
        data = read_bounded(path, LIMIT)
    except Damaged:
        return Finding.BAD_ANCHOR
    if data is None:
        return Finding.NO_ANCHOR
    told = read_anchor(data, root)
    return _SORTS[told] if isinstance(told, Sort) else told


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
