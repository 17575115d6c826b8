"""Why something is not asked: which questions decide so, by the expressions of the form."""

from __future__ import annotations

from collections.abc import Iterator

from iscm_desktop.questionnaire.expression import ExpressionError
from iscm_desktop.questionnaire.rules import Rule, RuleTemplate
from iscm_desktop.session.response_tree import RepeatSeries, ResponseCell
from iscm_desktop.session.rule_engine import RuleEngine

_Cell = ResponseCell | RepeatSeries


def deciding_questions(engine: RuleEngine, cell: _Cell) -> tuple[ResponseCell, ...]:
    """Questions that are asked, and whose answers keep `cell` from being asked; () where it is, or nobody can tell.

    The outermost expression that is false decides. Calculations are followed to what they are made of, and
    questions that are not asked themselves to what decides about them.
    """
    return tuple(dict.fromkeys(_Walk(engine).deciding(cell)))


class _Walk:
    def __init__(self, engine: RuleEngine) -> None:
        self._engine = engine
        self._seen: set[_Cell] = set()

    def deciding(self, cell: _Cell) -> Iterator[ResponseCell]:
        if cell in self._seen or cell.is_asked:
            return
        self._seen.add(cell)
        hidden = [each for each in _around(cell) if not each.is_own_relevant]
        if hidden:
            outermost = hidden[-1]
            yield from self._read(outermost.template.relevant, outermost)

    def _read(self, rule: Rule | None, at: _Cell) -> Iterator[ResponseCell]:
        if rule is None:
            return
        try:
            names = rule.references().paths
        except ExpressionError:
            return
        found = (self._engine.rules.named(each) for each in sorted(names))
        for template in filter(None, found):
            for below in template.below():
                cell = self._nearest(below, at)
                if cell is not None and cell is not at:
                    yield from self._follow(cell)

    def _follow(self, cell: ResponseCell) -> Iterator[ResponseCell]:
        question = cell.template.question
        if not cell.is_asked:
            yield from self.deciding(cell)
        elif cell.template.calculate is not None:
            if cell not in self._seen:
                self._seen.add(cell)
                yield from self._read(cell.template.calculate, cell)
        elif question is not None and question.kind.is_answered:
            yield cell

    def _nearest(self, template: RuleTemplate, at: _Cell) -> ResponseCell | None:
        """The cell of a template in the same entry, or the only one; None where it lies in several others."""
        if template.is_repeat:
            return None
        cells = [each for each in self._engine.instances.get(template, ()) if isinstance(each, ResponseCell)]
        if template.repeat is None:
            return cells[0] if cells else None
        here = at if isinstance(at, ResponseCell) else at.parent
        entry = here.entry_of(template.repeat)
        return next((each for each in cells if each.entry_of(template.repeat) is entry), None)


def _around(cell: _Cell) -> Iterator[_Cell]:
    """The cell and all around it, inner ones first; an entry is followed by its repeat."""
    here: _Cell | None = cell
    while here is not None:
        yield here
        if isinstance(here, ResponseCell) and here.series is not None:
            yield here.series
        here = here.parent
