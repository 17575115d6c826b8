"""In which shapes data leaves, and which of them the name of a file means."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from iscm_desktop.errors import DataProblem, IscmError
from iscm_desktop.exchange.data.table_layout import AS_KOBO, Several, TableLayout
from iscm_desktop.file_names import shown_file

__all__ = ["AS_KOBO", "DataFormat", "Several", "TableLayout", "shape_of"]


class DataFormat(Enum):
    """In which shape data leaves."""

    WORKBOOK = "xlsx"
    CSV = "csv"
    JSON_LINES = "jsonl"
    SUBMISSIONS = "xml"

    @property
    def endings(self) -> tuple[str, ...]:
        """Of the names of such files, the usual one first."""
        return _ENDINGS[self]


_ENDINGS = {
    DataFormat.WORKBOOK: (".xlsx", ".zip"),
    DataFormat.CSV: (".zip", ".csv"),
    DataFormat.JSON_LINES: (".jsonl", ".ndjson"),
    DataFormat.SUBMISSIONS: (".xml.zip", ".zip"),
}


def shape_of(target: Path, wanted: DataFormat | None = None) -> DataFormat:
    """The shape that a file's ending means.

    Args:
        wanted: What was said beside the name; it has to fit the ending.

    Raises:
        IscmError: the ending means none, or another.
    """
    ending = target.suffix.lower()
    if wanted is None:
        wanted = _zipped(target) if ending == ".zip" else None
    for shape in [wanted] if wanted else DataFormat:
        if ending in shape.endings:
            return shape
    endings = wanted.endings if wanted else (one for shape in DataFormat for one in shape.endings)
    shown = ", ".join(dict.fromkeys(endings))
    raise IscmError(DataProblem.ENDING_UNKNOWN, file=shown_file(target), endings=shown)


def _zipped(target: Path) -> DataFormat:
    """What a zip holds where nothing but its name says it."""
    inner = Path(target.stem).suffix.lower().removeprefix(".")
    inside = (DataFormat.SUBMISSIONS, DataFormat.WORKBOOK)
    return next((shape for shape in inside if shape.value == inner), DataFormat.CSV)
