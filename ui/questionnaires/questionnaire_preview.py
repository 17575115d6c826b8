"""A questionnaire as respondents will see it: a whole form that can be tried out, and of which nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.workspace.scratch_response import ScratchResponse
from ui.look.colours import Tone
from ui.page.job_runner import Job, JobRunner
from ui.page.page_context import PageContext
from ui.page.preferences import Preferences
from ui.widgets.card import Card
from ui.widgets.keyed_dialog import KeyedDialog
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_row, padded_column

if TYPE_CHECKING:
    from iscm_desktop.workspace.questionnaire_service import Form


class _Ending(QObject):
    """Closes the store of a preview once its form is gone and the work for it has ended: pictures are still read."""

    def __init__(self, scratch: ScratchResponse, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._scratch, self._runner = scratch, runner

    def on_form_gone(self) -> None:
        """What comes back from now on finds nobody; what waits is before this in the row."""
        self._runner.run(self, _nothing, self._close)

    def _close(self, _result: None) -> None:
        self._scratch.close()
        self.deleteLater()


def _nothing(_job: Job) -> None:
    """Takes its turn."""


class QuestionnairePreview(KeyedDialog):
    """Holds a store of its own, which goes with it; `media` is what the labels show, by name."""

    def __init__(
        self,
        form: Form,
        language: str,
        context: PageContext,
        parent: QWidget,
        media: Mapping[str, bytes] | None = None,
    ) -> None:
        super().__init__(parent)
        from ui.form.form_page import FormPage  # late: the list of responses needs none of it

        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Preview: {title}").format(title=form.title))
        scratch = ScratchResponse(form, language, media)
        self._is_open = True
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
        ending = _Ending(scratch, context.runner, context)
        self.page.destroyed.connect(ending.on_form_gone)
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
        """What was typed leaves the form while there is a store for it."""
        if self._is_open:
            self._is_open = False
            self.page.leave()
            self._context.close()
