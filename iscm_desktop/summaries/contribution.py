"""Section 2: what the mechanism contributes to migration governance, level by level, with examples."""

from __future__ import annotations

from iscm_desktop.i18n import N_
from iscm_desktop.summaries.clauses import Clause, ClauseGroup, own_words, present
from iscm_desktop.summaries.document_language import DEGREES
from iscm_desktop.summaries.evidence import CitedAnswer, Evidence
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence
from iscm_desktop.summaries.outside_views import (
    effects_in_states,
    examples_of_organizations,
    forums,
    initiatives,
    uses_for_compact,
)
from iscm_desktop.summaries.quoted_prose import capital, inside
from iscm_desktop.summaries.text_markup import italic

_NO_CONTRIBUTION = "1"


def contribution(evidence: MechanismEvidence) -> tuple[ClauseGroup, ...]:
    """Groups for the national, the regional and the global level, in this order; each has its lead word."""
    own = evidence.own
    acknowledged = own_words(own.prose("acknowledgement"), own.cite("acknowledgement"))
    national = present(
        _rated(
            evidence,
            "national_scale",
            N_(
                "By its own account, the contribution of the {mechanism} to migration governance "
                "in its Member States is {degree}."
            ),
            N_("The {mechanism} sees no contribution of its own to governance in its Member States."),
        ),
        _effects(evidence, "national_effects", N_("Effects observed include {effects}.")),
        *_national_examples(evidence),
        effects_in_states(evidence),
        *examples_of_organizations(evidence, "national"),
        acknowledged,
    )  # fmt: skip
    return (
        ClauseGroup("S2-nat", "national", national, evidence.gettext("National")),
        ClauseGroup("S2-reg", "regional", _regional(evidence), evidence.gettext("Regional")),
        ClauseGroup("S2-glob", "global", _global(evidence), evidence.gettext("Global")),
    )


def _regional(evidence: MechanismEvidence) -> tuple[Clause, ...]:
    """Between two States, too: the summary has no paragraph of its own for that."""
    return present(
        _rated(
            evidence,
            "regional_scale",
            N_("The {mechanism} describes its contribution to governance in and across regions as {degree}."),
            N_("The {mechanism} does not see itself as contributing to regional governance."),
        ),
        _effects(evidence, "regional_effects", N_("Results at this level include {effects}.")),
        *_titled_examples(evidence, "result_title", "result_achieved", "result_year"),
        *examples_of_organizations(evidence, "regional"),
        _rated(
            evidence,
            "bilateral_scale",
            N_("To arrangements between Member States, the contribution of the {mechanism} is {degree}."),
            N_("The {mechanism} does not contribute to arrangements between Member States."),
        ),
        *_titled_examples(evidence, "bilateral_parties", "bilateral_arrangement", "bilateral_year"),
        *examples_of_organizations(evidence, "bilateral"),
        initiatives(evidence),
    )  # fmt: skip


def _global(evidence: MechanismEvidence) -> tuple[Clause, ...]:
    own = evidence.own
    return present(
        _rated(
            evidence,
            "global_scale",
            N_("In its own view, the {mechanism} makes a {degree} contribution to global governance."),
            N_("The {mechanism} does not see a contribution of its own to global governance."),
        ),
        *_global_examples(evidence),
        _global_processes(evidence),
        _objectives(evidence),
        _effects(evidence, "gcm_reviews", N_("The {mechanism} contributed to {effects}.")),
        own_words(own.prose("gcm_contribution"), own.cite("gcm_contribution")),
        forums(evidence),
        *uses_for_compact(evidence),
        *examples_of_organizations(evidence, "global"),
    )  # fmt: skip


def _rated(evidence: MechanismEvidence, role: str, sentence: str, none: str) -> Clause | None:
    value = evidence.own.choice(role)
    if value == _NO_CONTRIBUTION:
        return Clause(evidence.gettext(none), evidence.own.cite(role))
    if value not in DEGREES:
        return None
    return Clause(
        evidence.gettext(sentence, degree=evidence.gettext(DEGREES[value])), evidence.own.cite(role)
    )


def _effects(evidence: MechanismEvidence, role: str, sentence: str) -> Clause | None:
    effects = evidence.own.phrases(role)
    if not effects:
        return None
    return Clause(
        evidence.gettext(sentence, effects=evidence.language.listed(effects)), evidence.own.cite(role)
    )


def _national_examples(evidence: MechanismEvidence) -> list[Clause]:
    roles = ("example_territory", "example_theme", "example_change", "example_year", "example_reference")
    clauses = []
    for entry in evidence.own.entries(*roles):
        place = entry.phrase("example_territory")
        details = (
            entry.phrase("example_theme"),
            entry.year("example_year"),
        )
        seen = _reference(evidence, entry)
        clauses.append(
            _example(evidence, place, details, entry.prose("example_change"), entry.cite(*roles), seen)
        )
    return clauses


def _reference(evidence: MechanismEvidence, entry: Evidence) -> str:
    reference = entry.fragment("example_reference")
    return evidence.gettext("see {reference}", reference=reference) if reference else ""


def _titled_examples(evidence: MechanismEvidence, title: str, text: str, year: str) -> list[Clause]:
    """A result with its title, or the parties to an arrangement."""
    roles = (title, text, year)
    return [
        _example(evidence, entry.fragment(title), (entry.year(year),), entry.prose(text), entry.cite(*roles))
        for entry in evidence.own.entries(*roles)
    ]


def _global_processes(evidence: MechanismEvidence) -> Clause | None:
    """Those of which no example is told; the examples name theirs."""
    told = {entry.choice("process") for entry in evidence.own.entries("process")}
    processes = [
        phrase for value, phrase in evidence.own.chosen("global_processes").items() if value not in told
    ]
    if not processes:
        return None
    listed = evidence.language.listed(processes)
    sentence = (
        evidence.gettext("Further input was given to {processes}.", processes=listed)
        if told
        else evidence.gettext("Input was given to {processes}.", processes=listed)
    )
    return Clause(sentence, evidence.own.cite("global_processes"))


def _global_examples(evidence: MechanismEvidence) -> list[Clause]:
    roles = ("process", "process_year", "process_input")
    clauses = []
    for entry in evidence.own.entries(*roles):
        process, year = entry.label("process"), entry.year("process_year")
        details = (year if year not in process else "",)
        clauses.append(_example(evidence, process, details, entry.prose("process_input"), entry.cite(*roles)))
    return clauses


def _example(
    evidence: MechanismEvidence,
    subject: str,
    details: tuple[str, ...],
    said: tuple[str, ...],
    cite: CitedAnswer,
    reference: str = "",
) -> Clause:
    """ "*Norway* (asylum, 2015; see Act 7): what changed." with only what was answered."""
    told = evidence.language.apart(part for part in (", ".join(filter(None, details)), reference) if part)
    head = italic(capital(subject)) if subject else ""
    if told:
        head = f"{head} ({told})" if head else capital(told)
    text = "\n\n".join(said)
    if head and text:
        text = f"{head}: {inside(text)}"
    elif head:
        text = f"{head}."
    return Clause(text, cite)


def _objectives(evidence: MechanismEvidence) -> Clause | None:
    objectives = evidence.own.phrases("gcm_objectives")
    if not objectives:
        return None
    sentence = evidence.gettext(
        "Of the objectives of the Global Compact for Migration, present work relates to {objectives}.",
        objectives=evidence.language.listed(objectives),
    )
    return Clause(sentence, evidence.own.cite("gcm_objectives"))
