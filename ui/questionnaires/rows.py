"""Responses as rows of a table: the model formats, so that the view and screen readers say the same."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import N_, _, ngettext
from ui.form.languages import language_code
from ui.moments import shown_moment
from ui.standing import standing_words
from ui.theme import Tone
from ui.titles import kind_of

if TYPE_CHECKING:
    from iscm_desktop.workspace import ResponseRow

ROW = Qt.ItemDataRole.UserRole
RESPONDENT, LANGUAGE, PROGRESS, STATE, CHANGED, ACTION = range(6)
_HEADS = (N_("Respondent"), N_("Language"), N_("Progress"), N_("Status"), N_("Last change"), "")
_STATES = {
    "draft": (N_("Draft"), Tone.PLAIN),
    "signed_off": (N_("Signed off"), Tone.ACCENT),
    "exported": (N_("Exported"), Tone.GOOD),
    "changed_since_export": (N_("Changed since export"), Tone.WARN),
}
_Index = QModelIndex | QPersistentModelIndex


def state_of(row: ResponseRow) -> tuple[str, Tone]:
    """Words and colour for the badge."""
    if row.conflicts:
        words = ngettext("{count} conflict", "{count} conflicts", row.conflicts)
        return words.format(count=row.conflicts), Tone.WARN
    if row.is_public:
        return _("Public edition"), Tone.PLAIN
    words, tone = _STATES[str(getattr(row.state, "value", row.state))]
    return _(words), tone


_OWN_NAMES = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "ru": "Русский",
    "zh": "中文",
}
"""The usual languages, so that the first window need not wait for the CLDR."""


@lru_cache(maxsize=64)
def own_name(language: str) -> str:
    """A language in its own name: "English", "العربية"."""
    code = language_code(language) or language
    if code in _OWN_NAMES:
        return _OWN_NAMES[code]
    from babel import Locale, UnknownLocaleError

    try:
        return (Locale.parse(code, sep="-").display_name or code).capitalize()
    except (UnknownLocaleError, ValueError):
        return language


def progress_of(row: ResponseRow) -> str:
    return standing_words(row.answered, row.missing)


class ResponsesModel(QAbstractTableModel):
    """Newest change first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[ResponseRow] = []

    def show_rows(self, rows: tuple[ResponseRow, ...]) -> None:
        self.beginResetModel()
        self._rows = sorted(rows, key=lambda row: row.changed_at, reverse=True)
        self.endResetModel()

    def row(self, at: int) -> ResponseRow:
        return self._rows[at]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADS[section]) if _HEADS[section] else ""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, index.column())
        return None

    def _text(self, row: ResponseRow, column: int) -> str:
        if column == RESPONDENT:
            below = _("{kind} · {round}").format(kind=kind_of(row), round=row.round)
            return f"{row.respondent_name}\n{below}"
        if column == LANGUAGE:
            return own_name(row.language)
        if column == PROGRESS:
            return progress_of(row)
        if column == STATE:
            return state_of(row)[0]
        if column == CHANGED:
            return shown_moment(row.changed_at)
        return _("Continue")

    def _spoken(self, row: ResponseRow, column: int) -> str:
        text = self._text(row, column).replace("\n", ", ")
        return (
            _("{action}: {respondent}").format(action=text, respondent=row.respondent_name)
            if column == ACTION
            else text
        )
