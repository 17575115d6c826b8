"""What a workbook may hold, found out before a library opens it.

Workbooks come from strangers, too, and the libraries that read them believe what they say: a part of some kilobytes
unpacks to gigabytes in memory before its length is compared, a text is repeated in a million cells. What is really
there is therefore counted first, in stretches and without keeping it. What a sheet claims of its size counts for
nothing, and neither does a row or a cell without a value.
"""

from __future__ import annotations

import csv
import io
import struct
import zipfile
import zlib
from pathlib import Path

from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.reading.sheet_contents import PartReader, SheetContents

LARGEST = 50_000_000
"""Bytes of an .xlsx, packed or with all its parts unpacked; the largest known to us has five million."""

LARGEST_UNPACKED = 10_000_000
"""Bytes of a workbook of another kind, of which nothing is packed."""

HIGHEST_RATIO = 150
"""Of the bytes that a part unpacks to, to those in the file; sheets of one row many times over come to 60."""

_SMALL = 1_000_000
"""Bytes that a part may unpack to whatever its ratio: blank cells pack well."""

MOST_PARTS = 2_000
"""Files in an .xlsx, its pictures included."""

MOST_SHEETS = 100
MOST_ROWS = 100_000
"""Of one sheet, such that hold a value."""

MOST_COLUMNS = 1_000
"""Cells of one row, such that hold a value."""

MOST_CELLS = 600_000
"""Of all sheets, such that hold a value; as many as an XForm may have nodes."""

MOST_IN_FRAME = 4_000_000
"""Cells of a sheet of an .xls between its first and its last, blank ones included: they take up memory there."""

MOST_ELEMENTS = 3_000_000
"""Of one part: cells without a value, styles and whatever else there is."""

MOST_CHARACTERS = 50_000_000
"""That all cells show, a text that many share counted in each of them."""

MOST_COMMENTS = 50_000_000
"""Characters times signs '#' of the lines of a .md: so long does pyxform look for comments in them."""

BROKEN = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError, EOFError,
          struct.error, zipfile.BadZipFile, zlib.error, csv.Error, NotImplementedError)  # fmt: skip
"""What readers of workbooks do with a file that ends too early, or holds nonsense."""

_ARCHIVES = frozenset({".xlsx", ".xlsm"})
_STRETCH = 1 << 16

_LARGE = N_("It is larger than {limit} MB, and no questionnaire is. {advice}")
_UNPACKED = N_("It is larger than {limit} MB when it is unpacked, and no questionnaire is. {advice}")
_RATIO = N_(
    "Its part '{part}' unpacks to more than {limit} times its size, and no sheet that somebody wrote does. {advice}"
)
_PARTS = N_("It consists of more than {limit} parts. {advice}")
_DAMAGED = N_(
    "Its part '{part}' does not hold what the file says of it: it is damaged, or was made to do harm. "
    "It was not opened. Ask for the file again."
)
_HOW_PACKED = N_("Its part '{part}' is encrypted, or packed as no spreadsheet program does. {advice}")
_ENTITIES = N_(
    "It declares entities, which can hide other files or endless text. It was not opened. "
    "Save it from the spreadsheet program again."
)
_SHEETS = N_("It has more than {limit} sheets. {advice}")
_ROWS = N_("One of its sheets has more than {limit} rows. {advice}")
_COLUMNS = N_("One of its rows has more than {limit} cells. {advice}")
_CELLS = N_("Its sheets have more than {limit} cells. {advice}")
_IN_FRAME = N_("One of its sheets has more than {limit} cells, blank ones included. {advice}")
_ELEMENTS = N_("One of its parts has more than {limit} elements, such as styles and blank cells. {advice}")
_CHARACTERS = N_("Its cells show more than {limit} characters together. {advice}")
_CELL = N_("One of its cells holds more than {limit} characters. {advice}")
_COMMENTS = N_("Its lines are too long to look for comments at each of the signs '#' in them. {advice}")
_ADVICE = N_(
    "It was not opened. Save the sheets 'survey', 'choices' and 'settings' alone as a workbook of their own."
)


class _Excess(Exception):
    """A limit is passed; its text is the sentence."""

    def __init__(self, sentence: str, **particulars: object) -> None:
        super().__init__(_(sentence).format(advice=_(_ADVICE), **particulars))


def excess_of(path: Path) -> str:
    """What a workbook has too much of, as a sentence with advice; "" for one that may be opened.

    A file that is no workbook has nothing too much: whoever opens it says so.

    Args:
        path: An existing file; its ending says how it will be read.
    """
    try:
        _check(path)
    except _Excess as excess:
        return str(excess)
    return ""


def _check(path: Path) -> None:
    size, ending = path.stat().st_size, path.suffix.lower()
    most = LARGEST if ending in _ARCHIVES else LARGEST_UNPACKED
    if size > most:
        raise _Excess(_LARGE, limit=most // 1_000_000)
    found = SheetContents()
    if ending in _ARCHIVES:
        _look_into_archive(path, found)
    elif ending == ".xls":
        _look_into_old(path, found)
    elif ending == ".csv":
        _look_into_csv(path, found)
    else:
        _look_into_markdown(path, found)


def _look_into_archive(path: Path, found: SheetContents) -> None:
    try:
        archive = zipfile.ZipFile(path)
    except (*BROKEN, OSError):
        return  # whoever opens it finds the same, and says it
    with archive:
        parts, room = archive.infolist(), LARGEST
        if len(parts) > MOST_PARTS:
            raise _Excess(_PARTS, limit=MOST_PARTS)
        for part in parts:
            room -= _unpacked(archive, part, room, found)
    if found.characters > MOST_CHARACTERS:  # known when all parts are, in whatever order they come
        raise _Excess(_CHARACTERS, limit=MOST_CHARACTERS)


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, room: int, found: SheetContents) -> int:
    """Counts what a part really holds, in stretches; its bytes.

    The size that the archive names is set aside meanwhile: a reader that believes it stops there, or unpacks all that
    there is in one go before it cuts off what is beyond.
    """
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or part.flag_bits & 1:
        raise _Excess(_HOW_PACKED, part=part.filename)
    claimed, part.file_size = part.file_size, room + _STRETCH
    size, reader = 0, PartReader(found)
    try:
        with archive.open(part) as stream:
            while stretch := stream.read(_STRETCH):
                size += len(stretch)
                if size > room:
                    raise _Excess(_UNPACKED, limit=LARGEST // 1_000_000)
                if size > max(_SMALL, part.compress_size * HIGHEST_RATIO):
                    raise _Excess(_RATIO, part=part.filename, limit=HIGHEST_RATIO)
                reader.read(stretch)
                _compare(found)
    except (*BROKEN, OSError) as error:
        raise _Excess(_DAMAGED, part=part.filename) from error
    if size != claimed:
        raise _Excess(_DAMAGED, part=part.filename)
    return size


def _look_into_old(path: Path, found: SheetContents) -> None:
    """An .xls, one sheet after the other, its rows only as wide as what stands in them."""
    import xlrd  # type: ignore[import-untyped] # slow to import, and has no types
    from xlrd.compdoc import CompDocError  # type: ignore[import-untyped] # as above

    try:
        with xlrd.open_workbook(str(path), logfile=io.StringIO(), on_demand=True, ragged_rows=True) as book:
            if book.nsheets > MOST_SHEETS:
                raise _Excess(_SHEETS, limit=MOST_SHEETS)
            for number in range(book.nsheets):
                sheet = book.sheet_by_index(number)
                widest = max(map(sheet.row_len, range(sheet.nrows)), default=0)
                if sheet.nrows * widest > MOST_IN_FRAME:
                    raise _Excess(_IN_FRAME, limit=MOST_IN_FRAME)
                found.add_sheet(map(sheet.row_values, range(sheet.nrows)))
                book.unload_sheet(number)
                _compare(found)
    except (*BROKEN, xlrd.XLRDError, CompDocError):
        return  # whoever opens it finds the same, and says it


def _look_into_csv(path: Path, found: SheetContents) -> None:
    """All sheets of a .csv, one below the other: as one."""
    text = path.read_bytes().decode("utf-8", "replace")
    try:
        found.add_sheet(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise _Excess(_CELL, limit=csv.field_size_limit()) from error
    _compare(found)


def _look_into_markdown(path: Path, found: SheetContents) -> None:
    lines = path.read_bytes().decode("utf-8", "replace").split("\n")
    if sum(len(line) * line.count("#") for line in lines) > MOST_COMMENTS:
        raise _Excess(_COMMENTS)
    found.add_sheet(line.split("|") for line in lines)
    _compare(found)


def _compare(found: SheetContents) -> None:
    """_Excess where there is more than may be."""
    for count, limit, sentence in (
        (found.sheets, MOST_SHEETS, _SHEETS),
        (found.rows, MOST_ROWS, _ROWS),
        (found.columns, MOST_COLUMNS, _COLUMNS),
        (found.cells, MOST_CELLS, _CELLS),
        (found.elements, MOST_ELEMENTS, _ELEMENTS),
        (found.in_cells, MOST_CHARACTERS, _CHARACTERS),
    ):
        if count > limit:
            raise _Excess(sentence, limit=limit)
    if found.declares_entities:
        raise _Excess(_ENTITIES)
