"""Which stored answers are asked is the same whether a session says so or the rules are asked one by one.

A-01  Of every shipped questionnaire, whatever was answered.
A-02  Of forms with nested repeats, rules across them, counts of entries, calculations and fixed entries.
A-03  A form with a counted repeat, or whose rules look at anything, is read through a session, to the same end.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from random import Random

import pytest

from iscm_desktop.questionnaire.catalogue import shipped
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Item, Kind, Question, Repeat
from iscm_desktop.session.asked_answers import AskedAnswers, _plan_of, content_of
from iscm_desktop.session.form_session import FormSession
from tests.support.entering import questionnaire

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

TANGLED = """
| survey |              |       |       |                                       |                    |
|        | type         | name  | label | relevant                              | calculation        |
|        | select_one yn | fee  | Fee?  |                                       |                    |
|        | begin_group  | money | Money | ${fee} = 'yes'                        |                    |
|        | integer      | chf   | CHF   |                                       |                    |
|        | calculate    | euro  |       |                                       | ${chf} * 2         |
|        | text         | rich  | Rich? | ${euro} > 100                         |                    |
|        | begin_repeat | part  | Part  |                                       |                    |
|        | text         | who   | Who   |                                       |                    |
|        | select_one yn | more | More? | ${who} != ''                          |                    |
|        | begin_repeat | deep  | Deep  | ${more} = 'yes'                       |                    |
|        | integer      | year  | Year  |                                       |                    |
|        | text         | old   | Old   | ${year} < 2000 and ${chf} > 10        |                    |
|        | end_repeat   |       |       |                                       |                    |
|        | end_repeat   |       |       |                                       |                    |
|        | end_group    |       |       |                                       |                    |
|        | text         | many  | Many  | count(${part}) > 1                    |                    |
|        | text         | sum   | Sum   | sum(${year}) > 3000                   |                    |
|        | text         | never | Never | false()                               |                    |
|        | text         | after | After | ${never} = ''                         |                    |
| choices |             |       |       |                                       |                    |
|        | list_name    | name  | label |                                       |                    |
|        | yn           | yes   | Yes   |                                       |                    |
|        | yn           | no    | No    |                                       |                    |
"""
COUNTED = """
| survey |              |      |       |              |                |
|        | type         | name | label | repeat_count | relevant       |
|        | integer      | n    | N     |              |                |
|        | begin_repeat | part | Part  | ${n}         |                |
|        | text         | who  | Who   |              |                |
|        | text         | why  | Why   |              | ${who} != ''   |
|        | end_repeat   |      |       |              |                |
"""


def random_content(
    form: Questionnaire, chance: Random
) -> tuple[dict[AnswerPath, str], dict[AnswerPath, tuple[str, ...]]]:
    """Answers and entries as a store may hold them, hidden ones included."""
    answers: dict[AnswerPath, str] = {}
    entries: dict[AnswerPath, tuple[str, ...]] = {}

    def fill(items: tuple[Item, ...], above: str, template: str) -> None:
        for item in items:
            inside = item.path[len(template) :].lstrip("/")
            path = AnswerPath(f"{above}/{inside}" if above else inside)
            if isinstance(item, Question):
                if chance.random() < 0.6 and item.kind is not Kind.NOTE:
                    answers[path] = random_text(form, item, chance)
            elif isinstance(item, Repeat):
                ids = tuple(f"e{chance.randrange(1000)}" for _ in range(chance.randrange(4)))
                ids = tuple(str(n) for n in range(1, 4)) if item.count else tuple(dict.fromkeys(ids))
                if not item.count:
                    entries[path] = ids
                for id_ in ids:
                    fill(item.items, f"{path}/{id_}", item.path)
            else:
                fill(item.items, above, template)

    fill(form.items, "", "")
    return answers, entries


def random_text(form: Questionnaire, question: Question, chance: Random) -> str:
    choices = [choice.value for choice in form.choice_lists.get(question.choice_list, ())]
    if choices and question.kind.has_many_choices:
        return " ".join(chance.sample(choices, min(len(choices), chance.randrange(1, 4))))
    if choices:
        return chance.choice(choices)
    return chance.choice(
        ["0", "1", "2", "3", "5", "80", "1950", "2018", "2020", "about ten", "a b", "2020-02-03"]
    )


def same(
    form: Questionnaire, answers: Mapping[AnswerPath, str], entries: Mapping[AnswerPath, tuple[str, ...]]
) -> None:
    session = FormSession(form, answers=answers, entries=entries, clock=lambda: NOW, is_new=False)
    wanted, found = content_of(session), AskedAnswers(form, lambda: NOW).of(answers, entries)
    assert dict(found.answers) == dict(wanted.answers)
    assert dict(found.entries) == dict(wanted.entries)


@pytest.mark.parametrize("key", ["iscm", "state", "organization"])
def test_of_the_shipped_questionnaires(key: str) -> None:
    """A-01"""
    form = shipped(key)
    assert _plan_of(form) is not None
    for seed in range(12):
        same(form, *random_content(form, Random(seed)))


def test_across_repeats_and_calculations() -> None:
    """A-02"""
    form = questionnaire(TANGLED)
    assert _plan_of(form) is not None
    hidden = 0
    for seed in range(150):
        answers, entries = random_content(form, Random(seed))
        same(form, answers, entries)
        hidden += len(answers) - len(AskedAnswers(form, lambda: NOW).of(answers, entries).answers)
    assert hidden > 100


def test_counted_entries() -> None:
    """A-03"""
    form = questionnaire(COUNTED)
    assert _plan_of(form) is None
    for seed in range(20):
        same(form, *random_content(form, Random(seed)))
