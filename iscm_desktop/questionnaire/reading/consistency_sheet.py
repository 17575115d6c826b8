"""The sheet `consistency` of a workbook: its rows as rules, with what is wrong in them by row.

pyxform passes over sheets that it does not know, so this one is read here, out of every kind of workbook.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.consistency_rule import COLUMNS, ConsistencyRule
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.reading.workbook_faults import WorkbookFault
from iscm_desktop.questionnaire.rule_expressions import rule_faults

SHEET = "consistency"

Row = tuple[int, Sequence[str]]
"""A row as the spreadsheet program numbers it, and its cells; blank ones are ""."""

_COMPARE = {"": False, "each": False, "together": True}
_LANGUAGE = "default"
"""As pyxform calls the language of a column `label` that names none."""

_UNKNOWN_COLUMN = N_("The column '{found}' means nothing here. These do: {known}.")
_COLUMN_NEAR = N_("The column '{found}' means nothing here. Did you mean '{near}'?")
_COLUMN_TWICE = N_("Two columns are headed '{found}'. Take one of them out.")
_NOT_COMPARED = N_("'{found}' is no way to compare. Write 'each', or 'together', or leave the cell blank.")


@dataclass(frozen=True, slots=True)
class ConsistencySheet:
    """What the sheet says; nothing where a workbook has none."""

    rules: tuple[ConsistencyRule, ...] = ()
    rows: tuple[int, ...] = ()  # of the rules
    faults: tuple[WorkbookFault, ...] = ()

    def all_faults(self, questionnaire: Questionnaire) -> tuple[WorkbookFault, ...]:
        """What is wrong with the sheet, and with its rules in the form that was made of the workbook; by row."""
        found = [
            WorkbookFault(SHEET, self._row(one.place), one.message) for one in rule_faults(questionnaire)
        ]
        return tuple(sorted((*self.faults, *found), key=lambda fault: fault.row))

    def _row(self, place: int) -> int:
        return self.rows[place] if place < len(self.rows) else 0


def read_sheet(rows: Iterable[Row]) -> ConsistencySheet:
    """The rules in the rows of the sheet, of which the first that is not blank is its header."""
    filled = [row for row in rows if any(cell.strip() for cell in row[1])]
    if not filled:
        return ConsistencySheet()
    (top, heads), *body = filled
    columns = [" ".join(head.split()) for head in heads]
    faults = [*_faulty_heads(top, columns)]
    rules: list[ConsistencyRule] = []
    for number, cells in body:
        texts = {head: cell.strip() for head, cell in zip(columns, cells, strict=False) if head}
        compare = texts.get("compare", "").casefold()
        if compare not in _COMPARE:
            faults.append(WorkbookFault(SHEET, number, _(_NOT_COMPARED).format(found=compare)))
        rules.append(_rule(texts, is_together=_COMPARE.get(compare, False)))
    return ConsistencySheet(tuple(rules), tuple(number for number, _cells in body), tuple(faults))


def _rule(texts: Mapping[str, str], *, is_together: bool) -> ConsistencyRule:
    return ConsistencyRule(
        **{column: texts.get(column, "") for column in COLUMNS},
        is_together=is_together,
        label=_by_language(texts, "label"),
        other_label=_by_language(texts, "other_label"),
    )


def _by_language(texts: Mapping[str, str], column: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for head, text in texts.items():
        name, _colons, language = head.partition("::")
        if name == column and text:
            found[language.strip() or _LANGUAGE] = text
    return found


def _faulty_heads(row: int, columns: Sequence[str]) -> Iterable[WorkbookFault]:
    known = (*COLUMNS, "compare", "label", "other_label")
    for place, head in enumerate(columns):
        name = head.partition("::")[0]
        if not head or name in ("note", "notes"):
            continue
        if name not in known:
            near = difflib.get_close_matches(name.casefold(), known, n=1)
            sentence = (
                _(_COLUMN_NEAR).format(found=head, near=near[0])
                if near
                else _(_UNKNOWN_COLUMN).format(found=head, known=", ".join(known))
            )
            yield WorkbookFault(SHEET, row, sentence)
        elif head in columns[:place]:
            yield WorkbookFault(SHEET, row, _(_COLUMN_TWICE).format(found=head))


def rows_of(path: Path) -> list[Row]:
    """The rows of the sheet in a workbook that may be opened; [] where it has none."""
    match path.suffix.lower():
        case ".xlsx" | ".xlsm":
            return _of_xlsx(path)
        case ".xls":
            return _of_xls(path)
        case ".csv":
            return rows_in_csv(path.read_bytes().decode("utf-8", "replace"))[0]
        case _:
            return rows_in_markdown(path.read_bytes().decode("utf-8", "replace"))


def _of_xlsx(path: Path) -> list[Row]:
    from openpyxl import load_workbook  # slow to import, and not needed to fill anything in

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on styles and extensions, which nobody reads here
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = next((one for one in book.worksheets if _is_ours(one.title)), None)
            if sheet is None:
                return []
            return [(number, _texts(row)) for number, row in enumerate(sheet.iter_rows(values_only=True), 1)]
        finally:
            book.close()


def _of_xls(path: Path) -> list[Row]:
    import xlrd  # type: ignore[import-untyped] # as above; it has no types

    with xlrd.open_workbook(str(path), on_demand=True) as book:
        name = next((one for one in book.sheet_names() if _is_ours(one)), None)
        if name is None:
            return []
        sheet = book.sheet_by_name(name)
        return [(number + 1, _texts(sheet.row_values(number))) for number in range(sheet.nrows)]


def rows_in_csv(text: str) -> tuple[list[Row], str]:
    """The rows of the sheet in a workbook that is one CSV, and the CSV without them, for pyxform reads no more.

    Rows are numbered within the sheet, from 1.
    """
    ours: list[Row] = []
    rest: list[list[str]] = []
    is_here = False
    for row in csv.reader(io.StringIO(text, newline="")):
        name = row[0].strip() if row else ""
        if name:
            is_here = _is_ours(name)
        if not is_here:
            rest.append(row)
        elif any(cell.strip() for cell in row[1:]):
            ours.append((len(ours) + 1, row[1:]))
    if not ours:
        return [], text
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rest)
    return ours, written.getvalue()


_TABLE_ROW = re.compile(r"\s*\|(.*)\|\s*")
_RULE_LINE = re.compile(r"[|\-:\s]+")
_CELL_END = re.compile(r"(?<!\\)\|")


def rows_in_markdown(text: str) -> list[Row]:
    """Likewise in tables of Markdown."""
    ours: list[Row] = []
    is_here = False
    for line in text.split("\n"):
        found = _TABLE_ROW.fullmatch(line)
        if found is None or _RULE_LINE.fullmatch(found[1]):
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in _CELL_END.split(found[1])]
        if cells[0]:
            is_here = _is_ours(cells[0])
        if is_here and any(cells[1:]):
            ours.append((len(ours) + 1, cells[1:]))
    return ours


def _is_ours(name: str) -> bool:
    return name.strip().casefold() == SHEET


def _texts(cells: Sequence[object]) -> list[str]:
    return [_text(cell) for cell in cells]


def _text(cell: object) -> str:
    """A cell as it is read elsewhere in the workbook: whole numbers without a fraction."""
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
