"""The functions of XPath 1.0 (section 4), by its letter."""

from __future__ import annotations

import math

from iscm_desktop.questionnaire.expression import budget
from iscm_desktop.questionnaire.expression.axes import in_document_order
from iscm_desktop.questionnaire.expression.context import Context, Value
from iscm_desktop.questionnaire.expression.conversion import text_at, text_of
from iscm_desktop.questionnaire.expression.document import XML_NAMESPACE
from iscm_desktop.questionnaire.expression.numbers import number_of_text, rounded, total
from iscm_desktop.questionnaire.expression.registry import Library, function
from iscm_desktop.questionnaire.expression.tree import Node, NodeKind

CORE: Library = {}


@function(CORE, "last", "", "number", with_context=True, reads_context="always")
def _last(context: Context) -> float:
    return float(context.size)


@function(CORE, "position", "", "number", with_context=True, reads_context="always")
def _position(context: Context) -> float:
    return float(context.position)


@function(CORE, "count", "nodes", "number")
def _count(nodes: list[Node]) -> float:
    return float(len(nodes))


@function(CORE, "id", "value", "nodes", with_context=True, reads_context="always")
def _id(context: Context, value: Value) -> list[Node]:
    """Elements whose attribute `id` or `xml:id` is one of the words of the argument."""
    texts = [text_at(node) for node in value] if isinstance(value, list) else [text_of(value)]
    wanted = {word for text in texts for word in text.split()}
    below = list(context.node.root().walk())
    budget.walked(len(below))
    found = [
        node
        for node in below
        if node.kind is NodeKind.ELEMENT
        and (node.attribute("id") in wanted or node.attribute("id", XML_NAMESPACE) in wanted)
    ]
    return in_document_order(found)


@function(CORE, "local-name", "node.", "string")
def _local_name(node: Node | None) -> str:
    return "" if node is None else node.name


@function(CORE, "namespace-uri", "node.", "string")
def _namespace_uri(node: Node | None) -> str:
    return "" if node is None else node.namespace


@function(CORE, "name", "node.", "string")
def _name(node: Node | None) -> str:
    return "" if node is None else node.qualified_name


@function(CORE, "string", "string.", "string")
def _string(text: str) -> str:
    return text


@function(CORE, "concat", "string string string*", "string")
def _concat(*texts: str) -> str:
    budget.made(sum(map(len, texts)))
    return "".join(texts)


@function(CORE, "starts-with", "string string", "boolean")
def _starts_with(text: str, beginning: str) -> bool:
    return text.startswith(beginning)


@function(CORE, "contains", "string string", "boolean")
def _contains(text: str, part: str) -> bool:
    budget.read(len(text))
    return part in text


@function(CORE, "substring-before", "string string", "string")
def _substring_before(text: str, mark: str) -> str:
    budget.read(len(text))
    before, found, _after = text.partition(mark) if mark else ("", "", text)
    return before if found else ""


@function(CORE, "substring-after", "string string", "string")
def _substring_after(text: str, mark: str) -> str:
    budget.read(len(text))
    return text.partition(mark)[2] if mark else text


@function(CORE, "substring", "string number number?", "string")
def _substring(text: str, start: float, length: float = math.inf) -> str:
    """Characters whose place, from 1, is at least round(start) and below round(start) + round(length)."""
    begin = rounded(start)
    end = begin + rounded(length)
    if not begin < math.inf or not end > 1:  # NaN fails both
        return ""
    first = max(1, int(begin)) if begin > -math.inf else 1
    return text[first - 1 :] if end == math.inf else text[first - 1 : int(end) - 1]


@function(CORE, "string-length", "string.", "number")
def _string_length(text: str) -> float:
    return float(len(text))


@function(CORE, "normalize-space", "string.", "string")
def _normalize_space(text: str) -> str:
    budget.take(len(text) >> 4)
    for space in "\t\r\n":
        text = text.replace(space, " ")
    return " ".join(word for word in text.split(" ") if word)


@function(CORE, "translate", "string string string", "string")
def _translate(text: str, wanted: str, given: str) -> str:
    budget.take((len(text) + len(wanted)) >> 3)
    table: dict[int, str] = {}
    for place, character in enumerate(wanted):
        table.setdefault(ord(character), given[place] if place < len(given) else "")
    return text.translate(table)


@function(CORE, "boolean", "boolean", "boolean")
def _boolean(truth: bool) -> bool:
    return truth


@function(CORE, "not", "boolean", "boolean")
def _not(truth: bool) -> bool:
    return not truth


@function(CORE, "true", "", "boolean")
def _true() -> bool:
    return True


@function(CORE, "false", "", "boolean")
def _false() -> bool:
    return False


@function(CORE, "lang", "string", "boolean", with_context=True, reads_context="always")
def _lang(context: Context, wanted: str) -> bool:
    """Whether the nearest xml:lang is that language or a variety of it, in whatever case."""
    node: Node | None = context.node
    while node is not None:
        language = node.attribute("lang", XML_NAMESPACE)
        if language is not None:
            return f"{language.lower()}-".startswith(f"{wanted.lower()}-")
        node = node.parent
    return False


@function(CORE, "number", "number.", "number")
def _number(value: float) -> float:
    return value


@function(CORE, "sum", "nodes", "number")
def _sum(nodes: list[Node]) -> float:
    return total(number_of_text(text_at(node)) for node in nodes)


@function(CORE, "floor", "number", "number")
def _floor(value: float) -> float:
    return float(math.floor(value)) if math.isfinite(value) and value != 0 else value


@function(CORE, "ceiling", "number", "number")
def _ceiling(value: float) -> float:
    if not math.isfinite(value) or value == 0:
        return value
    return math.copysign(math.ceil(value), value)


@function(CORE, "round", "number", "number")
def _round(value: float) -> float:
    return rounded(value)
