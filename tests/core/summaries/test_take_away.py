"""Take an answer away and what it said goes, cleanly: no stray stop, no hole in a list, no empty bracket."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscm_desktop.questionnaire.catalogue import shipped
from iscm_desktop.questionnaire.model import Group, Kind, Question, Repeat
from iscm_desktop.summaries.clauses import SECTION_OF_PART
from iscm_desktop.summaries.drafting import draft
from iscm_desktop.summaries.evidence import feeds_of
from iscm_desktop.summaries.summary import RespondentAnswers, Summary
from tests.support.answers import COUNTS, answered, sample_round
from tests.support.summary_texts import all_shown, faults


class _Everything:
    """Answers to every question of a form, each free text holding a word that occurs nowhere else."""

    def __init__(self, form_id: str, mechanism: str) -> None:
        self._form = shipped(form_id)
        self._mechanism = mechanism
        self._count = 0

    def answers(self, items: tuple[Question | Group | Repeat, ...] | None = None) -> dict[str, object]:
        found: dict[str, object] = {}
        for item in self._form.items if items is None else items:
            name = item.path.rpartition("/")[2]
            if isinstance(item, Group):
                found |= self.answers(item.items)
            elif isinstance(item, Repeat):
                is_once = any(_role(inner).endswith("_mechanism") for inner in item.items)
                found[name] = [self.answers(item.items) for _ in range(1 if is_once else 2)]
            elif item.kind.is_answered:
                found[name] = self._answer(item)
        return found

    def _answer(self, question: Question) -> str:
        self._count += 1
        word = f"Zq{self._form.form_id[:1]}{self._count:03}x"
        role = question.own.role
        match question.kind:
            case Kind.SELECT_ONE | Kind.SCALE | Kind.TERRITORY | Kind.SELECT_MANY | Kind.RANKING:
                return self._choice(question, role)
            case Kind.INTEGER:
                return str(1960 + self._count % 60)
            case Kind.DECIMAL:
                return str(1000 + self._count)
            case Kind.DATE:
                return f"2019-03-{1 + self._count % 28:02}"
            case Kind.LONG_TEXT:
                return f"{word} was done with care. So it went on.\n\nIt ended well"
            case _:
                return word

    def _choice(self, question: Question, role: str) -> str:
        if role.endswith("_mechanism") or role in ("mechanism", "gcm_mechanisms"):
            return self._mechanism
        offered = [choice.value for choice in self._form.choice_lists[question.choice_list]]
        if question.kind in (Kind.SELECT_MANY, Kind.RANKING):
            other = [value for value in offered if value.startswith("other")]
            return " ".join([*offered[:2], *other])
        wanted = {"naming": "name_and_quote", "consent": "yes", "troika": "yes", "chair_model": offered[0]}
        return wanted.get(role, offered[self._count % 3] if question.kind is Kind.SCALE else offered[0])


def _role(item: Question | Group | Repeat) -> str:
    return item.own.role if isinstance(item, Question) else ""


@pytest.fixture(scope="module")
def everything() -> tuple[RespondentAnswers, ...]:
    forms = (("iscm", "prague-process"), ("state", "CAN"), ("organization", "ilo"))
    return tuple(
        answered(form_id, respondent, _Everything(form_id, "prague-process").answers())
        for form_id, respondent in forms
    )


def _drafted(mechanism: str, responses: tuple[RespondentAnswers, ...]) -> Summary:
    return draft(mechanism, responses, COUNTS)


def _without_each(responses: tuple[RespondentAnswers, ...]) -> Iterator[tuple[str, str, Summary]]:
    """For each answer: its path, its text, and the summary without it."""
    for place, response in enumerate(responses):
        for answer in response.answers:
            left = replace(
                response, answers=tuple(other for other in response.answers if other is not answer)
            )
            others = (*responses[:place], left, *responses[place + 1 :])
            yield answer.path, answer.text, _drafted("prague-process", others)


def test_everything_answered_reads_as_print(everything: tuple[RespondentAnswers, ...]) -> None:
    assert not faults(_drafted("prague-process", everything))


def test_every_free_text_that_feeds_the_summary_is_printed(everything: tuple[RespondentAnswers, ...]) -> None:
    text = all_shown(_drafted("prague-process", everything))
    unprinted = [
        answer.path
        for response in everything
        for answer in response.answers
        if answer.text.startswith("Zq")
        and (feeds_of(answer) or frozenset()) & SECTION_OF_PART.keys()
        and answer.text.split()[0] not in text
        and answer.question.own.role not in _NOT_SPOKEN_OF
    ]
    assert not unprinted


_NOT_SPOKEN_OF = {
    "block_mechanism_other", "engagement_mechanism_other", "organization_example_mechanism_other",
    "organization", "example_theme_other", "process_other", "governing_kind_other", "body_level_other",
    "funding_line_source_other",
}  # fmt: skip
"""They name the mechanism or the respondent, or belong to an "other" that was not chosen here."""


def test_every_question_that_feeds_the_summary_is_spoken_of(
    everything: tuple[RespondentAnswers, ...],
) -> None:
    """None falls through to "question: answer", which is for questions that a coordinator adds."""
    summary = _drafted("prague-process", everything)
    assert not [paragraph.key for paragraph in summary.paragraphs() if ".more" in paragraph.key]


def test_one_answer_taken_away(everything: tuple[RespondentAnswers, ...]) -> None:
    whole = _drafted("prague-process", everything)
    for path, text, summary in _without_each(everything):
        assert not faults(summary), path
        if text.startswith("Zq"):
            assert text.split()[0] not in all_shown(summary), path
        cited = {(source.path, source.text) for section in summary.sections for source in section.sources}
        assert (path, text) not in cited
        assert whole != summary or path not in {s.path for section in whole.sections for s in section.sources}


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_answers_taken_away(data: st.DataObject) -> None:
    responses = sample_round()
    mechanism = data.draw(st.sampled_from(["igc", "sacm", "pidc"]))
    share = data.draw(st.floats(0, 1))
    random = Random(data.draw(st.integers(0, 2**32)))
    left = tuple(
        replace(response, answers=tuple(answer for answer in response.answers if random.random() < share))
        for response in responses
    )
    assert not faults(_drafted(mechanism, left))


def test_no_answers_at_all() -> None:
    summary = _drafted("igc", ())
    assert not summary.has_answers
    assert not any(section.paragraphs or section.tables for section in summary.sections)
    assert not summary.footnotes
