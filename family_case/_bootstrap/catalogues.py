"""The porch's printer of catalogues: each .po becomes the .mo that gettext reads, when it is newer."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def stale(locale: Path) -> list[Path]:
    """Catalogues under `locale` whose compiled form is absent or older than their text."""
    texts = sorted(locale.glob("*/LC_MESSAGES/*.po"))
    made = {text: text.with_suffix(".mo") for text in texts}
    return [text for text, mo in made.items() if not mo.exists() or mo.stat().st_mtime < text.stat().st_mtime]


def compile_all(python: Path, texts: list[Path]) -> None:
    """Compile each of `texts` with the Babel of `python`."""
    for text in texts:
        files = ["-i", str(text), "-o", str(text.with_suffix(".mo"))]
        command = [str(python), "-m", "babel.messages.frontend", "compile", *files]
        subprocess.run(command, check=True, capture_output=True)
