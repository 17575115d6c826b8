"""What ODK's appearances ask of a widget, as far as a desk can give it. The full list is in `docs/guide`.

An appearance that only makes sense on a telephone is drawn plainly, and `session.device_questions` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.session.views import ItemView, QuestionView

_COLUMNS = re.compile(r"(?:columns|compact|quickcompact)-(\d{1,2})")
_PACKED = frozenset(
    {"columns", "columns-pack", "compact", "quickcompact", "horizontal", "horizontal-compact"}
)
_MOST = 10


def asked_columns(appearance: Sequence[str]) -> int:
    """In how many columns choices are to stand: a number for `columns-n`, many for `columns-pack`; 0: not said."""
    for each in appearance:
        match = _COLUMNS.fullmatch(each)
        if match:
            return max(1, min(int(match[1]), _MOST))
    return 5 if _PACKED & set(appearance) else 0


def is_searched(appearance: Sequence[str]) -> bool:
    """Whether choices are to be found by typing, or in a list that opens."""
    return any(each in ("minimal", "autocomplete", "search", "quick-search") for each in appearance)


@dataclass(frozen=True, slots=True)
class TableRun:
    """Questions in a row that offer the same choices and are drawn as one table, with what stands in its head."""

    caption: QuestionView | None
    rows: tuple[QuestionView, ...]


def with_tables(items: Sequence[ItemView]) -> Iterator[ItemView | TableRun]:
    """The items of a group, those that ODK draws as a table put together: `label`, then `list-nolabel` each."""
    run: list[QuestionView] = []
    caption: QuestionView | None = None
    for item in items:
        if isinstance(item, QuestionView) and "label" in item.question.appearance and item.choices:
            yield from _table(caption, run)
            caption, run = item, []
        elif (
            isinstance(item, QuestionView)
            and is_in_table(item)
            and (not run or run[0].choices == item.choices)
        ):
            run.append(item)
        else:
            yield from _table(caption, run)
            caption, run = None, []
            if isinstance(item, QuestionView) and is_in_table(item):
                run = [item]
            else:
                yield item
    yield from _table(caption, run)


def _table(caption: QuestionView | None, rows: list[QuestionView]) -> Iterator[ItemView | TableRun]:
    if rows:
        yield TableRun(caption, tuple(rows))
    elif caption is not None:
        yield caption


def is_in_table(view: QuestionView) -> bool:
    """Whether a question is a row of a table, its choices in columns under the words in the head."""
    has_rows = {"list-nolabel", "list"} & set(view.question.appearance)
    return (
        bool(has_rows)
        and view.kind in (Kind.SELECT_ONE, Kind.SELECT_MANY)
        and len(view.choices) in range(1, 12)
    )
