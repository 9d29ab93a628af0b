"""What the window takes of memory over a vault: a process that shows its pages and says how much it came to, in MB.

`python3 -m tests.bench.window_memory FOLDER`. It scrolls the list of cases to its end in two orders, searches it, shows
Today and ten cases. On Linux alone: the system tells there what a process holds.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from family_case.model.views import CaseOrder
from tests.pictures import Studio, case_id, opened, settle
from ui.pages.cases import CasesPage

if TYPE_CHECKING:
    from collections.abc import Sequence

_STATUS = Path("/proc/self/status")


def taken(folder: Path, codes: Sequence[str]) -> int:
    """Kilobytes a window over the vault in `folder` holds after its pages were shown, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.window_memory", str(folder), *codes]
    settings = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8", env=settings)
    return int(done.stdout.split()[-1])


def main(folder: Path, codes: Sequence[str]) -> int:
    """Show the pages and print the kilobytes."""
    app = QApplication(["memory"])
    jobs = opened(folder)
    window = Studio(jobs, "ru", "light", folder).window()
    window.start("cases")
    page = window.current()
    assert isinstance(page, CasesPage)
    for order in CaseOrder:
        page.order_by(order)
        settle()
        page.table.scrollToBottom()
        settle()
    page.search.setText("Сорокин")
    settle()
    window.go("today")
    settle()
    for code in codes:
        window.go("case", case_id(jobs, code))
        settle()
    print(_STATUS.read_text("utf-8").partition("VmRSS:")[2].split()[0])
    jobs.stop(0)
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
