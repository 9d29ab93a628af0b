"""The console sessions of a page, read and run line by line through the command line of this process.

In a block marked `console` a line that begins with "$ " is a command; what follows is all that it prints, data before
messages. "…" stands for what differs within a line. "# ends with 1" behind a command is
its exit code; without it the command ends with 0. Of the shell's own language only `export`, `name=$(command)` and
`$name` are understood; anything else fails.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from tests.cli.conftest import Run

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"\s+# ends with (\d+)$")
_KEPT = re.compile(r"(\w+)=\$\((.*)\)")
PROGRAM = ["python3", "-m", "family_case"]


@dataclass(frozen=True, slots=True)
class Step:
    """One command, what the page shows of its output, and its exit code."""

    command: str
    shown: str
    code: int


def steps(block: str) -> Iterator[Step]:
    """The commands of a console block in their order."""
    assert block.startswith("$ "), "a session begins with a command"
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _end, shown = part.replace("\\\n", "").partition("\n")
        code = _CODE.search(line)
        yield Step(_CODE.sub("", line), shown, int(code[1]) if code else 0)


def fits(told: str, shown: str) -> bool:
    """Whether `told` is what the page shows."""
    return re.fullmatch(re.escape(shown).replace("…", ".+"), told) is not None


class Walk:
    """One session: the variables it sets last until its end."""

    def __init__(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self._run, self._patch = run, monkeypatch
        self._kept: dict[str, str] = {}

    def take(self, step: Step) -> None:
        """Run one step and hold it against the page."""
        kept = _KEPT.fullmatch(step.command)
        words = shlex.split(re.sub(r"\$(\w+)", lambda name: self._kept[name[1]], kept[2] if kept else step.command))
        if words[0] == "export":
            assert fits("", step.shown)
            for name, _sign, value in (word.partition("=") for word in words[1:]):
                self._patch.setenv(name, value)
            return
        assert words[: len(PROGRAM)] == PROGRAM, f"nothing runs this line: {step.command}"
        ended = self._run(*words[len(PROGRAM) :])
        told = ended.err if kept else ended.out + ended.err
        assert (ended.code, told) == (step.code, told if fits(told, step.shown) else step.shown), step.command
        if kept:
            self._kept[kept[1]] = ended.out.removesuffix("\n")
