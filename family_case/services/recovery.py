"""The recovery sheet: a key on paper that opens the vault when the passphrase is lost.

The program writes it into no file. The door is made only after two groups were typed back from the paper, and a new
sheet shuts the door of the one before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from family_case.crypto import header, recovery, slot_set, slots
from family_case.crypto.layout import SlotType
from family_case.crypto.phrases import even_choice
from family_case.crypto.recovery import GROUPS
from family_case.errors import Refused
from family_case.i18n import N_
from family_case.model.date_words import SaidDay
from family_case.services import doors
from family_case.services.restoring import restore_by
from family_case.services.session import enter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from family_case.chance import Clock, Ids
    from family_case.crypto.header import Header
    from family_case.crypto.keys import Root
    from family_case.model.changes import Actor, Changes
    from family_case.services.restoring import Restored
    from family_case.services.session import Door, Session

ASKED = 2  # groups to be typed back
_MARK = 8  # digits of the vault's id on the sheet


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet tells: the key in groups, the first digits of the vault's id, the day it was made.

    `asked`: which groups, counted from 1, are to be typed back.
    """

    groups: tuple[str, ...] = field(repr=False)
    mark: str
    day: SaidDay
    asked: tuple[int, ...]


def new_sheet(session: Session, passphrase: str) -> Sheet:
    """A sheet with a fresh key that opens nothing yet; `passphrase` (not needed after a recovery) is asked again.

    Raises Refused for a wrong one.
    """
    head = doors.to_change(session)
    if not session.recovered:
        doors.proven(head, passphrase)
    left = list(range(1, GROUPS + 1))
    asked = sorted(left.pop(even_choice(len(left))) for _ in range(ASKED))
    mark = session.root.vault_id.hex()[:_MARK].upper()
    day = session.clock.now().day(session.office.zone)
    return Sheet(recovery.spell(recovery.fresh()), mark, SaidDay(day), tuple(asked))


def confirm(session: Session, sheet: Sheet, typed: Mapping[int, str]) -> Changes:
    """Make the door of this sheet, now that the groups asked for were typed back, and shut that of an older one.

    Raises Refused when a group differs, Unavailable (disk; the message says what counts) or Damaged.
    """
    wrong = [at for at in sheet.asked if recovery.plain(typed.get(at, "")) != sheet.groups[at - 1]]
    if wrong:
        raise Refused(
            N_("Group {group} is not what stands on the sheet. The key does not count yet; look at the sheet again."),
            group=wrong[0],
        )
    head = doors.to_change(session)
    gone = [slot.id for slot in slot_set.of_kind(head, SlotType.RECOVERY)]
    slot = slots.seal_bytes(session.root, SlotType.RECOVERY, recovery.read("".join(sheet.groups)))
    doors.put(session, slot_set.replaced(head, gone, slot), slot)
    return doors.told(session, slot, doors.still_open(session, gone))


def remove(session: Session, passphrase: str) -> Changes:
    """Shut the door of the sheet. Refused when there is none, or for a wrong passphrase."""
    known = slot_set.of_kind(doors.to_change(session), SlotType.RECOVERY)
    if not known:
        raise Refused(N_("The vault has no recovery sheet. Nothing was changed."))
    return doors.remove(session, known[0].id.hex(), passphrase)


def unlock(
    folder: Path,
    entered: str,
    *,
    clock: Clock,
    ids: Ids,
    actor: Actor,
    read_only: bool = False,
    despite: bool = False,
) -> Session:
    """Open the vault in `folder` by its recovery key; what is then asked for is a new passphrase; `despite` as `enter`.

    A slip of the pen is told by its group before anything is derived. Raises Refused for it, for a key of another
    vault or an older sheet, and what `session.enter` raises.
    """
    door = door_of(entered)
    opened = enter(folder, door, clock=clock, ids=ids, actor=actor, read_only=read_only, despite=despite)
    opened.recovered = not read_only
    return opened


def restore(source: Path, folder: Path, entered: str, *, clock: Clock, ids: Ids) -> Restored:
    """Bring a backup back by the recovery key of its day; raises what `restoring.restore_by` does, and for a slip."""
    return restore_by(source, folder, door_of(entered), clock=clock, ids=ids)


def door_of(entered: str) -> Door:
    """The door that this key opens, of a vault or of a backup; Refused where it was typed with a slip."""
    return partial(root_of, secret=recovery.read(entered))


def root_of(head: Header, secret: bytes) -> Root:
    """The root key that this recovery key opens; Refused when no door of the vault is its own."""
    root = header.unlock_bytes(head, SlotType.RECOVERY, secret)
    if root is not None:
        return root
    if not slot_set.of_kind(head, SlotType.RECOVERY):
        raise Refused(N_("This vault has no recovery sheet."))
    raise Refused(
        N_("The key was typed without a slip, but it is not the one of this vault: a newer sheet may have replaced it.")
    )
