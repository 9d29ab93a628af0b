"""Nothing is collected on another thread once a window asks for it on its own."""

from __future__ import annotations

import gc
import threading
import weakref

from family_case.hardening import collect_here


class _Ring:
    """Something only the collector can find."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_unreachable_goes_here_and_never_on_another_thread() -> None:
    collect_here()
    gone_on: list[str] = []
    ring = _Ring()
    weakref.finalize(ring, lambda: gone_on.append(threading.current_thread().name))
    del ring
    busy = threading.Thread(target=lambda: [_Ring() for _ in range(20_000)], name="busy")
    busy.start()
    busy.join()
    assert gone_on == []
    collect_here()
    assert gone_on == [threading.current_thread().name]
    assert not gc.isenabled()
