"""What is said beside a question's label: its hint with all advice, what may be meant, on what its list depends."""

from __future__ import annotations

from iscm_desktop.questionnaire import answer_readings, answer_values
from iscm_desktop.questionnaire.expression import ExpressionError
from iscm_desktop.questionnaire.model import Question
from iscm_desktop.questionnaire.numbering import numbering, with_number
from iscm_desktop.session.device_questions import advice
from iscm_desktop.session.response_tree import ResponseCell
from iscm_desktop.session.rule_engine import RuleEngine


class QuestionWords:
    """Words about questions in the language of the session."""

    def __init__(self, engine: RuleEngine) -> None:
        self._engine, self._host = engine, engine.host
        self._numbers = numbering(engine.questionnaire)

    def hint(self, cell: ResponseCell, question: Question) -> str:
        """The form's hint, and what a desk cannot do and how it is answered here."""
        own = self._host.worded(question.hint, cell.node)
        return " ".join(filter(None, (own, advice(question))))

    def readings(self, cell: ResponseCell, question: Question) -> tuple[answer_readings.Reading, ...]:
        """What a text that is no answer may mean; none where another rule than its kind complains."""
        if not isinstance(answer_values.read(question.kind, cell.text), answer_values.Unreadable):
            return ()
        today = self._host.now().date()
        return answer_readings.reply_to(question, cell.text, self._host.language, today).readings

    def deciders(self, cell: ResponseCell) -> tuple[str, ...]:
        """Number and label of the questions that the filter of a cell's choices reads, in no order of importance."""
        rule = cell.template.choices
        try:
            names = () if rule is None else sorted(rule.references().paths)
        except ExpressionError:
            return ()
        templates = (self._engine.rules.named(each) for each in names)
        read = ((each.path, each.question) for each in templates if each not in (None, cell.template))
        return tuple(
            with_number(
                self._numbers.number(path, language=self._host.language), self._host.worded(asked.label, None)
            )
            for path, asked in read
            if asked is not None and asked.label
        )
