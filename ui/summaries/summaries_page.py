"""Summaries: the mechanisms, the text of one, and its pages as they will be printed."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtWidgets import QProgressBar, QSplitter, QStackedWidget, QWidget

from iscm_desktop.file_names import file_stem
from iscm_desktop.i18n import _, joined, ngettext
from iscm_desktop.workspace.documents.summary_row import SummaryRow, SummaryState
from ui.page.file_dialogs import documents_folder
from ui.page.job_runner import Job
from ui.page.notices import written_notice
from ui.page.page_context import PageContext
from ui.page.timers import single_shot
from ui.page.window_page import WindowPage
from ui.phrases.response_titles import short_respondent
from ui.rounds.round_button import RoundButton
from ui.summaries.summaries_list import SummariesList, SummariesModel
from ui.summaries.summary_editor import SummaryEditor
from ui.widgets.empty_card import EmptyCard
from ui.widgets.flow_layout import flow_row
from ui.widgets.labels import button, frame, text_label
from ui.widgets.layouts import STRETCH, bare_column, padded_column
from ui.widgets.page_preview import PagePictures, PagePreview, page_pictures

if TYPE_CHECKING:
    from iscm_desktop.presenters.summary_view import Summary
    from iscm_desktop.workspace import Workspace

    _Found = tuple[tuple[SummaryRow, ...], Summary | None]

_DRAW_AFTER_MS = 350


class SummariesPage(WindowPage):
    """What is typed is kept by itself; the preview follows."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._mechanism = ""
        self._job: Job | None = None
        self.model = SummariesModel(self)
        self.list = SummariesList(self.model, context.theme, self)
        self.editor = SummaryEditor(context, self)
        self.preview = PagePreview(context.theme, self)
        self.round = RoundButton(context, self)
        self.export = button(_("E&xport PDF…"), self, "primary", name="export-summary")
        self.export_all = button(_("Export &all PDFs…"), self, name="export-all")
        self.stop = button(_("S&top"), self, "link", name="stop")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._content = QStackedWidget(self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._timer = single_shot(self, _DRAW_AFTER_MS, self._draw)
        self._is_drawing = False
        self._is_reading = self._is_to_read_again = False
        for each in (self.export, self.export_all):
            each.setEnabled(False)
        self._lay_out()
        self._connect()

    @property
    def topic(self) -> str:
        return "05-summaries"

    @property
    def heading(self) -> str:
        return _("Summaries")

    def arrive(self) -> None:
        self._read()
        self.list.setFocus()

    def leave(self) -> None:
        """Keeps what was typed."""
        self.editor.keep_text()

    def panes(self) -> list[QWidget]:
        return [self.export, self.list, self.editor, self.preview]

    def fit(self) -> None:
        """The preview goes where there is no room for it."""
        px = self.context.theme.px
        side = min(px(236), self.width() // 4)
        rest = self.width() - side
        self.preview.setVisible(rest >= px(620))
        self._splitter.setSizes([side, round(rest * 0.55), round(rest * 0.45)])

    def _read(self) -> None:
        """Has the worker read all answers of the round; what is shown stays until it is back."""
        self.round.refresh()
        if self._is_reading:
            self._is_to_read_again = True
            return
        self._is_reading = True
        if not self.model.rowCount():
            self._content.setCurrentIndex(0)
            self._bar.setRange(0, 0)
            self._bar.show()
            self.status_changed.emit(_("Reading the answers…"))
        workspace, mechanism = self.context.workspace, self._mechanism
        job = self.context.runner.run(self, lambda _job: _read_all(workspace, mechanism), self._on_read)
        job.ended.connect(self._on_read_ended)

    def _on_read_ended(self) -> None:
        self._is_reading = False
        self._bar.setVisible(self._job is not None)
        if self._is_to_read_again:
            self._is_to_read_again = False
            self._read()

    def _on_read(self, found: _Found) -> None:
        rows, summary = found
        self.model.show_rows(rows)
        self._content.setCurrentIndex(0 if rows else 1)
        self.export.setEnabled(bool(rows))
        self.export_all.setEnabled(any(row.state is not SummaryState.NO_ANSWERS for row in rows))
        self.status_changed.emit("")  # nothing is being read any more
        if not rows or summary is None:
            return
        is_current = self._mechanism in ("", summary.mechanism) or self.model.row_of(self._mechanism) < 0
        if not is_current:  # somebody has chosen another meanwhile
            self.list.setCurrentIndex(self.model.index(self.model.row_of(self._mechanism)))
            return
        at = self.model.row_of(summary.mechanism)
        self._present(rows[at], summary)
        self.list.setCurrentIndex(self.model.index(at))

    def _show(self, row: SummaryRow) -> None:
        self._present(row, self.context.workspace.summaries.compose(row.mechanism))

    def _present(self, row: SummaryRow, summary: Summary) -> None:
        if row.mechanism != self._mechanism:
            self.editor.keep_text()
            self.preview.clear()
        self._mechanism = row.mechanism
        self.editor.show_summary(summary, _sources_words(row))
        self._timer.start()

    def _on_selected(self, _chosen: QItemSelection) -> None:
        at = self.list.currentIndex().row()
        if at >= 0 and self.model.row(at).mechanism != self._mechanism:
            self._show(self.model.row(at))

    def _on_kept(self, section: str, text: str | None) -> None:
        workspace, mechanism = self.context.workspace, self._mechanism
        self.context.unsaved.emit()
        workspace.summaries.set_text(mechanism, section, text)
        self.context.saved.emit(datetime.now(UTC))
        self._read()

    def _draw(self) -> None:
        """One drawing at a time; what was typed meanwhile is drawn after it."""
        if self._is_drawing:
            self._timer.start()
            return
        if not self._mechanism or not self.preview.isVisible():
            return
        self._is_drawing = True
        workspace, mechanism, width = self.context.workspace, self._mechanism, self.preview.wanted_width()
        job = self.context.runner.run(self, lambda _job: _drawn(workspace, mechanism, width), self._on_drawn)
        job.ended.connect(self._on_draw_ended)

    def _on_draw_ended(self) -> None:
        self._is_drawing = False

    def _on_drawn(self, pages: PagePictures) -> None:
        if pages.about == self._mechanism:
            self.preview.show_pages(pages)
            words = ngettext("{count} page in print", "{count} pages in print", len(pages.images))
            self.status_changed.emit(words.format(count=len(pages.images)))

    def _on_export_clicked(self) -> None:
        self.editor.keep_text()
        row = self.model.row(self.model.row_of(self._mechanism))
        name = _("Summary of findings {mechanism}").format(mechanism=short_respondent(row.name))
        proposed = file_stem(name) + ".pdf"
        target = self.context.files.save_document(self, _("Export PDF"), proposed, ".pdf")
        if target is None:
            return
        workspace, mechanism = self.context.workspace, self._mechanism
        words = _("Written: {file}").format(file=target.name)
        self.context.runner.run(
            self,
            lambda _job: workspace.summaries.write_pdf(mechanism, target),
            lambda _done: self.context.noticed.emit(written_notice(words, target)),
        )

    def _on_export_all_clicked(self) -> None:
        self.editor.keep_text()
        folder = self.context.files.folder(self, _("Export all PDFs into a folder"), documents_folder())
        if folder is None:
            return
        workspace = self.context.workspace
        self._show_work(is_working=True)
        self._job = self.context.runner.run(
            self,
            lambda job: workspace.summaries.write_pdfs(folder, progress=job.task_progress),
            lambda files: self._on_exported_all(folder, len(files)),
        )
        self._job.progressed.connect(self._on_progressed)
        self._job.ended.connect(self._on_export_ended)

    def _on_export_ended(self) -> None:
        self._show_work(is_working=False)

    def _on_merge_clicked(self) -> None:
        self.context.page_wanted.emit("merge")

    def _on_exported_all(self, folder: Path, count: int) -> None:
        words = ngettext(
            "{count} summary written into {folder}", "{count} summaries written into {folder}", count
        )
        self.context.noticed.emit(written_notice(words.format(count=count, folder=folder), folder))

    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)

    def _on_stop_clicked(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _show_work(self, *, is_working: bool) -> None:
        self._bar.setRange(0, 0)
        self._bar.setVisible(is_working)
        self.stop.setVisible(is_working)
        self.export_all.setEnabled(not is_working)
        if not is_working:
            self._job = None

    def _connect(self) -> None:
        self.list.selectionModel().selectionChanged.connect(self._on_selected)
        self.editor.kept.connect(self._on_kept)
        self.editor.source_wanted.connect(self.context.response_wanted)
        self.export.clicked.connect(self._on_export_clicked)
        self.export_all.clicked.connect(self._on_export_all_clicked)
        self.stop.clicked.connect(self._on_stop_clicked)
        self.context.round_changed.connect(self._on_round_changed)

    def _on_round_changed(self) -> None:
        self._mechanism = ""
        if self.isVisible():
            self._read()

    def _lay_out(self) -> None:
        px = self.context.theme.px
        head = frame("head", self)
        title = text_label(_("Summaries"), "title", head, wraps=False)
        row = flow_row(px(12), title, self.round, self._bar, self.stop, STRETCH, self.export_all, self.export,
            owner=head,
        )  # fmt: skip
        row.setContentsMargins(px(24), px(12), px(24), px(12))
        side = frame("pane", self)
        side_column = padded_column(side, px, (10, 12, 10, 10))
        side_column.addWidget(self.list)
        for pane in (side, self.editor, self.preview):
            self._splitter.addWidget(pane)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._content.addWidget(self._splitter)
        self._content.addWidget(self._empty())
        column = bare_column(self, 0)
        column.addWidget(head)
        column.addWidget(self._content, 1)
        self._show_work(is_working=False)

    def _empty(self) -> QWidget:
        px = self.context.theme.px
        words = _(
            "A summary is drafted for each mechanism as soon as somebody has answered for it, or about it, "
            "in this round. "
            "Merge the files that respondents sent you, or fill in a questionnaire."
        )
        card = EmptyCard(self.context.theme, self, _("No summaries yet"), words)
        card.add_action(_("Go to Merge"), "go-to-merge").clicked.connect(self._on_merge_clicked)
        card.column.setContentsMargins(px(24), px(16), px(24), px(16))
        return card


def _drawn(workspace: Workspace, mechanism: str, width: int) -> PagePictures:
    """On the worker: writes the summary's PDF and draws its pages."""
    with tempfile.TemporaryDirectory(prefix="iscm-preview-") as folder:
        target = Path(folder) / "summary.pdf"
        workspace.summaries.preview_pdf(mechanism, target)
        return page_pictures(target.read_bytes(), mechanism, width)


def _read_all(workspace: Workspace, mechanism: str) -> _Found:
    """On the worker: where all summaries stand, and the one to show; it takes a second for many responses."""
    rows = workspace.summaries.rows()
    wanted = [row.mechanism for row in rows if row.mechanism == mechanism] or [row.mechanism for row in rows]
    return rows, workspace.summaries.compose(wanted[0]) if wanted else None


def _sources_words(row: SummaryRow) -> str:
    """ "From the mechanism's own questionnaire and 5 States."."""
    parts = []
    if row.state is not SummaryState.NO_ANSWERS:
        parts.append(_("the mechanism's own questionnaire"))
    if row.states:
        parts.append(ngettext("{count} State", "{count} States", row.states).format(count=row.states))
    if row.organizations:
        words = ngettext("{count} organization", "{count} organizations", row.organizations)
        parts.append(words.format(count=row.organizations))
    return _("From {sources}").format(sources=joined(parts)) if parts else _("Nobody has answered yet")
