"""Long work of the command line: its steps taken one after the other, while whoever waits is told the share done."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

T = TypeVar("T")


def through(taking: Generator[float, None, T], progress: Callable[[float], object]) -> T:
    """Take every step, telling `progress` the share done (0 to 1); what they end with.

    Whatever is raised on the way, Ctrl-C too, closes the steps, which then remove what was half written.
    """
    with contextlib.closing(taking):
        while True:
            try:
                share = next(taking)
            except StopIteration as end:
                made: T = end.value
                return made
            progress(share)
