"""Making and opening a vault: whole or not at all, one writer, and nothing in clear that names anybody."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from family_case.chance import SeededIds, SystemClock
from family_case.crypto.kdf import FLOOR
from family_case.errors import Damaged, Refused, Unavailable
from family_case.model.changes import Actor
from family_case.services import casework, drafts
from family_case.services import session as sessions
from family_case.services.session import create, unlock
from family_case.store import vault as store_vault
from family_case.store.guard import Guard
from family_case.store.office import Office
from tests.services.casebook import case, log, person
from tests.vaults import PASSPHRASE, clock_on, open_vault

if TYPE_CHECKING:
    from family_case.services.session import Session

ROOT = Path(__file__).resolve().parents[2]
OFFICE = Office("", "Europe/Moscow", "RU", "en")
OPEN = """
import sys
from pathlib import Path
from family_case.chance import SystemClock, SystemIds
from family_case.errors import Problem
from family_case.model.changes import Actor
from family_case.services.session import unlock
try:
    unlock(Path(sys.argv[1]), sys.argv[2], clock=SystemClock(), ids=SystemIds(), actor=Actor.WINDOW).close()
except Problem as problem:
    print(type(problem).__name__, problem)
else:
    print("opened")
"""
MAKE = """
import os, signal, sys
from pathlib import Path
from family_case.chance import SystemClock, SystemIds
from family_case.crypto.kdf import FLOOR
from family_case.model.changes import Actor
from family_case.services import session
from family_case.store import change, vault
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
point = sys.argv[2]
if point == "header":
    session.vault.create = die
elif point == "schema":
    vault.migrate = die
elif point == "office":
    change.Change.found = die
else:
    change.Change.finish = die
session.create(Path(sys.argv[1]), "words", clock=SystemClock(), ids=SystemIds(), actor=Actor.WINDOW, cost=FLOOR)
"""


def made(folder: Path, passphrase: str = PASSPHRASE) -> Session:
    return create(
        folder, passphrase, clock=clock_on(), ids=SeededIds("made"), actor=Actor.WINDOW, cost=FLOOR, office=OFFICE
    )


def in_another_process(folder: Path) -> str:
    command = [sys.executable, "-c", OPEN, str(folder), PASSPHRASE]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_a_new_vault_opens_again_with_what_was_put_in(tmp_path: Path) -> None:
    session = made(tmp_path / "new" / "vault")
    case(session)
    copy_id = session.office.copy_id
    session.close()
    session = open_vault(tmp_path / "new" / "vault")
    assert [row.code for row in casework.cases(session)] == ["K-001"]
    assert session.office == Office(copy_id, "Europe/Moscow", "RU", "en")
    session.close()
    assert (tmp_path / "new" / "vault").stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in (tmp_path / "new" / "vault").iterdir())


@pytest.mark.parametrize("passphrase", ["", "   ", "\u00a0"])
def test_an_empty_passphrase_makes_no_vault(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(Refused):
        made(tmp_path / "vault", passphrase)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    for place in (tmp_path, tmp_path / "letter.txt"):
        with pytest.raises((Refused, Unavailable)):
            made(place)
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"


def failing(*_: object, **__: object) -> None:
    raise Unavailable("The disk is full.")


@pytest.mark.parametrize("point", ["family_case.store.vault.create", "family_case.store.vault.migrate"])
def test_a_creation_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    monkeypatch.setattr(point, failing)
    for folder in (tmp_path / "fresh", tmp_path / "there"):
        (tmp_path / "there").mkdir(exist_ok=True)
        with pytest.raises(Unavailable):
            made(folder)
    assert [each.name for each in tmp_path.iterdir()] == ["there"]
    assert [each.name for each in (tmp_path / "there").iterdir() if each.name != "lock"] == []
    monkeypatch.undo()
    made(tmp_path / "fresh").close()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a word of POSIX")
@pytest.mark.parametrize("point", ["header", "schema", "office", "commit"])
def test_a_creation_killed_in_the_middle_says_clearly_that_it_was_never_finished(tmp_path: Path, point: str) -> None:
    folder = tmp_path / "vault"
    ended = subprocess.run([sys.executable, "-c", MAKE, str(folder), point], cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    with pytest.raises(Damaged) as damage:
        unlock(folder, "words", clock=clock_on(), ids=SeededIds("x"), actor=Actor.WINDOW)
    assert re.search("never finished|missing", str(damage.value))
    with pytest.raises(Refused):
        made(folder)


def test_who_comes_second_to_make_a_vault_does_not_sweep_the_first_ones_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(tmp_path / "vault")
    case(first)
    monkeypatch.setattr(sessions, "_demand_empty", lambda *_, **__: None)  # as if both had looked before either wrote
    with pytest.raises(Unavailable):
        made(tmp_path / "vault")
    monkeypatch.undo()
    first.close()
    again = open_vault(tmp_path / "vault")
    assert casework.count(again) == 1
    again.close()


def test_who_gets_the_lock_after_another_made_the_vault_leaves_it_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = sessions._demand_empty, list[str]()

    def late(folder: Path, beside: str = "") -> None:
        calls.append(beside)
        if len(calls) > 1:
            real(folder, beside)

    made(tmp_path / "vault").close()
    monkeypatch.setattr(sessions, "_demand_empty", late)
    with pytest.raises(Refused):
        made(tmp_path / "vault")
    monkeypatch.undo()
    open_vault(tmp_path / "vault").close()


def test_a_second_process_is_refused_also_through_a_link(session: Session, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(session.folder)
    for folder in (session.folder, tmp_path / "link"):
        assert in_another_process(folder).startswith("Unavailable This vault is open in another window")
    case(session)  # and the first one goes on writing


def test_a_second_process_opens_once_the_first_has_closed(vault_folder: Path) -> None:
    open_vault(vault_folder).close()
    assert in_another_process(vault_folder) == "opened\n"


def test_a_second_window_of_this_process_is_refused_too(session: Session) -> None:
    with pytest.raises(Unavailable):
        open_vault(session.folder)


def test_a_lock_file_put_in_the_place_of_ours_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.write_text

    def swapped(self: Path, *arguments: str, **named: str) -> int:
        self.rename(self.with_name("old"))
        return real(self, *arguments, **named)

    monkeypatch.setattr(Path, "write_text", swapped)
    with pytest.raises(Unavailable) as problem:
        Guard(tmp_path, "x")
    assert "replaced" in str(problem.value)


def test_the_lock_file_holds_a_random_id_and_nothing_else(session: Session) -> None:
    assert re.fullmatch(r"[a-z2-7]{26}\n", (session.folder / "lock").read_text(encoding="utf-8"))


def test_a_wrong_passphrase_gives_the_lock_back(vault_folder: Path) -> None:
    with pytest.raises(Refused):
        unlock(vault_folder, "wrong words", clock=clock_on(), ids=SeededIds("x"), actor=Actor.WINDOW)
    open_vault(vault_folder).close()


def test_a_folder_that_is_no_vault_stays_as_it_was(tmp_path: Path) -> None:
    with pytest.raises((Refused, Damaged)):
        open_vault(tmp_path)
    assert list(tmp_path.iterdir()) == []


CANARIES = (
    "Лебедев",
    "Артём",
    "Пограничная",
    "бухгалтер",
    "K-001",
    "Рябина",
    "9161234567",
    "черновик",
    "Europe/Moscow",
)


def test_nothing_in_the_folder_names_a_person_an_office_or_a_case(session: Session) -> None:
    case(session, name="Лебедев Артём Пограничная", alias="Рябина", owner="Пограничная")
    person(session, "бухгалтер Лебедев", "accountant", number="+7 916 123-45-67")
    log(session, "note", text="Лебедев, бухгалтер, Пограничная", words="Артём")
    drafts.save(session, "note", "", "text", "черновик")
    for moment in ("open", "closed"):
        if moment == "closed":
            session.close()
        for file in session.folder.rglob("*"):
            data = file.read_bytes()
            for canary in CANARIES:
                for code in ("utf-8", "utf-16-le", "utf-16-be", "cp1251"):
                    assert canary.encode(code) not in data, (moment, file.name, canary, code)
            assert file.name in {"lock", "anchor", "main.db", "main.db-wal", "header.a", "header.b"}


def test_today_is_the_day_of_the_vaults_own_zone_and_of_a_demo_its_own(vault_folder: Path, story: Session) -> None:
    evening = clock_on("2022-08-22")
    evening.utc_ms += 10 * 3_600_000  # 22:00 UTC: tomorrow in Moscow
    session = unlock(vault_folder, PASSPHRASE, clock=evening, ids=SeededIds("x"), actor=Actor.WINDOW)
    assert session.today() == date(2022, 8, 23)
    session.close()
    assert story.today() == date(2022, 8, 22)
    story.clock = SystemClock()
    assert story.today() == date(2022, 8, 22)


def test_an_offered_passphrase_says_how_strong_it_is() -> None:
    phrase, bits = sessions.offer_phrase("ru")
    assert bits >= 70
    assert phrase.isprintable()
    assert sessions.strength("1234") == (sessions.strength("1234")[0], True)


def test_another_thread_may_interrupt(session: Session) -> None:
    thread = threading.Thread(target=session.interrupt)
    thread.start()
    thread.join()
    assert casework.count(session) == 0


def test_what_cannot_be_swept_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stuck(self: Path, *, missing_ok: bool = False) -> None:
        raise OSError(5, "io")

    monkeypatch.setattr(store_vault, "migrate", failing)
    monkeypatch.setattr(Path, "unlink", stuck)
    with pytest.raises(Unavailable) as problem:
        made(tmp_path / "vault")
    assert "parts of it remain" in str(problem.value)
