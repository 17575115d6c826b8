"""What a document says, as plain frozen blocks: computed first, rendered second.

Blocks and roles say what a text is for; nothing here knows about pages, fonts or files. Tests read the blocks;
`pdf_printer.render` prints them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from iscm_desktop.reports.typesetting.bidi import Direction

_RIGHT_TO_LEFT_LANGUAGES = frozenset(("ar", "fa", "he", "ps", "ur", "ug", "sd", "yi", "ckb", "dv"))


class TextMark(Enum):
    """A line through or below some words; their colour follows."""

    NONE = "none"
    STRUCK = "struck"  # went
    UNDERLINED = "underlined"  # came


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style; a mark follows it where `footnote` names one of the document's footnotes."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""  # web or mail address
    footnote: str = ""
    mark: TextMark = TextMark.NONE


Inline = tuple[Span, ...]


def inline(text: str) -> Inline:
    """`text` as it stands, in one style."""
    return (Span(text),) if text else ()


def plain(content: Inline) -> str:
    """What `content` says, without styles and footnote marks."""
    return "".join(span.text for span in content)


class ParagraphRole(Enum):
    """What a paragraph is for; its looks follow."""

    BODY = "body"
    KICKER = "kicker"  # small, above the title
    TITLE = "title"
    INTRODUCTION = "introduction"  # set apart by a bar
    LABEL = "label"  # small, above what it names
    NAME = "name"  # of whom or what the document is about
    QUIET = "quiet"  # sources, hints
    NOTICE = "notice"  # something the reader should know before all else


class StampTone(Enum):
    """What a stamp says before it is read; its colours follow."""

    CAUTION = "caution"
    APPROVAL = "approval"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that flows; a line feed begins a new line."""

    text: Inline
    role: ParagraphRole = ParagraphRole.BODY


@dataclass(frozen=True, slots=True)
class Heading:
    """Never the last thing on a page. Levels 1 and 2 appear in the outline."""

    text: Inline
    level: int = 1  # 1 to 3
    number: str = ""
    code: str = ""  # in the column where labelled blocks have theirs, in place of a number


@dataclass(frozen=True, slots=True)
class Stamp:
    """A few words on coloured paper that say how far the document may be relied on."""

    tone: StampTone
    text: str


@dataclass(frozen=True, slots=True)
class FactsPanel:
    """Short facts, label over value, side by side."""

    facts: tuple[tuple[Inline, Inline], ...]
    columns: int = 4


@dataclass(frozen=True, slots=True)
class Table:
    """Rows to look things up in; the head is repeated on each page. The first cell of a row may name it."""

    head: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]
    widths: tuple[float, ...] = ()  # parts of the whole; () lets the contents decide
    names_rows: bool = True  # the first column in bold


@dataclass(frozen=True, slots=True)
class Listing:
    """Short items: with bullets, or numbered when their order counts."""

    items: tuple[Inline, ...]
    is_ordered: bool = False


LabelledContent = Inline | Listing
"""What stands below a label; () for nothing."""


@dataclass(frozen=True, slots=True)
class LabelledBlock:
    """A label with what belongs to it below; where `content` is (), `placeholder` stands there in words."""

    code: str  # short, in a column of its own; "" leaves the column empty
    label: Inline
    content: LabelledContent
    placeholder: str = ""
    remark: Inline = ()  # a warning below the content
    note: Inline = ()  # in small grey letters between label and content


@dataclass(frozen=True, slots=True)
class CardHeading:
    """Opens a group of blocks that are too rich for a table row: a line on tinted paper."""

    text: Inline
    number: str = ""


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Labelled values, or lines to write them on by hand; never split over pages."""

    heading: str
    rows: tuple[tuple[str, Inline], ...]  # label, value; () leaves a line to write on


@dataclass(frozen=True, slots=True)
class TableOfContents:
    """A table of contents: level 1 headings with their pages."""

    title: str


@dataclass(frozen=True, slots=True)
class MatrixCode:
    """A text for a camera to read, as a QR code; at most `matrix_code.MOST` bytes of it."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG without transparency, with its extent in pixels."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = (
    Paragraph
    | Heading
    | Stamp
    | FactsPanel
    | Table
    | LabelledBlock
    | CardHeading
    | SignatureBlock
    | TableOfContents
    | MatrixCode
    | Picture
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. Its direction is that of its language."""

    title: str
    language: str  # BCP 47: "en", "ar"
    blocks: tuple[Block, ...]
    header: str = ""  # at the start of each page's head
    name: str = ""  # at the end of each page's head: what kind of document this is
    footer: str = ""  # at the start of each page's foot
    mark: str = ""  # beside the name in each page's head, as a caution
    author: str = ""
    subject: str = ""
    creator: str = ""  # the program that made it, for the file's properties
    footnotes: Mapping[str, Inline] = field(default_factory=dict)  # by the key that spans use
    printed_at: datetime | None = None  # aware; None gives the file a date that means nothing

    @property
    def direction(self) -> Direction:
        """Which way the pages run: columns, margins and tables are mirrored for "rtl"."""
        return "rtl" if self.language.replace("_", "-").split("-")[0] in _RIGHT_TO_LEFT_LANGUAGES else "ltr"
