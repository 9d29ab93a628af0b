"""A name or a text that shows only as long as mouse or key is held; else its alias, or a bare mark."""

from __future__ import annotations

from ui.widgets.hold_button import HoldButton


class Reveal(HoldButton):
    """Shows `cover` until held, then `kept`; never tells a screen reader or a tool tip what is kept."""

    def __init__(self, cover: str, kept: str, how: str) -> None:
        """`how`: the words that say what to do, such as "hold to see the name"."""
        super().__init__(cover)
        self._cover, self._kept = cover, kept
        self.setAccessibleName(f"{cover} ({how})")
        self.setToolTip(how)
        self.held.connect(lambda held: self.setText(self._kept if held else self._cover))
