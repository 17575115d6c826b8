"""All answers on one page, to be read: one stop for Tab; arrows go from question to question, Enter opens one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import count
from time import perf_counter

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QMenu, QTextBrowser, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.review_view import ReadItem, ReadKind
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, AnswerPath
from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.review.reading_writer import GO, HAND, ReadingWriter, WrittenItem, direction_of
from ui.widgets.connections import on_press

_AT_FIRST_S, _IN_A_SLICE_S = 0.05, 0.008
"""How long is written before the first frame, and between two turns of the event loop after it."""
_MARGIN = 6
"""Pixels that stay free around the item with the ring."""
_READ = frozenset({ReadKind.ANSWER, ReadKind.TABLE, ReadKind.REMARK, ReadKind.SECTION})
"""Where the arrows stop."""


class AnswerReading(QTextBrowser):
    """Written in slices: what is in view first.

    Signals:
        wanted(path): to this question, please.
        handing_wanted(path): the section around it is to be handed to a colleague.
    """

    wanted = Signal(str)
    handing_wanted = Signal(str)

    def __init__(self, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._items: Sequence[ReadItem] = ()
        self._blank, self._can_hand = "", False
        self._written: list[WrittenItem] = []
        self._begins: list[int] = []
        self._rest: Iterator[tuple[int, ReadItem]] = iter(())
        self._writer: ReadingWriter | None = None
        self._current, self._ringed = -1, WHOLE_RESPONSE
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._on_slice)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName(_("All answers"))
        self.setAccessibleDescription(_("Arrow keys go from question to question, Enter opens one."))
        self.viewport().setMouseTracking(True)
        self.anchorClicked.connect(self._on_anchor_clicked)
        theme.changed.connect(self._on_theme_changed)

    @property
    def is_complete(self) -> bool:
        """Whether all is written."""
        return not self._slices.isActive()

    @property
    def current(self) -> ReadItem | None:
        """The item with the ring."""
        return self._written[self._current].item if 0 <= self._current < len(self._written) else None

    @property
    def shown_items(self) -> tuple[ReadItem, ...]:
        """What is written by now."""
        return tuple(one.item for one in self._written)

    def show_items(
        self, items: Sequence[ReadItem], *, is_right_to_left: bool, can_hand: bool, blank: str
    ) -> None:
        """Reads out other items, from the top.

        Args:
            is_right_to_left: How the response runs, whatever the window does.
            can_hand: Whether a section can be handed to a colleague.
            blank: What is said where there are none.
        """
        self._items, self._can_hand, self._blank = tuple(items), can_hand, blank
        option = self.document().defaultTextOption()
        option.setTextDirection(direction_of(is_right_to_left=is_right_to_left))
        self.document().setDefaultTextOption(option)
        self._write_anew(WHOLE_RESPONSE)

    def complete(self) -> None:
        """Writes all that is left at once."""
        self._write(float("inf"))

    def _write_anew(self, seen: AnswerPath) -> None:
        """From the top; down to the item that is to be in view at least."""
        self._slices.stop()
        self.document().clear()
        self.document().setDocumentMargin(self._theme.px(18))
        ringed = self.current
        self._ringed = ringed.path if ringed is not None else WHOLE_RESPONSE
        self._written, self._begins, self._current = [], [], -1
        self._writer = ReadingWriter(self.document(), self._theme, can_hand=self._can_hand)
        self._rest = zip(count(), self._items)
        if not self._items:
            self._writer.say(self._blank)
            return
        self._write(_AT_FIRST_S, down_to=seen)
        self.setTextCursor(QTextCursor(self.document()))  # at the top again: what was written pushed it down
        self._slices.start()

    def _on_slice(self) -> None:
        self._write(_IN_A_SLICE_S)

    def _write(self, seconds: float, down_to: AnswerPath = WHOLE_RESPONSE) -> None:
        if self._writer is None:
            return
        until, is_there = perf_counter() + seconds, not down_to
        bar, at = self.verticalScrollBar(), self.verticalScrollBar().value()
        for place, item in self._rest:
            written = self._writer.write(item, place)
            self._written.append(written)
            self._begins.append(written.begin)
            if item.path == self._ringed and item.kind in _READ:
                self._current = len(self._written) - 1  # where the ring was before
            is_there = is_there or item.path == down_to
            if is_there and perf_counter() > until:
                break
        else:
            self._slices.stop()
        bar.setValue(at)

    # where one is

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the next item; Enter opens the question; all others scroll and copy."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        is_bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_bare and event.key() in steps:
            self._step(steps[Qt.Key(event.key())])
        elif is_bare and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (item := self.current) is not None:
                self.wanted.emit(item.path)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab leaves: links inside are for the mouse, and Enter and the menu do the same."""
        return QWidget.focusNextPrevChild(self, next)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on the words of a question leads there; one on its answer only marks where one is."""
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        at = self._at(event.position())
        if at >= 0 and not self.anchorAt(event.position().toPoint()):
            self._show_current(at, moves=False)
            if self._is_head(event.position(), at):
                self.wanted.emit(self._written[at].item.path)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        at = self._at(event.position())
        is_link = bool(self.anchorAt(event.position().toPoint()))
        if is_link or (at >= 0 and self._is_head(event.position(), at)):
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done about the item, and what can be done with text."""
        is_by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        at = self._at(QPointF(event.pos())) if is_by_mouse else self._current
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if at >= 0:
            self._show_current(at, moves=False)
            self._add_ways(menu, self._written[at].item)
        menu.popup(event.globalPos() if is_by_mouse else self._menu_place())

    def _add_ways(self, menu: QMenu, item: ReadItem) -> None:
        """Before what Qt puts there."""
        standard = menu.actions()
        ways = [QAction(_("Go to question"), menu)]
        on_press(ways[0], self._want, item.path)
        if self._can_hand:
            ways.append(QAction(_("Hand to a colleague"), menu))
            on_press(ways[1], self._hand, item.path)
        if standard:
            menu.insertActions(standard[0], ways)
            menu.insertSeparator(standard[0])

    def _want(self, path: str) -> None:
        self.wanted.emit(path)

    def _hand(self, path: str) -> None:
        self.handing_wanted.emit(path)

    def _menu_place(self) -> QPoint:
        return self.viewport().mapToGlobal(self.cursorRect().bottomLeft())

    def _on_anchor_clicked(self, url: QUrl) -> None:
        what, place = url.scheme(), url.path()
        if place.isdecimal() and int(place) < len(self._items):
            path = self._items[int(place)].path
            if what == GO:
                self.wanted.emit(path)
            elif what == HAND:
                self.handing_wanted.emit(path)

    def _step(self, by: int) -> None:
        at = self._current if self._current >= 0 else self._first_in_view() - by
        while 0 <= at + by < len(self._written):
            at += by
            if self._written[at].item.kind in _READ:
                self._show_current(at)
                return

    def _first_in_view(self) -> int:
        top = self.cursorForPosition(self.viewport().rect().topLeft()).position()
        return max(0, bisect_right(self._begins, top) - 1)

    def _at(self, point: QPointF) -> int:
        """Which item is under the mouse; -1 where none is."""
        position = self.cursorForPosition(point.toPoint()).position()
        at = bisect_right(self._begins, position) - 1
        return at if at >= 0 and position <= self._written[at].end else -1

    def _is_head(self, point: QPointF, at: int) -> bool:
        cursor = self.cursorForPosition(point.toPoint())
        block = self.document().findBlock(self._written[at].begin)
        return cursor.block() == block and self.cursorRect(cursor).adjusted(-20, 0, 20, 0).contains(
            point.toPoint()
        )

    def _show_current(self, at: int, *, moves: bool = True) -> None:
        """Puts the ring, and for screen readers the cursor, where one is."""
        self._current = at
        if moves:
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._written[at].end)
            self.setTextCursor(cursor)  # its end first, so that all of it is in view where there is room
            cursor.setPosition(self._written[at].begin)
            self.setTextCursor(cursor)
            below = self._ring(self._written[at]).bottom() + _MARGIN - self.viewport().height()
            above = self._ring(self._written[at]).top() - _MARGIN
            if below > 0:  # as far as its beginning stays in view
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + round(min(below, max(above, 0))))
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._current < 0 or not self.hasFocus():
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.tokens.ink(Tone.ACCENT), 2))
        radius = self._theme.px(5)
        painter.drawRoundedRect(self._ring(self._written[self._current]), radius, radius)
        painter.end()

    def _ring(self, one: WrittenItem) -> QRectF:
        first = self.document().findBlock(one.begin)
        last = self.document().findBlock(max(one.begin, one.end - 1))
        layout = self.document().documentLayout()
        top = layout.blockBoundingRect(first).top()
        bottom = layout.blockBoundingRect(last).bottom()
        left = self.document().documentMargin() / 2
        shift = self.verticalScrollBar().value()
        width = self.viewport().width() - 2 * left
        return QRectF(left, top - shift - 3, width, bottom - top + 6)

    def replace_items(self, items: Sequence[ReadItem]) -> None:
        """More is known of the same answers: written anew, where one was."""
        self._items = tuple(items)
        if self._written:
            self._on_theme_changed()
        else:
            self._write_anew(WHOLE_RESPONSE)

    def _on_theme_changed(self) -> None:
        """Other sizes or colours: written anew, with what was at the top of the view there again."""
        top = min(self._first_in_view(), len(self._written) - 1)
        if top < 0:
            return
        seen = self._written[top].item.path
        self._write_anew(seen)
        found = next((one for one in self._written if one.item.path == seen), None)
        if found is not None and top > 0:
            layout = self.document().documentLayout()
            box = layout.blockBoundingRect(self.document().findBlock(found.begin))
            self.verticalScrollBar().setValue(int(box.top()))
