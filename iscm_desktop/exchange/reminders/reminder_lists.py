"""Lists beside the reminders: one for people and spreadsheets, one for the mail merge of a word processor.

UTF-8 with its mark and commas, which Excel, LibreOffice and Word read. Names of columns are short, of letters, digits
and underscores, as a mail merge wants its fields; a cell holds no line break, which would end its row there. Cells that
a spreadsheet would take for formulas are written with an apostrophe before them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.exchange.data.formula_texts import neutralised
from iscm_desktop.exchange.data.workbook_writer import workbook
from iscm_desktop.exchange.package.package_writer import replace_file
from iscm_desktop.file_names import shown_file
from iscm_desktop.i18n import _

LIST = "reminders.csv"
BOOK = "reminders.xlsx"
MAIL_MERGE = "mail-merge.csv"

LIST_COLUMNS = (
    "questionnaire", "respondent", "name", "language", "contact", "address", "status", "due_on", "late",
    "required_open", "to_mend", "queries_open", "reminded_before", "last_reminded_on", "last_reminded_by", "text",
    "mail", "invitation", "invitation_state",
)  # fmt: skip
MERGE_COLUMNS = (
    "address", "name", "respondent", "questionnaire", "language", "subject", "round", "due", "status", "missing",
    "queries", "invitation",
)  # fmt: skip


def write_table(target: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Writes a list, and reads it again.

    Raises:
        IscmError: it cannot be written, or not be read as it was meant.
    """
    cells = [[neutralised(" ".join(row[column].split())) for column in columns] for row in rows]
    made = io.StringIO(newline="")
    csv.writer(made).writerows([list(columns), *cells])

    def read_back(data: bytes) -> None:
        if [*csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))] != [list(columns), *cells]:
            reason = _("it was not what was meant to be written")
            raise IscmError(FileProblem.FILE_NOT_READ_BACK, file=shown_file(target), reason=reason)

    replace_file(target, made.getvalue().encode("utf-8-sig"), read_back)


def write_book(target: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """The list as a workbook, in which every text is a text.

    Raises:
        IscmError: it cannot be written.
    """
    with workbook(target) as book:
        sheet = book.sheet("reminders", columns)
        for row in rows:
            sheet.add([row[column] for column in columns])
