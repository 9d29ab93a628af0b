"""The run command as a person starts it: without a display the main job is done all the same, and said so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parent.parent


def start(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Start `python -m family_case` in `folder`, without a display."""
    settings = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    settings |= {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "family_case", *arguments]
    return subprocess.run(
        command, cwd=folder, env=settings, capture_output=True, text=True, encoding="utf-8", check=False
    )


def inked(picture: Path) -> float:
    """Share of the middle of a picture that is darker than its ground: writing, not an empty pane."""
    image = QImage(str(picture))
    assert not image.isNull()
    middle = [(x, y) for x in range(200, 940, 2) for y in range(280, 700, 2)]
    return sum(image.pixelColor(x, y).lightness() < 160 for x, y in middle) / len(middle)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_without_a_display_paper_and_picture_are_made_and_named(tmp_path: Path) -> None:
    done = start(tmp_path)
    assert done.returncode == 0
    assert done.stderr == ""
    named = [Path(line.rsplit(": ", 1)[1]) for line in done.stdout.splitlines() if ": " in line]
    papers = [path for path in named if path.suffix == ".pdf"]
    pictures = [path for path in named if path.suffix == ".png"]
    assert len(papers) == len(pictures) == 1
    assert "K-001" in PdfReader(papers[0]).pages[0].extract_text()
    assert inked(pictures[0]) > 0.02, "the picture shows an empty page"
    assert all(path.is_relative_to(tmp_path) for path in [*papers, *pictures])


def test_a_wrong_command_is_wrong_usage_in_words(tmp_path: Path) -> None:
    done = start(tmp_path, "no-such-command")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no-such-command" in done.stderr
    assert "Traceback" not in done.stderr


def test_version_is_told(tmp_path: Path) -> None:
    done = start(tmp_path, "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert "0.1.0" in done.stdout
