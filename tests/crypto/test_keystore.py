"""The contract of a key store, held by the double and by a real Secret Service; and what may not choose or hold it up.

The real one is gnome-keyring on a message bus of its own.
"""

from __future__ import annotations

import subprocess
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest
from keyring.backends import SecretService, kwallet

from family_case.crypto import keystore, keystore_worker
from family_case.crypto.keystore import KeyStore, entry_of
from family_case.errors import Bug, Unavailable
from tests.keystore_double import double
from tests.not_run import demand_tools
from tests.secret_service import TOOLS, secret_service

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

VAULT = bytes(range(16))
SECRET, OTHER = b"\x01" * 32, b"\x02" * 32


class Contract:
    """What every key store does."""

    def test_there_is_one(self, store: KeyStore) -> None:
        store.probe()

    def test_what_was_written_is_read_back_until_it_is_removed(self, store: KeyStore) -> None:
        name = entry_of(VAULT)
        assert store.read(name) is None
        store.write(name, SECRET)
        assert store.read(name) == SECRET
        store.write(name, OTHER)
        assert store.read(name) == OTHER
        store.remove(name)
        assert store.read(name) is None
        store.remove(name)  # nothing there: nothing to do

    def test_two_vaults_do_not_meet(self, store: KeyStore) -> None:
        one, other = entry_of(VAULT), entry_of(bytes(16))
        store.write(one, SECRET)
        store.write(other, OTHER)
        store.remove(other)
        assert store.read(one) == SECRET
        store.remove(one)


class TestDouble(Contract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> KeyStore:
        return double(tmp_path / "values")


@pytest.fixture(scope="module")
def _service(tmp_path_factory: pytest.TempPathFactory) -> Generator[dict[str, str]]:
    demand_tools(*TOOLS)
    with secret_service(tmp_path_factory.mktemp("home")) as variables:
        yield variables


class TestSecretService(Contract):
    @pytest.fixture
    def store(self, _service: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> KeyStore:
        for name, value in _service.items():
            monkeypatch.setenv(name, value)
        return KeyStore()

    def test_settings_of_others_choose_no_other_store(
        self, store: KeyStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """The library's null store accepts a secret and keeps nothing; a variable or a file could name it."""
        chosen = "keyring.backends.null.Keyring"
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", chosen)
        monkeypatch.setenv("KEYRING_PROPERTY_PREFERRED_COLLECTION", "/org/freedesktop/secrets/nowhere")
        for folder in (tmp_path / "python_keyring", tmp_path / ".config" / "python_keyring"):
            folder.mkdir(parents=True)
            (folder / "keyringrc.cfg").write_text(f"[backend]\ndefault-keyring={chosen}\n", "utf-8")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        store.write(entry_of(VAULT), SECRET)
        assert store.read(entry_of(VAULT)) == SECRET
        store.remove(entry_of(VAULT))


def test_only_these_stores() -> None:
    assert list(keystore_worker.STORES) == [SecretService.Keyring, kwallet.DBusKeyring]


@pytest.mark.parametrize("address", [None, "tcp:host=127.0.0.1,port=9", "unix:path=/nowhere;tcp:host=a", "", "rubbish"])
def test_no_bus_and_a_bus_over_a_network_are_no_store(address: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    if address is not None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with pytest.raises(Unavailable, match="no key store that answers"):
        KeyStore().probe()


def test_worker_is_told_nothing_of_a_network_bus_or_of_settings() -> None:
    told = {"DBUS_SESSION_BUS_ADDRESS": "tcp:host=a", "PYTHON_KEYRING_BACKEND": "x", "KEYRING_PROPERTY_A": "b"}
    assert keystore._surroundings({**told, "HOME": "/h"}) == {"HOME": "/h"}
    local = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/bus"}
    assert keystore._surroundings(local) == local


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("absent", "no key store"),
        ("locked", "locked"),
        ("failing", "failure"),
        ("dies", "failure"),
        ("babbles", "failure"),
        ("hangs", "did not answer within"),
    ],
)
def test_every_trouble_is_one_sentence(tmp_path: Path, how: str, said: str) -> None:
    store = double(tmp_path / "values", how, 0.5 if how == "hangs" else 20)
    name = entry_of(VAULT)
    asked: list[Callable[[], object]] = [store.probe, lambda: store.read(name), lambda: store.write(name, SECRET)]
    for ask in asked:
        with pytest.raises(Unavailable, match=said):
            ask()


class Started(subprocess.Popen[str]):
    """Remembers every process that was started, and with what."""

    seen: ClassVar[list[tuple[Started, str]]] = []

    def communicate(self, input: str | None = None, timeout: float | None = None) -> tuple[str, str]:  # noqa: A002 - its name there
        self.seen.append((self, str(self.args)))
        return super().communicate(input, timeout)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Started, str]]:
    monkeypatch.setattr("family_case.crypto.keystore.subprocess.Popen", Started)
    Started.seen.clear()
    return Started.seen


def test_a_hanging_store_leaves_no_process(tmp_path: Path, started: list[tuple[Started, str]]) -> None:
    with pytest.raises(Unavailable):
        double(tmp_path / "values", "hangs", 0.5).read(entry_of(VAULT))
    assert [process.poll() is not None for process, _ in started] == [True]


def test_a_worker_that_cannot_start_is_a_failure() -> None:
    with pytest.raises(Unavailable, match="failure"):
        KeyStore(("/no/such/program",)).probe()


def test_a_value_that_is_none_of_ours_is_no_key(tmp_path: Path) -> None:
    assert double(tmp_path / "values", "rubbish").read(entry_of(VAULT)) == b""


def test_the_name_tells_nothing() -> None:
    """It is the same each time, another for another vault, and holds neither the vault's id nor a word."""
    name = entry_of(VAULT)
    assert name == entry_of(VAULT)
    assert str(uuid.UUID(name.service)) == name.service
    assert VAULT.hex()[:8] not in name.service + name.user
    assert set(name.service + name.user) <= set("0123456789abcdef-")
    assert entry_of(bytes(16)) != name


def test_the_secret_is_in_no_argument(tmp_path: Path, started: list[tuple[Started, str]]) -> None:
    """Arguments of a process stand in lists that every user of the computer can read."""
    double(tmp_path / "values").write(entry_of(VAULT), SECRET)
    assert [SECRET.hex() in told for _, told in started] == [False]


def test_the_double_refuses_to_be_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = keystore_worker.__file__
    monkeypatch.setattr("tests.keystore_double.resources", lambda: Path(inside).parents[1] / "resources")
    with pytest.raises(Bug):
        double(tmp_path / "values")
