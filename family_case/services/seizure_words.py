"""What a seizure today would reveal, in lines: what is so, why it matters, what can be done. Calm where all is well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from family_case.crypto.header import SlotType
from family_case.i18n import N_
from family_case.model.date_words import SaidDay
from family_case.services.disks import Answer, Swap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from family_case.services.seizure import Facts, Paper, Seen

Words = tuple[str, Mapping[str, object]]
_MEGABYTE: Final = 1_000_000
_MOST: Final = 20  # papers and backups named one by one


class State(Enum):
    """Whether a line asks for something: as it should be, worth a thought, or not to be known here."""

    FINE = "fine"
    MIND = "mind"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the answer: what is so, why it matters, what to do (may be nothing), and single cases of it."""

    name: str
    state: State
    what: Words
    why: Words
    do: Words = ("", {})
    single: tuple[Words, ...] = ()


def told(known: Facts, seen: Seen, *, idle_minutes: int = 0) -> tuple[Line, ...]:
    """The lines in their order; `idle_minutes` until the window locks, 0 where there is no window."""
    lines = [
        _DISK[seen.disk],
        _SWAP[seen.swap],
        *_doors(known),
        *_passphrase_file(known),
        _backups(seen),
        _papers(known, seen),
        *_witness(known),
        *_lock(idle_minutes),
        _vault(known, seen),
    ]
    return tuple(sorted(lines, key=lambda line: line.state is State.FINE))  # stable: what asks for something first


_DISK_WHY: Final[Words] = (
    N_(
        "The vault is encrypted by itself. What lies beside it is not: papers you saved, swap, and what other programs "
        "keep."
    ),
    {},
)
_DISK: Final[Mapping[Answer, Line]] = {
    Answer.YES: Line("disk", State.FINE, (N_("The disk that holds the vault is encrypted."), {}), _DISK_WHY),
    Answer.NO: Line(
        "disk",
        State.MIND,
        (N_("The disk that holds the vault is not encrypted by this system."), {}),
        _DISK_WHY,
        (N_("Let someone who knows the system encrypt the whole disk. It needs a backup first."), {}),
    ),
    Answer.UNKNOWN: Line(
        "disk",
        State.UNKNOWN,
        (N_("Whether the disk that holds the vault is encrypted cannot be told here."), {}),
        _DISK_WHY,
        (N_("Ask whoever set up the computer: BitLocker, FileVault or LUKS must be on for the whole disk."), {}),
    ),
}
_SWAP_WHY: Final[Words] = (
    N_("The system may write memory to the swap while the vault is open; names and keys can stay there for long."),
    {},
)
_SWAP: Final[Mapping[Swap, Line]] = {
    Swap.NONE: Line("swap", State.FINE, (N_("This computer has no swap on a disk."), {}), _SWAP_WHY),
    Swap.ENCRYPTED: Line("swap", State.FINE, (N_("The swap is encrypted."), {}), _SWAP_WHY),
    Swap.PLAIN: Line(
        "swap",
        State.MIND,
        (N_("The swap is not encrypted."), {}),
        _SWAP_WHY,
        (N_("Switch the swap off or let it be encrypted; and do not send the computer to sleep onto its disk."), {}),
    ),
    Swap.UNKNOWN: Line(
        "swap",
        State.UNKNOWN,
        (N_("Whether there is swap, and whether it is encrypted, cannot be told here."), {}),
        _SWAP_WHY,
        (N_("With the whole disk encrypted this is no worry."), {}),
    ),
}


def _doors(known: Facts) -> Iterator[Line]:
    """The ways into the vault, by the types of its slots."""
    kinds = [slot.type for slot in known.slots]
    why = N_("Whoever has the passphrase, or anything else that opens the vault, reads everything in it.")
    yield Line(
        "passphrase",
        State.FINE,
        (N_("Passphrases that open the vault: {count}."), {"count": kinds.count(SlotType.PASSPHRASE)}),
        (why, {}),
    )
    sheets = kinds.count(SlotType.RECOVERY)
    yield _sheet(sheets) if sheets else _NO_SHEET
    yield _KEY_STORE if SlotType.KEYSTORE in kinds else _NO_KEY_STORE


def _sheet(count: int) -> Line:
    return Line(
        "recovery",
        State.MIND,
        (N_("Recovery sheets that open the vault: {count}."), {"count": count}),
        (N_("A recovery sheet opens the vault without the passphrase. It must not be found with the computer."), {}),
        (N_("See that it lies elsewhere. One that may have been seen: remove its door and make a new sheet."), {}),
    )


_NO_SHEET: Final = Line(
    "recovery",
    State.FINE,
    (N_("There is no recovery sheet."), {}),
    (N_("Without one, a lost passphrase is a lost vault."), {}),
)
_KEY_STORE: Final = Line(
    "keystore",
    State.MIND,
    (N_("The key store of a computer opens the vault."), {}),
    (N_("Whoever can log in to that account opens the vault without its passphrase."), {}),
    (N_("Where a seizure is to be feared, switch this door off."), {}),
)
_NO_KEY_STORE: Final = Line(
    "keystore",
    State.FINE,
    (N_("No key store of a computer opens the vault."), {}),
    (N_("To log in to the computer is not enough to open the vault."), {}),
)


def _passphrase_file(known: Facts) -> Iterator[Line]:
    if known.passphrase_file and not known.demo:
        yield Line(
            "passphrase file",
            State.MIND,
            (N_("The passphrase is read from a file: {place}"), {"place": known.passphrase_file}),
            (N_("Whoever finds this file opens the vault."), {}),
            (N_("Type the passphrase instead, and delete the file; on many disks what was deleted can be read."), {}),
        )


def _backups(seen: Seen) -> Line:
    """Which folders hold backups, which of those open with a door the vault no longer has, and which are not there."""
    why: Words = (
        N_(
            "A backup opens with what opened the vault on its day, also after the passphrase was changed or a door was "
            "removed."
        ),
        {},
    )
    if not seen.shelves:
        return Line("backups", State.FINE, (N_("No backup was made from here yet."), {}), why)
    hidden = [each for each in seen.shelves if each.older is None]
    older = [(each, name) for each in seen.shelves for name in each.older or ()]
    single: list[Words] = [
        (N_("{place}: cannot be seen now; last used on {day}."), {"place": each.place, "day": SaidDay(each.last)})
        for each in hidden
    ]
    single += [
        (
            N_("{place}: opens with an older passphrase, or by a door changed or removed since."),
            {"place": str(Path(each.place, name))},
        )
        for each, name in older[:_MOST]
    ]
    single += [
        (N_("{place}: backups of this vault: {count}."), {"place": each.place, "count": each.count})
        for each in seen.shelves
        if each.older is not None
    ]
    state = State.MIND if older else State.UNKNOWN if hidden else State.FINE
    what = {
        State.MIND: N_("Backups that open with an older passphrase, or by a door changed or removed since: {count}."),
        State.UNKNOWN: N_("Every backup that can be seen opens only with what opens the vault today."),
        State.FINE: N_("Every known backup opens only with what opens the vault today."),
    }[state]
    do = N_("If an older passphrase may be known to others: make a new backup, then destroy the old ones by hand.")
    asks = N_("Put the disk of a folder that cannot be seen in, and look here again.")
    steps = {State.MIND: do, State.UNKNOWN: asks, State.FINE: ""}
    return Line("backups", state, (what, {"count": len(older)}), why, (steps[state], {}), tuple(single))


def _papers(known: Facts, seen: Seen) -> Line:
    """Plain files that this program wrote on request, and what was printed."""
    why: Words = (N_("A paper that was saved is a plain file: anyone who finds it can read it."), {})
    there = [each for each in known.papers if each.written_to in seen.there]
    gone = [each for each in known.papers if each.written_to and each.written_to not in seen.there]
    printed = sum(not each.written_to for each in known.papers)
    single = [_paper(each, there=True) for each in there[:_MOST]] + [_paper(each) for each in gone[:_MOST]]
    if len(there) > _MOST or len(gone) > _MOST:
        left = max(0, len(there) - _MOST) + max(0, len(gone) - _MOST)
        single.append((N_("And more papers: {count}."), {"count": left}))
    if printed:
        single.append((N_("Printed from the window, not saved: {count}."), {"count": printed}))
    if there:
        what = (N_("Papers that still lie where they were saved: {count}."), {"count": len(there)})
        do: Words = (
            N_("Hand them over, then delete them; on many disks what was deleted can be read for a while."),
            {},
        )
        return Line("papers", State.MIND, what, why, do, tuple(single))
    if gone:
        what = (N_("Saved papers that are no longer where they were written: {count}."), {"count": len(gone)})
        do = (N_("Where they were moved to, and who has copies, the program cannot know."), {})
        return Line("papers", State.UNKNOWN, what, why, do, tuple(single))
    what = (N_("No paper was saved as a file."), {})
    return Line("papers", State.FINE, what, why, ("", {}), tuple(single))


def _paper(each: Paper, *, there: bool = False) -> Words:
    template = (
        N_("{place} ({case}, {profile}: {who}, {day})")
        if there
        else N_("no longer at {place} ({case}, {profile}: {who}, {day})")
    )
    who = each.to_whom if each.to_whom != each.profile.value else "—"
    day = SaidDay(each.day)
    return template, {"place": each.written_to, "case": each.case, "profile": each.profile, "who": who, "day": day}


def _witness(known: Facts) -> Iterator[Line]:
    if known.witness is not None:
        yield Line(
            "witness",
            State.MIND if known.witness else State.FINE,
            (
                N_("This computer remembers that a vault was opened here.")
                if known.witness
                else N_("This computer keeps no note that a vault was opened here."),
                {},
            ),
            (
                N_(
                    "The note names neither vault nor office. With it the program sees when an older copy of the whole "
                    "vault is put in its place; without it, it cannot."
                ),
                {},
            ),
            (
                N_("If even that must not be found here, keep no note (by command line: witness off).")
                if known.witness
                else "",
                {},
            ),
        )


def _lock(idle_minutes: int) -> Iterator[Line]:
    if idle_minutes:
        yield Line(
            "lock",
            State.FINE,
            (N_("The window locks after idle minutes: {count}. Ctrl+L locks at once."), {"count": idle_minutes}),
            (N_("An open vault shows everything to whoever takes the computer as it stands."), {}),
            (N_("Lock before you leave the table or open the door."), {}),
        )


def _vault(known: Facts, seen: Seen) -> Line:
    size = max(1, round(seen.size / _MEGABYTE))
    return Line(
        "vault",
        State.FINE,
        (
            N_("That there is a vault can be seen, and its size: {size} MB in {place}."),
            {"size": size, "place": str(known.folder)},
        ),
        (N_("Its files are named as they are. What they hold cannot be read, nor how many people are in it."), {}),
    )
