"""The tree that expressions read: one class of node for documents, elements, attributes and texts.

Made for a form session: most elements are leaves holding one text, and that text is kept in the element
itself; a text node appears only when someone walks to it. Children are found by name through an index.
Leaves reading XML to `document` and walking the axes to `axes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

_NONE: list[Node] = []
_NO_ATTRIBUTES: list[Node] = []


class NodeKind(Enum):
    """The seven kinds of node of XPath's data model."""

    ROOT = "root"
    ELEMENT = "element"
    ATTRIBUTE = "attribute"
    TEXT = "text"
    COMMENT = "comment"
    INSTRUCTION = "processing instruction"
    NAMESPACE = "namespace"


class Node:
    """A node of any kind. Two nodes are equal only when they are the same one.

    Attributes:
        name: Local name; the target of an instruction; "" for root, text and comment.
        declared: Namespace declarations on this element, prefix to URI.
        data: The session's own state of this node; expressions never look at it.
    """

    __slots__ = (
        "_attributes", "_children", "_index", "_lookups", "_order", "_text",
        "data", "declared", "kind", "name", "namespace", "parent", "prefix",
    )  # fmt: skip

    def __init__(
        self,
        kind: NodeKind = NodeKind.ELEMENT,
        name: str = "",
        text: str = "",
        *,
        namespace: str = "",
        prefix: str = "",
    ) -> None:
        self.kind = kind
        self.name = name
        self.namespace = namespace
        self.prefix = prefix
        self.parent: Node | None = None
        self.declared: dict[str, str] | None = None
        self.data: object = None
        self._text: str | None = text  # None: the value is that of the children
        self._children: list[Node] | None = None  # None: not walked yet, so at most one text
        self._attributes: list[Node] | None = None
        self._index: dict[str, list[Node]] | None = None
        self._order: dict[Node, int] | None = None
        self._lookups: dict[object, dict[str, list[Node]]] | None = None

    @property
    def children(self) -> list[Node]:
        """Children in document order; change them through append, insert and remove only."""
        if self._children is None:
            self._children = []
            if self._text and self.kind is NodeKind.ELEMENT:
                text = Node(NodeKind.TEXT, "", self._text)
                text.parent = self
                self._children.append(text)
        return self._children

    @property
    def attributes(self) -> list[Node]:
        """In the order of the text; change them through `set_attribute` only."""
        return _NO_ATTRIBUTES if self._attributes is None else self._attributes

    @property
    def qualified_name(self) -> str:
        """The name as the text writes it, with its prefix where it has one."""
        return f"{self.prefix}:{self.name}" if self.prefix else self.name

    def string_value(self) -> str:
        """The text of this node and of all below it, as XPath's string() takes it."""
        if self._text is not None:
            return self._text
        return "".join(node._text or "" for node in self.walk() if node.kind is NodeKind.TEXT)

    def set_text(self, text: str) -> None:
        """Replaces all content by `text`."""
        self._text = text
        if self.kind is NodeKind.ELEMENT:
            self._children = self._index = self._order = None
        elif self.kind is NodeKind.TEXT and self.parent is not None:
            self.parent._text = None

    def elements(self, name: str) -> list[Node]:
        """Child elements with this local name, in order. The list is the index's own: do not change it."""
        if self._index is None:
            if self._children is None:
                return _NONE
            self._index = _index(self._children)
        return self._index.get(name, _NONE)

    def place_of(self, child: Node) -> int:
        """The place of a child element among those of its name, from 1; KeyError where it is none."""
        if self._order is None:
            counted: dict[str, int] = {}
            self._order = {}
            for each in self.children:
                if each.kind is NodeKind.ELEMENT:
                    counted[each.name] = place = counted.get(each.name, 0) + 1
                    self._order[each] = place
        return self._order[child]

    def element(self, name: str) -> Node | None:
        """The first child element with this local name; None where there is none."""
        found = self.elements(name)
        return found[0] if found else None

    def attribute(self, name: str, namespace: str = "") -> str | None:
        """The value of an attribute, None where it is absent."""
        for attribute in self.attributes:
            if attribute.name == name and attribute.namespace == namespace:
                return attribute._text
        return None

    def set_attribute(self, name: str, value: str, *, namespace: str = "", prefix: str = "") -> None:
        """Gives an attribute its value, as the last one where it is new."""
        for attribute in self.attributes:
            if attribute.name == name and attribute.namespace == namespace:
                attribute._text = value
                return
        made = Node(NodeKind.ATTRIBUTE, name, value, namespace=namespace, prefix=prefix)
        made.parent = self
        if self._attributes is None:
            self._attributes = []
        self._attributes.append(made)

    def append(self, child: Node) -> Node:
        """Adds `child` as the last one and returns it."""
        children = self.children
        children.append(child)
        child.parent = self
        self._text = None
        self._order = None
        if self._index is not None and child.kind is NodeKind.ELEMENT:
            self._index.setdefault(child.name, []).append(child)
        return child

    def insert(self, index: int, child: Node) -> Node:
        """Adds `child` before the child that is now at `index`, and returns it."""
        self.children.insert(index, child)
        child.parent = self
        self._text = self._index = self._order = None
        return child

    def insert_all(self, follower: Node | None, added: Sequence[Node]) -> None:
        """Adds children, in order, before the child `follower`; None: as the last ones."""
        children = self.children
        at = len(children) if follower is None else children.index(follower)
        children[at:at] = added
        for child in added:
            child.parent = self
        self._text = self._index = self._order = None

    def remove(self, child: Node) -> None:
        """Takes a child out, with all below it; ValueError where it is none."""
        self.children.remove(child)
        child.parent = None
        self._text = self._index = self._order = None

    def root(self) -> Node:
        """The topmost node above this one, or itself."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def walk(self) -> Iterator[Node]:
        """All nodes below this one in document order, attributes left out."""
        pending = self.children[::-1]
        while pending:
            node = pending.pop()
            yield node
            if node._children is not None or node._text is None or node._text:
                pending.extend(reversed(node.children))

    def names(self) -> tuple[str, ...]:
        """Element names from the topmost element down to this node."""
        names: list[str] = []
        node: Node | None = self
        while node is not None and node.kind is not NodeKind.ROOT:
            names.append(node.name)
            node = node.parent
        return tuple(reversed(names))

    def copy(self) -> Node:
        """This node and all below it, detached; `data` is not copied."""
        made = Node(self.kind, self.name, self._text or "", namespace=self.namespace, prefix=self.prefix)
        made.declared = self.declared
        for attribute in self.attributes:
            made.set_attribute(
                attribute.name, attribute._text or "", namespace=attribute.namespace, prefix=attribute.prefix
            )
        if self._text is None:
            for child in self.children:
                made.append(child.copy())
        return made

    def __repr__(self) -> str:
        return f"<{self.kind.value} {'/'.join(self.names())}>"


def _index(children: list[Node]) -> dict[str, list[Node]]:
    index: dict[str, list[Node]] = {}
    for child in children:
        if child.kind is NodeKind.ELEMENT:
            index.setdefault(child.name, []).append(child)
    return index
