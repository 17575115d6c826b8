"""What expressions of one response may ask for: lists, labels, texts, the clock, chance."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timezone, tzinfo

from iscm_desktop.questionnaire.expression import (
    Context,
    Expression,
    ExpressionError,
    Host,
    Node,
    NodeKind,
    compile_expression,
    parse_document,
    row_list,
)
from iscm_desktop.questionnaire.form_paths import TemplatePath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Language, Output, Question, Translations
from iscm_desktop.questionnaire.reading.secondary_instances import LAST_SAVED
from iscm_desktop.session.views import ChoiceView


class SessionHost(Host):
    """The host of a session's expressions, and the writer of its labels.

    Attributes:
        offered_at: What a question offers, near a node; the engine, which knows the tree, sets it.
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
        return next((each.label for each in self.offered_at(path, context) if each.value == value), "")

    def expression(self, text: str) -> Expression:
        """The expression compiled, once for the session."""
        found = self._expressions.get(text)
        if found is None:
            found = compile_expression(text, namespaces=self._questionnaire.namespaces)
            self._expressions[text] = found
        return found

    def context(self, node: Node) -> Context:
        """What an expression is evaluated in when it stands at `node`."""
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
        return "".join(self._shown(piece, node) for piece in pieces)

    def _shown(self, piece: str | Output, node: Node | None) -> str:
        if isinstance(piece, str):
            return piece
        if node is None:
            return ""
        try:
            return self.expression(piece.expression).as_string(self.context(node))
        except ExpressionError:  # told as a fault of the form
            return ""


def _nothing_offered(_path: TemplatePath, _near: Node) -> tuple[ChoiceView, ...]:
    return ()


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
