"""Respondents of a round as rows of a table: who is asked, who is invited, whose answers have come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import N_, _, shown_date
from ui.questionnaires.rows import own_name
from ui.theme import Tone

if TYPE_CHECKING:
    from iscm_desktop.store.rows import RespondentRow

ROW = Qt.ItemDataRole.UserRole
RESPONDENT, LANGUAGE, INVITED = range(3)
_HEADS = (N_("Respondent"), N_("Language"), N_("Status"))
_KINDS = {"iscm": N_("Mechanism"), "state": N_("State"), "organization": N_("Organization")}
_Index = QModelIndex | QPersistentModelIndex


def kind_of(form_id: str) -> str:
    return _(_KINDS[form_id]) if form_id in _KINDS else form_id


def standing_of(row: RespondentRow) -> tuple[str, Tone]:
    """Words and colour of the badge."""
    if row.response:
        return _("Answers are here"), Tone.GOOD
    if row.invited_at is None:
        return _("Not invited yet"), Tone.PLAIN
    day = shown_date(row.invited_at.astimezone().date())
    return _("Invited on {date}").format(date=day), Tone.ACCENT


class RespondentsModel(QAbstractTableModel):
    """In the order of the workspace: by questionnaire and name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[RespondentRow, ...] = ()

    def show_rows(self, rows: tuple[RespondentRow, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADS[section])
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        below = " · ".join(filter(None, (kind_of(row.form_id), row.contact)))
        texts = (f"{row.name}\n{below}", own_name(row.language), standing_of(row)[0])
        if role == Qt.ItemDataRole.DisplayRole:
            return texts[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return texts[index.column()].replace("\n", ", ")
        return None
