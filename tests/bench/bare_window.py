"""The floor of starting: a process that shows one bare Qt window and ends with its first picture."""

import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class FirstPicture(QObject):
    """Ends the application once a window has painted itself for the first time."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and watched.isWindow():
            QTimer.singleShot(0, QApplication.quit)
        return False


def main() -> int:
    """Show a bare window until it is painted."""
    app = QApplication([])
    watcher = FirstPicture()
    app.installEventFilter(watcher)
    window = QWidget()
    window.show()
    return QApplication.exec()


if __name__ == "__main__":
    sys.exit(main())
