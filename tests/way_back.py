"""The way back, for a machine that does anything in any order: taken back and done again, the door, the shelf."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from family_case.chance import SeededIds
from family_case.services import backups, editing, history, restoring
from family_case.store import pool
from tests.desk import PICK, Desk, Wanted
from tests.expected import Key, No, Row, Step
from tests.vaults import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable

DAY_MS = 86_400_000


class WayBack(Desk):
    """Undo, redo, revert; lock and unlock; back up and restore."""

    # --- the way back ---

    @rule(this_session=st.booleans())
    def undo(self, *, this_session: bool) -> None:
        self.both(
            lambda: self.expected.undo(this_session=this_session),
            lambda: history.undo(self.session, this_session=this_session),
        )

    @rule(this_session=st.booleans())
    def redo(self, *, this_session: bool) -> None:
        self.both(
            lambda: self.expected.redo(this_session=this_session),
            lambda: history.redo(self.session, this_session=this_session),
        )

    @precondition(lambda self: self.expected.steps)
    @rule(back=st.integers(0, 8))
    def revert_a_line(self, back: int) -> None:
        self._revert(self.expected.steps[-1 - back % len(self.expected.steps)])

    @precondition(lambda self: self.expected.steps)
    @rule(pick=PICK)
    def revert_a_record(self, pick: int) -> None:
        ref = self._ever(pick)[1]
        step: Step | None = self.expected.newest_of(ref)
        self.both(lambda: self.expected.revert(step), lambda: history.revert(self.session, ref))

    def _revert(self, step: Step) -> None:
        self.both(lambda: self.expected.revert(step), lambda: history.revert(self.session, self._line(step)))

    def _line(self, step: Step) -> str:
        """Number of the newest journal line of a step."""
        sql = "SELECT max(seq) FROM journal_head WHERE counter = ?"
        return str(self.session.vault.connection.execute(sql, (step.number,)).fetchone()[0])

    def _ever(self, pick: int) -> Key:
        """A row that stands or stood."""
        keys = list(dict.fromkeys(key for step in self.expected.steps for key in step.lines))
        return keys[pick % len(keys)] if keys else ("", "none")

    # --- there and back again: what chance alone would seldom play ---

    @rule(times=st.integers(1, 4), turned=st.booleans(), this_session=st.booleans())
    def there_and_back_again(self, times: int, *, turned: bool, this_session: bool) -> None:
        """As often undone as done again; an undo after that takes the same change back once more."""
        before = {key: dict(row) for key, row in self.expected.rows.items()}
        undone = sum(self._went(lambda: self.undo(this_session=this_session)) for _ in range(times))
        for _ in range(undone):
            self.redo(this_session=this_session)
            self.the_vault_is_as_expected()
        if undone and self.expected.steps[-1].reason == "redo":
            assert self.expected.rows == before
        if turned:
            self.undo(this_session=this_session)
            self.redo(this_session=this_session)

    @precondition(lambda self: self.there("case_file"))
    @rule(pick=PICK)
    def nothing_is_done_again_over_a_later_write(self, pick: int) -> None:
        if self._went(lambda: self.undo(this_session=False)):
            case = self.one(pick, "case_file")
            if case:
                self.log("note", case, [])
                self.refused(lambda: history.redo(self.session, this_session=False), No())
                self.done["redo over a write refused"] += 1

    @rule(this_session=st.booleans())
    def undone_before_the_lock_done_again_after_it(self, *, this_session: bool) -> None:
        undone = self._went(lambda: self.undo(this_session=this_session))
        self.lock_and_unlock()
        if undone:
            self.refused(lambda: history.redo(self.session, this_session=True), No())
            self.redo(this_session=False)
            self.done["redo after a lock"] += self.expected.steps[-1].reason == "redo"

    @precondition(lambda self: self.copies < 4)
    @rule()
    def undone_here_is_not_done_again_in_a_restored_copy(self) -> None:
        if self._went(lambda: self.undo(this_session=False)):
            self.back_up()
            self._restore(list(self.kept)[-1])
            self.refused(lambda: history.redo(self.session, this_session=False), No())
            self.done["redo after a restore refused"] += 1

    @rule(pick=PICK, table=st.sampled_from(["entry", "person", "conversation", "case_file"]))
    def what_was_changed_since_stands_in_the_way(self, pick: int, table: str) -> None:
        """Only the later change can be taken back; then the earlier can."""
        field = {"entry": "text", "person": "note", "conversation": "text", "case_file": "circumstances"}[table]
        ref = self.one(pick, table)
        if not ref:
            return
        steps = [self._worded((table, ref), field) for _ in range(2)]
        self.refused(lambda: history.revert(self.session, self._line(steps[0])), No({ref}))
        for step in reversed(steps):
            self._revert(step)
            assert not step.stands
        self.done["reverted in turn"] += 1

    @rule(pick=PICK)
    def another_field_changed_since_does_not(self, pick: int) -> None:
        ref = self.one(pick, "case_file")
        if ref:
            first = self._worded(("case_file", ref), "circumstances")
            owner = self.word()
            self.edit(("case_file", ref), {"owner": owner}, {"owner": owner})
            self._revert(first)
            assert self.expected.rows["case_file", ref]["owner"] == owner
            self.done["reverted beside"] += 1

    def _went(self, deed: Callable[[], None]) -> bool:
        """Whether the deed was done; else it was refused, as expected."""
        before = len(self.expected.steps)
        deed()
        return len(self.expected.steps) > before

    def _worded(self, key: Key, field: str) -> Step:
        word = self.word()
        self.edit(key, {field: word}, {field: word})
        return self.expected.steps[-1]

    # --- the door, and the shelf ---

    @rule()
    def lock_and_unlock(self) -> None:
        self.session.close()
        self.session = self._open()

    @rule()
    def a_day_passes(self) -> None:
        self.clock.utc_ms += DAY_MS

    @rule()
    def back_up(self) -> None:
        self.done["backed up"] += 1
        self.remember_today()  # within a longer deed nobody looked yet
        made = Path(backups.backup(self.session, self.shelf, keep=3).made)
        copy_id = self.session.office.copy_id
        self.kept[made] = copy_id, self.expected.copy(own=False)
        own = [each for each, (copy, _then) in self.kept.items() if copy == copy_id]
        for gone in own[:-3]:
            del self.kept[gone]
        entries = [each for each in self.shelf.iterdir() if not pool.is_pool(each)]
        assert {each.name for each in entries} == {each.name for each in self.kept}
        lists = [each / pool.LIST for each in entries if (each / pool.LIST).exists()]
        needed = {line.split()[0] for each in lists for line in each.read_text("ascii").splitlines()}
        lying = self.shelf.glob("family-case-blobs-*/*/*")
        assert {each.name for each in lying} == needed

    @precondition(lambda self: self.kept and self.copies < 4)
    @rule(pick=PICK)
    def restore_and_go_on_there(self, pick: int) -> None:
        self._restore(list(self.kept)[pick % len(self.kept)])

    def _restore(self, entry: Path) -> None:
        self.session.close()
        self.copies += 1
        self.folder = self.home / f"restored {self.copies}"
        ids = SeededIds(f"restore {self.copies}")
        restoring.restore(entry, self.folder, PASSPHRASE, clock=self.clock, ids=ids)
        then, erasures = self.kept[entry][1], dict[int, set[Key]]()
        self.expected = then.copy(own=False)
        for _copy, later in self.kept.values():
            erasures |= later.erasures
        self.done["restored"] += 1
        self.done["erased again"] += self.expected.erase_again(erasures)
        self.session = self._open()

    def edit(self, key: Key, values: dict[str, str], row: Row, wanted: Wanted | None = None) -> None:
        changed = {key: row} if row else {}
        self.wrote("edit", wanted or [], lambda: editing.change(self.session, key[1], values), changed=changed)
