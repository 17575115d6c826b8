"""What the review page reads out: every question as it will be printed, with what is to be known of its answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from iscm_desktop.exchange.merging.text_differences import TextChange, TextPiece
from iscm_desktop.session.views import AnswerPath

__all__ = ["ReadItem", "ReadKind", "ReadMark", "ReviewCount", "TextChange", "TextPiece"]


class ReadMark(Enum):
    """What is to be known of an answer; each can be asked for alone. In the order of the chips."""

    MISSING = "missing"
    PROBLEM = "problem"  # cannot be read, or does not fit: to be mended
    LOOK = "look"  # odd: the form warns of it, and it stops nobody
    CHANGED = "changed"  # since the last round
    WITHHELD = "withheld"  # not for publication
    NOTE = "note"  # somebody left a note
    ASKED = "asked"  # somebody has a question about it


class ReadKind(Enum):
    """What stands there."""

    SECTION = "section"
    HEADING = "heading"  # of a group or a repeat
    ENTRY = "entry"
    ANSWER = "answer"
    TABLE = "table"  # a repeat whose entries are short and alike
    REMARK = "remark"  # a warning of the form: an answer looks odd


@dataclass(frozen=True, slots=True)
class ReadItem:
    """A heading, or a question with its answer."""

    kind: ReadKind
    path: AnswerPath
    level: int  # 1 for sections
    label: str
    number: str = ""  # "E20"
    lines: tuple[tuple[TextPiece, ...], ...] = ()  # the answer; several where several things were chosen
    is_ordered: bool = False
    blank: str = ""  # what stands there where nothing was answered
    remark: str = ""  # what is wrong with the answer
    since: str = ""  # "changed since 2019"
    note: str = ""
    asked: tuple[str, ...] = ()
    marks: frozenset[ReadMark] = frozenset()
    head: tuple[str, ...] = ()  # of a table
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        """The answer as it stands now, in one piece."""
        kept = (piece.text for line in self.lines for piece in line if piece.change is not TextChange.REMOVED)
        return " ".join(kept)


@dataclass(frozen=True, slots=True)
class ReviewCount:
    """A chip: how many answers there are to be read, and how they are called."""

    mark: ReadMark | None  # None: all
    count: int
    words: str  # "Missing 1"
