"""Who may answer a questionnaire, as the registers know them, and in which languages it can be filled in."""

from __future__ import annotations

from collections.abc import Sequence

from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.name_search import NameSearch
from iscm_desktop.workspace import Workspace

_REGISTERED = ("iscm", "state", "organization")


def known_respondents(form_id: str, language: str) -> list[tuple[str, str]]:
    """Code and name of everybody whom the registers know for this questionnaire, in order of name."""
    if form_id == "iscm":
        known = [(each.code, each.full_name(language)) for each in registers.mechanisms()]
    elif form_id == "state":
        known = [(each.code, each.name) for each in registers.territories(language)]
    elif form_id == "organization":
        known = [(each.slug, each.full_name) for each in registers.partners()]
    else:  # one of somebody's own: anybody may answer it, and the registers help to write names alike
        names = [name for each in _REGISTERED for _code, name in known_respondents(each, language)]
        known = [(registers.respondent_code(form_id, name), name) for name in dict.fromkeys(names)]
    return sorted(known, key=lambda pair: pair[1].casefold())


def respondent_search(form_id: str, known: Sequence[tuple[str, str]]) -> NameSearch:
    """By which names they are found; States by all that they go by. Its values are the names that are shown."""
    if form_id != "state":
        return NameSearch({name: (name,) for _code, name in known})
    from iscm_desktop.questionnaire.registers.territory_other_names import other_names

    others = other_names()
    return NameSearch({name: (name, *others.get(code, ())) for code, name in known})


def code_for_new_name(form_id: str, typed: str) -> str:
    """The code of a respondent that no register has, made of its name; "" where only the register's may answer."""
    return "" if form_id == "state" else registers.respondent_code(form_id, typed)


def own_forms(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """Id and title of each questionnaire of one's own that can be filled in here, by title."""
    return tuple((row.form_id, row.title) for row in workspace.questionnaires.all() if not row.is_shipped)
