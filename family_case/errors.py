"""The ground floor's words for what can go wrong.

    Problem                 something a person must be told, in his own language
    +- Refused              the wish or the value cannot be carried out; the person can change it
    +- Unavailable          the surroundings say no: disk, lock, permission, key store
    +- Damaged              a file is not what it should be
    Bug                     our own mistake; never shown as the person's

A problem carries a message template (see `i18n.N_`) and named values. `str()` gives the template alone, so that no
name, number or path slips into a log or a traceback; only `cli` and `ui` put the values in.
"""

from __future__ import annotations


class Problem(Exception):
    """Something a person must be told: a message template and the values that go into it."""

    def __init__(self, message: str, /, **values: object) -> None:
        """Keep `message` (English template with named braces) and the `values` for its braces."""
        super().__init__(message)
        self.message = message
        self.values = values


class Refused(Problem):
    """The wish or the value cannot be carried out; nothing was written."""


class Unavailable(Problem):
    """The surroundings say no (disk full, locked, no permission); what was saved before is kept."""


class Damaged(Problem):
    """A file is not what it should be; what is affected is in the message."""


class Bug(Exception):
    """Our own mistake: a rule of the house was broken by the program, not by its user."""
