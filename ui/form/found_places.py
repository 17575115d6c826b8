"""The list under the search box of a form: what was found, where it is, and what the answer says of it."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from iscm_desktop.i18n import _
from iscm_desktop.presenters.question_finder import FoundKind, FoundPlace
from ui.look.theme import WindowTheme
from ui.widgets.painted_text import paint_words
from ui.widgets.plain_text import one_line, plain_tip

Index = QModelIndex | QPersistentModelIndex

PLACE = Qt.ItemDataRole.UserRole


def second_line(place: FoundPlace) -> str:
    """Where it is, or what of the answer was found, or why it is not asked."""
    if place.kind is FoundKind.ANSWER:
        return _("Answer: {text}").format(text=place.remark)
    if place.kind is FoundKind.HIDDEN:
        return place.remark
    return _("Section") if place.kind is FoundKind.SECTION else place.above


class FoundPlaces(QAbstractListModel):
    """Rows of the list; where nothing was found, one row says so and cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._places: list[FoundPlace] = []
        self._nothing = ""

    def show_places(self, places: list[FoundPlace], nothing: str) -> None:
        """Shows what was found, or the words for nothing."""
        self.beginResetModel()
        self._places, self._nothing = places, "" if places else nothing
        self.endResetModel()

    @property
    def first(self) -> FoundPlace | None:
        """The best one; None where nothing was found."""
        return self._places[0] if self._places else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self._places) or bool(self._nothing)

    def flags(self, index: Index) -> Qt.ItemFlag:
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usable if self._places else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = self._places[index.row()] if self._places else None
        if role == PLACE:
            return place
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return one_line(place.name if place else self._nothing)
        if role == Qt.ItemDataRole.AccessibleTextRole and place is not None:
            return one_line(_(", ").join(filter(None, (place.name, second_line(place)))))
        if role == Qt.ItemDataRole.ToolTipRole and place is not None:
            return plain_tip(one_line(second_line(place)))
        return None


class FoundPlaceDelegate(QStyledItemDelegate):
    """Two lines: number and question, and below them where it is."""

    def __init__(self, theme: WindowTheme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        px = self._theme.px
        lines = QFontMetrics(self._view.font()).height() + QFontMetrics(self._small()).height()
        return QSize(px(200), lines + px(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        px, tokens, box = self._theme.px, self._theme.tokens, QRect(option.rect)
        place = index.data(PLACE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.accent_soft))
        inner = box.adjusted(px(10), px(5), -px(10), -px(5))
        if place is None:
            painter.setPen(QColor(tokens.muted))
            self._line(painter, inner, str(index.data()))
        else:
            self._paint_place(painter, inner, place)
        painter.restore()

    def _paint_place(self, painter: QPainter, inner: QRect, place: FoundPlace) -> None:
        tokens, is_hidden = self._theme.tokens, place.kind is FoundKind.HIDDEN
        height = QFontMetrics(self._view.font()).height()
        painter.setFont(self._view.font())
        painter.setPen(QColor(tokens.muted if is_hidden else tokens.text))
        self._line(painter, QRect(inner.left(), inner.top(), inner.width(), height), place.name)
        painter.setFont(self._small())
        painter.setPen(QColor(tokens.warn if is_hidden else tokens.muted))
        rest = QRect(inner.left(), inner.top() + height, inner.width(), inner.height() - height)
        self._line(painter, rest, second_line(place))

    def _line(self, painter: QPainter, box: QRect, words: str) -> None:
        paint_words(painter, box, one_line(words), self._view.layoutDirection(), wraps=False)

    def _small(self) -> QFont:
        font = QFont(self._view.font())
        font.setPixelSize(self._theme.px(12))
        return font
