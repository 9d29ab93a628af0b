"""What keeps strangers out, by command line: `keyring` (the key store of this computer) and `rekey` (new keys)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from family_case.cli.commands import command, group
from family_case.cli.doors import new_passphrase, new_passphrase_options
from family_case.cli.keep import progress_of
from family_case.i18n import N_
from family_case.services import key_store, rekeying

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click

    from family_case.cli.frame import Frame
    from family_case.services.key_store import Note


def key_stores(frame: Frame) -> list[click.Command]:
    """The commands about the key store of this computer and about new keys."""
    turns = [
        command(frame, "on", N_("Let the vault open by it too."), partial(_on, frame)),
        command(frame, "off", N_("Let the vault open by it no more."), partial(_off, frame)),
        command(frame, "status", N_("Whether the vault opens by it, and whether it answers."), partial(_status, frame)),
    ]
    return [
        group(frame, "keyring", N_("The key store of this computer as a door to the vault (off at first)."), turns),
        command(
            frame,
            "rekey",
            N_("Encrypt the whole vault anew under new keys and a passphrase chosen anew."),
            partial(_rekey, frame),
            new_passphrase_options(frame),
        ),
    ]


def _on(frame: Frame) -> None:
    with frame.opened_by() as (session, passphrase):
        frame.done(key_store.turn_on(session, passphrase))


def _off(frame: Frame) -> None:
    with frame.opened() as session:
        _tell(frame, key_store.turn_off(session).notes)


def _status(frame: Frame) -> None:
    found = key_store.standing(frame.folder())
    frame.table({"door": "on" if found.on else "off", "key_store": "failing" if found.trouble else "answers"})
    if found.trouble is not None:
        frame.problem(found.trouble)


def _rekey(frame: Frame, *, file: str | None, language: str | None) -> None:
    with frame.opened_by() as (session, old):
        _tell(frame, ((each, {}) for each in rekeying.BEFORE))
        new = new_passphrase(frame, file, language)
        frame.done(rekeying.rekey(session, old, new, progress=progress_of(frame)))


def _tell(frame: Frame, notes: Iterable[Note]) -> None:
    for message, values in notes:
        frame.tell(message, **values)
