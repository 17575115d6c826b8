"""Long lists, "root/item/column", of which most items are never looked at: a node is made when one is.

A list of 5,900 choices takes 70 ms to read as XML, and a filter then shows a dozen of them. Here the cells are
taken out of the text at once, and nodes are made for those items that somebody walks to.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from iscm_desktop.questionnaire.expression.document import parse_document
from iscm_desktop.questionnaire.expression.tree import Node, NodeKind

_ITEM = re.compile(r"<item>(.*?)</item>", re.DOTALL)
_CELL = re.compile(r"<([A-Za-z_][\w.\-]*)(?:/>|>([^<]*)</\1>)")

Cells = list[tuple[str, str]]
"""Column and text of each cell of an item, in order; the text is still escaped."""


class RowList(Node):
    """The element around the items of a list."""

    __slots__ = ("_columns", "_items", "_made", "_on_made")

    def __init__(self, items: list[Cells], on_made: Callable[[int, Node], None]) -> None:
        """`on_made` is told of each item, by its place, as soon as there is a node for it."""
        super().__init__(NodeKind.ELEMENT, "root")
        self._text = None
        self._items = items
        self._made: dict[int, Node] = {}
        self._columns: dict[str, dict[str, list[int]]] = {}
        self._on_made = on_made

    @property
    def length(self) -> int:
        """How many items there are, nodes or not."""
        return len(self._items)

    @property
    def children(self) -> list[Node]:
        """All items as nodes, made now as far as they were not made before."""
        if self._children is None:
            self._children = [self._row(place) for place in range(len(self._items))]
        return self._children

    def elements(self, name: str) -> list[Node]:
        """As of any node; makes all items."""
        _ = self.children  # all of them are wanted now
        return super().elements(name)

    def rows_with(self, column: str, text: str) -> list[Node]:
        """The items whose column holds that text, in order."""
        return [self._row(place) for place in self._places(column).get(text, ())]

    def _row(self, place: int) -> Node:
        made = self._made.get(place)
        if made is None:
            made = self._made[place] = Node(name="item")
            made.parent = self
            for column, text in self._items[place]:
                made.append(Node(name=column, text=_plain(text)))
            self._on_made(place, made)
        return made

    def _places(self, column: str) -> dict[str, list[int]]:
        places = self._columns.get(column)
        if places is None:
            places = self._columns[column] = {}
            for place, cells in enumerate(self._items):
                for text in {_plain(text) for name, text in cells if name == column}:
                    places.setdefault(text, []).append(place)
        return places


def row_list(xml: str, on_made: Callable[[int, Node], None]) -> Node | None:
    """The root node of a list; None where the XML is of any other shape than `root/item/column`."""
    inside = xml.strip().removeprefix("<root>").removesuffix("</root>")
    if len(inside) != len(xml.strip()) - len("<root></root>") or "\r" in inside:
        return None
    items: list[Cells] = [_CELL.findall(item) for item in _ITEM.findall(inside)]
    tags = 2 * len(items) + 2 * sum(map(len, items)) - inside.count("/>")
    if inside.count("<") != tags:  # attributes, comments, cells inside cells
        return None
    root = Node(NodeKind.ROOT)
    root.append(RowList(items, on_made))
    return root


def _plain(text: str) -> str:
    if "&" not in text:
        return text
    return parse_document(f"<text>{text}</text>").string_value()
