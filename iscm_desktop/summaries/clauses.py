"""Clauses and groups of them: what the drafting of a section gives, and how it becomes paragraphs.

A clause is a sentence with its answers. It goes where its question says (`feeds`), else where the drafting
puts it; a question that feeds no part of the summary is not printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from iscm_desktop.summaries.evidence import CitedAnswer
from iscm_desktop.summaries.quoted_prose import capital
from iscm_desktop.summaries.summary import SummaryParagraph

SECTION_OF_PART = {
    "S1": "1", "S2-nat": "2", "S2-reg": "2", "S2-glob": "2", "S3": "3", "S4": "4", "S5": "5", "S5b": "5",
}  # fmt: skip
"""The parts of the summary that questions may feed, in the order in which they are printed."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence or several; a blank line parts paragraphs."""

    text: str
    cited: CitedAnswer = field(default_factory=CitedAnswer)
    opening: str = ""  # its wording where no sentence stands before it in the paragraph: no "it" yet
    stays: bool = False  # its place is decided by what was answered, not by what the question feeds


@dataclass(frozen=True, slots=True)
class ClauseGroup:
    """Clauses on one subject under one lead word."""

    part: str  # of SECTION_OF_PART
    key: str  # "secretariat"; together with the section unique and stable
    clauses: tuple[Clause, ...]
    lead: str = ""

    @property
    def section(self) -> str:
        """Number of the section that the part belongs to, "1" to "5"."""
        return SECTION_OF_PART[self.part]


def present(*clauses: Clause | None) -> tuple[Clause, ...]:
    """The clauses that have something to say."""
    return tuple(clause for clause in clauses if clause is not None and clause.text)


def own_words(paragraphs: Iterable[str], cited: CitedAnswer) -> Clause:
    """A respondent's own words."""
    return Clause("\n\n".join(paragraphs), cited)


def placed(groups: Iterable[ClauseGroup]) -> tuple[ClauseGroup, ...]:
    """The groups, each clause in a part that its question feeds; empty groups are left out."""
    staying: list[ClauseGroup] = []
    moved: dict[str, list[Clause]] = {}
    for group in groups:
        kept = []
        for clause in group.clauses:
            target = _target(clause, group.part)
            if target == group.part:
                kept.append(clause)
            elif target:
                moved.setdefault(target, []).append(clause)
        staying.append(replace(group, clauses=tuple(kept)))
    return tuple(group for group in _received(staying, moved) if group.clauses)


def _target(clause: Clause, part: str) -> str:
    feeds = clause.cited.feeds
    if clause.stays or feeds is None or part in feeds:
        return part
    same_section = [fed for fed in feeds if SECTION_OF_PART.get(fed) == SECTION_OF_PART[part]]
    if same_section:
        return part if part in ("S5", "S5b") else sorted(same_section)[0]
    return next((fed for fed in SECTION_OF_PART if fed in feeds), "")


def _received(groups: list[ClauseGroup], moved: dict[str, list[Clause]]) -> list[ClauseGroup]:
    """What was moved stands at the end of the last group of its part that has a lead, else by itself."""
    result = list(groups)
    for part, clauses in moved.items():
        led = [place for place, group in enumerate(result) if group.part == part and group.lead]
        if led and SECTION_OF_PART[part] == "2":
            home = result[led[-1]]
            result[led[-1]] = replace(home, clauses=home.clauses + tuple(clauses))
        else:
            result.append(ClauseGroup(part, "more", tuple(clauses)))
    return result


def paragraphs(group: ClauseGroup) -> tuple[SummaryParagraph, ...]:
    """The group as paragraphs; the first carries the lead, and each its own sources."""
    texts: list[list[str]] = [[]]
    cited: list[CitedAnswer] = [CitedAnswer()]
    for clause in group.clauses:
        is_first = not any(texts)
        first, *others = capital((clause.opening if is_first else "") or clause.text).split("\n\n")
        texts[-1].append(first)
        cited[-1] += clause.cited
        for other in others:
            texts.append([other])
            cited.append(clause.cited)
    return tuple(
        SummaryParagraph(
            f"{group.section}.{group.key}" + (f".{place}" if place > 1 else ""),
            " ".join(pieces),
            group.lead if place == 1 else "",
            sources.sources,
        )
        for place, (pieces, sources) in enumerate(zip(texts, cited, strict=True), start=1)
    )
