"""Files of a merge as rows of a table, before and after it is applied."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import N_, _, ngettext
from iscm_desktop.presenters.merged_file_row import FileRow, MergeResult
from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.phrases.response_titles import short_respondent
from ui.widgets.painted_text import isolated
from ui.widgets.plain_text import one_line
from ui.widgets.row_model import ROW, Index, RowTableModel
from ui.widgets.row_table import RowDelegate, RowTable

FILE, RESPONDENT, RESULT, ANSWERS = range(4)
_HEADS = (N_("File"), N_("Respondent"), N_("Result"), N_("Answers"))

_PLANNED = {
    MergeResult.NEW: N_("New"),
    MergeResult.NEWER: N_("Newer"),
    MergeResult.SAME: N_("Nothing new"),
    MergeResult.REFUSED: N_("Not read"),
    MergeResult.PASSED_OVER: N_("Not looked into"),
}
_DONE = {
    MergeResult.NEW: N_("Merged"),
    MergeResult.NEWER: N_("Merged"),
    MergeResult.SAME: N_("Nothing new"),
    MergeResult.REFUSED: N_("Refused"),
    MergeResult.PASSED_OVER: N_("Not looked into"),
}
_TONES = {
    MergeResult.NEW: Tone.GOOD,
    MergeResult.NEWER: Tone.GOOD,
    MergeResult.SAME: Tone.PLAIN,
    MergeResult.CONFLICT: Tone.WARN,
    MergeResult.REFUSED: Tone.BAD,
    MergeResult.PASSED_OVER: Tone.PLAIN,
}


def result_words(file: FileRow, *, is_done: bool) -> str:
    """For the badge."""
    if file.result is MergeResult.CONFLICT:
        return ngettext("{count} conflict", "{count} conflicts", file.conflicts).format(count=file.conflicts)
    if file.posing:
        return _("Not from here")
    if file.lowers:
        return _("Worth less")
    return _((_DONE if is_done else _PLANNED)[file.result])


def file_explanation(file: FileRow) -> str:
    """ "in Re: questionnaire.eml · Nothing new: …"."""
    within = _("in {file}").format(file=isolated(file.within)) if file.within else ""
    return " · ".join(filter(None, (within, file.explanation)))


class FilesModel(RowTableModel[FileRow]):
    """What a plan or a report says about each file."""

    heads = _HEADS
    is_done = False

    def show_files(self, files: tuple[FileRow, ...], *, is_done: bool) -> None:
        """Replaces all rows by those of a plan, or of a report where the work is done; not those that stand."""
        if files is not self.rows or is_done is not self.is_done:
            self.is_done = is_done
            self.show_rows(files)

    def text(self, row: FileRow, column: int) -> str:
        if column == FILE:
            return f"{one_line(row.path.name)}\n{one_line(file_explanation(row))}"
        if column == RESPONDENT:
            return f"{one_line(short_respondent(row.respondent_name)) or '—'}\n{one_line(row.origin_words(' · '))}"
        return result_words(row, is_done=self.is_done) if column == RESULT else row.counts

    def tip(self, row: FileRow, column: int) -> str:
        if column == FILE:
            return row.origin or str(row.path)
        if column != RESPONDENT:
            return ""
        return "\n".join(filter(None, (row.respondent_name, row.signer_key)))


class FileDelegate(RowDelegate):
    """Name over explanation, and the result as a badge."""

    def badge_tone(self, index: Index) -> Tone | None:
        if index.column() != RESULT:
            return None
        row = index.data(ROW)
        return Tone.WARN if row.lowers or row.claims or row.posing else _TONES[row.result]


class FilesTable(RowTable):
    """The file takes the width that the other columns leave."""

    def __init__(self, model: FilesModel, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(model, FileDelegate, theme, parent, name=_("Files"))

    def fit(self) -> None:
        """Shares of the width for respondent, result and answers."""
        width, px = self.viewport().width(), self.theme.px
        shares = {RESPONDENT: 0.21, RESULT: 0.2, ANSWERS: 0.22}
        for column, share in shares.items():
            self.setColumnWidth(column, max(px(96), round(width * share)))
        self.setColumnWidth(FILE, max(px(150), width - sum(self.columnWidth(each) for each in shares)))
        self.resizeRowsToContents()
