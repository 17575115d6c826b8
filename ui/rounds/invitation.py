"""An invitation that somebody received: what it says, and the start of the response."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from iscm_desktop.i18n import _, shown_date
from ui.desk import Desk
from ui.form.answers.choose_one import SearchBox
from ui.questionnaires.new_dialog import respondents
from ui.widgets.labels import text_label

if TYPE_CHECKING:
    from iscm_desktop.workspace.rounds.received_invitation_service import InvitationView

SUFFIX = ".iscminvite"


def invitations_in(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """Invitations, and everything else."""
    found = [path for path in paths if path.name.lower().endswith(SUFFIX)]
    return found, [path for path in paths if path not in found]


class InvitationDialog(QDialog):
    """Signals:
    made(response id): the response is in the store.
    """

    made = Signal(str)

    def __init__(self, file: Path, view: InvitationView, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._file, self._view, self._desk = file, view, desk
        self.setWindowTitle(_("Invitation"))
        self.form = QComboBox(self)
        for form_id, title in view.forms:
            self.form.addItem(title, form_id)
        self.form.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.form.setMinimumContentsLength(20)
        self.respondent = SearchBox(self)
        self._codes: dict[str, str] = {}
        self.buttons = QDialogButtonBox(self)
        self.start = QPushButton(_("&Start"), self)
        self.start.setProperty("role", "primary")
        self.start.setDefault(True)
        self.buttons.addButton(self.start, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out()
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        self.form.currentIndexChanged.connect(self._show_respondents)
        self.respondent.editTextChanged.connect(self._enable)
        self._show_respondents()

    def _show_respondents(self) -> None:
        if self._view.is_open:
            known = respondents(str(self.form.currentData()), "en")
            self._codes = {name.casefold(): code for code, name in known}
            self.respondent.show_labels([name for _code, name in known])
            self.respondent.setEditText("")
        self._enable()

    def _code(self) -> str:
        return self._codes.get(self.respondent.currentText().strip().casefold(), "")

    def _enable(self) -> None:
        self.start.setEnabled(not self._view.is_open or bool(self._code()))

    def _on_accepted(self) -> None:
        form_id = str(self.form.currentData())
        response = self._desk.workspace.received_invitations.open_response(
            self._file, form_id, self._code(), ""
        )
        self.accept()
        self.made.emit(response)

    def _facts(self) -> list[tuple[str, str]]:
        view = self._view
        issuer = ", ".join(filter(None, (view.issuer, view.issuer_organization))) or _("not named")
        due = [(_("Due on"), shown_date(view.due_on))] if view.due_on else []
        who = (
            []
            if view.is_open
            else [(_("You answer for"), view.respondent_name), (_("Questionnaire"), view.forms[0][1])]
        )
        return [(_("Round"), view.round), *due, *who, (_("Invited by"), issuer), (_("Key"), view.fingerprint)]

    def _lay_out(self) -> None:
        px = self._desk.theme.px
        rows = QFormLayout()
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, words in self._facts():
            shown = text_label(words, "strong", self)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            rows.addRow(text_label(name, "muted", self, wraps=False), shown)
        if self._view.is_open:
            rows.addRow(_("&Questionnaire"), self.form)
            rows.addRow(_("You answer &for"), self.respondent)
            self.respondent.line.setPlaceholderText(_("Type a part of the name"))
        else:
            self.form.hide()
            self.respondent.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(18), px(22), px(18))
        column.setSpacing(px(10))
        column.addWidget(text_label(_("You are invited"), "heading", self))
        column.addLayout(rows)
        column.addWidget(text_label(self._about_key(), "muted", self))
        column.addStretch(1)
        column.addWidget(self.buttons)
        self.resize(px(540), px(400))

    def _about_key(self) -> str:
        if self._view.is_issuer_known:
            return _(
                "You have opened an invitation with this key before. Your answers are encrypted for this coordinator."
            )
        return _(
            "Your answers can be encrypted for this coordinator. If you are not sure who sent the invitation, "
            "compare the key by telephone."
        )


def open_invitation(file: Path, desk: Desk, parent: QWidget) -> None:
    """Shows an invitation; once started, the response is opened."""
    dialog = InvitationDialog(file, desk.workspace.received_invitations.look_at(file), desk, parent)

    def go_on(response: str) -> None:
        desk.round_changed.emit()
        desk.responses_changed.emit()
        desk.response_wanted.emit(response, "")

    dialog.made.connect(go_on)
    dialog.open()
