"""From syntax tree to closures: each piece becomes a `Code`, chosen by what is known before evaluation."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from iscm_desktop.questionnaire.expression import expression_error, location_paths
from iscm_desktop.questionnaire.expression.comparison import comparison
from iscm_desktop.questionnaire.expression.compiled_code import (
    Code,
    First,
    as_boolean,
    as_nodes,
    as_number,
    constant,
    failing,
)
from iscm_desktop.questionnaire.expression.context import Context, Run
from iscm_desktop.questionnaire.expression.conversion import (
    Dialect,
    NumberOfText,
    number_in_xforms,
    number_in_xpath,
)
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError
from iscm_desktop.questionnaire.expression.functions import CORE, XFORMS
from iscm_desktop.questionnaire.expression.lookups import Take, column_of, looked_up, split
from iscm_desktop.questionnaire.expression.numbers import quotient, remainder
from iscm_desktop.questionnaire.expression.parser import parse
from iscm_desktop.questionnaire.expression.registry import Library
from iscm_desktop.questionnaire.expression.syntax import (
    Call,
    Chain,
    Filter,
    KindTest,
    Literal,
    NameTest,
    Negation,
    Number,
    Path,
    Step,
    Syntax,
    pieces_of,
)
from iscm_desktop.questionnaire.expression.tree import Node

_LIBRARIES: dict[Dialect, Library] = {"xpath1": CORE, "xforms": XFORMS}
_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": quotient,
    "mod": remainder,
}


class Compiler:
    """Compiles for one dialect and one set of prefixes.

    Attributes:
        of_text: How this dialect takes text as a number.
    """

    def __init__(self, dialect: Dialect, namespaces: Mapping[str, str], *, is_strict: bool) -> None:
        self.dialect = dialect
        self.namespaces = namespaces
        self.of_text: NumberOfText = number_in_xforms if dialect == "xforms" else number_in_xpath
        self._library = _LIBRARIES[dialect]
        self._is_strict = is_strict
        self._made: dict[int, tuple[Syntax, Code]] = {}
        self._level = 0  # of predicates inside each other

    def code(self, syntax: Syntax) -> Code:
        """The piece for a syntax tree; ExpressionError, with its place in the text, for what cannot be compiled.

        Each part of a predicate is compiled once, whoever asks for it: predicates inside predicates would be
        compiled twice as often at each level.
        """
        if not self._level:
            return self._code(syntax)
        key = id(syntax)
        known = self._made.get(key)
        if known is not None:
            return known[1]
        code = self._code(syntax)
        self._made[key] = syntax, code
        return code

    def _code(self, syntax: Syntax) -> Code:
        match syntax:
            case Number() | Literal():
                return constant(syntax.value)
            case Path():
                return self._path(syntax)
            case Call():
                return self._call(syntax)
            case Chain():
                return self._chain(syntax)
            case Negation():
                operand = self.code(syntax.operand)
                number = as_number(operand, self.of_text)
                return Code("number", lambda context: -number(context), is_independent=operand.is_independent)
            case Filter():
                return self._filter(syntax)

    def nodes_of_text(self, text: str, position: int) -> Callable[[Context], list[Node]]:
        """The nodes of a path that stands inside a text."""
        try:
            return as_nodes(self.code(parse(text)))
        except ExpressionError as error:
            error.position = position
            raise

    def _call(self, call: Call) -> Code:
        try:
            return self._known_call(call)
        except ExpressionError as error:
            if error.position is None:
                error.position = call.position
            if self._is_strict:
                raise
            return failing(error)

    def _known_call(self, call: Call) -> Code:
        found = self._library.get(call.name)
        if found is None:
            raise self._unknown(call)
        found.check_count(call)
        arguments = [self.code(argument) for argument in call.arguments]
        made = found.build(self, call, arguments)
        depends = found.is_volatile or found.depends_on_context(call)
        if depends or not all(code.is_independent for code in arguments):
            return made
        return Code(made.kind, made.run, made.first, made.constant, is_independent=True)

    def _unknown(self, call: Call) -> ExpressionError:
        near = difflib.get_close_matches(call.name, self._library, n=1)
        if near:
            return ExpressionError(
                expression_error.UNKNOWN_FUNCTION_NEAR, call.position, found=call.name, near=near[0]
            )
        return ExpressionError(expression_error.UNKNOWN_FUNCTION, call.position, found=call.name)

    def _chain(self, chain: Chain) -> Code:
        operands = [self.code(operand) for operand in chain.operands]
        is_independent = all(code.is_independent for code in operands)
        first = chain.operators[0]
        if first == "|":
            return Code(
                "nodes",
                location_paths.union([as_nodes(code) for code in operands]),
                None,
                None,
                is_independent,
            )
        if first in ("or", "and"):
            return Code("boolean", _logic(first, operands), None, None, is_independent)
        if first in _ARITHMETIC:
            return Code("number", self._arithmetic(chain.operators, operands), None, None, is_independent)
        made = operands[0]
        for sign, operand in zip(chain.operators, operands[1:], strict=True):
            made = Code("boolean", comparison(sign, made, operand, self.of_text), None, None, is_independent)
        return made

    def _arithmetic(self, operators: Sequence[str], operands: Sequence[Code]) -> Run:
        numbers = [as_number(code, self.of_text) for code in operands]
        first = numbers[0]
        if len(operators) == 1:
            apply, second = _ARITHMETIC[operators[0]], numbers[1]
            return lambda context: apply(first(context), second(context))
        rest = [(_ARITHMETIC[sign], number) for sign, number in zip(operators, numbers[1:], strict=True)]

        def run(context: Context) -> float:
            value = first(context)
            for apply, number in rest:
                value = apply(value, number(context))
            return value

        return run

    def _select(self, syntax: Syntax) -> location_paths.Select:
        self._level += 1
        code = self.code(syntax)
        self._level -= 1
        if isinstance(code.constant, float):
            return location_paths.fixed_position(code.constant)
        return location_paths.predicate(code, as_number(code, self.of_text), _weight_of(syntax))

    def _filter(self, syntax: Filter) -> Code:
        primary = self.code(syntax.primary)
        nodes = as_nodes(primary)
        selects = [self._select(item) for item in syntax.predicates]

        def run(context: Context) -> list[Node]:
            found = nodes(context)
            for select in selects:
                found = select(found, context)
            return found

        return Code("nodes", run, is_independent=primary.is_independent)

    def _path(self, path: Path) -> Code:
        plain = self._plain_path(path)
        if plain is not None:
            return plain
        steps = _merged(path.steps)
        takes = [(step.axis, self._take(step)) for step in steps]
        if path.start is not None:
            start = self.code(path.start)
            return Code(
                "nodes", location_paths.general(as_nodes(start), takes), None, None, start.is_independent
            )
        if path.is_absolute:
            return Code(
                "nodes", location_paths.general(lambda context: [context.root], takes), None, None, True
            )
        return Code("nodes", location_paths.general(location_paths.start_of, takes))

    def _plain_path(self, path: Path) -> Code | None:
        """A path of `.`, then `..`, then plain names: the index is all it needs."""
        ups, names = _plain(path.steps)
        if names is None or (self.dialect == "xpath1" and names) or (path.is_absolute and ups):
            return None
        if path.start is not None:
            start = self._single_start(path.start, ups)
            if start is None:
                return None
        else:
            start = (lambda context: context.root) if path.is_absolute else location_paths.upwards(ups)
        run, first = location_paths.by_names(start, names)
        return Code("nodes", run, first, None, path.is_absolute or path.start is not None)

    def _single_start(self, start: Syntax, ups: int) -> First | None:
        """Where a path begins that starts with current() or, going down only, instance('…')."""
        if not isinstance(start, Call):
            return None
        if start.name == "current" and not start.arguments:
            return location_paths.upwards_from_current(ups)
        if (
            start.name == "instance"
            and not ups
            and all(isinstance(item, Literal) for item in start.arguments)
        ):
            return self.code(start).first
        return None

    def _take(self, step: Step) -> Callable[[Node, Context], list[Node]]:
        predicates = tuple(part for item in step.predicates for part in split(item))
        selects = [self._select(item) for item in predicates]
        if self.dialect == "xforms" and step.axis == "child" and _is_plain_name(step.test):
            name = cast("NameTest", step.test).name
            walk = location_paths.children_named(name, selects)
            return self._lookup(name, predicates, selects, walk) or walk
        return location_paths.step(
            step.axis, location_paths.step_test(step, self.namespaces, self.dialect), selects
        )

    def _lookup(
        self, name: str, predicates: Sequence[Syntax], selects: Sequence[location_paths.Select], walk: Take
    ) -> Take | None:
        """The step through a table of the list, where its first predicate is "column = value"."""
        first = predicates[0] if predicates else None
        if not isinstance(first, Chain) or first.operators != ("=",):
            return None
        for column, other in (first.operands, first.operands[::-1]):
            found, value = column_of(column), self.code(other)
            if found is not None and value.is_independent:
                return looked_up(name, found, value, selects[1:], walk)
        return None


def _logic(sign: str, operands: Sequence[Code]) -> Run:
    truths = [as_boolean(code) for code in operands]
    if len(truths) == 2:
        left, right = truths
        if sign == "or":
            return lambda context: left(context) or right(context)
        return lambda context: left(context) and right(context)
    wanted = sign == "or"

    def run(context: Context) -> bool:
        for truth in truths:
            if truth(context) is wanted:
                return wanted
        return not wanted

    return run


def _is_plain_name(test: NameTest | KindTest) -> bool:
    return isinstance(test, NameTest) and not test.prefix and test.name != "*"


def _plain(steps: Sequence[Step]) -> tuple[int, tuple[str, ...] | None]:
    """How often the steps go up and the names they then go down by; names None: they do more than that."""
    ups, names = 0, list[str]()
    for step in steps:
        is_any = step.test == KindTest("node")
        if step.predicates:
            return 0, None
        if step.axis == "self" and is_any:
            continue
        if step.axis == "parent" and is_any and not names:
            ups += 1
        elif step.axis == "child" and _is_plain_name(step.test):
            names.append(cast("NameTest", step.test).name)
        else:
            return 0, None
    return ups, tuple(names)


def _merged(steps: Sequence[Step]) -> list[Step]:
    """Steps with "//a" taken as descendant::a where it has no predicate: one walk instead of two."""
    merged: list[Step] = []
    for step in steps:
        before = merged[-1] if merged else None
        if (
            before is not None
            and before.axis == "descendant-or-self"
            and before.test == KindTest("node")
            and not before.predicates
            and step.axis == "child"
            and not step.predicates
        ):
            merged[-1] = Step("descendant", step.test, (), step.position)
        else:
            merged.append(step)
    return merged


def _weight_of(predicate: Syntax) -> int:
    """Steps of trying a predicate on one node: functions, such as those for dates, take longer than comparisons."""
    pieces = tuple(pieces_of(predicate))
    return 1 + (len(pieces) >> 2) + sum(isinstance(piece, Call) for piece in pieces)
