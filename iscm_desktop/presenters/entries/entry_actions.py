"""What a person does with whole entries: duplicate one, bring them into an order, move and remove several."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import Decimal

from iscm_desktop.presenters.entries.entry_table import EntryColumn, EntryRow, EntryTable, shown_text
from iscm_desktop.questionnaire.form_paths import AnswerPath, path_around, path_below
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import EntryView, GroupView, ItemView, RepeatView

_NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.RANGE)


def duplicate_entry(session: FormSession, entry: AnswerPath) -> AnswerPath:
    """Adds an entry with the same answers right behind it, as one step; returns its path.

    Raises:
        KeyError: there is no such entry.
        ValueError: the form decides about its entries.
    """
    repeat, entry_id = path_around(entry), entry.rpartition("/")[2]
    view = next((each for each in session.repeat(repeat).entries if each.entry_id == entry_id), None)
    if view is None:
        raise KeyError(entry)
    with session.one_step():
        copy = session.add_entry(repeat, after=entry_id)
        _copy_answers(session, view.items, entry, copy)
    return copy


def _copy_answers(
    session: FormSession, items: tuple[ItemView, ...], old: AnswerPath, new: AnswerPath
) -> None:
    for item in items:
        there = AnswerPath(new + item.path.removeprefix(old))
        if isinstance(item, GroupView):
            _copy_answers(session, item.items, old, new)
        elif isinstance(item, RepeatView):
            for inner in item.entries if item.can_remove else ():
                _copy_entry(session, inner, there)
        elif item.text and not item.is_read_only:
            session.answer(there, item.text, is_stored=True)


def _copy_entry(session: FormSession, entry: EntryView, repeat: AnswerPath) -> None:
    copy = session.add_entry(repeat)
    _copy_answers(session, entry.items, entry.path, copy)


def sort_entries(table: EntryTable, column: EntryColumn, *, is_descending: bool = False) -> int:
    """Brings the entries into the order of a column's answers, blank ones last, as one step; gives how many moved."""
    rows = table.rows()
    answered = [row for row in rows if _text(row, column)]
    ordered = sorted(answered, key=lambda row: _sort_key(row, column), reverse=is_descending)
    ordered += [row for row in rows if not _text(row, column)]
    return order_entries(table.session, [row.path for row in ordered])


def order_entries(session: FormSession, wanted: Sequence[AnswerPath]) -> int:
    """Brings all entries of a repeat into the order wanted, as one step; gives how many had to be moved.

    As few as possible are: each move is recorded, travels, and may run rules that count places.
    """
    if not wanted:
        return 0
    now = {entry.path: at for at, entry in enumerate(session.repeat(path_around(wanted[0])).entries)}
    staying = _longest_in_order([now[path] for path in wanted])
    moved, before = 0, None
    with session.one_step():
        for path in wanted:
            if now[path] not in staying:
                moved += bool(session.move_entry(path, before))
            before = path.rpartition("/")[2]
    return moved


def _longest_in_order(places: Sequence[int]) -> set[int]:
    """The most of these different places that follow each other in rising order already."""
    ends: list[int] = []  # of the best rising row of each length so far, its last place
    came_before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(ends, place)
        came_before[place] = ends[at - 1] if at else None
        ends[at : at + 1] = [place]
    found: set[int] = set()
    here = ends[-1] if ends else None
    while here is not None:
        found.add(here)
        here = came_before[here]
    return found


def remove_entries(session: FormSession, paths: Iterable[AnswerPath]) -> None:
    """Takes several entries out, as one step."""
    with session.one_step():
        for path in paths:
            session.remove_entry(path)


def move_entries(session: FormSession, repeat: AnswerPath, ids: Iterable[str], step: int) -> bool:
    """Moves entries up (-1) or down (1) together, as one step; False where the edge is reached."""
    order = [entry.entry_id for entry in session.repeat(repeat).entries]
    chosen = [at for at, id_ in enumerate(order) if id_ in set(ids)]
    if not chosen or (chosen[0] if step < 0 else len(order) - 1 - chosen[-1]) < 1:
        return False
    for at in chosen if step < 0 else reversed(chosen):
        order[at], order[at + step] = order[at + step], order[at]
    order_entries(session, [path_below(repeat, id_) for id_ in order])
    return True


def _text(row: EntryRow, column: EntryColumn) -> str:
    view = row.cells.get(column.name)
    return shown_text(view) if view is not None else ""


def _sort_key(row: EntryRow, column: EntryColumn) -> tuple[int, Decimal, str]:
    """Numbers by their size before what is none, dates and words as they are written, accents left aside."""
    text = _text(row, column)
    if column.question.kind in _NUMBERS:
        try:
            number = Decimal(text)
        except ArithmeticError:
            number = Decimal("NaN")
        if number.is_finite():
            return 0, number, ""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return 1, Decimal(0), "".join(letter for letter in plain if not unicodedata.combining(letter))
