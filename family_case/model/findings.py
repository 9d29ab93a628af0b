"""The room of facts: what can be found wrong with a vault's files at its opening, as a closed list, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from family_case.i18n import N_
from family_case.model.base import Coded
from family_case.model.changes import Reason

if TYPE_CHECKING:
    from family_case.i18n import Translator


class Finding(Coded):
    """What does not agree with what was noted of the vault; the label is the sentence a person is told."""

    ALTERED = (
        "altered",
        N_(
            "The database (main.db) was altered since the vault was closed, somewhere between {first} and {last} "
            "percent of the file. Its own checks need not notice: an older page that was put back passes them."
        ),
    )
    LOG = (
        "log",
        N_(
            "Beside the database lies a log (main.db-wal) that was not there when the vault was closed. It could bring "
            "older pages back."
        ),
    )
    OLDER = (
        "older",
        N_(
            "The database (main.db) is older than the vault was when it was closed on {day}. Changes missing: "
            "{missing}."
        ),
    )
    LOST = (
        "lost",
        N_(
            "Changes that were on the disk on {day} are missing: {missing}. The program did not come to close the "
            "vault then; since, the log (main.db-wal) was lost, cut short or exchanged, or an older database was put "
            "back."
        ),
    )
    ROLLED_BACK = (
        "rolled_back",
        N_(
            "This computer has seen this vault further on: the folder is an older copy, or another copy of it was "
            "opened here since. Changes missing: {missing}; where none is, doors or keys are those of before."
        ),
    )
    NO_ANCHOR = (
        "no_anchor",
        N_(
            "The anchor is missing: the small file that says how far this vault had come. Without it nobody can tell "
            "whether the database is an older one. A backup has none; it is opened by restoring it."
        ),
    )
    BAD_ANCHOR = (
        "bad_anchor",
        N_(
            "The anchor is damaged or was altered: the small file that says how far this vault had come. Without it "
            "nobody can tell whether the database is an older one."
        ),
    )
    OTHER_ANCHOR = (
        "other_anchor",
        N_(
            "The anchor in this folder belongs to another vault. Without its own nobody can tell whether the database "
            "is an older one."
        ),
    )
    OLD_ANCHOR = (
        "old_anchor",
        N_(
            "The anchor is older than the rest of this vault: someone put it back. Whether the database was altered "
            "cannot be told."
        ),
    )
    OLD_HEADER = (
        "old_header",
        N_("The header of this vault is an older one that was put back: a passphrase that was changed opens it again."),
    )


ACCEPTED = {
    Finding.ALTERED: Reason.ACCEPT_ALTERED,
    Finding.LOG: Reason.ACCEPT_LOG,
    Finding.OLDER: Reason.ACCEPT_OLDER,
    Finding.LOST: Reason.ACCEPT_LOST,
    Finding.ROLLED_BACK: Reason.ACCEPT_ROLLED_BACK,
    Finding.NO_ANCHOR: Reason.ACCEPT_ANCHOR,
    Finding.BAD_ANCHOR: Reason.ACCEPT_ANCHOR,
    Finding.OTHER_ANCHOR: Reason.ACCEPT_ANCHOR,
    Finding.OLD_ANCHOR: Reason.ACCEPT_ANCHOR,
    Finding.OLD_HEADER: Reason.ACCEPT_HEADER,
}  # what the journal keeps of someone who went on all the same


@dataclass(frozen=True, slots=True)
class Found:
    """One finding with the values of its sentence."""

    finding: Finding
    values: Mapping[str, object] = field(default_factory=dict)

    def in_words(self, tr: Translator, /) -> str:
        """The sentence."""
        return tr.text(self.finding.label, **self.values)


@dataclass(frozen=True, slots=True)
class Findings:
    """Several findings as the value of one message: a line each."""

    found: tuple[Found, ...]

    def in_words(self, tr: Translator, /) -> str:
        """All sentences, one below the other."""
        return "\n".join(each.in_words(tr) for each in self.found)
