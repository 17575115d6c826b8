"""The first page: every response on this computer, a new one, or a file that somebody sent."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import N_, _, ngettext
from ui.page.page_context import PageContext
from ui.page.window_page import WindowPage
from ui.questionnaires.responses_model import ResponsesModel
from ui.questionnaires.responses_table import ResponsesTable
from ui.rounds.round_button import RoundButton
from ui.widgets.empty_card import EmptyCard
from ui.widgets.flow_layout import flow_row
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import STRETCH, bare_row, padded_column

_WORKS_ALONE = N_(
    "Works without a connection. Every change is saved on this computer at once; "
    "nothing is sent until you export a file and hand it over."
)


class QuestionnairesPage(WindowPage):
    """A table, or words on what to do while there is nothing in it."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._is_counting = False
        self.model = ResponsesModel(self)
        self.table = ResponsesTable(self.model, context.theme, self)
        self.round = RoundButton(context, self)
        self.invitation = button(_("Open &invitation…"), self, name="open-invitation")
        self.open = button(_("&Open file…"), self, name="open-file")
        self.new = button(_("&New questionnaire"), self, "primary", name="new-questionnaire")
        self.own = button(_("Questionnaires of &your own…"), self, "link", name="own-questionnaires")
        self.practise = button(_("Pr&actise…"), self, "link", name="practise")
        self.practise.setVisible(not context.workspace.is_practice)
        self._empty = self._empty_card()
        self._empty.hide()
        self._lay_out()
        self.table.wanted.connect(self._on_wanted)
        self.invitation.clicked.connect(self._on_invitation_clicked)
        self.open.clicked.connect(self._on_open_clicked)
        self.new.clicked.connect(self._on_new_clicked)
        self.own.clicked.connect(self._on_own_clicked)
        self.practise.clicked.connect(self._on_practise_clicked)
        context.responses_changed.connect(self.refresh)

    @property
    def heading(self) -> str:
        return _("Questionnaires")

    def arrive(self) -> None:
        self.refresh()
        (self.table if self.model.rowCount() else self.new).setFocus()

    def panes(self) -> list[QWidget]:
        return [self.table if self.model.rowCount() else self.new]

    def refresh(self) -> None:
        """Reads the rows as soon as no long work uses the store."""
        self.context.runner.when_idle(self._read)

    def _read(self) -> None:
        chosen = self.table.currentIndex().row()
        rows = self.context.workspace.response_list.all()
        if any(row.exported_at is not None for row in rows):
            self.model.show_endings(self.context.workspace.response_list.exported_endings())
        self.model.show_rows(rows)
        if rows:
            self.table.selectRow(max(0, min(chosen, len(rows) - 1)))
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self.round.refresh()
        if not all(row.is_counted for row in rows):
            self._count()
        count = ngettext(
            "{count} questionnaire on this computer", "{count} questionnaires on this computer", len(rows)
        )
        self.status_changed.emit(count.format(count=len(rows)))

    def _count(self) -> None:
        """After a merge nobody has counted yet how far the responses are; other work comes first."""
        if self._is_counting:
            return
        self._is_counting = True
        workspace = self.context.workspace
        job = self.context.runner.run(
            self,
            lambda job: workspace.responses.count_uncounted(progress=job.task_progress),
            lambda _nothing: QTimer.singleShot(0, self, self.refresh),  # behind what it gave way to
            is_in_background=True,
        )
        job.ended.connect(self._on_count_ended)

    def _on_count_ended(self) -> None:
        self._is_counting = False

    def _on_wanted(self, response_id: str) -> None:
        self.context.response_wanted.emit(response_id, "")

    def _on_new_clicked(self) -> None:
        from ui.questionnaires.new_questionnaire_dialog import NewQuestionnaireDialog

        dialog = NewQuestionnaireDialog(self.context, self)
        dialog.made.connect(self._on_made)
        dialog.open()

    def _on_made(self, response_id: str) -> None:
        self.context.responses_changed.emit()
        self.context.response_wanted.emit(response_id, "")

    def _on_practise_clicked(self) -> None:
        from ui.questionnaires.practice_start import open_practice

        open_practice(self.context, self.practise, self)

    def _on_own_clicked(self) -> None:
        from ui.questionnaires.own_questionnaires_dialog import OwnQuestionnairesDialog

        OwnQuestionnairesDialog(self.context, self).open()

    def _on_invitation_clicked(self) -> None:
        filters = _("Invitations") + " (*.iscminvite);;" + _("All files") + " (*)"
        self.context.files_wanted.emit(self.context.files.open_files(self, _("Open invitation"), filters)[:1])

    def _on_open_clicked(self) -> None:
        kinds = "*.iscm *.iscm.age *.iscminvite *.pdf *.eml *.msg *.zip *.xlsx *.xls *.xml"
        filters = _("Questionnaires of this program") + f" ({kinds});;" + _("All files") + " (*)"
        self.context.files_wanted.emit(self.context.files.open_files(self, _("Open file"), filters))

    def _empty_card(self) -> QWidget:
        card = EmptyCard(
            self.context.theme,
            self,
            _("No questionnaires yet"),
            _("Open invitation starts the questionnaire that a coordinator asks you to answer."),
            _("New questionnaire starts an empty one for a mechanism, a State or an organization."),
            _("Open file takes in a questionnaire that a colleague sent you. You can also drop it here."),
            _("Practise opens a round with sample answers in a window of its own, in which nothing counts."),
        )
        card.add_action(_("&Start a questionnaire"), "start-first").clicked.connect(self._on_new_clicked)
        return card

    def show_narrow(self, is_narrow: bool) -> None:
        """The list needs the height more than what the guide says, too."""
        self._alone.setVisible(not is_narrow)

    def _lay_out(self) -> None:
        px = self.context.theme.px
        title = text_label(_("Questionnaires"), "title", self, wraps=False)
        head = flow_row(px(12), title, self.round, STRETCH, self.invitation, self.open, self.new)
        column = padded_column(self, px, (24, 16, 24, 14), gap=12)
        column.addLayout(head)
        column.addWidget(self.table, 1000)  # as high as its rows, where there is room
        column.addWidget(self._empty, 1000)  # likewise
        foot = bare_row(None, px(12))
        self._alone = text_label(_(_WORKS_ALONE), "muted", self)
        foot.addWidget(self._alone, 1)
        foot.addStretch(0)
        foot.addWidget(self.practise)
        foot.addWidget(self.own)
        column.addLayout(foot)
        column.addStretch(1)
