"""The organizations that mechanisms name as partners."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from iscm_desktop.questionnaire.registers.name_spelling import slug
from iscm_desktop.questionnaire.registers.register_files import register_rows


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
        for row in register_rows("partners.csv")
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
