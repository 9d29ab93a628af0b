"""The window's whole life in a process of its own, up to the real lock: `python -m tests.ui.life FOLDER NEXT`.

The vault in FOLDER is opened as a person opens it; NEXT is what the locked process is (else our own interpreter). What
happens is said on the output.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication

import ui  # noqa: F401 - before Qt
from family_case.chance import SystemClock
from family_case.hardening import harden
from tests.vaults import PASSPHRASE
from ui.app import Application, keep_no_history

if TYPE_CHECKING:
    from ui.windows.unlock import Unlock


def say(words: str) -> None:
    """On the output, at once."""
    print(words, flush=True)


def main() -> int:
    """Open the vault and wait for what leads to the lock."""
    folder, following = Path(sys.argv[1]), sys.argv[2]
    sys.executable = following
    harden()
    keep_no_history()
    qt = QApplication(["family-case"])
    app = Application(qt, settings_path=folder.parent / "settings.json", clock=SystemClock())
    app.guard.told.connect(lambda tells: say("told" if tells else "not told"))
    app.begin(folder)
    sheet = cast("Unlock", app.window)
    sheet.opened.connect(lambda _opened: say("open"))
    sheet.field.set_value(PASSPHRASE)
    sheet.try_it()
    return qt.exec()


if __name__ == "__main__":
    sys.exit(main())
