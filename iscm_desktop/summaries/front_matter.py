"""What stands around the five sections: heading, introduction, notice, sources."""

from __future__ import annotations

from iscm_desktop.i18n import N_
from iscm_desktop.summaries.document_language import NN_
from iscm_desktop.summaries.evidence import Evidence
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence, Voice

TITLES = {
    "1": N_("Evolution of programming and thematic focus"),
    "2": N_("Contribution to migration governance at national, (inter)regional and global levels"),
    "3": N_("Salient structures"),
    "4": N_("Partnership models"),
    "5": N_("Added value of membership for States and organizations"),
}
"""The five sections and their headings, in order."""


def heading(case: MechanismEvidence) -> tuple[str, ...]:
    return (
        case.gettext("International Organization for Migration (IOM)"),
        case.gettext("International Partnerships Division (IPD)"),
        case.gettext("Assessment of Inter-State Consultation Mechanisms on Migration"),
    )


def introduction(case: MechanismEvidence) -> tuple[str, ...]:
    return (
        case.gettext(
            "As part of an assessment of inter-State consultation mechanisms on migration (ISCMs), IOM "
            "surveyed ISCMs, their Member States and partner organizations. The survey asks how relevant "
            "ISCMs remain, what they contribute to migration governance at the national, regional and global "
            "levels, and how they work with one another and with others."
        ),
        " ".join(
            sentence
            for sentence in (
                _counts(case),
                case.gettext(
                    "This summary outlines the thematic priorities, structure, contribution and value of one "
                    "mechanism, drawn from these answers."
                ),
            )
            if sentence
        ),
    )


def _counts(case: MechanismEvidence) -> str:
    """ "46 States, 22 ISCMs and 3 organizations": in digits, groups of none left out."""
    told = []
    for count, (one, many) in (
        (case.counts.states, NN_("{number} State", "{number} States")),
        (case.counts.mechanisms, NN_("{number} ISCM", "{number} ISCMs")),
        (case.counts.organizations, NN_("{number} organization", "{number} organizations")),
    ):
        if count:
            told.append(case.ngettext(one, many, count, number=case.words.number(count)))
    if not told:
        return ""
    if not case.counts.title:
        return case.gettext("Answers came from {respondents}.", respondents=case.words.listed(told))
    return case.gettext(
        "In this round ({round}), answers came from {respondents}.",
        round=case.counts.title,
        respondents=case.words.listed(told),
    )


def notice(case: MechanismEvidence) -> str:
    """What the mechanism said about publishing; "" where it agreed or has not said."""
    consent = case.own.choice("consent")
    if consent == "no":
        return case.gettext(
            "The {mechanism} has not agreed to the publication of its answers. "
            "This text must not be published."
        )
    if consent == "yes_after_seeing_the_draft":
        return case.gettext("The {mechanism} wishes to see this draft before it is published.")
    return ""


def sources_line(case: MechanismEvidence) -> str:
    told = []
    if case.own:
        told.append(_signed(case, case.gettext("ISCM questionnaire of the {mechanism}"), case.own))
    if case.states:
        told.append(
            case.ngettext(
                "Member State questionnaire of {respondents}",
                "Member State questionnaires of {respondents}",
                len(case.states),
                respondents=_respondents(case, case.states),
            )
        )
    if case.organizations:
        told.append(
            case.ngettext(
                "questionnaire of {respondents}",
                "questionnaires of {respondents}",
                len(case.organizations),
                respondents=_respondents(case, case.organizations),
            )
        )
    return case.gettext("Sources: {sources}.", sources="; ".join(told)) if told else ""


def _signed(case: MechanismEvidence, name: str, evidence: Evidence) -> str:
    day = evidence.day("signed_on")
    return case.gettext("{source}, signed on {day}", source=name, day=case.words.date(day)) if day else name


def _respondents(case: MechanismEvidence, voices: tuple[Voice, ...]) -> str:
    named = [voice.name for voice in voices if voice.may_be_named]
    if unnamed := len(voices) - len(named):
        is_state = voices is case.states
        named.append(
            case.unnamed(unnamed)
            if is_state
            else case.ngettext(
                "one organization that is not named", "{count} organizations that are not named", unnamed
            )
        )
    return case.words.listed(named)
