"""The registers as they ship: mechanisms, their members, themes, partners, territories and currencies.

Each is read once, lazily, from `resources/registers`. Leaves the questions that offer these lists to
`reading.shipped_workbooks`.

Its look-ups are named here, one name each, because callers hold values of the same name: `mechanism =
registers.mechanism(code)` says where it looks, and a bare `mechanism(code)` could not be said there.
"""

from iscm_desktop.questionnaire.registers.currency_register import Currency, currencies
from iscm_desktop.questionnaire.registers.mechanism_register import (
    CURRENT_ROLES,
    Mechanism,
    Membership,
    mechanism,
    mechanisms,
    members_of,
    memberships_of,
    proposed_memberships,
)
from iscm_desktop.questionnaire.registers.name_spelling import slug
from iscm_desktop.questionnaire.registers.name_suggestions import suggestions
from iscm_desktop.questionnaire.registers.partner_register import Partner, partner, partner_named, partners
from iscm_desktop.questionnaire.registers.region_register import (
    Region,
    regions,
)
from iscm_desktop.questionnaire.registers.respondent_codes import is_registered, respondent_code, shown_name
from iscm_desktop.questionnaire.registers.respondent_names import (
    identity_answer,
    level_of,
    named_respondent,
    other_name,
    regions_of,
    registered_respondents,
    respondent_name,
)
from iscm_desktop.questionnaire.registers.territory_register import (
    Territory,
    kosovo_note,
    territories,
    territory,
    widest_language,
)
from iscm_desktop.questionnaire.registers.theme_register import MigrationTheme, themes

__all__ = [
    "CURRENT_ROLES", "Currency", "Mechanism", "Membership", "MigrationTheme", "Partner",
    "Region", "Territory", "currencies", "identity_answer", "is_registered", "kosovo_note", "level_of", "mechanism",
    "mechanisms", "members_of", "memberships_of", "named_respondent", "other_name", "partner",
    "partner_named", "partners", "proposed_memberships", "regions", "regions_of", "registered_respondents",
    "respondent_code", "respondent_name", "shown_name", "slug", "suggestions", "territories",
    "territory", "themes", "widest_language",
]  # fmt: skip
