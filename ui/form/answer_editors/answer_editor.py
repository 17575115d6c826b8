"""What every widget for an answer does: draws a view, forwards what is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from iscm_desktop.i18n import _, joined, quoted
from ui.editing.response_editing import ResponseEditing
from ui.widgets.labels import restyle, text_label
from ui.widgets.spoken_roles import Part, speak_as

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView


def named_choice(choice: str, question: str) -> str:
    """What a screen reader says of one choice: itself first, then what it answers."""
    return _("{choice}: {question}").format(choice=choice, question=question) if choice else question


def why_nothing_is_offered(deciders: Sequence[str]) -> str:
    """Of a question whose list is blank now: by which answers it is filled."""
    if not deciders:
        return _("The questionnaire has no choices here. Write to whoever sent it to you.")
    return _("Nothing can be chosen here yet. What is offered depends on the answers to {questions}.").format(
        questions=joined(map(quoted, deciders))
    )


@runtime_checkable
class Pictured(Protocol):
    """A button for a choice that can have a picture."""

    def show_picture(self, picture: QPixmap) -> None:
        """Draws it beside the words; a null one takes it away."""


class AnswerEditor(QWidget):
    """Base of the widgets in `ui.form.answer_editors`."""

    is_typed = True
    """Whether text grows letter by letter, so that a complaint waits until the box is left."""

    is_group = False
    """Whether it has several controls, which are heard as a group under the words of the question."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(parent)
        if self.is_group:
            speak_as(self, Part.GROUP)
        self.editing, self.path = editing, view.path
        self._why_blank: QLabel | None = None
        self.is_forwarding = False
        """True while the session hears what was just typed here: the text box is right as it is."""

    def show_view(self, view: QuestionView) -> None:
        """Draws text, choices and read-only state; the card draws label, hint and verdict."""
        raise NotImplementedError

    def explain_blank_list(self, *, is_blank: bool) -> None:
        """Says under the editor why nothing can be chosen, while nothing can."""
        if not is_blank:
            if self._why_blank is not None:
                self._why_blank.hide()
            return
        if self._why_blank is None:
            self._why_blank = text_label("", "muted", self)
            layout = self.layout()
            if layout is not None:
                layout.addWidget(self._why_blank)
        self._why_blank.setText(why_nothing_is_offered(self.editing.session.deciders(self.path)))
        self._why_blank.show()

    def controls(self) -> list[QWidget]:
        """What takes the keyboard, for its name to screen readers."""
        raise NotImplementedError

    def names_itself(self, control: QWidget) -> bool:
        """Whether the editor itself gives a control its name: a choice, a part of an answer, a slider."""
        return bool(control.property("value"))

    def told(self) -> str:
        """What else belongs to the answer for whoever hears it, such as its length; "" for nothing."""
        return ""

    def show_wrong(self, is_wrong: bool) -> None:
        """Marks the boxes red, or no longer. Styles are worked out anew only when that changes."""
        for control in self.controls():
            if is_wrong or control.property("wrong"):
                restyle(control, "wrong", is_wrong)

    def show_pictures(self, pictures: Mapping[str, QPixmap]) -> None:
        """Draws small pictures of choices, by value, beside the words of those that have room for them."""
        for control in self.controls():
            if isinstance(control, Pictured):
                control.show_picture(pictures.get(str(control.property("value")), QPixmap()))

    def name_pictures(self, names: Mapping[str, str]) -> None:
        """Says to screen readers which picture goes with a choice: by value, the words of each that has one."""
        for control in self.controls():
            control.setProperty("picture", names.get(str(control.property("value")), ""))

    def left(self) -> None:
        """The focus has gone to another question."""

    def forward(self, text: str) -> None:
        """Hands what was typed to the session, which may redraw this widget meanwhile."""
        if not self.is_typed:
            self.editing.session.commit_step()  # each press can be taken back by itself
        self.is_forwarding = True
        try:
            self.editing.answer(self.path, text)
        finally:
            self.is_forwarding = False

    def focus(self) -> None:
        """Puts the keyboard where typing starts."""
        controls = self.controls()
        if controls:
            controls[0].setFocus()
