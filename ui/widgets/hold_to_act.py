"""A button that acts only when it was held long enough: nothing final happens by a slip."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal

from ui.widgets.hold_button import HoldButton

HOLD_MS: Final = 1500


class HoldToAct(HoldButton):
    """`acted` comes after HOLD_MS of holding, by mouse, space or Enter; letting go before does nothing."""

    acted = Signal()

    def __init__(self, words: str, while_held: str, kind: str = "danger") -> None:
        super().__init__(words)
        self._words, self._while_held = words, while_held
        self.setProperty("kind", kind)
        self._timer = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._timer.timeout.connect(self._act)
        self.held.connect(self._turned)

    def _turned(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.setText(self._while_held if on else self._words)
        if on:
            self._timer.start()
        else:
            self._timer.stop()

    def _act(self) -> None:
        self.setText(self._words)
        self.acted.emit()
