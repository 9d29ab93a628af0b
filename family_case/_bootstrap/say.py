"""The porch's voice: progress and refusals in plain words on the standard error stream."""

from __future__ import annotations

import sys


class Stop(Exception):
    """The set-up cannot go on; the text says what happened, what was kept and what to do."""


def say(text: str) -> None:
    """Print one line of progress at once."""
    print(f"family-case: {text}", file=sys.stderr, flush=True)
