"""The mechanisms and where their summaries stand, as rows of a list."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from iscm_desktop.i18n import N_, _
from iscm_desktop.workspace.documents.summary_row import SummaryRow, SummaryState
from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.phrases.response_titles import short_respondent
from ui.widgets.badge import paint_badge
from ui.widgets.painted_text import paint_words
from ui.widgets.row_model import ROW, Index, RowListModel
from ui.widgets.side_list import SideList, SideListDelegate

_WRAP = int(Qt.TextFlag.TextWordWrap)
_STATES = {
    SummaryState.NO_ANSWERS: (N_("No answers"), Tone.PLAIN),
    SummaryState.DRAFT: (N_("Draft"), Tone.ACCENT),
    SummaryState.EDITED: (N_("Edited"), Tone.GOOD),
    SummaryState.SOURCES_CHANGED: (N_("Sources changed"), Tone.WARN),
}


def summary_state(row: SummaryRow) -> tuple[str, Tone]:
    """Words and colour of the badge."""
    words, tone = _STATES[row.state]
    return _(words), tone


class SummariesModel(RowListModel[SummaryRow]):
    """In the order of the workspace: mechanisms that answered first."""

    def key(self, row: SummaryRow) -> str:
        return row.mechanism

    def text(self, row: SummaryRow, column: int) -> str:
        return short_respondent(row.name)

    def spoken(self, row: SummaryRow, column: int) -> str:
        return f"{row.name}: {summary_state(row)[0]}"

    def tip(self, row: SummaryRow, column: int) -> str:
        return row.name


class SummaryDelegate(SideListDelegate):
    """Name at the front, badge at the end; below each other where there is no room."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self.view.viewport().width()
        name, _badge = self._measure(width, index)
        return QSize(width, name.height() + self.theme.px(16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        tokens, px = self.theme.tokens, self.theme.px
        painter.save()
        self.paint_ground(painter, option)
        name, badge = self._measure(box.width(), index)
        mirrored = self.is_mirrored
        left = box.right() - px(12) - name.width() if mirrored else box.left() + px(12)
        painter.setFont(self._bold())
        painter.setPen(QColor(tokens.text))
        place = QRect(left, box.top(), name.width(), box.height())
        paint_words(painter, place, str(index.data()), self.view.layoutDirection())
        words, tone = summary_state(index.data(ROW))
        painter.setFont(self._small())
        left = box.left() + px(10) if mirrored else box.right() - px(10) - badge.width()
        at = QRectF(left, box.center().y() - badge.height() / 2, badge.width(), badge.height())
        paint_badge(painter, at, words, self.theme, tone)
        painter.restore()

    def _measure(self, width: int, index: Index) -> tuple[QSize, QSize]:
        """Room for the name, and for the badge."""
        px = self.theme.px
        small = QFontMetrics(self._small())
        words, _tone = summary_state(index.data(ROW))
        badge = QSize(small.horizontalAdvance(words) + px(18), small.height() + px(4))
        room = max(px(60), width - badge.width() - px(30))
        text = QFontMetrics(self._bold()).boundingRect(QRect(0, 0, room, 5000), _WRAP, str(index.data()))
        return QSize(room, max(text.height(), badge.height())), badge

    def _bold(self) -> QFont:
        font = QFont(self.view.font())
        font.setBold(True)
        return font

    def _small(self) -> QFont:
        font = QFont(self.view.font())
        font.setPixelSize(self.theme.px(12))
        return font


class SummariesList(SideList):
    """Arrow keys choose."""

    def __init__(self, model: SummariesModel, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(model, SummaryDelegate, theme, parent, name=_("Mechanisms"))
