"""What people are told after data was written: how much, where it lies, and what stayed out or was split."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iscm_desktop.exchange.data.response_data import MarkKind
from iscm_desktop.exchange.data.split_cells import SplitCell
from iscm_desktop.exchange.data.table_model import MARKS_NAME
from iscm_desktop.exchange.data.workbook_writer import LONG_TEXTS
from iscm_desktop.file_names import shown_file
from iscm_desktop.i18n import N_, _
from iscm_desktop.workspace.data.data_service import DataReport

_MOST_NAMED = 20
"""Split cells and missing files that are named one by one; more are not."""


def report_sentences(report: DataReport) -> tuple[str, ...]:
    """The report in sentences, the most important first."""
    if report.is_stopped:
        return (_("Stopped. Nothing was written, and what was there before is as it was."),)
    return tuple(_sentences(report))


def _sentences(report: DataReport) -> Iterator[str]:
    written = report.written
    for file in written.files:
        yield _("Written: {file}").format(file=shown_file(file.absolute()))
    yield _("Responses written: {count}.").format(count=report.responses)
    if report.left_out:
        yield _("Answers left out, for they are not for publication: {count}.").format(count=report.left_out)
    for kind, sentence in _MARKED.items():
        if count := written.marks[kind]:
            yield _(sentence).format(count=count, table=MARKS_NAME)
    yield from _split(written.split_cells)
    yield from _files(report)
    yield from written.sentences


_MARKED = {
    MarkKind.IN_CONFLICT: N_(
        "Values that stand against each other, so that their cells are blank: {count}. '{table}' lists them."
    ),
    MarkKind.WITHHELD: N_(
        "Answers that are not for publication and in it all the same: {count}. '{table}' lists them."
    ),
    MarkKind.UNREADABLE: N_(
        "Answers that are no value of their question's kind: {count}. '{table}' lists them."
    ),
    MarkKind.NO_CHOICE: N_("Answers that are none of the choices offered: {count}. '{table}' lists them."),
    MarkKind.NO_COLUMN: N_("Answers to questions that are asked no longer: {count}. '{table}' lists them."),
}


def _split(cells: Sequence[SplitCell]) -> Iterator[str]:
    if cells:
        words = _("Texts too long for a cell, split with a marker: {count}. They go on in '{table}'.")
        yield words.format(count=len(cells), table=LONG_TEXTS)
    for cell in cells[:_MOST_NAMED]:
        words = _("Sheet '{sheet}', row {row}, column '{column}': {length} characters in {parts} cells.")
        yield words.format(
            sheet=cell.sheet, row=cell.row, column=cell.column, length=cell.length, parts=cell.parts
        )


def _files(report: DataReport) -> Iterator[str]:
    written = report.written
    if written.missing_files:
        names = "; ".join(written.missing_files[:_MOST_NAMED])
        if len(written.missing_files) > _MOST_NAMED:
            names += "…"
        words = _("Attached files whose content is not here: {count} ({names}).")
        yield words.format(count=len(written.missing_files), names=names)
    if written.left_files:
        words = _(
            "Attached files for which there is no room in it: {count}. "
            "Let the name end in .zip, and they come along."
        )
        yield words.format(count=written.left_files)
