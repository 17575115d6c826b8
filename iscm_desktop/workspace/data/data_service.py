"""Data out: the answers of a round in the shapes that other programs take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from iscm_desktop.errors import DataProblem, IscmError
from iscm_desktop.exchange.data import data_files
from iscm_desktop.exchange.data.data_files import DataWriter, Forms, WrittenData
from iscm_desktop.exchange.data.data_tables import DataTables, columns_of
from iscm_desktop.exchange.data.media_files import Contents
from iscm_desktop.exchange.data.submission_files import submission_data
from iscm_desktop.exchange.data.table_model import FormTables, form_tables
from iscm_desktop.exchange.data.workbook_writer import Cell
from iscm_desktop.questionnaire import catalogue
from iscm_desktop.questionnaire.form_paths import TemplatePath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.numbering import numbering
from iscm_desktop.session.expression_host import language_code
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.attachments import content_of
from iscm_desktop.store.objects.coverage_counts import signed_off
from iscm_desktop.store.objects.heads import natural
from iscm_desktop.store.rows import ResponseRow
from iscm_desktop.task_progress import UNWATCHED, TaskProgress
from iscm_desktop.workspace.data.data_selection import EVERYTHING, DataSelection
from iscm_desktop.workspace.data.data_shapes import AS_KOBO, DataFormat, TableLayout
from iscm_desktop.workspace.data.response_reader import ResponseReader
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.round_service import RoundService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


@dataclass(frozen=True, slots=True)
class DataReport:
    """What was written, and what has to be said about it."""

    written: WrittenData
    responses: int
    left_out: int  # answers that are not for publication
    is_stopped: bool = False  # nothing was written then


@dataclass(frozen=True, slots=True)
class DataPreview:
    """What an export would hold, and its first rows."""

    responses: int
    tables: tuple[PreviewTable, ...]


@dataclass(frozen=True, slots=True)
class PreviewTable:
    """One table with its first rows."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class _Stopped(Exception):
    """A person told it to stop: whatever was begun is taken away again."""


class DataService:
    """Takes data out of a store."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context
        self._list, self._rounds = ResponseList(context), RoundService(context)

    def rows(self, selection: DataSelection) -> tuple[ResponseRow, ...]:
        """The responses that are wanted, by questionnaire and respondent.

        Raises:
            IscmError: the store has no round with such a code.
        """
        with self._context.database.read() as db:
            return self._rows(db, selection)

    def preview(self, selection: DataSelection, layout: TableLayout = AS_KOBO, most: int = 5) -> DataPreview:
        """The tables as they would be written, with the rows of the first responses of each questionnaire.

        Raises:
            IscmError: the store has no such round, or its questionnaires no such section.
        """
        with self._context.database.read() as db:
            reader = ResponseReader(self._context, db, with_withheld=selection.with_withheld)
            rows = self._rows(db, selection)
            forms = _forms(reader, rows, layout, selection)
            takers = {name: _KeptRows(most) for name in columns_of(forms)}
            tables = DataTables(forms, takers)
            for form_id in forms:
                shown = list(islice((row for row in rows if row.form_id == form_id), most))
                for response in reader.read(shown):
                    tables.add(response)
        return DataPreview(
            len(rows),
            tuple(
                PreviewTable(
                    name, tuple(one.heading for one in columns), tuple(map(tuple, takers[name].rows))
                )
                for name, columns in columns_of(forms).items()
            ),
        )

    def export(
        self,
        target: Path,
        selection: DataSelection = EVERYTHING,
        layout: TableLayout = AS_KOBO,
        shape: DataFormat = DataFormat.WORKBOOK,
        *,
        has_bom: bool = True,
        progress: TaskProgress = UNWATCHED,
    ) -> DataReport:
        """Writes the data; what was there before stays where that fails or is stopped.

        Args:
            has_bom: CSV begins with the mark by which Excel knows UTF-8.

        Raises:
            IscmError: nothing fits what was chosen, or the file cannot be written.
        """
        with self._context.database.read() as db:
            reader = ResponseReader(self._context, db, with_withheld=selection.with_withheld)
            rows = self._rows(db, selection)
            if not rows:
                raise IscmError(DataProblem.NOTHING_SELECTED)
            forms = _forms(reader, rows, layout, selection)
            try:
                with _writing(target, shape, forms, lambda digest: content_of(db, digest), has_bom) as writer:
                    left_out = _write(reader, rows, writer, progress)
            except _Stopped:
                return DataReport(WrittenData(), 0, 0, is_stopped=True)
        return DataReport(writer.written, len(rows), left_out)

    def _rows(self, db: Transaction, selection: DataSelection) -> tuple[ResponseRow, ...]:
        found = [
            row
            for code in selection.rounds or (None,)
            if (round_ := self._rounds.find(code)) is not None
            for row in self._list.counted(round_.code)
        ]
        wanted = selection.those_wanted(found, signed_off(db))
        return tuple(
            sorted(wanted, key=lambda row: (_form_order(row.form_id), row.round, row.respondent, row.id))
        )


def _write(
    reader: ResponseReader, rows: Sequence[ResponseRow], writer: DataWriter, progress: TaskProgress
) -> int:
    """Writes these responses; gives how many answers are left out, for they are not for publication."""
    left_out = 0
    for done, response in enumerate(reader.read(rows), 1):
        if progress.should_stop():
            raise _Stopped
        writer.add(response)
        left_out += response.left_out
        progress.report(done, len(rows))
    return left_out


class _KeptRows:
    """The first rows of a table."""

    def __init__(self, most: int) -> None:
        self.rows: list[Sequence[Cell]] = []
        self._most = most

    def add(self, cells: Sequence[Cell]) -> None:
        """Keeps a row while there is room."""
        if len(self.rows) < self._most:
            self.rows.append(cells)


def _writing(
    target: Path, shape: DataFormat, forms: Forms, contents: Contents, has_bom: bool
) -> AbstractContextManager[DataWriter]:
    is_zip = target.suffix.lower() == ".zip"
    match shape:
        case DataFormat.WORKBOOK:
            if is_zip:
                return data_files.zipped_workbook_data(target, forms, contents)
            return data_files.workbook_data(target, forms)
        case DataFormat.CSV:
            if is_zip:
                return data_files.zipped_csv_data(target, forms, contents, has_bom=has_bom)
            return data_files.csv_data(target, forms, has_bom=has_bom)
        case DataFormat.JSON_LINES:
            return data_files.json_data(target, forms)
        case DataFormat.SUBMISSIONS:
            return submission_data(target, forms, contents)


def _forms(
    reader: ResponseReader, rows: Sequence[ResponseRow], layout: TableLayout, selection: DataSelection
) -> dict[str, FormTables]:
    """The tables of each questionnaire that is used, by its id."""
    versions: dict[str, dict[str, Questionnaire]] = {}
    for row in rows:
        used = reader.used_by(row.id)
        versions.setdefault(row.form_id, {})[used.hash] = used
    wanted = reader.sections = _sections(versions, selection.sections) if selection.sections else None
    _check_languages(versions, layout)
    found: dict[str, FormTables] = {}
    for form_id, used_ones in versions.items():
        newest_first = sorted(
            used_ones.values(), key=lambda one: (natural(one.version), one.hash), reverse=True
        )
        taken = [table.name for form in found.values() for table in form.tables]
        found[form_id] = form_tables(newest_first, layout, taken=taken, sections=wanted)
    return found


def _check_languages(versions: Mapping[str, Mapping[str, Questionnaire]], layout: TableLayout) -> None:
    """Raises an IscmError where none of the questionnaires has a language that is wanted."""
    known = {
        name.casefold(): one
        for by_hash in versions.values()
        for used in by_hash.values()
        for one in used.languages
        for name in (one, language_code(one), "default")
    }
    for wanted in (layout.labels, layout.headings):
        if known and wanted and wanted.casefold() not in known:
            languages = ", ".join(dict.fromkeys(known.values()))
            raise IscmError(DataProblem.LANGUAGE_UNKNOWN, language=wanted, languages=languages)


def _sections(
    versions: Mapping[str, Mapping[str, Questionnaire]], named: Sequence[str]
) -> frozenset[TemplatePath]:
    """The paths of sections that people name by path or number.

    Raises:
        IscmError: there is no such section.
    """
    known: dict[str, set[TemplatePath]] = {}
    for used in (one for by_hash in versions.values() for one in by_hash.values()):
        numbers = numbering(used)
        for section in used.sections:
            for name in (section.path, numbers.number(section.path, (), language="en")):
                known.setdefault(name.casefold(), set()).add(section.path)
    unknown = next((name for name in named if name.casefold() not in known), None)
    if unknown is not None:
        raise IscmError(DataProblem.SECTION_UNKNOWN, section=unknown)
    return frozenset(path for name in named for path in known[name.casefold()])


def _form_order(form_id: str) -> tuple[int, str]:
    keys = tuple(catalogue.shipped_keys())
    return (keys.index(form_id) if form_id in keys else len(keys), form_id)
