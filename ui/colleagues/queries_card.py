"""What was asked about a response: open questions with the way to them, and the file for the respondent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscm_desktop.file_names import file_stem
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.export_audience import queries_words
from iscm_desktop.presenters.query_origin import asker_words
from iscm_desktop.questionnaire.numbering import with_number
from ui.page.notices import written_notice
from ui.page.page_context import PageContext
from ui.phrases.response_titles import short_respondent
from ui.phrases.written_files import whole_path
from ui.widgets.connections import on_press
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import button, hair_line, text_label
from ui.widgets.layouts import bare_column

if TYPE_CHECKING:
    from iscm_desktop.workspace.colleagues.query_service import QueryRow
    from iscm_desktop.workspace.packages.export_service import ExportedFile


class QueriesCard(ContentCard):
    """Hidden while nothing is asked.

    Signals:
        wanted(path): to this question, please.
    """

    wanted = Signal(str)

    def __init__(
        self, response_id: str, context: PageContext, today: Callable[[], date], parent: QWidget
    ) -> None:
        intro = _("Asked about answers of this questionnaire. A reply at the question closes it.")
        super().__init__(context.theme, parent, intro=intro)
        self._response_id, self._context, self._today = response_id, context, today
        rows = [row for row in context.workspace.queries.rows(response_id) if row.is_open]
        words = ngettext("{count} open question", "{count} open questions", len(rows))
        self.title.setText(words.format(count=len(rows)))
        for row in rows:
            self.column.addWidget(hair_line(self))
            self.column.addWidget(self._row(row))
        self.export = button(_("Save questio&ns as a file…"), self, name="export-queries")
        self.export.clicked.connect(self._on_export_clicked)
        self.audience = text_label("", "muted", self)
        self.column.addWidget(self.audience)
        for each in (self.export, self.audience):
            each.setVisible(any(row.is_ours for row in rows))
        if rows:
            self.audience.setText(queries_words(rows[0].respondent_name))
        self.column.addWidget(self.export, 0, Qt.AlignmentFlag.AlignLeading)
        self.setVisible(bool(rows))

    def _on_go_clicked(self, path: str) -> None:
        self.wanted.emit(path)

    def _row(self, row: QueryRow) -> QWidget:
        block = QWidget(self)
        block.setObjectName("query")
        column = bare_column(block, self.theme.px(4))
        head = QHBoxLayout()
        label = with_number(row.number, row.label)
        head.addWidget(text_label(label, "muted", block), 1)
        go = button(_("Go to question"), block, "link", name="go-to-query")
        go.setAccessibleName(_("Go to question: {label}").format(label=row.label))
        on_press(go, self._on_go_clicked, row.path)
        head.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        words = _("{name}: {text}").format(name=asker_words(row), text=row.text)
        column.addWidget(text_label(words, "", block))
        return block

    def _on_export_clicked(self) -> None:
        respondent = short_respondent(
            self._context.workspace.response_list.row(self._response_id).respondent_name
        )
        name = file_stem(respondent, "questions", self._today().isoformat(), between="_") + ".iscm"
        target = self._context.files.save_document(self, _("Save questions"), name, ".iscm")
        if target is None:
            return
        workspace, response_id = self._context.workspace, self._response_id
        self._context.run_from(
            self.export, lambda _job: workspace.queries.export(response_id, target), self._on_exported, self
        )

    def _on_exported(self, exported: ExportedFile) -> None:
        words = _("Written: {file}. Send it to the respondent; the replies come with their next file.")
        workspace = self._context.workspace
        name = workspace.response_list.row(self._response_id).respondent_name
        audience = queries_words(name, workspace.keys.device_key.public)
        said = f"{words.format(file=whole_path(exported.path))} {audience}"
        self._context.noticed.emit(written_notice(said, exported.path))
