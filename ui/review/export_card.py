"""The file that goes out: for whom, in which form, and where it is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QWidget

from iscm_desktop.file_names import shown_file
from iscm_desktop.i18n import _, joined
from iscm_desktop.machine_texts import machine_text
from iscm_desktop.presenters.claimed_marks import passed_over_words
from iscm_desktop.presenters.export_audience import audience_words, return_words, without_words
from iscm_desktop.presenters.export_choice import (
    Audience,
    ExportChoice,
    ExportResult,
    FileForm,
    audiences,
    first_form,
    opens_for_words,
    proposed_stem,
    public_words,
    without_suffix,
    write_export,
)
from ui.page.file_dialogs import documents_folder
from ui.page.notices import written_notice
from ui.page.page_context import PageContext
from ui.phrases.written_files import whole_path
from ui.widgets.card import Card
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import fill
from ui.widgets.list_box import ListBox
from ui.widgets.plain_text import set_tip
from ui.widgets.text_boxes import LineBox
from ui.widgets.wrapping_buttons import WrappingRadio

if TYPE_CHECKING:
    from iscm_desktop.workspace import ResponseRow
    from iscm_desktop.workspace.colleagues.delegation_service import DelegationRow


class ExportCard(Card):
    """The first choice is for the coordinator only, where an invitation says who that is.

    Args:
        withheld: How many answers are not for publication.

    Signals:
        exported: the file is written.
    """

    exported = Signal()

    def __init__(
        self, row: ResponseRow, context: PageContext, *, is_draft: bool, withheld: int, parent: QWidget
    ) -> None:
        super().__init__(context.theme, parent)
        self._row, self._context, self._is_draft = row, context, is_draft
        self._handed: Sequence[DelegationRow] = ()
        self._typed = ""  # the name that somebody typed over the one proposed, without its ending
        self._forms = dict.fromkeys(Audience, FileForm.PDF) | {
            each: first_form(each) for each in audiences(context.workspace, row)
        }
        self._heading = text_label(_("Export"), "subheading", self)
        self.column.addWidget(self._heading)
        self.choices = self._radios(withheld)
        self.opens_for = text_label(opens_for_words(context.workspace, row), "muted", self)
        self.form = ListBox(self)
        self.form.setAccessibleName(_("Kind of file"))
        self.form.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.form.setMinimumContentsLength(8)
        self.passed_over = text_label("", "muted", self)
        self.name = LineBox(self)
        self.name.setAccessibleName(_("Name of the file"))
        self.folder = text_label("", "small", self)
        self.export = button("", self, "primary", name="export")
        self._checked = text_label(_("is read back and checked"), "small", self)
        self._lay_out()
        for form in FileForm:
            self.form.addItem("", form)
        self.name.textEdited.connect(self._on_name_edited)
        self.form.activated.connect(self._on_form_activated)
        self.export.clicked.connect(self._on_export_clicked)
        self._show()

    @property
    def choice(self) -> ExportChoice:
        """What is chosen now."""
        audience = next(each for each, radio in self.choices.items() if radio.isChecked())
        return ExportChoice(audience, self._forms[audience])

    def focus_choice(self) -> None:
        """Puts the keyboard on for whom the file is."""
        self.choices[self.choice.audience].setFocus()

    def choose(self, choice: ExportChoice) -> None:
        """Chooses for whom, and in which form."""
        self._forms[choice.audience] = choice.form
        self.choices[choice.audience].setChecked(True)
        self._show()

    def show_draft(self, is_draft: bool) -> None:
        """Names the file, and the button, by whether somebody has signed off."""
        self._is_draft = is_draft
        self._show()

    def show_claims(self) -> None:
        """Says of a public edition how many claims about publication it passes over."""
        is_public = self.choice.audience is Audience.PUBLIC
        claims = self._context.workspace.restrictions.claims(self._row.id) if is_public else ()
        self.passed_over.setText(passed_over_words(len(claims)))
        self.passed_over.setVisible(bool(claims))

    def send_back(self, handed: Sequence[DelegationRow]) -> None:
        """These are sections that a colleague handed over, or several did."""
        self._handed = tuple(handed)
        name = joined(dict.fromkeys(row.by for row in handed if row.by)) or _("your colleague")
        self._heading.setText(_("Send back to {name}").format(name=name))
        for radio in self.choices.values():
            radio.hide()
        self._show()

    def _radios(self, withheld: int) -> dict[Audience, WrappingRadio]:
        group = QButtonGroup(self)
        found: dict[Audience, WrappingRadio] = {}
        for audience in audiences(self._context.workspace, self._row):
            words = {
                Audience.COORDINATOR: _("For the coordinator only"),
                Audience.EVERYONE: self._open_words(),
                Audience.PUBLIC: public_words(withheld),
            }
            radio = WrappingRadio(words[audience], self)
            group.addButton(radio)
            radio.setChecked(not found)
            radio.setObjectName(f"for-{audience.value}")
            radio.toggled.connect(self._on_radio_toggled)
            found[audience] = radio
        return found

    def _open_words(self) -> str:
        return {
            FileForm.PDF: _("PDF that carries the data, open to everyone"),
            FileForm.DATA: _("Data package, open to everyone"),
            FileForm.BOTH: _("PDF and data package, open to everyone"),
        }[self._forms[Audience.EVERYONE]]

    def _lay_out(self) -> None:
        for audience, radio in self.choices.items():
            self.column.addWidget(radio)
            if audience is Audience.COORDINATOR:
                self.column.addWidget(self.opens_for)
        fill(self.column, self.passed_over, self.form, self.name, self.folder)
        self.column.addWidget(self.export, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addWidget(self._checked)
        if Audience.COORDINATOR not in self.choices:
            self.column.insertWidget(1, self.opens_for)

    def _show(self) -> None:
        """All that follows from the choice."""
        choice = self.choice
        if Audience.EVERYONE in self.choices:
            self.choices[Audience.EVERYONE].setText(self._open_words())
        for at, form in enumerate(FileForm):
            self.form.setItemText(at, _form_words(form))
        set_tip(self.form, _form_words(choice.form))
        self.form.setCurrentIndex(list(FileForm).index(choice.form))
        self.opens_for.setText(self._audience())
        self.opens_for.setVisible(bool(self.opens_for.text()))
        is_return = bool(self._handed)
        stem = self._typed or proposed_stem(self._row, choice, is_draft=self._is_draft, is_return=is_return)
        self.name.setText(f"{stem}{choice.suffixes[0]}")
        self.folder.setText(_("in {folder}").format(folder=machine_text(shown_file(self._folder()))))
        is_draft = self._is_draft and not is_return and choice.audience is not Audience.PUBLIC
        self.export.setText(_("E&xport draft…") if is_draft else _("E&xport…"))
        self.show_claims()

    def _audience(self) -> str:
        """Who can open the file, or that nobody's invitation says."""
        if self._handed:
            return return_words(self._handed)
        workspace = self._context.workspace
        return opens_for_words(workspace, self._row) or (
            "" if self._row.is_public else audience_words(workspace.received_invitations.issuer_of(self._row))
        )

    def _folder(self) -> Path:
        return self._context.preferences.export_folder or documents_folder()

    def _on_radio_toggled(self, is_on: bool) -> None:
        if is_on:
            self._show()

    def _on_name_edited(self, text: str) -> None:
        self._typed = without_suffix(Path(text.strip())).name

    def _on_form_activated(self, at: int) -> None:
        self.choose(ExportChoice(self.choice.audience, list(FileForm)[at]))

    def _on_export_clicked(self) -> None:
        choice, suffix = self.choice, self.choice.suffixes[0]
        typed = self.name.text().strip() or self._row.id
        proposed = self._folder() / f"{without_suffix(Path(typed)).name}{suffix}"
        target = self._context.files.save_file(self, _("Export"), proposed, f"*{suffix}")
        if target is None:
            return
        response_id, workspace = self._row.id, self._context.workspace
        self._context.run_from(
            self.export,
            lambda _job: write_export(workspace, response_id, choice, target),
            self._on_exported,
            self,
        )

    def _on_exported(self, done: ExportResult) -> None:
        names = joined(map(whole_path, done.files))
        said = [self._handing().format(files=names)]
        if done.unprinted:
            lack = _("These characters are in the data and could not be printed: {characters}.")
            said.append(lack.format(characters=done.unprinted))
        said += without_words(done.without)
        self._context.preferences.export_folder = done.files[0].absolute().parent
        self._context.noticed.emit(written_notice(" ".join(said), done.files[0]))
        self._show()
        self.exported.emit()

    def _handing(self) -> str:
        if self._handed:
            return _("Written: {files}. Send it back to whoever handed you these sections.")
        if self.choice.audience is Audience.PUBLIC:
            return _("Written for publication: {files}. It says that it is a public edition.")
        if self.choice.audience is Audience.COORDINATOR:
            return _("Written: {files}. Only the coordinator can open it: hand it over by any way.")
        return _("Written: {files}. Hand it to your coordinator by e-mail or on a USB stick.")


def _form_words(form: FileForm) -> str:
    return {
        FileForm.DATA: _("Data package"),
        FileForm.PDF: _("PDF with the data"),
        FileForm.BOTH: _("PDF and data package"),
    }[form]
