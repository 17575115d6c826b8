"""Repeats as tables, where their entries are short and alike."""

from __future__ import annotations

from collections.abc import Iterator

from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.reports.documents.answer_texts import short_answer
from iscm_desktop.reports.typesetting.blocks import Inline, Table, inline, plain
from iscm_desktop.session.views import EntryView, QuestionView, RepeatView, Verdict
from iscm_desktop.summaries.document_language import DocumentLanguage

_MOST_COLUMNS = 6
_LONGEST_HEAD = 60
_LONGEST_CELL = 180
_LONGEST_ROW = 420
_SILENT = (Kind.NOTE, Kind.CALCULATED)


def as_table(repeat: RepeatView, language: DocumentLanguage) -> Table | None:
    """The entries as rows, or None where they say too much for that, or something in them needs a remark."""
    columns = _columns(repeat)
    if not columns or len(columns) > _MOST_COLUMNS:
        return None
    rows = []
    for entry in repeat.entries:
        row = _row(entry, columns, language)
        if row is None or sum(len(plain(cell)) for cell in row) > _LONGEST_ROW:
            return None
        rows.append(row)
    return Table(tuple(inline(label) for label in columns.values()), tuple(rows))


def _columns(repeat: RepeatView) -> dict[str, str]:
    """Template path and label of each question asked in any entry; {} where there is more than questions."""
    labels: dict[str, str] = {}
    order: dict[str, int] = {}
    for entry in repeat.entries:
        for at, item in enumerate(entry.items):
            if not item.is_asked:
                continue
            if not isinstance(item, QuestionView) or len(item.label) > _LONGEST_HEAD:
                return {}
            if item.kind not in _SILENT:
                labels[item.question.path] = item.label
                order[item.question.path] = at
    return {path: labels[path] for path in sorted(labels, key=order.__getitem__)}


def _row(entry: EntryView, columns: dict[str, str], language: DocumentLanguage) -> tuple[Inline, ...] | None:
    cells: dict[str, Inline] = dict.fromkeys(columns, ())
    for view in asked_questions(entry):
        cell = short_answer(view, language)
        is_wrong = view.verdict in (Verdict.UNREADABLE, Verdict.OUT_OF_RANGE, Verdict.TOO_MUCH)
        if is_wrong or len(plain(cell)) > _LONGEST_CELL or "\n" in plain(cell):
            return None
        cells[view.question.path] = cell or inline("–")
    return tuple(cells.values())


def asked_questions(entry: EntryView) -> Iterator[QuestionView]:
    """The entry's own questions that a person answers now."""
    for item in entry.items:
        if isinstance(item, QuestionView) and item.is_asked and item.kind not in _SILENT:
            yield item
