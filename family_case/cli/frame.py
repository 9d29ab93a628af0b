"""What every command stands in: language, vault, passphrase, and the two ways to speak (data and messages)."""

from __future__ import annotations

import getpass
import json
import sys
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from family_case.chance import SystemClock, SystemIds
from family_case.cli.plain import Json, plain
from family_case.cli.visible import said_back
from family_case.errors import Damaged, Problem, Refused, Unavailable
from family_case.files import read_bounded
from family_case.i18n import LANGUAGES, N_, Translator
from family_case.model.changes import Actor
from family_case.model.dates import parse
from family_case.services import key_store, recovery
from family_case.services.anchoring import Disagrees, Examined
from family_case.services.session import HeavyVault, Session, enter, unlock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from family_case.model.changes import Changes

VAULT, PASSPHRASE_FILE = "FAMILY_CASE_VAULT", "FAMILY_CASE_PASSPHRASE_FILE"
EVERYTHING = 1_000_000_000  # rows of a listing without --limit
TYPED = "-"  # in the place of a file with the recovery key: a person types it
_LONGEST_FILE = 8192  # bytes of a passphrase file; only its first line counts
_LONGEST_COUNT = 12  # digits
_PATIENCE = 1.0  # seconds without a word
_DISAGREES = N_(
    "This vault is not as it was left. Nothing was changed.\n{findings}\nTo look at it without changing anything, add "
    "--read-only; to bring a backup back, use restore; to make a new vault of what can still be read, use repair; to "
    "go on with what is there, use accept."
)
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of(arguments: Sequence[str], settings: Mapping[str, str]) -> str:
    """Language of the interface: `--lang`, else the system's locale, else English; Refused for an unknown one."""
    for place, word in enumerate(arguments):
        if word == "--":
            break
        name, sign, value = word.partition("=")
        if name == "--lang":
            return known_language(value if sign else "".join(arguments[place + 1 : place + 2]))
    wanted = next((settings[name] for name in _LOCALE if settings.get(name)), "")[:2].lower()
    return wanted if wanted in LANGUAGES else "en"


def known_language(code: str) -> str:
    """The language code as given; Refused when the program does not speak it."""
    if code not in LANGUAGES:
        raise Refused(
            N_("“{value}” is not a language of this program: {choices}."), value=code, choices=", ".join(LANGUAGES)
        )
    return code


@dataclass(slots=True)
class Frame:
    """The surroundings of one command."""

    tr: Translator
    vault: str = ""
    passphrase_file: str = ""
    accept_weight: bool = False
    keyring: bool = False
    recovery_file: str = ""
    read_only: bool = False
    despite: bool = False  # open a vault that is not as it was left, too
    _session: Session | None = None

    @contextmanager
    def opened(self) -> Iterator[Session]:
        """The vault, open until the end of the block."""
        with self._by_key_store() or self.opened_by() as (session, _passphrase):
            if session.recovered:
                self.tell(N_("Opened with the recovery key. Now set a new passphrase: passphrase change"))
            yield session

    @contextmanager
    def opened_by(self) -> Iterator[tuple[Session, str]]:
        """The vault, open until the end of the block, and the passphrase that did it; empty after a recovery."""
        folder = self.folder()
        passphrase = "" if self.recovery_file else self.passphrase()
        try:
            session = self._recovered(folder) if self.recovery_file else self._unlocked(folder, passphrase)
        except Disagrees as found:
            raise Damaged(_DISAGREES, **found.values) from None
        with self._using(session):
            yield session, passphrase

    @contextmanager
    def _using(self, session: Session) -> Iterator[None]:
        """The session, held against what was noted of its vault, and closed at the end; Damaged if it disagrees."""
        with closing(session):
            told = self._examined(session)
            if told.findings is not None and not self.despite:
                raise Damaged(_DISAGREES, findings=told.findings)
            for message, values in told.notes:
                self.tell(message, **values)
            self._session = session
            try:
                yield
            finally:
                self._session = None

    def _by_key_store(self) -> AbstractContextManager[tuple[Session, str]] | None:
        """The vault opened by the key store where that is wished; None, and a line that says why, where it fails."""
        if not self.keyring:
            return None
        clock, ids, actor = SystemClock(), SystemIds(), Actor.COMMAND_LINE
        try:
            door, read_only = key_store.door(), self.read_only
            session = enter(
                self.folder(), door, clock=clock, ids=ids, actor=actor, read_only=read_only, despite=self.despite
            )
        except key_store.NoKey as trouble:
            self.problem(trouble)
            return None
        except Disagrees as found:
            raise Damaged(_DISAGREES, **found.values) from None
        return self._closed_after(session)

    @contextmanager
    def _closed_after(self, session: Session) -> Iterator[tuple[Session, str]]:
        with self._using(session):
            yield session, ""

    def _recovered(self, folder: Path) -> Session:
        key, clock, ids = self.recovery_key(), SystemClock(), SystemIds()
        how = {"read_only": self.read_only, "despite": self.despite}
        return recovery.unlock(folder, key, clock=clock, ids=ids, actor=Actor.COMMAND_LINE, **how)

    def recovery_key(self) -> str:
        """The recovery key from its file, or typed where a person sits; Refused when there is neither."""
        if self.recovery_file != TYPED:
            return first_line(Path(self.recovery_file))
        if not sys.stdin.isatty():
            raise Refused(N_("There is nobody to ask for the recovery key. Give a file with --recovery-file."))
        return asked(self.tr.text(N_("Recovery key: ")))

    def _examined(self, session: Session) -> Examined:
        """Hash the database, and say how far that is where a person waits longer than a second."""
        clock, told, steps = session.clock, sys.stderr.isatty(), session.examine()
        said = clock.monotonic()
        while True:
            try:
                share = next(steps)
            except StopIteration as end:
                return cast("Examined", end.value)
            if told and clock.monotonic() - said > _PATIENCE:
                said = clock.monotonic()
                self.tell(N_("Checking the database: {percent} %"), percent=int(share * 100))

    def _unlocked(self, folder: Path, passphrase: str) -> Session:
        try:
            return unlock(
                folder,
                passphrase,
                clock=SystemClock(),
                ids=SystemIds(),
                actor=Actor.COMMAND_LINE,
                accept_weight=self.accept_weight,
                despite=self.despite,
                read_only=self.read_only,
            )
        except HeavyVault as heavy:  # the window asks; here the answer is an option
            raise Refused(
                N_(
                    "Opening this vault needs {needed} MB of memory; this computer has {present} MB. Nothing was done. "
                    "To try all the same, add --accept-weight."
                ),
                **heavy.values,
            ) from None

    def demand_writing(self) -> None:
        """Refuse `--read-only` where something new is to be made."""
        if self.read_only:
            raise Refused(N_("What is to be made cannot be opened read-only. Nothing was created."))

    def folder(self) -> Path:
        """Folder of the vault; wrong usage when none was named."""
        if not self.vault:
            raise click.UsageError(
                self.tr.text(N_("Which vault? Name its folder with --vault or in FAMILY_CASE_VAULT."))
            )
        return Path(self.vault)

    def passphrase(self, *, twice: bool = False) -> str:
        """The passphrase from its file, or typed where a person sits.

        Refused when there is neither, or when two typed ones differ.
        """
        if self.passphrase_file:
            return first_line(Path(self.passphrase_file))
        if not sys.stdin.isatty():
            raise Refused(
                N_("There is nobody to ask for the passphrase. Give a file with --passphrase-file or in {variable}."),
                variable=PASSPHRASE_FILE,
            )
        typed = asked(self.tr.text(N_("Passphrase: ")))
        if twice and asked(self.tr.text(N_("The same once more: "))) != typed:
            raise Refused(N_("The two passphrases differ. Nothing was created."))
        return typed

    def data(self, line: str) -> None:
        """Print one line of data.

        What was written before is anchored first; that it could not be is said after the line. Raises BrokenPipeError
        when nobody reads any more, Unavailable when it cannot be written.
        """
        trouble = self._settled()
        try:
            click.echo(line)
            if trouble is not None:
                self.problem(trouble)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Unavailable(
                N_(
                    "The output could not be written ({reason}). What the command itself wrote is kept: look with "
                    "history before you do it again."
                ),
                reason=error.strerror or "",
            ) from None

    def _settled(self) -> Problem | None:
        try:
            if self._session is not None:
                self._session.settle()
        except Problem as trouble:
            return trouble
        return None

    def json(self, value: object) -> None:
        """Print data as JSON."""
        self.data(json.dumps(plain(value), ensure_ascii=False, indent=1))

    def table(self, facts: Json) -> None:
        """Print facts as lines of name and value."""
        for name, value in facts.items() if isinstance(facts, dict) else ():
            self.data(f"{name}\t{value if isinstance(value, str) else json.dumps(value)}")

    def tell(self, message: str, /, **values: object) -> None:
        """Say something beside the data."""
        click.echo(self.tr.text(message, **values), err=True)

    def done(self, changes: Changes) -> None:
        """Print the id of what was written, now that it is on disk, and say what there is to note."""
        self.data(changes.made)
        for message, values in changes.notes:
            self.tell(message, **values)

    def problem(self, problem: Problem) -> None:
        """Say what went wrong."""
        self.tell(problem.message, **{name: said_back(value) for name, value in problem.values.items()})


def day(text: str | None) -> date | None:
    """The day of `--as-of`; None when not given, Refused when it is not one calendar day."""
    if text is None:
        return None
    found = parse(text)
    if found.earliest is None or found.earliest != found.latest:
        raise Refused(N_("“{value}” is not one day. Write it as 2022-08-22."), value=text)
    return found.earliest


def count(text: str | None) -> int:
    """The number of `--limit`; Refused when it is none."""
    if text is None:
        return EVERYTHING
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_COUNT and int(text)):
        raise Refused(N_("“{value}” is not a number of lines from 1 on."), value=text)
    return min(int(text), EVERYTHING)


def first_line(file: Path) -> str:
    """The first line of a file that holds a passphrase or a key; Unavailable or Refused where there is none."""
    found = read_bounded(file, _LONGEST_FILE)
    if found is None:
        raise Unavailable(N_("The file “{file}” is not there."), file=str(file))
    try:
        return found.decode("utf-8-sig").split("\n", 1)[0].rstrip("\r")
    except UnicodeDecodeError:
        raise Refused(N_("The file “{file}” is not text in UTF-8."), file=str(file)) from None


def asked(prompt: str) -> str:
    """What a person types, unseen."""
    return getpass.getpass(prompt, stream=sys.stderr)
