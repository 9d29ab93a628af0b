"""The window's words for what went wrong: what happened, what was kept, what to do next."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from family_case.errors import Damaged, Problem, Refused, Unavailable
from family_case.i18n import N_, Translator

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType


class Mistake(Problem):
    """Our own mistake, told with the kind of error and the line it happened in, and nothing of what was handled."""


# kind -> (what happened, what was kept, what to do next)
_WORDS: Final[dict[type[Problem], tuple[str, str, str]]] = {
    Refused: (
        N_("This was not done"),
        N_("Nothing was changed. What you typed is still there."),
        N_("Correct it and try again."),
    ),
    Unavailable: (
        N_("The computer does not allow this now"),
        N_("Everything that was saved is kept."),
        N_("Remove the cause, then try again."),
    ),
    Damaged: (
        N_("A file is not as it should be"),
        N_("The file was left as it is; nothing was written to it."),
        N_("Keep a copy of the folder before you try anything else."),
    ),
    Mistake: (
        N_("The program made a mistake"),
        N_("Everything that was saved is kept."),
        N_("Try again. If it happens again, note the line above for whoever looks after this program."),
    ),
}
_ROOMS = ("family_case", "ui")


def explain(error: BaseException) -> Problem:
    """Give a problem as it is; of any other error only its kind and the line of ours where it happened."""
    if isinstance(error, Problem):
        return error
    return Mistake(N_("{kind} at {place}"), kind=type(error).__name__, place=_place(error.__traceback__))


def told(problem: Problem, tr: Translator) -> tuple[str, str, str]:
    """What happened (a title), what exactly (a sentence), and what was kept and what to do next, in words."""
    words = next((words for kind, words in _WORDS.items() if isinstance(problem, kind)), _WORDS[Mistake])
    title, kept, following = (tr.text(each) for each in words)
    return title, sentence(problem, tr), f"{kept}\n{following}"


def sentence(problem: Problem, tr: Translator) -> str:
    """The problem's own sentence, its values put in."""
    return tr.text(problem.message, **problem.values)


def install_hook(report: Callable[[Problem], None]) -> None:
    """From now on an error nobody caught goes to `report`, and one line without values to the error stream."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        if sys.stderr is not None:
            sys.stderr.write(f"family-case: {kind.__name__} at {_place(trace)}\n")
        report(explain(error))

    sys.excepthook = hook


def _place(trace: TracebackType | None) -> str:
    """File and line of the innermost frame of ours, as 'ui/jobs.py:40'."""
    found = "?"
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        room = next((each for each in path.parts[:-1] if each in _ROOMS), "")
        if room:
            found = "/".join((*path.parts[path.parts.index(room) :][:-1], f"{path.name}:{trace.tb_lineno}"))
        trace = trace.tb_next
    return found
