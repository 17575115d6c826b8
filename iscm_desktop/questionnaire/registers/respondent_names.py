"""Respondents by the registers: what each is called, and how a questionnaire's own question names it."""

from __future__ import annotations

from functools import cache

from iscm_desktop.i18n import LANGUAGES
from iscm_desktop.questionnaire.registers.mechanism_register import mechanism, mechanisms
from iscm_desktop.questionnaire.registers.partner_register import partner, partners
from iscm_desktop.questionnaire.registers.region_register import region_codes, with_continent
from iscm_desktop.questionnaire.registers.territory_register import territories, territory


def respondent_name(form_id: str, code: str, language: str = "en") -> str:
    """What to call a respondent on screens and in documents; the code itself where no register has it."""
    if form_id == "iscm" and (found := mechanism(code)):
        return found.full_name(language)
    if form_id == "state" and (place := territory(code, language)):
        return place.name
    if form_id == "organization" and (organization := partner(code)):
        return organization.full_name
    return code


def level_of(form_id: str, code: str) -> str:
    """Of a mechanism whether it is regional, interregional or global: "rcp", "irf", "global"; "" of anybody else."""
    found = mechanism(code) if form_id == "iscm" else None
    return found.kind if found else ""


def regions_of(form_id: str, code: str) -> frozenset[str]:
    """The codes of the regions in which a respondent is, continents included; none of organizations."""
    if form_id == "iscm" and (found := mechanism(code)):
        return region_codes(found.regions)
    if form_id == "state" and (place := territory(code)):
        return with_continent(place.region)
    return frozenset()


@cache
def registered_respondents() -> tuple[tuple[str, str], ...]:
    """Questionnaire and code of everybody who may be asked: mechanisms that exist, inhabited territories, partners."""
    return (
        *(("iscm", each.code) for each in mechanisms() if each.status != "ended"),
        *(("state", each.code) for each in territories() if each.is_inhabited),
        *(("organization", each.slug) for each in partners()),
    )


def named_respondent(form_id: str, code: str, claimed: str) -> str:
    """What to call a respondent of whom a file tells: by the registers, and as it says only where none has them."""
    name = respondent_name(form_id, code)
    return name if name != code else claimed or code


def other_name(form_id: str, code: str, claimed: str) -> str:
    """The name in a file, where the registers know this respondent and by no such name; else ""."""
    if not claimed or respondent_name(form_id, code) in (claimed, code):
        return ""
    is_known = any(claimed == respondent_name(form_id, code, language) for language in LANGUAGES)
    return "" if is_known else claimed


def identity_answer(form_id: str, code: str) -> str:
    """The text that the question naming the respondent (`iscm:identity`) holds for this respondent."""
    if form_id == "iscm":
        return code if mechanism(code) else "other"
    if form_id == "organization" and (organization := partner(code)):
        return organization.full_name
    return code
