"""Section 3: the documents that govern the mechanism, its chair, its bodies and how they conclude."""

from __future__ import annotations

import re
from datetime import date

from iscm_desktop.i18n import N_
from iscm_desktop.summaries.clauses import Clause, ClauseGroup, present
from iscm_desktop.summaries.evidence import Evidence, cited
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence
from iscm_desktop.summaries.names_in_text import name_in_text
from iscm_desktop.summaries.quoted_prose import bracketed, inside
from iscm_desktop.summaries.secretariat import secretariat
from iscm_desktop.summaries.text_markup import italic
from iscm_desktop.summaries.unphrased_answers import labelled

_CHAIRS = {
    "one_rotating_chair": N_("The Chair rotates among the members{term}."),
    "rotating_co_chairs": N_("Co-Chairs rotate among the members{term}."),
    "permanent_chair": N_("The {mechanism} has a permanent Chair."),
    "permanent_co_chairs": N_("The {mechanism} has permanent Co-Chairs."),
    "regional_organization_leads": N_("A regional organization leads the {mechanism}."),
    "collective_group": N_("A group of members leads the {mechanism} collectively."),
    "none": N_("The {mechanism} has no Chair."),
}

_DECISIONS = {
    "consensus": N_("Conclusions are adopted by consensus."),
    "majority": N_("Conclusions are adopted by majority."),
    "chair_summary": N_("The Chair sums up the discussion; no conclusions are put to the members."),
    "no_formal_conclusions": N_("No formal conclusions are adopted."),
}


def structures(evidence: MechanismEvidence) -> tuple[ClauseGroup, ...]:
    """Governance: documents, chair, bodies, decisions; then the secretariat."""
    governance = present(
        _documents(evidence),
        _chair(evidence),
        _troika(evidence),
        *_chairs(evidence),
        _bodies(evidence),
        _decisions(evidence),
    )
    return (ClauseGroup("S3", "governance", governance), *secretariat(evidence))


def _documents(evidence: MechanismEvidence) -> Clause | None:
    roles = ("governing_title", "governing_kind", "governing_date", "governing_link")
    entries = [entry for entry in evidence.own.entries(*roles) if entry.fragment("governing_title")]
    if not entries:
        return None
    listed = evidence.language.listed(_document(evidence, entry) for entry in entries)
    return Clause(
        evidence.gettext("The {mechanism} is governed by {documents}.", documents=listed),
        cited(entry.cite(*roles) for entry in entries),
    )


def _document(evidence: MechanismEvidence, entry: Evidence) -> str:
    title, kind = entry.fragment("governing_title"), entry.phrase("governing_kind")
    details = [kind] if kind and not entry.repeats("governing_kind", title) else []
    if day := entry.day("governing_date"):
        details.append(evidence.gettext("adopted {date}", date=_on(evidence, day)))
    if link := entry.fragment("governing_link"):
        details.append(link)
    return f"{italic(title)} ({', '.join(details)})" if details else italic(title)


def _on(evidence: MechanismEvidence, day: date) -> str:
    shown = evidence.language.date_or_year(day)
    return (
        evidence.gettext("in {year}", year=shown)
        if shown.isdigit()
        else evidence.gettext("on {day}", day=shown)
    )


def _chair(evidence: MechanismEvidence) -> Clause | None:
    own = evidence.own
    value, term = own.choice("chair_model"), _term(evidence)
    if value not in _CHAIRS:
        return labelled(evidence, own, "chair_model")
    return Clause(evidence.gettext(_CHAIRS[value], term=term), own.cite("chair_model", "chair_term"))


def _term(evidence: MechanismEvidence) -> str:
    """ ", each for two years"; "" where the length was not answered."""
    months = evidence.own.number("chair_term")
    if months is None:
        return ""
    if months % 12 == 0:
        years = int(months // 12)
        return evidence.ngettext(", each for one year", ", each for {count} years", years)
    return evidence.ngettext(", each for one month", ", each for {count} months", int(months))


def _troika(evidence: MechanismEvidence) -> Clause | None:
    if evidence.own.choice("troika") != "yes":
        return None
    return Clause(
        evidence.gettext("The past, the present and the next Chair form a Troika."),
        evidence.own.cite("troika"),
    )


def _chairs(evidence: MechanismEvidence) -> list[Clause]:
    """Present, earlier and next ones, seen from the end of the period that the answers cover."""
    roles = ("chair_name", "chair_from", "chair_to")
    entries = [entry for entry in evidence.own.entries(*roles) if entry.fragment("chair_name")]
    groups: dict[str, list[Evidence]] = {}
    for entry in entries:
        groups.setdefault(_when(evidence, entry), []).append(entry)
    clauses = []
    for when in ("now", "before", "next"):
        if chairs := groups.get(when, []):
            listed = evidence.language.listed(_held(evidence, entry, when) for entry in chairs)
            text, opening = _chaired(evidence, when, len(chairs), listed, has_present="now" in groups)
            clauses.append(Clause(text, cited(entry.cite(*roles) for entry in chairs), opening))
    return clauses


def _when(evidence: MechanismEvidence, entry: Evidence) -> str:
    """Whether an entry is about the chair "now", one "before" or the "next" one; without an end it lasts."""
    since, until = entry.number("chair_from"), entry.number("chair_to")
    end = evidence.own.day("period_to")
    if end and since and since > end.year:
        return "next"
    return "now" if until is None or (end and until >= end.year) else "before"


def _chaired(
    evidence: MechanismEvidence, when: str, count: int, chairs: str, *, has_present: bool
) -> tuple[str, str]:
    """The sentence, and its wording at the start of a paragraph."""
    if when == "now":
        text = evidence.ngettext(
            "At present the Chair is held by {chairs}.",
            "At present the Chairs are {chairs}.",
            count,
            chairs=chairs,
        )
        return text, text
    if when == "next":
        text = evidence.gettext("Next in the Chair: {chairs}.", chairs=chairs)
        return text, text
    return (
        evidence.gettext("Earlier it was held by {chairs}.", chairs=chairs)
        if has_present
        else evidence.gettext("The Chair has been held by {chairs}.", chairs=chairs),
        evidence.gettext("The Chair of the {mechanism} has been held by {chairs}.", chairs=chairs),
    )


def _held(evidence: MechanismEvidence, entry: Evidence, when: str) -> str:
    name = name_in_text(entry.fragment("chair_name"), evidence.language.code)
    since, until = entry.year("chair_from"), entry.year("chair_to")
    if since and until and since != until:
        return bracketed(name, f"{since}–{until}")
    if since and not until:
        sentence = N_("from {year}") if when == "next" else N_("since {year}")
        return bracketed(name, evidence.gettext(sentence, year=since))
    return bracketed(name, until)


def _bodies(evidence: MechanismEvidence) -> Clause | None:
    roles = ("body_level", "body_name", "body_frequency", "body_composition", "body_last_met")
    entries = [
        entry
        for entry in evidence.own.entries(*roles)
        if entry.answer("body_name") or entry.answer("body_level")
    ]
    if not entries:
        return None
    listed = evidence.language.listed(_body(evidence, entry) for entry in entries)
    return Clause(
        evidence.ngettext(
            "It works through {bodies}.",
            "It works through the following bodies: {bodies}.",
            len(entries),
            bodies=listed,
        ),
        cited(entry.cite(*roles) for entry in entries),
        evidence.ngettext(
            "The {mechanism} works through {bodies}.",
            "The {mechanism} works through the following bodies: {bodies}.",
            len(entries),
            bodies=listed,
        ),
    )


def _body(evidence: MechanismEvidence, entry: Evidence) -> str:
    """ "the Steering Committee (senior officials, meets every semester)"."""
    name, level = entry.fragment("body_name"), entry.phrase("body_level")
    details = [_frequency(evidence, entry)]
    if name and level and not entry.repeats("body_level", name):
        details.insert(0, level)
    if day := entry.day("body_last_met"):
        details.append(evidence.gettext("last met {date}", date=_on(evidence, day)))
    details.append(inside(entry.fragment("body_composition")))
    told = evidence.language.apart(detail for detail in details if detail)
    shown = evidence.gettext("the {body}", body=re.sub(r"^[Tt]he ", "", name)) if name else level
    return bracketed(shown, told)


def _frequency(evidence: MechanismEvidence, entry: Evidence) -> str:
    frequency = entry.phrase("body_frequency")
    if not frequency:
        return ""
    if entry.choice("body_frequency") == "never_so_far":
        return evidence.gettext("has not met so far")
    if entry.choice("body_frequency") == "multi_year":
        return evidence.gettext("meets at intervals of several years")
    return evidence.gettext("meets {frequency}", frequency=frequency)


def _decisions(evidence: MechanismEvidence) -> Clause | None:
    value = evidence.own.choice("decisions")
    if value not in _DECISIONS:
        return labelled(evidence, evidence.own, "decisions")
    return Clause(evidence.gettext(_DECISIONS[value]), evidence.own.cite("decisions"))
