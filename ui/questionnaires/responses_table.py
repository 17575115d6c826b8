"""The table of responses: rows as high as their names need, a click or Enter goes on filling one in."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from ui.look.theme import WindowTheme
from ui.page.timers import single_shot
from ui.questionnaires.response_delegate import ResponseDelegate
from ui.questionnaires.responses_model import (
    ACTION,
    CHANGED,
    LANGUAGE,
    PROGRESS,
    RESPONDENT,
    STATE,
    ResponsesModel,
)
from ui.widgets.row_table import RowTable

_LEAST = {LANGUAGE: 90, PROGRESS: 190, STATE: 110, CHANGED: 110, ACTION: 110}
"""Width of columns, at 100 %."""


class ResponsesTable(RowTable):
    """Signals:
    wanted(response id): somebody wants to go on with it.
    """

    wanted = Signal(str)

    def __init__(self, model: ResponsesModel, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(model, ResponseDelegate, theme, parent, name=_("Responses"))
        self._rows = model
        self.setAccessibleDescription(_("Enter goes on with the response in the row."))
        self.setMouseTracking(True)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._open)
        self._limit = single_shot(self, 0, self._limit_height)
        self._wanted: dict[int, int] = {}
        self._room = 0  # as wide as the cells may be: asking `viewport` makes Qt name all its widgets, 10 ms
        self._fitted: object = None

    def measure(self) -> None:
        """Asks what each column would like; needed once per content, not at each change of width."""
        px = self.theme.px
        self._wanted = {
            column: max(px(width), self.sizeHintForColumn(column)) for column, width in _LEAST.items()
        }
        self._fitted = None
        self.fit()

    def fit(self) -> None:
        """Columns share the width; the name takes what the others leave."""
        standing = (self._room, *self._wanted.items(), self.theme.scale, self._rows.rowCount())
        if not self._wanted or not self._room or not self.isVisible() or standing == self._fitted:
            return
        self._fitted = standing
        px, widths, room = self.theme.px, dict(self._wanted), self._room
        for column in (LANGUAGE, CHANGED, PROGRESS):  # what may go where there is no room, in this order
            lacking = max(0, sum(widths.values()) + px(230) - room)
            if lacking <= widths[STATE] - px(_LEAST[STATE]):  # a badge with an ellipsis takes no column away
                widths[STATE] -= lacking
                lacking = 0
            self.setColumnHidden(column, lacking > 0)
            if lacking:
                widths.pop(column)
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self.setColumnWidth(RESPONDENT, max(px(200), room - sum(widths.values())))
        self.resizeRowsToContents()
        self._limit.start()

    def _limit_height(self) -> None:
        """What follows the table stands right below its last row. Not while the table is being laid out itself."""
        rows = self.verticalHeader().length() + self.horizontalHeader().height()
        self.setMaximumHeight(rows + 2 * self.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._room = event.size().width()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            and self.currentIndex().isValid()
        ):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_button = self.indexAt(event.position().toPoint()).column() == ACTION
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if is_button else Qt.CursorShape.ArrowCursor
        )
        super().mouseMoveEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == ACTION:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        self.wanted.emit(self._rows.row(index.row()).id)
