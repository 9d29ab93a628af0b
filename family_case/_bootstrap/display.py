"""The porch's look out of the window: whether there is a display that answers."""

from __future__ import annotations

import ctypes
import os
import sys

from family_case._bootstrap.place import LINUX

_BLIND = ("offscreen", "minimal")  # Qt platforms that draw, but show nobody anything


def has_display() -> bool:
    """Whether a person can see a window: always outside Linux, there only when X or Wayland is reachable."""
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in _BLIND:
        return False
    return sys.platform != LINUX or bool(os.environ.get("WAYLAND_DISPLAY")) or _x_answers()


def _x_answers() -> bool:
    """Whether the X server that DISPLAY names takes a connection; Qt ends the whole process when it does not."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    broken = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not broken
