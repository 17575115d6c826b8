"""Documents into PDF files: sets, breaks into pages and draws. The same document gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from iscm_desktop.errors import DocumentProblem, IscmError
from iscm_desktop.reports.typesetting import styles
from iscm_desktop.reports.typesetting.block_layout import laid_out
from iscm_desktop.reports.typesetting.blocks import Document, inline
from iscm_desktop.reports.typesetting.drawing import Fonts, Pen
from iscm_desktop.reports.typesetting.line_setter import LineSetter, MissingGlyphs, footnote_numbers
from iscm_desktop.reports.typesetting.page_rows import DrawnRule, PageOf, Row, RowCell, TextAt, stacked
from iscm_desktop.reports.typesetting.pagination import PrintedPage, paginated
from iscm_desktop.reports.typesetting.styles import TextStyle
from iscm_desktop.reports.typesetting.text_shaping import check_shaping

_HEIGHT = styles.PAGE_HEIGHT - styles.TOP - styles.BOTTOM
rl_config.useA85 = 0  # pages as they are compressed: a quarter smaller and faster than as ASCII text
_NOTES_GAP, _NOTES_PAD, _NOTES_RULE = 14.0, 5.0, 98.0


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """A finished file, and what a person should know about it."""

    pdf: bytes
    pages: int
    missing: tuple[MissingGlyphs, ...]


_LONGEST = 4_000_000
"""Characters of a document; the usual ones have some 50,000."""

_LINE = 40
"""Characters that a line break counts for: a line of its own takes as long to set and to draw as so many."""

_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def text_length(content: object) -> int:
    """Characters of all texts in blocks, however they lie inside each other; a line break counts for forty."""
    found, waiting = 0, [content]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, str):
            found += len(piece) + (_LINE - 1) * sum(map(piece.count, _LINE_ENDS))
        elif isinstance(piece, tuple | list):
            waiting.extend(piece)
        elif is_dataclass(piece):
            waiting.extend(getattr(piece, each.name) for each in fields(piece))
    return found


def render(document: Document) -> RenderedPdf:
    """Prints `document`.

    Raises:
        IscmError: if right-to-left text would come out wrongly on this computer, or the document is too long.
    """
    length = text_length(document.blocks)
    if length > _LONGEST:
        raise IscmError(
            DocumentProblem.DOCUMENT_TOO_LONG, title=document.title, length=length, limit=_LONGEST
        )
    if document.direction == "rtl":
        check_shaping()
    setter = LineSetter(document, numbers=footnote_numbers(document))
    notes = _Notes(setter)
    pages = paginated(laid_out(setter), _HEIGHT, notes.height)
    pdf = _Printer(setter, notes, pages).printed()
    return RenderedPdf(pdf, len(pages), setter.missing_glyphs())


class _Notes:
    """The footnotes, each set once."""

    def __init__(self, setter: LineSetter) -> None:
        self._setting = setter
        self._rows: dict[str, list[Row]] = {}

    def rows(self, keys: Sequence[str]) -> list[Row]:
        """Those named, in the order of their numbers."""
        ordered = sorted(keys, key=lambda key: self._setting.numbers[key])
        return [row for key in ordered for row in self._note(key)]

    def height(self, keys: Sequence[str]) -> float:
        """What they take at the foot of a page, the space above them included."""
        return _NOTES_GAP + _NOTES_PAD + sum(row.height for row in self.rows(keys)) if keys else 0.0

    def _note(self, key: str) -> list[Row]:
        if key not in self._rows:
            setter, indent = self._setting, 9.0
            number = setter.lines(inline(str(setter.numbers[key])), styles.FOOTNOTE)
            width = setter.width - indent
            text = setter.lines(setter.document.footnotes[key], styles.FOOTNOTE, width)
            self._rows[key] = stacked([RowCell(0, indent, number), setter.cell(indent, width, text)])
        return self._rows[key]


class _Canvas(Canvas):  # type: ignore[misc] # ReportLab has no types
    """A canvas that does not begin each page with a font that nobody embeds."""

    def _make_preamble(self) -> None:
        self._preamble = ""


class _Printer:
    """Draws laid-out pages into a file."""

    def __init__(self, setter: LineSetter, notes: _Notes, pages: Sequence[PrintedPage]) -> None:
        self._setting, self._notes, self._pages = setter, notes, pages
        self._document = setter.document
        self._file = io.BytesIO()
        self._canvas: Any = _Canvas(
            self._file,
            pagesize=(styles.PAGE_WIDTH, styles.PAGE_HEIGHT),
            invariant=1,
            pageCompression=1,
            pdfVersion=(1, 7),
            lang=self._document.language,
        )
        self._pen = Pen(self._canvas, Fonts(self._canvas), self._document.direction)
        self._outline_level = -1
        self._page_of = {
            row.anchor.key: number
            for number, page in enumerate(pages, start=1)
            for _, row in page.rows
            if row.anchor
        }

    def printed(self) -> bytes:
        self._describe()
        for number, page in enumerate(self._pages, start=1):
            self._head()
            for top, row in page.rows:
                self._row(row, styles.TOP + top)
            self._foot(page, number)
            self._pen.finish_page()
        self._canvas.save()
        return self._file.getvalue()

    def _describe(self) -> None:
        canvas, document = self._canvas, self._document
        canvas.setTitle(document.title)
        canvas.setAuthor(document.author)
        canvas.setSubject(document.subject)
        canvas.setCreator(document.creator)
        canvas.setProducer(f"{document.creator} (ReportLab)".strip())
        canvas.setViewerPreference("DisplayDocTitle", "true")
        if document.printed_at:
            stamp = document.printed_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")
            canvas.setDateFormatter(lambda *_: stamp)
        if document.direction == "rtl":
            canvas.setViewerPreference("Direction", "R2L")

    def _row(self, row: Row, top: float) -> None:
        if row.anchor:
            place = styles.PAGE_HEIGHT - top + 12
            self._canvas.bookmarkPage(row.anchor.key, fit="XYZ", left=0, top=place, zoom=0)
            # A level may not be skipped, even where a document begins with a lesser heading.
            self._outline_level = min(row.anchor.level, self._outline_level + 1)
            self._canvas.addOutlineEntry(row.anchor.title, row.anchor.key, self._outline_level)
        for paint in row.paints:
            if isinstance(paint, PageOf):
                self._page_reference(paint, top)
            else:
                self._pen.draw(paint, top)

    def _page_reference(self, paint: PageOf, top: float) -> None:
        number = str(self._page_of[paint.anchor])
        self._line(number, paint.style, top + paint.y, at_end=True)
        low = styles.PAGE_HEIGHT - top - paint.y - 4
        area = (styles.MARGIN, low, styles.MARGIN + styles.WIDTH, low + paint.style.leading)
        self._canvas.linkRect("", paint.anchor, area, relative=0, thickness=0)

    def _line(
        self, text: str, style: TextStyle, y: float, *, at_end: bool = False, after: float = 0.0
    ) -> float:
        """Prints one line at an edge of the type area, or `after` points from it; gives its width."""
        width = self._setting.width - after
        found = self._setting.lines(inline(text), style, width)
        for line, _ in found[:1]:
            self._pen.draw(TextAt(0.0, 0.0, width, line, at_end), y)
            return line.width
        return 0.0

    def _head(self) -> None:
        document = self._document
        self._line(document.header, styles.HEADER, styles.HEADER_BASELINE)
        width = self._line(document.name, styles.HEADER_NAME, styles.HEADER_BASELINE, at_end=True)
        if document.mark:
            mark = styles.HEADER_MARK
            self._line(document.mark, mark, styles.HEADER_BASELINE, at_end=True, after=width + 12)

    def _foot(self, page: PrintedPage, number: int) -> None:
        self._footnotes(page)
        rule = DrawnRule(0, 0, styles.WIDTH, styles.FOOT_RULE, 0.7)
        self._pen.draw(rule, styles.PAGE_HEIGHT - styles.FOOTER_RULE)
        baseline = styles.PAGE_HEIGHT - styles.FOOTER_BASELINE
        self._line(self._document.footer, styles.HEADER_NAME, baseline)
        # Isolated, or right-to-left pages would show "12 / 3".
        self._line(f"\u2066{number} / {len(self._pages)}\u2069", styles.HEADER_NAME, baseline, at_end=True)

    def _footnotes(self, page: PrintedPage) -> None:
        rows = self._notes.rows(page.notes)
        if not rows:
            return
        top = styles.PAGE_HEIGHT - styles.BOTTOM - sum(row.height for row in rows)
        self._pen.draw(DrawnRule(0, 0, _NOTES_RULE, styles.NOTE_RULE, 0.7), top - _NOTES_PAD)
        for row in rows:
            self._row(row, top)
            top += row.height
