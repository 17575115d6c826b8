"""How far a response or a section is, for people.

Complete is measured against what is required, since nobody owes the optional answers; bars and percentages count all.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from iscm_desktop.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from iscm_desktop.store.rows import ResponseRow


class FillState(Enum):
    """How a section, or all of them, stand."""

    NOT_BEGUN = N_("not begun")
    BEGUN = N_("begun")
    COMPLETE = N_("complete")
    NEEDS_ATTENTION = N_("needs attention")  # something in it is wrong

    @property
    def words(self) -> str:
        """In the language in which people read now."""
        return _(self.value)


def fill_state(answered: int, asked: int, missing: int, wrong: int) -> FillState:
    """What is wrong comes first; complete is what nothing is missing from and something is answered in.

    Args:
        answered: Questions that are answered, of those asked now.
        missing: Required and blank.
        wrong: Unreadable or out of range.
    """
    if wrong:
        return FillState.NEEDS_ATTENTION
    if asked and missing == 0 and answered:
        return FillState.COMPLETE
    return FillState.BEGUN if answered else FillState.NOT_BEGUN


def progress_share(answered: int, asked: int) -> tuple[int, int]:
    """Done and total for a bar and a percentage: what the words beside them count, and nothing else."""
    return answered, asked


def counted_words(row: ResponseRow) -> str:
    """The same for a line of the list; why it is not told, where its questionnaire keeps it from being counted."""
    if row.is_too_much:
        return _("Not counted: the questionnaire asks for too much")
    return progress_words(row.answered, row.asked, row.missing, row.wrong)


def answered_words(answered: int, asked: int) -> str:
    """ "41 of 57 answered"."""
    words = ngettext("{answered} of {total} answered", "{answered} of {total} answered", answered)
    return words.format(answered=answered, total=asked)


def progress_words(answered: int, asked: int, missing: int, wrong: int = 0) -> str:
    """ "41 of 57 answered · nothing missing", or "40 of 57 answered · 12 to finish · 1 to mend".

    That nothing is missing is said only where nothing is wrong either.
    """
    begun = answered_words(answered, asked)
    left = (
        []
        if not missing
        else [ngettext("{count} to finish", "{count} to finish", missing).format(count=missing)]
    )
    left += [to_mend_words(wrong)] if wrong else []
    if answered and not left:
        left = [_("nothing missing")]
    return with_rest(begun, *left)


def to_mend_words(wrong: int) -> str:
    """ "1 to mend": answers that cannot be read, or do not fit."""
    return ngettext("{count} to mend", "{count} to mend", wrong).format(count=wrong)


def with_rest(begun: str = "", *rest: str) -> str:
    """What is done, and behind it what is left, with a dot between any two."""
    for each in rest:
        begun = _("{answered} · {rest}").format(answered=begun, rest=each)
    return begun
