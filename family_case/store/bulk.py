"""Writing very much at once: the connection's settings while thousands of changes are made, and as usual afterwards.

Ids are random but for what those of one case share, so each case has its own place in every index. In a cache too
small for the indexes each of them is decrypted, changed, encrypted and written anew for nearly every row; so a large
part of the memory is lent to it. What is promised does not change: `synchronous` stays FULL, and a transaction is
acknowledged when it is on disk. Only the moment when the log is worked into the file comes later.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from family_case.store.connection import CACHE_KB
from family_case.store.faults import translated
from family_case.store.vault import LOG_PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from family_case.store.vault import Vault

_PART = 4  # of the memory, one such part is lent
_MOST = 2 << 30
_LOG_PAGES = 1 << 16  # of 4 KB: the log is worked into the file at every 256 MB


@contextmanager
def making_much(vault: Vault, memory: int) -> Iterator[None]:
    """Settings for making very much, on a computer with `memory` bytes; the usual ones and a short log afterwards.

    What was made leaves the search index in a dozen parts, each of which every search would ask: they become one.
    """
    lent = max(CACHE_KB, min(memory // _PART, _MOST) >> 10)
    _set(vault, lent, _LOG_PAGES)
    try:
        yield
        with vault.drafts() as change:
            change.merge_search()
    finally:
        _set(vault, CACHE_KB, LOG_PAGES)
        vault.scrub()


def _set(vault: Vault, cache_kb: int, log_pages: int) -> None:
    vault.log_pages = log_pages
    with translated():
        vault.connection.execute(f"PRAGMA cache_size = -{cache_kb}").fetchall()
