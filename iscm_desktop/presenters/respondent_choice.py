"""Who may answer a questionnaire, as the registers know them, and in which languages it can be filled in."""

from __future__ import annotations

from iscm_desktop.questionnaire import catalogue, registers


def known_respondents(form_id: str, language: str) -> list[tuple[str, str]]:
    """Code and name of everybody whom the registers know for this questionnaire, in order of name."""
    if form_id == "iscm":
        known = [(each.code, each.full_name(language)) for each in registers.mechanisms()]
    elif form_id == "state":
        known = [(each.code, each.name) for each in registers.territories(language)]
    else:
        known = [(each.slug, each.full_name) for each in registers.partners()]
    return sorted(known, key=lambda pair: pair[1].casefold())


def code_for_new_name(form_id: str, typed: str) -> str:
    """The code of a respondent that no register has, made of its name; "" where only the register's may answer."""
    return "" if form_id == "state" else registers.respondent_code(form_id, typed)


def offered_languages(form_id: str) -> tuple[str, ...]:
    """As the shipped questionnaire names them: "Français (fr)"; "default" where it has one and does not say which."""
    return tuple(catalogue.shipped(form_id).languages)
