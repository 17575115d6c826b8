"""Consistency rules inside an XForm: as elements of our own in its model, which other programs pass over.

So the rules are part of the form: its hash names them, and whoever has the form has them, too.
"""

from __future__ import annotations

from collections.abc import Sequence

from iscm_desktop.questionnaire.consistency_rule import COLUMNS, MOST_RULES, ConsistencyRule
from iscm_desktop.questionnaire.expression import Node, to_xml
from iscm_desktop.questionnaire.reading.binds import OUR_NAMESPACE

_AROUND, _RULE, _LABEL, _OTHER_LABEL = "consistency", "rule", "label", "other-label"
_END_OF_MODEL = "</model>"
_TOGETHER = "together"


def with_rules(xml: str, rules: Sequence[ConsistencyRule]) -> str:
    """The XForm that pyxform made, with the rules at the end of its model; as it was where there are none."""
    if not rules:
        return xml
    around = _element(_AROUND)
    around.declared = {"iscm": OUR_NAMESPACE}
    for rule in rules:
        around.append(_rule_element(rule))
    begin, end, rest = xml.rpartition(_END_OF_MODEL)
    return f"{begin}{to_xml(around)}{end}{rest}" if end else xml


def rules_in(model: Node) -> tuple[ConsistencyRule, ...]:
    """The rules of a form as they are written, one more than can be applied: the form's faults tell of that one."""
    found = (
        one
        for around in model.elements(_AROUND)
        if around.namespace == OUR_NAMESPACE
        for one in around.elements(_RULE)
    )
    return tuple(_rule(one) for one, _place in zip(found, range(MOST_RULES + 1), strict=False))


def _element(name: str, text: str = "") -> Node:
    return Node(name=name, text=text, namespace=OUR_NAMESPACE, prefix="iscm")


def _rule_element(rule: ConsistencyRule) -> Node:
    made = _element(_RULE)
    for column in COLUMNS:
        if text := getattr(rule, column):
            made.set_attribute(column, text)
    if rule.is_together:
        made.set_attribute("compare", _TOGETHER)
    for name, texts in ((_LABEL, rule.label), (_OTHER_LABEL, rule.other_label)):
        for language, text in texts.items():
            label = made.append(_element(name, text))
            label.set_attribute("lang", language)
    return made


def _rule(node: Node) -> ConsistencyRule:
    texts = {column: (node.attribute(column) or "").strip() for column in COLUMNS}
    return ConsistencyRule(
        **texts,
        is_together=node.attribute("compare") == _TOGETHER,
        label=_texts(node, _LABEL),
        other_label=_texts(node, _OTHER_LABEL),
    )


def _texts(node: Node, name: str) -> dict[str, str]:
    return {each.attribute("lang") or "": each.string_value() for each in node.elements(name)}
