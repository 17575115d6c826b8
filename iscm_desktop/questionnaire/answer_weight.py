"""How much hangs on an answer: the questions that its form decides by it, and the parts of the summary that it feeds.

The weight of an answer is the number of other questions whose rules read it (to be shown, counted, calculated, limited
or given their choices, also through calculations in between), and one for each part of the summary that it, or what it
lies in, feeds. What is said of an entry, a repeat or a section has the weight of all questions in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iscm_desktop.questionnaire.dependencies import rules_of
from iscm_desktop.questionnaire.form_paths import TemplatePath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.rules import Aspect, Rule, RuleTemplate

_WHOLE = frozenset({Aspect.RELEVANT, Aspect.COUNT})
"""Rules that decide about all that lies within."""
_MOST = 999


@dataclass(frozen=True, slots=True)
class AnswerWeight:
    """What hangs on one answer, or on all that lies at a place."""

    questions: int  # others that the form decides by it
    feeds: tuple[str, ...]  # parts of the summary, such as "S1", in order

    @property
    def total(self) -> int:
        """For sorting: the heavier, the more would be wrong by a wrong choice."""
        return min(self.questions + len(self.feeds), _MOST)


NOTHING_HANGS = AnswerWeight(0, ())


def weight_at(questionnaire: Questionnaire, template: TemplatePath) -> AnswerWeight:
    """Of the question, or of all questions inside the repeat or section, at a place of the form; worked out once."""
    known = questionnaire.memo.setdefault("answer_weights", {})
    assert isinstance(known, dict)  # noqa: S101 - made in the line before
    if template not in known:
        known[template] = _worked_out(questionnaire, template)
    found = known[template]
    return found if isinstance(found, AnswerWeight) else NOTHING_HANGS


def _worked_out(questionnaire: Questionnaire, template: TemplatePath) -> AnswerWeight:
    here = rules_of(questionnaire).by_path.get(template)
    if here is None:
        return NOTHING_HANGS
    inside = [one for one in here.below() if one.question is not None]
    decided: dict[TemplatePath, None] = {}
    for one in inside:
        decided |= dict.fromkeys(_decided_by(one))
    if here.question is None:
        decided |= dict.fromkeys(one.path for one in inside)
    else:
        decided.pop(here.path, None)
    fed = {part for one in (*inside, *here.around()) for part in one.own.feeds}
    return AnswerWeight(len(decided), tuple(sorted(fed)))


def _decided_by(template: RuleTemplate) -> Iterator[TemplatePath]:
    """Questions whose rules read the value here, also through calculations; may name one twice."""
    waiting, seen = [template], {template.path}
    while waiting:
        for rule in _reading(waiting.pop()):
            for place in _places(rule):
                if place.question is not None:
                    yield place.path
            if rule.aspect is Aspect.CALCULATE and rule.template.path not in seen:
                seen.add(rule.template.path)
                waiting.append(rule.template)


def _reading(template: RuleTemplate) -> list[Rule]:
    return [*template.readers, *template.watchers]


def _places(rule: Rule) -> Iterator[RuleTemplate]:
    if rule.aspect in _WHOLE:
        yield from rule.template.below()
    else:
        yield rule.template
