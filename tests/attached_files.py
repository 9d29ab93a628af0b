"""Files handed over, for the machine: attached to a case or an entry in any order with everything else."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis.stateful import invariant, rule

from family_case.model.attachment import Attachment
from family_case.services import attaching
from family_case.store import blobs
from family_case.store.rows import load
from tests.desk import PICK, Desk


class AttachedFiles(Desk):
    """Attaches files, and looks after every step whether each still opens and none lies there for nobody."""

    @rule(pick=PICK, other=PICK)
    def attach_a_file(self, pick: int, other: int) -> None:
        entry = self.one(other, "entry") if other % 2 else ""
        case = str(self.expected.rows["entry", entry]["case_id"]) if entry else self.one(pick, "case_file")
        if not case:
            return
        word = self.word()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, f"{word} letter.txt")
            file.write_text(word * 1000, encoding="utf-8")
            facts = {"case_id": case, "entry_id": entry or None, "name": file.name, "size": len(word.encode()) * 1000}
            self.wrote("add", [("attachment", facts)], lambda: attaching.attach(self.session, entry or case, file))

    @invariant()
    def every_file_opens_and_none_is_left_over(self) -> None:
        if not hasattr(self, "session"):
            return
        connection = self.session.vault.connection
        lying = set(blobs.names_in(self.session.folder / blobs.FOLDER))
        assert lying == {each.name for each in blobs.named(connection)}
        for row in load(connection, Attachment, "1"):
            word = row.name.removesuffix(" letter.txt")
            assert b"".join(attaching.pieces(self.session, row)).decode() == word * 1000
