"""Scenes of files that were handed over: beside the case, looked at, on their way in, and before one leaves."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QScrollArea, QWidget

from family_case.services import casework
from tests.pictures_scenes import Scene, case_page
from ui.widgets.attachment_panel import AttachmentPanel

if TYPE_CHECKING:
    from ui.pages import Page

_LETTER: Final = "Мама, у меня всё хорошо. Не верь никому, кто просит паспорт.\n\nАртём"


def _photograph() -> bytes:
    """An invented photograph of a sheet of paper."""
    image, kept = QImage(900, 700, QImage.Format.Format_RGB32), QByteArray()
    image.fill(QColor("#6b705c"))
    painter = QPainter(image)
    painter.fillRect(150, 60, 600, 580, QColor("#f1ede4"))
    for line in range(9):
        painter.fillRect(200, 130 + 50 * line, 500 - 37 * (line % 4), 8, QColor("#7d7a75"))
    painter.end()
    out = QBuffer(kept)
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(out, "PNG")  # type: ignore[call-overload]  # PySide takes the name as text
    return bytes(kept.data())


_FILES: Final = {
    "голосовое от Артёма.ogg": b"OggS" + bytes(340_000),
    "письмо.txt": _LETTER.encode(),
    "фото письма.png": _photograph(),
}


def attached(page: Page) -> None:
    """Three files at the case, the list of them in sight."""
    here = case_page(page)
    with tempfile.TemporaryDirectory() as folder:
        for name, data in _FILES.items():
            Path(folder, name).write_bytes(data)
        assert here.view is not None
        if not here.view.page.background.attachments:
            here.attach([Path(folder, name) for name in _FILES])
    _into_sight(here._side)


def _into_sight(side: QWidget) -> None:
    for area in side.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())


def looked_at(at: int, page: Page) -> None:
    """One of them, shown from memory."""
    here = case_page(page)
    found: list[str] = []
    here.context.jobs.read(lambda session: casework.page(session, "K-001").background.attachments[at].id, found.append)
    here.show_record(found[0])


def before_it_leaves(page: Page) -> None:
    """What is asked before a copy is saved."""
    looked_at(2, page)
    panel = case_page(page)._beside.panel()
    assert isinstance(panel, AttachmentPanel)
    panel.save_copy()


def on_its_way(page: Page) -> None:
    """While a long file is being sealed."""
    bar = case_page(page).attach_bar
    bar._tell(bar._desk.tr.text("Sealing a file into the vault. You can go on working."), working=True)
    bar._bar.setValue(400)


def could_not(page: Page) -> None:
    """A folder was dropped."""
    case_page(page).attach([Path(tempfile.gettempdir())])


# These write, each after the one before.
WRITING: Final[tuple[Scene, ...]] = (
    ("files", "case", "K-001", attached),
    *((f"files-shown-{at}", "case", "K-001", partial(looked_at, at)) for at in range(len(_FILES))),
    ("files-leaving", "case", "K-001", before_it_leaves),
    ("files-sealing", "case", "K-001", on_its_way),
    ("files-refused", "case", "K-001", could_not),
)
