"""Where files are dropped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from ui.look.theme import WindowTheme
from ui.widgets.labels import text_label
from ui.widgets.layouts import padded_column


class DropArea(QWidget):
    """A dashed frame that lights up while files hover over it.

    Signals:
        dropped(paths): files and folders.
    """

    dropped = Signal(object)

    def __init__(self, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._is_over = theme, False
        self.setAcceptDrops(True)
        words = text_label(
            _("Drop PDFs or packages here — whole folders and mail attachments too"), "muted", self
        )
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = padded_column(self, theme.px, (14, 15, 14, 15))
        column.addWidget(words)
        theme.changed.connect(self.update)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._light(False)
        self.dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(tokens.accent if self._is_over else tokens.line_strong), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(tokens.accent_soft if self._is_over else tokens.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)
        painter.end()

    def _light(self, is_over: bool) -> None:
        self._is_over = is_over
        self.update()
