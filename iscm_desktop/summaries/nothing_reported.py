"""What a mechanism's secretariat said that there is nothing to report of: told as such, rather than passed over."""

from __future__ import annotations

from iscm_desktop.summaries.clauses import SECTION_OF_PART, Clause, ClauseGroup
from iscm_desktop.summaries.evidence import CitedAnswer
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence
from iscm_desktop.summaries.summary import AnswerSource, NothingReported
from iscm_desktop.summaries.text_markup import escaped


def nothing_reported(evidence: MechanismEvidence) -> tuple[ClauseGroup, ...]:
    """One sentence for each part of the summary that sections or repeats with nothing to report would feed."""
    found: dict[str, list[NothingReported]] = {}
    for one in evidence.own.nothing:
        part = next((part for part in SECTION_OF_PART if part in one.feeds), "")
        if part:
            found.setdefault(part, []).append(one)
    return tuple(
        ClauseGroup(part, "nothing", (_clause(evidence, found[part]),))
        for part in SECTION_OF_PART
        if part in found
    )


def _clause(evidence: MechanismEvidence, said: list[NothingReported]) -> Clause:
    subjects = [evidence.gettext("“{subject}”", subject=escaped(one.label)) for one in said]
    text = evidence.gettext(
        "The {mechanism} has nothing to report under {subjects}.",
        subjects=evidence.language.listed(subjects),
    )
    own = evidence.own
    sources = tuple(
        AnswerSource(own.response_id, one.path, own.name, one.label, evidence.gettext("Nothing to report."))
        for one in said
    )
    return Clause(text, CitedAnswer(sources), stays=True)
