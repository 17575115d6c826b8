"""Answers that no sentence was written for: printed as question and answer, so that a new question shows up.

A coordinator adds a question to the workbook, says what it feeds, and it stands at the end of that section.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.session.views import AnswerView
from iscm_desktop.summaries import quoted_prose
from iscm_desktop.summaries.clauses import SECTION_OF_PART, Clause, ClauseGroup
from iscm_desktop.summaries.evidence import Evidence, feeds_of, role_of
from iscm_desktop.summaries.mechanism_evidence import MechanismEvidence, OutsideRespondent
from iscm_desktop.summaries.text_markup import escaped

_WHO = frozenset({"mechanism", "mechanism_name", "state", "organization"})
"""Roles of the questions that name the respondent: printed as names, not as answers."""


def labelled(evidence: MechanismEvidence, answers: Evidence, role: str) -> Clause | None:
    """ "Question: choice." for a choice that has no sentence of its own; nothing where none was made."""
    answer = answers.answer(role)
    phrase = answers.phrase(role)
    if answer is None or not phrase:
        return None
    return Clause(_question_answer(evidence, answer, phrase), answers.cite(role))


def remaining(evidence: MechanismEvidence) -> tuple[ClauseGroup, ...]:
    """What feeds the summary and has not been asked for; to be called when all sections are drafted."""
    found: dict[str, list[Clause]] = {}
    for part, clause in [*_said_by_itself(evidence), *_said_by_others(evidence)]:
        found.setdefault(part, []).append(clause)
    return tuple(ClauseGroup(part, "more", tuple(found[part])) for part in SECTION_OF_PART if part in found)


def _said_by_itself(evidence: MechanismEvidence) -> list[tuple[str, Clause]]:
    return [
        (part, clause)
        for answer in evidence.own.unasked()
        if (part := _part(answer)) and (clause := _clause(evidence, evidence.own, answer))
    ]


def _said_by_others(evidence: MechanismEvidence) -> list[tuple[str, Clause]]:
    """In the entry on this mechanism, or anywhere where that is the only one; only if quoting is allowed."""
    clauses = []
    for respondent in (*evidence.quotable_states, *evidence.quotable_organizations):
        answers = respondent.whole_response if respondent.is_sole else respondent.mechanism_entry
        for answer in answers.unasked():
            part = _part(answer)
            if part and (clause := _clause(evidence, answers, answer, respondent)):
                clauses.append((part, clause))
    return clauses


def _part(answer: AnswerView) -> str:
    if role_of(answer) in _WHO:
        return ""
    feeds = feeds_of(answer) or frozenset()
    return next((part for part in SECTION_OF_PART if part in feeds), "")


def _clause(
    evidence: MechanismEvidence,
    answers: Evidence,
    answer: AnswerView,
    respondent: OutsideRespondent | None = None,
) -> Clause | None:
    shown = _shown(evidence, answer)
    if not shown:
        return None
    text = _question_answer(evidence, answer, shown)
    if respondent is not None:
        text = evidence.gettext(
            "{respondent}: {statement}", respondent=respondent.title, statement=quoted_prose.inside(text)
        )
    return Clause(text, answers.cite_answer(answer), stays=True)


def _shown(evidence: MechanismEvidence, answer: AnswerView) -> str:
    """The answer as print shows it."""
    value = answer.value
    if answer.question.kind is Kind.LONG_TEXT:
        return "\n\n".join(quoted_prose.paragraphs(answer.text))
    if answer.phrases:
        wording = answer.labels if answer.question.kind is Kind.SCALE else answer.phrases
        return evidence.language.listed(map(escaped, wording))
    if isinstance(value, date):
        return evidence.language.date(value)
    if isinstance(value, int | Decimal):
        return str(value) if 1900 <= value <= 2100 else evidence.language.number(value)
    return quoted_prose.fragment(answer.text)


def _question_answer(evidence: MechanismEvidence, answer: AnswerView, shown: str) -> str:
    label = escaped(" ".join(answer.label.split()))
    if label.endswith(("?", "؟", "？")):
        sentence = evidence.gettext(
            "{question} {answer}.", question=label, answer=quoted_prose.capital(shown)
        )
    else:
        sentence = evidence.gettext("{question}: {answer}.", question=label.rstrip(" .:"), answer=shown)
    return sentence if not shown.endswith((".", "!", "?", "…", "。", "؟")) else sentence[:-1]
