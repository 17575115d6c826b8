"""Applies the rules of consistency to the trees of a round; what does not hold is a contradiction.

Rules come from whoever wrote the questionnaire, strangers too. Each has a budget of steps for the whole round, which
grows with the answers that it looks at; a rule beyond it is stopped, and said to be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.consistency_rule import LAST_ROUND, OTHER, REGISTER
from iscm_desktop.questionnaire.expression import Context, Expression, ExpressionError, Host, Node, NodeKind
from iscm_desktop.questionnaire.expression.budget import Meter, weight_of
from iscm_desktop.questionnaire.expression.expression_error import TooMuch
from iscm_desktop.questionnaire.form_paths import FORM_ROOT, TemplatePath, last_name
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, walk
from iscm_desktop.questionnaire.model import Question
from iscm_desktop.questionnaire.rule_expressions import CompiledRule, compiled_rules
from iscm_desktop.session.expression_host import secondary_tree
from iscm_desktop.task_progress import UNWATCHED, TaskProgress
from iscm_desktop.workspace.consistency.answer_tree import AnswerTree

MOST_CONTRADICTIONS = 2_000
"""That one rule may find: beyond that the rule is wrong, or the round has another trouble."""

MOST_STEPS = 100_000_000
"""Of all rules together in one application: about a minute."""

_STOPPED = N_("The rule was stopped: {reason} What it found before is shown.")
_FAILED = N_("The rule cannot be applied: {reason}")
_MANY = N_("The rule finds more than {limit} contradictions. The first of them are shown.")
_TOGETHER = N_("The rules of this round together ask for more than can be worked out. This one was stopped.")
_NO_FORM = N_("it compares with the questionnaire '{form}', and this computer has none of that id.")
_NO_ITEM = N_("the questionnaire '{form}' has no question '{found}'.")
_TWO_ITEMS = N_("the questionnaire '{form}' has several questions '{found}'.")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A rule that does not hold for one answer."""

    rule: CompiledRule
    tree: AnswerTree
    node: Node
    others: tuple[Node, ...]  # what it was compared with; () for an answer that is odd by itself
    lacking: tuple[AnswerTree, ...] = ()  # responses on the other side, where none of them has an answer
    lacks: TemplatePath = FORM_ROOT  # what these do not answer


@dataclass(frozen=True, slots=True)
class RuleTrouble:
    """A rule that could not be applied to the end."""

    form_id: str
    rule: str
    title: str
    sentence: str


class RoundHost(Host):
    """What rules may ask for: the lists of their form, all answers of the round, those of last round.

    Attributes:
        questionnaire: Whose rules are being applied.
        other: What `instance('other')` means now.
        last_round: What `instance('last_round')` means now.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._round: dict[str, Node] = {}
        self.questionnaire: Questionnaire | None = None
        self.other: Node | None = None
        self.last_round: Node | None = None

    def put_round(self, trees: Mapping[str, Sequence[AnswerTree]]) -> None:
        """The responses of the round, by form id: `instance('state')/state` are those to the questionnaire `state`."""
        self._round = {form_id: _gathered([one.root for one in each]) for form_id, each in trees.items()}

    def now(self) -> datetime:
        """The time by the workspace's clock."""
        return self._clock()

    def choice_label(self, template: tuple[str, ...], value: str, context: Node) -> str:
        """In the questionnaire's own language; the value itself where no question is there."""
        form, path = self.questionnaire, TemplatePath("/".join(template[1:]))
        item = form.item(path) if form is not None and path in form else None
        choice = form.choice(item, value) if form is not None and isinstance(item, Question) else None
        text = choice.label.get(form.default_language, ()) if form is not None and choice is not None else ()
        return "".join(piece for piece in text if isinstance(piece, str)) or value

    def instance(self, name: str) -> Node | None:
        """The other side, the earlier response, the responses of a questionnaire, or a list of the form."""
        if name == OTHER:
            return self.other
        if name == LAST_ROUND:
            return self.last_round or Node(NodeKind.ROOT)
        found = self._round.get(name)
        if found is None and self.questionnaire is not None:
            found = secondary_tree(self.questionnaire, name)
        return found


def _gathered(nodes: Iterable[Node]) -> Node:
    """A root above nodes that keep their own parents, so that the way from each of them upwards stays."""
    made = Node(NodeKind.ROOT)
    made.children.extend(nodes)
    return made


@dataclass(slots=True)
class RuleApplication:
    """One round, and last round where there was one."""

    questionnaires: Mapping[str, Questionnaire]  # by form id: those whose rules are applied
    trees: Mapping[str, Sequence[AnswerTree]]  # of the round, by form id
    earlier: Mapping[tuple[str, str], AnswerTree]  # by form id and respondent
    host: RoundHost
    troubles: list[RuleTrouble] = field(default_factory=list)
    _spent: int = 0
    _by_code: dict[str, dict[str, AnswerTree]] = field(default_factory=dict)
    _by_name: dict[str, dict[str, AnswerTree]] = field(default_factory=dict)

    def contradictions(self, progress: TaskProgress = UNWATCHED) -> Iterator[Contradiction]:
        """All that does not hold, rule by rule; what was found is complete only where nobody stopped it."""
        self.host.put_round(self.trees)
        for form_id, trees in self.trees.items():
            self._by_code[form_id] = {tree.whose.respondent: tree for tree in trees}
        work = [
            (form_id, rule, self.trees.get(form_id, ()))
            for form_id, form in self.questionnaires.items()
            for rule in compiled_rules(form)
        ]
        total, done = sum(len(trees) for _form, _rule, trees in work), 0
        for form_id, rule, trees in work:
            self.host.questionnaire = self.questionnaires[form_id]
            yield from self._found_by(form_id, rule, trees, progress)
            done += len(trees)
            progress.report(done, total)
            if progress.should_stop():
                return

    def _found_by(
        self, form_id: str, rule: CompiledRule, trees: Sequence[AnswerTree], progress: TaskProgress
    ) -> Iterator[Contradiction]:
        found, meter = 0, Meter()
        meter.begin_turn()
        try:
            comparing = _Comparison(rule, self, meter)
            for tree in trees:
                if progress.should_stop():
                    return
                if self._spent + meter.spent > MOST_STEPS:
                    self._note(form_id, rule, _(_TOGETHER))
                    return
                for node in tuple(tree.by_template.get(rule.item.path, ())):
                    meter.glance()
                    for one in comparing.contradictions(tree, node):
                        found += 1
                        if found > MOST_CONTRADICTIONS:
                            self._note(form_id, rule, _(_MANY).format(limit=MOST_CONTRADICTIONS))
                            return
                        yield one
        except TooMuch as error:
            self._note(form_id, rule, _(_STOPPED).format(reason=error))
        except ExpressionError as error:
            self._note(form_id, rule, _(_FAILED).format(reason=error))
        finally:
            self._spent += meter.spent

    def _note(self, form_id: str, rule: CompiledRule, sentence: str) -> None:
        self.troubles.append(
            RuleTrouble(form_id, rule.rule.name, rule.rule.worded(self.host.language), sentence)
        )

    def template(self, form_id: str, name: str) -> TemplatePath:
        """Where a question, group or repeat of another questionnaire lies.

        Raises:
            ExpressionError: this computer does not know that questionnaire, or it has no such item, or several.
        """
        form = self.questionnaires.get(form_id)
        if form is None:
            raise ExpressionError(_NO_FORM, form=form_id)
        found = [item.path for item in walk(form.items) if last_name(item.path) == name]
        if len(found) != 1:
            raise ExpressionError(_TWO_ITEMS if found else _NO_ITEM, form=form_id, found=name)
        return found[0]

    def responses_of(self, form_id: str, whose: Sequence[str]) -> list[AnswerTree]:
        """The responses of the round by whom texts mean: codes, several with blanks between, or names."""
        by_code = self._by_code.get(form_id, {})
        found: dict[str, AnswerTree] = {}
        for text in whose:
            tree = by_code.get(registers.respondent_code(form_id, text)) or self._named(form_id).get(
                text.strip().casefold()
            )
            codes = (by_code.get(code) for code in text.split())
            for one in (tree,) if tree else codes:
                if one is not None:
                    found[one.whose.response] = one
        return list(found.values())

    def everybody(self, form_id: str, but: AnswerTree) -> list[AnswerTree]:
        """All who answer a questionnaire in the round, but the response itself."""
        return [tree for tree in self.trees.get(form_id, ()) if tree is not but]

    def _named(self, form_id: str) -> dict[str, AnswerTree]:
        if form_id not in self._by_name:
            self._by_name[form_id] = {
                registers.respondent_name(form_id, tree.whose.respondent, language).casefold(): tree
                for tree in self.trees.get(form_id, ())
                for language in ("en", "fr", "es", "ar", "ru", "zh")
            }
        return self._by_name[form_id]


@dataclass(slots=True)
class _Comparison:
    """One rule at work."""

    rule: CompiledRule
    round: RuleApplication
    meter: Meter
    _template: TemplatePath = FORM_ROOT

    def __post_init__(self) -> None:
        said = self.rule.rule
        if said.against == LAST_ROUND:
            name = said.other or said.question
            form_id = self.round.host.questionnaire.form_id if self.round.host.questionnaire else ""
            self._template = self.round.template(form_id, name)
        elif said.against and said.against != REGISTER:
            self._template = self.round.template(said.against, said.other)

    def contradictions(self, tree: AnswerTree, node: Node) -> Iterator[Contradiction]:
        """Those of one answer."""
        host, rule = self.round.host, self.rule
        host.other = None
        host.last_round = self._last_round_of(tree)
        if rule.relevant is not None and not rule.relevant.as_boolean(self._at(rule.relevant, node, tree)):
            return
        if not rule.rule.against:
            if not self._holds(tree, node):
                yield Contradiction(rule, tree, node, ())
            return
        sought = self._sought(tree, node)
        others = self._others(tree, node, sought)
        if not rule.rule.is_together:
            for other in others:
                host.other = other
                if not self._holds(tree, node):
                    yield Contradiction(rule, tree, node, (other,))
            return
        if not sought and not others:
            return  # nobody is here who could contradict
        host.other = _gathered(others)
        if not self._holds(tree, node):
            lacking = () if others else tuple(sought)
            yield Contradiction(rule, tree, node, tuple(others), lacking, self._template)

    def _last_round_of(self, tree: AnswerTree) -> Node | None:
        found = self.round.earlier.get((tree.whose.form_id, tree.whose.respondent))
        return None if found is None else found.top

    def _sought(self, tree: AnswerTree, node: Node) -> list[AnswerTree]:
        """The responses on the other side."""
        said, round_ = self.rule.rule, self.round
        if said.against == REGISTER:
            return []
        if said.against == LAST_ROUND:
            found = round_.earlier.get((tree.whose.form_id, tree.whose.respondent))
            return [] if found is None else [found]
        if self.rule.whose is None:
            return round_.everybody(said.against, tree)
        value = self.rule.whose.evaluate(self._at(self.rule.whose, node, tree))
        texts = [each.string_value() for each in value] if isinstance(value, list) else [str(value)]
        return round_.responses_of(said.against, [text for text in texts if text.strip()])

    def _others(self, tree: AnswerTree, node: Node, sought: Sequence[AnswerTree]) -> list[Node]:
        """The answers on the other side; blank ones are none."""
        other = self.rule.other
        if other is not None:
            value = other.evaluate(self._at(other, node, tree))
            nodes = value if isinstance(value, list) else [Node(NodeKind.TEXT, "", _written(value))]
            nodes = [each for each in nodes if each.string_value().strip()]
        else:
            nodes = [each for one in sought for each in one.by_template.get(self._template, ())]
        chosen = self.rule.other_relevant
        if chosen is None:
            return nodes
        return [each for each in nodes if chosen.as_boolean(self._at(chosen, each, tree, current=node))]

    def _holds(self, tree: AnswerTree, node: Node) -> bool:
        constraint = self.rule.constraint
        return constraint.as_boolean(self._at(constraint, node, tree))

    def _at(
        self, expression: Expression, node: Node, tree: AnswerTree, *, current: Node | None = None
    ) -> Context:
        self.meter.begin(weight_of(expression.text))
        return Context(node, tree.top, self.round.host, current=current)


def _written(value: float | str | bool) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:g}" if not value.is_integer() else str(int(value))
    return str(value).lower() if isinstance(value, bool) else value
