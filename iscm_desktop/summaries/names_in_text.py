"""What things and people are called in a summary, and who may be called anything at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from iscm_desktop.questionnaire import registers
from iscm_desktop.summaries.evidence import Evidence
from iscm_desktop.summaries.quoted_prose import inside
from iscm_desktop.summaries.text_markup import escaped

_SHORT_ENOUGH = 24
"""Letters up to which an organization's name is printed in full although it has an acronym."""

_HEADS = frozenset(
    re.findall(
        r"\w+",
        """
        Agency Alliance Association Authority Bank Board Bureau Centre Center College Commission Committee
        Community Conference Congress Consultations Convention Corporation Council Court Dialogue Directorate
        Federation Forum Foundation Fund Government Group Initiative Institute Institution League Mechanism
        Ministry Mission Movement Network Office Organisation Organization Panel Parliament Partnership
        Platform Process Programme Project Secretariat Secretary Service Society Summit Team Union University
        """,
    )
)
"""Words that name a kind of body: a name whose main word they are takes an article in an English sentence."""


@dataclass(frozen=True, slots=True)
class MechanismName:
    """A mechanism as headings and sentences name it."""

    full: str  # with the acronym in brackets
    short: str  # acronym, or the name people use


class NameConsent(Enum):
    """What a respondent allows: STA-F02 and IGO-G02."""

    QUOTE = "name_and_quote"
    NAME = "name_only"
    ANONYMOUS = "anonymous"  # also while the question is not answered: silence is no permission

    @classmethod
    def stated_in(cls, evidence: Evidence) -> NameConsent:
        """What the respondent chose; ANONYMOUS where it chose nothing."""
        value = evidence.choice("naming")
        return cls(value) if value in {naming.value for naming in cls} else cls.ANONYMOUS


def mechanism_name(code: str, own: Evidence, language: str) -> MechanismName:
    """From the register; a mechanism that is not in it is called what it calls itself."""
    if registered := registers.mechanism(code):
        return MechanismName(escaped(registered.full_name(language)), escaped(registered.short_name))
    full = own.fragment("mechanism_name") or escaped(own.name or code)
    acronym = re.search(r"\(([^()]+)\)$", full)
    return MechanismName(full, acronym.group(1) if acronym else full)


def state_name(code: str, name: str, language: str) -> str:
    """A State inside a sentence: "the Netherlands"."""
    territory = registers.territory(code, language)
    return escaped(territory.name_in_text) if territory else name or escaped(code)


def name_in_text(typed: str, language: str) -> str:
    """A State or an organization that was typed as text, inside a sentence: "the World Bank"."""
    known = _places_in_text(language).get(typed.casefold())
    return known or with_article(organization_name(typed), language)


def with_article(name: str, language: str) -> str:
    """ "the Bali Process", "the EU", but "UNHCR": as English sentences name organizations."""
    name = inside(name)
    if language != "en" or name.startswith("the "):
        return name
    head = re.split(r" (?:of|for|on|against|to|in|at|and) |,", name, maxsplit=1)[0].rpartition(" ")[2]
    if head in _HEADS or re.fullmatch(r"[A-Z]{2}", name):
        return f"the {name}"
    return name


def organization_name(typed: str) -> str:
    """An organization as typed; the full name of one that all know by its acronym becomes the acronym."""
    partner = _partners_by_name().get(typed.casefold())
    return escaped(_short(partner)) if partner else typed


def _short(partner: registers.Partner) -> str:
    """An acronym that stands for the first words only is followed by the others: "WEF Global Council"."""
    if not partner.acronym or len(partner.name) <= _SHORT_ENOUGH:
        return partner.name
    words = partner.name.split()
    for length in range(2, len(words)):
        initials = "".join(word[0] for word in words[:length] if word[0].isupper())
        if initials == partner.acronym and any(word[0].isupper() for word in words[length:]):
            return " ".join([partner.acronym, *words[length:]])
    return partner.acronym


@cache
def _places_in_text(language: str) -> dict[str, str]:
    return {place.name.casefold(): escaped(place.name_in_text) for place in registers.territories(language)}


@cache
def _partners_by_name() -> dict[str, registers.Partner]:
    by_name = {partner.full_name.casefold(): partner for partner in registers.partners()}
    return by_name | {partner.name.casefold(): partner for partner in registers.partners()}
