"""XLSForm workbooks, through pyxform: read into a `Questionnaire`, their faults told with sheet and row.

pyxform stops at the first fault. To tell all that can be told at once, a faulty row is set aside and the rest
is tried again, as long as that gets any further.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.attachments import Attachments
from iscm_desktop.questionnaire.faults import form_faults
from iscm_desktop.questionnaire.questionnaire import Questionnaire
from iscm_desktop.questionnaire.xform import assemble

ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".csv", ".md"})
_ATTACHED = frozenset({".csv", ".xml", ".geojson"})

_ROW = re.compile(r"\[?\brow\s*:\s*(\d+)\]?\s*", re.IGNORECASE)
_SHEET = re.compile(
    r"'(survey|choices|settings|external_choices|entities|osm)' (?:sheet|worksheet)|sheet '(\w+)'"
)
_MOST_FAULTS = 100

_UNKNOWN_TYPE = N_("'{found}' is not a question type.")
_UNKNOWN_TYPE_NEAR = N_("'{found}' is not a question type. Did you mean '{near}'?")
_NO_REFERENCE = N_("${{{found}}} is not the name of any question.")
_NO_WORKBOOK = N_("The file cannot be read as a workbook.")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend in a workbook."""

    sheet: str
    row: int  # as the spreadsheet program numbers it, from 1; 0 where no row is to blame
    message: str

    def __str__(self) -> str:
        if not self.row:
            return f"{self.sheet}: {self.message}" if self.sheet else self.message
        return _("Sheet '{sheet}', row {row}: {message}").format(
            sheet=self.sheet, row=self.row, message=self.message
        )


def read_xlsform(path: Path) -> Questionnaire:
    """The questionnaire of a workbook (.xlsx, .xls, .csv, .md), with the lists in files beside it.

    Raises:
        IscmError: FORM_FAULTY with all faults found, FORM_MISSING where there is no such file.
    """
    if not path.is_file():
        raise IscmError(Problem.FORM_MISSING, file=path)
    questionnaire, faults = _tried(path)
    if questionnaire is None or faults:
        raise IscmError(Problem.FORM_FAULTY, name=path.name, faults="\n".join(map(str, faults)))
    return questionnaire


def check_xlsform(path: Path) -> tuple[Fault, ...]:
    """All that keeps a workbook from being used, in sheet and row order; empty where nothing does."""
    if not path.is_file():
        raise IscmError(Problem.FORM_MISSING, file=path)
    return _tried(path)[1]


def converted(
    source: Path | str | bytes | dict[str, Any], kind: str | None = None
) -> tuple[str, Attachments]:
    """The XForm of a workbook, and the lists that pyxform keeps in files of their own.

    Args:
        source: A file, its content, or the sheets as pyxform takes them; text is Markdown.
        kind: Ending of the file type where `source` is content, such as ".md".

    Raises:
        pyxform.errors.PyXFormError: what pyxform found wrong.
    """
    from pyxform.xls2xform import convert  # slow to import, and not needed to fill anything in

    given = source if not isinstance(source, Path) else str(source)
    result = convert(given, file_type=kind)
    return result.xform, _external_lists(result.itemsets)


def _external_lists(itemsets: str | None) -> Attachments:
    """The external choices, one CSV file per list, under the names of their lists."""
    if not itemsets:
        return {}
    head, *rows = list(csv.reader(io.StringIO(itemsets)))
    place = head.index("list_name")
    lists: dict[str, list[list[str]]] = {}
    for row in rows:
        lists.setdefault(row[place], [head]).append(row)
    return {f"{name}.csv": _csv(table) for name, table in lists.items()}


def _csv(table: list[list[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(table)
    return written.getvalue().encode()


def from_markdown(text: str) -> Questionnaire:
    """The questionnaire of an XLSForm written as Markdown tables.

    Raises:
        IscmError: FORM_FAULTY with all faults found.
    """
    return _finished(*converted(text, ".md"), name="Markdown")


def _finished(xml: str, attachments: Attachments, name: str) -> Questionnaire:
    questionnaire = assemble(xml, attachments)
    faults = form_faults(questionnaire)
    if faults:
        told = "\n".join(f"{fault.path}: {fault.message}" for fault in faults)
        raise IscmError(Problem.FORM_FAULTY, name=name, faults=told)
    return questionnaire


def files_beside(path: Path) -> dict[str, bytes]:
    """Files in the folder of a form that could be lists of it."""
    others = (each for each in path.parent.iterdir() if each.suffix.lower() in _ATTACHED and each != path)
    return {each.name: each.read_bytes() for each in others if each.is_file()}


def _tried(path: Path) -> tuple[Questionnaire | None, tuple[Fault, ...]]:
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import get_xlsform

    try:
        sheets = get_xlsform(str(path))
    except (PyXFormError, ValueError, KeyError, OSError) as error:
        return None, (Fault("", 0, f"{_(_NO_WORKBOOK)} {error}"),)
    del sheets
    try:
        xml, lists = converted(path)
    except PyXFormError as error:
        return None, tuple(_told(str(error)))
    questionnaire = assemble(xml, {**files_beside(path), **lists})
    return questionnaire, tuple(
        Fault("survey", 0, f"{each.path}: {each.message}") for each in form_faults(questionnaire)
    )


def _told(message: str) -> Iterator[Fault]:
    """pyxform's message as faults of ours."""
    row, sheet = _ROW.search(message), _SHEET.search(message)
    found = (sheet[1] or sheet[2]) if sheet else "survey"
    yield Fault(found, int(row[1]) if row else 0, _ROW.sub("", message).strip())
