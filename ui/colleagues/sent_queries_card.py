"""For the coordinator: questions that wait for replies, and one file per respondent to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _, joined, ngettext, quoted
from iscm_desktop.presenters.export_audience import queries_words
from ui.page.file_dialogs import documents_folder
from ui.page.notices import written_notice
from ui.page.page_context import PageContext
from ui.phrases.response_titles import short_respondent
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import button, text_label

if TYPE_CHECKING:
    from iscm_desktop.workspace.colleagues.query_service import QueryRow
    from iscm_desktop.workspace.packages.export_service import ExportedFile


class SentQueriesCard(ContentCard):
    """Hidden while nobody here waits for a reply."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        intro = _("Questions that you asked. The replies come back with the respondents' next files.")
        super().__init__(context.theme, parent, intro=intro)
        self._context = context
        self.save = button(_("Save one file per &respondent…"), self, name="save-questions")
        self.audience = text_label(queries_words(""), "muted", self)
        self.column.addWidget(self.audience)
        self.save.clicked.connect(self._on_save_clicked)
        self.column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def show_queries(self, queries: tuple[QueryRow, ...]) -> None:
        """Shows those of our own that are open, a line for each respondent; hidden where there are none."""
        waiting = [row for row in queries if row.is_open and row.is_ours]
        words = ngettext(
            "{count} question waits for a reply", "{count} questions wait for replies", len(waiting)
        )
        self.title.setText(words.format(count=len(waiting)))
        ground, column = self.content.renew()
        for response_id in dict.fromkeys(row.response_id for row in waiting):
            own = [row for row in waiting if row.response_id == response_id]
            column.addWidget(self._row(own, ground))
        self.setVisible(bool(waiting))

    def _row(self, own: list[QueryRow], parent: QWidget) -> QWidget:
        words = _("{respondent}: {labels}").format(
            respondent=short_respondent(own[0].respondent_name),
            labels=joined(quoted(row.label) for row in own),
        )
        return text_label(words, "", parent)

    def _on_save_clicked(self) -> None:
        folder = self._context.files.folder(self, _("Save questions"), documents_folder())
        if folder is None:
            return
        workspace = self._context.workspace
        self._context.run_from(
            self.save, lambda _job: workspace.queries.export_all(folder), self._on_saved, self
        )

    def _on_saved(self, files: tuple[ExportedFile, ...]) -> None:
        words = ngettext(
            "{count} file written. Send it to its respondent.",
            "{count} files written. Send each to its respondent.",
            len(files),
        )
        if files:
            audience = queries_words("", self._context.workspace.keys.device_key.public)
            said = f"{words.format(count=len(files))} {audience}"
            self._context.noticed.emit(written_notice(said, files[0].path))
