"""A line of free text that offers names from the registers while one types; any other text is as good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QWidget

from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.line_answer import LineAnswer
from ui.phrases.form_languages import language_code
from ui.widgets.name_completer import NameCompleter

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView


class SuggestAnswer(LineAnswer):
    """The list appears while typing; Down and Enter take a name from it."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self._registers = view.question.own.suggest
        self._completer: NameCompleter | None = None
        self.box.textEdited.connect(self._on_text_edited)

    def _on_text_edited(self) -> None:
        """The list is made with the first letter: sixty entries would otherwise hold sixty lists."""
        if self._completer is not None:
            return
        from iscm_desktop.presenters.respondent_choice import suggested_names

        names = suggested_names(self._registers, language_code(self.editing.session.language) or "en")
        self._completer = NameCompleter(QStringListModel(names, self), self)
        self._completer.activated.connect(self.forward)
        self.box.setCompleter(self._completer)
