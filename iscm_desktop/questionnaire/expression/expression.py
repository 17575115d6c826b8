"""Expressions as the rest of the program uses them: compiled once, evaluated often, asked what they read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from functools import lru_cache

from . import fault
from .code import as_boolean, as_nodes, as_number, as_string
from .compiler import Compiler
from .context import Context, Host, Value
from .document import parse_document
from .fault import ExpressionError
from .parser import parse
from .references import References, references
from .tree import Node
from .values import Dialect


class Expression:
    """An expression compiled to closures; free of state, so one serves all sessions and threads.

    Attributes:
        text: As the form writes it.
        evaluate, as_string, as_boolean, as_number, as_nodes: Take a Context and return the value, in its own type
            or turned into another by XPath's rules. as_nodes raises ExpressionError where the value is no path.
    """

    __slots__ = ("_syntax", "as_boolean", "as_nodes", "as_number", "as_string", "evaluate", "text")

    def __init__(self, text: str, compiler: Compiler) -> None:
        self.text = text
        self._syntax = parse(text)
        code = compiler.code(self._syntax)
        self.evaluate = code.run
        self.as_string = as_string(code)
        self.as_boolean = as_boolean(code)
        self.as_number = as_number(code, compiler.of_text)
        self.as_nodes = as_nodes(code) if code.kind in ("nodes", "any") else _no_nodes

    def references(self, context_path: tuple[str, ...]) -> References:
        """What it reads when its context is the node at `context_path`, as names from the topmost element."""
        return references(self._syntax, context_path)

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


def _no_nodes(_context: Context) -> list[Node]:
    raise ExpressionError(fault.NO_NODES)


def compile_expression(
    text: str,
    *,
    namespaces: Mapping[str, str] = {},
    dialect: Dialect = "xforms",
    is_strict: bool = True,
) -> Expression:
    """Compiles an expression; the same text is compiled once.

    Args:
        namespaces: Prefixes that names in it may have.
        dialect: "xpath1" knows XPath 1.0 only, and takes names without prefix as names in no namespace.
        is_strict: Refuses unknown functions and wrong numbers of arguments at once. Otherwise they are refused when
            evaluation comes to them, as engines do that compile nothing.

    Raises:
        ExpressionError: with the position in the text where it stops making sense.
    """
    return _compiled(text, tuple(sorted(namespaces.items())), dialect, is_strict)


@lru_cache(maxsize=20_000)
def _compiled(
    text: str, prefixes: tuple[tuple[str, str], ...], dialect: Dialect, is_strict: bool
) -> Expression:
    return Expression(text, Compiler(dialect, dict(prefixes), is_strict=is_strict))


class _FixedHost(Host):
    """Surroundings that are all given beforehand."""

    def __init__(self, secondary: Mapping[str, Node], now: datetime | None, timezone: tzinfo | None) -> None:
        self._secondary = secondary
        self._now = now
        self._timezone = timezone

    def now(self) -> datetime:
        return super().now() if self._now is None else self._now

    def timezone(self) -> tzinfo | None:
        return self._timezone

    def instance(self, name: str) -> Node | None:
        return self._secondary.get(name)


def evaluate(
    expression: str,
    instance: str | bytes | Node = "<data/>",
    *,
    context: str | Node | None = None,
    root: Node | None = None,
    secondary: Mapping[str, str | bytes | Node] = {},
    namespaces: Mapping[str, str] = {},
    now: datetime | None = None,
    timezone: tzinfo | None = None,
    dialect: Dialect = "xforms",
    host: Host | None = None,
) -> Value:
    """Evaluates an expression against an XML instance, in one call.

    Args:
        instance: The primary instance: XML text, or a tree from parse_document.
        context: The context node: a node of the tree, or an XPath that finds it; the root node if None.
        root: The node that "/" means; the tree's own root if None.
        secondary: Secondary instances by id, as XML text or as the node above their topmost element.
        now: What now() and today() say, with a time zone; the clock if None.
        timezone: Zone of dates that name none; this computer's if None.
        host: Surroundings of the caller's own, in place of secondary, now and timezone.

    Returns:
        A number, text, truth value, or list of nodes in document order.

    Raises:
        ExpressionError: the expression cannot be read, or evaluation came to a function that is not known.
        DocumentError: a text is not XML.
    """
    tree = instance if isinstance(instance, Node) else parse_document(instance)
    top = tree.root() if root is None else root
    node = top if context is None else _context_node(context, top, namespaces, dialect)
    if host is None:
        tables = {name: _tree(table) for name, table in secondary.items()}
        host = _FixedHost(tables, now, timezone)
    compiled = compile_expression(expression, namespaces=namespaces, dialect=dialect, is_strict=False)
    return compiled.evaluate(Context(node, top, host))


def _tree(given: str | bytes | Node) -> Node:
    return given if isinstance(given, Node) else parse_document(given)


def _context_node(given: str | Node, top: Node, namespaces: Mapping[str, str], dialect: Dialect) -> Node:
    if isinstance(given, Node):
        return given
    found = compile_expression(given, namespaces=namespaces, dialect=dialect).as_nodes(Context(top, top))
    if not found:
        raise ExpressionError(fault.NO_CONTEXT, found=given)
    return found[0]
