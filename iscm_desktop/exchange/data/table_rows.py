"""Responses into rows of their tables, one response after the other, so that a round needs no more memory than one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TypeAlias

from iscm_desktop.exchange.data.columns import QuestionColumns
from iscm_desktop.exchange.data.response_data import AnswerMark, MarkKind, ResponseData, ResponseHead
from iscm_desktop.exchange.data.table_model import ENTRY_LAST, FIRST, LAST, DataTable, FormTables
from iscm_desktop.exchange.data.workbook_writer import Cell
from iscm_desktop.questionnaire.form_paths import (
    FORM_ROOT,
    WHOLE_RESPONSE,
    AnswerPath,
    TemplatePath,
    last_name,
    path_below,
)

Row: TypeAlias = "list[Cell]"


class TableRows:
    """Makes the rows of one questionnaire's tables. Rows are numbered as they are made, from 1 in each table."""

    def __init__(self, tables: FormTables) -> None:
        self.tables = tables
        self.counted: Counter[MarkKind] = Counter()
        """Marks told so far."""
        self._indexes: Counter[str] = Counter()
        self._blank: dict[str, Row] = {one.name: [None] * len(one.columns) for one in tables.tables}
        self._fills = {
            table.name: tuple((table.inside(one.question.path), at, one.fill) for one, at in _placed(table))
            for table in tables.tables
        }
        self._children = {table.name: tables.children(table) for table in tables.tables}
        self._by_repeat = {table.repeat: table for table in tables.tables}
        self._waiting: dict[AnswerPath, list[AnswerMark]] = {}  # by the path of the row that they belong to
        self._marks: list[tuple[str, int, AnswerMark]] = []

    def rows(self, response: ResponseData) -> Iterator[tuple[DataTable, Row]]:
        """The rows of one response: its own, then those of its entries. Its `marks` are known afterwards."""
        self._marks, self._waiting = [], defaultdict(list)
        for mark in response.marks:
            self._waiting[self._row_of(mark.path)].append(mark)
        main = self.tables.main
        yield from self._rows(main, response, WHOLE_RESPONSE, 0)
        for marks in self._waiting.values():  # of entries that do not stand
            self._marks += [(main.name, self._indexes[main.name], mark) for mark in marks]

    def marks(self, response: ResponseData) -> Iterator[Row]:
        """Rows of the table of marks for the response whose rows were made last."""
        head = response.head
        for table, index, mark in self._marks:
            self.counted[mark.kind] += 1
            yield [
                head.form_id, head.uuid, head.respondent, table, index, last_name(mark.path), mark.path,
                mark.kind.value, mark.text, mark.author, mark.made_at,
            ]  # fmt: skip

    def _rows(
        self, table: DataTable, response: ResponseData, path: AnswerPath, parent: int
    ) -> Iterator[tuple[DataTable, Row]]:
        index = self._indexes[table.name] = self._indexes[table.name] + 1
        row = self._blank[table.name].copy()
        self._fill(table, row, response, path, index)
        head = response.head
        if table.parent is None:
            row[: len(FIRST)] = [head.round, head.respondent, head.respondent_name]
            row[-len(LAST) :] = [*_said(response), *_as_kobo(head), index]
        else:
            names: Row = [last_name(path), index, table.parent.name, parent]
            row[-len(ENTRY_LAST) :] = [*names, *_as_kobo(head), head.respondent]
        yield table, row
        for child in self._children[table.name]:
            inside = table.inside(child.repeat)
            repeat = AnswerPath(f"{path}/{inside}" if path else inside)
            for entry in response.entries.get(repeat, ()):
                yield from self._rows(child, response, path_below(repeat, entry), index)

    def _fill(self, table: DataTable, row: Row, response: ResponseData, path: AnswerPath, index: int) -> None:
        above, answers = f"{path}/" if path else "", response.answers
        for inside, at, fill in self._fills[table.name]:
            text = answers.get(place := AnswerPath(above + inside))
            if text is not None and (kind := fill(row, at, text)) is not None:
                self._marks.append((table.name, index, AnswerMark(place, kind, text)))
        if self._waiting:
            self._marks += [(table.name, index, mark) for mark in self._waiting.pop(path, ())]

    def _row_of(self, place: AnswerPath) -> AnswerPath:
        """The path of the entry that something lies in, or is; that of the response where it lies in none."""
        row, template, names = WHOLE_RESPONSE, FORM_ROOT, place.split("/")
        at = 0
        while at < len(names):
            template, at = path_below(template, names[at]), at + 1
            if template in self._by_repeat and at < len(names):
                at += 1
                row = AnswerPath("/".join(names[:at]))
        return row


def _placed(table: DataTable) -> Iterator[tuple[QuestionColumns, int]]:
    at = table.before
    for one in table.questions:
        yield one, at
        at += len(one.columns)


def _said(response: ResponseData) -> Row:
    """Language, level and regions; then the names of what is told among the marks."""
    head = response.head
    kinds = (MarkKind.NOTHING, MarkKind.IN_CONFLICT, MarkKind.WITHHELD)
    names = [
        " ".join(dict.fromkeys(last_name(mark.path) for mark in response.marks if mark.kind is kind)) or None
        for kind in kinds
    ]
    return [head.language, head.level or None, " ".join(head.regions) or None, *names]


def _as_kobo(head: ResponseHead) -> Row:
    """What KoboToolbox says of a response, in its order."""
    return [
        head.number,
        head.uuid,
        head.changed_at,
        None,
        None,
        head.status,
        head.respondent,
        head.version,
        None,
    ]


def template_of(tables: FormTables, place: AnswerPath) -> TemplatePath:
    """The path of what the form asks there, as these tables know its repeats."""
    repeats = {table.repeat for table in tables.tables}
    template, is_entry = FORM_ROOT, False
    for name in place.split("/"):
        if is_entry:
            is_entry = False
            continue
        template = path_below(template, name)
        is_entry = template in repeats
    return template
