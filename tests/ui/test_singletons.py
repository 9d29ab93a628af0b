"""Qt's answers must not use up None and its like, which Python 3.11 still counts."""

from __future__ import annotations

import os
import subprocess
import sys

_MANY_CALLS = """
import ui
from PySide6.QtCore import QCoreApplication, QObject, Signal
class Talker(QObject):
    said = Signal(object)
app = QCoreApplication([])
talker = Talker()
heard = []
talker.said.connect(heard.append)
for _ in range(60_000):
    talker.setObjectName("x")
    app.processEvents()
    talker.said.emit(None)
print(len(heard))
"""


def test_the_window_lives_on_after_very_many_calls_of_qt() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _MANY_CALLS], capture_output=True, text=True, env=os.environ, check=False
    )
    assert done.stdout.strip() == "60000", done.stderr[:300]
