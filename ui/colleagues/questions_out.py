"""For the coordinator: questions that wait for replies, and one file per respondent to send."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscm_desktop.i18n import _, ngettext
from ui.desk import Desk
from ui.show_in_folder import written
from ui.titles import short_respondent
from ui.widgets.card import Card
from ui.widgets.labels import button, empty_layout, text_label

if TYPE_CHECKING:
    from iscm_desktop.exchange.package.package_writer import ExportedFile
    from iscm_desktop.workspace.colleagues.query_service import QueryRow


class QuestionsOutCard(Card):
    """Hidden while nobody here waits for a reply."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.theme, parent)
        self._desk = desk
        self.title = text_label("", "subheading", self)
        self._list = QVBoxLayout()
        self.save = button(_("Save one file per &respondent…"), self, name="save-questions")
        self.save.clicked.connect(self._on_save_clicked)
        intro = _("Questions that you asked. The replies come back with the respondents' next files.")
        self.column.addWidget(self.title)
        self.column.addWidget(text_label(intro, "muted", self))
        self.column.addLayout(self._list)
        self.column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def show_queries(self, queries: tuple[QueryRow, ...]) -> None:
        waiting = [row for row in queries if row.is_open and row.is_ours]
        words = ngettext(
            "{count} question waits for a reply", "{count} questions wait for replies", len(waiting)
        )
        self.title.setText(words.format(count=len(waiting)))
        empty_layout(self._list)
        for response_id in dict.fromkeys(row.response_id for row in waiting):
            own = [row for row in waiting if row.response_id == response_id]
            self._list.addWidget(self._row(own))
        self.setVisible(bool(waiting))

    def _row(self, own: list[QueryRow]) -> QWidget:
        words = _("{respondent}: {labels}").format(
            respondent=short_respondent(own[0].respondent_name), labels="; ".join(row.label for row in own)
        )
        return text_label(words, "", self)

    def _on_save_clicked(self) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = self._desk.files.folder(self, _("Save questions"), Path(documents))
        if folder is None:
            return
        workspace = self._desk.workspace
        self.save.setEnabled(False)
        job = self._desk.runner.run(self, lambda _job: workspace.queries.export_all(folder), self._on_saved)
        job.ended.connect(lambda: self.save.setEnabled(True))

    def _on_saved(self, files: tuple[ExportedFile, ...]) -> None:
        words = ngettext(
            "{count} file written. Send it to its respondent.",
            "{count} files written. Send each to its respondent.",
            len(files),
        )
        if files:
            self._desk.noticed.emit(written(words.format(count=len(files)), files[0].path))
