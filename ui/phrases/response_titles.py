"""Short names for headings: whose response it is, and which questionnaire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iscm_desktop.i18n import N_, _
from iscm_desktop.presenters.respondent_names import short_respondent

if TYPE_CHECKING:
    from iscm_desktop.workspace import ResponseRow

__all__ = ["questionnaire_kind", "short_respondent", "short_title"]

_KINDS = {
    "iscm": N_("Mechanism questionnaire"),
    "state": N_("State questionnaire"),
    "organization": N_("Organization questionnaire"),
}


def questionnaire_kind(row: ResponseRow) -> str:
    """What the program calls its own questionnaires; the title of any other."""
    return _(_KINDS[row.form_id]) if row.form_id in _KINDS else row.questionnaire_title


def short_title(row: ResponseRow) -> str:
    """ "IGC — Mechanism questionnaire"."""
    words = _("{respondent} — {questionnaire}")
    return words.format(
        respondent=short_respondent(row.respondent_name), questionnaire=questionnaire_kind(row)
    )
