"""Section 2: what the mechanism contributes to migration governance, level by level, with examples."""

from __future__ import annotations

from iscm_desktop.i18n import N_
from iscm_desktop.summaries.clauses import Clause, Passage, spoken, words
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


def contribution(case: MechanismEvidence) -> tuple[Passage, ...]:
    own = case.own
    acknowledged = words(own.prose("acknowledgement"), own.cite("acknowledgement"))
    national = spoken(
        _rated(
            case,
            "national_scale",
            N_(
                "By its own account, the contribution of the {mechanism} to migration governance "
                "in its Member States is {degree}."
            ),
            N_("The {mechanism} sees no contribution of its own to governance in its Member States."),
        ),
        _effects(case, "national_effects", N_("Effects observed include {effects}.")),
        *_national_examples(case),
        effects_in_states(case),
        *examples_of_organizations(case, "national"),
        acknowledged,
    )  # fmt: skip
    return (
        Passage("S2-nat", "national", national, case.gettext("National")),
        Passage("S2-reg", "regional", _regional(case), case.gettext("Regional")),
        Passage("S2-glob", "global", _global(case), case.gettext("Global")),
    )


def _regional(case: MechanismEvidence) -> tuple[Clause, ...]:
    """Between two States, too: the summary has no paragraph of its own for that."""
    return spoken(
        _rated(
            case,
            "regional_scale",
            N_("The {mechanism} describes its contribution to governance in and across regions as {degree}."),
            N_("The {mechanism} does not see itself as contributing to regional governance."),
        ),
        _effects(case, "regional_effects", N_("Results at this level include {effects}.")),
        *_titled_examples(case, "result_title", "result_achieved", "result_year"),
        *examples_of_organizations(case, "regional"),
        _rated(
            case,
            "bilateral_scale",
            N_("To arrangements between Member States, the contribution of the {mechanism} is {degree}."),
            N_("The {mechanism} does not contribute to arrangements between Member States."),
        ),
        *_titled_examples(case, "bilateral_parties", "bilateral_arrangement", "bilateral_year"),
        *examples_of_organizations(case, "bilateral"),
        initiatives(case),
    )  # fmt: skip


def _global(case: MechanismEvidence) -> tuple[Clause, ...]:
    own = case.own
    return spoken(
        _rated(
            case,
            "global_scale",
            N_("In its own view, the {mechanism} makes a {degree} contribution to global governance."),
            N_("The {mechanism} does not see a contribution of its own to global governance."),
        ),
        *_global_examples(case),
        _global_processes(case),
        _objectives(case),
        _effects(case, "gcm_reviews", N_("The {mechanism} contributed to {effects}.")),
        words(own.prose("gcm_contribution"), own.cite("gcm_contribution")),
        forums(case),
        *uses_for_compact(case),
        *examples_of_organizations(case, "global"),
    )  # fmt: skip


def _rated(case: MechanismEvidence, role: str, sentence: str, none: str) -> Clause | None:
    value = case.own.choice(role)
    if value == _NO_CONTRIBUTION:
        return Clause(case.gettext(none), case.own.cite(role))
    if value not in DEGREES:
        return None
    return Clause(case.gettext(sentence, degree=case.gettext(DEGREES[value])), case.own.cite(role))


def _effects(case: MechanismEvidence, role: str, sentence: str) -> Clause | None:
    effects = case.own.phrases(role)
    if not effects:
        return None
    return Clause(case.gettext(sentence, effects=case.words.listed(effects)), case.own.cite(role))


def _national_examples(case: MechanismEvidence) -> list[Clause]:
    roles = ("example_territory", "example_theme", "example_change", "example_year", "example_reference")
    clauses = []
    for entry in case.own.entries(*roles):
        place = entry.phrase("example_territory")
        details = (
            entry.phrase("example_theme"),
            entry.year("example_year"),
        )
        seen = _reference(case, entry)
        clauses.append(_example(place, details, entry.prose("example_change"), entry.cite(*roles), seen))
    return clauses


def _reference(case: MechanismEvidence, entry: Evidence) -> str:
    reference = entry.fragment("example_reference")
    return case.gettext("see {reference}", reference=reference) if reference else ""


def _titled_examples(case: MechanismEvidence, title: str, text: str, year: str) -> list[Clause]:
    """A result with its title, or the parties to an arrangement."""
    roles = (title, text, year)
    return [
        _example(entry.fragment(title), (entry.year(year),), entry.prose(text), entry.cite(*roles))
        for entry in case.own.entries(*roles)
    ]


def _global_processes(case: MechanismEvidence) -> Clause | None:
    """Those of which no example is told; the examples name theirs."""
    told = {entry.choice("process") for entry in case.own.entries("process")}
    processes = [phrase for value, phrase in case.own.chosen("global_processes").items() if value not in told]
    if not processes:
        return None
    listed = case.words.listed(processes)
    sentence = (
        case.gettext("Further input was given to {processes}.", processes=listed)
        if told
        else case.gettext("Input was given to {processes}.", processes=listed)
    )
    return Clause(sentence, case.own.cite("global_processes"))


def _global_examples(case: MechanismEvidence) -> list[Clause]:
    roles = ("process", "process_year", "process_input")
    clauses = []
    for entry in case.own.entries(*roles):
        process, year = entry.label("process"), entry.year("process_year")
        details = (year if year not in process else "",)
        clauses.append(_example(process, details, entry.prose("process_input"), entry.cite(*roles)))
    return clauses


def _example(
    subject: str, details: tuple[str, ...], said: tuple[str, ...], cite: CitedAnswer, reference: str = ""
) -> Clause:
    """ "*Norway* (asylum, 2015; see Act 7): what changed." with only what was answered."""
    told = "; ".join(part for part in (", ".join(filter(None, details)), reference) if part)
    head = italic(capital(subject)) if subject else ""
    if told:
        head = f"{head} ({told})" if head else capital(told)
    text = "\n\n".join(said)
    if head and text:
        text = f"{head}: {inside(text)}"
    elif head:
        text = f"{head}."
    return Clause(text, cite)


def _objectives(case: MechanismEvidence) -> Clause | None:
    objectives = case.own.phrases("gcm_objectives")
    if not objectives:
        return None
    sentence = case.gettext(
        "Of the objectives of the Global Compact for Migration, present work relates to {objectives}.",
        objectives=case.words.listed(objectives),
    )
    return Clause(sentence, case.own.cite("gcm_objectives"))
