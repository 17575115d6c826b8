"""The file for the coordinator: data package, PDF, or both."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from iscm_desktop.i18n import N_, _, joined
from ui.desk import Desk
from ui.show_in_folder import written
from ui.theme import Tone
from ui.titles import short_respondent
from ui.widgets.badge import Badge
from ui.widgets.boxes import LineBox
from ui.widgets.card import Card
from ui.widgets.labels import button, text_label

if TYPE_CHECKING:
    from iscm_desktop.workspace import ResponseRow, Workspace


class Form(Enum):
    """What is written."""

    PDF = "pdf"
    PACKAGE = "package"
    BOTH = "both"


_FORMS = (
    (Form.PDF, N_("&PDF that carries the data"), N_("one file for people and for merging")),
    (Form.PACKAGE, N_("&Data package only (smallest)"), N_("for merging; people cannot read it")),
    (Form.BOTH, N_("PDF and package as &two files"), N_("each carries the data")),
)


def proposed_name(row: ResponseRow, *, is_draft: bool, today: date) -> str:
    """ "IGC_ISCM_2027_draft_2026-11-21": respondent, questionnaire, round, whether it is a draft, day."""
    parts = [
        short_respondent(row.respondent_name),
        row.form_id.upper() if row.form_id == "iscm" else row.form_id,
        row.round,
    ]
    parts += ["draft"] if is_draft else []
    name = "_".join([*parts, today.isoformat()])
    return re.sub(r"[^\w.-]+", "-", name).strip("-")


@dataclass(frozen=True, slots=True)
class Done:
    """What an export has written."""

    files: tuple[Path, ...]
    unprinted: str = ""  # characters that no font has


def export(workspace: Workspace, response_id: str, form: Form, target: Path) -> Done:
    """On the worker: writes what is wanted beside each other under the name of `target`."""
    files: list[Path] = []
    unprinted = ""
    if form in (Form.PACKAGE, Form.BOTH):
        files.append(target.with_name(target.name + ".iscm"))
        workspace.export_package(response_id, files[-1])
    if form in (Form.PDF, Form.BOTH):
        files.insert(0, target.with_name(target.name + ".pdf"))
        carried = workspace.export_pdf(response_id, files[0])
        unprinted = "".join(characters for characters, _where in carried.missing)
    return Done(tuple(files), unprinted)


class ExportCard(Card):
    """Signals:
    exported: the file is written.
    """

    exported = Signal()

    def __init__(
        self, row: ResponseRow, desk: Desk, *, is_draft: bool, today: Callable[[], date], parent: QWidget
    ) -> None:
        super().__init__(desk.theme, parent)
        self._row, self._desk, self._today = row, desk, today
        self._forms = QButtonGroup(self)
        self._heading = text_label(_("Export for the coordinator"), "subheading", self)
        self._handing = _("Written: {files}. Hand it to your coordinator by e-mail or on a USB stick.")
        self.column.addWidget(self._heading)
        for at, (_form, words, note) in enumerate(_FORMS):
            radio = QRadioButton(_(words), self)
            radio.setAccessibleDescription(_(note) if note else "")
            radio.setToolTip(_(note) if note else "")
            radio.setChecked(at == 0)
            self._forms.addButton(radio, at)
            self.column.addWidget(radio)
            if at == 0:
                badge = QHBoxLayout()
                badge.addWidget(Badge(_(note), Tone.ACCENT, desk.theme, self))
                badge.addStretch(1)
                self.column.addLayout(badge)
        self.column.addWidget(text_label(_("Name of the file"), "muted", self))
        self.name = LineBox(self)
        self.name.setAccessibleName(_("Name of the file"))
        self.export = button("", self, "primary", name="export")
        self.column.addWidget(self.name)
        self.column.addWidget(self.export, 0, Qt.AlignmentFlag.AlignLeading)
        self.export.clicked.connect(self._on_export_clicked)
        self.show_draft(is_draft)

    def show_draft(self, is_draft: bool) -> None:
        self.name.setText(proposed_name(self._row, is_draft=is_draft, today=self._today()))
        self.export.setText(_("E&xport draft…") if is_draft else _("E&xport…"))

    def send_back_to(self, name: str) -> None:
        """These are sections that a colleague handed over."""
        self._heading.setText(_("Send back to {name}").format(name=name))
        self._handing = _("Written: {files}. Send it back to whoever handed you these sections.")
        self.name.setText(proposed_name(self._row, is_draft=False, today=self._today()) + _("_back"))
        self.export.setText(_("E&xport…"))

    def _on_export_clicked(self) -> None:
        form = _FORMS[self._forms.checkedId()][0]
        suffix = ".iscm" if form is Form.PACKAGE else ".pdf"
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = Path(folder) / (self.name.text().strip() + suffix)
        target = self._desk.files.save_file(self, _("Export"), proposed, f"*{suffix}")
        if target is None:
            return
        stem = target.with_suffix("") if target.suffix in (".iscm", ".pdf") else target
        self.export.setEnabled(False)
        response_id, workspace = self._row.id, self._desk.workspace
        job = self._desk.runner.run(
            self, lambda _job: export(workspace, response_id, form, stem), self._on_exported
        )
        job.ended.connect(lambda: self.export.setEnabled(True))

    def _on_exported(self, done: Done) -> None:
        names = joined(path.name for path in done.files)
        said = [self._handing.format(files=names)]
        if done.unprinted:
            lack = _("These characters are in the data and could not be printed: {characters}.")
            said.append(lack.format(characters=done.unprinted))
        self._desk.noticed.emit(written(" ".join(said), done.files[0]))
        self.exported.emit()
