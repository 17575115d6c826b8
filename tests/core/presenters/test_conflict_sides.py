"""The sides of a conflict: what each says, what it changed, and what may be done about it."""

from __future__ import annotations

from datetime import UTC, datetime

from iscm_desktop.presenters.conflict_sides import (
    TextChange,
    has_long_texts,
    may_ask_respondent,
    may_write_another,
    shown_value,
    side_changes,
)
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.workspace.row_types import ConflictRow, HistoryRow

START = "It began in 1985 and has grown since, slowly."


def said(text: str | None) -> HistoryRow:
    at = datetime(2027, 3, 1, tzinfo=UTC)
    return HistoryRow("r", text, text or "", "Anna", True, at, "", is_current=True)


def conflict(*sides: str | None, start: str | None = None, kind: str = "answer") -> ConflictRow:
    ancestor = None if start is None else said(start)
    path = AnswerPath("about/story")
    return ConflictRow("c", "r", "IGC", path, "Story", kind, ancestor, tuple(map(said, sides)))


def changes(found: ConflictRow, at: int) -> list[tuple[TextChange, str]]:
    return [
        (piece.change, piece.text.strip())
        for piece in side_changes(found, at)
        if piece.change is not TextChange.SAME
    ]


def test_a_cleared_answer_is_called_so() -> None:
    assert (shown_value(said("Bern")), shown_value(said(None))) == ("Bern", "(cleared)")


def test_a_side_shows_what_it_changed_of_the_start() -> None:
    found = conflict(START.replace("1985", "1986"), START, start=START)
    assert changes(found, 0) == [(TextChange.REMOVED, "1985"), (TextChange.ADDED, "1986")]
    assert changes(found, 1) == []


def test_without_a_start_a_side_shows_what_the_other_lacks() -> None:
    found = conflict("Bern and Geneva", "Bern")
    assert changes(found, 0) == [(TextChange.ADDED, "and Geneva")]
    assert changes(found, 1) == []


def test_marks_help_only_in_long_texts() -> None:
    assert has_long_texts(conflict(START, "Bern"))
    assert not has_long_texts(conflict("Geneva", "Bern"))
    assert not has_long_texts(conflict(START, "Bern", kind="entry"))


def test_an_entry_is_kept_or_removed_and_nobody_is_asked() -> None:
    entry, answer, note = (conflict("a", "b", kind=kind) for kind in ("entry", "answer", "note"))
    assert [may_write_another(each) for each in (entry, answer, note)] == [False, True, True]
    assert [may_ask_respondent(each) for each in (entry, answer, note)] == [False, True, False]
