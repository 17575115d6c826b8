"""Section 5: what members and organizations gain."""

from __future__ import annotations

from iscm_desktop.summaries.clauses import Clause, ClauseGroup, own_words, present
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence, OutsideRespondent
from iscm_desktop.summaries.statements import statements


def value_gained(evidence: MechanismEvidence) -> tuple[ClauseGroup, ...]:
    """What the mechanism says of its members and of organizations, then what these say themselves."""
    own = evidence.own
    examples = own_words(own.prose("benefit_examples"), own.cite("benefit_examples"))
    organizations = own_words(own.prose("organization_value"), own.cite("organization_value"))
    return (
        ClauseGroup("S5", "benefits", present(_benefits(evidence), _main_benefits(evidence), examples)),
        ClauseGroup(
            "S5",
            "organizations",
            present(organizations, *_gains_of_organizations(evidence)),
            evidence.gettext("Organizations"),
        ),
        *statements(evidence),
    )


def _benefits(evidence: MechanismEvidence) -> Clause | None:
    benefits = evidence.own.phrases("benefits")
    if not benefits:
        return None
    sentence = evidence.gettext(
        "Members of the {mechanism} gain {benefits}.", benefits=evidence.language.listed(benefits)
    )
    return Clause(sentence, evidence.own.cite("benefits"))


def _main_benefits(evidence: MechanismEvidence) -> Clause | None:
    benefits = evidence.own.phrases("main_benefits")
    if not benefits:
        return None
    sentence = evidence.ngettext(
        "What matters most is {benefits}.",
        "What matters most, in this order, is {benefits}.",
        len(benefits),
        benefits=evidence.language.listed(benefits),
    )
    return Clause(sentence, evidence.own.cite("main_benefits"))


def _gains_of_organizations(evidence: MechanismEvidence) -> list[Clause]:
    clauses: list[Clause] = []
    for respondent in evidence.quotable_organizations:
        clauses += present(
            _valued(evidence, respondent), _gains(evidence, respondent), _gain_example(evidence, respondent)
        )
    return clauses


def _valued(evidence: MechanismEvidence, respondent: OutsideRespondent) -> Clause | None:
    said = respondent.mechanism_entry.prose("engagement_value")
    if not said:
        return None
    text = evidence.gettext(
        "What {organization} values in the {mechanism}: {statement}",
        organization=respondent.name,
        statement=evidence.quoted(said),
    )
    return Clause(text, respondent.mechanism_entry.cite("engagement_value"))


def _gains(evidence: MechanismEvidence, respondent: OutsideRespondent) -> Clause | None:
    gains = respondent.whole_response.phrases("organization_gains")
    if not gains:
        return None
    places = {"organization": respondent.name, "gains": evidence.language.listed(gains)}
    sentence = (
        evidence.gettext("{organization} gains {gains}.", **places)
        if respondent.is_sole
        else evidence.gettext(
            "From its work with consultation mechanisms, {organization} gains {gains}.", **places
        )
    )
    return Clause(sentence, respondent.whole_response.cite("organization_gains"))


def _gain_example(evidence: MechanismEvidence, respondent: OutsideRespondent) -> Clause | None:
    said = respondent.whole_response.prose("organization_gain_example")
    if not said:
        return None
    text = evidence.gettext(
        "An example that {organization} gives: {statement}",
        organization=respondent.name,
        statement=evidence.quoted(said),
    )
    return Clause(text, respondent.whole_response.cite("organization_gain_example"))
