"""Without a display the run command still does its main job, and says where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf
from PySide6.QtGui import QImage

from family_case.chance import SeededIds
from family_case.model.changes import Actor
from family_case.services import history
from family_case.services.session import unlock
from tests.vaults import clock_on
from ui import theme
from ui.app import headless
from ui.windows import on_paper

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from PySide6.QtWidgets import QApplication


def test_the_vault_the_paper_and_the_picture_are_made_and_named(
    qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    assert headless(folder) == 0
    said = capsys.readouterr().out
    for made in ("demo-vault", "K-001-en.pdf", "window.png"):
        assert str(folder / made) in said
    text = "".join(page.extract_text() for page in pypdf.PdfReader(folder / "K-001-en.pdf").pages)
    assert "K-001" in text
    picture = QImage(str(folder / "window.png"))
    assert (picture.width(), picture.height()) == on_paper.SIZE
    colours = {picture.pixelColor(x, y).name() for x in range(0, 1366, 3) for y in range(0, 768, 3)}
    assert len(colours) > 50  # a case, not an empty sheet
    head = {picture.pixelColor(x, y).name() for x in range(180, 1366) for y in range(60, 180)}
    assert theme.LIGHT.danger in head  # and that it is time to check stands above its timeline
    assert headless(folder) == 0  # and once more into the same folder
    session = unlock(
        folder / "demo-vault", on_paper.PHRASE, clock=clock_on(), ids=SeededIds("look"), actor=Actor.WINDOW
    )
    newest = history.history(session, "K-001", limit=1)
    session.close()
    assert newest[0].reason.value == "disclose"  # written down like any other paper


def test_a_folder_that_cannot_be_written_ends_with_a_sentence(
    qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    assert headless(tmp_path / "out") == 1
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert str(tmp_path / "out") in said.err
