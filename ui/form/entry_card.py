"""One entry of what may be answered several times: its title, to fold, move and remove it, and its questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.form_paths import path_around
from iscm_desktop.questionnaire.numbering import with_number
from ui.editing.response_editing import ResponseEditing
from ui.look.colours import Tone
from ui.widgets.badge import Badge
from ui.widgets.card import Card
from ui.widgets.connections import on_press
from ui.widgets.labels import restyle
from ui.widgets.layouts import bare_row, follow_width, show_now
from ui.widgets.painted_text import broken
from ui.widgets.plain_text import one_line, set_tip
from ui.widgets.pressing import SinglePresses
from ui.widgets.spoken_roles import Part, speak_as

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iscm_desktop.session.views import EntryView, ItemView


_BESIDE = 1.4
"""How many times as wide as state and tools a head is at least in which they stand beside the title."""


class EntryWidgets(Protocol):
    """Makes what is in an entry, and finds it again: a section does, and a repeat need not know how."""

    def make_column(self, items: tuple[ItemView, ...], owner: QWidget) -> tuple[QLayout, Iterator[QWidget]]:
        """A column on `owner` for the items of an entry, and their widgets, each made when it is taken."""

    def complete(self) -> None:
        """Makes at once what would have come later: before entries are let go whose questions are still being made."""

    def focus_first_below(self, path: str) -> bool:
        """Puts the keyboard into the first question inside of a path; False where there is none."""

    def forget_below(self, path: str) -> None:
        """An entry has gone with all that is in it."""


def _tool(text: str, name: str, parent: QWidget) -> QToolButton:
    made = QToolButton(parent)
    made.setText(text)
    made.setProperty("role", "flat")
    made.setAccessibleName(name)
    set_tip(made, name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


class FoldButton(QPushButton):
    """The title of an entry, in two lines where it must; one that is longer ends in an ellipsis, and is whole in its
    tooltip.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "link")
        self.setCheckable(True)
        speak_as(self, Part.FOLD)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._arrow = self._title = ""

    def show_title(self, arrow: str, title: str) -> None:
        """Writes an arrow and a title, as much of it as there is room for."""
        self._arrow, self._title = arrow, title
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        title, ends = one_line(self._title), metrics.horizontalAdvance(f"{self._arrow}  ")
        room = self.contentsRect().width() - ends - 2 * metrics.averageCharWidth() - 8
        lines = self._lines(title, room) if room > 0 else [title]
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        isolate = "\N{RIGHT-TO-LEFT ISOLATE}" if mirrored else "\N{LEFT-TO-RIGHT ISOLATE}"
        indent = "\N{NO-BREAK SPACE}" * round(ends / metrics.horizontalAdvance("\N{NO-BREAK SPACE}"))
        begun = (f"{self._arrow}  ", indent)
        # a year alone has no direction, and no isolate goes beyond its line
        words = "\n".join(
            f"{isolate}{before}{line}\N{POP DIRECTIONAL ISOLATE}"
            for before, line in zip(begun, lines, strict=False)
        )
        words = words.replace("&", "&&")
        if words != self.text():
            self.setText(words)
        set_tip(self, "" if " ".join(lines) == title else title)

    def _lines(self, title: str, room: int) -> list[str]:
        """At most two, the last with an ellipsis where there is more: what tells entries apart is often at the end."""
        first, *rest = broken(title, self.font(), room).split("\n")
        end = Qt.TextElideMode.ElideRight
        return [self.fontMetrics().elidedText(line, end, room) for line in (first, " ".join(rest)) if line]


class _EntryHead(QWidget):
    """Title, state and tools beside each other, or below each other where they have no room."""

    def __init__(self, fold: FoldButton, tools: tuple[QToolButton, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._line = bare_row(self, 6)
        self._line.addWidget(fold, 1)
        self._tools = bare_row(None)
        for tool in tools:  # with an alignment: else it bounds the height of the title
            self._tools.addWidget(tool, 0, Qt.AlignmentFlag.AlignVCenter)
        self._tools.addStretch()
        self._line.addLayout(self._tools)
        self._state: Badge | None = None

    def add_state(self, state: Badge) -> None:
        """Puts how the entry stands behind its title."""
        self._state = state
        self._line.insertWidget(1, state, 0, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self._turn()

    def minimumSizeHint(self) -> QSize:
        """However they stand now, they can stand below each other."""
        return QSize(self._tools.minimumSize().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._turn()
        super().resizeEvent(event)

    def _turn(self) -> None:
        beside = self._tools.sizeHint().width() + (self._state.sizeHint().width() if self._state else 0)
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.TopToBottom if self.width() < _BESIDE * beside else ways.LeftToRight)


class EntryCard(Card):
    """One entry. Its questions are made when it is first unfolded.

    Signals:
        move_wanted(entry id, step): one place up (-1) or down (1), please.
        remove_wanted(entry id): take it out, please.
        copy_wanted(entry id): the same once more, please.
    """

    move_wanted = Signal(str, int)
    remove_wanted = Signal(str)
    copy_wanted = Signal(str)

    def __init__(
        self, editing: ResponseEditing, widgets: EntryWidgets, view: EntryView, parent: QWidget
    ) -> None:
        super().__init__(editing.context.theme, parent)
        speak_as(self, Part.GROUP)
        self._editing, self._widgets = editing, widgets
        self.path, self.entry_id = view.path, view.entry_id
        self._body: QWidget | None = None
        follow_width(self)
        self.fold = FoldButton(self)
        self._turn()
        self.state: Badge | None = None
        self.up = _tool("↑", _("Move up"), self)
        self.down = _tool("↓", _("Move down"), self)
        self.copy = _tool("+", _("Duplicate"), self)
        self.remove = _tool("✕", _("Remove"), self)
        self._head = _EntryHead(self.fold, (self.up, self.down, self.copy, self.remove), self)
        self.column.addWidget(self._head)
        self.title = ""
        self.show_title(with_number(view.number, view.title))
        self.fold.toggled.connect(self._on_fold_toggled)
        on_press(self.up, self._on_move_clicked, -1)
        on_press(self.down, self._on_move_clicked, 1)
        self.remove.clicked.connect(self._on_remove_clicked)
        self.copy.clicked.connect(self._on_copy_clicked)
        for each in (self.fold, self.up, self.down, self.copy, self.remove):
            each.installEventFilter(self)
        self.remove.installEventFilter(SinglePresses(self))

    def _on_move_clicked(self, step: int) -> None:
        self.move_wanted.emit(self.entry_id, step)

    def _on_remove_clicked(self) -> None:
        self.remove_wanted.emit(self.entry_id)

    def _on_copy_clicked(self) -> None:
        self.copy_wanted.emit(self.entry_id)

    def show_state(self, words: str, tone: Tone) -> None:
        """How its answers stand together, "2 to mend"; made when first needed, "" for nothing to say."""
        if self.state is None and words:
            self.state = Badge(words, tone, self.theme, self)
            self._head.add_state(self.state)
        if self.state is not None:
            self.state.show_text(words, tone)

    def show_title(self, title: str) -> None:
        """Names the entry by its first answer, for the eye and for screen readers."""
        if title == self.title:
            return
        self.title = title
        self._show_fold()
        self.setAccessibleName(title)
        self.fold.setAccessibleName(title)
        for tool, words in (
            (self.up, _("Move up: {title}")),
            (self.down, _("Move down: {title}")),
            (self.copy, _("Duplicate: {title}")),
            (self.remove, _("Remove: {title}")),
        ):
            tool.setAccessibleName(words.format(title=title))

    def unfold(self, view: EntryView | None = None) -> None:
        """Opens the entry; `view` saves asking for it where its questions are made now."""
        for made in self.unfolding(view):
            show_now(made)

    def unfolding(self, view: EntryView | None = None) -> Iterator[QWidget]:
        """The same in steps: each gives what was made."""
        coming: Iterator[QWidget] = iter(())
        if self._body is None:
            self._body = QWidget(self)
            column, coming = self._widgets.make_column((view or self._view()).items, self._body)
            self._body.setLayout(column)
            self.column.addWidget(self._body)
        self.fold.setChecked(True)
        yield from coming

    def _view(self) -> EntryView:
        repeat = self._editing.session.repeat(path_around(self.path))
        return next(entry for entry in repeat.entries if entry.entry_id == self.entry_id)

    def focus_first(self) -> None:
        """Puts the keyboard into the first question, or on the fold where there is none."""
        if not self._widgets.focus_first_below(self.path):
            self.fold.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.move_wanted.emit(self.entry_id, step)
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._turn()
            self._show_fold()

    def _turn(self) -> None:
        """A style sheet aligns as the program runs; a response may run the other way."""
        turned = self.layoutDirection() is not QApplication.layoutDirection()
        if turned or self.fold.property("turned"):
            restyle(self.fold, "turned", turned)

    def _on_fold_toggled(self, is_open: bool) -> None:
        if is_open:
            self.unfold()
        if self._body is not None:
            self._body.setVisible(is_open)
        self._show_fold()

    def _show_fold(self) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.fold.show_title("▾" if self.fold.isChecked() else "◂" if mirrored else "▸", self.title)
