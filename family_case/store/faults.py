"""The one place that knows the driver's errors: it decides whether the surroundings, the file or we are to blame.

sqlcipher3's errors are not subclasses of `sqlite3.Error` and carry no code, so SQLite's own fixed English texts are
the key.
"""

from __future__ import annotations

from sqlcipher3 import dbapi2

from family_case.errors import Bug, Damaged, Problem, Refused, Unavailable
from family_case.i18n import N_

MALFORMED = N_("The vault's database is damaged. Nothing was written; restore the newest verified backup.")
_TABLE: tuple[tuple[str, type[Problem], str], ...] = (
    (
        "disk is full",
        Unavailable,
        N_("The disk is full. This step was not saved; everything before it is kept. Free some space and try again."),
    ),
    (
        "readonly",
        Unavailable,
        N_("The vault cannot be written here (read-only). Nothing was saved; everything before is kept."),
    ),
    (
        "disk i/o error",
        Unavailable,
        N_(
            "The disk gave an error. This step was not saved; everything before it is kept. Check "
            "the disk and try again."
        ),
    ),
    (
        "unable to open",
        Unavailable,
        N_(
            "The vault's database cannot be opened. Check that the folder exists and may be written, and that there is "
            "space left on the disk."
        ),
    ),
    (
        "database is locked",
        Unavailable,
        N_("The vault is open in another window. Close it there first; nothing was changed."),
    ),
    (
        "not a database",
        Damaged,
        N_(
            "The vault's database cannot be read with this key: it is damaged or belongs to another vault. Nothing was "
            "changed; restore the newest verified backup."
        ),
    ),
    ("malformed", Damaged, MALFORMED),
    ("vtable constructor failed", Damaged, MALFORMED),  # a damaged page under the search index
    ("interrupted", Unavailable, N_("The step was stopped because the vault is being locked. It was not saved.")),
    ("unique constraint", Refused, N_("There is a record with this code or number already. Nothing was changed.")),
    (
        "foreign key",
        Refused,
        N_("What this belongs to is not there any more, or something else still depends on it. Nothing was changed."),
    ),
)


class translated:  # noqa: N801 - reads as a word: `with translated():`
    """Turn the driver's errors into problems for people; an unknown one is our own mistake (Bug).

    A class and no generator, because it stands around every read of the case page (3 % of it, measured).
    """

    __slots__ = ()

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        """Raise the problem that stands for the driver's error; let anything else pass."""
        if error is None:
            return
        if isinstance(error, UnicodeEncodeError):  # half a character, as a command line hands on bytes that are no text
            raise Refused(N_("The text holds a character that cannot be kept. Nothing was changed.")) from None
        if not isinstance(error, dbapi2.Error):
            return
        told = str(error).lower()
        for needle, kind, message in _TABLE:
            if needle in told:
                raise kind(message) from None
        raise Bug(f"database: {type(error).__name__}") from error
