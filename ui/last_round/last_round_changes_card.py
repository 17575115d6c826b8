"""On the review page: what changed since the earlier round, and the same as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iscm_desktop.file_names import file_stem
from iscm_desktop.i18n import N_, _
from iscm_desktop.session.offers import AnswerFate
from ui.page.notices import written_notice
from ui.page.page_context import PageContext
from ui.phrases.response_titles import short_respondent
from ui.phrases.written_files import whole_path
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import button, text_label

if TYPE_CHECKING:
    from iscm_desktop.workspace import ResponseRow
    from iscm_desktop.workspace.documents.printing import PrintedDocument
    from iscm_desktop.workspace.responses.last_round_service import AnswerFateRow

_COUNTS = (
    (AnswerFate.CHANGED, N_("{count} changed")),
    (AnswerFate.NEW, N_("{count} new")),
    (AnswerFate.GONE, N_("{count} no longer answered")),
    (AnswerFate.NOT_CONFIRMED, N_("{count} not confirmed")),
    (AnswerFate.SAME, N_("{count} the same")),
)


class LastRoundChangesCard(ContentCard):
    """Hidden where no earlier round was taken in, and until it is known what changed."""

    def __init__(self, row: ResponseRow, context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent)
        self._row, self._context = row, context
        self.counts = text_label("", "", self)
        self.column.addWidget(self.counts)
        self.print = button(_("What changed, as PDF…"), self, name="print-changes")
        self.column.addWidget(self.print, 0, Qt.AlignmentFlag.AlignLeading)
        self.print.clicked.connect(self._on_print_clicked)
        self.hide()

    def show_changes(self, rows: Sequence[AnswerFateRow], round_: str) -> None:
        """Counts what became of the answers of an earlier round; nothing is shown where there are none."""
        self.title.setText(_("Since {round}").format(round=round_))
        fates = [one.since for one in rows]
        counts = [_(words).format(count=fates.count(fate)) for fate, words in _COUNTS if fate in fates]
        self.counts.setText(" · ".join(counts))
        self.setVisible(bool(rows))

    def _on_print_clicked(self) -> None:
        name = _("{respondent} changes {round}").format(
            respondent=short_respondent(self._row.respondent_name), round=self._row.round
        )
        proposed = file_stem(*name.split(), between="_") + ".pdf"
        target = self._context.files.save_document(self, _("What changed, as PDF"), proposed, ".pdf")
        if target is not None:
            workspace, response_id = self._context.workspace, self._row.id
            self._context.runner.run(
                self, lambda _job: workspace.documents.write_changes(response_id, target), self._on_printed
            )

    def _on_printed(self, printed: PrintedDocument) -> None:
        words = _("Written: {file}").format(file=whole_path(printed.path))
        self._context.noticed.emit(written_notice(words, printed.path))
