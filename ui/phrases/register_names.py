"""Names of those who may answer, from the registers."""

from __future__ import annotations


def known_respondents(form_id: str, language: str) -> list[tuple[str, str]]:
    """Code and name of everybody whom the registers know for this questionnaire, in order of name."""
    from iscm_desktop.questionnaire import registers

    if form_id == "iscm":
        known = [(each.code, each.full_name(language)) for each in registers.mechanisms()]
    elif form_id == "state":
        known = [(each.code, each.name) for each in registers.territories(language)]
    else:
        known = [(each.slug, each.full_name) for each in registers.partners()]
    return sorted(known, key=lambda pair: pair[1].casefold())
