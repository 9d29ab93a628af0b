"""The doors of a vault: which there are, another passphrase, one more, one less.

Every change here is a new generation of the header, written copy B first: at any moment the vault opens as before or
as after. What it does not change are copies made earlier: whoever changes a passphrase is told which backups still
open with the old one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from family_case.chance import Moment
from family_case.crypto import header, kdf, slot_set, slots
from family_case.crypto.layout import SlotType
from family_case.errors import Problem, Refused, Unavailable
from family_case.i18n import N_
from family_case.model.changes import Changes, Reason
from family_case.model.date_words import SaidDay
from family_case.model.door import Door, DoorKind
from family_case.services.session import calibrated
from family_case.store import door_notes, shelf
from family_case.store.door_notes import DoorNote

if TYPE_CHECKING:
    from collections.abc import Collection

    from family_case.crypto.header import Header
    from family_case.crypto.kdf import Kdf
    from family_case.crypto.layout import Slot
    from family_case.services.session import Session
    from family_case.store.office import Shelved

Note = tuple[str, Mapping[str, object]]

_SAME = N_("The new passphrase is the old one. Nothing was changed.")
_KNOWN = N_("These words open the vault already, by another door. Choose others; nothing was changed.")
_HALF = N_(
    "The change is in force, but only one of the two copies of the vault's header could be written. Look whether the "
    "disk is full; then close the vault and open it again, which writes the other copy."
)
_OPENS = N_("The backup of {day} in “{folder}” still opens with what was replaced or removed.")
_ABSENT = N_(
    "“{folder}” is not there now. Backups in it, the newest of {day}, may still open with what was replaced or removed."
)
_COPIES = N_(
    "A copy of the vault's folder that somebody made before today opens as it did then. Whoever has such a copy, or "
    "only its header.a, and knows what was replaced or removed can open today's vault with it too, should he get hold "
    "of it. If a stranger may have both, give the vault new keys."
)


def doors(session: Session) -> tuple[Door, ...]:
    """Every door of the vault, as the header has them. Raises what `header.read` raises."""
    notes = door_notes.noted(session.vault.connection)
    zone = session.office.zone
    return tuple(
        Door(
            slot.id.hex(),
            DoorKind.of(slot.type.value),
            Moment(note.made_ms).day(zone).isoformat() if note else "",
            note.whose if note else "",
        )
        for slot in slot_set.current(session.folder, session.root).slots
        for note in (notes.get(slot.id.hex()),)
    )


def change_passphrase(session: Session, old: str, new: str, *, cost: Kdf | None = None) -> Changes:
    """Put a door for `new` in the place of the one that `old` opens; `notes` says what still opens with the old one.

    A session entered by the recovery key needs no `old`: then `new` replaces the only passphrase there is, or stands
    beside several. `cost` is calibrated anew when None. Raises Refused (wrong or impossible passphrase), Unavailable
    (disk; the message says which of both counts) or Damaged.
    """
    head = to_change(session)
    if session.recovered and not old:
        known = slot_set.of_kind(head, SlotType.PASSPHRASE)
        gone = [slot.id for slot in known] if len(known) == 1 else []
    else:
        gone = [proven(head, old).id]
    demand_new(head, old, new)
    slot = slots.seal(session.root, new, cost or calibrated(session.clock))
    whose = "".join(door.whose for door in doors(session) if door.id in {each.hex() for each in gone})
    put(session, slot_set.replaced(head, gone, slot), slot, whose)
    session.recovered = False
    return told(session, slot, still_open(session, gone))


def add_passphrase(session: Session, old: str, new: str, *, whose: str = "", cost: Kdf | None = None) -> Changes:
    """Make one more door, for a second person; `whose` helps to tell them apart. Raises as `change_passphrase`."""
    head = to_change(session)
    proven(head, old)
    demand_new(head, old, new)
    slot = slots.seal(session.root, new, cost or calibrated(session.clock))
    put(session, slot_set.with_slot(head, slot), slot, whose)
    return told(session, slot)


def remove(session: Session, door: str, passphrase: str) -> Changes:
    """Take the door of this id (or the beginning of one) away; `passphrase` is one that stays.

    Raises Refused for the last passphrase, an unknown door, and a passphrase that opens the very door that is to go.
    """
    head = to_change(session)
    slot = _meant(head, door)
    after = slot_set.without_slot(head, slot.id)
    if proven(head, passphrase).id == slot.id:
        raise Refused(
            N_(
                "This passphrase opens the door that is to be removed. Type one that stays, so that nobody is shut "
                "out. Nothing was changed."
            )
        )
    put(session, after)
    return told(session, slot, still_open(session, [slot.id]))


def to_change(session: Session) -> Header:
    """The header, to be replaced by its next generation. Refused where the vault was opened to be looked at."""
    session.vault.demand_writable()
    return slot_set.current(session.folder, session.root)


def proven(head: Header, passphrase: str) -> Slot:
    """The slot that `passphrase` opens: whoever sits at an open vault must know one before a door is changed."""
    return header.opened_by(head, passphrase, accept_weight=True)[0]


def demand_new(head: Header, old: str, new: str) -> None:
    """Refuse words that open a door already: taking that door away would then shut nobody out."""
    if old and kdf.normalise(old) == kdf.normalise(new):
        raise Refused(_SAME)
    with contextlib.suppress(header.WrongPassphrase):
        proven(head, new)
        raise Refused(_KNOWN)


def put(session: Session, head: Header, slot: Slot | None = None, whose: str = "") -> None:
    """Write this header, and note down since when the new door is there. Raises Unavailable, saying what counts."""
    session.vault.demand_writable()
    try:
        header.write(session.folder, head, session.root)
    except Unavailable:
        if header.read(session.folder).generation == head.generation:
            raise Unavailable(_HALF) from None
        raise
    known = door_notes.noted(session.vault.connection)
    kept = [known[each.id.hex()] for each in head.slots if each.id.hex() in known]
    if slot is not None:
        kept.append(DoorNote(slot.id.hex(), session.clock.now().utc_ms, " ".join(whose.split())))
    with contextlib.suppress(Problem), session.vault.drafts() as change:  # the door counts without its day
        change.stand(door_notes.column(kept))


def told(session: Session, slot: Slot, notes: tuple[Note, ...] = ()) -> Changes:
    """What came of it: `made` is the door's id."""
    return Changes(session.vault.commit_seq(), Reason.DOOR, frozenset({"copy"}), made=slot.id.hex(), notes=notes)


def still_open(session: Session, gone: Collection[bytes]) -> tuple[Note, ...]:
    """Which backups the doors `gone` still open, folder by folder; a folder that cannot be looked into is named."""
    if not gone:
        return ()
    notes = [note for place in session.vault.kept.shelves for note in _on_shelf(session, place, gone)]
    return (*notes, (_COPIES, {}))


def _on_shelf(session: Session, place: Shelved, gone: Collection[bytes]) -> list[Note]:
    folder = Path(place.place)
    if not folder.is_dir():
        return [(_ABSENT, {"folder": place.place, "day": _day(session, place.taken_ms)})]
    return [
        (_OPENS, {"folder": place.place, "day": _day(session, entry.manifest.taken_ms)})
        for entry in shelf.entries(folder, session.root.backup_key())
        if _opens(entry.path, gone)
    ]


def _opens(entry: Path, gone: Collection[bytes]) -> bool:
    """Whether a backup has one of these doors; one whose header cannot be read is named too."""
    try:
        return any(slot.id in gone for slot in header.read(entry).slots)
    except Problem:
        return True


def _day(session: Session, utc_ms: int) -> SaidDay:
    return SaidDay(Moment(utc_ms).day(session.office.zone))


def _meant(head: Header, door: str) -> Slot:
    wanted = door.strip().casefold()
    found = [slot for slot in head.slots if wanted and slot.id.hex().startswith(wanted)]
    if len(found) != 1:
        raise Refused(N_("“{door}” is no door of this vault, or more than one. Nothing was changed."), door=door)
    return found[0]
