"""The place of an editor that nobody sees yet: a question that is not asked costs no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.form.answer_editors.answer_editor import AnswerEditor

if TYPE_CHECKING:
    from iscm_desktop.session.views import QuestionView


class WaitingAnswer(AnswerEditor):
    """Blank; the card puts the real one in its place when the question is asked."""

    is_typed = False

    def show_view(self, view: QuestionView) -> None:
        """Nothing to draw."""

    def controls(self) -> list[QWidget]:
        return []
