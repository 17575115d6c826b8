"""Where a question's "other" is put into words: what XLSForm's `or_other` makes, and what authors write by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from iscm_desktop.questionnaire.form_paths import TemplatePath, path_around
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, walk
from iscm_desktop.questionnaire.model import Kind, Question

_OTHER = "other"


@dataclass(frozen=True, slots=True)
class OtherAnswer:
    """The choice that stands for what is not listed ("other", "other_organization"), and the text that says it."""

    value: str
    text: TemplatePath


def other_answer(questionnaire: Questionnaire, question: Question) -> OtherAnswer | None:
    """What takes an answer that is not listed: a text in the same group, asked only where "other" is chosen.

    None where the form has no such text; then nothing can be added to its list.
    """
    node = rf"(?:\S*/)?{re.escape(question.name)}"
    rule = re.compile(
        rf"selected\(\s*{node}\s*,\s*['\"](?P<a>{_OTHER}\w*)['\"]\s*\)|{node}\s*=\s*['\"](?P<b>{_OTHER}\w*)['\"]"
    )
    around = path_around(question.path)
    for item in walk(questionnaire.items):
        if not isinstance(item, Question) or item.kind not in (Kind.TEXT, Kind.LONG_TEXT):
            continue
        match = rule.fullmatch(item.bind.relevant.strip()) if _OTHER in item.bind.relevant else None
        value = (match["a"] or match["b"]) if match else ""
        if value and path_around(item.path) == around and questionnaire.choice(question, value):
            return OtherAnswer(value, item.path)
    return None
