"""What a part of a screen may ask for: the jobs, the language, the colours, the day. A page's context is one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from family_case.chance import Clock
    from family_case.i18n import Translator
    from ui.jobs import Jobs, Opened
    from ui.theme import Colours


class Desk(Protocol):
    """What `ui.pages.Context` has and parts need."""

    @property
    def jobs(self) -> Jobs:
        """The way to services."""

    @property
    def tr(self) -> Translator:
        """The language."""

    @property
    def colours(self) -> Colours:
        """The palette."""

    @property
    def clock(self) -> Clock:
        """The clock."""

    @property
    def opened(self) -> Opened:
        """What is known of the open vault."""


def today(desk: Desk) -> date:
    """The day figures are computed for, as `Session.today` tells it, known without asking the lane."""
    if desk.opened.demo_day:
        return date.fromisoformat(desk.opened.demo_day)
    return desk.clock.now().day(desk.opened.zone)
