"""The list of conflicts as people arrange it: by respondent, question or weight, and only those that are searched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum

from iscm_desktop.i18n import N_, _, joined, ngettext
from iscm_desktop.questionnaire.answer_weight import AnswerWeight
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.workspace.conflicts.conflict_list import ListedConflict

__all__ = [
    "ConflictOrder",
    "ListedConflict",
    "arrange_conflicts",
    "asked_words",
    "question_words",
    "weight_words",
]


class ConflictOrder(Enum):
    """By what the list is sorted; the value is what the command line calls it."""

    RESPONDENT = "respondent"
    QUESTION = "question"
    WEIGHT = "weight"


_ORDERS: dict[ConflictOrder, Callable[[ListedConflict], tuple[object, ...]]] = {
    ConflictOrder.RESPONDENT: lambda row: (row.respondent_name.casefold(), row.response_id),
    ConflictOrder.QUESTION: lambda row: (row.form_id, _natural(row.number), row.label.casefold()),
    ConflictOrder.WEIGHT: lambda row: (-row.weight.total,),
}
_FEEDS_SUMMARY = N_("feeds the summary ({parts})")


def arrange_conflicts(
    rows: Iterable[ListedConflict],
    order: ConflictOrder,
    *,
    search: str = "",
    respondent: str = "",
    question: str = "",
    is_turned: bool = False,
) -> tuple[ListedConflict, ...]:
    """Those wanted, sorted; what is alike stays in the order of respondents and places in the questionnaire.

    Args:
        search: Words that must all occur in a row, wherever; capitals do not count.
        respondent: Code, or the beginning of the name.
        question: Number, name or path of the question.
        is_turned: From the other end.
    """
    words = search.casefold().split()
    found = [
        row
        for row in rows
        if _is_of(row, respondent.casefold()) and _is_about(row, question.casefold()) and _has(row, words)
    ]
    return tuple(sorted(found, key=_ORDERS[order], reverse=is_turned))


def question_words(row: ListedConflict) -> str:
    """ "E20 Annual fee"."""
    return with_number(row.number, row.label)


def asked_words(count: int) -> str:
    """What was asked about several at once."""
    words = ngettext(
        "Asked about {count} conflict. It stays until you settle it.",
        "Asked about {count} conflicts. They stay until you settle them.",
        count,
    )
    return words.format(count=count)


def weight_words(weight: AnswerWeight) -> str:
    """What a weight is made of; "" where nothing hangs on the answer."""
    parts = []
    if weight.questions:
        words = ngettext("{count} question hangs on it", "{count} questions hang on it", weight.questions)
        parts.append(words.format(count=weight.questions))
    if weight.feeds:
        parts.append(_(_FEEDS_SUMMARY).format(parts=joined(weight.feeds)))
    return _("; ").join(parts)


def _natural(number: str) -> tuple[tuple[int, str], ...]:
    """So that E9 comes before E20."""
    parts, word = [], ""
    for one in number:
        if word and one.isdigit() is not word[-1].isdigit():
            parts.append(word)
            word = ""
        word += one
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in (*parts, word) if part)


def _is_of(row: ListedConflict, respondent: str) -> bool:
    return not respondent or (
        row.respondent.casefold() == respondent or row.respondent_name.casefold().startswith(respondent)
    )


def _is_about(row: ListedConflict, question: str) -> bool:
    path = row.path.casefold()
    return not question or question in (row.number.casefold(), path, path.rpartition("/")[2])


def _has(row: ListedConflict, words: list[str]) -> bool:
    if not words:
        return True
    texts = (row.respondent, row.respondent_name, row.number, row.label, row.path, *row.values)
    whole = "\n".join(texts).casefold()
    return all(word in whole for word in words)
