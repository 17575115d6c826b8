"""A line of free text that offers names from the registers while one types; any other text is as good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.line_answer import LineAnswer
from ui.phrases.form_languages import language_code
from ui.widgets.type_ahead import TypeAhead

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView


class SuggestAnswer(LineAnswer):
    """The list appears while typing; Down and Enter take a name from it."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self._registers = view.question.own.suggest
        self.names: TypeAhead | None = None
        self.box.textEdited.connect(self._on_first_letter)

    def _on_first_letter(self) -> None:
        """The list is made with the first letter: sixty entries would otherwise hold sixty lists."""
        if self.names is not None:
            return
        from iscm_desktop.presenters.choice_names import suggested_search

        search, labels = suggested_search(
            self._registers, language_code(self.editing.session.language) or "en"
        )
        self.names = TypeAhead(self.box, self, takes_first=False)
        self.names.taken.connect(self._on_taken)
        self.names.offer(labels, search)

    def _on_taken(self, name: str) -> None:
        self.editing.answer(self.path, name)
