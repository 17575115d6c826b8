"""Answers of respondents to the real questionnaires: by question name, repeats as lists of objects.

`answered` goes without a form session: nothing is skipped by relevance, so a test decides by itself what is
answered. `sample_round` goes through real sessions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from iscm_desktop.paths import resource
from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.answer_values import Unreadable, read
from iscm_desktop.questionnaire.catalogue import shipped
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Bind, Choice, Group, Item, Kind, Question, Repeat, Text
from iscm_desktop.questionnaire.own_attributes import read_own_attributes
from iscm_desktop.session.answer_filling import fill_session
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerView
from iscm_desktop.summaries.summary import RespondentAnswers, RoundCounts

COUNTS = RoundCounts("Assessment 2027", mechanisms=22, states=46, organizations=3)


@cache
def sample_round() -> tuple[RespondentAnswers, ...]:
    """The sample round that ships, as its form sessions hand it over: only what is asked and answered."""
    return tuple(_sample(file) for file in sorted(resource("demo", "answers").glob("*.json")))


def _sample(file: Path) -> RespondentAnswers:
    sample = json.loads(file.read_text(encoding="utf-8"))
    session = FormSession(shipped(sample["form"]))
    fill_session(session, sample["answers"])
    form_id, respondent = sample["form"], sample["respondent"]
    name = registers.respondent_name(form_id, respondent)
    return RespondentAnswers(f"response-of-{respondent}", form_id, respondent, name, session.answers())


def answered(
    form_id: str, respondent: str, answers: Mapping[str, Any], *, questionnaire: Questionnaire | None = None
) -> RespondentAnswers:
    """What `respondent` answered: {"ISC-B01": 1985, "ISC-B05": [{"ISC-B05.1": 2004}]}."""
    form = questionnaire or shipped(form_id)
    views = tuple(_views(form, form.items, answers, ""))
    name = registers.respondent_name(form_id, respondent)
    return RespondentAnswers(f"response-of-{respondent}", form_id, respondent, name, views)


def extra_question(path: str, kind: Kind, label: str, **attributes: str) -> Question:
    """A question that a coordinator added to the workbook; attributes are those of our namespace."""
    return Question(path, kind, Bind(own=read_own_attributes(attributes)), label={"default": (label,)})


def _views(
    form: Questionnaire, items: Sequence[Item], answers: Mapping[str, Any], inside: str
) -> Iterator[AnswerView]:
    for item in items:
        name = item.path.rpartition("/")[2]
        if isinstance(item, Group):
            yield from _views(form, item.items, answers, f"{inside}{name}/")
        elif isinstance(item, Repeat):
            for place, entry in enumerate(answers.get(name, ()), start=1):
                yield from _views(form, item.items, entry, f"{inside}{name}/entry{place}/")
        elif (text := str(answers.get(name, ""))) and item.kind.is_answered:
            yield view(form, item, inside + name, text)


def view(form: Questionnaire, question: Question, path: str, text: str) -> AnswerView:
    value = read(question.kind, text)
    if isinstance(value, Unreadable):
        value = None
    values = value if isinstance(value, tuple) else (text,) if question.kind.has_one_choice else ()
    choices = [choice for one in values if (choice := form.choice(question, one))]
    return AnswerView(
        path,
        question,
        value,
        text,
        labels=tuple(_first(choice.label) for choice in choices),
        phrases=tuple(_phrase(choice) for choice in choices),
        label=_first(question.label),
    )


def _phrase(choice: Choice) -> str:
    return choice.columns.get("phrase", "") or _first(choice.label).lower()


def _first(translations: Mapping[str, Text]) -> str:
    text = next(iter(translations.values()), ())
    return "".join(piece for piece in text if isinstance(piece, str))
