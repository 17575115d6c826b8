"""The most important first: take choices over, then order them by buttons, dragging, or Alt and arrows.

Very many choices are found by their names, as in other long lists: a button for each would keep the window busy.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from iscm_desktop.i18n import _
from iscm_desktop.presenters.choice_names import choice_search
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor, why_nothing_is_offered
from ui.widgets.connections import on_press, soon
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column, discard, fill
from ui.widgets.one_stop import OneStop
from ui.widgets.plain_text import directed, set_tip
from ui.widgets.text_boxes import LineBox
from ui.widgets.type_ahead import TypeAhead
from ui.widgets.wrapping_push import WrappingPush

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView

MOST_BUTTONS = 60
"""Choices that have a button each; among more one searches."""

_VALUE = Qt.ItemDataRole.UserRole


class RankingAnswer(AnswerEditor):
    """The list of what is ranked, and below it what can still be added."""

    is_group = True
    is_typed = False

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self._view = view
        self._labels: dict[str, str] = {}
        self._ranked: list[str] = []
        self._pictures: Mapping[str, QPixmap] = {}
        self.list = QListWidget(self)
        self.list.setProperty("role", "rank")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.installEventFilter(self)
        self.up = button(_("Move up"), self)
        self.down = button(_("Move down"), self)
        self.remove = button(_("Take out"), self)
        self._caption = text_label("", "muted", self)
        self._rest = FlowLayout(None, editing.context.theme.px(6))
        self._adders: dict[str, QPushButton] = {}
        self.box = LineBox(self)
        self.box.setPlaceholderText(_("Type a part of the name"))
        self.box.installEventFilter(self)
        self.box.put_in.connect(self._on_put_in)
        self._names: TypeAhead | None = None
        self._stop = OneStop(self)
        self._lay_out()
        on_press(self.up, self._step, -1)
        on_press(self.down, self._step, 1)
        self.remove.clicked.connect(self._take_out)
        self.list.currentRowChanged.connect(self._enable)
        self.list.model().rowsMoved.connect(self._on_rows_moved)
        editing.context.theme.changed.connect(self._fit)

    def controls(self) -> list[QWidget]:
        return [self.list, self.box]

    @property
    def names(self) -> TypeAhead:
        """The list under the box, made when it is first needed."""
        if self._names is None:
            self._names = TypeAhead(self.box, self)
            self._names.taken.connect(self._add)
            self._offer(self._names)
        return self._names

    def left(self) -> None:
        """What was typed and found nothing goes with the focus: no answer was made of it."""
        self.box.clear()

    def focus(self) -> None:
        """To the list; to the first choice that can be added while nothing is ranked."""
        if self._ranked:
            self.list.setFocus()
        else:
            self.focus_adder()

    def show_view(self, view: QuestionView) -> None:
        self._view = view
        labels = {choice.value: choice.label for choice in view.choices}
        ranked = view.text.split()
        self.list.setEnabled(not view.is_read_only)
        if (labels, ranked) != (self._labels, self._ranked) or not self._caption.text():
            self._labels, self._ranked = labels, ranked
            self._show_list()
            self._show_rest()
        self._enable()

    def show_pictures(self, pictures: Mapping[str, QPixmap]) -> None:
        """Before the names, in the list and on the buttons."""
        self._pictures = pictures
        edge = max((max(each.width(), each.height()) for each in pictures.values()), default=0)
        self.list.setIconSize(QSize(edge, edge) / (2 * self.devicePixelRatioF()))
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setIcon(QIcon(pictures.get(str(item.data(_VALUE)), QPixmap())))
        self.list.blockSignals(False)
        for value, adder in self._adders.items():
            adder.setIconSize(self.list.iconSize())
            adder.setIcon(QIcon(pictures.get(value, QPixmap())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
                if step is not None:
                    self._step(step)
                    return True
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._take_out()
                return True
        if watched is self.box and event.type() is QEvent.Type.FocusIn:
            self.names.narrow(self.box.text())
        is_down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if watched is self.box and event.type() is QEvent.Type.KeyPress and is_down:
            self.names.show_all()
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        steps = FlowLayout(
            None, self.editing.context.theme.px(6)
        )  # below: beside them large words leave no room
        for each in (self.up, self.down, self.remove):
            steps.addWidget(each)
        column = bare_column(self)
        fill(column, self.list, steps, self._caption, self.box, self._rest)

    def _show_list(self) -> None:
        current = self.list.currentItem()
        value = None if current is None else current.data(_VALUE)
        self.list.blockSignals(True)
        self.list.clear()
        for place, each in enumerate(self._ranked, 1):
            item = QListWidgetItem(f"{place}.  {self._labels.get(each, each)}", self.list)
            item.setData(_VALUE, each)
            if each == value:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.list.setVisible(bool(self._ranked))
        for each_button in (self.up, self.down, self.remove):
            each_button.setVisible(bool(self._ranked))
        self._fit()

    def _show_rest(self) -> None:
        for each in self._adders.values():
            discard(each, self._rest)
        ranked = set(self._ranked)
        left = {value: label for value, label in self._labels.items() if value not in ranked}
        is_long = len(self._labels) > MOST_BUTTONS
        self._adders = {} if is_long else {value: self._adder(value, label) for value, label in left.items()}
        self._stop.hold(list(self._adders.values()))
        self.box.setVisible(is_long and bool(left) and not self._view.is_read_only)
        if self._names is not None:
            self._offer(self._names)
        if not self._labels:
            self._caption.setText(why_nothing_is_offered(self.editing.session.deciders(self.path)))
        elif left:
            first = _("Choose the most important first:")
            self._caption.setText(_("Add the next:") if self._ranked else first)
        else:
            self._caption.setText(_("All are ranked."))

    def _adder(self, value: str, label: str) -> QPushButton:
        made = WrappingPush(directed("+\N{NO-BREAK SPACE}" + label.replace("&", "&&"), self), self)
        made.setProperty("value", value)
        set_tip(made, label)
        on_press(made, self._add, value)
        self._rest.addWidget(made)
        made.show()
        return made

    def _offer(self, names: TypeAhead) -> None:
        names.hidden = frozenset(self._ranked)
        names.offer(self._labels, choice_search(self.editing.session.questionnaire, self._view))

    def _on_put_in(self, text: str) -> None:
        """A whole name is a choice: whoever dictates has no list to press Enter in."""
        value = choice_search(self.editing.session.questionnaire, self._view).meant(text)
        if value and value not in self._ranked:
            soon(self._add, value)

    def _add(self, value: str) -> None:
        self.box.clear()
        self._send([*self._ranked, value])
        self.focus_adder()

    def focus_adder(self) -> None:
        """The keyboard stays where it can go on adding."""
        adder = self.box if self.box.isVisibleTo(self) else next(iter(self._adders.values()), None)
        (adder or self.list).setFocus()

    def _step(self, step: int) -> None:
        at = self.list.currentRow()
        to = at + step
        if at >= 0 and 0 <= to < len(self._ranked):
            order = list(self._ranked)
            order.insert(to, order.pop(at))
            self._send(order)
            self.list.setCurrentRow(to)

    def _take_out(self) -> None:
        at = self.list.currentRow()
        if at >= 0:
            self._send([value for place, value in enumerate(self._ranked) if place != at])
            self.list.setCurrentRow(min(at, self.list.count() - 1))

    def _on_rows_moved(self) -> None:
        self._send([str(self.list.item(row).data(_VALUE)) for row in range(self.list.count())])

    def _send(self, order: list[str]) -> None:
        self.editing.answer(self.path, " ".join(order))

    def _enable(self) -> None:
        at = self.list.currentRow()
        usable = self.list.isEnabled()
        self.up.setEnabled(usable and at > 0)
        self.down.setEnabled(usable and 0 <= at < len(self._ranked) - 1)
        self.remove.setEnabled(usable and at >= 0)

    def _fit(self) -> None:
        rows = max(3, len(self._ranked))
        self.list.setFixedHeight(min(rows, 8) * self.editing.context.theme.px(32) + 6)
