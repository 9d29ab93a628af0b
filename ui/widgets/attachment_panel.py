"""One attached file beside the page, shown from memory: no file is written to look at it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from family_case.i18n import N_
from family_case.model.attachment import Media
from family_case.services import attaching
from ui.problems import sentence
from ui.theme import STEP
from ui.widgets.attachments import size_and_day
from ui.widgets.entry_form import scrolled
from ui.widgets.entry_words import capital
from ui.widgets.pdf_pane import PdfPane
from ui.widgets.pop_up import Choice, offer
from ui.widgets.reveal import Reveal
from ui.widgets.save_copy import SaveCopy
from ui.widgets.text import button, column, holding, line, put_alone, row, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from family_case.errors import Problem
    from family_case.model.attachment import Attachment
    from family_case.model.views import CasePage
    from ui.widgets.desk import Desk

# Kinds that are drawn from memory -> the name of their reader; another is never guessed from the bytes.
_PICTURES: Final = {Media.JPEG: "JPEG", Media.PNG: "PNG", Media.GIF: "GIF", Media.WEBP: "WEBP"}
_SHOWN: Final = frozenset({*_PICTURES, Media.PDF, Media.TEXT})
_WIDEST: Final = 1600  # pixels of a picture; more cannot be seen in the panel
_LONGEST: Final = 1 << 20  # bytes of a text that are shown
_OTHER: Final = N_(
    "This kind of file cannot be shown here. To open it, save a copy: the copy lies in plain on its disk, and the "
    "program that opens it may keep traces of it and may be attacked by a hostile file."
)


class AttachmentPanel(QWidget):
    """Read only; a copy is saved, or the file erased, by dialogs."""

    closed = Signal()

    def __init__(
        self, desk: Desk, each: Attachment, page: CasePage, erase: Callable[[], object], *, writes: bool
    ) -> None:
        """`page`: its case; `writes`: a copy may leave and the file may go; not from a case as it was known once."""
        super().__init__()
        self._desk, self._each, self._page, self._erase = desk, each, page, erase
        tr = desk.tr
        self.record_id = each.id
        name = Reveal(tr.text(N_("Name of the file")), each.name, tr.text(N_("hold to see the name")))
        entry = next((item for item in page.timeline if item.id == each.entry_id), None)
        about = size_and_day(each, desk.opened.zone, tr)
        if entry is not None:
            about += " · " + tr.text(N_("of an entry"))
        self._room = QVBoxLayout()
        self._room.setContentsMargins(0, 0, 0, 0)
        self._view = QWidget()
        self._view.setLayout(self._room)
        self._view.setAccessibleName(tr.text(N_("The file")))
        self._view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self._view)
        head = [text(capital(tr.text(each.media.label)), size="large"), text(about, size="small", tone="muted")]
        whole = column([*head, row([name, None]), self._view, line(), self._foot(writes)], margin=2 * STEP)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        QShortcut(QKeySequence("Esc"), self, self.closed.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._open()

    def _foot(self, writes: bool) -> QWidget:  # noqa: FBT001 - of the one caller above
        tr = self._desk.tr
        close = button(tr.text(N_("Close")), self.closed.emit, kind="quiet")
        if not writes:
            return holding(row([close, None]))
        self._more = button(tr.text(N_("More")), self._offer_more, kind="quiet")
        return holding(row([button(tr.text(N_("Save a copy…")), self.save_copy), close, None, self._more]))

    def save_copy(self) -> None:
        """Ask to whom it goes and where to; it is a disclosure."""
        SaveCopy(self._desk, self._each, self._page, self).open()

    def _offer_more(self) -> None:
        offer(self, self._more, [Choice(self._desk.tr.text(N_("Erase for good…")), self._erase)], above=True)

    def _open(self) -> None:
        if self._each.media not in _SHOWN:
            self._say(self._desk.tr.text(_OTHER))
            return
        job = partial(attaching.whole, attachment_id=self._each.id)
        self._desk.jobs.read(job, self._read, self._failed, key="attachment")

    def _read(self, found: tuple[Attachment, bytes]) -> None:
        each, data = found
        if each.media in _PICTURES:
            drawn = partial(_drawn, data, _PICTURES[each.media])
            self._desk.jobs.compute(drawn, self._show_picture, self._failed, key="attachment picture")
        elif each.media is Media.PDF:
            pane = PdfPane(self._view.accessibleName(), self._desk.colours.line)
            put_alone(self._room, pane)
            pane.show_pages(data)
        else:
            shown = QPlainTextEdit(data[:_LONGEST].decode("utf-8", errors="replace"))
            shown.setReadOnly(True)
            shown.setAccessibleName(self._view.accessibleName())
            put_alone(self._room, shown)

    def _show_picture(self, image: QImage) -> None:
        if image.isNull():
            self._say(self._desk.tr.text(_OTHER))
            return
        put_alone(self._room, Picture(image))

    def _failed(self, problem: Problem) -> None:
        self._say(sentence(problem, self._desk.tr), tone="danger")

    def _say(self, words: str, tone: str = "muted") -> None:
        put_alone(self._room, scrolled(holding(column([text(words, tone=tone), None]))))


class Picture(QLabel):
    """A picture as wide as there is room."""

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self._image = image
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def resizeEvent(self, _event: object) -> None:
        """Draw it in the new room."""
        how = (Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        self.setPixmap(QPixmap.fromImage(self._image.scaled(self.size(), *how)))


def _drawn(data: bytes, reader: str) -> QImage:
    """The picture, at most as wide as can be seen; null where the bytes are none of this kind."""
    image = QImage.fromData(data, reader)  # type: ignore[arg-type]  # PySide takes the name as text
    if image.width() > _WIDEST:
        image = image.scaledToWidth(_WIDEST, Qt.TransformationMode.SmoothTransformation)
    return image
