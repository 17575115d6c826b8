"""Reading the files of `resources/registers`: rows by column, lists and numbers in cells.

A blank cell was not verified; it gives "", an empty list or None.
"""

from __future__ import annotations

import csv

from iscm_desktop.paths import resource


def register_rows(file: str) -> list[dict[str, str]]:
    """The rows of one register, in its order, each cell by its column."""
    with resource("registers", file).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def cell_parts(cell: str) -> tuple[str, ...]:
    """The parts of a cell that lists several, between semicolons."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def cell_number(cell: str) -> int | None:
    """The whole number in a cell; None where it is blank."""
    return int(cell) if cell else None
