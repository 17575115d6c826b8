"""Codes of respondents: those of the registers, and those that are made of a name that no register has.

A code is the name itself as it is compared: composed (NFC), without regard to capitals, with one underscore
wherever there were blanks or underscores. So two names that differ otherwise never come to one code, whatever
script they are in, "World Bank" is `world_bank`, and a code that is typed again is itself. What is longer than a
code may be is cut, and a part of its hash tells it from others that begin alike.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from functools import cache

from iscm_desktop.questionnaire.registers.mechanism_register import mechanisms
from iscm_desktop.questionnaire.registers.partner_register import partners
from iscm_desktop.questionnaire.registers.territory_register import territory
from iscm_desktop.text_limits import TextLimit

_HASH_PART = (
    16  # hexadecimal digits: chance meets nobody, and a name that is made to meet another only harms itself
)
_NAMING = frozenset("LN")
"""Of the general categories of characters: letters and numbers. A dash alone names nobody."""


def shown_name(typed: str) -> str:
    """A name as it is shown and kept: composed, each run of blanks one space, none around it."""
    return " ".join(unicodedata.normalize("NFC", typed).split())


def respondent_code(form_id: str, typed: str) -> str:
    """The code of whom somebody means who types a code or a name; "" where that is nobody.

    A registered respondent is meant by its code, and by each name that the registers have for it and for no
    other. States are meant by their codes alone, and whoever types no State's gets back what they typed.
    """
    if form_id == "state":
        said = typed.strip()
        return said.upper() if said.isascii() else said  # capitals of "\ufb01n" would be Finland's
    compared = _compared(typed)
    return _registered(form_id).get(compared) or _of_name(compared)


def is_registered(form_id: str, code: str) -> bool:
    """Whether the registers know a respondent by this code."""
    if form_id == "state":
        return territory(code) is not None
    return code in _registered(form_id).values()


def _compared(name: str) -> str:
    """What two spellings of one name have in common: Unicode's canonical caseless matching, and underscores are
    blanks."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
    return "_".join(folded.replace("_", " ").split())


def _of_name(compared: str) -> str:
    if not any(unicodedata.category(character)[0] in _NAMING for character in compared):
        return ""
    most = TextLimit.CODE.most
    if len(compared) <= most:
        return compared
    digest = hashlib.sha256(compared.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_PART]
    return f"{compared[: most - _HASH_PART - 1]}-{digest}"


@cache
def _registered(form_id: str) -> dict[str, str]:
    """Codes by the spellings that mean one respondent of the register and no other; a code means its own."""
    spellings: list[tuple[str, Iterable[str]]] = []
    if form_id == "iscm":
        spellings = [
            (one.code, (*one.names.values(), *one.acronyms, *map(one.full_name, one.names)))
            for one in mechanisms()
        ]
    elif form_id == "organization":
        spellings = [(one.slug, (one.name, one.acronym, one.full_name)) for one in partners()]
    meant: dict[str, set[str]] = {}
    for code, names in spellings:
        for name in filter(None, names):
            meant.setdefault(_compared(name), set()).add(code)
    found = {name: codes.pop() for name, codes in meant.items() if len(codes) == 1}
    return found | {_compared(code): code for code, _names in spellings}
