"""Notes that must go with a name wherever it is printed: found by the name, numbered at its first mention."""

from __future__ import annotations

import re
from dataclasses import replace

from iscm_desktop.questionnaire import registers
from iscm_desktop.summaries.summary import Summary
from iscm_desktop.summaries.text_markup import mark, without_marks

_KOSOVO = re.compile(r"\bK[oó]sov(?:o|ë|a)\b|\bКосов(?:о|а|у|ом|е)\b|كوسوفو|كوسوفا|科索沃", re.IGNORECASE)
"""The name in the six languages and in Albanian, in the cases that Russian gives it."""


def footnoted(summary: Summary) -> Summary:
    """The summary with the notes that its texts call for, each marked once, where the name is first read."""
    marking = _FootnoteMarking()
    introduction = tuple(marking.marked(text) for text in summary.introduction)
    full_name = marking.marked(summary.full_name)
    facts = tuple(replace(fact, value=marking.marked(fact.value)) for fact in summary.facts)
    sections = []
    for section in summary.sections:
        paragraphs = tuple(
            replace(paragraph, lead=marking.marked(paragraph.lead), text=marking.marked(paragraph.text))
            for paragraph in section.paragraphs
        )
        tables = tuple(
            replace(table, rows=tuple(tuple(map(marking.marked, row)) for row in table.rows))
            for table in section.tables
        )
        sections.append(replace(section, paragraphs=paragraphs, tables=tables))
    return replace(
        summary,
        introduction=introduction,
        full_name=full_name,
        facts=facts,
        sections=tuple(sections),
        footnotes=(registers.kosovo_note(summary.language),) if marking.is_done else (),
    )


class _FootnoteMarking:
    """Goes through the texts in reading order and marks the first mention."""

    def __init__(self) -> None:
        self.is_done = False

    def marked(self, text: str) -> str:
        bare = without_marks(text)
        if self.is_done or not (found := _KOSOVO.search(bare)):
            return bare
        self.is_done = True
        return bare[: found.end()] + mark(1) + bare[found.end() :]
