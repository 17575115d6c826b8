"""What was asked about a response: open questions with the way to them, and the file for the respondent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscm_desktop.i18n import _, ngettext
from ui.desk import Desk
from ui.review.findings import code_of_path
from ui.show_in_folder import written
from ui.titles import short_respondent
from ui.widgets.card import Card
from ui.widgets.labels import button, rule, text_label

if TYPE_CHECKING:
    from iscm_desktop.exchange.package.package_writer import ExportedFile
    from iscm_desktop.workspace.colleagues.query_service import QueryRow


class QueriesCard(Card):
    """Hidden while nothing is asked.

    Signals:
        wanted(path): to this question, please.
    """

    wanted = Signal(str)

    def __init__(self, response_id: str, desk: Desk, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(desk.theme, parent)
        self._response_id, self._desk, self._today = response_id, desk, today
        rows = [row for row in desk.workspace.queries.rows(response_id) if row.is_open]
        words = ngettext("{count} open question", "{count} open questions", len(rows))
        self.column.addWidget(text_label(words.format(count=len(rows)), "subheading", self))
        intro = _("Asked about answers of this questionnaire. A reply at the question closes it.")
        self.column.addWidget(text_label(intro, "muted", self))
        for row in rows:
            self.column.addWidget(rule(self))
            self.column.addWidget(self._row(row))
        self.export = button(_("Save &questions as a file…"), self, name="export-queries")
        self.export.clicked.connect(self._on_export_clicked)
        self.export.setVisible(any(row.is_ours for row in rows))
        self.column.addWidget(self.export, 0, Qt.AlignmentFlag.AlignLeading)
        self.setVisible(bool(rows))

    def _row(self, row: QueryRow) -> QWidget:
        block = QWidget(self)
        block.setObjectName("query")
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px(4))
        head = QHBoxLayout()
        label = f"{code_of_path(row.path)}  {row.label}"
        head.addWidget(text_label(label, "muted", block), 1)
        go = button(_("Go to question"), block, "link", name="go-to-query")
        go.setAccessibleName(_("Go to question: {label}").format(label=row.label))
        go.clicked.connect(lambda: self.wanted.emit(row.path))
        head.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        words = _("{name}: {text}").format(name=row.asker or _("Somebody"), text=row.text)
        column.addWidget(text_label(words, "", block))
        return block

    def _on_export_clicked(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        respondent = short_respondent(
            self._desk.workspace.response_list.row(self._response_id).respondent_name
        )
        name = f"{respondent}_questions_{self._today().isoformat()}.iscm".replace("/", "-").replace(" ", "-")
        target = self._desk.files.save_file(self, _("Save questions"), Path(folder) / name, "*.iscm")
        if target is None:
            return
        target = target if target.suffix == ".iscm" else target.with_name(target.name + ".iscm")
        workspace, response_id = self._desk.workspace, self._response_id
        self.export.setEnabled(False)
        job = self._desk.runner.run(
            self, lambda _job: workspace.queries.export(response_id, target), self._on_exported
        )
        job.ended.connect(lambda: self.export.setEnabled(True))

    def _on_exported(self, exported: ExportedFile) -> None:
        words = _("Written: {file}. Send it to the respondent; the replies come with their next file.")
        self._desk.noticed.emit(written(words.format(file=exported.path.name), exported.path))
