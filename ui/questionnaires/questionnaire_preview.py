"""A questionnaire as respondents will see it: a whole form that can be tried out, and of which nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.workspace.scratch_response import ScratchResponse
from ui.look.colours import Tone
from ui.page.page_context import PageContext
from ui.page.preferences import Preferences
from ui.widgets.card import Card
from ui.widgets.keyed_dialog import KeyedDialog
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_row, padded_column

if TYPE_CHECKING:
    from iscm_desktop.workspace.questionnaire_service import Form


class QuestionnairePreview(KeyedDialog):
    """Holds a store of its own, which goes with it."""

    def __init__(self, form: Form, language: str, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        from ui.form.form_page import FormPage  # late: the list of responses needs none of it

        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Preview: {title}").format(title=form.title))
        scratch = ScratchResponse(form, language)
        self._scratch: ScratchResponse | None = scratch
        self._context = PageContext(
            scratch.workspace,
            context.runner,
            Preferences(scratch.workspace),
            context.theme,
            context.files,
            self,
        )
        self._context.noticed.connect(context.noticed)
        self._context.page_wanted.connect(self.close)
        self._context.review_wanted.connect(self._on_review_wanted)
        self.page = FormPage(scratch.response, self._context, self)
        self.close_button = button(_("&Close the preview"), self, "primary", name="close-preview")
        self.close_button.setAutoDefault(False)
        px = context.theme.px
        band = Card(context.theme, self, is_soft=True)
        band.show_tone(Tone.ACCENT)
        words = _("A preview: try it out as a respondent would. Nothing of it is kept.")
        self._words = text_label(words, "", band)
        row = bare_row(None, px(12))
        row.addWidget(self._words, 1)
        row.addWidget(self.close_button)
        band.column.addLayout(row)
        column = padded_column(self, px, (0, 0, 0, 0), gap=0)
        column.addWidget(band)
        column.addWidget(self.page, 1)
        self.close_button.clicked.connect(self.close)
        self.finished.connect(self._on_finished)
        room = self.screen().availableGeometry()
        self.resize(min(px(1180), room.width() - 40), min(px(760), room.height() - 80))
        self.page.arrive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter belongs to the form; Escape closes."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._on_finished()
        super().closeEvent(event)

    def _on_review_wanted(self) -> None:
        self._words.setText(
            _("Here a respondent would go on to review and export. In a preview there is nothing to.")
        )

    def _on_finished(self) -> None:
        """The store is closed once what was typed has left the form."""
        if self._scratch is not None:
            self.page.leave()
            self._context.close()
            self._scratch.close()
            self._scratch = None
