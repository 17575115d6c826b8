"""How an answer stands against the questionnaire, and the sentence that says what to do about it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from iscm_desktop.i18n import N_, _, ngettext
from iscm_desktop.questionnaire import answer_readings, answer_values
from iscm_desktop.questionnaire.model import Kind, Question
from iscm_desktop.questionnaire.rules import Rule, RuleTemplate
from iscm_desktop.session.response_tree import RepeatSeries, ResponseCell
from iscm_desktop.session.rule_engine import RuleEngine
from iscm_desktop.session.views import Verdict

MISSING = N_("This question needs an answer.")
OUT_OF_RANGE = N_("This answer does not fit the questionnaire. It is kept until you change it.")
NOT_OFFERED = N_("The answer “{value}” is not among those offered. Choose one of them.")
ONLY_ONE = N_("Choose one answer only.")
TOO_SMALL = N_("The least that can be answered is {least}.")
TOO_LARGE = N_("The most that can be answered is {most}.")
OFF_STEP = N_("Answers go in steps of {step}, from {least}.")

_FINE = (Verdict.OK, "")
_Found = tuple[Verdict, str]


class AnswerJudge:
    """Judges cells when somebody looks; a verdict is kept until something that it rests on changes."""

    def __init__(self, engine: RuleEngine) -> None:
        self._engine = engine
        self._questionnaire = engine.questionnaire
        self._host = engine.host

    def judge(self, cell: ResponseCell | RepeatSeries) -> None:
        """Brings verdict, message and the like of a cell up to date."""
        if cell.is_judged:
            return
        if self._host.excesses.found:
            self._host.excesses.clear_verdicts(cell)
        if isinstance(cell, RepeatSeries):
            cell.verdict, cell.message = self._series(cell) if cell.is_asked else _FINE
        else:
            template = cell.template
            cell.is_required = self._truth(template.required, cell)
            cell.is_read_only = not template.is_stored or self._is_read_only(cell)
            cell.verdict, cell.message = self._question(cell) if cell.is_asked else _FINE
        cell.is_judged = True

    def _has_nothing(self, cell: ResponseCell | RepeatSeries) -> bool:
        """Whether somebody said that there is nothing to report here."""
        declared = self._engine.declarations
        return bool(declared.nothing) and bool(declared.covering(cell.path))

    def _truth(self, rule: Rule | None, cell: ResponseCell) -> bool:
        if rule is None:
            return False
        if rule.constant is not None:
            return rule.constant
        return self._host.truth(rule, cell, otherwise=False)

    def _is_read_only(self, cell: ResponseCell) -> bool:
        here: ResponseCell | None = cell
        while here is not None:
            if self._truth(here.template.read_only, here):
                return True
            here = here.parent
        return False

    def _question(self, cell: ResponseCell) -> _Found:
        question = cell.template.question
        if question is None or not question.kind.is_answered:
            return _FINE
        if not cell.text.strip():
            if not cell.is_required or self._has_nothing(cell):
                return _FINE
            own = self._host.worded(question.bind.required_message, cell.node)
            return Verdict.MISSING, own or _(MISSING)
        value = answer_values.read(question.kind, cell.text)
        if isinstance(value, answer_values.Unreadable):
            host = self._host
            reply = answer_readings.reply_to(question, cell.text, host.language, host.now().date())
            return Verdict.UNREADABLE, reply.sentence
        return self._readable(cell, question, value)

    def _readable(self, cell: ResponseCell, question: Question, value: answer_values.Value) -> _Found:
        if question.kind.has_one_choice or question.kind.has_many_choices:
            strange = self._not_offered(cell, question, value)
            if strange:
                return Verdict.UNREADABLE, strange
        outside = _too_long(question, cell.text) or (
            _outside(question, value) if question.kind is Kind.RANGE else ""
        )
        if outside:
            return Verdict.OUT_OF_RANGE, outside
        return self._constraint(cell, cell.template)

    def _not_offered(self, cell: ResponseCell, question: Question, value: answer_values.Value) -> str:
        chosen = value if isinstance(value, tuple) else (str(value),)
        if question.itemset is None:
            offered = self._questionnaire.choice
            strange = [each for each in chosen if offered(question, each) is None]
        else:
            known = {choice.value for choice in self._engine.dynamic_choices.offered(cell)}
            strange = [each for each in chosen if each not in known]
        if not strange or not (question.choice_list or question.itemset):
            return ""
        return _(NOT_OFFERED).format(value=self._label(question, strange[0]))

    def _label(self, question: Question, value: str) -> str:
        choice = self._questionnaire.choice(question, value)
        return value if choice is None else self._host.worded(choice.label, None) or value

    def _constraint(self, cell: ResponseCell, template: RuleTemplate) -> _Found:
        rule = template.constraint
        if rule is None or self._holds(rule, cell):
            return _FINE
        own = self._host.worded(template.bind.constraint_message, cell.node)
        return Verdict.OUT_OF_RANGE, own or _(OUT_OF_RANGE)

    def _holds(self, rule: Rule, cell: ResponseCell) -> bool:
        if rule.constant is not None:
            return rule.constant
        return self._host.truth(rule, cell, otherwise=True)

    def _series(self, series: RepeatSeries) -> _Found:
        own, found = series.template.own, len(series.entries)
        least, most = own.min_entries, own.max_entries
        if found < least and not self._has_nothing(series):
            sentence = ngettext("Add at least {least} entry.", "Add at least {least} entries.", least)
            return Verdict.MISSING, sentence.format(least=least)
        if most is not None and found > most:
            sentence = ngettext(
                "At most {most} entry can be given; remove some.",
                "At most {most} entries can be given; remove some.",
                most,
            )
            return Verdict.OUT_OF_RANGE, sentence.format(most=most)
        return _FINE


def _too_long(question: Question, text: str) -> str:
    limit = question.own.max_length
    if limit is None or len(text) <= limit:
        return ""
    sentence = ngettext(
        "This answer has {length} characters; {limit} is the limit. Nothing was cut off.",
        "This answer has {length} characters; {limit} are the limit. Nothing was cut off.",
        limit,
    )
    return sentence.format(length=len(text), limit=limit)


def _outside(question: Question, value: answer_values.Value) -> str:
    """What is wrong with a number of a range question; "" where nothing is."""
    if not isinstance(value, Decimal):
        return ""
    least, most, step = (_number(question.parameters.get(name, "")) for name in ("start", "end", "step"))
    if least is not None and most is not None and least > most:
        least, most = most, least
    if least is not None and value < least:
        return _(TOO_SMALL).format(least=least)
    if most is not None and value > most:
        return _(TOO_LARGE).format(most=most)
    if step and least is not None and not _is_on_step(value - least, abs(step)):
        return _(OFF_STEP).format(step=abs(step), least=least)
    return ""


def _is_on_step(distance: Decimal, step: Decimal) -> bool:
    try:
        return not distance % step
    except InvalidOperation:  # so far away that the steps cannot be counted
        return False


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
