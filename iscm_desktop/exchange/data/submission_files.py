"""Submissions in a zip, laid out as ODK Briefcase keeps them: forms, instances in folders, files beside each.

`responses.csv` says whose each instance is, for a submission itself does not: the same table serves to match
submissions to respondents when they are brought in again.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iscm_desktop.exchange.data.csv_writer import CsvWriter
from iscm_desktop.exchange.data.data_files import Forms, WrittenData, archive_data
from iscm_desktop.exchange.data.media_files import Contents, MediaFolder
from iscm_desktop.exchange.data.response_data import ResponseData
from iscm_desktop.exchange.data.submission_writer import submission_id, submission_xml
from iscm_desktop.exchange.data.table_model import MARKS, MARKS_NAME, FormTables
from iscm_desktop.exchange.data.table_rows import TableRows
from iscm_desktop.file_names import file_stem, stems

FORMS, INSTANCES, SUBMISSION, VERSIONS = "forms", "instances", "submission.xml", "versions"
RESPONSES = "responses.csv"
RESPONSE_COLUMNS = (
    "instance_id", "form_id", "version", "round", "respondent", "respondent_name", "language",
    "submitted_at", "status",
)  # fmt: skip


class SubmissionWriter:
    """An instance for each response.

    Args:
        folder: Where the tables about them are written until they go into the archive.
    """

    def __init__(
        self,
        archive: zipfile.ZipFile,
        forms: Forms,
        media: MediaFolder,
        responses: CsvWriter,
        marks: CsvWriter,
    ) -> None:
        self._archive, self._media = archive, media
        self._responses, self._marks = responses, marks
        self._rows = {form_id: TableRows(tables) for form_id, tables in forms.items()}
        self._folders = dict(zip(forms, stems([(form_id,) for form_id in forms]), strict=True))
        self.written = WrittenData()
        for form_id, tables in forms.items():
            self._add_form(tables, self._folders[form_id])

    def add(self, response: ResponseData) -> None:
        """Adds a response, its files, and what is said of it."""
        head, rows = response.head, self._rows[response.head.form_id]
        name = submission_id(head.uuid)
        folder = f"{FORMS}/{self._folders[head.form_id]}/{INSTANCES}/{name.replace(':', '')}"
        self._archive.writestr(f"{folder}/{SUBMISSION}", submission_xml(response))
        self._media.add(response, folder)
        self._responses.add(
            (
                name, head.form_id, head.version, head.round, head.respondent, head.respondent_name, head.language,
                head.changed_at, head.status,
            )
        )  # fmt: skip
        for _table, _row in rows.rows(response):
            pass  # what cannot be read is told while rows are made
        for mark in rows.marks(response):
            self._marks.add(mark)
        self.written.row_counts[head.form_id] += 1

    def finish(self) -> None:
        """Sums up what has to be said."""
        for rows in self._rows.values():
            self.written.marks.update(rows.counted)
        self.written.missing_files = self._media.missing

    def _add_form(self, tables: FormTables, folder: str) -> None:
        """The form as whoever brings these into ODK needs it, and its older versions."""
        newest, *older = tables.versions
        self._archive.writestr(f"{FORMS}/{folder}/{folder}.xml", newest.source)
        names = stems([(one.version or one.hash[:8],) for one in older])
        for name, one in zip(names, older, strict=True):
            self._archive.writestr(f"{FORMS}/{folder}/{VERSIONS}/{name}.xml", one.source)


@contextmanager
def submission_data(target: Path, forms: Forms, contents: Contents) -> Iterator[SubmissionWriter]:
    """Submissions with their files in a zip."""
    with archive_data(target) as (archive, folder):
        listed, marked = folder / RESPONSES, folder / f"{file_stem(MARKS_NAME)}.csv"
        with listed.open("wb") as responses, marked.open("wb") as marks:
            takers = (
                CsvWriter(responses, RESPONSE_COLUMNS, has_bom=True),
                CsvWriter(marks, [column.heading for column in MARKS], has_bom=True),
            )
            writer = SubmissionWriter(archive, forms, MediaFolder(archive, contents), *takers)
            yield writer
            for taker in takers:
                taker.close()
        for file in (listed, marked):
            archive.write(file, file.name)
        writer.finish()
        writer.written.files.append(target)
