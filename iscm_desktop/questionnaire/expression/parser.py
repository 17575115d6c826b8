"""Tokens to a syntax tree, by precedence; nesting is bounded so that no text can exhaust the stack."""

from __future__ import annotations

from iscm_desktop.questionnaire.expression import expression_error
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError
from iscm_desktop.questionnaire.expression.lexer import Token, tokens
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
)

DEEPEST = 100
"""Levels of brackets, calls and predicates inside each other."""

_DEEPEST_OPERATORS = 180
"""Operands inside each other, brackets or not: neither reading nor evaluating an expression runs out of stack."""

_PRECEDENCE = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4,
    "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6,
}  # fmt: skip
_UNION = 8
_KINDS = frozenset({"node", "text", "comment", "processing-instruction"})
AXES = frozenset(
    [
        "ancestor",
        "ancestor-or-self",
        "attribute",
        "child",
        "descendant",
        "descendant-or-self",
        "following",
        "following-sibling",
        "namespace",
        "parent",
        "preceding",
        "preceding-sibling",
        "self",
    ]
)
_ANY = KindTest("node")


def parse(text: str) -> Syntax:
    """The syntax tree of `text`. Raises ExpressionError with the position of the first fault."""
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = tokens(text)
        self._at = 0
        self._now = self._tokens[0]
        self._level = self._inside = 0

    def whole(self) -> Syntax:
        if self._now.kind == "end":
            raise ExpressionError(expression_error.EMPTY, 0)
        found = self._expression(1)
        if self._now.kind != "end":
            raise self._unexpected()
        return found

    def _take(self) -> Token:
        token = self._now
        if token.kind != "end":
            self._at += 1
            self._now = self._tokens[self._at]
        return token

    def _is(self, *symbols: str) -> bool:
        return self._now.text in symbols  # neither names nor quoted texts can look like a symbol

    def _accept(self, symbol: str) -> bool:
        if self._now.text != symbol:
            return False
        self._take()
        return True

    def _expect(self, text: str) -> None:
        if not self._accept(text):
            raise self._unexpected(text)

    def _unexpected(self, wanted: str = "") -> ExpressionError:
        token = self._now
        if token.kind == "end":
            return ExpressionError(expression_error.UNFINISHED, token.position)
        if wanted:
            return ExpressionError(
                expression_error.NOT_EXPECTED, token.position, found=token.text, wanted=f"'{wanted}'"
            )
        return ExpressionError(expression_error.UNEXPECTED, token.position, found=token.text)

    def _expression(self, lowest: int) -> Syntax:
        """An expression whose operators all bind at least as tightly as `lowest`."""
        self._level += lowest == 1
        self._inside += 1
        if self._level > DEEPEST or self._inside > _DEEPEST_OPERATORS:
            raise ExpressionError(expression_error.TOO_DEEP, self._now.position, limit=DEEPEST)
        left = self._unary()
        while (precedence := self._operator()) >= lowest:
            left = self._chain(left, precedence)
        self._level -= lowest == 1
        self._inside -= 1
        return left

    def _operator(self) -> int:
        found = _PRECEDENCE.get(self._now.text, 0)
        return found if found and self._now.kind != "name" else 0

    def _chain(self, first: Syntax, precedence: int) -> Chain:
        operators, operands, position = [], [first], self._now.position
        while self._operator() == precedence:
            operators.append(self._take().text)
            operands.append(self._expression(precedence + 1))
        return Chain(tuple(operators), tuple(operands), position)

    def _unary(self) -> Syntax:
        minuses, position = 0, self._now.position
        while self._accept("-"):
            minuses += 1
        operand = self._union()
        if minuses == 0:
            return operand
        negated = Negation(operand, position)
        return negated if minuses % 2 else Negation(negated, position)

    def _union(self) -> Syntax:
        first = self._path()
        if not self._is("|"):
            return first
        operands, position = [first], self._now.position
        while self._accept("|"):
            operands.append(self._path())
        return Chain(("|",) * (len(operands) - 1), tuple(operands), position)

    def _path(self) -> Syntax:
        position = self._now.position
        if self._is("/", "//"):
            return self._absolute(position)
        if not self._starts_primary():
            return Path(None, False, tuple(self._steps()), position)
        primary = self._primary()
        predicates = self._predicates()
        if predicates:
            primary = Filter(primary, predicates, position)
        if not self._is("/", "//"):
            return primary
        return Path(primary, False, tuple(self._further_steps()), position)

    def _absolute(self, position: int) -> Path:
        if self._is("//"):
            return Path(None, True, tuple(self._further_steps()), position)
        self._take()
        if self._starts_step():
            return Path(None, True, tuple(self._steps()), position)
        return Path(None, True, (), position)

    def _starts_step(self) -> bool:
        return self._now.kind == "name" or self._is(".", "..", "@")

    def _starts_primary(self) -> bool:
        token, after = self._now, self._tokens[min(self._at + 1, len(self._tokens) - 1)]
        if token.kind == "name":
            is_call = after.kind == "symbol" and after.text == "("
            return is_call and token.text not in _KINDS and not token.text.endswith("*")
        return token.kind in ("number", "literal") or self._is("(")

    def _primary(self) -> Syntax:
        token = self._take()
        if token.kind == "number":
            return Number(float(token.text), token.position)
        if token.kind == "literal":
            return Literal(token.text[1:-1], token.position)
        if token.kind == "name":
            return Call(token.text, self._arguments(), token.position)
        inner = self._expression(1)
        self._expect(")")
        return inner

    def _arguments(self) -> tuple[Syntax, ...]:
        self._expect("(")
        if self._accept(")"):
            return ()
        arguments = [self._expression(1)]
        while self._accept(","):
            arguments.append(self._expression(1))
        self._expect(")")
        return tuple(arguments)

    def _predicates(self) -> tuple[Syntax, ...]:
        predicates = []
        while self._accept("["):
            predicates.append(self._expression(1))
            self._expect("]")
        return tuple(predicates)

    def _steps(self) -> list[Step]:
        return [self._step(), *self._further_steps()]

    def _further_steps(self) -> list[Step]:
        steps = []
        while self._is("/", "//"):
            token = self._take()
            if token.text == "//":
                steps.append(Step("descendant-or-self", _ANY, (), token.position))
            steps.append(self._step())
        return steps

    def _step(self) -> Step:
        position = self._now.position
        if self._accept("."):
            return Step("self", _ANY, self._predicates(), position)
        if self._accept(".."):
            return Step("parent", _ANY, self._predicates(), position)
        axis = self._axis()
        test = self._test(axis)
        return Step(axis, test, self._predicates(), position)

    def _axis(self) -> str:
        if self._accept("@"):
            return "attribute"
        after = self._tokens[min(self._at + 1, len(self._tokens) - 1)]
        if self._now.kind == "name" and after.kind == "symbol" and after.text == "::":
            token = self._take()
            self._take()
            if token.text not in AXES:
                raise ExpressionError(expression_error.UNKNOWN_AXIS, token.position, found=token.text)
            return token.text
        return "child"

    def _test(self, _axis: str) -> NameTest | KindTest:
        if self._now.kind != "name":
            raise self._unexpected()
        token = self._take()
        if not self._is("("):
            prefix, _colon, name = token.text.rpartition(":")
            return NameTest(prefix, name)
        if token.text not in _KINDS:
            raise self._unexpected()
        self._take()
        target = ""
        if token.text == "processing-instruction" and self._now.kind == "literal":
            target = self._take().text[1:-1]
        self._expect(")")
        return KindTest(token.text, target)
