"""How long questions take to answer, by their kind.

A guess that lets people plan, not a measure of anybody. Where the figures come from stands in
docs/decisions/0033-finding-ones-way.md.
"""

from __future__ import annotations

from iscm_desktop.questionnaire.model import Group, Item, Kind, Question, Repeat

SECONDS = {
    Kind.SELECT_ONE: 10,
    Kind.SCALE: 10,
    Kind.TERRITORY: 10,
    Kind.ACKNOWLEDGE: 10,
    Kind.SELECT_MANY: 20,
    Kind.RANKING: 40,
    Kind.INTEGER: 15,
    Kind.DECIMAL: 15,
    Kind.RANGE: 15,
    Kind.DATE: 15,
    Kind.TIME: 15,
    Kind.DATE_TIME: 15,
    Kind.TEXT: 25,
    Kind.EMAIL: 25,
    Kind.URL: 25,
    Kind.LONG_TEXT: 120,
}
"""A question that a person answers from what they know."""

_USUAL = 25
_FROM_ELSEWHERE = 60
"""Places and files are looked for first."""


def seconds_to_answer(question: Question) -> int:
    """How long somebody who knows the matter needs; 0 for what nobody answers."""
    if not question.kind.is_answered:
        return 0
    is_elsewhere = question.kind in (Kind.GEOPOINT, Kind.GEOTRACE, Kind.GEOSHAPE, Kind.ATTACHMENT)
    return SECONDS.get(question.kind, _FROM_ELSEWHERE if is_elsewhere else _USUAL)


def seconds_for_entry(repeat: Repeat) -> int:
    """How long an entry takes; questions that are asked only in some cases are left out."""
    return sum(_seconds(item) for item in repeat.items)


def _seconds(item: Item) -> int:
    if isinstance(item, Question):
        return 0 if item.bind.relevant else seconds_to_answer(item)
    if isinstance(item, Group):
        return 0 if item.relevant else sum(_seconds(inner) for inner in item.items)
    return 0  # how many entries an inner repeat will have nobody knows
