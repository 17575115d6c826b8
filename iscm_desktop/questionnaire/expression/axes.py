"""Walking from a node along XPath's thirteen axes, and putting nodes in document order.

Order is worked out only where it is asked for: most paths find their nodes in order anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from iscm_desktop.questionnaire.expression import budget
from iscm_desktop.questionnaire.expression.document import XML_NAMESPACE
from iscm_desktop.questionnaire.expression.tree import Node, NodeKind

Axis = Callable[[Node], Iterable[Node]]

_BESIDE = (NodeKind.ATTRIBUTE, NodeKind.NAMESPACE)

_MADE_ANEW = 8
"""Steps of making a node, and putting it in its place among others that nothing knows yet."""


def _child(node: Node) -> list[Node]:
    return node.children


def _attribute(node: Node) -> list[Node]:
    return node.attributes


def _self(node: Node) -> tuple[Node]:
    return (node,)


def _parent(node: Node) -> tuple[Node, ...]:
    return () if node.parent is None else (node.parent,)


def _descendant(node: Node) -> Iterator[Node]:
    return node.walk()


def _descendant_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from node.walk()


def _ancestor(node: Node) -> Iterator[Node]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _ancestor_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from _ancestor(node)


def _siblings(node: Node) -> tuple[list[Node], int]:
    """The list that holds `node`, and its place in it; nothing for attributes and the root."""
    if node.parent is None or node.kind in _BESIDE:
        return [], -1
    siblings = node.parent.children
    budget.walked(len(siblings))
    return siblings, next(place for place, child in enumerate(siblings) if child is node)


def _following_sibling(node: Node) -> list[Node]:
    siblings, place = _siblings(node)
    return siblings[place + 1 :]


def _preceding_sibling(node: Node) -> list[Node]:
    siblings, place = _siblings(node)
    return siblings[place - 1 :: -1] if place > 0 else []


def _following(node: Node) -> Iterator[Node]:
    if node.kind in _BESIDE and node.parent is not None:
        yield from node.parent.walk()  # what an element holds comes after its attributes
        node = node.parent
    for above in _ancestor_or_self(node):
        for sibling in _following_sibling(above):
            yield from _descendant_or_self(sibling)


def _preceding(node: Node) -> Iterator[Node]:
    if node.kind in _BESIDE and node.parent is not None:
        node = node.parent
    for above in _ancestor_or_self(node):
        for sibling in _preceding_sibling(above):
            yield from reversed([*_descendant_or_self(sibling)])


def _namespace(node: Node) -> list[Node]:
    """Namespace nodes of an element, made when asked for: the default one first, then by prefix."""
    if node.kind is not NodeKind.ELEMENT:
        return []
    scope: dict[str, str] = {"xml": XML_NAMESPACE}
    for above in reversed([*_ancestor_or_self(node)]):
        scope.update(above.declared or {})
    made = []
    budget.take(len(scope) * _MADE_ANEW)
    for prefix, uri in sorted(scope.items()):
        if uri:
            found = Node(NodeKind.NAMESPACE, prefix, uri)
            found.parent = node
            made.append(found)
    return made


AXES: dict[str, Axis] = {
    "ancestor": _ancestor,
    "ancestor-or-self": _ancestor_or_self,
    "attribute": _attribute,
    "child": _child,
    "descendant": _descendant,
    "descendant-or-self": _descendant_or_self,
    "following": _following,
    "following-sibling": _following_sibling,
    "namespace": _namespace,
    "parent": _parent,
    "preceding": _preceding,
    "preceding-sibling": _preceding_sibling,
    "self": _self,
}
REVERSE = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})


def in_document_order(nodes: Iterable[Node]) -> list[Node]:
    """Each node once, in document order; nodes of different documents stay grouped."""
    distinct = list(dict.fromkeys(nodes))
    if len(distinct) < 2:
        return distinct
    places: dict[Node, dict[Node, int]] = {}
    keyed = [(_place(node, places), number) for number, node in enumerate(distinct)]
    keyed.sort()
    return [distinct[number] for _key, number in keyed]


def _place(node: Node, places: dict[Node, dict[Node, int]]) -> tuple[int, ...]:
    """The node's way down from the top, as numbers that sort as the document does."""
    way: list[int] = []
    while node.parent is not None:
        parent = node.parent
        numbers = places.get(parent)
        if numbers is None:
            places[parent] = numbers = _numbered(parent)
        if node.kind is NodeKind.NAMESPACE:
            way.append(-2_000_000_000)
        else:
            way.append(numbers[node])
        node = parent
    way.append(id(node))
    return tuple(reversed(way))


def _numbered(parent: Node) -> dict[Node, int]:
    """Places of an element's attributes (below 0) and children (from 0)."""
    numbers = {child: place for place, child in enumerate(parent.children)}
    count = len(parent.attributes)
    numbers.update({attribute: place - count for place, attribute in enumerate(parent.attributes)})
    return numbers
