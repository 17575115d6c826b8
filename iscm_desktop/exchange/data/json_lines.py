"""Responses as JSON lines: an object each, with KoboToolbox's keys, and the entries of a repeat as a list inside.

Keys are paths ("group/question"), as KoboToolbox's interface gives them; repeats are lists of objects with the same
keys. Numbers are numbers, all else is text in stored form.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from iscm_desktop.exchange.data.columns import ColumnType
from iscm_desktop.exchange.data.response_data import AnswerMark, ResponseData, ResponseHead
from iscm_desktop.exchange.data.table_model import DataTable, FormTables
from iscm_desktop.exchange.data.workbook_writer import Cell
from iscm_desktop.questionnaire.answer_values import Unreadable, read
from iscm_desktop.questionnaire.attached_files import readable_answer
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, AnswerPath, path_below
from iscm_desktop.questionnaire.model import Kind, Question

_encoder = msgspec.json.Encoder(decimal_format="number")
_NUMBERS = frozenset({ColumnType.WHOLE_NUMBER, ColumnType.NUMBER})


def json_line(tables: FormTables, response: ResponseData) -> bytes:
    """One response as a line, its end included."""
    return _encoder.encode(response_object(tables, response)) + b"\n"


def response_object(tables: FormTables, response: ResponseData) -> dict[str, Any]:
    """One response as an object: what it is, what it answers, what is said beside."""
    found = _of_head(response.head) | _of_table(tables, tables.main, response, WHOLE_RESPONSE)
    said = [_mark(mark) for mark in response.marks]
    return found | ({"_marks": said} if said else {})


def _of_head(head: ResponseHead) -> dict[str, Any]:
    return {
        "_id": head.number, "_uuid": head.uuid, "_round": head.round, "_xform_id_string": head.form_id,
        "__version__": head.version, "_respondent": head.respondent, "_respondent_name": head.respondent_name,
        "_language": head.language, "_level": head.level, "_regions": list(head.regions),
        "_submission_time": head.changed_at, "_status": head.status, "_submitted_by": head.respondent,
    }  # fmt: skip


def _mark(mark: AnswerMark) -> dict[str, str]:
    told = {
        "path": mark.path,
        "mark": mark.kind.value,
        "text": mark.text,
        "author": mark.author,
        "made_at": mark.made_at,
    }
    return {name: text for name, text in told.items() if text}


def _of_table(
    tables: FormTables, table: DataTable, response: ResponseData, path: AnswerPath
) -> dict[str, Any]:
    above = f"{path}/" if path else ""
    found: dict[str, Any] = {}
    for one in table.questions:
        text = response.answers.get(AnswerPath(above + table.inside(one.question.path)))
        if text is not None:
            found[one.question.path] = _value(one.question, one.columns[0].type, text)
    for child in tables.children(table):
        repeat = AnswerPath(above + table.inside(child.repeat))
        entries = [
            {"_entry": entry} | _of_table(tables, child, response, path_below(repeat, entry))
            for entry in response.entries.get(repeat, ())
        ]
        if entries:
            found[child.repeat] = entries
    return found


def _value(question: Question, type_: ColumnType, text: str) -> Cell:
    if type_ in _NUMBERS:
        value = read(Kind.INTEGER if type_ is ColumnType.WHOLE_NUMBER else Kind.DECIMAL, text)
        if not isinstance(value, Unreadable) and isinstance(value, int | Decimal):
            return value
    return readable_answer(text) if question.kind is Kind.ATTACHMENT else text
