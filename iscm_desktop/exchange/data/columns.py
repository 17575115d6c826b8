"""The columns of one question, and what an answer puts into them: as KoboToolbox names and fills them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from iscm_desktop.exchange.data.response_data import MarkKind
from iscm_desktop.exchange.data.table_layout import Several, TableLayout
from iscm_desktop.exchange.data.workbook_writer import Cell
from iscm_desktop.questionnaire import answer_values
from iscm_desktop.questionnaire.attached_files import readable_answer
from iscm_desktop.questionnaire.model import Choice, Kind, Question, Translations


class ColumnType(Enum):
    """What stands in a column."""

    TEXT = "text"
    WHOLE_NUMBER = "integer"
    NUMBER = "decimal"
    DATE = "date"
    TIME = "time"
    MOMENT = "datetime"
    CHOICE = "choice"
    CHOSEN = "chosen"  # 1 where a choice was chosen, 0 where others were, blank where nothing was


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    heading: str
    type: ColumnType
    question: Question | None = None  # None: what the program says of a response or an entry
    part: str = ""  # of its answer: the value of a choice, "latitude"…; "" for the whole

    @property
    def name(self) -> str:
        """The same in every layout: by this name the codebook explains it."""
        if self.question is None:
            return self.heading
        return f"{self.question.path}:{self.part}" if self.part else str(self.question.path)


PLACE_PARTS = ("latitude", "longitude", "altitude", "precision")
_TYPES = {
    Kind.INTEGER: ColumnType.WHOLE_NUMBER,
    Kind.DECIMAL: ColumnType.NUMBER,
    Kind.RANGE: ColumnType.NUMBER,
    Kind.DATE: ColumnType.DATE,
    Kind.TIME: ColumnType.TIME,
    Kind.DATE_TIME: ColumnType.MOMENT,
}
_CALCULATED_TYPES = {"int": ColumnType.WHOLE_NUMBER, "decimal": ColumnType.NUMBER, "date": ColumnType.DATE}
Fill = Callable[[list[Cell], int, str], "MarkKind | None"]
"""Puts an answer into the cells of a row, the first of them at a place; says what has to be told about it."""


def worded(texts: Translations, language: str) -> str:
    """A text of the form in one of its languages, without the answers that it shows; "" where it has none."""
    pieces = texts.get(language) or next(iter(texts.values()), ())
    return "".join(piece if isinstance(piece, str) else "…" for piece in pieces).strip()


class QuestionColumns:
    """What one question is in a table.

    Args:
        choices: Those of all versions of the questionnaire, by value.
        headed: The heading of its first column, groups included.
        prefix: What of the heading stands before its own name or label.
        own: Its name or label.
    """

    def __init__(
        self, question: Question, choices: Mapping[str, Choice], layout: TableLayout, prefix: str, own: str,
        *, heading_language: str, label_language: str,
    ) -> None:  # fmt: skip
        self.question, self.choices = question, choices
        self._layout = layout
        kind = question.kind
        headed = prefix + own
        is_split = kind is Kind.SELECT_MANY and bool(choices)
        self.has_whole = not is_split or layout.several is not Several.COLUMNS
        self._values = tuple(choices) if is_split and layout.several is not Several.ONE else ()
        self._labels = {value: worded(one.label, label_language) or value for value, one in choices.items()}
        self._places = {value: place for place, value in enumerate(self._values, int(self.has_whole))}
        columns = [Column(headed, _type_of(question), question)] if self.has_whole else []
        sep = layout.separator or "/"
        shown = _shown_choices(choices, heading_language if layout.headings else "")
        columns += [
            Column(f"{headed}{sep}{shown[value]}", ColumnType.CHOSEN, question, value)
            for value in self._values
        ]
        if kind is Kind.GEOPOINT:
            columns += [
                Column(f"{prefix}_{own}_{part}", ColumnType.NUMBER, question, part) for part in PLACE_PARTS
            ]
        self.columns = tuple(columns)
        self.fill: Fill = self._filler()

    def _filler(self) -> Fill:
        kind = self.question.kind
        if kind is Kind.SELECT_MANY:
            return self._fill_several
        if kind is Kind.RANKING or kind.has_one_choice:
            return self._fill_choices
        if kind is Kind.GEOPOINT:
            return self._fill_place
        if kind is Kind.ATTACHMENT:
            return _fill_file
        if self.columns[0].type is ColumnType.TEXT:
            return _fill_text
        return self._fill_value

    def _fill_several(self, row: list[Cell], at: int, text: str) -> MarkKind | None:
        chosen = text.split()
        if self.has_whole:
            row[at] = self._shown(chosen, text)
        for place in self._places.values():
            row[at + place] = 0
        for value in chosen:
            if (found := self._places.get(value)) is not None:
                row[at + found] = 1
        return None if all(value in self.choices for value in chosen) else MarkKind.NO_CHOICE

    def _fill_choices(self, row: list[Cell], at: int, text: str) -> MarkKind | None:
        is_known = not self.choices or all(value in self.choices for value in text.split())
        row[at] = self._shown(text.split(), text)
        return None if is_known else MarkKind.NO_CHOICE

    def _shown(self, chosen: Iterable[str], text: str) -> str:
        return " ".join(self._labels.get(value, value) for value in chosen) if self._layout.labels else text

    def _fill_place(self, row: list[Cell], at: int, text: str) -> MarkKind | None:
        row[at] = text
        if isinstance(answer_values.read(Kind.GEOPOINT, text), answer_values.Unreadable):
            return MarkKind.UNREADABLE
        for place, part in enumerate(text.split(), at + 1):
            row[place] = Decimal(part)
        return None

    def _fill_value(self, row: list[Cell], at: int, text: str) -> MarkKind | None:
        value = _value(self.columns[0].type, text)
        if value is None:
            row[at] = None if self._layout.is_typed else text
            return MarkKind.UNREADABLE
        row[at] = value
        return None


def _shown_choices(choices: Mapping[str, Choice], language: str) -> dict[str, str]:
    """What stands for each choice in a heading, all different: two of them may read alike.

    Args:
        language: "" for their values.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for value, choice in choices.items():
        label = (worded(choice.label, language) if language else "") or value
        tries = (label, f"{label} ({value})", *(f"{label} ({value}) {number}" for number in range(2, 1000)))
        found[value] = next(each for each in tries if each.casefold() not in taken)
        taken.add(found[value].casefold())
    return found


def _fill_text(row: list[Cell], at: int, text: str) -> MarkKind | None:
    row[at] = text
    return None


def _fill_file(row: list[Cell], at: int, text: str) -> MarkKind | None:
    row[at] = readable_answer(text)
    return None


_KINDS = {
    ColumnType.WHOLE_NUMBER: Kind.INTEGER,
    ColumnType.NUMBER: Kind.DECIMAL,
    ColumnType.DATE: Kind.DATE,
    ColumnType.TIME: Kind.TIME,
    ColumnType.MOMENT: Kind.DATE_TIME,
}


def _value(type_: ColumnType, text: str) -> Cell:
    """The value of a stored text; None where it is no value of its type. Times stay texts, for zones."""
    read = answer_values.read(_KINDS[type_], text)
    if isinstance(read, answer_values.Unreadable) or read is None:
        return None
    if isinstance(read, int | Decimal):
        return read
    return read if type_ is ColumnType.DATE and isinstance(read, date) else text.strip()


def _type_of(question: Question) -> ColumnType:
    if question.kind.has_one_choice:
        return ColumnType.CHOICE
    if question.kind is Kind.CALCULATED:
        return _CALCULATED_TYPES.get(question.bind.data_type, ColumnType.TEXT)
    return _TYPES.get(question.kind, ColumnType.TEXT)
