"""The cards of questions in a form that is open."""

from PySide6.QtWidgets import QApplication

from ui.form.answer_editors.line_answer import LineAnswer
from ui.form.form_page import FormPage
from ui.form.question_card import QuestionCard


def card_at(form: FormPage, path: str) -> QuestionCard:
    """The card of a question, its section in view, drawn as a whole and laid out."""
    form.go_to(path)
    form.form.complete()
    QApplication.processEvents()
    card = form.form.card(path)
    assert card is not None
    return card


def line_at(form: FormPage, path: str) -> LineAnswer:
    """The line in which a question is answered, its section in view."""
    editor = card_at(form, path).fields[path].editor
    assert isinstance(editor, LineAnswer)
    return editor
