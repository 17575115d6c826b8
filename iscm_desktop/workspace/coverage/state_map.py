"""The States of the world as squares by region: a map that knows no borders, and so takes no stand on any."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iscm_desktop.i18n import N_
from iscm_desktop.questionnaire import registers
from iscm_desktop.workspace.coverage.round_coverage import RespondentCoverage

NOTE = N_(
    "The designations employed and the presentation of material here do not imply the expression of any opinion "
    "whatsoever concerning the legal status of any country, territory, city or area, or of its authorities, or "
    "concerning the delimitation of its frontiers or boundaries."
)
"""The note of the United Nations on designations, which stands under each map and its table."""


@dataclass(frozen=True, slots=True)
class MapSquare:
    """One State, or a territory of which an answer is wanted or here."""

    code: str  # ISO 3166-1 alpha-3, or XKX
    name: str
    respondent: RespondentCoverage | None  # None: neither asked nor answered


@dataclass(frozen=True, slots=True)
class MapRegion:
    """A region of the United Nations' M49 with its States, by name."""

    code: str
    name: str
    continent: str
    squares: tuple[MapSquare, ...]


def state_map(rows: Iterable[RespondentCoverage], language: str) -> tuple[MapRegion, ...]:
    """Members and observers of the United Nations, and whoever else is asked or answered; regions in M49's order."""
    known = {row.respondent: row for row in rows if row.form_id == "state"}
    names = {region.code: region.name(language) for region in registers.regions()}
    squares: dict[str, list[MapSquare]] = {}
    for place in registers.territories(language):
        if place.un_status or place.code in known:
            squares.setdefault(place.region, []).append(
                MapSquare(place.code, place.name, known.get(place.code))
            )
    return tuple(
        MapRegion(region.code, names[region.code], names.get(region.inside, ""), tuple(squares[region.code]))
        for region in registers.regions()
        if region.code in squares
    )
