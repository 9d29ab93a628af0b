"""The pages of a paper, shown from memory: no file is written to look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QObject, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QWidget

from ui.widgets.text import column

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class PdfPane(QWidget):
    """Shows the bytes of one PDF.

    The view is made before the document, so that it is gone before it: a view that hears of its document's end while
    it ends itself takes the program with it.
    """

    def __init__(self, name: str, ground: str) -> None:
        """`ground`: the colour behind the pages."""
        super().__init__()
        self.view = QPdfView(self)
        self.pages = QPdfDocument(self)
        self._kept = QBuffer(self)
        self.view.setAccessibleName(name)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        palette = self.view.palette()
        palette.setColor(QPalette.ColorRole.Dark, QColor(ground))
        self.view.setPalette(palette)
        self.view.setDocument(self.pages)
        self.setFocusProxy(self.view)
        self.setLayout(column([self.view]))

    def show_pages(self, data: bytes) -> None:
        """Show these bytes; the place in the paper stays."""
        bar = self.view.verticalScrollBar()
        at = bar.value()
        self.pages.close()
        self._kept.close()
        self._kept.setData(QByteArray(data))
        self._kept.open(QBuffer.OpenModeFlag.ReadOnly)
        self.pages.load(self._kept)
        bar.setValue(at)

    def data(self) -> bytes:
        """The bytes that are shown."""
        return bytes(self._kept.data().data())


class PrintRun(QObject):
    """Prints page after page of `data`, giving the window back between two; it may be stopped.

    It reads its own copy of the bytes: the pages on screen may be made anew meanwhile.
    """

    page_done = Signal(int, int)  # page, of
    ended = Signal(bool)  # whether all pages went to the printer

    def __init__(self, data: bytes, printer: QPrinter, parent: QObject) -> None:
        super().__init__(parent)
        self._printer = printer
        self._kept = QBuffer(self)
        self._kept.setData(QByteArray(data))
        self._kept.open(QBuffer.OpenModeFlag.ReadOnly)
        self._pages = QPdfDocument(self)
        self._pages.load(self._kept)
        self._at, self._of = 0, self._pages.pageCount()
        self._painter = QPainter()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._next)

    def given(self) -> tuple[int, int]:
        """Pages already given to the printer, and how many there are."""
        return self._at, self._of

    def start(self) -> None:
        """Begin; ends at once when the printer does not take it."""
        if self._painter.begin(self._printer):
            self._timer.start()
        else:
            self.ended.emit(False)

    def stop(self) -> None:
        """Print no further page, and ask the printer to forget those it has; it may have begun with them."""
        if self._timer.isActive():
            self._printer.abort()
            self._finish(whole=False)

    def _next(self) -> None:
        if self._at >= self._of:
            self._finish(whole=True)
            return
        if self._at and not self._printer.newPage():
            self._finish(whole=False)
            return
        room = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        drawn = self._pages.render(self._at, QSize(room.width(), room.height()))
        offset = self._printer.pageLayout().paintRectPixels(self._printer.resolution()).topLeft()
        self._painter.drawImage(QRectF(-offset.x(), -offset.y(), room.width(), room.height()), drawn)
        self._at += 1
        self.page_done.emit(self._at, self._of)

    def _finish(self, *, whole: bool) -> None:
        self._timer.stop()
        self._painter.end()
        self.ended.emit(whole)
