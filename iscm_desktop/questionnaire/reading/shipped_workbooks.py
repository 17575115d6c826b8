"""The shipped questionnaires as whole XLSForm workbooks: their form in git, with the registers' lists put in.

Responsible for composing the sheets and for the `.xlsx` that a coordinator opens in Excel or uploads to ODK
or KoboToolbox. Leaves reading a workbook as a questionnaire to `xlsform`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from iscm_desktop.paths import resource
from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.reading.consistency_sheet import SHEET, ConsistencySheet, read_sheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Rows = tuple[tuple[str, ...], ...]

_LABEL = re.compile(r"label::(?P<language>.+ \((?P<code>[a-z]{2})\))$")

_ChoiceRow = dict[str, str]


@dataclass(frozen=True, slots=True)
class ShippedWorkbook:
    """The sheets of an XLSForm; in each, the first row is the header and blank cells are ""."""

    key: str
    sheets: dict[str, Rows]

    def definition(self) -> dict[str, object]:
        """The workbook in the shape that `pyxform.xls2xform.convert` takes instead of a file: what pyxform knows."""
        definition: dict[str, object] = {"sheet_names": list(self.sheets), "fallback_form_name": self.key}
        for name, (head, *body) in self.sheets.items():
            if name == SHEET:
                continue
            definition[f"{name}_header"] = [dict.fromkeys(head)]
            definition[name] = [
                {key: cell for key, cell in zip(head, row, strict=True) if cell} for row in body
            ]
        return definition

    def consistency(self) -> ConsistencySheet:
        """The sheet that pyxform does not know."""
        return read_sheet(enumerate(self.sheets.get(SHEET, ()), 1))


def source_of(key: str) -> Path:
    """The questionnaire's form in git: all sheets in one file, in the CSV dialect that pyxform reads."""
    return resource("questionnaires", f"{key}.csv")


def compose(key: str) -> ShippedWorkbook:
    """The whole questionnaire: every list of a register that it asks for stands in its choices."""
    sheets = _read(source_of(key))
    asked = {row[0].partition(" ")[2] for row in _body(sheets["survey"], "type")}
    sheets["choices"] = _with_registers(sheets["choices"], asked)
    return ShippedWorkbook(key, sheets)


def _read(path: Path) -> dict[str, Rows]:
    """A sheet begins where the first cell names it; its rows follow, moved one cell to the right."""
    sheets: dict[str, list[tuple[str, ...]]] = {}
    rows: list[tuple[str, ...]] = []
    with path.open(encoding="utf-8", newline="") as source:
        for name, *cells in csv.reader(source):
            if name:
                rows = sheets.setdefault(name, [])
            if any(cells):
                rows.append(tuple(cells))
    return {name: tuple(found) for name, found in sheets.items()}


def _body(rows: Rows, *columns: str) -> Iterator[tuple[str, ...]]:
    places = [rows[0].index(column) for column in columns]
    return (tuple(row[place] for place in places) for row in rows[1:])


def _with_registers(choices: Rows, asked: set[str]) -> Rows:
    """The choices with the lists of registers that are asked for and not spelled out already."""
    head = list(choices[0])
    present = {name for (name,) in _body(choices, "list_name")}
    languages = {found["code"]: column for column in head if (found := _LABEL.match(column))}
    added = [
        {"list_name": name, **row}
        for name, rows in _REGISTERS.items()
        if name in asked and name not in present
        for row in rows(languages)
    ]
    head += [column for row in added for column in row if column not in head]
    head = list(dict.fromkeys(head))
    width = len(head) - len(choices[0])
    kept = tuple((*row, *[""] * width) for row in choices[1:])
    return (tuple(head), *kept, *(tuple(row.get(column, "") for column in head) for row in added))


def _mechanism_rows(languages: dict[str, str]) -> Iterator[_ChoiceRow]:
    """With the facts that conditions and warnings need as columns; members are codes with blanks between."""
    for mechanism in registers.mechanisms():
        members = registers.members_of(mechanism.code)
        row = {
            "name": mechanism.code,
            "phrase": mechanism.short_name,
            "founded_year": str(mechanism.founded_year or ""),
            "member_count": str(mechanism.member_count or ""),
        }
        for column, role in (("members", "member"), ("observers", "observer"), ("former", "former")):
            row[column] = " ".join(member.territory for member in members if member.role == role)
        yield row | {column: mechanism.full_name(code) for code, column in languages.items()}
    yield {"name": "other", "phrase": "another mechanism", **_english_other(languages)}


def _english_other(languages: dict[str, str]) -> _ChoiceRow:
    return {column: _OTHER.get(code, _OTHER["en"]) for code, column in languages.items()}


_OTHER = {"en": "Other", "fr": "Autre", "es": "Otro", "ar": "أخرى", "ru": "Другое", "zh": "其他"}


def _theme_rows(languages: dict[str, str]) -> Iterator[_ChoiceRow]:
    for theme in registers.themes():
        yield {"name": theme.code, "phrase": theme.phrase} | dict.fromkeys(languages.values(), theme.label)


def _territory_rows(languages: dict[str, str]) -> Iterator[_ChoiceRow]:
    for territory in registers.territories():
        row = {"name": territory.code, "phrase": territory.name_in_text}
        for code, column in languages.items():
            row[column] = registers.respondent_name("state", territory.code, code)
        yield row


def _currency_rows(languages: dict[str, str]) -> Iterator[_ChoiceRow]:
    labels = {
        code: {currency.code: currency.label for currency in registers.currencies(code)} for code in languages
    }
    for currency in registers.currencies():
        row = {"name": currency.code, "phrase": currency.code}
        yield row | {column: labels[code][currency.code] for code, column in languages.items()}


_REGISTERS: dict[str, Callable[[dict[str, str]], Iterator[_ChoiceRow]]] = {
    "mechanisms": _mechanism_rows,
    "themes": _theme_rows,
    "territories": _territory_rows,
    "currencies": _currency_rows,
}


def write_xlsx(workbook: ShippedWorkbook, path: Path) -> None:
    """Writes the workbook for Excel; written beside `path`, then put in its place.

    Every cell is text, whatever it looks like: "=1+1" stays what it is, and codes keep their zeros.
    """
    import openpyxl  # here, since the program starts without it

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in workbook.sheets.items():
        sheet = book.create_sheet(name)
        _fill(sheet, rows)
        _arrange(sheet, rows[0])
    beside = path.with_name(f".{path.name}.part")
    book.save(beside)
    beside.replace(path)


def _fill(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            if text:
                cell = sheet.cell(number, place, text)
                cell.data_type = "s"  # openpyxl would take "=1+1" for a formula
                cell.number_format = "@"


_WIDTHS = {"label": 60, "hint": 44, "required_message": 36, "constraint_message": 36, "phrase": 36}
_EXPRESSIONS = ("relevant", "constraint", "calculation", "choice_filter", "whose", "other", "other_relevant")


def _arrange(sheet: Worksheet, head: Sequence[str]) -> None:
    """A frozen header, columns wide enough to read, long texts on several lines."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(head, start=1):
        width = _WIDTHS.get(column.partition("::")[0], 30 if column in _EXPRESSIONS else 18)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6EF")
    sheet.freeze_panes = "C2" if sheet.title == "survey" else "A2"
