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


def test_unlock_loads_neither_the_vault_nor_paper() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOOK, "/nothing/there"], capture_output=True, text=True, env=os.environ, check=True
    )
    loaded = set(done.stdout.split())
    assert loaded >= {"ui.windows.unlock", "PySide6.QtWidgets"}
    assert loaded & {*HEAVY, *OURS} == set()
