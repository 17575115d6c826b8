"""The sections at the side: a dot for how each stands, its name, and how many questions are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from iscm_desktop.i18n import _, ngettext
from ui.theme import Theme, Tone
from ui.widgets.badge import paint_badge
from ui.widgets.lines import paint_words

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, SectionView

_ROW = Qt.ItemDataRole.UserRole
_FLAGS = Qt.ItemDataRole.UserRole + 1
"""How many open questions about answers the section holds."""
_Index = QModelIndex | QPersistentModelIndex


def tone_of(section: SectionView) -> Tone:
    """Red where something is wrong, green when nothing is left, blue when begun."""
    if section.wrong:
        return Tone.BAD
    if section.asked and section.missing == 0 and section.answered:
        return Tone.GOOD
    return Tone.ACCENT if section.answered else Tone.PLAIN


def standing_of(section: SectionView) -> str:
    """The dot in words."""
    words = {
        Tone.BAD: _("needs attention"),
        Tone.GOOD: _("complete"),
        Tone.ACCENT: _("begun"),
        Tone.PLAIN: _("not begun"),
    }
    return words[tone_of(section)]


def flags_in_words(count: int) -> str:
    words = ngettext("{count} question to reply to", "{count} questions to reply to", count)
    return words.format(count=count)


class SectionModel(QAbstractListModel):
    """Sections that are asked."""

    def __init__(self, sections: tuple[SectionView, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = [section for section in sections if section.is_asked]
        self._flags: dict[AnswerPath, int] = {}

    def show_flags(self, flags: dict[AnswerPath, int]) -> None:
        """Open questions about answers, by section."""
        before, self._flags = self._flags, flags
        for at, row in enumerate(self._rows):
            if before.get(row.path) != flags.get(row.path):
                self.dataChanged.emit(self.index(at), self.index(at))

    def show_sections(self, sections: tuple[SectionView, ...]) -> None:
        rows = [section for section in sections if section.is_asked]
        if [row.path for row in rows] != [row.path for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        for at, (old, new) in enumerate(zip(self._rows, rows, strict=True)):
            if old != new:
                self._rows[at] = new
                self.dataChanged.emit(self.index(at), self.index(at))

    def row(self, at: int) -> SectionView:
        return self._rows[at]

    def first_wanting(self) -> int | None:
        """Where somebody who comes back goes on: the first section with something left to do."""
        return next((at for at, row in enumerate(self._rows) if row.missing or row.wrong), None)

    def row_of(self, path: str) -> int:
        return next((at for at, row in enumerate(self._rows) if row.path == path), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        flags = self._flags.get(row.path, 0)
        if role == _ROW:
            return row
        if role == _FLAGS:
            return flags
        if role == Qt.ItemDataRole.ToolTipRole:
            return flags_in_words(flags) if flags else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = _("{section}: {answered} of {asked} answered, {standing}").format(
                section=row.label, answered=row.answered, asked=row.asked, standing=standing_of(row)
            )
            return f"{words}, {flags_in_words(flags)}" if flags else words
        return None


class SectionDelegate(QStyledItemDelegate):
    """Paints dot, name in up to three lines, and count."""

    def __init__(self, theme: Theme, parent: QListView) -> None:
        super().__init__(parent)
        self._theme, self._list = theme, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = self._list.viewport().width()
        font = QFont(self._list.font())
        font.setBold(index == self._list.currentIndex())
        room = QRect(0, 0, self._words_width(width), 1000)
        words = QFontMetrics(font).boundingRect(room, int(Qt.TextFlag.TextWordWrap), str(index.data()))
        return QSize(width, words.height() + self._theme.px(14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, px, tokens = index.data(_ROW), self._theme.px, self._theme.tokens
        box: QRect = option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        mirrored = self._list.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(
            painter, box, selected=selected, focused=bool(state & QStyle.StateFlag.State_HasFocus)
        )
        if index.data(_FLAGS):
            flag = QRect(px(5), box.height() // 2 - px(9), px(18), px(18))
            paint_badge(painter, QRectF(self._placed(box, flag, mirrored)), "?", self._theme, Tone.WARN)
        else:
            tone = tone_of(row)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.line_strong) if tone is Tone.PLAIN else tokens.ink(tone))
            dot = QRect(px(10), box.height() // 2 - px(4), px(9), px(9))
            painter.drawEllipse(self._placed(box, dot, mirrored))
        font = painter.font()
        font.setBold(selected)
        painter.setFont(font)
        painter.setPen(QColor(tokens.accent if selected else tokens.text))
        words = QRect(px(27), 0, self._words_width(box.width()), box.height())
        paint_words(painter, self._placed(box, words, mirrored), row.label, self._list.layoutDirection())
        if self._has_counts(box.width()):
            self._paint_count(painter, box, f"{row.answered}/{row.asked}", mirrored)
        painter.restore()

    def _paint_count(self, painter: QPainter, box: QRect, count: str, mirrored: bool) -> None:
        px = self._theme.px
        font = painter.font()
        font.setPixelSize(px(12))
        painter.setFont(font)
        painter.setPen(QColor(self._theme.tokens.muted))
        place = QRect(box.width() - px(54), 0, px(48), box.height())
        side = Qt.AlignmentFlag.AlignRight  # the painter mirrors
        painter.drawText(self._placed(box, place, mirrored), int(side | Qt.AlignmentFlag.AlignVCenter), count)

    def _paint_ground(self, painter: QPainter, box: QRect, *, selected: bool, focused: bool) -> None:
        inner = QRectF(box).adjusted(1, 1, -1, -1)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.tokens.accent_soft))
            painter.drawRoundedRect(inner, 6, 6)
        if focused and self._list.hasFocus():
            painter.setPen(QPen(QColor(self._theme.tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, 6, 6)

    def _words_width(self, width: int) -> int:
        beside = 54 if self._has_counts(width) else 6
        return max(self._theme.px(60), width - self._theme.px(27 + beside))

    def _has_counts(self, width: int) -> bool:
        """Where names need the room, the counts are left to the line above the list."""
        return width >= self._theme.px(205)

    @staticmethod
    def _placed(box: QRect, inside: QRect, mirrored: bool) -> QRect:
        left = box.right() + 1 - inside.x() - inside.width() if mirrored else box.x() + inside.x()
        return QRect(left, box.y() + inside.y(), inside.width(), inside.height())


class SectionList(QListView):
    """Arrow keys walk; a click, Enter or Space opens."""

    def __init__(self, model: SectionModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "bare")
        self.setAccessibleName(_("Sections"))
        self.setModel(model)
        self.setItemDelegate(SectionDelegate(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(1)
        theme.changed.connect(self.scheduleDelayedItemsLayout)
        self.selectionModel().currentChanged.connect(self.scheduleDelayedItemsLayout)  # it is bold

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # names break elsewhere now; Qt keeps the heights of before
