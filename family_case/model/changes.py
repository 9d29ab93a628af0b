"""What a write was for and what it touched: the only thing a service gives back to the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from family_case.i18n import N_
from family_case.model.base import Coded


class Reason(Coded):
    """Why something was written: a closed list, so that history can be read in any language."""

    CREATED = "created", N_("vault created")
    ADD = "add", N_("added")
    LOG = "log", N_("logged")
    EDIT = "edit", N_("changed")
    DISCLOSE = "disclose", N_("paper written")
    UNDO = "undo", N_("taken back")
    REDO = "redo", N_("done again")
    REVERT = "revert", N_("taken back later")
    ERASE = "erase", N_("erased")
    PURGE = "purge", N_("older wordings erased")
    MERGE = "merge", N_("joined as one person")
    UNMERGE = "unmerge", N_("told apart again")
    DEMO = "demo", N_("demo data")
    REPAIR = "repair", N_("vault repaired")
    BACKUP = "backup", N_("backup made")
    ACCEPT_ALTERED = "accept_altered", N_("accepted: database altered while closed")
    ACCEPT_LOG = "accept_log", N_("accepted: a log nobody expected")
    ACCEPT_OLDER = "accept_older", N_("accepted: older database")
    ACCEPT_LOST = "accept_lost", N_("accepted: changes lost after an unclean end")
    ACCEPT_ROLLED_BACK = "accept_rolled_back", N_("accepted: older copy of the vault")
    ACCEPT_ANCHOR = "accept_anchor", N_("accepted: anchor missing or wrong")
    ACCEPT_HEADER = "accept_header", N_("accepted: older header")
    DOOR = "door", N_("door changed")
    REKEY = "rekey", N_("files sealed under new keys")


class Actor(Coded):
    """Through which door a change came."""

    WINDOW = "window", N_("in the window")
    COMMAND_LINE = "command_line", N_("by command line")
    DEMO = "demo", N_("by the demo")


@dataclass(frozen=True, slots=True)
class Changes:
    """What one write touched: tables, row ids and cases; `made` is the id of the record it was about."""

    number: int
    reason: Reason
    tables: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    made: str = ""
    notes: tuple[tuple[str, Mapping[str, object]], ...] = ()


@dataclass(frozen=True, slots=True)
class CaseState:
    """Derived standing of a case, rewritten with every change that touches it; days are ISO texts or None."""

    case_id: str
    word_earliest: str | None = None
    word_latest: str | None = None
    last_talk: str | None = None
    call_back: str | None = None
    first_due: str | None = None
    # Below: what lists are ordered by and Today is found by, made of the above and of the case's own row.
    code: str | None = None
    alias_key: str | None = None  # sorts as an alphabet does; None without an alias
    seen_earliest: str | None = None  # when he was last seen; None beside a latest day: nothing bounds the beginning
    seen_latest: str | None = None
    silent_since: str | None = None  # last possible day of the last direct word, else when he was last seen
    next_due: str | None = None  # of a promise or a call, whichever is nearer
    counted_from: str | None = None  # first day of the silence; None here and below where the clock stands
    soon_on: str | None = None  # first day of "check soon"
    now_on: str | None = None  # first day of "check now"
    overdue: str | None = None
    talk_from: str | None = None
    talk_on: str | None = None  # first day on which the family was not spoken to for longer than the interval


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One journal line for people: when, who, why, which record, and the values before and after (None once erased)."""

    seq: int
    number: int
    time_ms: int
    actor: Actor
    reason: Reason
    table: str
    row_id: str
    before: dict[str, str | int | None] | None
    after: dict[str, str | int | None] | None
    known: bool = True
