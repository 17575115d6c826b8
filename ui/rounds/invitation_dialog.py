"""An invitation that somebody received: what it says, and the start of the response."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from iscm_desktop.i18n import _, shown_date
from iscm_desktop.machine_texts import fingerprint_text, machine_text
from iscm_desktop.presenters.respondent_choice import code_for_new_name, known_respondents, respondent_search
from iscm_desktop.text_limits import TypedText, limit_of
from ui.page.page_context import PageContext
from ui.widgets.form_dialog import FormDialog, form_rows, row_name
from ui.widgets.labels import align_leading, text_label
from ui.widgets.list_box import ListBox
from ui.widgets.search_box import SearchBox
from ui.widgets.wrapping_buttons import WrappingCheck

if TYPE_CHECKING:
    from iscm_desktop.workspace.rounds.received_invitation_service import InvitationView


class InvitationDialog(FormDialog):
    """Signals:
    made(response id): the response is in the store.
    """

    made = Signal(str)

    def __init__(self, file: Path, view: InvitationView, context: PageContext, parent: QWidget) -> None:
        super().__init__(_("Invitation"), context.theme, parent)
        self._file, self._view, self._context = file, view, context
        self.form = ListBox(self)
        for form_id, title in view.forms:
            self.form.addItem(title, form_id)
        self.form.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.form.setMinimumContentsLength(20)
        self.respondent = SearchBox(self)
        self.respondent.line.setMaxLength(limit_of(TypedText.RESPONDENT).most)
        self._codes: dict[str, str] = {}
        self.trusts = self._second_key()
        self.lay_out(
            _("You are invited"),
            self._rows(),
            text_label(self._about_key(), "muted", self),
            self.trusts,
            primary=_("&Start"),
            size=(560, 460),
            gap=10,
        )
        self.form.currentIndexChanged.connect(self._show_respondents)
        self.respondent.editTextChanged.connect(self.check)
        self._show_respondents()

    def _show_respondents(self) -> None:
        if self._view.is_open:
            form_id = str(self.form.currentData())
            known = known_respondents(form_id, "en")
            self._codes = {name.casefold(): code for code, name in known}
            self.respondent.show_names(
                {name: name for _code, name in known}, respondent_search(form_id, known)
            )
            self.respondent.setEditText("")
        self.check()

    def _chosen(self) -> str:
        """The register's code of what was typed, or the name that no register has; "" where it names nobody."""
        typed = self.respondent.currentText().strip()
        code = self._codes.get(typed.casefold())
        return code or (typed if code_for_new_name(str(self.form.currentData()), typed) else "")

    def _second_key(self) -> WrappingCheck:
        """Asked where the round's answers are for another key by now: Start waits for a deliberate yes."""
        other = self._view.other_issuer
        box = WrappingCheck("", self)
        box.setVisible(other is not None)
        if other is not None:
            words = _("I have asked {issuer} on a number that I know: this key takes the place of theirs.")
            box.setText(words.format(issuer=other.called).replace("&", "&&"))
        box.toggled.connect(self.check)
        return box

    def is_complete(self) -> bool:
        is_trusted = self._view.other_issuer is None or self.trusts.isChecked()
        return is_trusted and (not self._view.is_open or bool(self._chosen()))

    def confirm(self) -> None:
        """Starts the response in the round of the invitation."""
        form_id = str(self.form.currentData())
        response = self._context.workspace.received_invitations.open_response(
            self._file, form_id, self._chosen(), "", self._view.words if self.trusts.isChecked() else ""
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
        key = f"{machine_text(view.words)}\n{fingerprint_text(view.fingerprint)}"
        return [(_("Round"), view.round), *due, *who, (_("Invited by"), issuer), (_("Key"), key)]

    def _rows(self) -> QFormLayout:
        """What the invitation says, and what is asked where it does not say for whom it is."""
        rows = form_rows()
        for name, words in self._facts():
            shown = text_label(words, "strong", self)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            align_leading(shown)
            rows.addRow(text_label(name, "muted", self, wraps=False), shown)
        if self._view.is_open:
            rows.addRow(row_name(_("&Questionnaire"), self.form), self.form)
            rows.addRow(row_name(_("You answer &for"), self.respondent), self.respondent)
            self.respondent.line.setPlaceholderText(_("Type a part of the name"))
        else:
            self.form.hide()
            self.respondent.hide()
        return rows

    def _about_key(self) -> str:
        if (other := self._view.other_issuer) is not None:
            return _(
                "In this round you answer {issuer}, whose key is another: {words}. Whoever has the new key could "
                "read your answers. Do not start unless you have asked {issuer} about it."
            ).format(issuer=other.called, words=machine_text(other.words))
        if self._view.is_issuer_known:
            return _(
                "You have opened an invitation with this key before. Your answers are encrypted for this coordinator."
            )
        return _(
            "Your answers can be encrypted for this coordinator. If you are not sure who sent the invitation, "
            "compare the key by telephone."
        )

    def go_on(self, response: str) -> None:
        """To the response that was started."""
        self._context.round_changed.emit()
        self._context.responses_changed.emit()
        self._context.response_wanted.emit(response, "")


def open_invitation(file: Path, context: PageContext, parent: QWidget) -> None:
    """Shows an invitation; once started, the response is opened."""
    dialog = InvitationDialog(file, context.workspace.received_invitations.look_at(file), context, parent)
    dialog.made.connect(dialog.go_on)
    dialog.open()
