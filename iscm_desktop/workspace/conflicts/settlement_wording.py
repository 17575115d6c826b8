"""Rules by which conflicts are settled, in words."""

from __future__ import annotations

from iscm_desktop.exchange.merging.settlement_rules import SettlementRule
from iscm_desktop.i18n import N_, _

_LABELS = {
    SettlementRule.SPACES: N_("same but for spaces: the one that is shown"),
    SettlementRule.SIGNED_OFF: N_("the one that was signed off"),
}


def label_of(rule: str) -> str:
    """A rule in words; what a later version named is shown by its name."""
    return _(_LABELS[SettlementRule(rule)]) if rule in {each.value for each in SettlementRule} else rule
