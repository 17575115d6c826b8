"""Several of very many: what is chosen as chips, and a box behind them that finds the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.choice_names import choice_search
from iscm_desktop.questionnaire.numbering import with_number
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor
from ui.form.answer_editors.unlisted_answer import add_unlisted, wording_of_new
from ui.widgets.chip import Chip
from ui.widgets.connections import on_press, soon
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import button, frame, restyle, text_label
from ui.widgets.layouts import bare_column, bare_row, discard, follow_width
from ui.widgets.text_boxes import LineBox
from ui.widgets.type_ahead import TypeAhead

if TYPE_CHECKING:
    from iscm_desktop.session.views import ChoiceView, QuestionView


class ChipsAnswer(AnswerEditor):
    """Typing finds choices, Enter adds one, Backspace goes back to the chips; Down lists all that is left.

    Values go to the session in the order of the list; unknown ones are kept and can be taken out.
    """

    is_group = True
    is_typed = False

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self._view = view
        self._choices: tuple[ChoiceView, ...] = ()
        self._labels: dict[str, str] = {}
        self._chips: dict[str, Chip] = {}
        self._names: TypeAhead | None = None
        self.ground: QFrame = frame("chips", self)
        self._flow = FlowLayout(self.ground, editing.context.theme.px(5), is_centred=True)
        self.box = LineBox(self.ground)
        self.box.setProperty("role", "bare")
        self.box.installEventFilter(self)
        self._flow.addWidget(self.box)
        self._count = text_label("", "small", self, wraps=False)
        self.all = button(_("Show the whole list"), self, "link")
        below = bare_row(None)
        below.addWidget(self._count)
        below.addStretch(1)
        below.addWidget(self.all)
        column = bare_column(self, 3)
        column.addWidget(self.ground)
        column.addLayout(below)
        follow_width(self)
        follow_width(self.ground)
        self.all.clicked.connect(self._on_all_clicked)
        self.box.put_in.connect(self._on_put_in)
        editing.context.theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def names(self) -> TypeAhead:
        """The list under the box, made when it is first needed."""
        if self._names is None:
            self._names = TypeAhead(self.box, self)
            self._names.taken.connect(self._add)
            self._names.unlisted.connect(self._add_unlisted)
            self._fill(self._names)
        return self._names

    def controls(self) -> list[QWidget]:
        return [self.box, *self._chips.values()]

    def focus(self) -> None:
        self.box.setFocus()

    def show_view(self, view: QuestionView) -> None:
        """Draws a chip for each value that is chosen, the list's first."""
        self._view = view
        if view.choices != self._choices:
            self._choices = view.choices
            self._labels = {choice.value: choice.label for choice in view.choices}
            self._drop_chips()
            if self._names is not None:
                self._fill(self._names)
        chosen = view.text.split()
        self.explain_blank_list(is_blank=not view.choices)
        self.ground.setVisible(bool(view.choices or chosen))
        if list(self._chips) != chosen:
            self._show_chips(chosen)
        question = with_number(view.number, view.label)
        for value, chip in self._chips.items():
            chip.setEnabled(not view.is_read_only)
            label = self._labels.get(value, value)
            chip.setAccessibleName(_("Take out {choice}: {question}").format(choice=label, question=question))
        self.box.setVisible(not view.is_read_only)
        self.box.setPlaceholderText(_("Type to add…") if chosen else _("Type a part of the name"))
        self.all.setVisible(bool(view.choices) and not view.is_read_only)
        self.all.setAccessibleName(_("Show the whole list: {question}").format(question=question))
        count = ngettext("{count} chosen", "{count} chosen", len(chosen)).format(count=len(chosen))
        self._count.setText(count if chosen else "")

    def left(self) -> None:
        """What was typed and found nothing goes with the focus: no answer was made of it."""
        self.box.clear()

    def show_wrong(self, is_wrong: bool) -> None:
        restyle(self.ground, "wrong", is_wrong)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys between the box and the chips; a press on the box opens the list."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.box:
                return self._key_in_box(event) or super().eventFilter(watched, event)
            if watched in self._chips.values():
                return self._key_on_chip(watched, event) or super().eventFilter(watched, event)
        if watched is self.box and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            restyle(self.ground, "focused", event.type() is QEvent.Type.FocusIn)
            if event.type() is QEvent.Type.FocusIn:
                self.names.narrow(self.box.text())
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pressing beside the chips is pressing the box."""
        self.box.setFocus()
        super().mousePressEvent(event)

    def _key_in_box(self, event: QKeyEvent) -> bool:
        back = (
            Qt.Key.Key_Right if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else Qt.Key.Key_Left
        )
        if event.key() in (Qt.Key.Key_Backspace, back) and not self.box.text() and self._chips:
            [*self._chips.values()][-1].setFocus()
            return True
        if event.key() == Qt.Key.Key_Down and not self.names.list.isVisible():
            self.names.show_all()
            return True
        return False

    def _key_on_chip(self, chip: QObject, event: QKeyEvent) -> bool:
        values = [value for value, each in self._chips.items() if each is chip]
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._take_out(values[0])
            return True
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0) * (
            -1 if mirrored else 1
        )
        if not step:
            return False
        at = [*self._chips].index(values[0]) + step
        target: QWidget = self.box if at >= len(self._chips) else [*self._chips.values()][max(0, at)]
        target.setFocus()
        return True

    def _fill(self, names: TypeAhead) -> None:
        names.wording_of_new = wording_of_new(self.editing, self._view)
        names.hidden = frozenset(self._view.text.split())
        names.offer(self._labels, choice_search(self.editing.session.questionnaire, self._view))

    def _drop_chips(self) -> None:
        for chip in self._chips.values():
            discard(chip, self._flow)
        self._chips = {}

    def _show_chips(self, chosen: list[str]) -> None:
        had_focus = [value for value, chip in self._chips.items() if chip.hasFocus()]
        self._drop_chips()
        self._flow.removeWidget(self.box)
        for value in chosen:
            self._chips[value] = self._chip(value)
            self._flow.addWidget(self._chips[value])
        self._flow.addWidget(self.box)
        if self._names is not None:
            self._names.hidden = frozenset(chosen)
            self._names.narrow(self.box.text())
        if had_focus:
            self.box.setFocus()

    def _chip(self, value: str) -> Chip:
        label = self._labels.get(value, value)
        chip = Chip(label, _("Take out {choice}").format(choice=label), self.ground)
        chip.setProperty("value", value)
        chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the arrows lead there: the question is one stop
        chip.installEventFilter(self)
        on_press(chip, self._take_out, value)
        chip.show()
        return chip

    def _add(self, value: str) -> None:
        self.box.clear()
        self._send([*self._view.text.split(), value])
        self.box.setFocus()

    def _on_put_in(self, text: str) -> None:
        """A whole name is a choice: whoever dictates has no list to press Enter in."""
        value = choice_search(self.editing.session.questionnaire, self._view).meant(text)
        if value and value not in self._view.text.split():
            soon(self._add, value)

    def _add_unlisted(self, text: str) -> None:
        self.box.clear()
        add_unlisted(self.editing, self._view, text)

    def _take_out(self, value: str) -> None:
        self._send([each for each in self._view.text.split() if each != value])
        self.box.setFocus()

    def _send(self, chosen: list[str]) -> None:
        listed = [choice.value for choice in self._choices if choice.value in chosen]
        self.forward(" ".join([*listed, *(value for value in chosen if value not in self._labels)]))

    def _on_all_clicked(self) -> None:
        self.box.setFocus()
        self.box.clear()
        self.names.show_all()

    def _on_theme_changed(self) -> None:
        px = self.editing.context.theme.px
        self._flow.setContentsMargins(px(7), px(5), px(7), px(5))
        self.box.setMinimumWidth(px(180))
