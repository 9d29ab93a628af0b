"""A home of its own for a tour, our programs started in it, and what the system's tracer saw them do."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from family_case._bootstrap.qt import lacking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT: Final = Path(__file__).resolve().parents[2]
PROGRAM: Final = [sys.executable, "-m", "family_case"]
PATIENCE: Final = 300  # seconds until a process that hangs is a failure
_CALLS: Final = (
    "%network,open,openat,openat2,creat,rename,renameat,renameat2,mkdir,mkdirat,link,linkat,symlink,symlinkat,mknod,"
    "mknodat,memfd_create"
)
_FOLDERS: Final = {
    "HOME": "home",
    "TMPDIR": "tmp",
    "XDG_CONFIG_HOME": "home/.config",
    "XDG_DATA_HOME": "home/.local/share",
    "XDG_STATE_HOME": "home/.local/state",
    "XDG_CACHE_HOME": "home/.cache",
    "XDG_RUNTIME_DIR": "run",
}
_CALL: Final = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+=\s+(\S.*)$")
_OPENED: Final = re.compile(r"^\d+<(.*)>$")
_PATHS: Final = re.compile(r'(?:AT_FDCWD<([^>]*)>|\d+<([^>]*)>|AT_FDCWD)?(?:, )?"((?:[^"\\]|\\.)*)"')
_WRITES: Final = ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC")
_MAKES: Final = ("rename", "mkdir", "link", "symlink", "mknod", "creat")
# What asks for a name of a machine, or for who there is.
_NAMES: Final = ("/etc/resolv.conf", "/etc/hosts", "/etc/host.conf", "/run/nscd", "/var/run/nscd", "libnss_dns")
_LOCAL: Final = ("AF_UNIX", "AF_NETLINK")
_BUS: Final = re.compile(r'AF_UNIX, sun_path=@?"([^"]*)"')
_MAY_MEET: Final = re.compile(r"(/\.X11-unix/X\d+|/wayland-\d+|/bus|/no-bus|/\.ICE-unix/\d+|system_bus_socket)$")


@dataclass(frozen=True, slots=True)
class Home:
    """Everything a user has, below one folder."""

    root: Path

    @classmethod
    def made(cls, root: Path) -> Home:
        """Make it, open to its owner only."""
        for name in (*_FOLDERS.values(), "cwd", "shelf"):
            (root / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(root)

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """The variables a program is started with: nothing of whoever runs this but the way to programs.

        One that is given empty is left out.
        """
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "DISPLAY") if name in os.environ}
        folders = {name: str(self.root / folder) for name, folder in _FOLDERS.items()}
        ours = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
        bus = {"DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.root / 'run' / 'no-bus'}"}
        whole = {**kept, **folders, **ours, **bus, "QT_QPA_PLATFORM": "offscreen", **more}
        return {name: value for name, value in whole.items() if value}

    @property
    def cwd(self) -> Path:
        """Where programs are started."""
        return self.root / "cwd"

    @property
    def log(self) -> Path:
        """What the tracer wrote; beside the home, for it holds what it saw."""
        return self.root.with_name(f"{self.root.name}.trace")

    def start(
        self,
        command: Sequence[str],
        *,
        traced: bool = False,
        cut_off: bool = False,
        more: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[str]:
        """Start a program here, in a session of its own, with pipes to it; `cut_off`: without any network interface."""
        tracer = ["strace", "-f", "-qq", "-y", "-A", "-s", "4096", "--seccomp-bpf", "-e", f"trace={_CALLS}"]
        lonely = ["unshare", "-n" if os.geteuid() == 0 else "-rn"] if cut_off else []
        whole = [*lonely, *([*tracer, "-o", str(self.log)] if traced else []), *command]
        return subprocess.Popen(
            whole, cwd=self.cwd, env=self.environment(more or {}), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True,
        )  # fmt: skip

    def run(
        self,
        command: Sequence[str],
        said: str = "",
        *,
        traced: bool = False,
        cut_off: bool = False,
        more: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a program here to its end."""
        with self.start(command, traced=traced, cut_off=cut_off, more=more) as process:
            out, err = process.communicate(said, timeout=PATIENCE)
        return subprocess.CompletedProcess(list(command), process.returncode, out, err)

    def saw(self) -> Saw:
        """What the tracer saw so far, in everything that was traced here."""
        return saw(self.log)

    def files(self) -> list[Path]:
        """Everything that lies in the home now."""
        return sorted(self.root.rglob("*"))


@contextlib.contextmanager
def screen(*, wanted: bool) -> Iterator[dict[str, str]]:
    """A display that shows nobody anything, as variables; none where there is no Xvfb or Qt's libraries for it."""
    if not wanted or shutil.which("Xvfb") is None or lacking(Path(sys.prefix)):
        yield {}
        return
    shape = ["-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", *shape],  # noqa: S607 - a system tool
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as server:
        assert server.stdout is not None
        try:
            yield {"DISPLAY": f":{server.stdout.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            server.terminate()


@dataclass(frozen=True, slots=True)
class Saw:
    """What the tracer saw: paths written or made, sockets that are not local, asked names, local sockets met."""

    written: frozenset[Path]
    sockets: tuple[str, ...]
    names: tuple[str, ...]
    met: frozenset[str]
    lines: int


def saw(log: Path) -> Saw:
    """Read a tracer's log; empty when nothing was traced."""
    written, sockets, names, met, lines = set[Path](), list[str](), list[str](), set[str](), 0
    for line in log.read_text("utf-8", "replace").splitlines():
        found = _CALL.match(line)
        if found is None:
            continue
        lines += 1
        call, words, result = found.groups()
        if any(name in words for name in _NAMES):
            names.append(f"{call}({words})"[:200])
        if call == "socket" and not words.startswith(_LOCAL):
            sockets.append(f"{call}({words})")
        elif call in ("connect", "sendto", "bind") and "sa_family=" in words:
            met.update(_BUS.findall(words))
            sockets += [] if any(f"sa_family={each}" in words for each in _LOCAL) else [f"{call}({words})"[:200]]
        written.update(_made(call, words, result))
    return Saw(frozenset(written), tuple(sockets), tuple(names), frozenset(met), lines)


def processes(session: int) -> list[int]:
    """Processes of a session, whoever is their parent by now."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                state = (each / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            except OSError:
                continue
            if int(state[3]) == session and state[0] != "Z":
                found.append(int(each.name))
    return found


def strangers(met: frozenset[str]) -> list[str]:
    """Local sockets that are neither the display's nor a bus's."""
    return sorted(each for each in met if not _MAY_MEET.search(each))


def _made(call: str, words: str, result: str) -> Iterator[Path]:
    if result.startswith("-1"):
        return
    opened = _OPENED.match(result)
    if opened is not None and (call == "creat" or any(flag in words for flag in _WRITES)):
        yield Path(opened[1].removesuffix("(deleted)"))
    elif call.startswith(_MAKES):
        for cwd, folder, path in _PATHS.findall(words):
            yield Path(cwd or folder or "/", _unescaped(path))


def _unescaped(path: str) -> str:
    """A path as the tracer quotes it: octal for what is not ASCII."""
    return (
        path.encode("latin-1", "replace")
        .decode("unicode_escape")
        .encode("latin-1", "replace")
        .decode("utf-8", "replace")
    )
