"""Which stored answers are asked, for many responses: what a form session would say of them, in a fraction of its time.

A session keeps a cell for each node of the form, ready to be typed into. Whoever only reads thousands of responses
needs no more than the rules that decide about what is answered, and the nodes that these read. A form whose rules may
look at anything (a repeat with a count, a path that cannot be told) is read through a session all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from iscm_desktop.questionnaire import answer_values
from iscm_desktop.questionnaire.dependencies import rules_of
from iscm_desktop.questionnaire.expression import ExpressionError, Node, NodeKind
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, AnswerPath, path_below
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Kind, Repeat
from iscm_desktop.questionnaire.rules import Rule, RuleTemplate
from iscm_desktop.session.expression_host import SessionHost, chosen_language
from iscm_desktop.session.form_actions import EVERY_LOAD
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.response_tree import RepeatSeries, ResponseCell
from iscm_desktop.session.rule_engine import stored_as


@dataclass(frozen=True, slots=True)
class AskedContent:
    """What of a response counts."""

    answers: Mapping[AnswerPath, str]  # stored texts that are asked and not blank, calculated ones included
    entries: Mapping[AnswerPath, tuple[str, ...]]  # ids of the entries that are asked, in order


class AskedAnswers:
    """Reads responses to one questionnaire. Serves one thread.

    Args:
        language: For what is calculated of labels; by name or code.
    """

    def __init__(
        self, questionnaire: Questionnaire, clock: Callable[[], datetime], language: str | None = None
    ) -> None:
        self._questionnaire, self._clock = questionnaire, clock
        self._language = chosen_language(questionnaire, language)
        self._plan = _plan_of(questionnaire)

    def of(
        self, answers: Mapping[AnswerPath, str], entries: Mapping[AnswerPath, Sequence[str]]
    ) -> AskedContent:
        """What counts of stored answers and entries.

        Args:
            answers: Texts by path; what the form gives by itself included.
            entries: Ids in order, by the path of their repeat.
        """
        if self._plan is None:
            return content_of(self._session(answers, entries))
        return _Response(self._plan, self._questionnaire, self._host(), answers, entries).content()

    def _host(self) -> SessionHost:
        host = SessionHost(self._questionnaire, Node(NodeKind.ROOT), self._language, self._clock)
        host.meter.begin_turn()
        return host

    def _session(
        self, answers: Mapping[AnswerPath, str], entries: Mapping[AnswerPath, Sequence[str]]
    ) -> FormSession:
        return FormSession(
            self._questionnaire, language=self._language, answers=answers, entries=entries,
            clock=self._clock, is_new=False,
        )  # fmt: skip


def content_of(session: FormSession) -> AskedContent:
    """The same of a session."""
    answers: dict[AnswerPath, str] = {}
    entries: dict[AnswerPath, tuple[str, ...]] = {}
    for cell in session._engine.root.below():
        if isinstance(cell, RepeatSeries):
            if cell.entries:
                entries[cell.path] = tuple(entry.entry_id for entry in cell.entries if entry.is_asked)
        elif (
            isinstance(cell, ResponseCell) and _is_told(cell.template) and cell.is_asked and cell.text.strip()
        ):
            answers[cell.path] = cell.text
    return AskedContent(answers, {path: ids for path, ids in entries.items() if ids})


def _is_told(template: RuleTemplate) -> bool:
    question = template.question
    return question is not None and question.kind is not Kind.NOTE


@dataclass(frozen=True, slots=True)
class _Plan:
    """Of a questionnaire whose rules can be asked one by one: what each reads, and where nodes are needed."""

    root: RuleTemplate
    needed: Mapping[RuleTemplate, tuple[RuleTemplate, ...]]  # children that some rule reads or stands at
    plain: Mapping[
        RuleTemplate, tuple[str, ...]
    ]  # names of children that are asked whenever what is around them is
    reads: Mapping[Rule, tuple[RuleTemplate, ...]]  # leaves


def _plan_of(questionnaire: Questionnaire) -> _Plan | None:
    """None where some rule may look at anything; made once and kept with the questionnaire."""
    if "asked_answers" not in questionnaire.memo:
        questionnaire.memo["asked_answers"] = _plan(questionnaire)
    found = questionnaire.memo["asked_answers"]
    return found if isinstance(found, _Plan) else None


def _plan(questionnaire: Questionnaire) -> _Plan | None:
    rules = rules_of(questionnaire)
    if any(EVERY_LOAD & set(action.events) for action in questionnaire.actions):
        return None
    reads: dict[Rule, tuple[RuleTemplate, ...]] = {}
    stands: dict[RuleTemplate, None] = {rules.root: None}
    for template in rules.by_path.values():
        if template.is_repeat or (template.children and any(map(_is_told, template.children))):
            stands |= dict.fromkeys(template.around())
        if template.count is not None and not _is_fixed(template):
            return None
        for rule in (template.relevant, template.calculate):
            if rule is None:
                continue
            stands |= dict.fromkeys(template.around())
            if rule.constant is not None:
                continue
            try:
                found = rule.references()
            except ExpressionError:
                continue  # told as a fault of the form; it never gets to run
            if found.everything or _looks_up_choices(rule, questionnaire):
                return None
            read = [each for names in found.paths if (each := rules.named(names)) is not None]
            reads[rule] = tuple({leaf: None for each in read for leaf in each.below() if not leaf.children})
            for each in (*read, *reads[rule]):
                stands |= dict.fromkeys(each.around())
    needed = {each: tuple(child for child in each.children if child in stands) for each in stands}
    plain = {
        each: tuple(child.name for child in each.children if _is_plain(child, stands)) for each in stands
    }
    return _Plan(rules.root, needed, {each: names for each, names in plain.items() if names}, reads)


def _is_plain(template: RuleTemplate, stands: Collection[RuleTemplate]) -> bool:
    return template not in stands and not template.children and _is_told(template)


def _looks_up_choices(rule: Rule, questionnaire: Questionnaire) -> bool:
    """Whether it may show the label of a choice that only a session can find."""
    return "choice-name" in rule.text and any(
        one.itemset is not None and one.choice_list not in questionnaire.choice_lists
        for one in questionnaire.questions()
    )


def _is_fixed(template: RuleTemplate) -> bool:
    return isinstance(template.item, Repeat) and template.item.is_fixed


class _Place:
    """A node of one response."""

    __slots__ = ("asked", "entry_id", "is_settled", "node", "parent", "path", "template", "text")

    def __init__(
        self, template: RuleTemplate, parent: _Place | None, path: AnswerPath, entry_id: str = ""
    ) -> None:
        self.template, self.parent, self.path, self.entry_id = template, parent, path, entry_id
        self.asked: bool | None = None  # None: nobody has asked yet
        self.is_settled = False  # whether its node says what expressions see
        self.text = ""
        self.node = Node(name=template.shape.name, namespace=template.shape.namespace)


class _Response:
    """One response while it is read."""

    def __init__(
        self,
        plan: _Plan,
        questionnaire: Questionnaire,
        host: SessionHost,
        answers: Mapping[AnswerPath, str],
        entries: Mapping[AnswerPath, Sequence[str]],
    ) -> None:
        self._plan, self._host, self._questionnaire = plan, host, questionnaire
        self._answers, self._entries = answers, entries
        self._at: dict[RuleTemplate, list[_Place]] = {}
        self._standing: dict[AnswerPath, list[_Place]] = {}
        root = _Place(plan.root, None, WHOLE_RESPONSE)
        self._at[plan.root] = [root]
        host._document.append(root.node)
        self._grow(root)

    def content(self) -> AskedContent:
        answers = dict(self._plain())
        for place in self._told():
            if self._is_asked(place) and (text := self._text(place)).strip():
                answers[place.path] = text
        entries = {
            path: ids
            for path, places in self._standing.items()
            if (ids := tuple(one.entry_id for one in places if self._is_asked(one)))
        }
        return AskedContent(answers, entries)

    def _plain(self) -> Iterator[tuple[AnswerPath, str]]:
        """Answers to questions that have no rule of their own and that no rule reads."""
        for template, names in self._plan.plain.items():
            for place in self._at.get(template, ()):
                above = f"{place.path}/" if place.path else ""
                for name in names:
                    text = self._answers.get(path := AnswerPath(above + name))
                    if text and text.strip() and self._is_asked(place):
                        yield path, text

    def _told(self) -> Iterator[_Place]:
        """The places of questions that are answered, or calculated."""
        for template, places in self._at.items():
            if _is_told(template):
                for place in places:
                    if template.calculate is not None or place.path in self._answers or template.shape.text:
                        yield place

    def _grow(self, place: _Place) -> None:
        for template in self._plan.needed[place.template]:
            path = path_below(place.path, template.name)
            if not template.is_repeat:
                self._add(_Place(template, place, path), place)
                continue
            ids: Collection[str] = dict.fromkeys(self._entries.get(path, ()))
            if _is_fixed(template):
                ids = [str(number) for number in range(1, len(template.shape.entries) + 1)]
            made = self._standing[path] = [
                _Place(template, place, path_below(path, entry_id), entry_id) for entry_id in ids
            ]
            for entry in made:
                self._add(entry, place)

    def _add(self, place: _Place, above: _Place) -> None:
        above.node.append(place.node)
        self._at.setdefault(place.template, []).append(place)
        if place.template.children:
            self._grow(place)

    def _is_asked(self, place: _Place) -> bool:
        if place.asked is None:
            place.asked = True  # while it is found out: rules that need each other never get here
            above, rule = place.parent, place.template.relevant
            place.asked = (above is None or self._is_asked(above)) and (
                rule is None or self._is_true(rule, place)
            )
        return place.asked

    def _is_true(self, rule: Rule, place: _Place) -> bool:
        if rule.constant is not None:
            return rule.constant
        try:
            self._settle(rule)
            return rule.expression.as_boolean(self._host.context(place.node, rule.weight))
        except ExpressionError:  # too much, or a fault of the form: asked, rather than hidden
            return True

    def _settle(self, rule: Rule) -> None:
        """Puts into the nodes that a rule reads what expressions see there."""
        for template in self._plan.reads.get(rule, ()):
            for place in self._at.get(template, ()):
                if not place.is_settled:
                    place.is_settled = True
                    place.node.set_text(self._seen(place))

    def _seen(self, place: _Place) -> str:
        text = self._text(place) if self._is_asked(place) else ""
        question = place.template.question
        return text if not text or question is None else answer_values.seen(question.kind, text)

    def _text(self, place: _Place) -> str:
        template = place.template
        rule = template.calculate
        if rule is not None:
            return self._calculated(rule, place)
        text = self._answers.get(place.path, "")
        if not text and template.shape.text and _is_constant(template):
            return template.shape.text
        return text

    def _calculated(self, rule: Rule, place: _Place) -> str:
        if place.text:
            return place.text
        kept = self._answers.get(place.path, "") if rule.keeps_value else ""
        if rule.keeps_value:
            place.node.set_text(kept)
            place.is_settled = True
        try:
            self._settle(rule)
            place.text = self._worked_out(rule, place)
        except ExpressionError:
            place.text = kept
        return place.text

    def _worked_out(self, rule: Rule, place: _Place) -> str:
        context = self._host.context(place.node, rule.weight)
        kind = place.template.bind.data_type
        text = rule.expression.as_string(context)
        if text in _NO_NUMBERS and (kind == "string" or kind in ("int", "decimal")):
            return "" if text == "NaN" or kind != "string" else text
        return stored_as(text, kind)


_NO_NUMBERS = frozenset({"NaN", "Infinity", "-Infinity"})


def _is_constant(template: RuleTemplate) -> bool:
    """A value in the form that nobody types or calculates."""
    is_silent = template.question is None or template.question.kind is Kind.CALCULATED
    return is_silent and not template.children
