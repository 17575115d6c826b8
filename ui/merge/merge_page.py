"""Merging: files come in, a plan says what they would change, then it is applied; conflicts at the side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from iscm_desktop.i18n import _, ngettext
from ui.colleagues.sent_queries_card import SentQueriesCard
from ui.merge.conflict_card import ConflictCard
from ui.merge.drop_area import DropArea
from ui.merge.files_table import FilesModel, FilesTable
from ui.merge.incoming_files import IncomingFiles
from ui.merge.merge_overview import MergeOverview, read_overview
from ui.merge.merge_progress import MergeProgress
from ui.merge.merge_sentences import plan_words, report_words, result_counts
from ui.merge.operations_card import OperationsCard
from ui.merge.rules_card import RulesCard
from ui.page.job_runner import Job
from ui.page.notices import Notice
from ui.page.page_context import PageContext
from ui.page.window_page import WindowPage
from ui.rounds.round_button import RoundButton
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import STRETCH, fill, padded_column
from ui.widgets.scroll_pane import ScrollPane

if TYPE_CHECKING:
    from iscm_desktop.exchange.merging.merge_plan import MergePlan, MergeReport
    from iscm_desktop.workspace.conflicts.rule_settlement import RuleOutcome

T = TypeVar("T")


class MergePage(WindowPage):
    """Nothing changes before Apply."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._plan: MergePlan | None = None
        self._job: Job | None = None
        self.model = FilesModel(self)
        self.table = FilesTable(self.model, context.theme, self)
        self.drop = DropArea(context.theme, self)
        self.conflicts = ConflictCard(context, self)
        self.rules = RulesCard(context, self)
        self.operations = OperationsCard(context, self)
        self.arrivals = IncomingFiles(context, self, lambda: self._plan is None and self._job is None)
        self.round = RoundButton(context, self)
        self.add = button(_("&Add files…"), self, "primary", name="add-files")
        self.apply = button(_("A&pply"), self, "primary", name="apply")
        self.discard = button(_("&Discard the plan"), self, name="discard")
        self.stop = button(_("S&top"), self, "link", name="stop")
        self.undo_last = button(_("Undo this merge"), self, "link", name="undo-merge")
        self.name_device = button(_("Name this device…"), self, "link", name="name-device")
        self._bar = MergeProgress(self)
        self.outside = QCheckBox(_("Take also what lies outside of what was asked"), self)
        self.questions = SentQueriesCard(context, self)
        self._words = text_label("", "muted", self)
        self._lay_out()
        self._connect()
        self._show_idle(_("Add the files that respondents sent you. You see what they would change first."))

    @property
    def heading(self) -> str:
        return _("Merge")

    @property
    def words(self) -> str:
        """What the page says about the plan, the work at hand, or the result."""
        return self._words.text()

    def arrive(self) -> None:
        self._refresh()
        self.add.setFocus()

    def panes(self) -> list[QWidget]:
        return [self.add, self.table, self.conflicts, self.rules, self.operations]

    def show_narrow(self, is_narrow: bool) -> None:
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def plan(self, paths: list[Path]) -> None:
        """Looks at the files; changes nothing."""
        if paths:
            self._plan_then(paths, self._on_planned)

    def _plan_then(self, paths: list[Path], done: Callable[[MergePlan], None]) -> None:
        workspace = self.context.workspace
        self._work(
            lambda job: workspace.packages.plan(paths, progress=job.task_progress),
            done,
            _("{done} of {total} files read"),
        )

    def _on_planned(self, plan: MergePlan) -> None:
        self._plan = plan if plan.files else None
        self._show_plan(plan)
        (self.apply if self.apply.isVisibleTo(self) else self.add).setFocus()

    def _show_plan(self, plan: MergePlan) -> None:
        self.model.show_files(plan.files, is_done=False)
        self._show_idle(plan_words(plan))
        self.apply.setVisible(bool(plan.planned))
        self.outside.setVisible(any(file.outside for file in plan.planned))
        self.discard.setVisible(bool(plan.files))

    def _on_arrivals_planned(self, plan: MergePlan) -> None:
        if all(file.result.value == "same" for file in plan.planned):
            self._show_idle(
                _("Nothing new in the watched folder. {counts}").format(counts=result_counts(plan))
            )
            self.arrivals.hand_out_files()
            return
        self._plan = plan
        self._show_plan(plan)
        if self.arrivals.merges_by_itself:
            self._apply(plan, self._on_arrivals_applied)
        elif not self.isVisible():
            words = _("New files in the watched folder. {counts}").format(counts=result_counts(plan))
            self.context.noticed.emit(
                Notice(words, action=_("Look at them"), act=lambda: self.context.page_wanted.emit("merge"))
            )

    def _on_apply_clicked(self) -> None:
        if self._plan is not None:
            self._apply(
                self._plan.with_outside() if self.outside.isChecked() else self._plan, self._on_applied
            )

    def _apply(self, plan: MergePlan, done: Callable[[MergeReport], None]) -> None:
        workspace = self.context.workspace
        self._work(
            lambda job: workspace.packages.apply(plan, progress=job.task_progress),
            done,
            _("{done} of {total} files merged"),
        )

    def _on_applied(self, report: MergeReport) -> None:
        self._show_report(report)
        self.add.setFocus()
        self.arrivals.hand_out_files()

    def _on_arrivals_applied(self, report: MergeReport) -> None:
        """Whoever is typing goes on typing."""
        self._show_report(report)
        if not self.isVisible():
            self.context.say(
                _("Merged from the watched folder. {counts}").format(counts=result_counts(report))
            )
        self.arrivals.hand_out_files()

    def _show_report(self, report: MergeReport) -> None:
        self._plan = None
        self.model.show_files(report.files, is_done=True)
        self._show_idle(report_words(report))
        self._last_merge = report.operation
        self.undo_last.setVisible(bool(report.operation))
        self._follow_round()
        self._refresh()
        self.context.merged.emit()
        self.context.responses_changed.emit()

    def _follow_round(self) -> None:
        """Files of another round, and nothing in this one: the work is in theirs."""
        workspace = self.context.workspace
        filled = {row.round for row in workspace.response_list.all()}
        if filled and workspace.rounds.current().code not in filled:
            theirs = next((row for row in workspace.rounds.all() if row.code in filled), None)
            if theirs is not None:
                self.round.choose(theirs)

    def _work(self, work: Callable[[Job], T], done: Callable[[T], None], words: str) -> None:
        for each in (self.apply, self.discard, self.undo_last, self.outside, self.name_device):
            each.hide()
        self.add.setEnabled(False)
        self.drop.setEnabled(False)
        self._bar.begin()
        self.stop.show()
        self._words.setText("")
        job = self._job = self.context.runner.run(self, work, done)
        job.progressed.connect(lambda at, total: self._on_progressed(at, total, words))
        job.ended.connect(self._on_ended)

    def _on_progressed(self, done: int, total: int, words: str) -> None:
        self._words.setText(self._bar.advance(done, total, words))

    def _on_ended(self) -> None:
        self._job = None
        self.add.setEnabled(True)
        self.drop.setEnabled(True)
        self._bar.hide()
        self.stop.hide()
        self._words.setText("")

    def _show_idle(self, words: str) -> None:
        self._words.setText(words)
        for each in (
            self.apply,
            self.discard,
            self.undo_last,
            self.stop,
            self._bar,
            self.outside,
            self.name_device,
        ):
            each.hide()
        self.outside.setChecked(False)

    def _on_discard_clicked(self) -> None:
        self._plan = None
        self.model.show_files((), is_done=False)
        self._show_idle(_("The plan was put aside. Nothing was changed."))
        self.add.setFocus()
        self.arrivals.hand_out_files()

    def _on_stop_clicked(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _on_add_clicked(self) -> None:
        kinds = "*.iscm *.pdf *.eml *.msg *.zip *.iscm.age"
        filters = _("Answers, mails and archives") + f" ({kinds});;" + _("All files") + " (*)"
        self.plan(self.context.files.open_files(self, _("Add files"), filters))

    def _on_selected(self) -> None:
        file = self.model.file(self.table.currentIndex().row())
        self.name_device.setVisible(bool(file and file.signer_key) and self._job is None)

    def _on_name_clicked(self) -> None:
        from ui.rounds.device_name_dialog import DeviceNameDialog

        file = self.model.file(self.table.currentIndex().row())
        if file is not None and file.signer_key:
            dialog = DeviceNameDialog(self.context, file.signer_key, file.signer, file.respondent_name, self)
            dialog.accepted.connect(lambda: self.context.say(_("The device is known from now on.")))
            dialog.open()

    def _take_back(self, operation: str) -> None:
        workspace = self.context.workspace
        words = _("The merge was taken back. Nothing is lost: it can be put in again.")
        self._work(
            lambda _job: workspace.operations.take_back(operation), lambda _nothing: self._after(words), ""
        )

    def _put_back(self, operation: str) -> None:
        workspace = self.context.workspace
        words = _("The merge is in again.")
        self._work(
            lambda _job: workspace.operations.put_back(operation), lambda _nothing: self._after(words), ""
        )

    def _after(self, words: str) -> None:
        self.model.show_files((), is_done=False)
        self._show_idle(words)
        self._refresh()
        self.context.merged.emit()
        self.context.responses_changed.emit()

    def _refresh(self) -> None:
        """Conflicts may be many, and lie anywhere among ten thousand responses: looked up on the worker."""
        workspace = self.context.workspace
        self.context.runner.run(self, lambda _job: read_overview(workspace), self._show)

    def _show(self, found: MergeOverview) -> None:
        self.conflicts.show_conflicts(found.conflicts)
        self.rules.show_suggestions(found.suggestions)
        self.operations.show_operations(found.operations)
        self.questions.show_queries(found.queries)
        self.round.refresh()
        count = len(found.conflicts)
        words = ngettext("{count} conflict to settle", "{count} conflicts to settle", count)
        self.status_changed.emit(words.format(count=count) if count else _("No conflicts"))

    def _settle_by_rule(self, rule: str) -> None:
        workspace = self.context.workspace
        self._work(lambda _job: workspace.settlement_rules.apply(rule), self._on_settled, "")

    def _on_settled(self, done: RuleOutcome) -> None:
        words = ngettext("{count} conflict settled.", "{count} conflicts settled.", done.conflicts)
        self.context.noticed.emit(
            Notice(
                words.format(count=done.conflicts),
                action=_("Take back"),
                act=lambda: self._take_back(done.operation),
            )
        )
        self._show_idle("")
        self._refresh()
        self.context.merged.emit()
        self.context.responses_changed.emit()

    def _on_resolved(self) -> None:
        self._refresh()
        self.context.merged.emit()
        self.context.responses_changed.emit()

    def _connect(self) -> None:
        self._last_merge = ""
        self.drop.dropped.connect(self.plan)
        self.add.clicked.connect(self._on_add_clicked)
        self.apply.clicked.connect(self._on_apply_clicked)
        self.discard.clicked.connect(self._on_discard_clicked)
        self.stop.clicked.connect(self._on_stop_clicked)
        self.name_device.clicked.connect(self._on_name_clicked)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.model.modelReset.connect(self.name_device.hide)
        self.undo_last.clicked.connect(lambda: self._take_back(self._last_merge))
        self.operations.take_back_wanted.connect(self._take_back)
        self.operations.put_back_wanted.connect(self._put_back)
        self.conflicts.resolved.connect(self._on_resolved)
        self.conflicts.asked.connect(self._refresh)
        self.rules.rule_wanted.connect(self._settle_by_rule)
        self.arrivals.ready.connect(lambda files: self._plan_then(files, self._on_arrivals_planned))
        for keys, act in (
            ("Ctrl+PgDown", lambda: self.conflicts.step(1)),
            ("Ctrl+PgUp", lambda: self.conflicts.step(-1)),
            ("Ctrl+Return", self.conflicts.settle),
        ):
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        px = self.context.theme.px
        head = QHBoxLayout()
        head.setSpacing(px(12))
        fill(
            head,
            text_label(_("Merge"), "title", self, wraps=False),
            self.round,
            STRETCH,
            self.arrivals.begin,
            self.add,
        )
        state = QHBoxLayout()
        state.addWidget(self._words, 1)
        for each in (self.name_device, self.stop, self.undo_last, self.discard, self.apply):
            state.addWidget(each)
        left = QVBoxLayout()
        left.setSpacing(px(10))
        fill(left, self.drop, self.arrivals.line, self._bar, state, self.outside)
        left.addWidget(self.table, 1)
        left.addStretch(0)
        self.table.hide()
        self.model.modelReset.connect(lambda: self.table.setVisible(self.model.rowCount() > 0))
        columns = self._columns = QHBoxLayout()
        columns.setSpacing(px(16))
        columns.addLayout(left, 11)
        columns.addWidget(self._side(), 9)
        column = padded_column(self, px, (24, 16, 24, 16), gap=12)
        column.addLayout(head)
        column.addLayout(columns, 1)

    def _side(self) -> ScrollPane:
        px = self.context.theme.px
        side = QWidget(self)
        side.setProperty("role", "canvas")
        column = padded_column(side, px, (0, 0, 4, 0), gap=14)
        fill(column, self.conflicts, self.questions, self.rules, self.operations, STRETCH)
        return ScrollPane(self, side)
