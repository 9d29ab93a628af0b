"""The program started as people start it, for a figure: it ends with the first picture of its first window.

Only the loop is ours to watch: `QApplication.exec` is told to end with the first picture, nothing else is changed. By
hand: `unittest.mock` would load asyncio and ssl, a fifth of a bare window that no start of the program pays.
"""

import sys

from PySide6.QtWidgets import QApplication

from family_case.__main__ import open_door
from family_case._bootstrap.enter import enter, inner_settings, is_inside
from family_case._bootstrap.place import here
from tests.bench.bare_window import FirstPicture

_loop = QApplication.exec


def _until_first_picture() -> int:
    app = QApplication.instance()
    watcher = FirstPicture(app)
    if app is not None:
        app.installEventFilter(watcher)
    return _loop()


def main() -> int:
    """Go through the porch where there is one, then through the window's door."""
    place = here()
    if is_inside(place, inner_settings(place)):  # elsewhere the porch would start another process
        enter("family_case", [], window=True)
    setattr(QApplication, "exec", staticmethod(_until_first_picture))  # noqa: B010 - a type checker sees a method there
    return open_door("window")([])


if __name__ == "__main__":
    sys.exit(main())
