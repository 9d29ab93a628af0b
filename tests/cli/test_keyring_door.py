"""The key store and new keys by command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from family_case.crypto import keystore
from tests.keystore_double import double

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key store in the place of the computer's; the file of its values."""
    values = tmp_path / "values"
    command = double(values).command
    monkeypatch.setattr(keystore, "worker", lambda: command)
    return values


def test_without_a_key_store_nothing_is_lost(run: Run) -> None:
    """The bus of these tests leads nowhere."""
    status = run("keyring", "status")
    assert (status.code, status.out) == (0, "door\toff\nkey_store\tfailing\n")
    assert "Use the passphrase" in status.err
    turned = run("keyring", "on")
    assert turned.code == 1
    assert "no key store that answers" in turned.err
    assert run("--keyring", "list").code == 0, "by the passphrase, after a line that says why"


def test_on_opens_without_a_passphrase_and_off_does_not(run: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on = run("keyring", "on")
    assert on.code == 0
    assert "whoever can use this account" in on.err
    assert run("keyring", "status").out == "door\ton\nkey_store\tanswers\n"
    monkeypatch.delenv("FAMILY_CASE_PASSPHRASE_FILE")
    assert run("--keyring", "info").code == 0
    assert run("info").code == 1
    assert run("--keyring", "keyring", "off").code == 0
    assert store.read_text("utf-8") == "{}"
    gone = run("--keyring", "info")
    assert gone.code == 1
    assert "does not open by a key store" in gone.err


def test_a_value_that_went_is_said_and_the_passphrase_counts(run: Run, store: Path) -> None:
    run("keyring", "on")
    store.unlink()
    told = run("--keyring", "info")
    assert told.code == 0
    assert "does not hold the key of this vault (any more)" in told.err


def test_another_passphrase_is_not_changed_by_whoever_sits_at_the_computer(
    run: Run, store: Path, tmp_path: Path
) -> None:
    """The key store opens the vault; to change its doors one must know a passphrase all the same."""
    run("keyring", "on")
    (tmp_path / "guess.txt").write_text("a guess\n", "utf-8")
    (tmp_path / "new.txt").write_text("eight other words that nobody has guessed so far\n", "utf-8")
    words = ("--keyring", "--passphrase-file", str(tmp_path / "guess.txt"))
    for command in (["rekey"], ["passphrase", "change"]):
        refused = run(*command, *words, "--new-passphrase-file", str(tmp_path / "new.txt"))
        assert refused.code == 1
        assert "does not open the vault" in refused.err


def test_new_keys_say_before_and_after_what_no_longer_opens(run: Run, tmp_path: Path) -> None:
    new = tmp_path / "new.txt"
    new.write_text("eight other words that nobody has guessed so far\n", "utf-8")
    done = run("rekey", "--new-passphrase-file", str(new))
    assert done.code == 0
    before, _, after = done.err.partition("The vault has new keys.")
    assert "new recovery" not in after
    assert "Every recovery sheet stops opening" in before
    assert "make one now" in after
    assert "solid-state disk" in after
    assert run("info").code == 1, "the old passphrase"
    assert run("info", "--passphrase-file", str(new)).code == 0
