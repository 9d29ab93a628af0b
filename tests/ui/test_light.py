"""The unlock window comes at once because it loads only what it shows."""

from __future__ import annotations

import os
import subprocess
import sys

HEAVY = ("sqlite_utils", "sqlcipher3", "argon2", "nacl", "reportlab", "phonenumbers", "PySide6.QtPdf", "PySide6.QtSvg")
OURS = ("family_case.services", "family_case.store", "family_case.crypto", "family_case.reports", "ui.windows.main")
_LOOK = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from family_case.chance import SystemClock
from ui.app import Application
qt = QApplication([])
app = Application(qt, settings_path=Path(sys.argv[1]), clock=SystemClock())
app.begin(Path(sys.argv[1]))
qt.processEvents()
print("\\n".join(sys.modules))
"""
_NOTHING_AHEAD = "from ui.windows import unlock; unlock.load_ahead = lambda *_: None"
_TYPE = """
from PySide6.QtCore import QTimer
app.jobs.waiting.connect(lambda count: count or qt.quit())
QTimer.singleShot(60_000, qt.quit)
qt.exec()
print("\\n".join(sys.modules))
"""


def _loaded(script: str) -> set[str]:
    """Modules that a process running `script` has loaded at its end."""
    done = subprocess.run(
        [sys.executable, "-c", script, "/nothing/there"], capture_output=True, text=True, env=os.environ, check=True
    )
    return set(done.stdout.split())


def test_unlock_loads_neither_the_vault_nor_paper() -> None:
    loaded = _loaded(_NOTHING_AHEAD + _LOOK)  # however slow the machine
    assert loaded >= {"ui.windows.unlock", "PySide6.QtWidgets"}
    assert loaded & {*HEAVY, *OURS} == set()


def test_what_opening_needs_is_loaded_while_the_passphrase_is_typed() -> None:
    assert _loaded(_LOOK + _TYPE) >= {"ui.windows.opening", "family_case.services.session", "sqlcipher3", "argon2"}
