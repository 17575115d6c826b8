"""Functions over repeats: where an entry stands, and values of other entries."""

from __future__ import annotations

from collections.abc import Sequence

from iscm_desktop.questionnaire.expression.compiled_code import Code, as_nodes, as_number, first_node
from iscm_desktop.questionnaire.expression.context import Context
from iscm_desktop.questionnaire.expression.conversion import text_at
from iscm_desktop.questionnaire.expression.numbers import NAN
from iscm_desktop.questionnaire.expression.registry import CallCompiler, Library, special
from iscm_desktop.questionnaire.expression.syntax import Call
from iscm_desktop.questionnaire.expression.tree import Node, NodeKind

LIBRARY: Library = {}


@special(LIBRARY, "position", 0, 1, reads_context="bare")
def _position(_compiler: CallCompiler, _call: Call, arguments: Sequence[Code]) -> Code:
    """Without argument as in XPath; with one, the node's place among its siblings of the same name."""
    if not arguments:
        return Code("number", lambda context: float(context.position))
    first = first_node(arguments[0])
    return Code("number", lambda context: place_of(first(context)))


def place_of(node: Node | None) -> float:
    """From 1; NaN for no node."""
    if node is None:
        return NAN
    if node.parent is None or node.kind is not NodeKind.ELEMENT:
        return 1.0
    try:
        return float(node.parent.place_of(node))
    except KeyError:  # where a repeat without entries stands
        return 1.0


@special(LIBRARY, "indexed-repeat", 3, 7, pairs_after=1)
def _indexed_repeat(compiler: CallCompiler, _call: Call, arguments: Sequence[Code]) -> Code:
    """The text of the first node that lies in the numbered entry of each repeat given."""
    targets = as_nodes(arguments[0])
    levels = [
        (as_nodes(repeat), as_number(index, compiler.of_text))
        for repeat, index in zip(arguments[1::2], arguments[2::2], strict=True)
    ]

    def run(context: Context) -> str:
        found = targets(context)
        for repeats, index in levels:
            wanted = index(context)
            entries = {entry for entry in repeats(context) if place_of(entry) == wanted}
            found = [node for node in found if _lies_in(node, entries)]
        return text_at(found[0]) if found else ""

    return Code("string", run)


def _lies_in(node: Node, entries: set[Node]) -> bool:
    above: Node | None = node
    while above is not None:
        if above in entries:
            return True
        above = above.parent
    return False
