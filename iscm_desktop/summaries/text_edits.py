"""People's own words, laid over the draft section by section.

An edit is kept with what the draft rested on when it was made, so that later changes in the answers show
beside the text instead of overwriting it. Tables are not edited: they are what the answers say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from iscm_desktop.summaries.answer_digest import has_lost, is_changed, remembered
from iscm_desktop.summaries.footnote_marks import footnoted
from iscm_desktop.summaries.summary import AnswerSource, Summary, SummaryParagraph, SummarySection
from iscm_desktop.summaries.text_markup import bold, without_marks

_LEAD = re.compile(r"\*\*([^*]+?)[.:]?\*\*[.:]?\s*")
_LIKE = 0.4
"""From this share of common text on, an edited paragraph counts as the drafted one reworded."""


@dataclass(frozen=True, slots=True)
class TextEdit:
    """A section's text as a person wrote it: paragraphs parted by blank lines, lead words in bold."""

    text: str
    drafted_from: str  # `SummarySection.drafted_from` at that time


def packed(edit: TextEdit) -> str:
    """The edit as one text, for the store."""
    return json.dumps({"text": edit.text, "drafted_from": edit.drafted_from}, ensure_ascii=False)


def unpacked(text: str) -> TextEdit:
    """The inverse of `packed`; fails on other text, which only a defect can put into the store."""
    held = json.loads(text)
    return TextEdit(held["text"], held["drafted_from"])


def section_text(section: SummarySection) -> str:
    """The section as people edit it; the inverse of what `lay_over` reads."""
    return "\n\n".join(_paragraph_text(paragraph) for paragraph in section.paragraphs)


def lay_over(summary: Summary, edits: Mapping[str, TextEdit]) -> Summary:
    """The drafted `summary` with the edited sections in the words of people, footnotes found anew."""
    sections = tuple(
        _edited(section, edits[section.key]) if section.key in edits else section
        for section in summary.sections
    )
    return footnoted(replace(summary, sections=sections))


def _paragraph_text(paragraph: SummaryParagraph) -> str:
    lead = f"{bold(without_marks(paragraph.lead) + '.')} " if paragraph.lead else ""
    return lead + without_marks(paragraph.text)


def _edited(section: SummarySection, edit: TextEdit) -> SummarySection:
    before = remembered(edit.drafted_from)
    pieces = [
        piece.strip() for piece in re.split(r"\n\s*\n", edit.text.replace("\r\n", "\n")) if piece.strip()
    ]
    partners = _partners(section.paragraphs, pieces)
    paragraphs = tuple(
        _laid(section.key, place, piece, partner, before)
        for place, (piece, partner) in enumerate(zip(pieces, partners, strict=True), start=1)
    )
    sources = section.sources
    has_changed = any(is_changed(source, before) for source in sources) or has_lost(sources, before)
    is_edited = "\n\n".join(pieces) != section_text(section)
    return replace(
        section, paragraphs=paragraphs, is_edited=is_edited, sources_changed=is_edited and has_changed
    )


def _laid(
    key: str, place: int, piece: str, partner: SummaryParagraph | None, before: Mapping[str, str]
) -> SummaryParagraph:
    lead, text = _parted(piece)
    if partner is None:
        return SummaryParagraph(f"{key}.added.{place}", text, lead, is_edited=True)
    if _is_same(partner, piece):
        return partner
    sources = tuple(_compared(source, before) for source in partner.sources)
    has_changed = any(source.is_changed for source in sources)
    return SummaryParagraph(partner.key, text, lead, sources, is_edited=True, sources_changed=has_changed)


def _compared(source: AnswerSource, before: Mapping[str, str]) -> AnswerSource:
    return replace(source, is_changed=is_changed(source, before))


def _parted(piece: str) -> tuple[str, str]:
    """Lead word and text of an edited paragraph."""
    body = re.sub(r"[ \t\n]+", " ", piece)
    if found := _LEAD.match(body):
        return found.group(1), body[found.end() :]
    return "", body


def _partners(drafted: tuple[SummaryParagraph, ...], pieces: list[str]) -> list[SummaryParagraph | None]:
    """For each edited paragraph the drafted one that it stands for, each at most once."""
    free = list(drafted)
    partners: list[SummaryParagraph | None] = [None] * len(pieces)
    for is_partner in (_is_same, _has_same_lead, _is_like):
        for place, piece in enumerate(pieces):
            if partners[place] is None:
                found = next((paragraph for paragraph in free if is_partner(paragraph, piece)), None)
                if found is not None:
                    partners[place] = found
                    free.remove(found)
    return partners


def _is_same(paragraph: SummaryParagraph, piece: str) -> bool:
    return _paragraph_text(paragraph) == piece


def _has_same_lead(paragraph: SummaryParagraph, piece: str) -> bool:
    return bool(paragraph.lead) and without_marks(paragraph.lead) == _parted(piece)[0]


def _is_like(paragraph: SummaryParagraph, piece: str) -> bool:
    matcher = SequenceMatcher(None, paragraph.text, piece, autojunk=False)
    return matcher.real_quick_ratio() >= _LIKE and matcher.quick_ratio() >= _LIKE and matcher.ratio() >= _LIKE
