"""Files of a merge as rows of a table, before and after it is applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from iscm_desktop.i18n import N_, _, joined, ngettext
from ui.theme import Theme, Tone
from ui.titles import short_respondent
from ui.widgets.badge import paint_badge
from ui.widgets.lines import isolated, paint_words

if TYPE_CHECKING:
    from iscm_desktop.exchange.merging.merge_plan import FileOutcome, FilePlan, FileReport, RefusedFile

    ShownFile = FilePlan | FileReport | RefusedFile

FILE, RESPONDENT, RESULT, ANSWERS = range(4)
_HEADS = (N_("File"), N_("Respondent"), N_("Result"), N_("Answers"))
_ROW = Qt.ItemDataRole.UserRole
_WRAP = int(Qt.TextFlag.TextWordWrap)
_Index = QModelIndex | QPersistentModelIndex

_PLANNED = {"new": N_("New"), "newer": N_("Newer"), "same": N_("Nothing new"), "refused": N_("Not read")}
_DONE = {"new": N_("Merged"), "newer": N_("Merged"), "same": N_("Nothing new"), "refused": N_("Refused")}
_TONES = {
    "new": Tone.GOOD, "newer": Tone.GOOD, "same": Tone.PLAIN, "conflict": Tone.WARN, "refused": Tone.BAD,
}  # fmt: skip


def sound(file: ShownFile) -> FileOutcome | None:
    """None where a file was refused, so that nothing is known of it."""
    from iscm_desktop.exchange.merging.merge_plan import RefusedFile

    return None if isinstance(file, RefusedFile) else file


def result_of(file: ShownFile, *, is_done: bool) -> tuple[str, Tone]:
    """Words and colour of the badge."""
    result = file.result.value
    if result == "conflict" and (merged := sound(file)) is not None:
        count = merged.conflicts
        words = ngettext("{count} conflict", "{count} conflicts", count).format(count=count)
    else:
        words = _((_DONE if is_done else _PLANNED)[result])
    return words, _TONES[result]


def answers_of(shown: ShownFile) -> str:
    """ "38 new answers and 2 newer answers"."""
    file, parts = sound(shown), []
    if file is None:
        return "–"
    if file.new:
        parts.append(ngettext("{count} new answer", "{count} new answers", file.new).format(count=file.new))
    if file.newer:
        parts.append(
            ngettext("{count} newer answer", "{count} newer answers", file.newer).format(count=file.newer)
        )
    if not parts and file.same:
        parts.append(_("none new"))
    return joined(parts) or "–"


def trust_of(file: ShownFile) -> str:
    """ "verified invitation · Anna Berg"; "" where a file was refused before that could be told."""
    from iscm_desktop.exchange.trust.verification import trust_in_words

    merged = sound(file)
    return " · ".join(filter(None, (trust_in_words(file.trust), merged.signer if merged else "")))


def about(file: ShownFile) -> str:
    """ "in Re: questionnaire.eml · Nothing new: …"."""
    from iscm_desktop.exchange.merging.merge_wording import explain

    holder = file.source.within
    within = _("in {file}").format(file=isolated(holder)) if holder else ""
    return " · ".join(filter(None, (within, explain(file))))


class FilesModel(QAbstractTableModel):
    """What a plan or a report says about each file."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._files: tuple[ShownFile, ...] = ()
        self.is_done = False

    def show_files(self, files: tuple[ShownFile, ...], *, is_done: bool) -> None:
        self.beginResetModel()
        self._files, self.is_done = files, is_done
        self.endResetModel()

    def file(self, row: int) -> FileOutcome | None:
        """None where no row is chosen, or one of a file that was refused."""
        return sound(self._files[row]) if 0 <= row < len(self._files) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADS[section])
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        file = self._files[index.row()]
        if role == _ROW:
            return file
        merged = sound(file)
        name = merged.respondent_name if merged else ""
        respondent = f"{short_respondent(name) or '—'}\n{trust_of(file)}"
        texts: tuple[str, ...] = (f"{file.path.name}\n{about(file)}", respondent)
        texts += (result_of(file, is_done=self.is_done)[0], answers_of(file))
        if role == Qt.ItemDataRole.DisplayRole:
            return texts[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return texts[index.column()].replace("\n", ", ")
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == FILE:
            return file.source.origin or str(file.path)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == RESPONDENT:
            return "\n".join(filter(None, (name, merged.signer_key if merged else "")))
        return None


class FileDelegate(QStyledItemDelegate):
    """Name over explanation, and the result as a badge."""

    def __init__(self, theme: Theme, table: QTableView, model: FilesModel) -> None:
        super().__init__(table)
        self._theme, self._table, self._model = theme, table, model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        px = self._theme.px
        width = self._table.columnWidth(index.column()) - px(24)
        first, _newline, second = str(index.data()).partition("\n")
        height = self._height(self._font(14, bold=index.column() == FILE), first, width)
        height += self._height(self._font(12), second, width) if second else 0
        return QSize(width, height + px(20))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        box: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        tokens, px = self._theme.tokens, self._theme.px
        painter.save()
        ground = tokens.accent_soft if selected and self._table.hasFocus() else tokens.surface
        painter.fillRect(box, QColor(ground))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(px(12), px(6), -px(12), -px(6))
        if index.column() == RESULT:
            self._paint_badge(painter, inner, index)
        else:
            self._paint_lines(painter, inner, str(index.data()), is_file=index.column() == FILE)
        painter.restore()

    def _paint_badge(self, painter: QPainter, box: QRect, index: _Index) -> None:
        words, tone = result_of(index.data(_ROW), is_done=self._model.is_done)
        painter.setFont(self._font(12))
        width = painter.fontMetrics().horizontalAdvance(words) + self._theme.px(18)
        height = painter.fontMetrics().height() + self._theme.px(4)
        mirrored = self._table.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = box.right() - width if mirrored else box.left()
        paint_badge(
            painter, QRectF(left, box.center().y() - height / 2, width, height), words, self._theme, tone
        )

    def _paint_lines(self, painter: QPainter, box: QRect, text: str, *, is_file: bool) -> None:
        first, _newline, second = text.partition("\n")
        direction, top_side = self._table.layoutDirection(), Qt.AlignmentFlag.AlignTop
        upper, lower = self._font(14, bold=is_file), self._font(12)
        above = self._height(upper, first, box.width())
        below = self._height(lower, second, box.width()) if second else 0
        top = box.top() + (box.height() - above - below) // 2
        painter.setFont(upper)
        painter.setPen(QColor(self._theme.tokens.text))
        paint_words(painter, QRect(box.left(), top, box.width(), above), first, direction, vertical=top_side)
        painter.setFont(lower)
        painter.setPen(QColor(self._theme.tokens.muted))
        under = QRect(box.left(), top + above, box.width(), below)
        paint_words(painter, under, second, direction, vertical=top_side)

    def _font(self, size: float, *, bold: bool = False) -> QFont:
        font = QFont(self._table.font())
        font.setPixelSize(self._theme.px(size))
        font.setBold(bold)
        return font

    def _height(self, font: QFont, text: str, width: int) -> int:
        return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 40), 5000), _WRAP, text).height()


class FilesTable(QTableView):
    """The file takes the width that the other columns leave."""

    def __init__(self, model: FilesModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setModel(model)
        self.setItemDelegate(FileDelegate(theme, self, model))
        self.setAccessibleName(_("Files"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        model.modelReset.connect(self.fit)
        theme.changed.connect(self.fit)

    def fit(self) -> None:
        width, px = self.viewport().width(), self._theme.px
        shares = {RESPONDENT: 0.21, RESULT: 0.2, ANSWERS: 0.22}
        for column, share in shares.items():
            self.setColumnWidth(column, max(px(96), round(width * share)))
        self.setColumnWidth(FILE, max(px(150), width - sum(self.columnWidth(each) for each in shares)))
        self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
