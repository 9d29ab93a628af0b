"""F12: window and command line open no socket but local ones, and ask for no name; also where there is no interface.

The system's tracer sees every call of every process; the tour runs in a network namespace without any interface.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.faults import touring
from tests.faults.row import Plan, Row
from tests.faults.watched import PATIENCE, screen, strangers

if TYPE_CHECKING:
    from tests.faults.watched import Saw

NAME: Final = "F12"
WHAT: Final = "sockets and name lookups during a whole tour, traced, without network interfaces"


def tried(plan: Plan) -> Row:
    """Tour by command line and by window with every interface taken away; count what the tracer saw."""
    missing = missing_here()
    if missing:
        return Row(NAME, WHAT, 0, not_run=missing)
    with screen(wanted=not plan.fast) as shown:
        place = touring.made(plan, "network", brief=plan.fast, shown=shown)
        touring.fill(place)
        seen: list[Saw] = []
        for words, said in [] if plan.fast else touring.steps(place):
            touring.command(place, *words, said=said, traced=True, cut_off=True)
            seen.append(place.home.saw())
        process, told = touring.window(place, traced=True, cut_off=True)
        if plan.fast:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            touring.tell(process, "close")
        process.communicate(timeout=PATIENCE)
        seen.append(place.home.saw())
    failed = [f"trouble: {each}" for each in told["trouble"]]
    failed += [line for each in seen for line in faults(each)]
    met = {Path(path).name for each in seen for path in each.met}
    return Row(NAME, WHAT, len(seen), tuple(failed), (f"local sockets met: {', '.join(sorted(met)) or 'none'}",))


def faults(seen: Saw) -> list[str]:
    """What must not be: a socket that is not local, a name asked for, a local socket of somebody else; no trace."""
    silent = [] if seen.lines else ["the tracer saw nothing"]
    return [*silent, *seen.sockets, *seen.names, *(f"local socket: {each}" for each in strangers(seen.met))]


def missing_here() -> str:
    """What this needs and is not here; empty when all is."""
    for tool in ("strace", "unshare"):
        if shutil.which(tool) is None:
            return f"{tool} is not installed"
    kind = "-n" if os.geteuid() == 0 else "-rn"
    if subprocess.run(["unshare", kind, "true"], capture_output=True, check=False).returncode:  # noqa: S607 - a system tool
        return "the system forbids network namespaces"
    return ""
