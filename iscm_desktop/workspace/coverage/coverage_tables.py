"""Coverage of a round as tables: the same ones on paper and in a workbook, in the language of the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from iscm_desktop.summaries.document_language import DocumentLanguage
from iscm_desktop.workspace.coverage.coverage_changes import CoverageChange
from iscm_desktop.workspace.coverage.coverage_wording import (
    ALL_TOGETHER,
    COUNTS,
    LOST_MARKS,
    MARKS,
    MEANINGS,
    NOT_ASKED,
    STAGES,
    group_name,
    level_name,
    narrowest_region,
    region_name,
    respondent_name,
)
from iscm_desktop.workspace.coverage.round_coverage import (
    CoverageCount,
    Mark,
    QuestionCoverage,
    RespondentCoverage,
    RoundCoverage,
    SectionCoverage,
)
from iscm_desktop.workspace.coverage.state_map import NOTE, state_map

_OF_REGIONS = ("Asked", "Opened", "In progress", "Received", "Signed off", "Late")
"""What is printed of each region; a sheet has room for all."""

TableCell = str | int | date | None
"""None is blank."""


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """One table, a sheet of the workbook."""

    key: str  # "respondents": the same in every language
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    on_paper: tuple[int, ...] = ()  # columns that are printed; () for none: a sheet only
    widths: tuple[float, ...] = ()  # of these, as parts of the whole; () lets the contents decide
    note: str = ""  # what has to be known beside it
    is_sheet: bool = True  # False: on paper only


class CoverageTables:
    """Makes the tables.

    Args:
        found: Coverage of the round.
        language: Of the document.
    """

    def __init__(self, found: RoundCoverage, language: DocumentLanguage) -> None:
        self._found, self._language = found, language

    def counts(self) -> Iterator[CoverageTable]:
        """By group, level and region; each but the first only where there is anything to count."""
        say, found = self._language.gettext, self._found
        groups = [(group_name(one.key, say), one) for one in found.by_form]
        levels = [(level_name(one.key, say), one) for one in found.by_level]
        regions = [(region_name(one.key, self._language.code), one) for one in found.by_region]
        together = (say(ALL_TOGETHER), found.total)
        yield self._turned("groups", say("By group"), [*groups, together])
        yield self._counts("groups", say("By group"), [*groups, together])
        if levels:
            yield self._turned("levels", say("By level of mechanisms"), levels)
            yield self._counts("levels", say("By level of mechanisms"), levels)
        if regions:
            note = say("A respondent counts in each of its regions, and in their continents.")
            table = self._counts("regions", say("By region"), regions, note)
            names = [head for head, _read in COUNTS]
            printed = (0, *(names.index(head) + 2 for head in _OF_REGIONS))
            yield replace(table, on_paper=printed, widths=(2.2, *[1.0] * len(_OF_REGIONS)))

    def _counts(
        self, key: str, title: str, rows: Iterable[tuple[str, CoverageCount]], note: str = ""
    ) -> CoverageTable:
        """A row for each; a column for each count."""
        say = self._language.gettext
        heads = ("", say("Registered"), *(say(head) for head, _read in COUNTS))
        cells = tuple(
            (name, one.registered or None, *(read(one) for _head, read in COUNTS)) for name, one in rows
        )
        return CoverageTable(key, title, heads, cells, note=note)

    def _turned(self, key: str, title: str, rows: Sequence[tuple[str, CoverageCount]]) -> CoverageTable:
        """A column for each, which paper has room for; each count with what it is counted of."""
        say = self._language.gettext
        cells = tuple(
            (say(head), *(self._of(head, one, read(one)) for _name, one in rows)) for head, read in COUNTS
        )
        heads = ("", *(name for name, _one in rows))
        return CoverageTable(key, title, heads, cells, tuple(range(len(heads))), is_sheet=False)

    def _of(self, head: str, one: CoverageCount, value: int) -> str:
        return of_how_many(head, one, value, self._language)

    def late(self) -> CoverageTable:
        """Those asked who have not signed off when the day has passed."""
        say = self._language.gettext
        rows = [row for row in self._found.respondents if row.is_late]
        cells = tuple(
            (self._name(row), group_name(row.form_id, say), say(STAGES[row.stage]), _day(row.invited_at), row.contact)
            for row in rows
        )  # fmt: skip
        heads = (say("Respondent"), say("Group"), say("Status"), say("Invited on"), say("Contact"))
        note = self._due_words() if not rows else ""
        return CoverageTable(
            "late", say("Late"), heads, cells, (0, 1, 2, 3, 4), (3, 1.6, 1.6, 1.7, 2.6), note
        )

    def _due_words(self) -> str:
        say, due_on = self._language.gettext, self._found.due_on
        if due_on is None:
            return say("The round has no day on which answers are due.")
        return say("Nobody is late. Answers are due on {date}.", date=self._language.date(due_on))

    def respondents(self) -> CoverageTable:
        """Everybody, by questionnaire and name."""
        say = self._language.gettext
        heads = (
            say("Respondent"), say("Group"), say("Status"), say("Also"), say("Answered"), say("Of"),
            say("Code"), say("Level"), say("Region"), say("Required, blank"), say("Invited on"),
            say("Changed on"), say("Contact"),
        )  # fmt: skip
        cells = tuple(map(self._respondent, self._found.respondents))
        widths = (3.2, 1.5, 1.6, 2.2, 1.1, 0.8)
        return CoverageTable("respondents", say("Respondents"), heads, cells, tuple(range(6)), widths)

    def _respondent(self, row: RespondentCoverage) -> tuple[TableCell, ...]:
        say = self._language.gettext
        return (
            self._name(row), group_name(row.form_id, say), say(STAGES[row.stage]), self._beside(row),
            row.answered, row.questions, row.respondent, level_name(row.level, say) or None,
            region_name(narrowest_region(row.regions), self._language.code) or None, row.missing,
            _day(row.invited_at), _day(row.changed_at), row.contact,
        )  # fmt: skip

    def _beside(self, row: RespondentCoverage) -> str:
        say = self._language.gettext
        parts = [say(MARKS[mark]) for mark in Mark if mark in row.marks]
        return self._language.apart([*parts, *([] if row.is_asked else [say(NOT_ASKED)])])

    def states(self) -> Iterator[CoverageTable]:
        """The map as a table: a row for each State in the workbook, one for each region on paper."""
        say, note = self._language.gettext, self._language.gettext(NOTE)
        regions = state_map(self._found.respondents, self._language.code)
        known = [one.respondent for region in regions for one in region.squares if one.respondent is not None]
        if not known:
            return
        cells = tuple(
            (region.continent, region.name, one.name, one.code, self._standing(one.respondent))
            for region in regions
            for one in region.squares
        )
        heads = (say("Continent"), say("Region"), say("State"), say("Code"), say("Status"))
        yield CoverageTable("states", say("States by region"), heads, cells, note=note)
        paper = []
        for region in regions:
            names: dict[str, list[str]] = {"here": [], "awaited": [], "unasked": []}
            for one in region.squares:
                is_here = one.respondent is not None and one.respondent.is_received
                kind = "here" if is_here else "unasked" if one.respondent is None else "awaited"
                names[kind].append(one.name)
            paper.append(
                (region.name, self._listed(names["here"]), self._listed(names["awaited"]), len(names["unasked"]))
            )  # fmt: skip
        printed = (say("Region"), say("Received"), say("Awaited"), say("Not asked"))
        title = say("States by region")
        yield CoverageTable(
            "map", title, printed, tuple(paper), (0, 1, 2, 3), (1.6, 3, 3, 0.9), note, is_sheet=False
        )

    def _listed(self, names: Sequence[str]) -> str:
        return self._language.apart(names)

    def _standing(self, row: RespondentCoverage | None) -> str:
        say = self._language.gettext
        if row is None:
            return say(NOT_ASKED)
        return self._language.apart(filter(None, (say(STAGES[row.stage]), self._beside(row))))

    def sections(self, rows: Sequence[SectionCoverage]) -> CoverageTable:
        """How much of each section is answered."""
        say = self._language.gettext
        heads = (
            say("Group"), say("Section"), say("Begun by"), say("Responses"), say("Answers"), say("Of"), say("Per cent"),
        )  # fmt: skip
        cells = tuple(
            (
                group_name(one.form_id, say), one.section, one.begun, one.responses, one.answered, one.places,
                _share(one.answered, one.places),
            )
            for one in rows
        )  # fmt: skip
        note = say("As many as there would be were each question answered in each response that is here.")
        widths = (1.4, 3.4, 1, 1.2, 1.1, 1, 0.9)
        return CoverageTable("sections", say("Sections"), heads, cells, tuple(range(7)), widths, note)

    def questions(self, rows: Sequence[QuestionCoverage]) -> CoverageTable:
        """How many responses answer each question."""
        say = self._language.gettext
        heads = (
            say("Group"), say("Number"), say("Question"), say("Answered"), say("Of"), say("Per cent"), say("Section"),
            say("Path"),
        )  # fmt: skip
        cells = tuple(
            (
                group_name(one.form_id, say), one.number, one.label, one.answered, one.responses,
                _share(one.answered, one.responses), one.section, str(one.path),
            )
            for one in rows
        )  # fmt: skip
        note = say(
            "Whether a question is asked follows from other answers; here each counts for all responses."
        )
        return CoverageTable(
            "questions", say("Questions"), heads, cells, tuple(range(6)), (1.4, 0.9, 4.4, 1.1, 0.8, 0.9), note
        )

    def changes(self, changes: Sequence[CoverageChange], since: datetime) -> CoverageTable:
        """Who stands otherwise than at a moment."""
        say = self._language.gettext
        heads = (
            say("Respondent"), say("Group"), say("Before"), say("Now"), say("Also"), say("Other answers"),
        )  # fmt: skip
        cells = tuple(map(self._change, changes))
        here = since.astimezone()
        title = say("Since {date}, {time}", date=self._language.date(here.date()), time=f"{here:%H:%M}")
        note = "" if changes else say("Nothing has changed.")
        return CoverageTable(
            "changes", title, heads, cells, tuple(range(6)), (3, 1.5, 1.6, 1.6, 2, 1.1), note
        )

    def _change(self, one: CoverageChange) -> tuple[TableCell, ...]:
        say, row = self._language.gettext, one.respondent
        beside = [*(say(MARKS[mark]) for mark in one.gained), *(say(LOST_MARKS[mark]) for mark in one.lost)]
        return (
            self._name(row), group_name(row.form_id, say), say(NOT_ASKED if one.before is None else STAGES[one.before]),
            say(STAGES[one.now]), self._language.apart(beside), one.answers,
        )  # fmt: skip

    def meanings(self) -> CoverageTable:
        """What the words mean, and how far that can be known here."""
        say = self._language.gettext
        cells = tuple((say(word), say(meaning)) for word, meaning in MEANINGS)
        title = say("What the words mean")
        return CoverageTable("words", title, (say("Word"), say("Means")), cells, (0, 1), (1, 4))

    def _name(self, row: RespondentCoverage) -> str:
        return respondent_name(row, self._language.code)


def figures(found: RoundCoverage, language: DocumentLanguage) -> tuple[tuple[str, str], ...]:
    """Label and value of what is counted of all together, and of how many."""
    return tuple(
        (language.gettext(head), of_how_many(head, found.total, read(found.total), language))
        for head, read in COUNTS
    )


def of_how_many(head: str, one: CoverageCount, value: int, language: DocumentLanguage) -> str:
    """ "7 of 115"; of who is asked out of those whom the registers know, where they know any."""
    of = {"Asked": one.registered, "Not asked": 0, "Late": one.asked}.get(head, one.asked + one.unasked)
    if not of:
        return language.number(value)
    return language.gettext("{good} of {total}", good=language.number(value), total=language.number(of))


def _share(good: int, total: int) -> int | None:
    """In whole per cent; only what is all is 100, and only what is nothing 0."""
    if not total:
        return None
    if good in (0, total):
        return 100 if good else 0
    return min(99, max(1, round(good * 100 / total)))


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone().date() if moment else None
