"""Section 5: what members and organizations gain."""

from __future__ import annotations

from iscm_desktop.summaries.clauses import Clause, Passage, spoken, words
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence, Voice
from iscm_desktop.summaries.statements import statements


def value(case: MechanismEvidence) -> tuple[Passage, ...]:
    own = case.own
    examples = words(own.prose("benefit_examples"), own.cite("benefit_examples"))
    organizations = words(own.prose("organization_value"), own.cite("organization_value"))
    return (
        Passage("S5", "benefits", spoken(_benefits(case), _main_benefits(case), examples)),
        Passage(
            "S5",
            "organizations",
            spoken(organizations, *_gains_of_organizations(case)),
            case.gettext("Organizations"),
        ),
        *statements(case),
    )


def _benefits(case: MechanismEvidence) -> Clause | None:
    benefits = case.own.phrases("benefits")
    if not benefits:
        return None
    sentence = case.gettext(
        "Members of the {mechanism} gain {benefits}.", benefits=case.words.listed(benefits)
    )
    return Clause(sentence, case.own.cite("benefits"))


def _main_benefits(case: MechanismEvidence) -> Clause | None:
    benefits = case.own.phrases("main_benefits")
    if not benefits:
        return None
    sentence = case.ngettext(
        "What matters most is {benefits}.",
        "What matters most, in this order, is {benefits}.",
        len(benefits),
        benefits=case.words.listed(benefits),
    )
    return Clause(sentence, case.own.cite("main_benefits"))


def _gains_of_organizations(case: MechanismEvidence) -> list[Clause]:
    clauses: list[Clause] = []
    for voice in case.quotable_organizations:
        clauses += spoken(_valued(case, voice), _gains(case, voice), _gain_example(case, voice))
    return clauses


def _valued(case: MechanismEvidence, voice: Voice) -> Clause | None:
    said = voice.about.prose("engagement_value")
    if not said:
        return None
    text = case.gettext(
        "What {organization} values in the {mechanism}: {statement}",
        organization=voice.name,
        statement=case.quoted(said),
    )
    return Clause(text, voice.about.cite("engagement_value"))


def _gains(case: MechanismEvidence, voice: Voice) -> Clause | None:
    gains = voice.whole.phrases("organization_gains")
    if not gains:
        return None
    places = {"organization": voice.name, "gains": case.words.listed(gains)}
    sentence = (
        case.gettext("{organization} gains {gains}.", **places)
        if voice.is_sole
        else case.gettext(
            "From its work with consultation mechanisms, {organization} gains {gains}.", **places
        )
    )
    return Clause(sentence, voice.whole.cite("organization_gains"))


def _gain_example(case: MechanismEvidence, voice: Voice) -> Clause | None:
    said = voice.whole.prose("organization_gain_example")
    if not said:
        return None
    text = case.gettext(
        "An example that {organization} gives: {statement}",
        organization=voice.name,
        statement=case.quoted(said),
    )
    return Clause(text, voice.whole.cite("organization_gain_example"))
