"""Respondents by the registers: what each is called, and how a questionnaire's own question names it."""

from __future__ import annotations

from iscm_desktop.questionnaire.registers.mechanism_register import mechanism
from iscm_desktop.questionnaire.registers.partner_register import partner
from iscm_desktop.questionnaire.registers.territory_register import territory


def respondent_name(form_id: str, code: str, language: str = "en") -> str:
    """What to call a respondent on screens and in documents; the code itself where no register has it."""
    if form_id == "iscm" and (found := mechanism(code)):
        return found.full_name(language)
    if form_id == "state" and (place := territory(code, language)):
        return place.name
    if form_id == "organization" and (organization := partner(code)):
        return organization.full_name
    return code


def identity_answer(form_id: str, code: str) -> str:
    """The text that the question naming the respondent (`iscm:identity`) holds for this respondent."""
    if form_id == "iscm":
        return code if mechanism(code) else "other"
    if form_id == "organization" and (organization := partner(code)):
        return organization.full_name
    return code
