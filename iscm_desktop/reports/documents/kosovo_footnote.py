"""The note on Kosovo: wherever the name is printed, a footnote's mark follows it by itself."""

from __future__ import annotations

import re
from dataclasses import replace

from iscm_desktop.reports.typesetting.blocks import (
    Block,
    CardHeading,
    FactsPanel,
    Heading,
    Inline,
    LabelledBlock,
    Listing,
    Paragraph,
    SignatureBlock,
    Table,
)

KEY = "kosovo"
_NAME = re.compile(r"\bK[oó]sov(?:o|ë|a)\b|Косов(?:о|а|у|ом|е)\b|كوسوفو|كوسوفا|科索沃", re.IGNORECASE)


def with_mark(content: Inline) -> Inline:
    """`content` with the mark behind the first mention of the name, if there is one."""
    for at, span in enumerate(content):
        found = _NAME.search(span.text)
        if found:
            before = replace(span, text=span.text[: found.end()], footnote=KEY)
            after = replace(span, text=span.text[found.end() :])
            rest = (after,) if after.text or after.footnote else ()
            return (*content[:at], before, *rest, *content[at + 1 :])
    return content


def marked(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with marks: one in each text that mentions the name."""
    return tuple(_marked(block) for block in blocks)


def _marked(block: Block) -> Block:
    match block:
        case Paragraph() | Heading() | CardHeading():
            return replace(block, text=with_mark(block.text))
        case FactsPanel(facts):
            return replace(block, facts=tuple((with_mark(a), with_mark(b)) for a, b in facts))
        case Table(head, rows):
            return replace(block, head=_all(head), rows=tuple(_all(row) for row in rows))
        case LabelledBlock(_, label, Listing(items) as listing):
            return replace(block, label=with_mark(label), content=replace(listing, items=_all(items)))
        case LabelledBlock(_, label, content) if not isinstance(content, Listing):
            return replace(block, label=with_mark(label), content=with_mark(content))
        case SignatureBlock(_, rows):
            return replace(block, rows=tuple((label, with_mark(value)) for label, value in rows))
        case _:
            return block


def _all(contents: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return tuple(with_mark(content) for content in contents)
