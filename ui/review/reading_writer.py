"""Answers as text that can be scrolled, searched and copied: each item of the review below the other.

Everything is put in as plain text with formats of our own. Nothing is parsed, so nothing that a person typed is markup.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTableCellFormat,
    QTextTableFormat,
)

from iscm_desktop.i18n import _
from iscm_desktop.presenters.review_presenter import badge_words
from iscm_desktop.presenters.review_view import ReadItem, ReadKind, ReadMark, TextChange, TextPiece
from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.widgets.painted_text import isolated
from ui.widgets.plain_text import one_line, readable

GO, HAND = "go", "hand"
"""What a link does: leads to the question, hands its section to a colleague."""

_TONES = {
    ReadMark.MISSING: Tone.BAD,
    ReadMark.PROBLEM: Tone.BAD,
    ReadMark.LOOK: Tone.WARN,
    ReadMark.CHANGED: Tone.PLAIN,
    ReadMark.WITHHELD: Tone.WARN,
}
_WITH_LINKS = frozenset({ReadMark.MISSING, ReadMark.PROBLEM, ReadMark.LOOK, ReadMark.NOTE, ReadMark.ASKED})
_SIZES = {ReadKind.SECTION: 17, ReadKind.HEADING: 15, ReadKind.ENTRY: 14}
_WHOLE = 99
"""Per cent of the width that a table takes: Qt rounds columns up, and a bar would appear for one pixel."""
_NO_BREAK = "\N{NO-BREAK SPACE}"
_LINE = "\N{LINE SEPARATOR}"
_LINES = str.maketrans({"\n": _LINE, "\r": None, "\N{PARAGRAPH SEPARATOR}": _LINE})


@dataclass(frozen=True, slots=True)
class WrittenItem:
    """Where an item stands in the text."""

    item: ReadItem
    begin: int
    end: int


class ReadingWriter:
    """Writes items at the end of a document.

    Args:
        can_hand: Whether sections can be handed to a colleague.
    """

    def __init__(self, document: QTextDocument, theme: WindowTheme, *, can_hand: bool) -> None:
        self._cursor = QTextCursor(document)
        self._theme, self._can_hand = theme, can_hand
        self._is_first = True
        # the first column of a table stands at the right then; Qt does not mirror tables
        self._is_mirrored = document.defaultTextOption().textDirection() is Qt.LayoutDirection.RightToLeft
        tokens = theme.tokens
        self._plain = self._format(14, tokens.text)
        self._strong = self._format(14, tokens.text, is_bold=True)
        self._muted = self._format(13, tokens.muted)
        self._error = self._format(13, tokens.bad)
        self._link = self._format(13, tokens.accent)
        self._pieces = {
            TextChange.SAME: self._plain,
            TextChange.ADDED: self._changed(tokens.good, tokens.good_soft, is_added=True),
            TextChange.REMOVED: self._changed(tokens.bad, tokens.bad_soft, is_added=False),
        }
        self._headings = {
            kind: self._format(size, tokens.accent if kind is ReadKind.SECTION else tokens.text, is_bold=True)
            for kind, size in _SIZES.items()
        }
        self._badges = {tone: self._badge(tone) for tone in Tone}

    def write(self, item: ReadItem, at: int) -> WrittenItem:
        """Writes an item; its links name it by `at`, its place among all."""
        self._block(self._space_above(item), level=item.level if item.kind in _SIZES else 0)
        begin = self._cursor.position()
        self._head(item)
        for place, line in enumerate(item.lines, start=1):
            self._answer(item, line, place)
        if item.blank:
            self._said(item.blank, self._muted)
        if item.kind is ReadKind.TABLE:
            self._table(item)
        if item.remark:
            self._said(item.remark, self._error)
        if item.note:
            self._said(_("Note: {text}").format(text=item.note), self._muted)
        for question in item.asked:
            self._said(_("Asked: {text}").format(text=question), self._muted)
        if item.marks & _WITH_LINKS:
            self._links(item, at)
        return WrittenItem(item, begin, self._cursor.position())

    def say(self, words: str) -> None:
        """One sentence where there is nothing to read."""
        self._block(0)
        self._cursor.insertText(words, self._muted)

    def _space_above(self, item: ReadItem) -> int:
        if self._is_first:
            return 0
        return {ReadKind.SECTION: 18, ReadKind.HEADING: 14, ReadKind.REMARK: 4}.get(item.kind, 11)

    def _head(self, item: ReadItem) -> None:
        words = self._headings.get(item.kind, self._plain)
        if item.kind is ReadKind.REMARK:
            words = self._format(14, self._theme.tokens.warn)
        if item.number:
            bold = self._headings.get(item.kind, self._strong)
            self._cursor.insertText(f"{one_line(item.number)}{_NO_BREAK} ", bold)
        self._cursor.insertText(readable(item.label).translate(_LINES), words)
        for mark, tone in _TONES.items():
            if mark in item.marks and (said := badge_words(item, mark)):
                self._cursor.insertText("  ", words)
                padded = isolated(f"{_NO_BREAK}{said.replace(' ', _NO_BREAK)}{_NO_BREAK}")
                self._cursor.insertText(padded, self._badges[tone])

    def _answer(self, item: ReadItem, line: tuple[TextPiece, ...], place: int) -> None:
        self._block(2)
        if item.is_ordered:
            self._cursor.insertText(f"{place}.{_NO_BREAK}", self._muted)
        elif len(item.lines) > 1:
            self._cursor.insertText(f"\N{BULLET}{_NO_BREAK}", self._muted)
        before = TextChange.SAME
        for piece in line:
            if before is TextChange.REMOVED and piece.change is TextChange.ADDED:
                self._cursor.insertText(" ", self._plain)  # else what went runs into what came
            before = piece.change
            words = (
                self._error if item.remark and piece.change is TextChange.SAME else self._pieces[piece.change]
            )
            self._cursor.insertText(readable(piece.text).translate(_LINES), words)

    def _said(self, words: str, how: QTextCharFormat) -> None:
        self._block(2)
        self._cursor.insertText(readable(words).translate(_LINES), how)

    def _links(self, item: ReadItem, at: int) -> None:
        self._block(2)
        if ReadMark.MISSING in item.marks:
            self._cursor.insertText(isolated(_("required")), self._muted)
            self._cursor.insertText(" · ", self._muted)
        self._anchor(_("Go to question"), f"{GO}:{at}")
        if self._can_hand:
            self._cursor.insertText(" · ", self._muted)
            self._anchor(_("Hand to a colleague"), f"{HAND}:{at}")

    def _anchor(self, words: str, target: str) -> None:
        link = QTextCharFormat(self._link)
        link.setAnchor(True)
        link.setAnchorHref(target)
        self._cursor.insertText(isolated(words), link)

    def _table(self, item: ReadItem) -> None:
        shape = QTextTableFormat()
        shape.setHeaderRowCount(1)
        shape.setCellSpacing(0)
        shape.setBorder(0)
        shape.setTopMargin(self._theme.px(4))
        share = QTextLength(QTextLength.Type.PercentageLength, _WHOLE / len(item.head))
        shape.setColumnWidthConstraints([share] * len(item.head))
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, _WHOLE))
        table = self._cursor.insertTable(len(item.rows) + 1, len(item.head), shape)
        head = self._format(12, self._theme.tokens.muted, is_bold=True)
        for row, texts in enumerate((item.head, *item.rows)):
            for column, text in enumerate(reversed(texts) if self._is_mirrored else texts):
                cell = table.cellAt(row, column)
                cell.setFormat(self._cell())
                words = self._plain if row else head
                cell.firstCursorPosition().insertText(readable(text).translate(_LINES), words)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _cell(self) -> QTextTableCellFormat:
        cell, px = QTextTableCellFormat(), self._theme.px
        cell.setPadding(px(5))
        cell.setBottomBorder(1)
        cell.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        cell.setBottomBorderBrush(QBrush(QColor(self._theme.tokens.line)))
        return cell

    def _block(self, above: int, level: int = 0) -> None:
        shape = QTextBlockFormat()
        shape.setTopMargin(self._theme.px(above))
        shape.setHeadingLevel(min(level, 6))
        shape.setLineHeight(118, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if self._is_first:
            self._cursor.setBlockFormat(shape)
        else:
            self._cursor.insertBlock(shape)
        self._is_first = False

    def _format(self, size: float, ink: str, *, is_bold: bool = False) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setProperty(QTextFormat.Property.FontPixelSize.value, self._theme.px(size))
        made.setForeground(QColor(ink))
        if is_bold:
            made.setFontWeight(QFont.Weight.Bold)
        return made

    def _badge(self, tone: Tone) -> QTextCharFormat:
        made = self._format(12, self._theme.tokens.ink(tone).name())
        made.setBackground(self._theme.tokens.ground(tone))
        return made

    def _changed(self, ink: str, ground: str, *, is_added: bool) -> QTextCharFormat:
        made = self._format(14, ink)
        made.setBackground(QColor(ground))
        made.setFontUnderline(is_added)
        made.setFontStrikeOut(not is_added)
        return made


def direction_of(*, is_right_to_left: bool) -> Qt.LayoutDirection:
    """Which way the pages of a response run."""
    return Qt.LayoutDirection.RightToLeft if is_right_to_left else Qt.LayoutDirection.LeftToRight
