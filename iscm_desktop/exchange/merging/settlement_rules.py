"""Rules by which many conflicts could be settled at once. They only suggest; a person applies them.

No rule goes by a name that somebody gave themselves, nor by a clock that it does not know; and none makes a value win
that is less proven than one of the others. That is for people, one conflict at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from iscm_desktop.exchange.merging.text_differences import same_but_for_spaces
from iscm_desktop.store.objects.history import DisputedItem
from iscm_desktop.store.objects.proof_levels import Levels
from iscm_desktop.store.objects.revision import ENTRY, NOTHING, Revision, RevisionId
from iscm_desktop.store.objects.seals import ProvenRevisions


class SettlementRule(Enum):
    """What a rule goes by."""

    SPACES = "spaces"  # the answers differ in blanks and line ends alone: the one that is shown already
    SIGNED_OFF = "signed-off"  # one of them was on the computer where the response was signed off: that one


@dataclass(frozen=True, slots=True)
class RuleEvidence:
    """What the rules know of a response beside what stands against each other in it."""

    proven: ProvenRevisions
    levels: Levels = None
    sign_off: tuple[RevisionId, Revision] | None = None  # the one that counts

    def best_of(self, found: DisputedItem) -> set[RevisionId]:
        """The sides that no other one is better proven than."""
        levels = {id_: self.levels[id_] if self.levels else 0 for id_, _side in found.candidates}
        best = max(levels.values())
        return {id_ for id_, level in levels.items() if level == best}

    def is_by_who_signed(self, id_: RevisionId, side: Revision) -> bool:
        """Whether a side is proven to be of the device that signed off, and was there before it did.

        Both times are of one clock, whose key stands behind them.
        """
        if self.sign_off is None:
            return False
        signed, sign_off = self.sign_off
        is_same_key = not self.proven.keys_of(id_).isdisjoint(self.proven.keys_of(signed))
        return (
            side.device == sign_off.device
            and self.proven.is_proven(id_, side.device)
            and (is_same_key or {id_, signed} <= self.proven.own)
            and side.made_at <= sign_off.made_at
        )


def chosen_by(rule: SettlementRule, found: DisputedItem, evidence: RuleEvidence) -> RevisionId | None:
    """Which side of a conflict a rule would keep; None where it has nothing to say."""
    sides = dict(found.candidates)
    if found.key[0] in (ENTRY, NOTHING) or any(side.value is None for side in sides.values()):
        return None  # what was removed or cleared is for people
    best = evidence.best_of(found)
    match rule:
        case SettlementRule.SPACES:
            first, *others = (side.value or "" for side in sides.values())
            # By proof, then id, as a conflict's shown side is chosen: what is read stays as it is.
            return max(best) if all(same_but_for_spaces(first, other) for other in others) else None
        case SettlementRule.SIGNED_OFF:
            signed = [id_ for id_, side in sides.items() if evidence.is_by_who_signed(id_, side)]
            return signed[0] if len(signed) == 1 and signed[0] in best else None
