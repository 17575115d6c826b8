"""A round: who is asked, invitations to them, and the keys behind these."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from iscm_desktop.i18n import _, ngettext
from ui.page.job_runner import Job
from ui.page.notices import written_notice
from ui.page.page_context import PageContext
from ui.page.window_page import WindowPage
from ui.phrases.written_files import whole_path
from ui.rounds.respondents_table import RespondentsModel, RespondentsTable
from ui.rounds.round_button import RoundButton
from ui.widgets.empty_card import EmptyCard
from ui.widgets.flow_layout import FlowLayout, flow_row
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import STRETCH, padded_column

if TYPE_CHECKING:
    from iscm_desktop.workspace.rounds.invitation_service import IssuedFile
    from iscm_desktop.workspace.row_types import RespondentRow


class RoundsPage(WindowPage):
    """A table, or words on what to do while nobody is asked."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._job: Job | None = None
        self.model = RespondentsModel(self)
        self.table = RespondentsTable(self.model, context.theme, self)
        self.round = RoundButton(context, self)
        self.add = button(_("&Add respondents…"), self, name="add-respondents")
        self.take_list = button(_("From a &list…"), self, name="take-list")
        self.anybody = button(_("For any&body…"), self, name="invite-anybody")
        self.keys = button(_("&Keys and devices…"), self, name="keys")
        self.remind = button(_("Remi&nders…"), self, name="reminders")
        self.issue = button("", self, "primary", name="issue")
        self.again = button(_("Invite a&gain…"), self, "link", name="invite-again")
        self.remove = button(_("Take &out of the round"), self, "link", name="remove-respondents")
        self.stop = button(_("S&top"), self, "link", name="stop")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._words = text_label("", "muted", self)
        self._content = QStackedWidget(self)
        self._empty = self._empty_card()
        self._content.addWidget(self.table)
        self._content.addWidget(self._empty)
        self._lay_out()
        self._connect()
        self._show_idle("")
        self.round.refresh()
        self._enable()

    @property
    def topic(self) -> str:
        return "08-rounds-and-invitations"

    @property
    def heading(self) -> str:
        return _("Rounds")

    @property
    def words(self) -> str:
        """What the page says about the work at hand, or its result."""
        return self._words.text()

    def arrive(self) -> None:
        self.refresh()
        (self.table if self.model.rows else self.add).setFocus()

    def panes(self) -> list[QWidget]:
        return [self.add, self.table]

    def refresh(self) -> None:
        """Reads the rows as soon as no long work uses the store."""
        self.context.runner.when_idle(self._read)

    def waiting(self) -> tuple[RespondentRow, ...]:
        """Who is asked and has no invitation yet."""
        return tuple(row for row in self.model.rows if row.is_asked and row.invited_at is None)

    def _read(self) -> None:
        self.round.refresh()
        workspace = self.context.workspace
        rows = workspace.respondents.all_of()
        self.model.reminded = workspace.reminders.history(rows[0].round) if rows else {}
        self.model.show_rows(rows)
        self._content.setCurrentWidget(self.table if rows else self._empty)
        here = sum(row.response is not None for row in rows)
        words = _("{count} asked · {invited} invited · answers of {here}")
        asked, invited = sum(row.is_asked for row in rows), sum(row.invited_at is not None for row in rows)
        self.status_changed.emit(words.format(count=asked, invited=invited, here=here))
        self._enable()

    def _enable(self, *_changed: QItemSelection) -> None:
        count, is_idle = len(self.waiting()), self._job is None
        words = ngettext("&Issue {count} invitation…", "&Issue {count} invitations…", count)
        self.issue.setText(words.format(count=count) if count else _("&Issue invitations…"))
        self.issue.setEnabled(bool(count) and is_idle)
        chosen = self._chosen()
        self.again.setVisible(bool(chosen) and is_idle)
        self.remove.setVisible(any(row.is_asked for row in chosen) and is_idle)
        for each in (self.add, self.take_list, self.anybody, self.keys):
            each.setEnabled(is_idle)
        self.remind.setEnabled(is_idle and bool(self.model.rows))

    def _chosen(self) -> tuple[RespondentRow, ...]:
        return tuple(self.model.rows[at] for at in self.table.chosen())

    def _on_add_clicked(self) -> None:
        from ui.rounds.add_respondents_dialog import AddRespondentsDialog

        dialog = AddRespondentsDialog(self.context, self)
        dialog.added.connect(self._read)
        dialog.open()

    def _on_list_clicked(self) -> None:
        files = self.context.files.open_files(self, _("List of respondents"), _("Tables") + " (*.csv)")
        if files:
            self.take_list_of(files[0])

    def take_list_of(self, file: Path) -> None:
        """Asks those in a list in this round."""
        workspace = self.context.workspace
        rows = workspace.respondents.read_table(None, file, workspace.invitations.form_ids())
        workspace.respondents.add_listed(rows)
        self._read()
        words = ngettext(
            "{count} respondent taken from the list.", "{count} respondents taken from the list.", len(rows)
        )
        self._words.setText(words.format(count=len(rows)))

    def _on_issue_clicked(self) -> None:
        self._issue(self.waiting())

    def _on_again_clicked(self) -> None:
        self._issue(self._chosen())

    def _issue(self, rows: tuple[RespondentRow, ...]) -> None:
        folder = self.context.files.folder(self, _("Where do the invitations go?"), Path.home())
        if folder is None or not rows:
            return
        invitations = self.context.workspace.invitations
        job = self._job = self.context.runner.run(
            self,
            lambda job: invitations.issue(rows, folder, job.task_progress),
            lambda made: self._on_issued(made, folder),
        )
        self._bar.setRange(0, len(rows))
        self._bar.show()
        self.stop.show()
        self._enable()
        job.progressed.connect(self._on_progressed)
        job.ended.connect(self._on_ended)

    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.setValue(done)
        self._words.setText(_("{done} of {total} invitations written").format(done=done, total=total))

    def _on_ended(self) -> None:
        self._job = None
        self._show_idle("")
        self._enable()

    def _on_issued(self, made: tuple[IssuedFile, ...], folder: Path) -> None:
        words = ngettext(
            "{count} invitation written, with invitations.csv for a mail merge.",
            "{count} invitations written, with invitations.csv for a mail merge.",
            len(made),
        )
        self.context.noticed.emit(written_notice(words.format(count=len(made)), folder))
        self._read()

    def _on_anybody_clicked(self) -> None:
        proposed = Path.home() / f"{self.context.workspace.rounds.proposed().code}.iscminvite"
        target = self.context.files.save_file(self, _("Invitation for anybody"), proposed, "*.iscminvite")
        if target is not None:
            made = self.context.workspace.invitations.issue_open(None, (), "en", target)
            words = _("Written: {file}. Whoever opens it says for whom they answer.")
            self.context.noticed.emit(written_notice(words.format(file=whole_path(made.path)), made.path))

    def _on_remove_clicked(self) -> None:
        for row in self._chosen():
            self.context.workspace.respondents.ask_no_more(row.round, row.form_id, row.respondent)
        self._read()

    def _on_keys_clicked(self) -> None:
        from ui.rounds.keys_dialog import KeysDialog

        KeysDialog(self.context, self).open()

    def _on_remind_clicked(self) -> None:
        from ui.reminders.reminders_dialog import open_reminders

        open_reminders(self.context, self).written.connect(self.refresh)

    def _on_stop_clicked(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _show_idle(self, words: str) -> None:
        self._words.setText(words)
        self._bar.hide()
        self.stop.hide()

    def _connect(self) -> None:
        self.add.clicked.connect(self._on_add_clicked)
        self.take_list.clicked.connect(self._on_list_clicked)
        self.anybody.clicked.connect(self._on_anybody_clicked)
        self.keys.clicked.connect(self._on_keys_clicked)
        self.remind.clicked.connect(self._on_remind_clicked)
        self.issue.clicked.connect(self._on_issue_clicked)
        self.again.clicked.connect(self._on_again_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)
        self.stop.clicked.connect(self._on_stop_clicked)
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.context.round_changed.connect(self.refresh)
        self.context.responses_changed.connect(self.refresh)

    def _empty_card(self) -> QWidget:
        return EmptyCard(
            self.context.theme,
            self,
            _("Nobody is asked in this round yet"),
            _("Add respondents takes mechanisms, States and organizations from the registers."),
            _(
                "From a list reads a table (CSV) with the columns questionnaire, respondent, language, contact."
            ),
            _("Then issue one invitation for each: answers come back signed, and encrypted for you alone."),
        )

    def _lay_out(self) -> None:
        px = self.context.theme.px
        title = text_label(_("Rounds"), "title", self, wraps=False)
        head = flow_row(px(12), title, self.round, STRETCH, self.issue)
        actions = FlowLayout()
        for each in (self.add, self.take_list, self.anybody, self.keys, self.remind):
            actions.addWidget(each)
        acts = flow_row(px(12), STRETCH, self.stop, self.again, self.remove)
        column = padded_column(self, px, (24, 16, 24, 14), gap=10)
        column.addLayout(head)
        column.addLayout(actions)
        column.addWidget(self._content, 1)
        column.addWidget(self._bar)
        column.addWidget(self._words)
        column.addLayout(acts)
