"""Files of data: a workbook, texts in a zip or beside each other, JSON lines. Each is written bit by bit."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Protocol

from iscm_desktop.exchange.data.csv_writer import CsvWriter
from iscm_desktop.exchange.data.data_tables import DataTables, RowTaker, columns_of
from iscm_desktop.exchange.data.json_lines import json_line
from iscm_desktop.exchange.data.media_files import Contents, MediaFolder, files_of
from iscm_desktop.exchange.data.replaced_file import replaced_file
from iscm_desktop.exchange.data.response_data import MarkKind, ResponseData
from iscm_desktop.exchange.data.split_cells import SplitCell
from iscm_desktop.exchange.data.table_model import FormTables
from iscm_desktop.exchange.data.workbook_writer import BookWriter, workbook
from iscm_desktop.file_names import file_stem, stems

Forms = Mapping[str, FormTables]


@dataclass(slots=True)
class WrittenData:
    """What was written, and what has to be said about it."""

    files: list[Path] = field(default_factory=list)
    row_counts: Counter[str] = field(default_factory=Counter)
    marks: Counter[MarkKind] = field(default_factory=Counter)
    split_cells: list[SplitCell] = field(default_factory=list)
    missing_files: list[str] = field(default_factory=list)  # attached files whose content is not here
    left_files: int = 0  # attached files that this kind of file has no room for
    sentences: list[str] = field(default_factory=list)


class DataWriter(Protocol):
    """Takes responses one after the other."""

    written: WrittenData

    def add(self, response: ResponseData) -> None:
        """Adds a response."""


class TableWriter:
    """Rows into takers, files into a folder where there is one."""

    def __init__(self, tables: DataTables, media: MediaFolder | None = None) -> None:
        self._tables, self._media = tables, media
        self.written = WrittenData(row_counts=tables.row_counts)

    def add(self, response: ResponseData) -> None:
        """Adds a response."""
        self._tables.add(response)
        if self._media is not None:
            self._media.add(response)
        else:
            self.written.left_files += sum(1 for _file in files_of(response))

    def finish(self) -> None:
        """Sums up what has to be said."""
        self.written.marks = self._tables.marks
        if self._media is not None:
            self.written.missing_files = self._media.missing


@contextmanager
def workbook_data(target: Path, forms: Forms) -> Iterator[TableWriter]:
    """A workbook with a sheet for each table."""
    with workbook(target) as book:
        writer = TableWriter(DataTables(forms, _sheets(book, forms)))
        yield writer
        writer.finish()
        writer.written.split_cells = book.split_cells
        writer.written.files.append(target)


def _sheets(book: BookWriter, forms: Forms) -> dict[str, RowTaker]:
    return {
        name: book.sheet(name, [column.heading for column in columns])
        for name, columns in columns_of(forms).items()
    }


@contextmanager
def zipped_workbook_data(target: Path, forms: Forms, contents: Contents) -> Iterator[TableWriter]:
    """The same in a zip, with the files that answers name."""
    with archive_data(target) as (archive, folder):
        file = folder / f"{target.stem or 'data'}.xlsx"
        with workbook(file) as book:
            media = MediaFolder(archive, contents)
            writer = TableWriter(DataTables(forms, _sheets(book, forms)), media)
            yield writer
            writer.finish()
            writer.written.split_cells = book.split_cells
        archive.write(file, file.name)
        writer.written.files.append(target)


@contextmanager
def csv_data(target: Path, forms: Forms, *, has_bom: bool) -> Iterator[TableWriter]:
    """A file for each table: the first by this name, the others beside it with the table's name behind."""
    columns = columns_of(forms)
    names = stems([(target.stem, name) for name in columns])
    files = [target, *(target.with_name(f"{name}{target.suffix}") for name in names[1:])]
    with ExitStack() as open_files:
        takers: dict[str, CsvWriter] = {}
        for (name, of_table), file in zip(columns.items(), files, strict=True):
            beside = open_files.enter_context(replaced_file(file))
            opened = open_files.enter_context(beside.open("wb"))
            takers[name] = CsvWriter(opened, [column.heading for column in of_table], has_bom=has_bom)
        writer = TableWriter(DataTables(forms, takers))
        yield writer
        for taker in takers.values():
            taker.close()
        writer.finish()
        writer.written.files += files


@contextmanager
def zipped_csv_data(
    target: Path, forms: Forms, contents: Contents, *, has_bom: bool
) -> Iterator[TableWriter]:
    """A file for each table, and the files that answers name, in a zip."""
    with archive_data(target) as (archive, folder):
        columns = columns_of(forms)
        files = [folder / f"{name}.csv" for name in stems([(file_stem(name),) for name in columns])]
        with ExitStack() as open_files:
            takers: dict[str, CsvWriter] = {}
            for (name, of_table), file in zip(columns.items(), files, strict=True):
                opened = open_files.enter_context(file.open("wb"))
                takers[name] = CsvWriter(opened, [column.heading for column in of_table], has_bom=has_bom)
            writer = TableWriter(DataTables(forms, takers), MediaFolder(archive, contents))
            yield writer
            for taker in takers.values():
                taker.close()
        writer.finish()
        for file in files:
            archive.write(file, file.name)
        writer.written.files.append(target)


class JsonWriter:
    """A line for each response."""

    def __init__(self, forms: Forms, file: IO[bytes]) -> None:
        self._forms, self._file = forms, file
        self.written = WrittenData()

    def add(self, response: ResponseData) -> None:
        """Adds a response."""
        tables = self._forms[response.head.form_id]
        self._file.write(json_line(tables, response))
        self.written.row_counts[tables.main.name] += 1
        self.written.marks.update(mark.kind for mark in response.marks)
        self.written.left_files += sum(1 for _file in files_of(response))


@contextmanager
def json_data(target: Path, forms: Forms) -> Iterator[JsonWriter]:
    """JSON lines."""
    with replaced_file(target) as beside, beside.open("wb") as file:
        writer = JsonWriter(forms, file)
        yield writer
        writer.written.files.append(target)


@contextmanager
def archive_data(target: Path) -> Iterator[tuple[zipfile.ZipFile, Path]]:
    """A zip that takes its place when the block ends and it has been read again; a private folder to work in."""
    with replaced_file(target) as beside, TemporaryDirectory(prefix=".iscm-", dir=beside.parent) as folder:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
            yield archive, Path(folder)
        with zipfile.ZipFile(beside) as archive:
            damaged = archive.testzip()
        if damaged is not None:
            raise OSError(damaged)
