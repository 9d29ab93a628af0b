"""Processes beside the test: how they are started, what they say, and that they end with it."""

from __future__ import annotations

import os
import select
import subprocess
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import ExitStack

PATIENCE = 30.0  # seconds
ROOT = Path(__file__).resolve().parents[2]


def read(process: subprocess.Popen[bytes]) -> str:
    """The next line a process says."""
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], PATIENCE)[0], "nothing was said"
    line = process.stdout.readline()
    assert line, "it ended"
    return line.decode().strip()


def write(process: subprocess.Popen[bytes], word: str) -> None:
    """Say a word to a process."""
    assert process.stdin is not None
    process.stdin.write(f"{word}\n".encode())
    process.stdin.flush()


def started(stack: ExitStack, *words: str, **settings: str) -> subprocess.Popen[bytes]:
    """A process that ends with the test."""
    made = subprocess.Popen(
        words, cwd=ROOT, env=os.environ | settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    )
    stack.callback(made.wait)
    stack.callback(made.kill)
    for each in (made.stdin, made.stdout):
        stack.callback(_shut, each)
    return made


def _shut(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        pipe.close()
