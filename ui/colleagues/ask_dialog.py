"""A question about an answer, in words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.text_limits import TypedText, problem_with
from ui.page.page_context import PageContext
from ui.widgets.form_dialog import FormDialog
from ui.widgets.labels import text_label
from ui.widgets.text_boxes import ProseBox


class AskDialog(FormDialog):
    """Signals:
    asked(text): what somebody wants to know.
    """

    asked = Signal(str)

    def __init__(self, label: str, context: PageContext, parent: QWidget) -> None:
        super().__init__(_("Ask the respondent"), context.theme, parent)
        self.text = ProseBox(self, least=3, most=8)
        self.text.setPlaceholderText(_("What do you want to know?"))
        self.text.setAccessibleName(_("Your question"))
        self.lay_out(text_label(label, "strong", self), self.text, primary=_("&Ask"), size=(460, 240))
        self.text.textChanged.connect(self.check)

    def problem(self) -> str:
        return problem_with(TypedText.QUERY, self.text.toPlainText())

    def is_complete(self) -> bool:
        return bool(self.text.toPlainText().strip())

    def confirm(self) -> None:
        """Hands over the words; whoever opened the dialog asks them."""
        self.accept()
        self.asked.emit(self.text.toPlainText().strip())
