"""Files that the form shows beside the words of a question and of its choices: made on a card that needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from iscm_desktop.questionnaire.numbering import with_number
from ui.editing.response_editing import ResponseEditing
from ui.form.choice_pictures import ChoicePictures
from ui.form.label_media import LabelMediaBlock

if TYPE_CHECKING:
    from collections.abc import Callable

    from iscm_desktop.session.views import ChoiceView, QuestionView


class CardMedia:
    """Costs a card without such files one comparison.

    Args:
        column: Of the card; the picture of the question stands in it below `head`, what belongs to the choices
            before `hints`.
        show: Takes the pictures of choices by their value, and what each is called.
        heads_choices: Whether the words of the choices, and so their pictures, stand on the card.
    """

    def __init__(
        self,
        editing: ResponseEditing,
        column: QBoxLayout,
        head: QLayout,
        hints: QLayout,
        owner: QWidget,
        show: Callable[[dict[str, QPixmap], dict[str, str]], None],
        *,
        heads_choices: bool,
    ) -> None:
        self._editing, self._column, self._head, self._hints = editing, column, head, hints
        self._owner, self._show, self._heads_choices = owner, show, heads_choices
        self._bare: tuple[ChoiceView, ...] = ()  # looked through: none of them has a file
        self.block: LabelMediaBlock | None = None
        self.pictures: ChoicePictures | None = None

    def show_view(self, view: QuestionView) -> None:
        """Draws what goes with a view that was just drawn."""
        if self.block is None and view.media:
            self.block = LabelMediaBlock(self._editing, self._owner)
            self._column.insertWidget(self._column.indexOf(self._head) + 1, self.block)
        if self.block is not None:
            self.block.show_media(view.media, with_number(view.number, view.label))
        if self._heads_choices and view.choices is not self._bare:
            self._show_choices(view)

    def _show_choices(self, view: QuestionView) -> None:
        if self.pictures is None:
            if not any(choice.media for choice in view.choices):
                self._bare = view.choices
                return
            self.pictures = ChoicePictures(self._editing, self._show, self._owner)
        self.pictures.show_view(view)
        line = self.pictures.line
        if line is not None and self._column.indexOf(line) < 0:
            self._column.insertWidget(self._column.indexOf(self._hints), line)
