"""Choice lists filtered by a column: "item[country = …]" as one look into a table instead of a walk.

Cascading selects filter thousands of choices by the answer to another question. The other side of the `=`
does not change from choice to choice, so it is taken once; and as secondary instances never change, those of
each value of the column are gathered once and kept with the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from iscm_desktop.questionnaire.expression import budget
from iscm_desktop.questionnaire.expression.axes import in_document_order
from iscm_desktop.questionnaire.expression.compiled_code import Code
from iscm_desktop.questionnaire.expression.context import Context
from iscm_desktop.questionnaire.expression.conversion import text_at, text_of
from iscm_desktop.questionnaire.expression.location_paths import Select
from iscm_desktop.questionnaire.expression.long_lists import RowList
from iscm_desktop.questionnaire.expression.syntax import (
    Call,
    Chain,
    Filter,
    Literal,
    NameTest,
    Negation,
    Number,
    Path,
    Syntax,
)
from iscm_desktop.questionnaire.expression.tree import Node

_SHARED_OUT = 5
"""Each look into a table takes a step for 32 rows."""

Take = Callable[[Node, Context], list[Node]]


def column_of(syntax: Syntax) -> str | None:
    """The child's name in a path of one plain step, "country"; None for other paths."""
    if (
        not isinstance(syntax, Path)
        or syntax.is_absolute
        or syntax.start is not None
        or len(syntax.steps) != 1
    ):
        return None
    (step,) = syntax.steps
    if step.axis != "child" or step.predicates or not isinstance(step.test, NameTest):
        return None
    return None if step.test.prefix or step.test.name == "*" else step.test.name


def split(predicate: Syntax) -> tuple[Syntax, ...]:
    """ "[a = b and c]" as "[a = b][c]", which is the same as long as nothing asks for a position."""
    if not isinstance(predicate, Chain) or predicate.operators[0] != "and":
        return (predicate,)
    is_safe = all(_is_truth(part) and not _asks_for_position(part) for part in predicate.operands)
    return predicate.operands if is_safe else (predicate,)


def _is_truth(syntax: Syntax) -> bool:
    return isinstance(syntax, Chain) and syntax.operators[0] in ("=", "!=", "<", "<=", ">", ">=", "and", "or")


def _asks_for_position(syntax: Syntax) -> bool:
    match syntax:
        case Call():
            return syntax.name in ("position", "last") or any(map(_asks_for_position, syntax.arguments))
        case Chain():
            return any(map(_asks_for_position, syntax.operands))
        case Path():
            return syntax.start is not None and _asks_for_position(syntax.start)
        case Number() | Literal():
            return False
        case Negation() | Filter():
            return True  # too rare to look further


def looked_up(item: str, column: str, value: Code, further: Sequence[Select], walk: Take) -> Take:
    """Children named `item` of a node whose child `column` has the text of `value`.

    Args:
        walk: The same by trying each child; used in the primary instance, which changes, and for values that
            compare otherwise than as text.
        further: Predicates after that one.
    """
    run = value.run

    def rows(node: Node, wanted: str | list[Node]) -> list[Node]:
        if isinstance(wanted, str):
            return rows_with(node, item, column, wanted)
        if len(wanted) == 1:
            return rows_with(node, item, column, text_of(wanted))
        texts = {text_at(one) for one in wanted}
        return in_document_order(row for text in texts for row in rows_with(node, item, column, text))

    def take(node: Node, context: Context) -> list[Node]:
        wanted = run(context)
        if isinstance(wanted, float | bool) or node.root() is context.root.root():
            return walk(node, context)
        found = rows(node, wanted)
        for select in further:
            found = select(found, context)
        return found

    return take


def rows_with(node: Node, item: str, column: str, text: str) -> list[Node]:
    """Children named `item` of a node of a secondary instance whose child `column` has that text.

    Making the table is shared out among its uses: whether somebody made it before decides nothing.
    """
    if isinstance(node, RowList):
        budget.take(node.length >> _SHARED_OUT)
        return node.rows_with(column, text) if item == "item" else []
    budget.take(len(node.elements(item)) >> _SHARED_OUT)
    return _table(node, item, column).get(text, [])


def column_texts(row: Node, column: str) -> list[str]:
    """What a row holds in a column: in children of that name, or "@name" for an attribute."""
    if column.startswith("@"):
        found = row.attribute(column[1:])
        return [] if found is None else [found]
    return [text_at(cell) for cell in row.elements(column)]


def _table(node: Node, item: str, column: str) -> dict[str, list[Node]]:
    """The children named `item` by the text of their column, kept at the node that holds them."""
    if node._lookups is None:
        node._lookups = {}
    table = node._lookups.get((item, column))
    if table is None:
        rows = node.elements(item)
        table = node._lookups[item, column] = {}
        for row in rows:
            for text in set(column_texts(row, column)):
                table.setdefault(text, []).append(row)
    return table
