"""Location paths compiled to closures: through the index of names where that is enough, else by axes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from iscm_desktop.questionnaire.expression import budget, expression_error
from iscm_desktop.questionnaire.expression.axes import AXES, REVERSE, in_document_order
from iscm_desktop.questionnaire.expression.compiled_code import Code, First, as_boolean
from iscm_desktop.questionnaire.expression.context import Context
from iscm_desktop.questionnaire.expression.conversion import Dialect
from iscm_desktop.questionnaire.expression.document import XML_NAMESPACE
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError
from iscm_desktop.questionnaire.expression.syntax import KindTest, NameTest, Step
from iscm_desktop.questionnaire.expression.tree import Node, NodeKind

Nodes = Callable[[Context], list[Node]]
Test = Callable[[Node], bool]
Select = Callable[[Iterable[Node], Context], list[Node]]
"""A predicate: of candidates in axis order, those that pass."""

_KINDS = {
    "text": NodeKind.TEXT,
    "comment": NodeKind.COMMENT,
    "processing-instruction": NodeKind.INSTRUCTION,
}
_PRINCIPAL = {"attribute": NodeKind.ATTRIBUTE, "namespace": NodeKind.NAMESPACE}
_HANDFUL = 16
"""So many nodes are not counted where an expression looks at them once: its weight accounts for them."""

_BEGUN = 3
"""Steps of beginning to walk from one node of several."""

_KEEPS_ORDER = frozenset({"child", "attribute", "self"})
"""Axes that, from nodes in order of which none lies inside another, find nodes that are so again."""


def start_of(context: Context) -> list[Node]:
    """The context node, from which a relative path begins."""
    return [context.node]


def step_test(step: Step, namespaces: Mapping[str, str], dialect: Dialect) -> Test | None:
    """Which nodes of the axis a step lets through; None for all."""
    test = step.test
    if isinstance(test, KindTest):
        return _kind_test(test)
    principal = _PRINCIPAL.get(step.axis, NodeKind.ELEMENT)
    if test.prefix:
        return _qualified_test(principal, test, namespace_of(test.prefix, namespaces, step.position))
    name = test.name
    if name == "*":
        return lambda node: node.kind is principal
    if dialect == "xforms" and principal is NodeKind.ELEMENT:
        return lambda node: node.kind is principal and node.name == name
    return lambda node: node.kind is principal and node.name == name and not node.namespace


def namespace_of(prefix: str, namespaces: Mapping[str, str], position: int) -> str:
    """The URI that a prefix stands for; ExpressionError at `position` for one that is not declared."""
    if prefix in namespaces:
        return namespaces[prefix]
    if prefix == "xml":
        return XML_NAMESPACE
    raise ExpressionError(expression_error.UNKNOWN_PREFIX, position, found=prefix)


def _kind_test(test: KindTest) -> Test | None:
    if test.kind == "node":
        return None
    kind, target = _KINDS[test.kind], test.target
    if target:
        return lambda node: node.kind is kind and node.name == target
    return lambda node: node.kind is kind


def _qualified_test(principal: NodeKind, test: NameTest, uri: str) -> Test:
    name = test.name
    if name == "*":
        return lambda node: node.kind is principal and node.namespace == uri
    return lambda node: node.kind is principal and node.name == name and node.namespace == uri


def predicate(code: Code, position: Callable[[Context], float] | None, weight: int) -> Select:
    """The filter that a predicate is: a number is a position, anything else is true or false.

    Args:
        weight: Steps that it takes to try it on one node.
    """
    if code.kind == "number" and position is not None:
        return _at_position(position, weight)
    if code.kind == "any":
        return _of_unknown_kind(code, weight)
    holds = as_boolean(code)

    def select(candidates: Iterable[Node], outer: Context) -> list[Node]:
        nodes = candidates if isinstance(candidates, list) else list(candidates)
        budget.take(len(nodes) * weight)
        inner = _inner(outer, len(nodes))
        kept, place = [], 0
        for node in nodes:
            place += 1  # noqa: SIM113 - measured: cheaper than enumerate with two stores
            inner.node, inner.position = node, place
            if holds(inner):
                kept.append(node)
        return kept

    return select


def _inner(outer: Context, size: int) -> Context:
    return Context(outer.node, outer.root, outer.host, size=size, current=outer.current)


def _at_position(position: Callable[[Context], float], weight: int) -> Select:
    def select(candidates: Iterable[Node], outer: Context) -> list[Node]:
        nodes = candidates if isinstance(candidates, list) else list(candidates)
        budget.take(len(nodes) * weight)
        inner = _inner(outer, len(nodes))
        kept = []
        for place, node in enumerate(nodes, 1):
            inner.node, inner.position = node, place
            if position(inner) == place:
                kept.append(node)
        return kept

    return select


def _fixed_position(wanted: float) -> Select:
    def select(candidates: Iterable[Node], _outer: Context) -> list[Node]:
        nodes = candidates if isinstance(candidates, list) else list(candidates)
        place = int(wanted)
        return nodes[place - 1 : place] if place == wanted and place > 0 else []

    return select


def fixed_position(wanted: float) -> Select:
    """The predicate "[n]"; it selects nothing where n is no whole number from 1."""
    return _fixed_position(wanted) if wanted == wanted and abs(wanted) < 1e15 else _fixed_position(0.5)


def _of_unknown_kind(code: Code, weight: int) -> Select:
    run, holds = code.run, as_boolean(code)

    def passes(inner: Context) -> bool:
        value = run(inner)
        if isinstance(value, float):
            return value == inner.position
        return holds(inner) if isinstance(value, list) else bool(value)

    def select(candidates: Iterable[Node], outer: Context) -> list[Node]:
        nodes = candidates if isinstance(candidates, list) else list(candidates)
        budget.take(len(nodes) * weight)
        inner = _inner(outer, len(nodes))
        kept = []
        for place, node in enumerate(nodes, 1):
            inner.node, inner.position = node, place
            if passes(inner):
                kept.append(node)
        return kept

    return select


def step(
    axis_name: str, test: Test | None, selects: Sequence[Select]
) -> Callable[[Node, Context], list[Node]]:
    """From one node along one axis, in axis order."""
    axis = AXES[axis_name]

    def take(node: Node, context: Context) -> list[Node]:
        reached = axis(node)
        found = reached if isinstance(reached, list) else list(reached)
        if len(found) > _HANDFUL:
            budget.take(len(found) >> 1)
        found = list(found) if test is None else [other for other in found if test(other)]
        for select in selects:
            found = select(found, context)
        return found

    return take


def children_named(name: str, selects: Sequence[Select]) -> Callable[[Node, Context], list[Node]]:
    """From one node to its children of a name, through the index."""

    def take(node: Node, context: Context) -> list[Node]:
        found = node.elements(name)
        for select in selects:
            found = select(found, context)
        return found

    return take


def general(start: Nodes, takes: Sequence[tuple[str, Callable[[Node, Context], list[Node]]]]) -> Nodes:
    """All steps one after the other, with each step's result in document order and each node once."""

    def run(context: Context) -> list[Node]:
        nodes = start(context)
        is_flat = len(nodes) < 2
        for axis, take in takes:
            if not nodes:
                return []
            if len(nodes) == 1:
                nodes = take(nodes[0], context)
                if len(nodes) > _HANDFUL:
                    budget.take(len(nodes))
                if axis in REVERSE:
                    nodes = nodes[::-1]
                is_flat = axis in _KEEPS_ORDER or axis == "following-sibling" or len(nodes) < 2
                continue
            found = _taken_from_each(nodes, take, context)
            if is_flat and axis in _KEEPS_ORDER:
                nodes = found
            else:
                nodes = in_document_order(found)
                is_flat = False
        return nodes

    return run


def _taken_from_each(
    nodes: list[Node], take: Callable[[Node, Context], list[Node]], context: Context
) -> list[Node]:
    found: list[Node] = []
    for node in nodes:
        here = take(node, context)
        budget.take(len(here) + _BEGUN)
        found += here
    return found


def by_names(start: Callable[[Context], Node | None], names: tuple[str, ...]) -> tuple[Nodes, First]:
    """A path of plain child names, the commonest of all: all it finds, and the first of them."""
    last = len(names) - 1

    def run(context: Context) -> list[Node]:
        node = start(context)
        if node is None:
            return []
        for depth, name in enumerate(names):
            found = node.elements(name)
            if len(found) != 1:
                if len(found) > _HANDFUL:
                    budget.take(len(found))
                return _spread(found, names[depth + 1 :]) if found and depth < last else found
            node = found[0]
        return [node]

    def first(context: Context) -> Node | None:
        node = start(context)
        if node is None:
            return None
        for name in names:
            found = node.elements(name)
            if not found:
                return None
            if len(found) > 1:
                several = run(context)
                return several[0] if several else None
            node = found[0]
        return node

    return run, first


def _spread(nodes: list[Node], names: tuple[str, ...]) -> list[Node]:
    if len(nodes) > _HANDFUL or len(names) > 1:
        for name in names:
            budget.take(len(nodes))
            nodes = [child for node in nodes for child in node.elements(name)]
    else:
        name = names[0]
        nodes = [child for node in nodes for child in node.elements(name)]
    budget.take(len(nodes) << 1)
    return nodes


def upwards(levels: int) -> Callable[[Context], Node | None]:
    """The context node's ancestor so many levels above it; 0 is the node itself."""
    if levels == 0:
        return lambda context: context.node
    if levels == 1:
        return lambda context: context.node.parent

    def start(context: Context) -> Node | None:
        node: Node | None = context.node
        for _level in range(levels):
            if node is None:
                return None
            node = node.parent
        return node

    return start


def upwards_from_current(levels: int) -> First:
    """Likewise from the node that the whole expression belongs to."""

    def start(context: Context) -> Node | None:
        node: Node | None = context.current
        for _level in range(levels):
            if node is None:
                return None
            node = node.parent
        return node

    return start


def union(operands: Sequence[Nodes]) -> Nodes:
    """What any of the operands finds, each node once, in document order."""

    def run(context: Context) -> list[Node]:
        found = [node for operand in operands for node in operand(context)]
        if len(found) > _HANDFUL:
            budget.take(len(found) * 2)  # each is found, and put in its place
        return in_document_order(found)

    return run
