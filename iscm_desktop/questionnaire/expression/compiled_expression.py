"""Expressions as the rest of the program uses them: compiled once, evaluated often, asked what they read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from iscm_desktop.questionnaire.expression import expression_error
from iscm_desktop.questionnaire.expression.compiled_code import as_boolean, as_nodes, as_number, as_string
from iscm_desktop.questionnaire.expression.compiler import Compiler
from iscm_desktop.questionnaire.expression.context import Context
from iscm_desktop.questionnaire.expression.conversion import Dialect
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError
from iscm_desktop.questionnaire.expression.parser import parse
from iscm_desktop.questionnaire.expression.references import References, references
from iscm_desktop.questionnaire.expression.syntax import Call, Literal, Syntax, pieces_of
from iscm_desktop.questionnaire.expression.tree import Node


class Expression:
    """An expression compiled to closures; free of state, so one serves all sessions and threads.

    Attributes:
        text: As the form writes it.
        evaluate, as_string, as_boolean, as_number, as_nodes: Take a Context and return the value, in its own
            type or turned into another by XPath's rules. as_nodes raises ExpressionError for what is no path.
    """

    __slots__ = ("_syntax", "as_boolean", "as_nodes", "as_number", "as_string", "evaluate", "text")

    def __init__(self, text: str, syntax: Syntax, compiler: Compiler) -> None:
        self.text = text
        self._syntax = syntax
        code = compiler.code(self._syntax)
        self.evaluate = code.run
        self.as_string = as_string(code)
        self.as_boolean = as_boolean(code)
        self.as_number = as_number(code, compiler.of_text)
        self.as_nodes = as_nodes(code) if code.kind in ("nodes", "any") else _no_nodes

    def references(self, context_path: tuple[str, ...]) -> References:
        """What it reads when its context is the node at `context_path`, as names from the topmost element."""
        return references(self._syntax, context_path)

    def patterns(self) -> tuple[str, ...]:
        """The regular expressions that are written into it, as they stand; what answers give is not among them."""
        calls = (each for each in pieces_of(self._syntax) if isinstance(each, Call) and each.name == "regex")
        written = (part for call in calls for part in call.arguments[1:])
        return tuple(part.value for part in written if isinstance(part, Literal))

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


def _no_nodes(_context: Context) -> list[Node]:
    raise ExpressionError(expression_error.NO_NODES)


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
        is_strict: Refuses unknown functions and wrong numbers of arguments at once. Otherwise they are
            refused when evaluation comes to them, as engines do that compile nothing.

    Raises:
        ExpressionError: with the position in the text where it stops making sense.
    """
    return _compiled(text, tuple(sorted(namespaces.items())), dialect, is_strict)


@lru_cache(maxsize=20_000)
def _compiled(
    text: str,
    prefixes: tuple[tuple[str, str], ...],
    dialect: Dialect,
    is_strict: bool,
) -> Expression:
    return Expression(text, parse(text), Compiler(dialect, dict(prefixes), is_strict=is_strict))
