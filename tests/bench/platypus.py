"""The same documents by plain ReportLab: its own flowables, its own line breaking, fonts embedded as it does.

It shapes no Arabic and keeps no promises about glyphs; it is what a document costs at the least.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import KeepTogether, PageBreak, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from iscm_desktop.paths import resource
from iscm_desktop.reports.typesetting import block_layout, heading_layout, styles
from iscm_desktop.reports.typesetting import blocks as blocks
from iscm_desktop.reports.typesetting.styles import TextStyle

_FACES = ("NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "NotoSans-BoldItalic")


@cache
def _fonts() -> None:
    for name in _FACES:
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", f"{name}.ttf"))))
    pdfmetrics.registerFontFamily(_FACES[0], *_FACES)


@cache
def _style(style: TextStyle) -> ParagraphStyle:
    face = _FACES[style.ink.bold + 2 * style.ink.italic]
    return ParagraphStyle(
        "style",
        fontName=face,
        fontSize=style.ink.size,
        leading=style.leading,
        textColor=HexColor(style.ink.colour),
    )


def printed(document: blocks.Document) -> bytes:
    """The document as a PDF."""
    _fonts()
    file = io.BytesIO()
    template = SimpleDocTemplate(
        file, title=document.title, leftMargin=styles.MARGIN, rightMargin=styles.MARGIN,
        topMargin=styles.TOP, bottomMargin=styles.BOTTOM,
    )  # fmt: skip

    def margins(canvas: Any, made: Any) -> None:
        canvas.setFont(_FACES[0], 7)
        canvas.drawString(styles.MARGIN, styles.PAGE_HEIGHT - styles.HEADER_BASELINE, document.header)
        canvas.drawString(styles.MARGIN, styles.FOOTER_BASELINE, document.footer)
        canvas.drawRightString(styles.MARGIN + styles.WIDTH, styles.FOOTER_BASELINE, str(made.page))

    story = [flowable for block in document.blocks for flowable in _flowables(block, document)]
    story += [_text(note, styles.FOOTNOTE) for note in document.footnotes.values()]
    template.build(story, onFirstPage=margins, onLaterPages=margins)
    return file.getvalue()


def _flowables(block: blocks.Block, document: blocks.Document) -> Iterator[Any]:
    match block:
        case blocks.Paragraph():
            style, gap, _indent = block_layout.PARAGRAPHS[block.role]
            yield Spacer(1, gap)
            yield _text(block.text, style)
        case blocks.Heading():
            style, gap = heading_layout.HEADINGS[block.level]
            yield Spacer(1, gap)
            yield _text((blocks.Span(f"{block.code or block.number} "), *block.text), style)
        case blocks.CardHeading():
            yield _text(block.text, styles.CARD_HEADING)
        case blocks.Stamp():
            yield _text(blocks.inline(block.text), styles.STAMP)
        case blocks.FactsPanel():
            yield _panel(block)
        case blocks.Table():
            yield _grid(block)
        case blocks.LabelledBlock():
            yield _question(block)
        case blocks.SignatureBlock():
            rows = [[_text(blocks.inline(name)), _text(value)] for name, value in block.rows]
            yield KeepTogether([_text(blocks.inline(block.heading), styles.SUBHEADING), Grid(rows)])
        case blocks.TableOfContents():
            for _key, heading in block_layout.chapters(document):
                yield _text(heading.text)
        case blocks.PageBreak():
            yield PageBreak()


def _text(content: blocks.Inline, style: TextStyle = styles.TABLE_CELL) -> Any:
    return Text("".join(map(_marked_up, content)), _style(style))


def _marked_up(span: blocks.Span) -> str:
    text = span.text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")
    text = f"<b>{text}</b>" if span.bold else text
    text = f"<i>{text}</i>" if span.italic else text
    return f"{text}<super>1</super>" if span.footnote else text


def _panel(block: blocks.FactsPanel) -> Any:
    cells: list[Any] = [
        [_text(name, styles.FACT_LABEL), _text(value, styles.FACT_VALUE)] for name, value in block.facts
    ]
    cells += [""] * (-len(cells) % block.columns)
    rows = [cells[at : at + block.columns] for at in range(0, len(cells), block.columns)]
    return Grid(rows, colWidths=[styles.WIDTH / block.columns] * block.columns,
                style=TableStyle([("BACKGROUND", (0, 0), (-1, -1), HexColor(styles.PANEL))]))  # fmt: skip


def _grid(block: blocks.Table) -> Any:
    parts: Sequence[float] = block.widths or [1.0] * len(block.head)
    widths = [styles.WIDTH * part / sum(parts) for part in parts]
    rows = [[_text(cell, styles.TABLE_HEAD) for cell in block.head]]
    rows += [[_text(cell) for cell in row] for row in block.rows]
    lines = TableStyle(
        [("LINEBELOW", (0, 0), (-1, -1), 0.6, HexColor(styles.HAIRLINE)), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    )
    return Grid(rows, colWidths=widths, repeatRows=1, style=lines)


def _question(block: blocks.LabelledBlock) -> Any:
    content = block.content
    if isinstance(content, blocks.Listing):
        below = [
            Text(f"• {''.join(map(_marked_up, item))}", _style(styles.CONTENT)) for item in content.items
        ]
    else:
        below = [
            _text(content, styles.CONTENT)
            if content
            else _text(blocks.inline(block.placeholder), styles.PLACEHOLDER)
        ]
    if block.remark:
        below.append(_text(block.remark, styles.REMARK))
    row = [_text(blocks.inline(block.code), styles.CODE), [_text(block.label, styles.LABEL), *below]]
    return Grid(
        [row], colWidths=[52, styles.WIDTH - 52], style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")])
    )
