"""Merging: files come in, a plan says what they would change, then it is applied; conflicts at the side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.followed_round import follow_answers
from iscm_desktop.presenters.merge_presenter import (
    MergePresenter,
    incoming_words,
    merged_incoming_words,
    settled_words,
)
from iscm_desktop.presenters.merge_view import IncomingStep, MergeAction
from ui.colleagues.sent_queries_card import SentQueriesCard
from ui.merge.conflict_card import ConflictCard
from ui.merge.incoming_files import IncomingFiles
from ui.merge.merge_overview import MergeOverview, read_overview
from ui.merge.merge_pane import MergePane
from ui.merge.operations_card import OperationsCard
from ui.merge.practice_files_line import PracticeFilesLine
from ui.merge.rules_card import RulesCard
from ui.page.job_runner import Job
from ui.page.notices import Notice
from ui.page.page_context import PageContext
from ui.page.window_page import WindowPage
from ui.rounds.round_button import RoundButton
from ui.widgets.connections import on_press
from ui.widgets.flow_layout import flow_row
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import STRETCH, fill, padded_column
from ui.widgets.scroll_pane import ScrollPane

if TYPE_CHECKING:
    from iscm_desktop.presenters.merge_presenter import MergePlan, MergeReport
    from iscm_desktop.workspace.conflicts.settlement_rule_service import RuleOutcome

T = TypeVar("T")


class MergePage(WindowPage):
    """Nothing changes before Apply."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.presenter = MergePresenter()
        self._job: Job | None = None
        self.incoming = IncomingFiles(context, self)
        self.samples = PracticeFilesLine(context, self)
        self.pane = MergePane(self.incoming.line, self.samples, context.theme, self)
        self.conflicts = ConflictCard(context, self)
        self.rules = RulesCard(context, self)
        self.operations = OperationsCard(context, self)
        self.questions = SentQueriesCard(context, self)
        self.round = RoundButton(context, self)
        self.add = button(_("&Add files…"), self, "primary", name="add-files")
        self._lay_out()
        self._connect()
        self._draw()

    @property
    def topic(self) -> str:
        return "04-merging"

    @property
    def heading(self) -> str:
        return _("Merge")

    @property
    def words(self) -> str:
        """What the page says about the plan, the work at hand, or the result."""
        return self.pane.words

    def arrive(self) -> None:
        self._refresh()
        self.add.setFocus()

    def panes(self) -> list[QWidget]:
        return [self.add, self.pane.table, self.conflicts, self.rules, self.operations]

    def show_narrow(self, is_narrow: bool) -> None:
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def plan(self, paths: list[Path]) -> None:
        """Looks at the files; changes nothing."""
        if paths:
            self._plan_then(paths, self._on_planned)

    def _plan_then(self, paths: Sequence[Path], done: Callable[[MergePlan], None]) -> None:
        workspace = self.context.workspace
        self.presenter.begin_looking()
        self._work(lambda job: workspace.packages.plan(paths, progress=job.task_progress), done)

    def _on_planned(self, plan: MergePlan) -> None:
        self.presenter.show_plan(plan)
        self._draw()
        (self.pane.apply if self.presenter.view.allows(MergeAction.APPLY) else self.add).setFocus()

    def _on_incoming_planned(self, plan: MergePlan) -> None:
        step = self.presenter.show_incoming(
            plan, merges_by_itself=self.incoming.merges_by_itself, is_in_view=self.isVisible()
        )
        self._draw()
        match step:
            case IncomingStep.NEXT:
                self._plan_incoming()
            case IncomingStep.MERGE:
                self._apply(self._on_incoming_applied)
            case IncomingStep.ANNOUNCE:
                self.context.noticed.emit(
                    Notice(incoming_words(plan), action=_("Look at them"), act=self._show_itself)
                )
            case IncomingStep.SHOW:
                pass

    def _show_itself(self) -> None:
        self.context.page_wanted.emit("merge")

    def _apply(self, done: Callable[[MergeReport], None], *, takes_outside: bool = False) -> None:
        workspace = self.context.workspace
        plan = self.presenter.begin_merging(takes_outside=takes_outside)
        self._work(lambda job: workspace.packages.apply(plan, progress=job.task_progress), done)

    def _on_applied(self, report: MergeReport) -> None:
        self._show_report(report)
        self.add.setFocus()
        self._plan_incoming()

    def _on_incoming_applied(self, report: MergeReport) -> None:
        """Whoever is typing goes on typing."""
        self._show_report(report)
        if not self.isVisible():
            self.context.say(merged_incoming_words(report))
        self._plan_incoming()

    def _show_report(self, report: MergeReport) -> None:
        self.presenter.show_report(report)
        self._draw()
        if follow_answers(self.context.workspace, report) is not None:
            self.context.round_changed.emit()
        self._announce_change()

    def _plan_incoming(self) -> None:
        """The next pile of the watched folder, once nobody is busy with another."""
        files = self.presenter.next_incoming()
        if files:
            self._plan_then(files, self._on_incoming_planned)

    def _on_arrived(self, files: list[Path]) -> None:
        self.presenter.add_incoming(files)
        self._plan_incoming()

    def _work(self, work: Callable[[Job], T], done: Callable[[T], None]) -> None:
        """The presenter has been told what begins."""
        self._draw()
        job = self._job = self.context.runner.run(self, work, done)
        job.progressed.connect(self.pane.advance)
        job.ended.connect(self._on_ended)  # before its result is told

    def _on_ended(self) -> None:
        self._job = None
        self.presenter.end_work()
        self._draw()

    def _draw(self) -> None:
        view = self.presenter.view
        self.pane.show_view(view)
        self.add.setEnabled(view.allows(MergeAction.ADD))

    def _on_agreed(self, is_agreed: bool) -> None:
        self.presenter.agree(is_agreed=is_agreed)
        self._draw()

    def _on_discard_clicked(self) -> None:
        self.presenter.discard_plan()
        self._draw()
        self.add.setFocus()
        self._plan_incoming()

    def _on_stop_clicked(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _on_add_clicked(self) -> None:
        kinds = "*.iscm *.pdf *.eml *.msg *.zip *.iscm.age *.emlx *.mbox *.p7m winmail.dat"
        filters = _("Answers, mails and archives") + f" ({kinds});;" + _("All files") + " (*)"
        self.plan(self.context.files.open_files(self, _("Add files"), filters))

    def _on_chosen(self, row: int) -> None:
        self.presenter.choose_file(row)
        self._draw()

    def _on_name_clicked(self) -> None:
        from ui.rounds.device_name_dialog import DeviceNameDialog, DeviceToName

        file = self.presenter.choose_file(self.pane.table.currentIndex().row())
        if file is not None and file.signer_key:
            device = DeviceToName(
                file.signer_key, file.signer, file.form_id, file.respondent, file.respondent_name
            )
            dialog = DeviceNameDialog(self.context, device, self)
            dialog.accepted.connect(self._on_device_named)
            dialog.open()

    def _on_device_named(self) -> None:
        self.context.say(_("The device is known from now on."))

    def _on_apply_clicked(self) -> None:
        self._apply(self._on_applied, takes_outside=self.pane.outside.isChecked())

    def _on_go_on_clicked(self) -> None:
        self._apply(self._on_applied)

    def _on_undo_clicked(self) -> None:
        self._ask_to_take_back(self.presenter.view.operation)

    def _ask_to_take_back(self, operation: str) -> None:
        """Whoever takes back many answers at once is told first which."""
        from ui.merge.take_back_dialog import TakeBackDialog

        dialog = TakeBackDialog(self.context.workspace.operations.row(operation), self.context.theme, self)
        dialog.agreed.connect(self._take_back)
        dialog.open()

    def _take_back(self, operation: str) -> None:
        workspace = self.context.workspace
        self._change(lambda _job: workspace.operations.take_back(operation), self.presenter.show_taken_back)

    def _put_back(self, operation: str) -> None:
        workspace = self.context.workspace
        self._change(lambda _job: workspace.operations.put_back(operation), self.presenter.show_put_back)

    def _change(self, work: Callable[[Job], object], tell: Callable[[], None]) -> None:
        def done(_result: object) -> None:
            tell()
            self._draw()
            self._announce_change()

        self.presenter.begin_change()
        self._work(work, done)

    def _announce_change(self) -> None:
        """Answers came in, were taken back or settled."""
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
        self.presenter.begin_change()
        self._work(lambda _job: workspace.settlement_rules.apply(rule), self._on_settled)

    def _on_settled(self, done: RuleOutcome) -> None:
        words = settled_words(done.conflicts)
        self.context.noticed.emit(
            Notice(words, action=_("Take back"), act=lambda: self._take_back(done.operation))
        )
        self._announce_change()

    def _connect(self) -> None:
        pane = self.pane
        pane.drop.dropped.connect(self.plan)
        pane.apply.clicked.connect(self._on_apply_clicked)
        pane.agree.toggled.connect(self._on_agreed)
        pane.go_on.clicked.connect(self._on_go_on_clicked)
        pane.discard.clicked.connect(self._on_discard_clicked)
        pane.stop.clicked.connect(self._on_stop_clicked)
        pane.name_device.clicked.connect(self._on_name_clicked)
        pane.undo_last.clicked.connect(self._on_undo_clicked)
        pane.chosen.connect(self._on_chosen)
        self.add.clicked.connect(self._on_add_clicked)
        self.samples.wanted.connect(self.plan)
        self.operations.take_back_wanted.connect(self._ask_to_take_back)
        self.operations.put_back_wanted.connect(self._put_back)
        self.conflicts.resolved.connect(self._announce_change)
        self.conflicts.asked.connect(self._refresh)
        self.rules.rule_wanted.connect(self._settle_by_rule)
        self.incoming.watched.connect(self.presenter.forget_incoming)
        self.incoming.arrived.connect(self._on_arrived)
        on_press(self._key("Ctrl+PgDown"), self.conflicts.step, 1)
        on_press(self._key("Ctrl+PgUp"), self.conflicts.step, -1)
        self._key("Ctrl+Return").activated.connect(self.conflicts.settle)

    def _key(self, keys: str) -> QShortcut:
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        return QShortcut(QKeySequence(keys), self, context=inside)

    def _lay_out(self) -> None:
        px = self.context.theme.px
        title = text_label(_("Merge"), "title", self, wraps=False)
        head = flow_row(px(12), title, self.round, STRETCH, self.incoming.begin, self.add)
        columns = self._columns = QHBoxLayout()
        columns.setSpacing(px(16))
        columns.addWidget(ScrollPane(self, self.pane, goes_sideways=False), 11)
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
