"""The mechanisms, and the States and territories that are listed in them. Names fall back to English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from iscm_desktop.questionnaire.registers.register_files import cell_number, cell_parts, register_rows

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


@cache
def mechanisms() -> tuple[Mechanism, ...]:
    """All mechanisms, in the register's order: regional, interregional, global, ended."""
    return tuple(
        Mechanism(
            code=row["code"],
            names={
                key.removeprefix("name_"): row[key] for key in row if key.startswith("name_") and row[key]
            },
            acronyms=cell_parts(row["acronym"]),
            kind=row["kind"],
            status=row["status"],
            founded_year=cell_number(row["founded_year"]),
            member_list=row["member_list"],
            member_count=cell_number(row["member_count"]),
            regions=cell_parts(row["regions"]),
            secretariat=row["secretariat"],
            associated_bodies=cell_parts(row["associated_bodies"]),
            website=row["website"],
            confidence=row["confidence"],
            notes=row["notes"],
        )
        for row in register_rows("mechanisms.csv")
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
        for row in register_rows("members.csv")
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
