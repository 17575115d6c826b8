"""A child process for the least that a desk can cost: the rows by plain SQL, the cells of a workbook by XlsxWriter.

python -m tests.bench.one_desk_floor STORE BOOK
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from openpyxl import load_workbook
from xlsxwriter import Workbook

from tests.bench import timing

_COUNTED = (
    "SELECT * FROM response", "SELECT * FROM round_respondent", "SELECT * FROM package",
    "SELECT subject, path, value FROM item WHERE kind <> 'answer'",
)  # fmt: skip
"""What tells how far each has come."""
_ANSWERS = ("SELECT subject, kind, path, value, heads FROM item",)

Sheets = dict[str, list[tuple[object, ...]]]


def main(store: str, book: str) -> None:
    sheets = _sheets(Path(book))
    with closing(sqlite3.connect(store)) as plain:
        found = {
            "counting": timing.seconds(lambda: _read(plain, _COUNTED)) * 1000,
            "reading": timing.seconds(lambda: _read(plain, _ANSWERS)) * 1000,
        }
    found["writing"] = timing.seconds(lambda: _write(sheets, Path(f"{book}-floor.xlsx"))) * 1000
    cells = sum(cell is not None for rows in sheets.values() for row in rows for cell in row)
    timing.answer({**found, "cells": cells})


def _read(plain: sqlite3.Connection, queries: tuple[str, ...]) -> None:
    for query in queries:
        plain.execute(query).fetchall()


def _sheets(book: Path) -> Sheets:
    with closing(load_workbook(book, read_only=True)) as loaded:
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in loaded}


def _write(sheets: Sheets, target: Path) -> None:
    with Workbook(target, {"constant_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, int | float):
                        sheet.write_number(at, column, cell)
                    elif cell is not None:
                        sheet.write_string(at, column, str(cell))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
