"""Section 2, seen by others: what States and organizations say about the contribution of the mechanism."""

from __future__ import annotations

from iscm_desktop.summaries.clauses import Clause
from iscm_desktop.summaries.evidence import cited
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence, OutsideRespondent


def effects_in_states(evidence: MechanismEvidence) -> Clause | None:
    """What States report themselves, by kind of effect; who may not be named or quoted is counted."""
    by_effect: dict[str, list[OutsideRespondent]] = {}
    for respondent in evidence.states:
        for effect in respondent.mechanism_entry.phrases("block_effects"):
            by_effect.setdefault(effect, []).append(respondent)
    if not by_effect:
        return None
    parts = [f"{effect} ({_who(evidence, respondents)})" for effect, respondents in by_effect.items()]
    sentence = evidence.gettext(
        "Effects that States report themselves include {effects}.", effects=evidence.language.listed(parts)
    )
    return Clause(
        sentence, cited(respondent.mechanism_entry.cite("block_effects") for respondent in evidence.states)
    )


def _who(evidence: MechanismEvidence, respondents: list[OutsideRespondent]) -> str:
    named = [respondent.name for respondent in respondents if respondent.may_be_quoted]
    if others := len(respondents) - len(named):
        named.append(evidence.unnamed(others))
    return evidence.language.listed(named)


def initiatives(evidence: MechanismEvidence) -> Clause | None:
    """Points to section 5, where each State's words stand together."""
    respondents = [
        respondent
        for respondent in evidence.quotable_states
        if respondent.mechanism_entry.prose("block_initiatives")
    ]
    if not respondents:
        return None
    sentence = evidence.ngettext(
        "{states} reports initiatives with other members that grew out of the {mechanism} (see section 5).",
        "{states} report initiatives with other members that grew out of the {mechanism} (see section 5).",
        len(respondents),
        states=evidence.language.listed(respondent.name for respondent in respondents),
    )
    return Clause(
        sentence, cited(respondent.mechanism_entry.cite("block_initiatives") for respondent in respondents)
    )


def forums(evidence: MechanismEvidence) -> Clause | None:
    """Only from States that refer to this mechanism alone: the question does not say which one helped."""
    by_forum: dict[str, list[OutsideRespondent]] = {}
    respondents = [
        respondent
        for respondent in evidence.states
        if respondent.is_sole and respondent.whole_response.phrases("state_global_forums")
    ]
    for respondent in respondents:
        for forum in respondent.whole_response.phrases("state_global_forums"):
            by_forum.setdefault(forum, []).append(respondent)
    if not by_forum:
        return None
    parts = [f"{forum} ({_who(evidence, respondents)})" for forum, respondents in by_forum.items()]
    sentence = evidence.gettext(
        "It helped States to prepare for {forums}.", forums=evidence.language.listed(parts)
    )
    opening = evidence.gettext(
        "The {mechanism} helped States to prepare for {forums}.", forums=evidence.language.listed(parts)
    )
    return Clause(
        sentence,
        cited(respondent.whole_response.cite("state_global_forums") for respondent in respondents),
        opening,
    )


def uses_for_compact(evidence: MechanismEvidence) -> list[Clause]:
    """In their own words, from States that may be quoted and mean this mechanism or no other."""
    clauses = []
    for respondent in evidence.quotable_states:
        said = respondent.whole_response.prose("gcm_how")
        mechanisms = respondent.whole_response.choices("gcm_mechanisms")
        if said and (evidence.mechanism in mechanisms or (respondent.is_sole and not mechanisms)):
            text = evidence.gettext(
                "How {state} uses the {mechanism} for the Global Compact: {statement}",
                state=respondent.name,
                statement=evidence.quoted(said),
            )
            clauses.append(Clause(text, respondent.whole_response.cite("gcm_how", "gcm_mechanisms")))
    return clauses


def examples_of_organizations(evidence: MechanismEvidence, level: str) -> list[Clause]:
    """From organizations that may be quoted; `level` is "national", "regional", "bilateral" or "global"."""
    roles = ("organization_example_mechanism", "organization_example_level", "organization_example")
    clauses = []
    for respondent in evidence.quotable_organizations:
        for entry in respondent.whole_response.entries(*roles):
            said = entry.prose("organization_example")
            is_about = entry.choice("organization_example_mechanism") == evidence.mechanism
            if said and is_about and entry.choice("organization_example_level") == level:
                text = evidence.gettext(
                    "As {organization} sees it: {statement}",
                    organization=respondent.name,
                    statement=evidence.quoted(said),
                )
                clauses.append(Clause(text, entry.cite(*roles), stays=True))
    return clauses
