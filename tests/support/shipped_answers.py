"""Responses to the shipped questionnaires on one fixed day, and how their answers are judged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from iscm_desktop.questionnaire.catalogue import shipped
from iscm_desktop.session.answer_filling import fill_session
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import QuestionView, Verdict
from tests.support.editing import all_questions

OK, MISSING, WRONG = Verdict.OK, Verdict.MISSING, Verdict.OUT_OF_RANGE


def answering(key: str, **answers: Any) -> FormSession:
    """A response with these answers: ISC_B01=1985, or ISC_B05=[{"ISC-B05.1": 2004}]."""
    session = FormSession(shipped(key), clock=lambda: datetime(2026, 11, 21, 12, tzinfo=UTC))
    fill_session(session, {name.replace("_", "-", 1): value for name, value in answers.items()})
    return session


def verdict(session: FormSession, name: str) -> Verdict:
    return session.view(name).verdict


def in_entry(session: FormSession, repeat: str, number: int, name: str) -> QuestionView:
    """The view of a question in the entry with this number, counted from 0."""
    entry = session.repeat(f"{repeat[:5]}/{repeat}").entries[number]
    return session.view(f"{entry.path}/{name}")


def warnings_shown(session: FormSession) -> Iterator[QuestionView]:
    """The notes that stand as warnings in view, entries included."""
    return (view for view in all_questions(session) if view.is_warning and view.is_asked)


def warned(session: FormSession) -> list[str]:
    """The names of those notes, in the order of the form."""
    return [view.question.name for view in warnings_shown(session)]
