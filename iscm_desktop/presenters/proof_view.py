"""What the page Proof shows: plain words and figures, made by its presenter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Standing(Enum):
    """What the last verification found."""

    UNKNOWN = "unknown"  # nobody has verified this store yet
    WHOLE = "whole"
    DAMAGED = "damaged"


class TrustShade(Enum):
    """How firmly answers stand, for the colour of their share."""

    FIRM = "firm"
    DEVICE = "device"
    COORDINATOR = "coordinator"
    HERE = "here"
    OPEN = "open"
    NEW = "new"
    LOOSE = "loose"

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should look whose answers these are."""
        return self in (TrustShade.NEW, TrustShade.LOOSE)


@dataclass(frozen=True, slots=True)
class ProofFigure:
    """One line of a card: what was counted, and what came out."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class StandingView:
    """The card about the store."""

    standing: Standing = Standing.UNKNOWN
    title: str = ""
    note: str = ""
    figures: tuple[ProofFigure, ...] = ()
    findings: tuple[str, ...] = ()  # a sentence for each row that is not as it was, the first of them
    advice: str = ""  # what to do about them; "" where there are none
    can_be_repaired: bool = False  # received files may have what is not as it was
    can_be_made_again: bool = False  # all of it follows from what is sound


@dataclass(frozen=True, slots=True)
class TrustShare:
    """Answers that rest on one kind of proof."""

    words: str
    count: int
    shade: TrustShade
    code: str = ""  # by which its responses are asked for


@dataclass(frozen=True, slots=True)
class TrustedResponse:
    """A response of which some answers rest on one kind of proof."""

    response_id: str
    words: str  # whose it is, and how many answers


@dataclass(frozen=True, slots=True)
class LogLine:
    """One operation of the round."""

    operation: str  # its number, by which it is taken back
    time: str
    what: str
    by: str
    effect: str
    checkpoint: str = ""  # "#41"; "" where none was signed
    mark: str = ""  # "cosigned", "fork"; "" for none
    is_fork: bool = False
    is_taken_back: bool = False
    can_be_taken_back: bool = False


@dataclass(frozen=True, slots=True)
class ProofView:
    """The page."""

    store: StandingView = StandingView()
    trust: tuple[TrustShare, ...] = ()
    log: tuple[LogLine, ...] = ()
    receipts: str = ""  # how many were made, and how many are outdated
    are_receipts_outdated: bool = False
    can_make_receipts: bool = False
    checkpoint: str = ""  # the signed text; "" before the first
    is_ledger_behind: bool = False  # entries were added since it was signed
