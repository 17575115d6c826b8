"""The expressions of consistency rules: `${name}` as XPath, compiled, and what is wrong with them.

The context of every expression is the answer that the rule looks at, but for `other_relevant`, whose context is the
other side's; `current()` is the answer in all of them. `${name}` is a question of the rule's own form: of the same
entry where both lie in one, else of the whole response. `${other}` is the other side's answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.consistency_rule import (
    COLUMNS,
    LAST_ROUND,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_RULES,
    OTHER,
    REGISTER,
    ConsistencyRule,
)
from iscm_desktop.questionnaire.expression import Expression, ExpressionError, compile_expression
from iscm_desktop.questionnaire.form_paths import TemplatePath, last_name
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, walk
from iscm_desktop.questionnaire.model import Item, Repeat

_REFERENCE = re.compile(r"\$\{([^{}]*)\}")

_NO_NAME = N_("This rule has no name. Write one into the column 'name'.")
_NAME_TWICE = N_("The name '{found}' is used by two rules. Give one of the two another name.")
_NO_QUESTION = N_(
    "There is no question, group or repeat '{found}' in this form. Mend its name in the column 'question'."
)
_SEVERAL = N_("Several questions are named '{found}', so it cannot be told which one is meant.")
_NO_CONSTRAINT = N_(
    "This rule says nothing. Write into the column 'constraint' what holds where the answers agree."
)
_UNREADABLE = N_("The expression “{text}” ({column}) cannot be read. {reason}")
_UNKNOWN_NAME = N_("The column '{column}' refers to ${{{found}}}, and no question has that name.")
_NO_OTHER = N_(
    "The column 'other' is blank. Write there the name of the other side's question or, of the register, an "
    "expression that finds what it has."
)
_NOBODY = N_(
    "The column '{column}' says something, but the column 'against' does not say with what to compare."
)
_LONG = N_("The column '{column}' holds more than {limit} characters.")
_MANY = N_("The form has more than {limit} rules. This one and those after it are left out.")


@dataclass(frozen=True, slots=True)
class RuleFault:
    """What keeps a rule from being applied."""

    place: int  # of the rule among the form's, from 0
    message: str


class RuleFaultError(Exception):
    """A rule cannot be applied; its text says why, in words for whoever wrote it."""


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule ready to be applied; expressions that the sheet leaves blank are None."""

    rule: ConsistencyRule
    item: Item  # what is looked at
    constraint: Expression
    relevant: Expression | None
    whose: Expression | None
    other: Expression | None  # of the register; None otherwise
    other_relevant: Expression | None


def compiled_rules(questionnaire: Questionnaire) -> tuple[CompiledRule, ...]:
    """The rules that can be applied, in the order of the sheet, made once per questionnaire and kept with it."""
    found = questionnaire.memo.get("consistency")
    if not isinstance(found, tuple):
        found = questionnaire.memo["consistency"] = _examined(questionnaire)[0]
    return found


def rule_faults(questionnaire: Questionnaire) -> tuple[RuleFault, ...]:
    """What is wrong with the others, one fault for each."""
    return _examined(questionnaire)[1]


def _examined(questionnaire: Questionnaire) -> tuple[tuple[CompiledRule, ...], tuple[RuleFault, ...]]:
    names = _Names(questionnaire)
    rules: list[CompiledRule] = []
    faults: list[RuleFault] = []
    seen: set[str] = set()
    for place, rule in enumerate(questionnaire.consistency):
        if place == MOST_RULES:
            faults.append(RuleFault(place, _(_MANY).format(limit=MOST_RULES)))
            break
        if rule.name in seen:
            faults.append(RuleFault(place, _(_NAME_TWICE).format(found=rule.name)))
            continue
        try:
            rules.append(_compiled(rule, names))
        except RuleFaultError as fault:
            faults.append(RuleFault(place, str(fault)))
        seen.update(filter(None, [rule.name]))
    return tuple(rules), tuple(faults)


def _compiled(rule: ConsistencyRule, names: _Names) -> CompiledRule:
    if not rule.name:
        raise RuleFaultError(_(_NO_NAME))
    _check_lengths(rule)
    item = names.one(rule.question)
    if not rule.constraint:
        raise RuleFaultError(_(_NO_CONSTRAINT))
    _check_sides(rule)

    def expression(column: str, text: str) -> Expression | None:
        return _compile(column, text, item, rule, names) if text else None

    constraint = _compile("constraint", rule.constraint, item, rule, names)
    return CompiledRule(
        rule, item, constraint,
        expression("relevant", rule.relevant),
        expression("whose", rule.whose),
        expression("other", rule.other if rule.against == REGISTER else ""),
        expression("other_relevant", rule.other_relevant),
    )  # fmt: skip


def _check_lengths(rule: ConsistencyRule) -> None:
    texts = [(column, getattr(rule, column)) for column in COLUMNS]
    texts += [("label", text) for text in (*rule.label.values(), *rule.other_label.values())]
    for column, text in texts:
        most = LONGEST_NAME if column == "name" else LONGEST_TEXT
        if len(text) > most:
            raise RuleFaultError(_(_LONG).format(column=column, limit=most))


def _check_sides(rule: ConsistencyRule) -> None:
    if not rule.against:
        for column in ("whose", "other", "other_relevant"):
            if getattr(rule, column):
                raise RuleFaultError(_(_NOBODY).format(column=column))
    elif rule.against != LAST_ROUND and not rule.other:
        raise RuleFaultError(_(_NO_OTHER))


def _compile(column: str, text: str, item: Item, rule: ConsistencyRule, names: _Names) -> Expression:
    def replaced(match: re.Match[str]) -> str:
        name = match[1].strip()
        if name == OTHER and rule.against:
            return "instance('other')/*" if rule.is_together else "instance('other')"
        found = names.named(name)
        if not found:
            raise RuleFaultError(_(_UNKNOWN_NAME).format(column=column, found=name))
        return names.way(item, found)

    try:
        return compile_expression(_REFERENCE.sub(replaced, text), namespaces=names.namespaces)
    except ExpressionError as error:
        raise RuleFaultError(_(_UNREADABLE).format(text=text, column=column, reason=error)) from error


class _Names:
    """The items of a form by name, and the ways from one to another."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.namespaces = questionnaire.namespaces
        self._root = questionnaire.root
        self._form = questionnaire
        self._by_name: dict[str, list[Item]] = {}
        for item in walk(questionnaire.items):
            self._by_name.setdefault(last_name(item.path), []).append(item)

    def named(self, name: str) -> list[Item]:
        """All with this name."""
        return self._by_name.get(name, [])

    def one(self, name: str) -> Item:
        """The one with this name."""
        found = self.named(name)
        if not found:
            raise RuleFaultError(_(_NO_QUESTION).format(found=name))
        if len(found) > 1:
            raise RuleFaultError(_(_SEVERAL).format(found=name))
        return found[0]

    def way(self, start: Item, named: list[Item]) -> str:
        """The path from the answer to `start` to one of the items with a name: the one that lies nearest."""
        shared, goal = max(
            ((self._shared(start, each), each) for each in named), key=lambda pair: len(pair[0])
        )
        if sum(self._shared(start, each) == shared for each in named) > 1:
            raise RuleFaultError(_(_SEVERAL).format(found=last_name(goal.path)))
        if not shared:
            return f"/{self._root}/{goal.path}"
        up = [".."] * (start.path.count("/") - shared.count("/"))
        return "/".join(["current()", *up, goal.path[len(shared) + 1 :]])

    def _shared(self, start: Item, goal: Item) -> TemplatePath:
        """The innermost repeat around both; "" where there is none. A repeat means all its entries."""
        around = [path for path in _around(start.path) if goal.path.startswith(f"{path}/")]
        repeats = [path for path in around if isinstance(self._form.item(path), Repeat)]
        return repeats[-1] if repeats else TemplatePath("")


def _around(path: TemplatePath) -> Iterator[TemplatePath]:
    """The paths from the outermost group down to the item itself."""
    parts = path.split("/")
    return (TemplatePath("/".join(parts[:length])) for length in range(1, len(parts) + 1))
