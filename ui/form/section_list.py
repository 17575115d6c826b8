"""The sections at the side: a dot for how each stands, number and name, and how many questions are answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.fill_state import FillState, fill_state
from iscm_desktop.presenters.section_rows import section_name, standing_words
from ui.form.withheld_sign import WIDTH, paint_withheld
from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.widgets.badge import paint_badge
from ui.widgets.painted_text import paint_words
from ui.widgets.row_model import Index, RowListModel
from ui.widgets.side_list import SideList, SideListDelegate

if TYPE_CHECKING:
    from iscm_desktop.session.views import AnswerPath, SectionView

_FLAGS = Qt.ItemDataRole.UserRole + 1
"""How many open questions about answers the section holds."""
_STATE = _FLAGS + 1
"""How it stands, for its dot."""
_MARKS = _STATE + 1
"""How much in it is not for publication."""
_STANDING = _MARKS + 1
"""The same in a word or two: "18/41", "with Interior"."""

_TONES = {
    FillState.NEEDS_ATTENTION: Tone.BAD,
    FillState.COMPLETE: Tone.GOOD,
    FillState.BEGUN: Tone.ACCENT,
    FillState.NOT_BEGUN: Tone.PLAIN,
}


def section_state(section: SectionView, *, is_disputed: bool = False) -> FillState:
    """What the dot shows; nothing is complete where answers stand against each other."""
    if is_disputed:
        return FillState.NEEDS_ATTENTION
    return fill_state(section.answered, section.asked, section.missing, section.wrong)


def flags_in_words(count: int) -> str:
    """How many questions of colleagues wait for a reply."""
    words = ngettext("{count} question to reply to", "{count} questions to reply to", count)
    return words.format(count=count)


def marks_in_words(count: int) -> str:
    """How much is not for publication."""
    words = ngettext("{count} mark “not for publication”", "{count} marks “not for publication”", count)
    return words.format(count=count)


class SectionModel(RowListModel["SectionView"]):
    """Sections that are asked."""

    def __init__(self, sections: tuple[SectionView, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._flags: dict[AnswerPath, int] = {}
        self._marks: dict[AnswerPath, int] = {}
        self._held_by: dict[AnswerPath, str] = {}
        self._is_disputed: Callable[[AnswerPath], bool] = lambda _path: False
        self.show_sections(sections)

    def show_flags(self, flags: dict[AnswerPath, int]) -> None:
        """Open questions about answers, by section."""
        before, self._flags = self._flags, flags
        for at, row in enumerate(self.rows):
            if before.get(row.path) != flags.get(row.path):
                self.dataChanged.emit(self.index(at), self.index(at))

    def show_marks(self, marks: dict[AnswerPath, int]) -> None:
        """How much is not for publication, by section."""
        before, self._marks = self._marks, marks
        for at, row in enumerate(self.rows):
            if before.get(row.path, 0) != marks.get(row.path, 0):
                self.dataChanged.emit(self.index(at), self.index(at))

    def show_holders(self, held_by: dict[AnswerPath, str]) -> None:
        """Who has a section in hand, by section."""
        if held_by != self._held_by:
            self._held_by = held_by
            if self.rows:
                self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def show_disputed(self, is_disputed: Callable[[AnswerPath], bool]) -> None:
        """Which sections hold answers that stand against each other."""
        self._is_disputed = is_disputed
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def state(self, row: SectionView) -> FillState:
        """What its dot shows."""
        return section_state(row, is_disputed=self._is_disputed(row.path))

    def show_sections(self, sections: tuple[SectionView, ...]) -> None:
        """Those that are asked, in form order."""
        self.show_rows(sections)

    def key(self, row: SectionView) -> str:
        return row.path

    def text(self, row: SectionView, column: int) -> str:
        return section_name(row)

    def spoken(self, row: SectionView, column: int) -> str:
        words = ngettext(
            "{section}: {answered} of {asked} answered, {standing}",
            "{section}: {answered} of {asked} answered, {standing}",
            row.answered,
        ).format(
            section=section_name(row), answered=row.answered, asked=row.asked, standing=self.state(row).words
        )
        tip = self.tip(row, column)
        return f"{words}, {tip}" if tip else words

    def tip(self, row: SectionView, column: int) -> str:
        flags = self._flags.get(row.path, 0)
        said = [flags_in_words(flags)] if flags else []
        if marks := self._marks.get(row.path, 0):
            said.append(marks_in_words(marks))
        if row.path in self._held_by:
            said.append(standing_words(row, self._held_by))
        if self._is_disputed(row.path):
            said.append(_("answers stand against each other"))
        return _(", ").join(said)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == _FLAGS and index.isValid():
            return self._flags.get(self.rows[index.row()].path, 0)
        if role == _MARKS and index.isValid():
            return self._marks.get(self.rows[index.row()].path, 0)
        if role == _STATE and index.isValid():
            return self.state(self.rows[index.row()])
        if role == _STANDING and index.isValid():
            return standing_words(self.rows[index.row()], self._held_by)
        return super().data(index, role)


class SectionDelegate(SideListDelegate):
    """Paints dot, number and name in as many lines as they need, and the count or who has it in hand."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self.view.viewport().width()
        drawn = width - 2 * self.view.spacing()  # as wide as Qt has the row drawn
        room = QRect(0, 0, self._words_width(drawn, index), 1000)
        words = self.view.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), str(index.data()))
        return QSize(width, words.height() + self.theme.px(14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        px, tokens = self.theme.px, self.theme.tokens
        box: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        mirrored = self.is_mirrored
        painter.save()
        self.paint_ground(painter, option)
        if index.data(_FLAGS):
            flag = QRect(px(5), box.height() // 2 - px(9), px(18), px(18))
            paint_badge(painter, QRectF(self._placed(box, flag, mirrored)), "?", self.theme, Tone.WARN)
        else:
            tone = _TONES[index.data(_STATE)]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.line_strong) if tone is Tone.PLAIN else tokens.ink(tone))
            dot = QRect(px(10), box.height() // 2 - px(4), px(9), px(9))
            painter.drawEllipse(self._placed(box, dot, mirrored))
        # in the weight of the others: bold would need other lines, and rows move between press and release of a button
        painter.setPen(QColor(tokens.accent if selected else tokens.text))
        words = QRect(px(27), 0, self._words_width(box.width(), index), box.height())
        name = str(index.data())
        paint_words(painter, self._placed(box, words, mirrored), name, self.view.layoutDirection())
        if self._has_counts(box.width()):
            self._paint_standing(painter, box, index, is_selected=selected)
        if marks := index.data(_MARKS):
            sign = QRect(words.right() + px(2), 0, px(WIDTH), box.height())
            paint_withheld(painter, self._placed(box, sign, mirrored), marks, self.theme)
        painter.restore()

    def _paint_standing(self, painter: QPainter, box: QRect, index: Index, *, is_selected: bool) -> None:
        px, tokens = self.theme.px, self.theme.tokens
        painter.setFont(self._standing_font(is_bold=is_selected))
        painter.setPen(QColor(tokens.accent if is_selected else tokens.muted))
        width = self._standing_width(box.width(), index)
        place = self._placed(
            box, QRect(box.width() - px(6) - width, 0, width, box.height()), self.is_mirrored
        )
        words, side = str(index.data(_STANDING)), Qt.AlignmentFlag.AlignTrailing
        paint_words(painter, place, words, self.view.layoutDirection(), side, wraps=False)

    def _standing_font(self, *, is_bold: bool) -> QFont:
        font = QFont(self.view.font())
        font.setPixelSize(self.theme.px(12))
        font.setBold(is_bold)
        return font

    def _standing_width(self, width: int, index: Index) -> int:
        """A name of somebody takes two fifths of the row at most, and is cut, with the whole in the tip."""
        metrics = QFontMetrics(self._standing_font(is_bold=True))
        wanted = metrics.horizontalAdvance(str(index.data(_STANDING))) + 2
        return max(self.theme.px(30), min(wanted, width * 2 // 5))

    def _words_width(self, width: int, index: Index) -> int:
        px = self.theme.px
        beside = self._standing_width(width, index) + px(14) if self._has_counts(width) else px(6)
        beside += px(WIDTH + 2) if index.data(_MARKS) else 0
        return max(px(60), width - px(27) - beside)

    def _has_counts(self, width: int) -> bool:
        """Where names need the room, the counts are left to the line above the list."""
        return width >= self.theme.px(205)

    @staticmethod
    def _placed(box: QRect, inside: QRect, mirrored: bool) -> QRect:
        left = box.right() + 1 - inside.x() - inside.width() if mirrored else box.x() + inside.x()
        return QRect(left, box.y() + inside.y(), inside.width(), inside.height())


class SectionList(SideList):
    """Arrow keys walk; a click, Enter or Space opens."""

    def __init__(self, model: SectionModel, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(model, SectionDelegate, theme, parent, name=_("Sections"))
