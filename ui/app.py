"""The application: which window comes first, what follows it, and the way to the lock."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from family_case import settings as settings_file
from family_case.chance import SystemClock
from family_case.errors import Problem
from family_case.hardening import collect_here
from family_case.i18n import N_
from ui import problems, theme
from ui.clipboard import Clipboard
from ui.feed import Feed
from ui.jobs import Jobs
from ui.language import Language, of_the_system
from ui.pages import Context, Frame, late
from ui.windows import locking
from ui.windows.agreement import Watch
from ui.windows.guard import Guard
from ui.windows.locking import Why
from ui.windows.unlock import Unlock
from ui.windows.wishes import holds_vault, usual_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QWidget

    from family_case.chance import Clock
    from family_case.i18n import InWords, Translator
    from family_case.model.changes import Changes
    from family_case.services.session import Session
    from family_case.settings import Settings
    from ui.jobs import Opened
    from ui.windows.agreement import Disagreement
    from ui.windows.first_run import FirstRun
    from ui.windows.main import MainWindow
    from ui.windows.restore import Restore

_NOWHERE: Final = "/dev/null"  # no folder can be made below it


_COLLECT_MS: Final = 1000


class Application:
    """Holds what lives as long as the process, and shows one window at a time."""

    def __init__(
        self,
        qt: QApplication,
        *,
        settings_path: Path,
        clock: Clock,
        jobs: Jobs | None = None,
        leave: Callable[[Path | None, Why], object] = locking.replace_process,
    ) -> None:
        """`leave` ends the process at the lock; tests hand in another."""
        self._qt, self._path, self._clock, self._leave = qt, settings_path, clock, leave
        self.settings = settings_file.load(settings_path)
        self.language = Language(qt, self.settings.language or of_the_system())
        self.colours = theme.colours(self.settings.theme, qt)
        self.feed = Feed() if jobs is None else jobs.feed
        self.jobs = jobs or Jobs(self.feed)
        self.guard = Guard(qt, clock, self.jobs, self.language)
        self.clipboard = Clipboard()
        self.watch = Watch(self.jobs)
        self.window: QWidget | None = None
        theme.wear(qt, self.colours, self.settings.text_percent)
        self.jobs.trouble.connect(self.tell)
        self.guard.lock.connect(self.lock)
        self.watch.disagrees.connect(self.ask_what_to_do)
        qt.styleHints().colorSchemeChanged.connect(self._desktop_changed)

    def begin(self, folder: Path | None, why: str = "") -> None:
        """The first window: unlock for `folder` or for the vault in the usual place, else the first run.

        `why`: what led to the lock before this start, by the name of a `Why`; said in a sentence.
        """
        place = folder or usual_folder()
        if folder is not None or holds_vault(place):
            self.ask_passphrase(place, locking.why_words(why))
        else:
            self.ask_all(language_known=bool(self.settings.language))

    def ask_all(self, *, language_known: bool = True) -> None:
        """Show the first run."""
        made = cast("type[FirstRun]", late("first run"))(
            self.jobs, self.language.tr, self.colours, language_known=language_known
        )
        made.opened.connect(self.enter)
        made.folder_chosen.connect(self.ask_passphrase)
        made.restore_wanted.connect(self.ask_restore)
        made.language_chosen.connect(self._language_chosen)
        self._show(made)

    def ask_restore(self, source: Path | None = None, repairs: bool = False) -> None:  # noqa: FBT001, FBT002 - a slot
        """Show where a backup is restored, or the vault in `source` copied or repaired."""
        made = cast("type[Restore]", late("restore"))(self.jobs, self.language.tr, source, repairs=repairs)
        made.folder_chosen.connect(self.ask_passphrase)
        made.other.connect(self.ask_all)
        self._show(made)

    def ask_passphrase(self, folder: Path, why: str = "") -> None:
        """Show the unlock window for the vault in `folder`; `why` it is locked, as a message."""
        made = Unlock(self.jobs, self.language.tr, folder, why)
        made.opened.connect(self.enter)
        made.recovered.connect(self.enter_recovered)
        made.other.connect(self.ask_all)
        made.copy_wanted.connect(self.ask_restore)
        made.restore_wanted.connect(self.ask_restore)
        self._show(made)

    def enter_recovered(self, opened: Opened) -> None:
        """Show the vault that was opened by its recovery key, where a new passphrase is set."""
        self.enter(opened)
        cast("MainWindow", self.window).go("access", "recovered")

    def enter(self, opened: Opened) -> None:
        """Show the vault, begin to count towards the lock, and check the database meanwhile."""
        self._enter(opened)
        self.watch.begin()

    def ask_what_to_do(self, findings: InWords) -> None:
        """Show, in the place of the vault, what does not agree with what was noted of it."""
        made = cast("type[Disagreement]", late("disagreement"))(findings, self.language.tr)
        made.look_wanted.connect(lambda: self._turn("look instead", self._enter_again))
        made.restore_wanted.connect(lambda: self._turn("give back", self.ask_restore))
        made.accept_wanted.connect(self._accept)
        made.closing.connect(self.end)
        self._show(made)

    def _accept(self) -> None:
        accept = cast("Callable[[Session], Changes]", late("accept"))
        self.jobs.write(accept, lambda _changes: self._enter_again())

    def _turn(self, door: str, then: Callable[[], None]) -> None:
        """Make something else of the open vault; where that fails, it is closed."""
        opened = self.jobs.opened

        def failed(problem: Problem) -> None:
            if opened is not None:
                self.ask_passphrase(opened.folder)
            self.tell(problem)

        self.jobs.turn(cast("Callable[[Session], Session | None]", late(door)), then, failed)

    def _enter_again(self) -> None:
        if self.jobs.opened is not None:
            self._enter(self.jobs.opened)

    def _enter(self, opened: Opened) -> None:
        window = self._main(opened)
        self._show(window)
        window.start()
        window.resume()
        self.guard.start(opened.folder)

    def look(self, chosen: Settings) -> None:
        """Take another language, theme or text size: the window is made anew where it stood."""
        self._keep(chosen)
        self.language.speak(chosen.language or self.language.tr.language)
        self.colours = theme.colours(chosen.theme, self._qt)
        theme.wear(self._qt, self.colours, chosen.text_percent)
        before, opened = self.window, self.jobs.opened
        if before is None or opened is None or not hasattr(before, "standing"):
            return  # nothing of the vault is shown: what is asked there stays asked
        old = cast("MainWindow", before)
        fresh = self._main(opened)
        fresh.setGeometry(old.geometry())
        self._show(fresh)
        fresh.start(*old.standing())

    def lock(self, why: Why = Why.ASKED) -> None:
        """Cover, refuse, write drafts, close, clear the clipboard, leave: what does not fit in a second is skipped."""
        opened = self.jobs.opened
        if opened is None:
            return
        began = self._clock.monotonic()
        self.guard.cover.draw(self.language.tr.text(N_("Locking")))
        self.guard.stop()
        window = cast("MainWindow", self.window)
        words = window.last_words() + window.standing_words(self.guard.cover.focus)
        self.clipboard.clear()
        self.jobs.stop(max(0.0, locking.DRAFTS_SECONDS + began - self._clock.monotonic()), words)
        self._leave(opened.folder, why)

    def end(self) -> None:
        """The window was closed: write drafts and close the vault."""
        self.guard.stop()
        self._keep(self._sized())
        self.clipboard.clear()
        self.jobs.stop(locking.SECONDS, cast("MainWindow", self.window).last_words())

    def tell(self, problem: Problem) -> None:
        """Say what went wrong, over whatever window there is."""
        show = cast("Callable[[Problem, QWidget | None, Translator], object]", late("problem box"))
        show(problem, self.window, self.language.tr)

    def _main(self, opened: Opened) -> MainWindow:
        def context(frame: Frame) -> Context:
            return Context(self.jobs, self.feed, self.language.tr, self.colours, self._clock, opened, frame)

        made = cast("type[MainWindow]", late("main"))(context, self.settings)
        made.lock_wanted.connect(self.lock)
        made.call_wanted.connect(self._call)
        made.look_wanted.connect(self.look)
        made.closing.connect(self.end)
        self.guard.idle.left.connect(made.show_left)
        self.guard.idle.left.connect(self._keep_size)
        self.guard.paced.connect(made.show_call)
        self.guard.told.connect(made.show_told)
        made.show_call(self.guard.on_call)
        self.watch.progressed.connect(made.show_checked)
        self.watch.noted.connect(made.note)
        self.watch.behind.connect(made.show_behind)
        return made

    def _call(self) -> None:
        self.guard.call(on=not self.guard.on_call)

    def _show(self, window: QWidget) -> None:
        """Put `window` in the place of the one before; it is shown first, so that the program does not end between."""
        before, self.window = self.window, window
        window.show()
        if before is not None:
            before.hide()
            before.deleteLater()

    def _language_chosen(self, code: str) -> None:
        self._keep(replace(self.settings, language=code))
        self.language.speak(code)
        self.ask_all()

    def _desktop_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self.settings.theme == "system" and theme.colours("system", self._qt) is not self.colours:
            self.look(self.settings)

    def _sized(self) -> Settings:
        """The settings with the window's size."""
        if self.window is None or self.window.isMaximized():
            return self.settings
        return replace(self.settings, width=self.window.width(), height=self.window.height())

    def _keep_size(self) -> None:
        """Remember another size of the window beside all else: the lock has no time for it."""
        sized = self._sized()
        if sized != self.settings:
            self.settings = sized
            self.jobs.compute(partial(_write, sized, self._path), lambda _none: None)

    def _keep(self, chosen: Settings) -> None:
        """Remember how the window looks."""
        changed, self.settings = chosen != self.settings, chosen
        if changed:
            _write(chosen, self._path)


def _write(settings: Settings, path: Path) -> None:
    """That it could not be written is not worth a word."""
    with suppress(Problem):
        settings_file.save(settings, path)


def keep_no_history() -> None:
    """Keep Qt's own file dialog from writing the places it showed into QtProject.conf."""
    if sys.platform != "win32":
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, _NOWHERE)


def main(argv: list[str]) -> int:
    """Open the window; `argv` is empty, or `locked` after a lock. Gives the exit code."""
    del argv  # a locked start differs in nothing but its environment, which names the vault
    keep_no_history()
    qt = QApplication(["family-case"])
    qt.setDesktopFileName("family-case")
    application = Application(qt, settings_path=settings_file.usual_file(), clock=SystemClock())
    problems.install_hook(application.tell)
    vault = os.environ.get(locking.VAULT, "")
    collector = QTimer(qt, interval=_COLLECT_MS)
    collector.timeout.connect(collect_here)
    collector.start()
    collect_here()
    application.begin(Path(vault).absolute() if vault else None, os.environ.get(locking.WHY, ""))
    return qt.exec()


def headless(folder: Path) -> int:
    """The main job without a display: the story's vault, the lawyer's paper and a picture of the window in `folder`."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    path = settings_file.usual_file()
    tr_code = settings_file.load(path).language or of_the_system()
    job = cast("Callable[[Path, str], int]", late("on paper"))
    return job(folder, tr_code)
