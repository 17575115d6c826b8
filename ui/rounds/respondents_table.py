"""Respondents of a round as rows of a table: who is asked, who is invited, whose answers have come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from iscm_desktop.i18n import N_, _, shown_date
from iscm_desktop.presenters.reminder_choice import reminded_in_words
from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.phrases.form_languages import own_name
from ui.widgets.plain_text import one_line
from ui.widgets.row_model import ROW, Index, RowTableModel
from ui.widgets.row_table import RowDelegate, RowTable

if TYPE_CHECKING:
    from iscm_desktop.workspace.row_types import ReminderEvent, RespondentRow

RESPONDENT, LANGUAGE, INVITED = range(3)
_HEADS = (N_("Respondent"), N_("Language"), N_("Status"))
_KINDS = {"iscm": N_("Mechanism"), "state": N_("State"), "organization": N_("Organization")}


def respondent_kind(form_id: str) -> str:
    """What a respondent is, by the questionnaire that they answer."""
    return _(_KINDS[form_id]) if form_id in _KINDS else form_id


def invitation_state(row: RespondentRow) -> tuple[str, Tone]:
    """Words and colour of the badge."""
    if row.response:
        return _("Answers are here"), Tone.GOOD
    if row.invited_at is None:
        return _("Not invited yet"), Tone.PLAIN
    day = shown_date(row.invited_at.astimezone().date())
    return _("Invited on {date}").format(date=day), Tone.ACCENT


class RespondentsModel(RowTableModel["RespondentRow"]):
    """In the order of the workspace: by questionnaire and name."""

    heads = _HEADS
    reminded: Mapping[tuple[str, str], Sequence[ReminderEvent]] = {}
    """By questionnaire and respondent, the newest first."""

    def text(self, row: RespondentRow, column: int) -> str:
        if column == RESPONDENT:
            unasked = "" if row.is_asked else _("Answered without being asked")
            reminded = reminded_in_words(self.reminded.get((row.form_id, row.respondent), ()))
            below = " · ".join(filter(None, (respondent_kind(row.form_id), row.contact, unasked, reminded)))
            return f"{one_line(row.name)}\n{one_line(below)}"
        return own_name(row.language) if column == LANGUAGE else invitation_state(row)[0]


class RespondentDelegate(RowDelegate):
    """Name over kind and contact; whether they are invited as a badge."""

    padding = 18
    stays_lit = True

    def badge_tone(self, index: Index) -> Tone | None:
        return invitation_state(index.data(ROW))[1] if index.column() == INVITED else None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.column() == RESPONDENT:
            return super().sizeHint(option, index)
        return QSize(self.width(self.font(13), str(index.data())) + self.theme.px(44), self.theme.px(40))


class RespondentsTable(RowTable):
    """The name takes the width that the other columns leave; several can be chosen."""

    def __init__(self, model: RespondentsModel, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(model, RespondentDelegate, theme, parent, name=_("Respondents"), chooses_many=True)

    def chosen(self) -> list[int]:
        """Numbers of the rows that are selected, from above."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def fit(self) -> None:
        """The language goes where there is no room for it."""
        width, px = self.viewport().width(), self.theme.px
        standing = max(px(120), min(self.sizeHintForColumn(INVITED), round(width * 0.4)))
        head = self.horizontalHeader().sectionSizeHint(LANGUAGE)
        language = max(px(70), head, min(self.sizeHintForColumn(LANGUAGE), round(width * 0.2)))
        self.setColumnHidden(LANGUAGE, width < px(520))
        self.setColumnWidth(INVITED, standing)
        self.setColumnWidth(LANGUAGE, language)
        rest = width - standing - (0 if self.isColumnHidden(LANGUAGE) else language)
        self.setColumnWidth(RESPONDENT, max(px(140), rest))
        self.resizeRowsToContents()
