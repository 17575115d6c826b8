"""The tables of one questionnaire: one for its responses, and one for each repeat, those inside repeats included.

Names and columns are KoboToolbox's: `_index` counts the rows of a table, `_parent_table_name` and `_parent_index`
say to which row an entry belongs. Several versions of a questionnaire share the tables: what an older version asked
and the newest does not stands where it stood.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from iscm_desktop.exchange.data.columns import Column, ColumnType, QuestionColumns, worded
from iscm_desktop.exchange.data.table_layout import TableLayout
from iscm_desktop.questionnaire.form_paths import FORM_ROOT, TemplatePath, last_name
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import Choice, Group, Item, Kind, Question, Repeat
from iscm_desktop.session.expression_host import chosen_language

_TEXT, _WHOLE, _MOMENT = ColumnType.TEXT, ColumnType.WHOLE_NUMBER, ColumnType.MOMENT
FIRST = tuple(Column(name, _TEXT) for name in ("_round", "_respondent", "_respondent_name"))
"""Before the answers of a response."""
LAST = (
    Column("_language", _TEXT), Column("_level", _TEXT), Column("_regions", _TEXT),
    Column("_nothing_to_report", _TEXT), Column("_conflicts", _TEXT), Column("_not_for_publication", _TEXT),
    Column("_id", _WHOLE), Column("_uuid", _TEXT), Column("_submission_time", _MOMENT),
    Column("_validation_status", _TEXT), Column("_notes", _TEXT), Column("_status", _TEXT),
    Column("_submitted_by", _TEXT), Column("__version__", _TEXT), Column("_tags", _TEXT), Column("_index", _WHOLE),
)  # fmt: skip
"""Behind them, the last ten as KoboToolbox has them."""
_COPIED = ("_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by",
           "__version__", "_tags")  # fmt: skip
ENTRY_LAST = (
    Column("_entry", _TEXT), Column("_index", _WHOLE),
    Column("_parent_table_name", _TEXT), Column("_parent_index", _WHOLE),
    *(Column(f"_submission_{name}", next(one.type for one in LAST if one.heading == name)) for name in _COPIED),
    Column("_submission__respondent", _TEXT),
)  # fmt: skip
"""Behind the answers of an entry."""
MARKS = tuple(
    Column(name, _WHOLE if name == "_index" else _TEXT)
    for name in (
        "_form",
        "_uuid",
        "_respondent",
        "_table",
        "_index",
        "question",
        "path",
        "mark",
        "text",
        "author",
        "made_at",
    )
)
"""The table of what is said of answers beside the answers."""
MARKS_NAME = "_marks"
FILES_NAME = "_files"


@dataclass(frozen=True, slots=True)
class DataTable:
    """One table: its rows are responses, or entries of a repeat."""

    name: str
    repeat: TemplatePath  # FORM_ROOT for that of the responses
    parent: DataTable | None
    questions: tuple[QuestionColumns, ...]
    columns: tuple[Column, ...]

    @property
    def before(self) -> int:
        """Columns in front of those of questions."""
        return 0 if self.parent else len(FIRST)

    @property
    def headings(self) -> tuple[str, ...]:
        """In order, all different."""
        return tuple(column.heading for column in self.columns)

    def inside(self, path: TemplatePath) -> str:
        """What of a question's path stands behind that of an entry, or of the response."""
        return path[len(self.repeat) + 1 :] if self.repeat else path


@dataclass(frozen=True, slots=True)
class FormTables:
    """All tables of one questionnaire, parents before what lies in them."""

    form_id: str
    title: str
    versions: tuple[Questionnaire, ...]  # the newest first
    layout: TableLayout
    tables: tuple[DataTable, ...]

    @property
    def main(self) -> DataTable:
        """That of the responses."""
        return self.tables[0]

    def children(self, table: DataTable) -> tuple[DataTable, ...]:
        """The tables of the repeats right inside."""
        return tuple(one for one in self.tables if one.parent is table)


def form_tables(
    versions: Sequence[Questionnaire],
    layout: TableLayout,
    *,
    taken: Collection[str] = (),
    sections: Collection[TemplatePath] | None = None,
) -> FormTables:
    """The tables of a questionnaire.

    Args:
        versions: Of one form, the newest first; at least one.
        taken: Names that other tables of the same export have.
        sections: Those of which the questions are wanted; all by default.
    """
    newest = versions[0]
    return FormTables(
        newest.form_id, newest.title, tuple(versions), layout,
        tuple(_Builder(versions, layout, taken, sections).tables()),
    )  # fmt: skip


_Around: TypeAlias = "tuple[Group | Repeat, ...]"


@dataclass(slots=True)
class _Asked:
    """A question with the groups and repeats around it, outer ones first."""

    question: Question
    around: _Around
    choices: dict[str, Choice]


class _Builder:
    def __init__(
        self,
        versions: Sequence[Questionnaire],
        layout: TableLayout,
        taken: Collection[str],
        sections: Collection[TemplatePath] | None,
    ) -> None:
        self._versions, self._layout = versions, layout
        self._names = {name.casefold() for name in taken} | {MARKS_NAME, FILES_NAME}
        self._sections = sections
        newest = versions[0]
        self._heading_language = chosen_language(newest, layout.headings)
        self._label_language = chosen_language(newest, layout.labels)
        self._repeats: dict[TemplatePath, TemplatePath] = {}  # each with the one around it
        self._asked: dict[TemplatePath, list[_Asked]] = {FORM_ROOT: []}  # by repeat
        self._cursor: dict[
            TemplatePath, int
        ] = {}  # by repeat, the place of the question met last in this version

    def tables(self) -> Iterator[DataTable]:
        for version in self._versions:
            self._cursor = dict.fromkeys(self._asked, -1)
            self._collect(version, version.items, (), FORM_ROOT)
        made: dict[TemplatePath, DataTable] = {}
        for repeat in (FORM_ROOT, *self._repeats):
            around = None if repeat == FORM_ROOT else made[self._repeats[repeat]]
            made[repeat] = self._table(repeat, around)
            yield made[repeat]

    def _collect(
        self, version: Questionnaire, items: tuple[Item, ...], around: _Around, repeat: TemplatePath
    ) -> None:
        for item in items:
            if isinstance(item, Question):
                if item.kind is not Kind.NOTE and (around or self._is_loose_wanted(version, item)):
                    self._add(version, item, around, repeat)
                continue
            if not around and self._sections is not None and item.path not in self._sections:
                continue
            inner = item.path if isinstance(item, Repeat) else repeat
            if inner not in self._asked:
                self._asked[inner], self._repeats[inner], self._cursor[inner] = [], repeat, -1
            self._collect(version, item.items, (*around, item), inner)

    def _add(self, version: Questionnaire, question: Question, around: _Around, repeat: TemplatePath) -> None:
        """Adds a question behind the one before it, or its choices to what another version asks there."""
        known = self._asked[repeat]
        place = next((at for at, one in enumerate(known) if one.question.path == question.path), None)
        if place is None:
            place = self._cursor[repeat] + 1
            known.insert(place, _Asked(question, around, {}))
        self._cursor[repeat] = place
        for choice in version.choice_lists.get(question.choice_list, ()):
            known[place].choices.setdefault(choice.value, choice)

    def _is_loose_wanted(self, version: Questionnaire, question: Question) -> bool:
        if self._sections is None:
            return True
        return any(
            section.path in self._sections and any(item.path == question.path for item in section.items)
            for section in version.sections
        )

    def _table(self, repeat: TemplatePath, around: DataTable | None) -> DataTable:
        name = self._name(repeat)
        taken: set[str] = set()
        before, behind = ((), ENTRY_LAST) if around else (FIRST, LAST)
        taken.update(column.heading.casefold() for column in (*before, *behind))
        questions = tuple(self._question(asked, taken) for asked in self._asked[repeat])
        columns = (*before, *(column for one in questions for column in one.columns), *behind)
        return DataTable(name, repeat, around, questions, columns)

    def _question(self, asked: _Asked, taken: set[str]) -> QuestionColumns:
        """Its columns, with a heading that no other has: where labels or names are the same, with more of its path."""
        question, layout = asked.question, self._layout
        own = (worded(question.label, self._heading_language) if layout.headings else "") or question.name
        prefix = self._prefix(asked.around) if layout.has_groups else ""
        tries = [(prefix, own), (prefix, f"{own} ({question.name})"), ("", question.path)]
        tries += [("", f"{question.path} ({number})") for number in range(2, 1000)]
        if not layout.headings:
            del tries[1]
        made = (self._made(asked, before, name) for before, name in tries)
        found = next(one for one in made if not _are_taken(one.columns, taken))
        taken.update(column.heading.casefold() for column in found.columns)
        return found

    def _made(self, asked: _Asked, prefix: str, own: str) -> QuestionColumns:
        return QuestionColumns(
            asked.question, asked.choices, self._layout, prefix, own,
            heading_language=self._heading_language, label_language=self._label_language,
        )  # fmt: skip

    def _prefix(self, around: _Around) -> str:
        names = [
            (worded(one.label, self._heading_language) if self._layout.headings else "")
            or last_name(one.path)
            for one in around
        ]
        return "".join(name + self._layout.separator for name in names)

    def _name(self, repeat: TemplatePath) -> str:
        newest = self._versions[0]
        wanted = last_name(repeat) if repeat else newest.form_id
        found, parts = wanted, list(reversed(repeat.split("/")[:-1])) if repeat else []
        parts.append(newest.form_id)
        while found.casefold() in self._names and parts:
            found = f"{parts.pop(0)}-{found}"
        count, plain = 1, found
        while found.casefold() in self._names:
            count += 1
            found = f"{plain}-{count}"
        self._names.add(found.casefold())
        return found


def _are_taken(columns: Sequence[Column], taken: Collection[str]) -> bool:
    """Whether some heading stands elsewhere in the table, or twice among these: two choices may read alike."""
    headings = {column.heading.casefold() for column in columns}
    return len(headings) < len(columns) or any(heading in taken for heading in headings)
