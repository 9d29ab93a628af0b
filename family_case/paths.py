"""The ground floor's places: where the program's own data lies.

The only function that knows whether we run from a checkout or from an installed wheel.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """Folder of fonts, icons, catalogues, help and the demo story.

    Beside the package in a checkout, inside it in a wheel.
    """
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"
