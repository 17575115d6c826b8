"""Reading a summary in tests: its texts as a reader sees them, and what an editor would strike out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iscm_desktop.summaries.summary import Summary, SummaryParagraph, SummarySection
from iscm_desktop.summaries.text_markup import plain

_FAULTS = {
    "two spaces": r"  ",
    "a space before a stop": r" [,.;:!?)]",
    "two stops": r"[,;:][,.;:]|(?<!\.)\.\.(?!\.)|\.,",
    "an empty pair": r"\(\s*\)|“\s*”|\*\*\*\*",
    "a hole in a list": r"\b(and|or|with|by|of|from|to|through|include|an?) ?[.;,]|\b(is|are) ?[.;]",
    "a place not filled in": r"[{}]",
    "a Python value": r"\bNone\b(?! of)|\bNaN\b|\[\]",
    "a word twice": r"\b(\w+) \1\b",
    "an open end": r"[,;:]$",
}


def shown(paragraph: SummaryParagraph) -> str:
    lead = f"{plain(paragraph.lead)}. " if paragraph.lead else ""
    return lead + plain(paragraph.text)


def section_shown(section: SummarySection) -> str:
    """Paragraphs and tables of a section, as plain lines."""
    lines = [shown(paragraph) for paragraph in section.paragraphs]
    for table in section.tables:
        lines += [" | ".join(map(plain, row)) for row in (table.head, *table.rows)]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def all_shown(summary: Summary) -> str:
    """Everything that the document prints."""
    lines = [*summary.heading, summary.title, *summary.introduction, summary.full_name, summary.notice]
    lines += [f"{fact.label}: {plain(fact.value)}" for fact in summary.facts]
    lines += [section_shown(section) for section in summary.sections]
    return "\n".join([*lines, *summary.footnotes, summary.sources_line]).replace("\N{NO-BREAK SPACE}", " ")


def faults(summary: Summary) -> list[str]:
    """What is wrong with the paragraphs as language, with the paragraph it is in."""
    return [f"{fault}: {text}" for paragraph in _prose(summary) for fault, text in _faults(paragraph)]


def _prose(summary: Summary) -> Iterator[str]:
    yield from summary.introduction
    yield from map(shown, summary.paragraphs())
    if summary.sources_line:
        yield summary.sources_line


def _faults(text: str) -> Iterator[tuple[str, str]]:
    bare = plain(text)
    for fault, pattern in _FAULTS.items():
        if found := re.search(pattern, bare):
            yield f"{fault} ({found.group(0)!r})", bare
    if not bare.rstrip("”)").endswith((".", "!", "?", "…")):
        yield "no final stop", bare
    if bare[:1].islower():
        yield "no capital", bare
