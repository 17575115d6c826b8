"""Names of the registers to offer while someone types."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import groupby

from iscm_desktop.questionnaire.registers.name_spelling import sorting_key
from iscm_desktop.questionnaire.registers.partner_register import partners
from iscm_desktop.questionnaire.registers.territory_register import territories


def suggestions(lists: Collection[str], language: str = "en") -> tuple[str, ...]:
    """Names to offer while someone types, for `iscm:suggest` naming "partners", "territories" or both.

    Organizations come with their acronym, so that typing either finds them.
    """
    offered: list[Iterable[str]] = []
    if "partners" in lists:
        offered.append(partner.full_name for partner in partners())
    if "territories" in lists:
        offered.append(territory.name for territory in territories(language))
    names = sorted((name for names in offered for name in names), key=sorting_key)
    return tuple(name for name, _same in groupby(names))
