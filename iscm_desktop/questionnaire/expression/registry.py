"""How functions are declared: with typed parameters, so that arguments are converted and counted once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from iscm_desktop.questionnaire.expression import expression_error
from iscm_desktop.questionnaire.expression.compiled_code import (
    Code,
    Kind,
    as_boolean,
    as_nodes,
    as_number,
    as_string,
    first_node,
)
from iscm_desktop.questionnaire.expression.context import Context, Run
from iscm_desktop.questionnaire.expression.conversion import NumberOfText
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError
from iscm_desktop.questionnaire.expression.syntax import Call
from iscm_desktop.questionnaire.expression.tree import Node

ContextUse = Literal["never", "always", "bare"]


class CallCompiler(Protocol):
    """What a function may ask of the compiler that is putting a call of it into an expression.

    Attributes:
        of_text: How this dialect takes text as a number.
    """

    of_text: NumberOfText

    def nodes_of_text(self, text: str, position: int) -> Callable[[Context], list[Node]]:
        """The nodes of a path that stands inside a text; errors are told at `position`."""


Build = Callable[[CallCompiler, Call, Sequence[Code]], Code]


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language.

    Attributes:
        least, most: How many arguments it takes; most None: any number.
        is_volatile: Its value changes though nothing it reads does (now(), random()).
        reads_context: Whether its value depends on the context node, position or size beyond its arguments:
            never, always, or bare (when it has no arguments).
        takes_pairs_after: The arguments after this many come in pairs; -1: no pairs.
    """

    name: str
    least: int
    most: int | None
    build: Build
    is_volatile: bool = False
    reads_context: ContextUse = "never"
    takes_pairs_after: int = -1

    def depends_on_context(self, call: Call) -> bool:
        """Whether this call gives other values at other context nodes, whatever its arguments give."""
        return self.reads_context == "always" or (self.reads_context == "bare" and not call.arguments)

    def check_count(self, call: Call) -> None:
        """Raises an ExpressionError, with its place, for a number of arguments that the function cannot take."""
        found = len(call.arguments)
        if found < self.least:
            raise ExpressionError(
                expression_error.TOO_FEW_ARGUMENTS,
                call.position,
                function=call.name,
                wanted=self.least,
                found=found,
            )
        if self.most is not None and found > self.most:
            raise ExpressionError(
                expression_error.TOO_MANY_ARGUMENTS,
                call.position,
                function=call.name,
                wanted=self.most,
                found=found,
            )
        if self.takes_pairs_after >= 0 and (found - self.takes_pairs_after) % 2:
            raise ExpressionError(expression_error.UNPAIRED_ARGUMENTS, call.position, function=call.name)


Library = dict[str, Function]

CONTEXT_NODE = Code("nodes", lambda context: [context.node], first=lambda context: context.node)


@dataclass(frozen=True, slots=True)
class _Parameters:
    """What a function takes, read from its declaration; see `function`."""

    types: tuple[str, ...]
    least: int
    most: int | None
    may_be_bare: bool  # a lone one, which is the context node where it is left out

    @classmethod
    def from_text(cls, text: str) -> _Parameters:
        types = text.split()
        least = sum(not item.endswith(("?", "*", ".")) for item in types)
        most = None if types and types[-1].endswith("*") else len(types)
        return cls(tuple(item.rstrip("?*.") for item in types), least, most, text.endswith("."))

    def readers(self, compiler: CallCompiler, given: Sequence[Code]) -> list[Callable[[Context], Any]]:
        arguments = given or ([CONTEXT_NODE] if self.may_be_bare else [])
        last = len(self.types) - 1  # any number of arguments may be of the last type
        return [_reader(compiler, self.types[min(place, last)], code) for place, code in enumerate(arguments)]


def function(
    library: Library,
    name: str,
    parameters: str,
    returns: Kind,
    *,
    with_context: bool = False,
    is_volatile: bool = False,
    reads_context: ContextUse = "never",
    pairs_after: int = -1,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declares a plain Python function as one of the language.

    Args:
        parameters: Types separated by spaces: string number boolean nodes node value. "?" follows one that
            may be left out (then nothing is passed for it), "*" the last one where any number may come,
            "." a lone one that is the context node where it is left out.
        with_context: The function gets the Context as its first argument.
    """
    taken = _Parameters.from_text(parameters)

    def declare(plain: Callable[..., Any]) -> Callable[..., Any]:
        def build(compiler: CallCompiler, _call: Call, arguments: Sequence[Code]) -> Code:
            return Code(returns, _applied(plain, taken.readers(compiler, arguments), with_context))

        use: ContextUse = "bare" if taken.may_be_bare else reads_context
        library[name] = Function(name, taken.least, taken.most, build, is_volatile, use, pairs_after)
        return plain

    return declare


def special(
    library: Library,
    name: str,
    least: int,
    most: int | None,
    *,
    is_volatile: bool = False,
    reads_context: ContextUse = "never",
    pairs_after: int = -1,
) -> Callable[[Build], Build]:
    """Declares a function that builds its closure itself: one that does not evaluate all its arguments."""

    def declare(build: Build) -> Build:
        library[name] = Function(name, least, most, build, is_volatile, reads_context, pairs_after)
        return build

    return declare


def _reader(compiler: CallCompiler, wanted: str, code: Code) -> Callable[[Context], Any]:
    if wanted == "string":
        return as_string(code)
    if wanted == "number":
        return as_number(code, compiler.of_text)
    if wanted == "boolean":
        return as_boolean(code)
    if wanted == "nodes":
        return as_nodes(code)
    if wanted == "node":
        return first_node(code)
    return code.run


def _applied(
    plain: Callable[..., Any], readers: Sequence[Callable[[Context], Any]], with_context: bool
) -> Run:
    """`plain` over its arguments; the common counts are spelled out, which halves the cost of a call."""
    if with_context:
        return lambda context: plain(context, *[reader(context) for reader in readers])
    if not readers:
        return lambda _context: plain()
    if len(readers) == 1:
        (one,) = readers
        return lambda context: plain(one(context))
    if len(readers) == 2:
        left, right = readers
        return lambda context: plain(left(context), right(context))
    return lambda context: plain(*[reader(context) for reader in readers])


__all__ = ["CONTEXT_NODE", "Build", "CallCompiler", "Function", "Library", "function", "special"]
