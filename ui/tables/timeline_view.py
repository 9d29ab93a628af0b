"""How the timeline looks: the day, what it is, in italics what was said, plain what was checked, and from whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from family_case.i18n import N_
from ui.tables.lines import LINE_ROLE
from ui.theme import SIZES, STEP
from ui.widgets.entry_words import Line
from ui.widgets.flow import Flow
from ui.widgets.icons import icon
from ui.widgets.text import column, holding, text

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent

    from family_case.i18n import Translator
    from ui.theme import Colours

Index = QModelIndex | QPersistentModelIndex
WHEN_WIDTH: Final = 160  # pixels of the day column at 14 px of text
SAID_LINES: Final = 3
_ENOUGH: Final = 500  # characters; no line of a window holds more, and a long text must not be laid out whole
_PAD: Final = 10
_ICON: Final = 18
_GAP: Final = 4


class TimelineView(QListView):
    """The list; `opened` tells which line is wanted."""

    opened = Signal(int)

    def __init__(self, name: str, model: QAbstractItemModel, colours: Colours) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_Delegate(colours, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._clicked)
        self._follow = QTimer(self, singleShot=True, interval=0)  # once, when all sizes are as they stay
        self._follow.timeout.connect(lambda: self.scrollTo(self.currentIndex()))

    def chosen(self) -> int:
        """Line the keyboard is on; -1 when there is none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Put the keyboard on this line."""
        if 0 <= row < self.model().rowCount():
            self.setCurrentIndex(self.model().index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the line by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen() >= 0:
            self.opened.emit(self.chosen())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a line as soon as the keyboard comes."""
        super().focusInEvent(event)
        if self.chosen() < 0:
            self.choose(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the lines anew; the chosen line stays in sight if it was."""
        before = QRect(QPoint(0, 0), event.oldSize())
        if not self._follow.isActive() and before.intersects(self.visualRect(self.currentIndex())):
            self._follow.start()
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())


def legend(tr: Translator) -> QWidget:
    """What stands in italics, and what upright."""
    told = text(tr.text(N_("in italics: what was said")), size="small", tone="muted", said=True)
    noted = text(tr.text(N_("upright: what was checked, and what we noted")), size="small", tone="muted")
    for label in (told, noted):
        label.setWordWrap(False)
    whole = column([Flow([told, noted], space=STEP)])  # in large text the second goes below
    whole.setContentsMargins(2 * STEP, STEP // 2, 2 * STEP, STEP // 2)
    return holding(whole)


class _Delegate(QStyledItemDelegate):
    """Draws a line, and measures it by the same walk."""

    def __init__(self, colours: Colours, view: QListView) -> None:
        super().__init__(view)
        self._colours, self._view = colours, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its text."""
        width = self._view.viewport().width()
        return QSize(width, self._walk(None, QRect(0, 0, width, 0), index, option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the line on the ground that tells whether it is chosen."""
        painter.save()
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(self._colours.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(self._colours.hover))
        painter.setPen(QPen(QColor(self._colours.line)))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), QColor(self._colours.accent))
        self._walk(painter, option.rect, index, option.font)
        painter.restore()

    def _walk(self, painter: QPainter | None, rect: QRect, index: Index, font: QFont) -> int:
        """Draw (or, without a painter, only measure) all parts; gives the height."""
        words = index.data(LINE_ROLE)
        if not isinstance(words, Line):
            return 0
        left = rect.left() + _PAD + WHEN_WIDTH * font.pixelSize() // SIZES["body"]
        text_left = left + _ICON + STEP
        width = max(120, rect.right() - text_left - 2 * _PAD)
        top = rect.top() + _PAD
        if painter is not None:
            self._when(painter, QRect(rect.left() + 2 * _PAD, top, left - rect.left() - 3 * _PAD, 400), words, font)
            glyph = icon(words.icon, self._colours.muted, _ICON)
            glyph.paint(painter, QRect(left, top + 1, _ICON, _ICON))
        top = self._head(painter, QRect(text_left, top, width, 0), words, font)
        for said in words.said:
            top = self._text(
                painter, QRect(text_left, top + _GAP, width, 0), said, _said_font(font, words), "text", SAID_LINES
            )
        small = _sized(font, font.pixelSize() * SIZES["small"] // SIZES["body"])
        for part in (words.checked, words.origin, _short(words.elsewhere)):
            if part:
                top = self._text(painter, QRect(text_left, top + _GAP, width, 0), part, small, "muted", 2)
        return top + _PAD - rect.top()

    def _when(self, painter: QPainter, rect: QRect, words: Line, font: QFont) -> None:
        self._text(painter, rect, words.when, font, "muted", 3)

    def _head(self, painter: QPainter | None, rect: QRect, words: Line, font: QFont) -> int:
        """Title in bold, what it was about after it, its state at the right, or above where both have no room."""
        bold = QFont(font)
        bold.setBold(True)
        taken = self._state(painter, rect, words, font)
        title_width = QFontMetrics(bold).horizontalAdvance(words.title + "  ")
        if taken and title_width + taken > rect.width():
            rect, taken = rect.translated(0, QFontMetrics(font).height()), 0
        room = QRect(rect.left(), rect.top(), rect.width() - taken, 0)
        bottom = self._text(painter, room, words.title, bold, "text", 1)
        if not words.gist:
            return bottom
        beside = QRect(room.left() + title_width, room.top(), room.width() - title_width, 0)
        if QFontMetrics(font).horizontalAdvance(words.gist) <= beside.width():
            return max(bottom, self._text(painter, beside, words.gist, font, "text", 1))
        return self._text(painter, QRect(rect.left(), bottom + 2, rect.width(), 0), words.gist, font, "text", 2)

    def _state(self, painter: QPainter | None, rect: QRect, words: Line, font: QFont) -> int:
        """State in shape and word at the right end; gives the width it takes."""
        if words.look is None:
            return 0
        metrics = QFontMetrics(font)
        width = metrics.horizontalAdvance(words.look.words) + _ICON + STEP
        if painter is not None:
            colour = _colour(self._colours, words.look.tone)
            left = max(rect.left(), rect.right() - width)
            told = metrics.elidedText(
                words.look.words, Qt.TextElideMode.ElideRight, rect.right() + 2 * _PAD - left - _ICON - 4
            )
            icon(words.look.icon, colour, 16).paint(painter, QRect(left, rect.top() + 2, 16, 16))
            painter.setPen(QColor(colour))
            painter.setFont(font)
            painter.drawText(QPointF(left + _ICON + 4, rect.top() + metrics.ascent()), told)
        return width + STEP

    def _text(self, painter: QPainter | None, rect: QRect, words: str, font: QFont, tone: str, lines: int) -> int:
        """Draw or measure wrapped text of at most so many lines; gives where it ends."""
        metrics = QFontMetrics(font)
        top = rect.top()
        for line in wrapped(words, font, rect.width(), lines):
            if painter is not None:
                painter.setFont(font)
                painter.setPen(QColor(_colour(self._colours, tone)))
                painter.drawText(QPointF(rect.left(), top + metrics.ascent()), line)
            top += metrics.height()
        return top


def wrapped(words: str, font: QFont, width: int, lines: int) -> list[str]:
    """`words` in at most `lines` lines of `width` pixels; the last one ends with an ellipsis when there is more."""
    plain = " ".join(words[: _ENOUGH * lines].split())
    layout = QTextLayout(plain, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    found: list[str] = []
    layout.beginLayout()
    while len(found) < lines and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = line.textStart()
        if len(found) == lines - 1:
            found.append(QFontMetrics(font).elidedText(plain[start:], Qt.TextElideMode.ElideRight, width))
            break
        found.append(plain[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return found


def _said_font(font: QFont, words: Line) -> QFont:
    made = QFont(font)
    made.setItalic(not (words.checked or words.plain))
    return made


def _sized(font: QFont, pixels: int) -> QFont:
    made = QFont(font)
    made.setPixelSize(pixels)
    return made


def _short(sentence: str) -> str:
    """The first sentence of the card about a number; the rest stands in the details and on hover."""
    return sentence.partition(". ")[0].rstrip(".") + "." if sentence else ""


def _colour(colours: Colours, tone: str) -> str:
    tones = {
        "muted": colours.muted,
        "danger": colours.danger,
        "amber": colours.amber,
        "accent": colours.accent,
    }
    return tones.get(tone, colours.text)
