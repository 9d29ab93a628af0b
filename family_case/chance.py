"""The ground floor's time and chance: the only room that asks the system for either.

A `Session` carries a `Clock` and `Ids`; demos and tests inject fixed ones, so that the same input gives the same vault.
Stored times are UTC milliseconds plus the offset of the place where they were written.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Protocol, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time: UTC milliseconds since 1970 and the writer's offset from UTC in minutes."""

    utc_ms: int
    offset_min: int = 0

    def day(self, zone: str) -> date:
        """Calendar day of this moment in the vault's `zone` (an IANA name)."""
        return datetime.fromtimestamp(self.utc_ms / 1000, tz=zone_of(zone)).date()

    def iso(self) -> str:
        """ISO 8601 in UTC to the second, as it stands on everything that leaves."""
        return datetime.fromtimestamp(self.utc_ms // 1000, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def zone_of(name: str) -> tzinfo:
    """Time zone of an IANA `name`; UTC for an empty or unknown one, so that an old vault still opens."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


class Clock(Protocol):
    """What the program may know of time."""

    def now(self) -> Moment:
        """Wall time."""

    def monotonic(self) -> float:
        """Seconds that never run backwards but may stop during sleep."""

    def boot(self) -> float:
        """Seconds since the machine started, sleep included where the system tells."""


class SystemClock:
    """The computer's own clocks."""

    def now(self) -> Moment:
        """Wall time with the local offset."""
        here = datetime.now(UTC).astimezone()
        offset = here.utcoffset() or timedelta()
        return Moment(time.time_ns() // 1_000_000, int(offset.total_seconds() // 60))

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return time.monotonic()

    def boot(self) -> float:
        """Seconds since the machine started; the monotonic clock where no better one exists."""
        clock = getattr(time, "CLOCK_BOOTTIME", None)
        return time.clock_gettime(clock) if clock is not None else time.monotonic()


@dataclass(slots=True)
class SetClock:
    """A clock that stands where it was put and moves one second with each look, for demos and tests."""

    utc_ms: int
    offset_min: int = 0
    elapsed: float = 0.0

    def now(self) -> Moment:
        """Time as put, one second later at each call so that records keep an order."""
        self.utc_ms += 1000
        return Moment(self.utc_ms, self.offset_min)

    def monotonic(self) -> float:
        """Elapsed seconds as put."""
        return self.elapsed

    def boot(self) -> float:
        """Elapsed seconds as put."""
        return self.elapsed


class Ids(Protocol):
    """What the program may know of chance."""

    def new(self) -> str:
        """A fresh id: 128 random bits in lowercase base 32, 26 characters."""

    def salt(self) -> bytes:
        """16 fresh random bytes for a journal payload."""


_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]  # ten bits each


def _text(raw: bytes) -> str:
    """16 bytes in base 32 (RFC 4648, lowercase, no padding); the library's own takes ten times as long."""
    bits = int.from_bytes(raw) << 2  # 26 letters are 130 bits
    return "".join([_PAIRS[bits >> shift & 1023] for shift in range(120, -1, -10)])


class SystemIds:
    """Chance from the operating system."""

    def new(self) -> str:
        """A fresh random id."""
        return _text(secrets.token_bytes(16))

    def salt(self) -> bytes:
        """Fresh random salt."""
        return secrets.token_bytes(16)


@dataclass(slots=True)
class SeededIds:
    """Chance that repeats itself: the same seed gives the same ids, for demos and tests."""

    seed: str
    count: int = field(default=0)

    def _next(self) -> bytes:
        self.count += 1
        return hashlib.sha256(f"{self.seed}/{self.count}".encode()).digest()[:16]

    def new(self) -> str:
        """The next id of this seed."""
        return _text(self._next())

    def salt(self) -> bytes:
        """The next salt of this seed."""
        return self._next()


@dataclass(slots=True)
class Dice:
    """Choices that repeat themselves: the same seed gives the same throws, for invented cases."""

    seed: str
    _rolled: int = 0
    _left: bytes = b""

    def below(self, limit: int) -> int:
        """A number from 0 to below `limit` (at most 65,536)."""
        if not self._left:
            self._rolled += 1
            self._left = hashlib.blake2b(f"{self.seed}/{self._rolled}".encode()).digest()
        thrown, self._left = self._left[:2], self._left[2:]
        return int.from_bytes(thrown) % limit

    def one(self, of: Sequence[T]) -> T:
        """One of these, each as likely as the others."""
        return of[self.below(len(of))]


def moment_of(day: date, hour: int = 12) -> Moment:
    """Moment at `hour` UTC of `day`, for demos and for a print time given by hand."""
    at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return Moment(int(at.timestamp() * 1000))
