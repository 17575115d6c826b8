"""Files of a merge as rows of a table, before and after it is applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import N_, _, joined, ngettext
from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.phrases.response_titles import short_respondent
from ui.widgets.painted_text import isolated
from ui.widgets.row_model import ROW, Index, RowTableModel
from ui.widgets.row_table import RowDelegate, RowTable

if TYPE_CHECKING:
    from iscm_desktop.exchange.merging.merge_plan import FileOutcome, FilePlan, FileReport, RefusedFile

    ShownFile = FilePlan | FileReport | RefusedFile

FILE, RESPONDENT, RESULT, ANSWERS = range(4)
_HEADS = (N_("File"), N_("Respondent"), N_("Result"), N_("Answers"))

_PLANNED = {"new": N_("New"), "newer": N_("Newer"), "same": N_("Nothing new"), "refused": N_("Not read")}
_DONE = {"new": N_("Merged"), "newer": N_("Merged"), "same": N_("Nothing new"), "refused": N_("Refused")}
_TONES = {
    "new": Tone.GOOD, "newer": Tone.GOOD, "same": Tone.PLAIN, "conflict": Tone.WARN, "refused": Tone.BAD,
}  # fmt: skip


def merged_file(file: ShownFile) -> FileOutcome | None:
    """None where a file was refused, so that nothing is known of it."""
    from iscm_desktop.exchange.merging.merge_plan import RefusedFile

    return None if isinstance(file, RefusedFile) else file


def file_result(file: ShownFile, *, is_done: bool) -> tuple[str, Tone]:
    """Words and colour of the badge."""
    result = file.result.value
    if result == "conflict" and (merged := merged_file(file)) is not None:
        count = merged.conflicts
        words = ngettext("{count} conflict", "{count} conflicts", count).format(count=count)
    else:
        words = _((_DONE if is_done else _PLANNED)[result])
    return words, _TONES[result]


def answer_counts(shown: ShownFile) -> str:
    """ "38 new answers and 2 newer answers"."""
    file, parts = merged_file(shown), []
    if file is None:
        return "–"
    if file.new:
        parts.append(ngettext("{count} new answer", "{count} new answers", file.new).format(count=file.new))
    if file.newer:
        parts.append(
            ngettext("{count} newer answer", "{count} newer answers", file.newer).format(count=file.newer)
        )
    if not parts and file.same:
        parts.append(_("none new"))
    return joined(parts) or "–"


def trust_words(file: ShownFile) -> str:
    """ "verified invitation · Anna Berg"; "" where a file was refused before that could be told."""
    from iscm_desktop.exchange.trust.verification import trust_in_words

    merged = merged_file(file)
    return " · ".join(filter(None, (trust_in_words(file.trust), merged.signer if merged else "")))


def file_explanation(file: ShownFile) -> str:
    """ "in Re: questionnaire.eml · Nothing new: …"."""
    from iscm_desktop.exchange.merging.merge_wording import explain

    holder = file.source.within
    within = _("in {file}").format(file=isolated(holder)) if holder else ""
    return " · ".join(filter(None, (within, explain(file))))


class FilesModel(RowTableModel["ShownFile"]):
    """What a plan or a report says about each file."""

    heads = _HEADS
    is_done = False

    def show_files(self, files: tuple[ShownFile, ...], *, is_done: bool) -> None:
        """Replaces all rows by those of a plan, or of a report where the work is done."""
        self.is_done = is_done
        self.show_rows(files)

    def file(self, row: int) -> FileOutcome | None:
        """None where no row is chosen, or one of a file that was refused."""
        return merged_file(self.rows[row]) if 0 <= row < len(self.rows) else None

    def text(self, row: ShownFile, column: int) -> str:
        if column == FILE:
            return f"{row.path.name}\n{file_explanation(row)}"
        if column == RESPONDENT:
            merged = merged_file(row)
            name = merged.respondent_name if merged else ""
            return f"{short_respondent(name) or '—'}\n{trust_words(row)}"
        return file_result(row, is_done=self.is_done)[0] if column == RESULT else answer_counts(row)

    def tip(self, row: ShownFile, column: int) -> str:
        if column == FILE:
            return row.source.origin or str(row.path)
        merged = merged_file(row)
        if merged is None or column != RESPONDENT:
            return ""
        return "\n".join(filter(None, (merged.respondent_name, merged.signer_key)))


class FileDelegate(RowDelegate):
    """Name over explanation, and the result as a badge."""

    def badge_tone(self, index: Index) -> Tone | None:
        return _TONES[index.data(ROW).result.value] if index.column() == RESULT else None


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
