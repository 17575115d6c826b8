"""What stands around the five sections: heading, introduction, notice, sources."""

from __future__ import annotations

from iscm_desktop.i18n import N_
from iscm_desktop.summaries.document_language import NN_
from iscm_desktop.summaries.evidence import Evidence
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence, OutsideRespondent

TITLES = {
    "1": N_("Evolution of programming and thematic focus"),
    "2": N_("Contribution to migration governance at national, (inter)regional and global levels"),
    "3": N_("Salient structures"),
    "4": N_("Partnership models"),
    "5": N_("Added value of membership for States and organizations"),
}
"""The five sections and their headings, in order."""


def heading(evidence: MechanismEvidence) -> tuple[str, ...]:
    """Three lines: organization, division, assessment."""
    return (
        evidence.gettext("International Organization for Migration (IOM)"),
        evidence.gettext("International Partnerships Division (IPD)"),
        evidence.gettext("Assessment of Inter-State Consultation Mechanisms on Migration"),
    )


def introduction(evidence: MechanismEvidence) -> tuple[str, ...]:
    """Two paragraphs; the second begins with the counts of the round, where anybody has answered."""
    return (
        evidence.gettext(
            "As part of an assessment of inter-State consultation mechanisms on migration (ISCMs), IOM "
            "surveyed ISCMs, their Member States and partner organizations. The survey asks how relevant "
            "ISCMs remain, what they contribute to migration governance at the national, regional and global "
            "levels, and how they work with one another and with others."
        ),
        " ".join(
            sentence
            for sentence in (
                _counts(evidence),
                evidence.gettext(
                    "This summary outlines the thematic priorities, structure, contribution and value of one "
                    "mechanism, drawn from these answers."
                ),
            )
            if sentence
        ),
    )


def _counts(evidence: MechanismEvidence) -> str:
    """ "46 States, 22 ISCMs and 3 organizations": in digits, groups of none left out."""
    told = []
    for count, (one, many) in (
        (evidence.counts.states, NN_("{number} State", "{number} States")),
        (evidence.counts.mechanisms, NN_("{number} ISCM", "{number} ISCMs")),
        (evidence.counts.organizations, NN_("{number} organization", "{number} organizations")),
    ):
        if count:
            told.append(evidence.ngettext(one, many, count, number=evidence.language.number(count)))
    if not told:
        return ""
    if not evidence.counts.title:
        return evidence.gettext(
            "Answers came from {respondents}.", respondents=evidence.language.listed(told)
        )
    return evidence.gettext(
        "In this round ({round}), answers came from {respondents}.",
        round=evidence.counts.title,
        respondents=evidence.language.listed(told),
    )


def notice(evidence: MechanismEvidence) -> str:
    """What the mechanism said about publishing; "" where it agreed or has not said."""
    consent = evidence.own.choice("consent")
    if consent == "no":
        return evidence.gettext(
            "The {mechanism} has not agreed to the publication of its answers. "
            "This text must not be published."
        )
    if consent == "yes_after_seeing_the_draft":
        return evidence.gettext("The {mechanism} wishes to see this draft before it is published.")
    return ""


def sources_line(evidence: MechanismEvidence) -> str:
    """Which questionnaires the text rests on, each signed one with its day; "" where there are none."""
    told = []
    if evidence.own:
        told.append(
            _signed(evidence, evidence.gettext("ISCM questionnaire of the {mechanism}"), evidence.own)
        )
    if evidence.states:
        told.append(
            evidence.ngettext(
                "Member State questionnaire of {respondents}",
                "Member State questionnaires of {respondents}",
                len(evidence.states),
                respondents=_respondents(evidence, evidence.states),
            )
        )
    if evidence.organizations:
        told.append(
            evidence.ngettext(
                "questionnaire of {respondents}",
                "questionnaires of {respondents}",
                len(evidence.organizations),
                respondents=_respondents(evidence, evidence.organizations),
            )
        )
    return evidence.gettext("Sources: {sources}.", sources=evidence.language.apart(told)) if told else ""


def _signed(evidence: MechanismEvidence, name: str, answers: Evidence) -> str:
    day = answers.day("signed_on")
    return (
        evidence.gettext("{source}, signed on {day}", source=name, day=evidence.language.date(day))
        if day
        else name
    )


def _respondents(evidence: MechanismEvidence, respondents: tuple[OutsideRespondent, ...]) -> str:
    named = [respondent.name for respondent in respondents if respondent.may_be_named]
    if unnamed := len(respondents) - len(named):
        is_state = respondents is evidence.states
        named.append(
            evidence.unnamed(unnamed)
            if is_state
            else evidence.ngettext(
                "one organization that is not named", "{count} organizations that are not named", unnamed
            )
        )
    return evidence.language.listed(named)
