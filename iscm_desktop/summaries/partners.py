"""The partners of a mechanism as its secretariat lists them, and the table that people look them up in."""

from __future__ import annotations

from dataclasses import dataclass

from iscm_desktop.i18n import N_
from iscm_desktop.summaries.evidence import Evidence, cited
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence
from iscm_desktop.summaries.names_in_text import organization_name, with_article
from iscm_desktop.summaries.quoted_prose import bracketed, inside, sentence_key
from iscm_desktop.summaries.summary import SummaryTable

ROLES = (
    "partner_name", "partner_type", "partner_mode", "partner_since", "partner_basis", "partner_activity",
)  # fmt: skip

_MODES = {
    "official_association": N_("Officially associated"),
    "regular": N_("Regular"),
    "occasional": N_("Occasional"),
    "past": N_("Past"),
    "planned": N_("Planned"),
    "": N_("Not specified"),
}
"""Ways of cooperating, in the order of print; "" where the respondent did not say."""


@dataclass(frozen=True, slots=True)
class PartnerKind:
    """One paragraph of the section: a type of partner, with those that belong under the same lead."""

    lead: str
    types: tuple[str, ...]
    cooperation: str = ""  # role of the question on how the mechanism works with this type


KINDS = (
    PartnerKind(N_("ISCMs"), ("iscm",), "cooperation_iscm"),
    PartnerKind(N_("IGOs"), ("igo",), "cooperation_igo"),
    PartnerKind(N_("Regional unions"), ("regional_union", "agency_or_network"), "cooperation_regional_union"),
    PartnerKind(N_("Civil society"), ("civil_society",), "cooperation_civil_society"),
    PartnerKind(N_("Private sector"), ("private_sector",), "cooperation_private_sector"),
    PartnerKind(N_("Academia"), ("academia",), "cooperation_academia"),
)


def partner_table(evidence: MechanismEvidence) -> SummaryTable | None:
    """Types down, ways of cooperating across; rows and columns with nothing in them are left out."""
    partners = partners_of(evidence)
    modes = [mode for mode in _MODES if any(mode_of(partner) == mode for partner in partners)]
    rows = []
    for title, types in _table_rows(evidence, partners):
        inside_row = [partner for partner in partners if partner.choice("partner_type") in types]
        cells = [", ".join(name_of(one) for one in inside_row if mode_of(one) == mode) for mode in modes]
        if any(cells):
            rows.append((title, *cells))
    if not rows:
        return None
    head = (evidence.gettext("Partner type"), *(evidence.gettext(_MODES[mode]) for mode in modes))
    sources = cited(
        partner.cite("partner_name", "partner_type", "partner_mode") for partner in partners
    ).sources
    return SummaryTable("4.partners", head, tuple(rows), sources)


def _table_rows(evidence: MechanismEvidence, partners: tuple[Evidence, ...]) -> list[tuple[str, set[str]]]:
    rows = [(evidence.gettext(kind.lead), {kind.types[0]}) for kind in KINDS]
    rows.insert(3, (evidence.gettext("Agencies and networks"), {"agency_or_network"}))
    known = {name for kind in KINDS for name in kind.types}
    others = {partner.choice("partner_type") for partner in partners} - known
    return [*rows, (evidence.gettext("Others"), others)]


def partners_of(evidence: MechanismEvidence) -> tuple[Evidence, ...]:
    """Each partner of a type once, in the order in which they were entered."""
    seen: dict[tuple[str, str], Evidence] = {}
    for entry in evidence.own.entries(*ROLES):
        if name_of(entry):
            seen.setdefault((sentence_key(name_of(entry)), entry.choice("partner_type")), entry)
    return tuple(seen.values())


def name_of(partner: Evidence) -> str:
    """The partner as print names it; "" where the entry has no name."""
    return organization_name(partner.fragment("partner_name"))


def mode_of(partner: Evidence) -> str:
    """The way of cooperating; "" where the answer is blank or none of those printed."""
    mode = partner.choice("partner_mode")
    return mode if mode in _MODES else ""


def is_plural(partner: Evidence) -> bool:
    """Whether one entry stands for several, as "academic institutions" does."""
    described = inside(name_of(partner)).partition("(")[0].strip()
    return described[:1].islower() and described.endswith("s")


def described(evidence: MechanismEvidence, partners: list[Evidence]) -> list[str]:
    """ "OECD and ILO (since 1998, a memorandum of understanding; joint seminars)", "IATA"."""
    by_details: dict[str, list[str]] = {}
    for partner in partners:
        name = with_article(name_of(partner), evidence.language.code)
        by_details.setdefault(_details(evidence, partner), []).append(name)
    parts = []
    for details, names in by_details.items():
        parts += [bracketed(evidence.language.listed(names), details)] if details else names
    return parts


def _details(evidence: MechanismEvidence, partner: Evidence) -> str:
    told = []
    if since := partner.year("partner_since"):
        told.append(evidence.gettext("since {year}", year=since))
    basis = partner.phrase("partner_basis")
    if basis and not partner.choice("partner_mode").endswith(partner.choice("partner_basis")):
        told.append(basis)  # an official association need not be called an association again
    details = [", ".join(told)] if told else []
    activity = inside(partner.fragment("partner_activity"))
    if activity and activity.casefold() not in name_of(partner).casefold():
        details.append(activity)
    return evidence.language.apart(details)
