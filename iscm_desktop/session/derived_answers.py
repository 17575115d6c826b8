"""Answers that the form itself wrote from other answers: a default, or what a change elsewhere sets off.

They are stored like answers of people, so who withholds an answer would publish it by what was made of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from iscm_desktop.questionnaire.dependencies import rules_of
from iscm_desktop.questionnaire.expression import ExpressionError, References, compile_expression
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.rules import Rules, RuleTemplate
from iscm_desktop.questionnaire.sections import template_path
from iscm_desktop.session.views import AnswerPath


def derived_answers(
    used: Questionnaire, answers: Iterable[AnswerPath], sources: Collection[AnswerPath]
) -> frozenset[AnswerPath]:
    """Those of `answers` whose text the form may have made from `sources`, or from what it made of them.

    Which entry of a repeat an expression read is not told afterwards, so the answers of all its entries are meant.

    Args:
        answers: Paths with entry ids.
        sources: Of answers, entries, repeats or sections.
    """
    if not sources or not used.actions:
        return frozenset()
    rules = rules_of(used)
    named = (rules.by_path.get(template_path(used, path)) for path in sources)
    derived = _derived(used, rules, {template for template in named if template is not None})
    if not derived:
        return frozenset()
    return frozenset(path for path in answers if rules.by_path.get(template_path(used, path)) in derived)


def _derived(used: Questionnaire, rules: Rules, sources: Collection[RuleTemplate]) -> frozenset[RuleTemplate]:
    """The targets of actions that read the sources, directly or by way of what is calculated from them."""
    writers = tuple(_writers(used, rules))
    tainted = {below for source in sources for below in source.below()}
    targets: set[RuleTemplate] = set()
    is_growing = True
    while is_growing:
        is_growing = False
        for target, reads, is_stored in writers:
            if target not in tainted and _meets(rules, reads, tainted):
                tainted.add(target)
                is_growing = True
                if is_stored:
                    targets.add(target)
    return frozenset(targets)


def _writers(used: Questionnaire, rules: Rules) -> Iterable[tuple[RuleTemplate, References, bool]]:
    """What is written by whom: the template, what is read for it, and whether the text is stored."""
    for action in used.actions:
        target = rules.by_path.get(action.target)
        if target is not None and action.value:
            yield target, _read(action.value, target, used), True
    for template in rules.by_path.values():
        if template.calculate is not None:
            yield template, _read(template.calculate.text, template, used), template.is_stored


def _read(text: str, template: RuleTemplate, used: Questionnaire) -> References:
    try:
        return compile_expression(text, namespaces=used.namespaces).references(template.names)
    except ExpressionError:  # it is never run
        return References()


def _meets(rules: Rules, reads: References, tainted: Collection[RuleTemplate]) -> bool:
    if reads.everything:
        return True
    named = (rules.named(names) for names in (*reads.paths, *reads.positions))
    return any(below in tainted for template in named if template is not None for below in template.below())
