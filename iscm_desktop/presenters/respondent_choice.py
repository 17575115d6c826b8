"""Who may answer a questionnaire, as the registers know them, and in which languages it can be filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from iscm_desktop.i18n import LANGUAGES, current_language
from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.name_search import NameSearch, folded
from iscm_desktop.workspace import Workspace

_REGISTERED = ("iscm", "state", "organization")


def known_respondents(form_id: str, language: str) -> list[tuple[str, str]]:
    """Code and name of everybody whom the registers know for this questionnaire, in order of name."""
    if form_id == "iscm":
        known = [(each.code, each.full_name(language)) for each in registers.mechanisms()]
    elif form_id == "state":
        known = [(each.code, each.name) for each in registers.territories(language) if each.is_inhabited]
    elif form_id == "organization":
        known = [(each.slug, each.full_name) for each in registers.partners()]
    else:  # one of somebody's own: anybody may answer it, and the registers help to write names alike
        names = [name for each in _REGISTERED for _code, name in known_respondents(each, language)]
        known = [(registers.respondent_code(form_id, name), name) for name in dict.fromkeys(names)]
    return sorted(known, key=lambda pair: pair[1].casefold())


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be asked in a round."""

    form_id: str
    code: str
    name: str
    regions: frozenset[str]  # codes of the register, continents included
    mechanisms: frozenset[
        str
    ]  # codes: the mechanism itself, or those in which a State is a member or observer
    language: str  # that they will want to begin with

    @property
    def key(self) -> tuple[str, str]:
        """What tells them from all others."""
        return self.form_id, self.code

    def fits(self, region: str, mechanism: str) -> bool:
        """Whether they are in a region and belong to a mechanism, each by its code; "" asks for neither."""
        return (not region or region in self.regions) and (not mechanism or mechanism in self.mechanisms)


def candidates(form_id: str, language: str) -> list[Candidate]:
    """Everybody whom the registers know for a questionnaire, or with "" for any of those that ship, by name.

    Mechanisms that have ended are not asked.
    """
    if not form_id:
        return [one for each in _REGISTERED for one in candidates(each, language)]
    known = [pair for pair in known_respondents(form_id, language) if form_id != "iscm" or _exists(pair[0])]
    return [_candidate(form_id, code, name) for code, name in known]


def form_for(respondent: str) -> str:
    """The questionnaire that somebody answers, by their code: those of mechanisms and States are known."""
    if registers.mechanism(respondent.lower()):
        return "iscm"
    is_state = registers.is_registered("state", registers.respondent_code("state", respondent))
    return "state" if is_state else "organization"


def own_language(form_id: str, code: str) -> str:
    """The language that a respondent will want to begin with: a State the widest of its official ones, else "en"."""
    return registers.widest_language(code.upper()) if form_id == "state" else LANGUAGES[0]


def _exists(code: str) -> bool:
    found = registers.mechanism(code)
    return found is not None and found.status != "ended"


def _candidate(form_id: str, code: str, name: str) -> Candidate:
    belongs_to = frozenset[str]()
    if form_id == "state":
        belongs_to = frozenset(
            one.mechanism for one in registers.memberships_of(code) if one.role in registers.CURRENT_ROLES
        )
    elif form_id == "iscm":
        belongs_to = frozenset({code})
    regions = registers.regions_of(form_id, code)
    return Candidate(form_id, code, name, regions, belongs_to, own_language(form_id, code))


def choosable_regions(language: str) -> list[tuple[str, str]]:
    """Code and name of each continent and its regions, these set off by a dash."""
    return [
        (each.code, f"– {each.name(language)}" if each.inside else each.name(language))
        for each in registers.regions()
    ]


def region_named(typed: str) -> str:
    """The code of a region by its code or its name in the language of the window or English; "" for no region."""
    wanted = folded(typed)
    names = {
        name: each.code for each in registers.regions() for name in (each.code, *map(folded, _names(each)))
    }
    return names.get(wanted, "")


def _names(region: registers.Region) -> tuple[str, str]:
    return region.name(), region.name(current_language())


def choosable_mechanisms(language: str) -> list[tuple[str, str]]:
    """Code and name of each mechanism that exists."""
    return [pair for pair in known_respondents("iscm", language) if _exists(pair[0])]


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
    """Id and title of each questionnaire of one's own that new responses of the round use, by title."""
    rows = workspace.questionnaires.all(workspace.rounds.proposed().code)
    return tuple((row.form_id, row.title) for row in rows if not row.is_shipped)
