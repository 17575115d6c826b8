"""Which sections go to whom, until when, and with what message."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from iscm_desktop.i18n import _
from ui.desk import Desk
from ui.form.answers.date import read_day
from ui.titles import short_respondent
from ui.widgets.boxes import LineBox, ProseBox
from ui.widgets.labels import text_label


class ShareDialog(QDialog):
    """Signals:
    written(Exported): the file for the colleague is there.
    """

    written = Signal(object)

    def __init__(self, response_id: str, desk: Desk, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._response_id, self._desk, self._today = response_id, desk, today
        self.setWindowTitle(_("Share sections"))
        self.sections = {
            path: QCheckBox(label.replace("&", "&&"), self)
            for path, label in desk.workspace.delegations.sections_to_share(response_id)
        }
        self.to = LineBox(self)
        self.due = LineBox(self)
        self.due.setPlaceholderText(_("year-month-day; may be left blank"))
        self.message = ProseBox(self, least=2, most=6)
        self.message.setAccessibleName(_("Message"))
        self._problem = text_label("", "error", self)
        self.save = QPushButton(_("&Save file…"), self)
        self.save.setProperty("role", "primary")
        self.save.setDefault(True)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self._lay_out(buttons)
        for box in self.sections.values():
            box.toggled.connect(self._check)
        for line in (self.to, self.due):
            line.textChanged.connect(self._check)
        self._check()

    def chosen(self) -> list[str]:
        return [path for path, box in self.sections.items() if box.isChecked()]

    def _check(self) -> None:
        due = self.due.text().strip()
        day = read_day(due)
        problem = ""
        if due and day is None:
            problem = _("Write the day as year-month-day, for example 2027-04-30.")
        elif day is not None and day < self._today():
            problem = _("This day is over already.")
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.save.setEnabled(bool(self.chosen() and self.to.text().strip()) and not problem)

    def _on_accepted(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        target = self._desk.files.save_file(
            self, _("Share sections"), Path(folder) / self._proposed(), "*.iscm"
        )
        if target is None:
            return
        workspace, response_id, chosen = self._desk.workspace, self._response_id, self.chosen()
        to, message = self.to.text().strip(), self.message.toPlainText()
        due_on = read_day(self.due.text().strip())
        if target.suffix != ".iscm":
            target = target.with_name(target.name + ".iscm")
        self.save.setEnabled(False)
        job = self._desk.runner.run(
            self,
            lambda _job: workspace.delegations.hand_over(
                response_id, chosen, to=to, target=target, due_on=due_on, message=message
            ),
            self._on_exported,
        )
        job.ended.connect(self._check)

    def _on_exported(self, exported: object) -> None:
        self.written.emit(exported)
        self.accept()

    def _proposed(self) -> str:
        """ "IGC_for_Bela_2026-11-21.iscm"."""
        respondent = short_respondent(
            self._desk.workspace.response_list.row(self._response_id).respondent_name
        )
        name = f"{respondent}_for_{self.to.text().strip()}_{self._today().isoformat()}"
        return re.sub(r"[^\w.-]+", "-", name).strip("-") + ".iscm"

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        px = self._desk.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(18), px(22), px(18))
        column.setSpacing(px(8))
        column.addWidget(text_label(_("Which sections?"), "heading", self))
        hint = _("Your colleague sees these sections only, with their notes and their history.")
        column.addWidget(text_label(hint, "muted", self))
        column.addWidget(self._list(), 1)
        rows = QFormLayout()
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeading)
        rows.addRow(_("&For"), self.to)
        rows.addRow(_("&Due on"), self.due)
        rows.addRow(_("&Message"), self.message)
        column.addLayout(rows)
        column.addWidget(self._problem)
        column.addWidget(buttons)
        room = self.screen().availableGeometry()
        self.resize(min(px(520), room.width() - 40), min(px(540), room.height() - 80))

    def _list(self) -> QScrollArea:
        px = self._desk.theme.px
        ground = QWidget(self)
        column = QVBoxLayout(ground)
        column.setContentsMargins(px(2), px(2), px(2), px(2))
        column.setSpacing(px(6))
        for box in self.sections.values():
            column.addWidget(box)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(ground)
        return area
