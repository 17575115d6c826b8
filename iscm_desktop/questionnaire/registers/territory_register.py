"""The States and territories, and the note that goes with one of them. Names fall back to English."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from iscm_desktop.i18n import LANGUAGES, cldr_locale
from iscm_desktop.questionnaire.registers.name_spelling import sorting_key
from iscm_desktop.questionnaire.registers.register_files import register_rows

_OFFICIAL = ("official", "de_facto_official")


@dataclass(frozen=True, slots=True)
class Territory:
    """A State or territory by its ISO 3166-1 code; XKX is Kosovo, printed with its note (`kosovo_note`)."""

    code: str
    name: str
    name_in_text: str  # with its article in English, "the Netherlands"
    un_status: str  # member | observer | ""
    region: str = ""  # by its code in the register of regions; "" for Antarctica
    is_inhabited: bool = True  # False where nobody lives who could answer


@cache
def territories(language: str = "en") -> tuple[Territory, ...]:
    """All territories, in the order of their names in `language`."""
    names = cldr_locale(language).territories
    special = {row["code"]: row for row in register_rows("territory_names.csv")}
    found = []
    for row in register_rows("territories.csv"):
        own = special.get(row["code"], {})
        name = own.get(language) or names[row["alpha2"]]
        in_text = (own.get("en_in_text") if language == "en" else "") or name
        found.append(
            Territory(
                row["code"], name, in_text, row["un_status"], row["region"], row["population"] != "none"
            )
        )
    return tuple(sorted(found, key=lambda territory: sorting_key(territory.name)))


@cache
def _territories_by_code(language: str) -> dict[str, Territory]:
    return {territory.code: territory for territory in territories(language)}


def territory(code: str, language: str = "en") -> Territory | None:
    """The territory with this ISO 3166-1 alpha-3 code (or XKX); None where there is none."""
    return _territories_by_code(language).get(code)


@cache
def widest_language(code: str) -> str:
    """Of this program's languages the official one that most people of a territory speak; "en" where none is.

    As CLDR has it; languages of a part of the territory do not count.
    """
    from babel.core import get_global

    alpha2 = next((row["alpha2"] for row in register_rows("territories.csv") if row["code"] == code), "")
    spoken = {
        language: about["population_percent"]
        for language, about in get_global("territory_languages").get(alpha2, {}).items()
        if language in LANGUAGES and about["official_status"] in _OFFICIAL
    }
    return max(spoken, key=lambda language: spoken[language], default=LANGUAGES[0])


def kosovo_note(language: str = "en") -> str:
    """The note that goes with every printed mention of Kosovo."""
    note = next(row for row in register_rows("notes.csv") if row["key"] == "kosovo")
    return note.get(language) or note["en"]
