"""Rules by which many conflicts could be settled at once. They only suggest; a person applies them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from iscm_desktop.exchange.merging.text_differences import same_but_for_spaces
from iscm_desktop.store.objects.history import DisputedItem
from iscm_desktop.store.objects.revision import ENTRY, Revision, RevisionId


class SettlementRule(Enum):
    """What a rule goes by."""

    SPACES = "spaces"  # the answers differ in blanks and line ends alone: the latest
    SAME_PERSON = "same-person"  # one person gave them all: the latest
    SIGNED_OFF = "signed-off"  # one of them was on the computer where the response was signed off: that one


def chosen_by(rule: SettlementRule, found: DisputedItem, sign_off: Revision | None) -> RevisionId | None:
    """Which side of a conflict a rule would keep; None where it has nothing to say.

    Args:
        sign_off: The latest of the response, if somebody signed it off.
    """
    sides = dict(found.candidates)
    if found.key[0] == ENTRY or any(side.value is None for side in sides.values()):
        return None  # what was removed or cleared is for people
    match rule:
        case SettlementRule.SPACES:
            first, *others = (side.value or "" for side in sides.values())
            return _latest(sides) if all(same_but_for_spaces(first, other) for other in others) else None
        case SettlementRule.SAME_PERSON:
            authors = {side.author for side in sides.values()}
            return _latest(sides) if len(authors) == 1 and "" not in authors else None
        case SettlementRule.SIGNED_OFF:
            return _signed(sides, sign_off)


def _signed(sides: Mapping[RevisionId, Revision], sign_off: Revision | None) -> RevisionId | None:
    if sign_off is None or sign_off.value is None:
        return None
    signed = [
        id_
        for id_, side in sides.items()
        if side.device == sign_off.device and side.made_at <= sign_off.made_at
    ]
    return signed[0] if len(signed) == 1 else None


def _latest(sides: Mapping[RevisionId, Revision]) -> RevisionId:
    return max(sides, key=lambda id_: (sides[id_].made_at, id_))
