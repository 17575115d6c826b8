"""A new round: its year or code, its title, and until when answers are due."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QPushButton, QVBoxLayout, QWidget

from iscm_desktop.i18n import _
from ui.desk import Desk
from ui.form.answers.date import read_day
from ui.widgets.boxes import LineBox
from ui.widgets.labels import text_label


class NewRoundDialog(QDialog):
    """Proposes the year after the newest round."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.setWindowTitle(_("New round"))
        years = [int(row.code) for row in desk.workspace.rounds.all() if row.code.isdecimal()]
        year = max(years, default=date.today().year - 1) + 1  # noqa: DTZ011 - the year on the wall
        self.code = LineBox(str(year), self)
        self.title = LineBox(_("Assessment {year}").format(year=year), self)
        self.due = LineBox(self)
        self.due.setPlaceholderText(_("year-month-day; may be left blank"))
        self._problem = text_label("", "error", self)
        self.start = QPushButton(_("&Start the round"), self)
        self.start.setProperty("role", "primary")
        self.start.setDefault(True)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.start, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self._lay_out(buttons)
        for box in (self.code, self.title, self.due):
            box.textChanged.connect(self._check)
        self._check()

    def _check(self) -> None:
        due = self.due.text().strip()
        problem = ""
        if due and read_day(due) is None:
            problem = _("Write the day as year-month-day, for example 2027-04-30.")
        elif any(row.code == self.code.text().strip() for row in self._desk.workspace.rounds.all()):
            problem = _("There is a round with this year or code already.")
        self._problem.setText(problem)
        is_named = bool(self.code.text().strip() and self.title.text().strip())
        self.start.setEnabled(is_named and not problem)

    def _on_accepted(self) -> None:
        due = read_day(self.due.text().strip())
        self._desk.workspace.rounds.start(self.code.text().strip(), self.title.text().strip(), due)
        self.accept()
        self._desk.round_changed.emit()

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        px = self._desk.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(18), px(22), px(18))
        column.setSpacing(px(10))
        column.addWidget(text_label(_("New round"), "heading", self))
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.addRow(_("&Year or code"), self.code)
        rows.addRow(_("&Title"), self.title)
        rows.addRow(_("&Due on"), self.due)
        column.addLayout(rows)
        column.addWidget(self._problem)
        column.addStretch(1)
        column.addWidget(buttons)
        self.resize(px(460), px(270))
