"""How far the response is, over the list of sections: each part of the sentence leads to what it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from ui.look.theme import WindowTheme
from ui.widgets.connections import on_press
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import discard, follow_width
from ui.widgets.plain_text import set_tip

if TYPE_CHECKING:
    from iscm_desktop.presenters.form_progress import ProgressPart
    from iscm_desktop.presenters.form_ways import Goal


def goal_tip(goal: Goal) -> str:
    """Where pressing a part of the sentence leads, with the key for it where there is one."""
    return {
        "unanswered": _("To the next question without an answer (Ctrl+Enter)"),
        "missing": _("To the next required question without an answer"),
        "problem": _("To the next answer to mend (F8)"),
    }[goal.value]


class ProgressLine(QWidget):
    """Parts of a sentence beside each other, which break like words.

    Signals:
        wanted(Goal): somebody wants to go to what a part speaks of.
    """

    wanted = Signal(object)

    def __init__(self, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: tuple[ProgressPart, ...] = ()
        self._row = FlowLayout(self, theme.px(2), is_centred=True)
        self._widgets: list[QWidget] = []
        self._inset = theme.px(2) + 1
        follow_width(self)

    def show_parts(self, parts: tuple[ProgressPart, ...]) -> None:
        """Says them; what is there already stays, so that the keyboard does not lose its place."""
        if parts == self._parts:
            return
        if [part.goal for part in parts] != [part.goal for part in self._parts]:
            self._make(parts)
        self._parts = parts
        last = len(parts) - 1
        for at, (part, widget) in enumerate(zip(parts, self._widgets, strict=True)):
            widget.setText(part.words if at == last else f"{part.words} ·")  # type: ignore[attr-defined] # both kinds have it
            widget.setAccessibleName(part.words)

    def _make(self, parts: tuple[ProgressPart, ...]) -> None:
        for each in self._widgets:
            discard(each, self._row)
        self._widgets = [self._widget(part) for part in parts]
        for each in self._widgets:
            self._row.addWidget(each)
            each.show()

    def _widget(self, part: ProgressPart) -> QWidget:
        if part.goal is None:
            label = text_label("", "small", self, wraps=False)
            label.setContentsMargins(self._inset, 0, 0, 0)  # as far in as the words of the buttons
            return label
        role = "progress-urgent" if part.is_urgent else "progress"
        made = button("", self, role, name=f"progress-{part.goal.value}")
        set_tip(made, goal_tip(part.goal))
        on_press(made, self._on_pressed, part.goal)
        return made

    def _on_pressed(self, goal: Goal) -> None:
        self.wanted.emit(goal)
