"""How many rows, cells and characters the parts of a workbook hold: counted while they are unpacked, and not kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from xml.parsers import expat


class SheetContents:
    """What was found in a workbook so far; what is blank is nothing.

    Attributes:
        sheets: How many there are.
        rows: Of the longest sheet, such that hold a value.
        columns: Cells with a value of the fullest row.
        cells: Of all sheets, such that hold a value.
        elements: XML elements of the largest part; 0 for other kinds of file.
        declares_entities: Whether a part does, which no spreadsheet program writes.
    """

    def __init__(self) -> None:
        self.sheets = self.rows = self.columns = self.cells = self.elements = 0
        self.declares_entities = False
        self.in_cells = 0  # characters that stand in the cells themselves
        self.shown: Counter[str] = Counter()  # texts that cells share, by their number: how many show them
        self.shared: list[list[int]] = []  # lengths of such texts, for each part that holds any

    def add_sheet(self, rows: Iterable[Iterable[object]]) -> None:
        """Counts a sheet whose rows are at hand."""
        self.sheets, found = self.sheets + 1, 0
        for row in rows:
            lengths = [len(str(cell)) for cell in row if cell not in ("", None)]
            found += bool(lengths)
            self.rows = max(self.rows, found)
            self.columns = max(self.columns, len(lengths))
            self.cells += len(lengths)
            self.in_cells += sum(lengths)

    @property
    def characters(self) -> int:
        """Of what all cells show, a shared text counted in each of them."""
        return self.in_cells + max(map(self._shown_of, self.shared), default=0)

    def _shown_of(self, lengths: list[int]) -> int:
        numbers = ((int(number), times) for number, times in self.shown.items() if _is_number(number))
        return sum(lengths[number] * times for number, times in numbers if number < len(lengths))


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 10


class PartReader:
    """Counts one part of an .xlsx, given in stretches; what is no XML has no contents, for other readers neither."""

    def __init__(self, found: SheetContents) -> None:
        self._found = found
        self._rows = self._in_row = self._elements = 0
        self._is_shared = self._is_counted = False  # of the cell that is being read
        self._text: list[str] = []
        self._lengths: list[int] = []
        self._parser: expat.XMLParserType | None = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._parser.CharacterDataHandler = self._text.append
        self._parser.StartDoctypeDeclHandler = self._on_doctype

    def read(self, stretch: bytes) -> None:
        """The next stretch of the part."""
        if self._parser is None:
            return
        try:
            self._parser.Parse(stretch, False)
        except expat.ExpatError:
            self._parser = None
        self._found.elements = max(self._found.elements, self._elements)

    def _on_doctype(self, *_about: object) -> None:
        self._found.declares_entities = True

    def _on_start(self, qualified: str, given: dict[str, str]) -> None:
        self._elements += 1
        name = qualified.rpartition(":")[2]
        if name == "c":
            self._is_shared, self._is_counted = given.get("t") == "s", False
        elif name == "row":
            self._in_row = 0
        elif name == "sheet":
            self._found.sheets += 1
        if name in _WITH_TEXT:
            self._text.clear()

    def _on_end(self, qualified: str) -> None:
        name = qualified.rpartition(":")[2]
        if name == "si":
            if not self._lengths:
                self._found.shared.append(self._lengths)
            self._lengths.append(sum(map(len, self._text)))
        elif name in ("v", "is"):
            self._count_value()
        if name in _WITH_TEXT:
            self._text.clear()

    def _count_value(self) -> None:
        found = self._found
        if self._is_shared:
            found.shown["".join(self._text)[:10].strip()] += 1
        found.in_cells += sum(map(len, self._text))
        if self._is_counted:
            return
        self._is_counted = True
        self._in_row += 1
        self._rows += self._in_row == 1
        found.cells += 1
        found.rows, found.columns = max(found.rows, self._rows), max(found.columns, self._in_row)


_WITH_TEXT = frozenset({"c", "v", "is", "si", "row"})
"""Elements at whose beginning and end the text that was read so far is of no use any more."""
