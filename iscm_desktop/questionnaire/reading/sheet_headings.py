"""The headings of a workbook's sheets, read on their own where pyxform refuses to read more."""

from __future__ import annotations

import warnings
from pathlib import Path


def headings_of(path: Path) -> dict[str, list[str]]:
    """The texts of the first row of each sheet by its name; {} for kinds of file that have no sheets."""
    match path.suffix.lower():
        case ".xlsx" | ".xlsm":
            return _of_xlsx(path)
        case ".xls":
            return _of_xls(path)
        case _:
            return {}


def _of_xlsx(path: Path) -> dict[str, list[str]]:
    from openpyxl import load_workbook  # slow to import, and only needed for a faulty workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on styles and extensions, which nobody reads here
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            return {
                sheet.title: _texts(next(sheet.iter_rows(max_row=1, values_only=True), ()))
                for sheet in book.worksheets
            }
        finally:
            book.close()


def _of_xls(path: Path) -> dict[str, list[str]]:
    import xlrd  # type: ignore[import-untyped] # as above

    with xlrd.open_workbook(str(path), on_demand=True) as book:
        sheets = map(book.sheet_by_name, book.sheet_names())
        return {sheet.name: _texts(sheet.row_values(0)) if sheet.nrows else [] for sheet in sheets}


def _texts(row: object) -> list[str]:
    return [str(cell).strip() for cell in row if cell is not None] if isinstance(row, tuple | list) else []
