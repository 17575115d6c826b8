"""The file for the coordinator: data package, PDF, or both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from iscm_desktop.file_names import file_stem
from iscm_desktop.i18n import N_, _, joined
from iscm_desktop.presenters.claimed_marks import passed_over_words
from iscm_desktop.presenters.export_audience import audience_words, coordinators_words, return_words
from ui.look.colours import Tone
from ui.page.file_dialogs import documents_folder
from ui.page.notices import written_notice
from ui.page.page_context import PageContext
from ui.phrases.response_titles import short_respondent
from ui.widgets.badge import Badge
from ui.widgets.card import Card
from ui.widgets.labels import button, text_label
from ui.widgets.plain_text import set_tip
from ui.widgets.text_boxes import LineBox
from ui.widgets.wrapping_buttons import WrappingCheck, WrappingRadio

if TYPE_CHECKING:
    from iscm_desktop.workspace import ResponseRow, Workspace
    from iscm_desktop.workspace.colleagues.delegation_service import DelegationRow


class ExportForm(Enum):
    """What is written."""

    PDF = "pdf"
    PACKAGE = "package"
    BOTH = "both"
    CONFIDENTIAL = "confidential"


_FORMS = (
    (ExportForm.PDF, N_("PDF that carries the data"), N_("one file for people and for merging")),
    (ExportForm.PACKAGE, N_("&Data package only (smallest)"), N_("for merging; people cannot read it")),
    (ExportForm.BOTH, N_("PDF and package as &two files"), N_("each carries the data")),
)


_SUFFIXES = {
    ExportForm.PDF: ".pdf",
    ExportForm.PACKAGE: ".iscm",
    ExportForm.BOTH: ".pdf",
    ExportForm.CONFIDENTIAL: ".iscm.age",
}


def proposed_name(row: ResponseRow, *, is_draft: bool, today: date) -> str:
    """ "IGC_ISCM_2027_draft_2026-11-21": respondent, questionnaire, round, whether it is a draft, day."""
    parts = [
        short_respondent(row.respondent_name),
        row.form_id.upper() if row.form_id == "iscm" else row.form_id,
        row.round,
    ]
    parts += ["draft"] if is_draft else []
    return file_stem(*parts, today.isoformat(), between="_")


def without_suffix(target: Path) -> Path:
    """The name to which each form adds its own ending."""
    name = target.name
    for suffix in sorted(_SUFFIXES.values(), key=len, reverse=True):
        if name.lower().endswith(suffix):
            return target.with_name(name[: -len(suffix)])
    return target


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What an export has written."""

    files: tuple[Path, ...]
    unprinted: str = ""  # characters that no font has


def write_export(
    workspace: Workspace, response_id: str, form: ExportForm, target: Path, *, is_public: bool = False
) -> ExportResult:
    """On the worker: writes what is wanted beside each other under the name of `target`."""
    files: list[Path] = []
    unprinted = ""
    if form in (ExportForm.PACKAGE, ExportForm.BOTH):
        files.append(target.with_name(target.name + ".iscm"))
        write = workspace.public_exports.export if is_public else workspace.exports.export
        write(response_id, files[-1])
    if form is ExportForm.CONFIDENTIAL:
        files.append(target.with_name(target.name + _SUFFIXES[form]))
        workspace.exports.export(response_id, files[-1], encrypts=True)
    if form in (ExportForm.PDF, ExportForm.BOTH):
        files.insert(0, target.with_name(target.name + ".pdf"))
        carried = workspace.pdf_exports.export(response_id, files[0], is_public=is_public)
        unprinted = "".join(characters for characters, _where in carried.missing)
    return ExportResult(tuple(files), unprinted)


class ExportCard(Card):
    """Signals:
    exported: the file is written.
    """

    exported = Signal()

    def __init__(
        self,
        row: ResponseRow,
        context: PageContext,
        *,
        is_draft: bool,
        today: Callable[[], date],
        parent: QWidget,
    ) -> None:
        super().__init__(context.theme, parent)
        self._row, self._context, self._today = row, context, today
        self._forms = QButtonGroup(self)
        self._is_draft = is_draft
        self._heading = text_label(_("Export for the coordinator"), "subheading", self)
        self._handing = _("Written: {files}. Hand it to your coordinator by e-mail or on a USB stick.")
        self.column.addWidget(self._heading)
        for at, (_form, words, note) in enumerate(_FORMS):
            radio = QRadioButton(_(words), self)
            radio.setAccessibleDescription(_(note) if note else "")
            set_tip(radio, _(note) if note else "")
            radio.setChecked(at == 0)
            self._forms.addButton(radio, at)
            self.column.addWidget(radio)
            if at == 0:
                badge = QHBoxLayout()
                badge.addWidget(Badge(_(note), Tone.ACCENT, context.theme, self))
                badge.addStretch(1)
                self.column.addLayout(badge)
        self.confidential = self._confidential()
        issuer = context.workspace.received_invitations.issuer_of(row)
        self._whose = audience_words(issuer)
        self.audience = text_label(self._whose, "muted", self)
        self.column.addWidget(self.audience)
        self.confidential.toggled.connect(self._show_audience)
        self.public = WrappingCheck(_("Public edition, without what is not for publication"), self)
        self.public.toggled.connect(self._on_public_toggled)
        self.column.addWidget(self.public)
        self.passed_over = text_label("", "muted", self)
        self.column.addWidget(self.passed_over)
        self.column.addWidget(text_label(_("Name of the file"), "muted", self))
        self.name = LineBox(self)
        self.name.setAccessibleName(_("Name of the file"))
        self.export = button("", self, "primary", name="export")
        self.column.addWidget(self.name)
        self.column.addWidget(self.export, 0, Qt.AlignmentFlag.AlignLeading)
        self.export.clicked.connect(self._on_export_clicked)
        self.show_draft(is_draft)
        self.show_claims()
        if row.is_public:  # nothing else of it is here
            self.public.setChecked(True)
            self.public.setEnabled(False)

    def _confidential(self) -> WrappingRadio:
        """Offered where an invitation says for whom: the data package that nobody else can open."""
        coordinators = self._context.workspace.received_invitations.coordinators_of(self._row)
        names = joined(dict.fromkeys(each.name or _("the coordinator") for each in coordinators))
        radio = WrappingRadio(_("Encrypted for {name}").format(name=names), self)
        radio.setAccessibleDescription(_("a data package that nobody else can open"))
        set_tip(radio, _("a data package that nobody else can open"))
        radio.setVisible(bool(coordinators))
        self._forms.addButton(radio, len(_FORMS))
        self.column.addWidget(radio)
        return radio

    def show_draft(self, is_draft: bool) -> None:
        """Names the file, and the button, by whether somebody has signed off."""
        self._is_draft = is_draft
        says_draft = (
            is_draft and not self.public.isChecked()
        )  # whether it is signed off is not for publication
        name = proposed_name(self._row, is_draft=says_draft, today=self._today())
        self.name.setText(f"{name}_public" if self.public.isChecked() else name)
        self.export.setText(_("E&xport draft…") if is_draft else _("E&xport…"))

    def show_claims(self) -> None:
        """Says of a public edition how many claims about publication it passes over."""
        claims = self._context.workspace.restrictions.claims(self._row.id) if self.public.isChecked() else ()
        self.passed_over.setText(passed_over_words(len(claims)))
        self.passed_over.setVisible(bool(claims))

    def _on_public_toggled(self, is_public: bool) -> None:
        self.show_draft(self._is_draft)
        self.show_claims()
        self.confidential.setEnabled(not is_public)
        self.audience.setVisible(not is_public)
        if is_public and self.confidential.isChecked():
            self._forms.button(0).setChecked(True)
        self._handing = (
            _("Written for publication: {files}. It says that it is a public edition.")
            if is_public
            else _("Written: {files}. Hand it to your coordinator by e-mail or on a USB stick.")
        )

    def _show_audience(self) -> None:
        """For whom the file is and, where it is encrypted, for whose keys."""
        coordinators = self._context.workspace.received_invitations.coordinators_of(self._row)
        sealed = coordinators_words(coordinators) if self.confidential.isChecked() else ""
        self.audience.setText(" ".join(filter(None, (self._whose, sealed))))

    def send_back(self, handed: Sequence[DelegationRow]) -> None:
        """These are sections that a colleague handed over, or several did."""
        name = joined(dict.fromkeys(row.by for row in handed if row.by)) or _("your colleague")
        self.public.hide()
        self._whose = return_words(handed)
        self._show_audience()
        self._heading.setText(_("Send back to {name}").format(name=name))
        self._handing = _("Written: {files}. Send it back to whoever handed you these sections.")
        self.name.setText(proposed_name(self._row, is_draft=False, today=self._today()) + _("_back"))
        self.export.setText(_("E&xport…"))

    def _on_export_clicked(self) -> None:
        form = (
            ExportForm.CONFIDENTIAL if self.confidential.isChecked() else _FORMS[self._forms.checkedId()][0]
        )
        suffix = _SUFFIXES[form]
        proposed = documents_folder() / (self.name.text().strip() + suffix)
        target = self._context.files.save_file(self, _("Export"), proposed, f"*{suffix}")
        if target is None:
            return
        stem = without_suffix(target)
        response_id, workspace, is_public = self._row.id, self._context.workspace, self.public.isChecked()
        self._context.run_from(
            self.export,
            lambda _job: write_export(workspace, response_id, form, stem, is_public=is_public),
            self._on_exported,
            self,
        )

    def _on_exported(self, done: ExportResult) -> None:
        names = joined(path.name for path in done.files)
        said = [self._handing.format(files=names)]
        if done.unprinted:
            lack = _("These characters are in the data and could not be printed: {characters}.")
            said.append(lack.format(characters=done.unprinted))
        self._context.noticed.emit(written_notice(" ".join(said), done.files[0]))
        self.exported.emit()
