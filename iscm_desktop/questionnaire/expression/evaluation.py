"""One call that evaluates an expression against XML, for tests, tools and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Literal

from iscm_desktop.questionnaire.expression import expression_error
from iscm_desktop.questionnaire.expression.budget import Meter
from iscm_desktop.questionnaire.expression.compiled_expression import Expression, compile_expression
from iscm_desktop.questionnaire.expression.context import Context, Host, Value
from iscm_desktop.questionnaire.expression.conversion import Dialect
from iscm_desktop.questionnaire.expression.document import parse_document
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError
from iscm_desktop.questionnaire.expression.tree import Node

ValueType = Literal["number", "string", "boolean", "nodes"]


def evaluate(
    expression: str,
    instance: str | bytes | Node = "<data/>",
    *,
    context: str | Node | None = None,
    root: str | Node | None = None,
    secondary: Mapping[str, str | bytes | Node] = {},
    namespaces: Mapping[str, str] = {},
    wanted: ValueType | None = None,
    now: datetime | None = None,
    timezone: tzinfo | None = None,
    language: str = "en",
    dialect: Dialect = "xforms",
    host: Host | None = None,
) -> Value:
    """Evaluates an expression against an XML instance.

    Args:
        instance: The primary instance, or a whole XForm: XML text, or a tree from parse_document.
        context: The context node: a node of the tree, or an XPath that finds it; the root node if None.
        root: What "/" means, likewise; the tree's own root if None.
        secondary: Secondary instances by id, as XML text or as the node above their topmost element. In a
            whole XForm its own instances, and its own texts for jr:itext(), are found without this.
        namespaces: Prefixes that names in the expression may have.
        wanted: Type to turn the value into by XPath's rules; its own type if None.
        now: What now() and today() say, with a time zone; the clock if None.
        timezone: Zone of dates that name none; this computer's if None.
        language: For the names of months and days, and for jr:itext().
        host: The caller's own host, in place of secondary, now, timezone and language.

    Returns:
        A number (float), text, truth value, or list of nodes in document order.

    Raises:
        ExpressionError: the expression cannot be read, or evaluation came to a function that is not known.
        TooMuch: it takes more steps, or makes longer texts, than the budget of an expression allows.
        DocumentError: a text is not XML.
    """
    tree = _tree(instance)
    top = tree.root() if root is None else _found(root, tree.root(), dialect)
    node = top if context is None else _found(context, tree.root(), dialect)
    if host is None:
        tables = {name: _tree(table) for name, table in secondary.items()}
        host = _FixedHost(tree.root(), tables, now, timezone, language)
    compiled = compile_expression(expression, namespaces=namespaces, dialect=dialect, is_strict=False)
    Meter().begin_turn()
    where = Context(node, top, host)
    return _value(compiled, where, wanted)


def _value(compiled: Expression, where: Context, wanted: ValueType | None) -> Value:
    match wanted:
        case None:
            return compiled.evaluate(where)
        case "number":
            return compiled.as_number(where)
        case "string":
            return compiled.as_string(where)
        case "boolean":
            return compiled.as_boolean(where)
        case "nodes":
            return compiled.as_nodes(where)


def _tree(given: str | bytes | Node) -> Node:
    return given if isinstance(given, Node) else parse_document(given)


def _found(given: str | Node, top: Node, dialect: Dialect) -> Node:
    if isinstance(given, Node):
        return given
    Meter().begin_turn()
    declared = {prefix: uri for node in top.walk() for prefix, uri in (node.declared or {}).items() if prefix}
    found = compile_expression(given, namespaces=declared, dialect=dialect).as_nodes(Context(top, top))
    if not found:
        raise ExpressionError(expression_error.NO_CONTEXT, found=given)
    return found[0]


class _FixedHost(Host):
    """A host whose answers are all given beforehand, or stand in the form itself."""

    def __init__(
        self,
        form: Node,
        secondary: Mapping[str, Node],
        now: datetime | None,
        timezone: tzinfo | None,
        language: str,
    ) -> None:
        self._form = form
        self._secondary = secondary
        self._now = now
        self._timezone = timezone
        self.language = language

    def now(self) -> datetime:
        return super().now() if self._now is None else self._now

    def timezone(self) -> tzinfo | None:
        return self._timezone

    def instance(self, name: str) -> Node | None:
        found = self._secondary.get(name)
        return self._with_attribute("instance", "id", name) if found is None else found

    def itext(self, name: str, near: Node | None = None) -> str:
        translation = self._with_attribute("translation", "lang", self.language)
        for text in translation.elements("text") if translation is not None else ():
            value = text.element("value")
            if text.attribute("id") == name and value is not None:
                return value.string_value()
        return name

    def _with_attribute(self, element: str, attribute: str, value: str) -> Node | None:
        for node in self._form.walk():
            if node.name == element and node.attribute(attribute) == value:
                return node
        return None
