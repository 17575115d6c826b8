"""What expressions of one response may ask for: lists, labels, texts, the clock, chance."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timezone, tzinfo
from functools import lru_cache

from iscm_desktop.questionnaire.expression import (
    Context,
    Expression,
    ExpressionError,
    Host,
    Node,
    NodeKind,
    compile_expression,
    expression_error,
    parse_document,
    row_list,
)
from iscm_desktop.questionnaire.expression.budget import LONGEST_TEXT, STEPS, Meter, weight_of
from iscm_desktop.questionnaire.expression.expression_error import TooMuch
from iscm_desktop.questionnaire.form_paths import TemplatePath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Language, Output, Question, Translations
from iscm_desktop.questionnaire.reading.secondary_instances import LAST_SAVED
from iscm_desktop.questionnaire.rules import Aspect, Rule
from iscm_desktop.session.excesses import Excesses
from iscm_desktop.session.response_tree import RepeatSeries, ResponseCell
from iscm_desktop.session.views import ChoiceView


class SessionHost(Host):
    """The host of a session's expressions, and the writer of its labels.

    Attributes:
        offered_at: What a question offers, near a node; the engine, which knows the tree, sets it.
        meter: Counts the steps of this session's expressions.
        excesses: The rules that are too much.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        document: Node,
        language: str,
        clock: Callable[[], datetime],
        last_saved: str | None = None,
    ) -> None:
        self.form_language = language
        self._questionnaire = questionnaire
        self._document = document
        self._clock = clock
        self._last_saved = Node(NodeKind.ROOT) if last_saved is None else parse_document(last_saved)
        self._expressions: dict[str, Expression] = {}
        self.meter = Meter()
        self.excesses = Excesses()
        self.offered_at: Callable[[TemplatePath, Node], tuple[ChoiceView, ...]] = _nothing_offered

    @property
    def language(self) -> str:  # type: ignore[override] # a form may be switched to another language at any time
        """The code of the language in which the form is shown now, "en" where its name has no code."""
        return language_code(self.form_language)

    def now(self) -> datetime:
        """The time by the session's clock, with its zone."""
        return self._clock()

    def timezone(self) -> tzinfo | None:
        """The clock's zone where it has a name; a mere offset would be an hour off half of the year."""
        zone = self._clock().tzinfo
        return None if isinstance(zone, timezone) and zone is not UTC else zone

    def random(self) -> float:
        """From 0 up to, but not including, 1; another number at each call."""
        return random.random()  # noqa: S311 - the order of choices, nothing secret

    def instance(self, name: str) -> Node | None:
        """The node above a secondary instance's topmost element; None where the form has none of that name."""
        if self._questionnaire.secondary.get(name) == LAST_SAVED:
            return self._last_saved
        return secondary_tree(self._questionnaire, name)

    def itext(self, name: str, near: Node | None = None) -> str:
        """The form's text of that id in the session's language; "" where it has none."""
        with self.meter.inside():
            return self.worded(self._questionnaire.itext.get(name, {}), near)

    def choice_label(self, template: tuple[str, ...], value: str, context: Node) -> str:
        """The label of a choice of the question at `template`; the value itself where no question is there."""
        path = TemplatePath("/".join(template[1:]))
        item = self._questionnaire.item(path) if path in self._questionnaire else None
        if not isinstance(item, Question):
            return value
        choice = self._questionnaire.choice(item, value)
        if choice is not None:
            return self.worded(choice.label, None) or value
        with self.meter.inside():
            offered = self.offered_at(path, context)
        self.meter.take(1 + (len(offered) >> 3))
        return next((each.label for each in offered if each.value == value), "")

    def expression(self, text: str) -> Expression:
        """The expression compiled, once for the session."""
        found = self._expressions.get(text)
        if found is None:
            found = compile_expression(text, namespaces=self._questionnaire.namespaces)
            self._expressions[text] = found
        return found

    def truth(self, rule: Rule, cell: ResponseCell | RepeatSeries, *, otherwise: bool) -> bool:
        """What a rule says at a cell; `otherwise` where it cannot be told or is too much, which is noted."""
        try:
            found = rule.expression.as_boolean(self.context(cell.node, rule.weight))
        except TooMuch as error:
            self.excesses.note(cell, rule.key, error)
            return otherwise
        except ExpressionError:
            return otherwise
        if self.excesses.found:
            self.excesses.clear(cell, rule.key)
        return found

    def context(self, node: Node, weight: int = 4) -> Context:
        """What an expression is evaluated in when it stands at `node`.

        Raises:
            TooMuch: all steps that there are for what was asked of the session have been made.
        """
        meter = self.meter  # as Meter.begin does, without the call: there are dozens of these for each key
        meter.spent = spent = meter.spent + weight
        meter.limit = spent + STEPS
        if spent > meter.turn_end:
            meter.begin(0)
        return Context(node, self._document, self)

    def worded(self, texts: Translations, node: Node | None) -> str:
        """A text in the session's language, else in the form's own, else in any; with its values filled in.

        Args:
            node: Where the values are looked up; without one they are left out.
        """
        if not texts:
            return ""
        pieces = texts.get(self.form_language) or texts.get(self._questionnaire.default_language)
        if pieces is None:
            pieces = next(iter(texts.values()))
        if len(pieces) == 1 and isinstance(pieces[0], str):
            return pieces[0]
        return self._joined(pieces, node)

    def _joined(self, pieces: Sequence[str | Output], node: Node | None) -> str:
        """The pieces as one text; of values that would make it too long together, the last are left out."""
        shown: list[str] = []
        length = 0
        for piece in pieces:
            text = self._shown(piece, node)
            if length + len(text) > LONGEST_TEXT and isinstance(piece, Output):
                self._note_label(piece, node, TooMuch(expression_error.TOO_LONG_A_TEXT, limit=LONGEST_TEXT))
                continue
            shown.append(text)
            length += len(text)
        return "".join(shown)

    def _shown(self, piece: str | Output, node: Node | None) -> str:
        if isinstance(piece, str):
            return piece
        if node is None:
            return ""
        try:
            text = self.expression(piece.expression).as_string(
                self.context(node, weight_of(piece.expression))
            )
        except TooMuch as error:
            self._note_label(piece, node, error)
            return ""
        except ExpressionError:  # told as a fault of the form
            return ""
        if self.excesses.found and isinstance(node.data, ResponseCell):
            self.excesses.clear(node.data, (Aspect.LABEL, piece.expression))
        return text

    def _note_label(self, piece: Output, node: Node | None, error: TooMuch) -> None:
        if node is not None and isinstance(node.data, ResponseCell):
            self.excesses.note(node.data, (Aspect.LABEL, piece.expression), error)


def _nothing_offered(_path: TemplatePath, _near: Node) -> tuple[ChoiceView, ...]:
    return ()


@lru_cache(maxsize=64)
def language_code(form_language: str) -> str:
    """ "fr" of "French (fr)"; English where a form's language says no code."""
    code = form_language.rpartition("(")[2].rstrip(") ").strip().lower()
    return code if 2 <= len(code) <= 3 and code.isalpha() else "en"


def chosen_language(questionnaire: Questionnaire, wanted: str | None) -> Language:
    """The form's language that a name or a code means; the form's own where it has no such language."""
    if wanted in questionnaire.languages:
        return str(wanted)
    fitting = (name for name in questionnaire.languages if wanted and language_code(name) == wanted.lower())
    return next(fitting, questionnaire.default_language)


def secondary_tree(questionnaire: Questionnaire, name: str) -> Node | None:
    """The node above a secondary instance's topmost element, made once; its items know their choices."""
    xml = questionnaire.secondary.get(name)
    if xml is None:
        return None
    trees = questionnaire.memo.setdefault("secondary", {})
    if not isinstance(trees, dict):
        raise TypeError("the questionnaire's memo is used for two things")
    found: Node | None = trees.get(name)
    if found is None:
        choices = questionnaire.choice_lists.get(name, ())

        def introduce(place: int, item: Node) -> None:
            item.data = choices[place] if place < len(choices) else None

        found = row_list(xml, introduce)
        if found is None:
            found = parse_document(xml)
            _introduce_all(found, introduce)
        trees[name] = found
    return found


def _introduce_all(tree: Node, introduce: Callable[[int, Node], None]) -> None:
    root = tree.element("root")
    for place, item in enumerate([] if root is None else root.elements("item")):
        introduce(place, item)
