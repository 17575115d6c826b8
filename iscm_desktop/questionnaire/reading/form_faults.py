"""What keeps a questionnaire from running: what cannot be read, patterns that are refused, rules in circles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.dependencies import circles, rules_of
from iscm_desktop.questionnaire.expression import Expression, ExpressionError, compile_expression
from iscm_desktop.questionnaire.expression.patterns import pattern
from iscm_desktop.questionnaire.form_paths import FORM_ROOT, TemplatePath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.questionnaire.rules import Rules

_EXPRESSION = N_("The expression “{text}” ({column}) cannot be read. {reason}")
_PATTERN = N_("The expression “{text}” ({column}) decides nothing. {reason}")
_CIRCLE = N_("Its {column} needs, through {others}, its own result. Take one of these references out.")
_SELF = N_("Its {column} needs its own result. Take that reference out.")
_EVENT = N_("An action waits for the event '{event}', which no program knows. Those that there are: {known}.")
_MEDIA_TYPE = N_(
    "'{found}' is no kind of file. Write one such as image/*, audio/*, video/* or application/*."
)
_METHOD = N_("The form asks to be sent by '{found}'. Only 'post' is known.")
_EVENTS = (
    "odk-instance-first-load", "odk-instance-load", "odk-new-repeat", "xforms-ready",
    "xforms-value-changed",
)  # fmt: skip
_METHODS = frozenset({"", "post", "form-data-post"})
_NO_NODE = N_("The form shows a question that has no place in its data.")


@dataclass(frozen=True, slots=True)
class FormFault:
    """One thing to mend in a form."""

    path: TemplatePath
    column: str  # the rule: relevant, constraint, calculate…
    message: str
    is_fatal: bool = True  # False: the rest runs, and the rule that cannot be read is left out


def form_faults(questionnaire: Questionnaire) -> tuple[FormFault, ...]:
    """All faults in form order; empty for a questionnaire that can run."""
    rules = rules_of(questionnaire)
    homeless = [
        FormFault(question.path, "name", _(_NO_NODE), is_fatal=False)
        for question in questionnaire.questions()
        if question.path not in rules.by_path
    ]
    found = [*homeless, *_unreadable(rules, questionnaire), *_circles(rules), *_strangers(questionnaire)]
    order = {path: place for place, path in enumerate(rules.by_path)}
    return tuple(sorted(found, key=lambda fault: order.get(fault.path, -1)))


def _unreadable(rules: Rules, questionnaire: Questionnaire) -> list[FormFault]:
    texts = [
        (rule.template.path, rule.aspect.value, rule.text) for rule in rules.all if rule.constant is None
    ]
    texts += [(action.target, "default", action.value) for action in questionnaire.actions if action.value]
    found = []
    for path, column, text in texts:
        try:
            expression = compile_expression(text, namespaces=questionnaire.namespaces)
        except ExpressionError as error:
            told = _(_EXPRESSION).format(text=text, column=column, reason=error.message)
            found.append(FormFault(path, column, told, is_fatal=False))
            continue
        for refused in _refused_patterns(expression):
            told = _(_PATTERN).format(text=text, column=column, reason=refused.message)
            found.append(FormFault(path, column, told, is_fatal=False))
    return found


def _refused_patterns(expression: Expression) -> Iterator[ExpressionError]:
    """What is wrong with the patterns written into an expression: no pattern, or none that ends in time."""
    for written in expression.patterns():
        try:
            pattern(written)
        except ExpressionError as error:
            yield error


def _strangers(questionnaire: Questionnaire) -> list[FormFault]:
    """Words of the form that belong to a fixed vocabulary and are not in it."""
    found = []
    for action in questionnaire.actions:
        for event in (event for event in action.events if event not in _EVENTS):
            told = _(_EVENT).format(event=event, known=", ".join(_EVENTS))
            found.append(FormFault(action.target, "event", told))
    for question in questionnaire.questions():
        media_type = question.parameters.get("mediatype", "")
        if question.kind is Kind.ATTACHMENT and media_type and "/" not in media_type:
            found.append(FormFault(question.path, "mediatype", _(_MEDIA_TYPE).format(found=media_type)))
    if questionnaire.submission_method not in _METHODS:
        told = _(_METHOD).format(found=questionnaire.submission_method)
        found.append(FormFault(FORM_ROOT, "method", told))
    return found


def _circles(rules: Rules) -> list[FormFault]:
    found = []
    for circle in circles(rules):
        first, others = circle[0], [rule.template.path for rule in circle[1:]]
        sentence = _(_CIRCLE) if others else _(_SELF)
        told = sentence.format(column=first.aspect.value, others=", ".join(others))
        found.append(FormFault(first.template.path, first.aspect.value, told))
    return found
