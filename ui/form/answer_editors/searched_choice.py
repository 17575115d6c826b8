"""One of many: a box that finds choices while one types, by any name and without accents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.choice_names import choice_search
from iscm_desktop.questionnaire.name_search import NameSearch
from ui.editing.response_editing import ResponseEditing
from ui.form.answer_editors.answer_editor import AnswerEditor
from ui.form.answer_editors.unlisted_answer import add_unlisted, wording_of_new
from ui.widgets.layouts import bare_column, bare_row
from ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from iscm_desktop.session.views import ChoiceView, QuestionView


class ComboAnswer(AnswerEditor):
    """A search box. What matches no choice is kept as typed, and the card says so once the box is left."""

    def __init__(self, editing: ResponseEditing, view: QuestionView, parent: QWidget) -> None:
        super().__init__(editing, view, parent)
        self._view = view
        self._choices: tuple[ChoiceView, ...] = ()
        self._labels: dict[str, str] = {}
        self._search = NameSearch({})
        self.box = SearchBox(self)
        self.box.line.setPlaceholderText(_("Type a part of the name"))
        row = bare_row(None)
        row.addWidget(self.box, 3)
        row.addStretch(1)
        bare_column(self, 3).addLayout(row)
        self.box.line.textEdited.connect(self._on_text_edited)
        self.box.activated.connect(self._on_activated)
        self.box.name_taken.connect(self._on_name_taken)
        self.box.unlisted.connect(self._on_unlisted)
        self.box.entered.connect(self._fill)

    def controls(self) -> list[QWidget]:
        return [self.box, self.box.line]

    def focus(self) -> None:
        self.box.setFocus()

    def show_view(self, view: QuestionView) -> None:
        self._view = view
        self.box.setEnabled(not view.is_read_only)
        self.explain_blank_list(is_blank=not view.choices)
        self.box.setVisible(bool(view.choices or view.text))
        if view.choices != self._choices:
            self._choices = view.choices
            self._labels = {choice.value: choice.label for choice in view.choices}
            if self.box.count():
                self._fill(anew=True)
        if not self.is_forwarding:
            self._show()

    def left(self) -> None:
        """Shows the label of what is kept, however it was typed."""
        self._show()

    def _fill(self, *, anew: bool = False) -> None:
        """The list is made when the box is first entered: a form may hold hundreds of them."""
        if anew or not self.box.count():
            shown = self.box.line.text()
            self._search = choice_search(self.editing.session.questionnaire, self._view)
            self.box.show_names(self._labels, self._search)
            if self.box.names is not None:
                self.box.names.wording_of_new = wording_of_new(self.editing, self._view)
            self._show_text(shown)

    def _show(self) -> None:
        self._show_text(self._labels.get(self._view.text, self._view.text))

    def _show_text(self, text: str) -> None:
        if self.box.line.text() != text:
            self.box.setCurrentIndex(self.box.findText(text) if text else -1)
            self.box.setEditText(text)
            self.box.line.setCursorPosition(0)  # a long name shows its beginning

    def _on_text_edited(self, text: str) -> None:
        self._fill()
        self.forward(self._search.meant(text) or text)

    def _on_activated(self, at: int) -> None:
        if 0 <= at < len(self._choices):
            self.editing.answer(self.path, self._choices[at].value)

    def _on_name_taken(self, value: str) -> None:
        self.editing.answer(self.path, value)
        self._show()

    def _on_unlisted(self, text: str) -> None:
        add_unlisted(self.editing, self._view, text)
        self._show()
