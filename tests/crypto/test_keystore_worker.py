"""What the worker answers for the system's key store; the same worker is tried against a real one in processes."""

from __future__ import annotations

from typing import ClassVar

import pytest
from keyring.errors import KeyringError, KeyringLocked

from family_case.crypto import keystore_worker as worker

ENTRY = {"service": "a name", "user": "another"}


class Store:
    """A key store in memory, with the calls of a backend that the worker makes."""

    viable: ClassVar[bool] = True
    kept: ClassVar[dict[tuple[str, str], str]] = {}
    fails: ClassVar[Exception | None] = None

    def get_password(self, service: str, username: str) -> str | None:
        if self.fails is not None:
            raise self.fails
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture(autouse=True)
def store(monkeypatch: pytest.MonkeyPatch) -> type[Store]:
    monkeypatch.setattr(worker, "STORES", (Store,))
    monkeypatch.setattr(Store, "viable", True)
    monkeypatch.setattr(Store, "kept", {})
    monkeypatch.setattr(Store, "fails", None)
    return Store


def ask(do: str, **more: str) -> dict[str, str]:
    return worker.answer({"do": do, **ENTRY, **more})


def test_a_value_is_kept_given_back_and_removed() -> None:
    assert ask("probe") == {"said": worker.DONE}
    assert ask("read") == {"said": worker.EMPTY}
    assert ask("write", secret="ab12") == {"said": worker.DONE}
    assert ask("read") == {"said": worker.DONE, "secret": "ab12"}
    assert ask("remove") == {"said": worker.DONE}
    assert ask("read") == {"said": worker.EMPTY}


def test_to_remove_what_is_not_there_is_no_failure() -> None:
    assert ask("remove") == {"said": worker.DONE}


def test_without_a_key_store_it_says_so(store: type[Store], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "viable", False)
    assert ask("read") == {"said": worker.ABSENT}


@pytest.mark.parametrize(("trouble", "said"), [(KeyringLocked(), worker.LOCKED), (KeyringError(), worker.FAILING)])
def test_a_store_that_is_locked_or_fails_is_an_answer(
    store: type[Store], monkeypatch: pytest.MonkeyPatch, trouble: Exception, said: str
) -> None:
    monkeypatch.setattr(store, "fails", trouble)
    assert ask("read") == {"said": said}
