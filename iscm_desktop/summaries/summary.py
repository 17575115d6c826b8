"""The summary of findings about one mechanism: frozen values that windows show and documents print.

Responsible for the shape only. `drafting` drafts the words, `text_edits` lays people's own words over
them, and `text_markup` says how a text marks bold, italic and footnotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iscm_desktop.session.views import AnswerPath, AnswerView


@dataclass(frozen=True, slots=True)
class NothingReported:
    """A section or repeat of which somebody said that there is nothing to report."""

    path: AnswerPath
    label: str
    feeds: frozenset[str]  # parts of the summary that its questions feed


@dataclass(frozen=True, slots=True)
class RespondentAnswers:
    """What one respondent answered: asked and not blank, in form order."""

    response_id: str
    form_id: str  # "iscm", "state" or "organization"
    respondent: str  # mechanism code, ISO 3166-1 alpha-3, or partner slug
    name: str  # as people write it: "Canada"
    answers: tuple[AnswerView, ...]
    nothing: tuple[NothingReported, ...] = ()  # in form order


@dataclass(frozen=True, slots=True)
class RoundCounts:
    """Who has answered in the round so far; the introduction says it."""

    title: str  # of the round, "Assessment 2027"
    mechanisms: int
    states: int
    organizations: int


@dataclass(frozen=True, slots=True)
class AnswerSource:
    """An answer that a text was made of."""

    response_id: str
    path: AnswerPath
    respondent: (
        str  # name of who answered, for the coordinator only: it may belong to a State not to be named
    )
    label: str  # of the question
    text: str  # the answer as stored
    number: str = ""  # of the question: "E20", "C1.3"
    is_changed: bool = False  # since a person edited the text that rests on it; a cleared answer has text ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of the facts panel. Both are plain text with `text_markup`."""

    label: str
    value: str
    sources: tuple[AnswerSource, ...] = ()


@dataclass(frozen=True, slots=True)
class SummaryParagraph:
    """A paragraph of a section."""

    key: str  # stable while the questionnaire stands: "3.secretariat"
    text: str  # with `text_markup`; begins after the lead word
    lead: str = ""  # "National": printed bold in front with a full stop; "" for paragraphs without one
    sources: tuple[AnswerSource, ...] = ()
    is_edited: bool = False
    sources_changed: bool = False  # an answer below an edited paragraph is not what it was when it was edited


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """What people look up, in rows; always drafted, so always what the answers say."""

    key: str
    head: tuple[str, ...]
    rows: tuple[
        tuple[str, ...], ...
    ]  # cells with `text_markup`; "" where there is nothing; first cell names the row
    sources: tuple[AnswerSource, ...] = ()


@dataclass(frozen=True, slots=True)
class SummarySection:
    """One of the five numbered parts; paragraphs come first, tables after them."""

    key: str  # "1" to "5"
    title: str
    paragraphs: tuple[SummaryParagraph, ...]
    tables: tuple[SummaryTable, ...] = ()
    is_edited: bool = False
    sources_changed: bool = False
    drafted_from: str = ""  # what an edit made now has to remember, see `text_edits.TextEdit`

    @property
    def sources(self) -> tuple[AnswerSource, ...]:
        """Every answer below the paragraphs, each once, in order of use."""
        return tuple(dict.fromkeys(source for paragraph in self.paragraphs for source in paragraph.sources))


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole document about one mechanism in one round. All texts may hold `text_markup`."""

    mechanism: str  # code
    short_name: str  # acronym, or the name people use: "RCM", "Budapest Process"
    full_name: str  # with the acronym in brackets
    language: str
    heading: tuple[str, ...]  # three lines: organization, division, assessment
    title: str
    introduction: tuple[str, ...]  # paragraphs, with the counts of the round
    name_line: str  # label in front of the full name
    facts: tuple[Fact, ...]
    sections: tuple[SummarySection, ...]  # always five; one without paragraphs and tables has nothing to say
    footnotes: tuple[str, ...]  # the first is footnote 1
    sources_line: str
    notice: str = ""  # what the mechanism said about publishing; "" where it agreed
    may_be_published: bool = True
    has_answers: bool = True  # False while nobody has said anything about the mechanism

    def section(self, key: str) -> SummarySection:
        """The section numbered `key`, "1" to "5"."""
        return next(section for section in self.sections if section.key == key)

    @property
    def is_edited(self) -> bool:
        """Whether a person's words stand in any section."""
        return any(section.is_edited for section in self.sections)

    @property
    def sources_changed(self) -> bool:
        """Whether an answer below any edited section has changed since the edit."""
        return any(section.sources_changed for section in self.sections)

    @property
    def responses(self) -> tuple[str, ...]:
        """Ids of the responses of which something stands in it, each once."""
        sources = [source for fact in self.facts for source in fact.sources]
        for section in self.sections:
            sources += [source for paragraph in section.paragraphs for source in paragraph.sources]
            sources += [source for table in section.tables for source in table.sources]
        return tuple(dict.fromkeys(source.response_id for source in sources))

    def paragraphs(self) -> Iterator[SummaryParagraph]:
        """Those of all sections, in the order of print."""
        for section in self.sections:
            yield from section.paragraphs
