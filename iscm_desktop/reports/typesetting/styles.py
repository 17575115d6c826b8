"""The looks of printed documents: page, colours, type sizes. Restrained, with room; no logo."""

from __future__ import annotations

from dataclasses import dataclass

from iscm_desktop.reports.typesetting.blocks import TextMark
from iscm_desktop.reports.typesetting.line_breaking import Ink

PAGE_WIDTH, PAGE_HEIGHT = 595.276, 841.89  # A4
MARGIN = 57.5
WIDTH = PAGE_WIDTH - 2 * MARGIN
TOP = 60.0  # from the upper edge to the first line
BOTTOM = 56.0  # from the lower edge to the last line, or to the last footnote
HEADER_BASELINE = 30.0  # from the upper edge
FOOTER_RULE = 40.0  # from the lower edge
FOOTER_BASELINE = 26.0

INK = "#1b2430"
GREY = "#55606d"
BLUE = "#0b5cab"
HAIRLINE = "#dfe4ea"
FOOT_RULE = "#c9d1da"
NOTE_RULE = "#8a94a1"
PANEL = "#f2f6fa"
AMBER, AMBER_PAPER = "#8a5300", "#fdf1dc"
GREEN, GREEN_PAPER = "#1c6b45", "#e3f3ea"
RED = "#a3262a"

MARKS = {TextMark.STRUCK: (RED, 0.27), TextMark.UNDERLINED: (GREEN, -0.14)}
"""Colour of marked words, and where their line runs: parts of the size above the baseline."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Ink and the distance from line to line, in points."""

    ink: Ink
    leading: float


def _style(
    size: float, leading: float, colour: str = INK, *, bold: bool = False, italic: bool = False
) -> TextStyle:
    return TextStyle(Ink(size, colour, bold, italic), leading)


BODY = _style(9.2, 13.0)
KICKER = _style(7.8, 11.4, GREY)
TITLE = _style(17, 24, bold=True)
INTRODUCTION = _style(7.9, 11.8, GREY)
NAME = _style(11.8, 17, bold=True, italic=True)
QUIET = _style(7.4, 10.8, GREY)
NOTICE = _style(8.4, 12, AMBER)

HEADING = _style(10.8, 15.5, BLUE, bold=True)
SUBHEADING = _style(9.6, 13.6, INK, bold=True)
MINOR_HEADING = _style(8.8, 12.6, GREY, bold=True)
CARD_HEADING = _style(8.8, 12.6, BLUE, bold=True)

FACT_LABEL = _style(7.1, 10.6, GREY)
FACT_VALUE = _style(7.9, 11.4, bold=True)
TABLE_HEAD = _style(7.6, 11.2, bold=True)
TABLE_CELL = _style(7.9, 11.6)
TABLE_NAME = _style(7.9, 11.6, bold=True)

CODE_WIDTH = 52.0  # of the column for codes
CODE = _style(6.9, 12.2, GREY)
LABEL = _style(8.4, 12.2, bold=True)
CONTENT = _style(9.0, 12.8)
PLACEHOLDER = _style(8.4, 12.2, GREY, italic=True)
REMARK = _style(7.8, 11.4, AMBER)

FOOTNOTE = _style(7.0, 10.0, GREY)
HEADER = _style(7.0, 10, BLUE, bold=True)
HEADER_NAME = _style(7.0, 10, GREY)
HEADER_MARK = _style(7.0, 10, AMBER, bold=True)
STAMP = _style(7.4, 11, bold=True)

MARK_SIZE, MARK_RISE = 0.62, 0.36  # of a footnote's mark, in parts of the text's size
ARABIC_LEADING = 1.18  # Naskh reaches lower than Latin
