"""Paints the cells of the table of responses."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from iscm_desktop.presenters.fill_state import progress_share
from ui.look.colours import Tone
from ui.questionnaires.responses_model import ACTION, CHANGED, PROGRESS, RESPONDENT, STATE, response_state
from ui.widgets.meter import paint_meter
from ui.widgets.row_model import ROW, Index
from ui.widgets.row_table import RowDelegate


class ResponseDelegate(RowDelegate):
    """Two-line names, a bar, a badge, and something that looks like the button it is."""

    padding = 22

    def badge_tone(self, index: Index) -> Tone | None:
        return response_state(index.data(ROW))[1] if index.column() == STATE else None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        px, column = self.theme.px, index.column()
        if column == RESPONDENT:
            return QSize(px(200), super().sizeHint(option, index).height())
        fonts = {STATE: self.font(12), CHANGED: self.font(13), PROGRESS: self.font(12)}
        font = fonts.get(column, self.font(14, bold=column == ACTION))
        width = max(self.width(font, line) for line in str(index.data()).split("\n"))
        return QSize(width + px(54 if column == ACTION else 36), px(52))

    def paint_cell(self, painter: QPainter, box: QRect, index: Index) -> None:
        if index.column() == PROGRESS:
            self._paint_progress(painter, box, index)
        elif index.column() == CHANGED:
            self._paint_muted_lines(painter, box, str(index.data()).split("\n"))
        elif index.column() == ACTION:
            self._paint_button(painter, box, str(index.data()))
        else:
            super().paint_cell(painter, box, index)

    def _paint_muted_lines(self, painter: QPainter, box: QRect, lines: list[str]) -> None:
        font = self.font(13)
        height = self.height(font, "0", box.width())
        top = box.top() + (box.height() - height * len(lines)) // 2
        for at, line in enumerate(lines):
            place = QRect(box.left(), top + at * height, box.width(), height)
            self.paint_text(painter, place, line, font, is_muted=True)

    def _paint_progress(self, painter: QPainter, box: QRect, index: Index) -> None:
        row, px = index.data(ROW), self.theme.px
        font = self.font(12)
        line = self.height(font, "0", box.width())
        top = box.top() + (box.height() - line - px(12)) // 2
        done, total = progress_share(row.answered, row.asked)
        share = done / total if total else 0.0
        bar = QRectF(box.left(), top, box.width(), px(6))
        paint_meter(painter, bar, share, self.theme, is_mirrored=self.is_mirrored)
        below = QRect(box.left(), top + px(10), box.width(), line + 2)
        self.paint_text(painter, below, str(index.data()), font, is_muted=True)

    def _paint_button(self, painter: QPainter, box: QRect, text: str) -> None:
        tokens, px = self.theme.tokens, self.theme.px
        height = px(34)
        frame = QRectF(box.left() - px(2), box.center().y() - height / 2, box.width() + px(4), height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.line_strong), 1))
        painter.setBrush(QColor(tokens.surface))
        painter.drawRoundedRect(frame, 6, 6)
        painter.setFont(self.font(14))
        painter.setPen(QColor(tokens.text))
        painter.drawText(frame, int(Qt.AlignmentFlag.AlignCenter), text)
