"""The registers: mechanisms, their members, themes, partners, territories and currencies, as they ship.

Responsible for reading `resources/registers` once, lazily, and for names in each language. Leaves the
questions that offer these lists to `workbook`. Names fall back to English; a blank cell was not verified and
gives "" or None.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from babel.core import get_global

from iscm_desktop.i18n import cldr_locale
from iscm_desktop.paths import resource

CURRENT_ROLES = frozenset({"member", "observer"})


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One consultation mechanism of the register."""

    code: str
    names: Mapping[str, str]  # by language code; English is always there
    acronyms: tuple[str, ...]
    kind: str  # rcp | irf | global
    status: str  # active | dormant | ended | unknown
    founded_year: int | None
    member_list: str  # complete | partial | none: how far the members are listed
    member_count: int | None
    regions: tuple[str, ...]
    secretariat: str
    associated_bodies: tuple[str, ...]
    website: str
    confidence: str
    notes: str

    def name(self, language: str = "en") -> str:
        """The name as registered, in `language` where it was verified, else in English."""
        return self.names.get(language) or self.names["en"]

    @property
    def acronym(self) -> str:
        """The acronym in most use; "" where there is none, or where it merely repeats the name."""
        return self.acronyms[0] if self.acronyms else ""

    def full_name(self, language: str = "en") -> str:
        """The name with the acronym in brackets, as headings and lists print it."""
        name = self.name(language)
        if not self.acronym or self.acronym in name:
            return name
        if name.endswith(")"):
            return f"{name[:-1]}, {self.acronym})"
        return f"{name} ({self.acronym})"

    @property
    def short_name(self) -> str:
        """What people call it in the middle of a sentence: "IGC", "Rabat Process"."""
        name = self.names["en"]
        called = re.search(r"\(([^()]*Process)\)$", name) or re.match(r"(\w+ Process)\b", name)
        return self.acronym or (called.group(1) if called else name)


@dataclass(frozen=True, slots=True)
class Membership:
    """A State or territory in a mechanism."""

    mechanism: str
    territory: str
    role: str  # member | observer | former
    confidence: str


@dataclass(frozen=True, slots=True)
class MigrationTheme:
    """A thematic area."""

    code: str
    label: str  # English
    phrase: str  # English, as it reads in the middle of a sentence


@dataclass(frozen=True, slots=True)
class Partner:
    """An organization that mechanisms name as a partner."""

    slug: str
    name: str
    acronym: str
    partner_type: str
    notes: str

    @property
    def full_name(self) -> str:
        """The name with the acronym in brackets where it has one of its own."""
        return f"{self.name} ({self.acronym})" if self.acronym and self.acronym != self.name else self.name


@dataclass(frozen=True, slots=True)
class Territory:
    """A State or territory by its ISO 3166-1 code; XKX is Kosovo, printed with its note (`kosovo_note`)."""

    code: str
    name: str
    name_in_text: str  # with its article in English, "the Netherlands"
    un_status: str  # member | observer | ""


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency in use today, by its ISO 4217 code."""

    code: str
    name: str

    @property
    def label(self) -> str:
        return f"{self.code} – {self.name}"


def slug(text: str) -> str:
    """Lower case, every run of other characters an underscore: "World Bank" gives "world_bank"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def _rows(file: str) -> list[dict[str, str]]:
    with resource("registers", file).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


@cache
def mechanisms() -> tuple[Mechanism, ...]:
    """All mechanisms, in the register's order: regional, interregional, global, ended."""
    return tuple(
        Mechanism(
            code=row["code"],
            names={
                key.removeprefix("name_"): row[key] for key in row if key.startswith("name_") and row[key]
            },
            acronyms=_parts(row["acronym"]),
            kind=row["kind"],
            status=row["status"],
            founded_year=_number(row["founded_year"]),
            member_list=row["member_list"],
            member_count=_number(row["member_count"]),
            regions=_parts(row["regions"]),
            secretariat=row["secretariat"],
            associated_bodies=_parts(row["associated_bodies"]),
            website=row["website"],
            confidence=row["confidence"],
            notes=row["notes"],
        )
        for row in _rows("mechanisms.csv")
    )


@cache
def _mechanisms_by_code() -> dict[str, Mechanism]:
    return {mechanism.code: mechanism for mechanism in mechanisms()}


def mechanism(code: str) -> Mechanism | None:
    """The mechanism with this code; None where the register has none."""
    return _mechanisms_by_code().get(code)


@cache
def _memberships() -> tuple[Membership, ...]:
    return tuple(
        Membership(row["mechanism"], row["territory"], row["role"], row["confidence"])
        for row in _rows("members.csv")
    )


@cache
def members_of(code: str) -> tuple[Membership, ...]:
    """Who is listed in a mechanism, in any role, by territory code."""
    return tuple(membership for membership in _memberships() if membership.mechanism == code)


@cache
def memberships_of(territory: str) -> tuple[Membership, ...]:
    """Where a territory is listed, in any role, in the register's order of mechanisms."""
    order = {mechanism.code: place for place, mechanism in enumerate(mechanisms())}
    found = (membership for membership in _memberships() if membership.territory == territory)
    return tuple(sorted(found, key=lambda membership: order[membership.mechanism]))


def proposed_memberships(territory: str) -> tuple[Membership, ...]:
    """What to lay before a State that starts to answer: its present places in mechanisms that still exist."""
    return tuple(
        membership
        for membership in memberships_of(territory)
        if membership.role in CURRENT_ROLES and _mechanisms_by_code()[membership.mechanism].status != "ended"
    )


@cache
def themes() -> tuple[MigrationTheme, ...]:
    """All thematic areas; the last is "other"."""
    return tuple(
        MigrationTheme(row["code"], row["label_en"], row["phrase_en"]) for row in _rows("themes.csv")
    )


@cache
def partners() -> tuple[Partner, ...]:
    """All organizations of the register, in its order."""
    return tuple(
        Partner(
            slug(row["acronym"] or row["name"]),
            row["name"],
            row["acronym"],
            row["partner_type"],
            row["notes"],
        )
        for row in _rows("partners.csv")
    )


@cache
def _partners_by_slug() -> dict[str, Partner]:
    return {partner.slug: partner for partner in partners()}


def partner(slug: str) -> Partner | None:
    """The organization with this slug; None where the register has none."""
    return _partners_by_slug().get(slug)


@cache
def _partners_by_spelling() -> dict[str, Partner]:
    return {
        spelling.casefold(): partner
        for partner in reversed(partners())
        for spelling in (partner.acronym, partner.name, partner.full_name)
        if spelling
    }


def partner_named(text: str) -> Partner | None:
    """The organization that somebody means who types its name, its acronym or both; None if unknown."""
    return _partners_by_spelling().get(text.strip().casefold())


def _sorting_key(name: str) -> str:
    """Å beside A: the order in which people look names up."""
    letters = (letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return "".join(letters).casefold()


@cache
def territories(language: str = "en") -> tuple[Territory, ...]:
    """All territories, in the order of their names in `language`."""
    names = cldr_locale(language).territories
    special = {row["code"]: row for row in _rows("territory_names.csv")}
    found = []
    for row in _rows("territories.csv"):
        own = special.get(row["code"], {})
        name = own.get(language) or names[row["alpha2"]]
        in_text = (own.get("en_in_text") if language == "en" else "") or name
        found.append(Territory(row["code"], name, in_text, row["un_status"]))
    return tuple(sorted(found, key=lambda territory: _sorting_key(territory.name)))


@cache
def _territories_by_code(language: str) -> dict[str, Territory]:
    return {territory.code: territory for territory in territories(language)}


def territory(code: str, language: str = "en") -> Territory | None:
    """The territory with this ISO 3166-1 alpha-3 code (or XKX); None where there is none."""
    return _territories_by_code(language).get(code)


@cache
def currencies(language: str = "en") -> tuple[Currency, ...]:
    """The currencies that are legal tender somewhere today, by code."""
    used = {
        code
        for uses in get_global("territory_currencies").values()
        for code, _since, until, is_tender in uses
        if until is None and is_tender
    }
    names = dict(cldr_locale(language).currencies)
    names |= {row["code"]: row.get(language) or row["en"] for row in _rows("currency_names.csv")}
    return tuple(Currency(code, names.get(code, code)) for code in sorted(used))


def kosovo_note(language: str = "en") -> str:
    """The note that goes with every printed mention of Kosovo."""
    note = next(row for row in _rows("notes.csv") if row["key"] == "kosovo")
    return note.get(language) or note["en"]


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


def suggestions(lists: Collection[str], language: str = "en") -> tuple[str, ...]:
    """Names to offer while someone types, for `iscm:suggest` naming "partners", "territories" or both.

    Organizations come with their acronym, so that typing either finds them.
    """
    offered: list[Iterable[str]] = []
    if "partners" in lists:
        offered.append(partner.full_name for partner in partners())
    if "territories" in lists:
        offered.append(territory.name for territory in territories(language))
    names = sorted((name for names in offered for name in names), key=_sorting_key)
    return tuple(name for name, _same in groupby(names))
