"""A round: who is asked, invitations to them, and the keys behind these."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from iscm_desktop.i18n import _, ngettext
from ui.desk import Desk
from ui.page import Page
from ui.rounds.button import RoundButton
from ui.rounds.rows import RespondentsModel
from ui.rounds.table import RespondentsTable
from ui.runner import Job
from ui.show_in_folder import written
from ui.widgets.card import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import button, text_label

if TYPE_CHECKING:
    from iscm_desktop.store.rows import RespondentRow
    from iscm_desktop.workspace.rounds.invitation_service import IssuedFile


class RoundsPage(Page):
    """A table, or words on what to do while nobody is asked."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self._job: Job | None = None
        self.model = RespondentsModel(self)
        self.table = RespondentsTable(self.model, desk.theme, self)
        self.round = RoundButton(desk, self)
        self.add = button(_("&Add respondents…"), self, name="add-respondents")
        self.take_list = button(_("From a &list…"), self, name="take-list")
        self.anybody = button(_("For any&body…"), self, name="invite-anybody")
        self.keys = button(_("&Keys and devices…"), self, name="keys")
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
    def heading(self) -> str:
        return _("Rounds")

    @property
    def words(self) -> str:
        return self._words.text()

    def arrive(self) -> None:
        self.refresh()
        (self.table if self.model.rows else self.add).setFocus()

    def panes(self) -> list[QWidget]:
        return [self.add, self.table]

    def refresh(self) -> None:
        """Reads the rows as soon as no long work uses the store."""
        self.desk.runner.when_idle(self._read)

    def waiting(self) -> tuple[RespondentRow, ...]:
        """Who is asked and has no invitation yet."""
        return tuple(row for row in self.model.rows if row.invited_at is None)

    def _read(self) -> None:
        self.round.refresh()
        rows = self.desk.workspace.respondents.of(None)
        self.model.show_rows(rows)
        self._content.setCurrentWidget(self.table if rows else self._empty)
        here = sum(row.response is not None for row in rows)
        words = _("{count} asked · {invited} invited · answers of {here}")
        invited = len(rows) - len(self.waiting())
        self.status_changed.emit(words.format(count=len(rows), invited=invited, here=here))
        self._enable()

    def _enable(self, *_changed: QItemSelection) -> None:
        count, is_idle = len(self.waiting()), self._job is None
        words = ngettext("&Issue {count} invitation…", "&Issue {count} invitations…", count)
        self.issue.setText(words.format(count=count) if count else _("&Issue invitations…"))
        self.issue.setEnabled(bool(count) and is_idle)
        chosen = bool(self.table.chosen())
        self.again.setVisible(chosen and is_idle)
        self.remove.setVisible(chosen and is_idle)
        for each in (self.add, self.take_list, self.anybody, self.keys):
            each.setEnabled(is_idle)

    def _chosen(self) -> tuple[RespondentRow, ...]:
        return tuple(self.model.rows[at] for at in self.table.chosen())

    def _on_add_clicked(self) -> None:
        from ui.rounds.respondents import AddRespondentsDialog

        dialog = AddRespondentsDialog(self.desk, self)
        dialog.added.connect(self._read)
        dialog.open()

    def _on_list_clicked(self) -> None:
        from iscm_desktop.exchange.trust.respondent_list import read_list

        files = self.desk.files.open_files(self, _("List of respondents"), _("Tables") + " (*.csv)")
        if files:
            workspace = self.desk.workspace
            listed = read_list(files[0], workspace.invitations.form_ids())
            rows = workspace.respondents.read_listed(None, listed)
            workspace.respondents.add_listed(rows)
            self._read()
            words = ngettext(
                "{count} respondent taken from the list.",
                "{count} respondents taken from the list.",
                len(rows),
            )
            self._words.setText(words.format(count=len(rows)))

    def _on_issue(self, rows: tuple[RespondentRow, ...]) -> None:
        folder = self.desk.files.folder(self, _("Where do the invitations go?"), Path.home())
        if folder is None or not rows:
            return
        invitations = self.desk.workspace.invitations
        job = self._job = self.desk.runner.run(
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
        self.desk.noticed.emit(written(words.format(count=len(made)), folder))
        self._read()

    def _on_anybody_clicked(self) -> None:
        proposed = Path.home() / f"{self.desk.workspace.rounds.current().code}.iscminvite"
        target = self.desk.files.save_file(self, _("Invitation for anybody"), proposed, "*.iscminvite")
        if target is not None:
            made = self.desk.workspace.invitations.issue_open(None, (), "en", target)
            words = _("Written: {file}. Whoever opens it says for whom they answer.")
            self.desk.noticed.emit(written(words.format(file=made.path.name), made.path))

    def _on_remove_clicked(self) -> None:
        for row in self._chosen():
            self.desk.workspace.respondents.ask_no_more(row.round, row.form_id, row.respondent)
        self._read()

    def _on_keys_clicked(self) -> None:
        from ui.rounds.keys import KeysDialog

        KeysDialog(self.desk, self).open()

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
        self.issue.clicked.connect(lambda: self._on_issue(self.waiting()))
        self.again.clicked.connect(lambda: self._on_issue(self._chosen()))
        self.remove.clicked.connect(self._on_remove_clicked)
        self.stop.clicked.connect(self._on_stop_clicked)
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.desk.round_changed.connect(self.refresh)
        self.desk.responses_changed.connect(self.refresh)

    def _empty_card(self) -> QWidget:
        ground = QWidget(self)
        card = Card(self.desk.theme, ground)
        card.column.addWidget(text_label(_("Nobody is asked in this round yet"), "heading", card))
        for line in (
            _("Add respondents takes mechanisms, States and organizations from the registers."),
            _(
                "From a list reads a table (CSV) with the columns questionnaire, respondent, language, contact."
            ),
            _("Then issue one invitation for each: answers come back signed, and encrypted for you alone."),
        ):
            card.column.addWidget(text_label(line, "", card))
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        return ground

    def _lay_out(self) -> None:
        px = self.desk.theme.px
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(text_label(_("Rounds"), "title", self, wraps=False))
        head.addWidget(self.round)
        head.addStretch(1)
        head.addWidget(self.issue)
        actions = FlowLayout()
        for each in (self.add, self.take_list, self.anybody, self.keys):
            actions.addWidget(each)
        state = QHBoxLayout()
        state.addWidget(self._words, 1)
        for each in (self.stop, self.again, self.remove):
            state.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(16), px(24), px(14))
        column.setSpacing(px(10))
        column.addLayout(head)
        column.addLayout(actions)
        column.addWidget(self._content, 1)
        column.addWidget(self._bar)
        column.addLayout(state)
