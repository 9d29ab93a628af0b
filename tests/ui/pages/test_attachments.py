"""Files at a case: added by button or by dropping, looked at from memory, and never let out by a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtWidgets import QPlainTextEdit

from family_case.i18n import translator
from family_case.services import attaching, intake
from tests.ui.pages.test_case import _shown
from ui.pages.case import CasePage
from ui.widgets.attachment_panel import AttachmentPanel, Picture
from ui.widgets.attachments import FileDrop, size_words
from ui.widgets.details import DetailsPanel
from ui.widgets.pdf_pane import PdfPane
from ui.widgets.reveal import Reveal
from ui.widgets.save_copy import SaveCopy, _plain_name

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.pages.conftest import Desk

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def picture() -> bytes:
    image, kept = QImage(600, 300, QImage.Format.Format_RGB32), QByteArray()
    image.fill(QColor("#336699"))
    out = QBuffer(kept)
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(out, "PNG")  # type: ignore[call-overload]  # PySide takes the name as text
    return bytes(kept.data())


@pytest.fixture
def page(at_desk: Desk) -> CasePage:
    return at_desk.show(CasePage, "case", at_desk.case())


def given(tmp_path: Path, name: str, data: bytes) -> Path:
    file = tmp_path / name
    file.write_bytes(data)
    return file


def plain_files(folder: Path) -> set[Path]:
    """Every file below a folder but for those under their sealed names."""
    return {each for each in folder.rglob("*") if each.is_file() and each.parent.parent.name != "blobs"}


def opened(at_desk: Desk, page: CasePage, file: Path) -> AttachmentPanel:
    """Attach a file and open it beside the case."""
    page.attach([file])
    page.show_record(at_desk.facts().background.attachments[-1].id)
    panel = page._beside.panel()
    assert isinstance(panel, AttachmentPanel)
    return panel


def test_a_file_that_was_attached_stands_beside_the_case_and_its_name_shows_on_hold_only(
    at_desk: Desk, page: CasePage, tmp_path: Path
) -> None:
    page.attach([given(tmp_path, "Артём из колонии.ogg", b"OggS" + bytes(340_000))])
    words = _shown(page._side)
    assert "Voice note or sound (Ogg)" in words
    assert "340 KB" in words
    assert "Артём из колонии" not in words
    (held,) = [each for each in page._side.findChildren(Reveal) if each._kept == "Артём из колонии.ogg"]
    held.pressed.emit()
    assert "Артём из колонии.ogg" in _shown(page._side)
    assert not page.attach_bar.isVisible()


def test_a_file_dropped_on_the_details_of_an_entry_hangs_on_that_entry(
    at_desk: Desk, page: CasePage, tmp_path: Path
) -> None:
    entry = next(item.id for item in at_desk.facts().timeline if item.entry)
    page.show_record(entry)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(given(tmp_path, "a.txt", b"a"))), QUrl("https://example.org/b.txt")])
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    (takes,) = page._beside.findChildren(FileDrop)
    assert page._beside.acceptDrops()
    assert takes.eventFilter(page._beside, QDropEvent(QPointF(5, 5), *how))
    assert [each.name for each in attaching.of(at_desk.session, entry)] == ["a.txt"]
    page.show_record(entry)
    panel = page._beside.panel()
    assert isinstance(panel, DetailsPanel)
    assert "Plain text" in _shown(panel)


def test_a_picture_a_pdf_and_a_text_are_shown_and_nothing_plain_is_written(
    at_desk: Desk, page: CasePage, tmp_path: Path
) -> None:
    files = [given(tmp_path, *each) for each in (("p.png", picture()), ("l.pdf", PDF), ("t.txt", "письмо".encode()))]
    before = plain_files(tmp_path)
    drawn = opened(at_desk, page, files[0]).findChild(Picture)
    assert drawn is not None
    assert drawn.pixmap().toImage().pixelColor(5, 5).name() == "#336699"
    pdf = opened(at_desk, page, files[1]).findChild(PdfPane)
    assert pdf is not None
    assert pdf.pages.pageCount() == 1
    said = opened(at_desk, page, files[2]).findChild(QPlainTextEdit)
    assert said is not None
    assert said.toPlainText() == "письмо"
    assert said.isReadOnly()
    assert plain_files(tmp_path) == before


@pytest.mark.parametrize("data", [b"OggS" + bytes(50), b"\x89PNG\r\n\x1a\n and nothing more", b"\0\1\2"])
def test_what_cannot_be_shown_says_that_a_copy_must_be_saved_and_what_that_means(
    at_desk: Desk, page: CasePage, tmp_path: Path, data: bytes
) -> None:
    assert "lies in plain on its disk" in _shown(opened(at_desk, page, given(tmp_path, "x", data)))


def test_a_damaged_file_is_named_where_it_would_be_seen(at_desk: Desk, page: CasePage, tmp_path: Path) -> None:
    page.attach([given(tmp_path, "письмо.txt", b"text")])
    row = at_desk.facts().background.attachments[-1]
    (at_desk.session.folder / "blobs" / row.blob[:2] / row.blob).unlink()
    page.show_record(row.id)
    panel = page._beside.panel()
    assert panel is not None
    assert "is missing from the vault" in _shown(panel)


def test_a_file_that_cannot_be_attached_is_told_and_nothing_waits_on(
    at_desk: Desk, page: CasePage, tmp_path: Path
) -> None:
    page.attach([tmp_path, given(tmp_path, "later.txt", b"later")])
    assert "not an ordinary file" in page.attach_bar._words.text()
    assert page.attach_bar.isVisible()
    assert at_desk.facts().background.attachments == ()


def test_a_copy_is_saved_only_with_who_gets_it_and_is_a_disclosure(
    at_desk: Desk, page: CasePage, tmp_path: Path
) -> None:
    panel = opened(at_desk, page, given(tmp_path, "letter.pdf", PDF))
    panel.save_copy()
    (dialog,) = panel.findChildren(SaveCopy)
    dialog.ask_where()
    assert dialog._to_row.error()
    dialog.to_whom.set_value("Адвокат Белова")
    target = tmp_path / "copy.pdf"
    dialog.save_to(str(target))
    assert target.read_bytes() == PDF
    rows = at_desk.session.vault.connection.execute("SELECT to_whom FROM disclosure ORDER BY rowid DESC LIMIT 1")
    assert rows.fetchone() == ("Адвокат Белова",)


def test_a_copy_that_may_not_leave_says_why_and_the_dialog_stays(at_desk: Desk, tmp_path: Path) -> None:
    intake.add(at_desk.session, "case", {"code": "K-900", "name": "Никитин Олег Петрович"})
    page = at_desk.show(CasePage, "case", at_desk.case("K-900"))
    page.attach([given(tmp_path, "letter.pdf", PDF)])
    page.show_record(at_desk.facts("K-900").background.attachments[0].id)
    panel = page._beside.panel()
    assert isinstance(panel, AttachmentPanel)
    panel.save_copy()
    (dialog,) = panel.findChildren(SaveCopy)
    dialog.to_whom.set_value("кто-то")
    dialog.save_to(str(tmp_path / "copy.pdf"))
    assert "Nobody has consented" in _shown(dialog)
    assert not (tmp_path / "copy.pdf").exists()


def test_a_case_of_the_past_takes_no_file(at_desk: Desk, page: CasePage, tmp_path: Path) -> None:
    page._stand_on(at_desk.session.today())
    assert not page.writes
    page.attach([given(tmp_path, "a.txt", b"a")])
    assert at_desk.facts().background.attachments == ()


def test_the_name_offered_for_a_copy_is_never_a_path() -> None:
    assert [_plain_name(each) for each in ("../../.bashrc", "C:\\x", "...", "письмо.pdf")] == [
        "_.._.bashrc", "C__x", "file", "письмо.pdf",
    ]  # fmt: skip


def test_sizes_are_told_as_people_say_them() -> None:
    tr = translator("en")
    assert [size_words(size, tr) for size in (0, 1, 1500, 999_499, 1_000_000, 2_147_483_648)] == [
        "1 KB", "1 KB", "2 KB", "999 KB", "1.0 MB", "2,147.5 MB",
    ]  # fmt: skip
