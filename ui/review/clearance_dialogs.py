"""A clearance is asked for, on paper or as a file, and kept once it is given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.file_names import file_stem
from iscm_desktop.i18n import _
from iscm_desktop.presenters.export_choice import Audience, ExportChoice, ExportResult, FileForm, write_export
from iscm_desktop.presenters.respondent_names import short_respondent
from iscm_desktop.text_limits import TypedText
from iscm_desktop.workspace.responses.clearance_service import EARLIEST
from ui.page.file_dialogs import documents_folder
from ui.page.notices import written_notice
from ui.page.page_context import PageContext
from ui.phrases.written_files import whole_path
from ui.widgets.day_box import OptionalDayBox
from ui.widgets.form_dialog import FormDialog, form_rows
from ui.widgets.labels import text_label
from ui.widgets.text_boxes import LineBox
from ui.widgets.wrapping_buttons import WrappingCheck, WrappingRadio

if TYPE_CHECKING:
    from iscm_desktop.workspace.documents.printing import PrintedDocument
    from iscm_desktop.workspace.responses.clearance_service import ClearanceRow


class ClearDialog(FormDialog):
    """Who agreed, when, with which remarks.

    Signals:
        done_with: it is kept.
    """

    done_with = Signal()

    def __init__(
        self,
        response_id: str,
        row: ClearanceRow,
        context: PageContext,
        today: Callable[[], date],
        parent: QWidget,
    ) -> None:
        super().__init__(_("Clearance"), context.theme, parent)
        self._response_id, self._row, self._context, self._today = response_id, row, context, today
        self.by = LineBox(row.by, self)
        self.by.limit(TypedText.CLEARED_BY)
        self.on = OptionalDayBox(self)
        self.on.setText((row.cleared_on or today()).isoformat())
        self.remarks = LineBox(row.remarks, self)
        self.remarks.limit(TypedText.REMARKS)
        self.paper = WrappingCheck(_("Signed by hand, on a sheet that is kept"), self)
        self.paper.setChecked(row.is_paper)
        words = _("It is kept with the answers as they are now; when one is changed later, the step says so.")
        self.lay_out(
            _("Cleared for {whose}").format(whose=row.whose),
            text_label(words, "muted", self),
            form_rows((_("&Cleared by"), self.by), (_("&On"), self.on), (_("&Remarks"), self.remarks)),
            self.paper,
            primary=_("&Keep"),
            size=(480, 380),
        )
        for box in (self.by, self.on):
            box.textChanged.connect(self.check)

    def problem(self) -> str:
        if self.on.day is not None and self.on.day > self._today():
            return _("This day is still to come.")
        if self.on.day is not None and self.on.day < EARLIEST:
            return _("No clearance was given before {year}.").format(year=EARLIEST.year)
        return self.on.problem()

    def is_complete(self) -> bool:
        return bool(self.by.text().strip() and self.on.day)

    def confirm(self) -> None:
        self._context.workspace.clearances.clear(
            self._response_id,
            self._row.whose,
            self.by.text().strip(),
            self.on.day,
            remarks=self.remarks.text().strip(),
            is_paper=self.paper.isChecked(),
        )
        self.done_with.emit()
        self.accept()


class AskClearanceDialog(FormDialog):
    """A sheet to sign by hand, or a file with all answers.

    Signals:
        done_with: the file is written, and the day kept.
    """

    done_with = Signal()

    def __init__(
        self,
        response_id: str,
        row: ClearanceRow,
        context: PageContext,
        today: Callable[[], date],
        parent: QWidget,
    ) -> None:
        super().__init__(_("Ask for clearance"), context.theme, parent)
        self._response_id, self._row, self._context, self._today = response_id, row, context, today
        self.sheet = WrappingRadio(_("A sheet to sign by hand (PDF)"), self)
        self.file = WrappingRadio(_("All answers as a PDF, which they also open in this program"), self)
        self.sheet.setChecked(True)
        self._note = text_label("", "muted", self)
        self.lay_out(
            _("Ask {whose}").format(whose=row.whose),
            self.sheet,
            self.file,
            self._note,
            primary=_("&Save file…"),
            size=(480, 370),
        )
        self.sheet.toggled.connect(self._on_sheet_toggled)
        self._on_sheet_toggled()

    def confirm(self) -> None:
        """Asks where the file goes and has the worker write it; the dialog closes once it is there."""
        folder = self._context.preferences.export_folder or documents_folder()
        target = self._context.files.save_file(
            self, _("Ask for clearance"), folder / self._proposed(), "*.pdf"
        )
        if target is None:
            return
        workspace, response_id, whose = self._context.workspace, self._response_id, self._row.whose
        if self.sheet.isChecked():
            self._context.run_from(
                self.primary,
                lambda _job: workspace.documents.write_clearance_sheet(response_id, target, whose),
                self._on_printed,
                self,
            )
        else:
            choice = ExportChoice(Audience.EVERYONE, FileForm.PDF)
            self._context.run_from(
                self.primary,
                lambda _job: write_export(workspace, response_id, choice, target),
                self._on_exported,
                self,
            )

    def _on_sheet_toggled(self) -> None:
        self._note.setText(
            _("Hand it over with the completed questionnaire. Once it comes back signed, press “Cleared…”.")
            if self.sheet.isChecked()
            else _(
                "Whoever gets the file can read it, withheld answers included. They enter their clearance under "
                "Review and export, and send a file back; merge that."
            )
        )

    def _proposed(self) -> str:
        respondent = self._context.workspace.response_list.row(self._response_id).respondent_name
        return file_stem(short_respondent(respondent), "clearance", self._row.whose, between="_") + ".pdf"

    def _on_printed(self, printed: PrintedDocument) -> None:
        self._written(printed.path)

    def _on_exported(self, done: ExportResult) -> None:
        self._written(done.files[0])

    def _written(self, file: Path) -> None:
        self._context.workspace.clearances.ask(self._response_id, self._row.whose, self._today())
        self._context.preferences.export_folder = file.absolute().parent
        words = _("Written: {file}. Hand it to {whose}.")
        said = words.format(file=whole_path(file), whose=self._row.whose)
        self._context.noticed.emit(written_notice(said, file))
        self.done_with.emit()
        self.accept()
