"""The answers of a round as summaries want them: read through a form session, kept while they stay.

What is not for publication is no part of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from iscm_desktop.questionnaire.form_paths import outside_repeats
from iscm_desktop.questionnaire.frozen_questionnaire import walk
from iscm_desktop.questionnaire.model import Group, Repeat
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import Declaration
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.restrictions import restricted
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.rows import ResponseRow
from iscm_desktop.summaries.summary import NothingReported, RespondentAnswers, RoundCounts
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_NAMING = {"state": "block_mechanism", "organization": "engagement_mechanism"}
"""By questionnaire, the role of the question that says about which mechanism a respondent speaks."""


@dataclass(frozen=True, slots=True)
class _KeptAnswers:
    stamp: str
    answers: RespondentAnswers


class RoundAnswers:
    """Answers by response and language, each opened once per change: opening 70 takes a second."""

    def __init__(self, context: WorkspaceContext, response_service: ResponseService) -> None:
        self._context = context
        self._responses = response_service
        self._kept: dict[tuple[SubjectId, str], _KeptAnswers] = {}

    def of_round(self, rows: tuple[ResponseRow, ...], language: str) -> tuple[RespondentAnswers, ...]:
        """The answers of these responses in one language, without what is not for publication."""
        return tuple(self._of(row, language) for row in rows)

    def _of(self, row: ResponseRow, language: str) -> RespondentAnswers:
        with self._context.database.read() as db:
            stamp, withheld = responses.stamp_of(db, row.id), restricted(db, row.id, self._context.device)
        kept = self._kept.get((row.id, language))
        if kept is None or kept.stamp != stamp:
            session = self._responses.open_session(row.id, language, without=withheld)
            answers = RespondentAnswers(
                row.id,
                row.form_id,
                row.respondent,
                row.respondent_name,
                session.answers(),
                nothing_said(session),
            )
            kept = self._kept[row.id, language] = _KeptAnswers(stamp, answers)
        return kept.answers


def nothing_said(session: FormSession) -> tuple[NothingReported, ...]:
    """The sections and repeats with nothing to report that are asked, in form order."""
    form = session.questionnaire
    said = session.declared(Declaration.NOTHING_TO_REPORT)
    found = []
    for item in walk(form.items) if said else ():
        path = outside_repeats(item.path)
        if path in said and isinstance(item, Group | Repeat):
            view = session.section(path) if isinstance(item, Group) else session.repeat(path)
            if view.is_asked:
                feeds = {part for inner in (item, *walk(item.items)) for part in inner.own.feeds}
                found.append(NothingReported(path, view.label, frozenset(feeds)))
    return tuple(found)


def counts_of(title: str, rows: tuple[ResponseRow, ...]) -> RoundCounts:
    """Who has answered in a round."""
    forms = [row.form_id for row in rows]
    return RoundCounts(title, forms.count("iscm"), forms.count("state"), forms.count("organization"))


def mechanisms_named(answers: RespondentAnswers) -> frozenset[str]:
    """The mechanisms about which a State or an organization speaks."""
    role = _NAMING.get(answers.form_id)
    if role is None:
        return frozenset()
    named = (one for one in answers.answers if one.question.own.role == role)
    return frozenset(one.text for one in named if one.text != "other")
