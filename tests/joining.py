"""People written down twice, for the machine: joined and told apart in any order with everything else."""

from __future__ import annotations

from hypothesis.stateful import rule

from family_case.services import merging
from tests.desk import PICK, Desk
from tests.expected import Key, No, Row


class Joining(Desk):
    """Joins people and tells them apart."""

    @rule(pick=PICK, other=PICK)
    def was_written_down_twice(self, pick: int, other: int) -> None:
        first, into = self.one(pick, "person"), self.one(other, "person")
        if not first or not into:
            return
        joined, (main, *_rest) = self.expected.same(first), self.expected.same(into)
        if main in joined:
            self.refused(lambda: merging.merge(self.session, first, into), No())
        else:
            changed: dict[Key, Row] = {("person", each): {"merged_into": main} for each in joined}
            self.wrote("merge", [], lambda: merging.merge(self.session, first, into), changed=changed)

    @rule(pick=PICK)
    def is_told_apart_again(self, pick: int) -> None:
        joined = [each for each in self.ids("person") if self.expected.rows["person", each]["merged_into"]]
        person = joined[pick % len(joined)] if joined else self.one(pick, "person")
        if joined:
            changed: dict[Key, Row] = {("person", person): {"merged_into": None}}
            self.wrote("unmerge", [], lambda: merging.unmerge(self.session, person), changed=changed)
        elif person:
            self.refused(lambda: merging.unmerge(self.session, person), No())
