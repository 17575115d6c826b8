"""The regions of the world as the United Nations count them (M49). Their names in other languages are CLDR's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from iscm_desktop.i18n import cldr_locale
from iscm_desktop.questionnaire.registers.register_files import register_rows


@dataclass(frozen=True, slots=True)
class Region:
    """A region, or a continent."""

    code: str  # of M49, "015"
    english: str  # as the United Nations write it
    inside: str  # code of the continent; "" for a continent

    def name(self, language: str = "en") -> str:
        """What it is called in `language`."""
        if language == "en":
            return self.english
        name = cldr_locale(language).territories.get(self.code, self.english)
        return str(name[:1].upper() + name[1:])


@cache
def regions() -> tuple[Region, ...]:
    """Each continent, followed by its regions."""
    return tuple(Region(row["code"], row["name"], row["inside"]) for row in register_rows("regions.csv"))


def region_codes(names: tuple[str, ...]) -> frozenset[str]:
    """Where regions of these English names are looked for: under their codes, their continent's and its regions' own.

    Names that are none of a region, such as "World", are left out.
    """
    named = {region.code: region.inside for region in regions() if region.english in names}
    inner = {region.code for region in regions() if region.inside in named}
    return frozenset({*named, *named.values(), *inner} - {""})


def with_continent(code: str) -> frozenset[str]:
    """A region's own code and its continent's; nothing for ""."""
    inside = next((region.inside for region in regions() if region.code == code), "")
    return frozenset({code, inside} - {""})
