"""All answers of a response on one page, as they will be printed, and those of them that ask for attention.

It reads a session and what stands beside the answers: marks about publication, notes, questions back, and what was
answered in the last round. Whoever draws shows the items in their order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from iscm_desktop.exchange.package.public_edition import is_withheld
from iscm_desktop.i18n import _, ngettext, shown_date
from iscm_desktop.presenters.query_origin import asker_words
from iscm_desktop.presenters.read_lines import read_lines
from iscm_desktop.presenters.review_view import ReadItem, ReadKind, ReadMark, ReviewCount
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.reports.documents.answer_texts import printed_answer
from iscm_desktop.reports.documents.repeat_tables import as_table
from iscm_desktop.reports.typesetting.blocks import Document, Listing, plain
from iscm_desktop.session.expression_host import language_code
from iscm_desktop.session.offers import AnswerFate
from iscm_desktop.session.views import (
    AnswerPath,
    EntryView,
    GroupView,
    ItemView,
    QuestionView,
    RepeatView,
    SectionView,
    Verdict,
)
from iscm_desktop.summaries.document_language import DocumentLanguage

if TYPE_CHECKING:
    from iscm_desktop.session.form_session import FormSession
    from iscm_desktop.workspace import Workspace
    from iscm_desktop.workspace.colleagues.query_service import QueryRow
    from iscm_desktop.workspace.responses.last_round_service import AnswerFateRow
    from iscm_desktop.workspace.responses.nothing_service import NothingRow

_WRONG = (Verdict.UNREADABLE, Verdict.OUT_OF_RANGE, Verdict.TOO_MUCH)
_CHANGED = (AnswerFate.CHANGED, AnswerFate.NEW, AnswerFate.GONE)
_COUNTED = (ReadKind.ANSWER, ReadKind.TABLE, ReadKind.REMARK)


class ReviewPresenter:
    """One response being read.

    Args:
        withheld: Paths of answers, entries, repeats and sections that are not for publication.
        notes: By path.
        asked: Questions back that are open.
        changes: Of the last round, where one was taken in.
        last_round: Its code; "" where there is none.
        nothing: Sections and repeats of which somebody said that there is nothing to report.
    """

    def __init__(
        self,
        session: FormSession,
        *,
        withheld: Collection[AnswerPath] = (),
        notes: Mapping[AnswerPath, str] | None = None,
        asked: Iterable[QueryRow] = (),
        changes: Sequence[AnswerFateRow] = (),
        last_round: str = "",
        nothing: Iterable[NothingRow] = (),
    ) -> None:
        self._session = session
        self._withheld, self._notes = frozenset(withheld), dict(notes or {})
        self._asked: dict[AnswerPath, list[str]] = {}
        for row in asked:
            self._asked.setdefault(row.path, []).append(f"{asker_words(row)}: {row.text}")
        self._changes = {row.path: row for row in changes if row.since in _CHANGED}
        self._knows_changes = bool(changes)
        self.last_round = last_round
        self._nothing = {row.path: row for row in nothing}
        self._language = DocumentLanguage(language_code(session.language))
        self.findings = session.findings()

    @classmethod
    def of(cls, workspace: Workspace, response: str) -> ReviewPresenter:
        """Of what is stored; what changed since the last round takes longer, and is added with `add_changes`."""
        return cls(
            workspace.responses.open_session(response),
            withheld=workspace.restrictions.withheld(response),
            notes=workspace.notes.all(response),
            asked=[row for row in workspace.queries.rows(response) if row.is_open],
            last_round=workspace.last_round.answers(response).round,
            nothing=workspace.nothing.of(response),
        )

    @property
    def withheld(self) -> int:
        """How many answers a public edition leaves out."""
        return sum(ReadMark.WITHHELD in item.marks and bool(item.lines) for item in self.items)

    def add_changes(self, changes: Sequence[AnswerFateRow]) -> None:
        """From now on it is known what changed since the last round."""
        self._changes = {row.path: row for row in changes if row.since in _CHANGED}
        self._knows_changes = True
        self.__dict__.pop("items", None)  # worked out anew when it is asked for

    @property
    def left(self) -> int:
        """How many things there are to finish before the sign-off."""
        return len(self.findings)

    @property
    def language(self) -> str:
        """Code of the language that is read."""
        return self._language.code

    @property
    def is_right_to_left(self) -> bool:
        """How its pages run."""
        return Document("", self._language.code, ()).direction == "rtl"

    @cached_property
    def items(self) -> tuple[ReadItem, ...]:
        """All that is read, in form order."""
        return tuple(
            item
            for section in self._session.sections()
            if section.is_asked
            for item in self._section(section)
        )

    def shown(self, mark: ReadMark | None) -> Iterator[ReadItem]:
        """The answers that have a mark below their headings; with None all, empty headings included."""
        if mark is None:
            yield from self.items
            return
        waiting: list[ReadItem] = []
        for item in self.items:
            if mark in item.marks:
                yield from (above for above in waiting if above.level < item.level)
                waiting = []
                yield item
            elif item.kind in (ReadKind.SECTION, ReadKind.HEADING, ReadKind.ENTRY):
                waiting = [above for above in waiting if above.level < item.level]
                waiting.append(item)

    def counts(self) -> tuple[ReviewCount, ...]:
        """The chips: all, then what there is something of; the last round also where nothing changed since."""
        answers = [item for item in self.items if item.kind in (ReadKind.ANSWER, ReadKind.TABLE)]
        found = [ReviewCount(None, len(answers), _("All {count}").format(count=len(answers)))]
        for mark in ReadMark:
            count = sum(mark in item.marks and _counts(item, mark) for item in self.items)
            if count or (mark is ReadMark.CHANGED and self.last_round):
                found.append(ReviewCount(mark, count, self._chip(mark, count)))
        return tuple(found)

    def _chip(self, mark: ReadMark, count: int) -> str:
        if mark is ReadMark.CHANGED and not self._knows_changes:
            return _("Changed since {round}").format(round=self.last_round)
        words = {
            ReadMark.MISSING: _("Missing {count}"),
            ReadMark.PROBLEM: _("To mend {count}"),
            ReadMark.LOOK: _("Worth a look {count}"),
            ReadMark.CHANGED: _("Changed since {round}: {count}"),
            ReadMark.WITHHELD: _("Withheld {count}"),
            ReadMark.NOTE: _("Notes {count}"),
            ReadMark.ASKED: _("Asked {count}"),
        }
        return words[mark].format(count=count, round=self.last_round)

    def _section(self, section: SectionView) -> Iterator[ReadItem]:
        is_held_back = section.path in self._withheld
        marks = frozenset({ReadMark.WITHHELD}) if is_held_back else frozenset[ReadMark]()
        blank = self._nothing_words(section.path) if section.has_nothing else ""
        yield ReadItem(
            ReadKind.SECTION, section.path, 1, section.label, section.number, blank=blank, marks=marks
        )
        if section.has_nothing:
            return
        for item in self._session.section(section.path).items:
            yield from self._item(item, 2, is_held_back=is_held_back)

    def _nothing_words(self, path: AnswerPath) -> str:
        """That there is nothing to report, and by whom that is known."""
        row = self._nothing.get(path)
        if row is None or not row.by:
            return _("Nothing to report.")
        day = shown_date(row.said_at.astimezone().date())
        return _("Nothing to report. Said by {name}, {day}").format(name=row.by, day=day)

    def _item(self, item: ItemView, level: int, *, is_held_back: bool) -> Iterator[ReadItem]:
        if not item.is_asked:
            return
        match item:
            case QuestionView():
                if item.is_warning:
                    marks = frozenset({ReadMark.LOOK})
                    yield ReadItem(ReadKind.REMARK, item.path, level, item.label, marks=marks)
                elif item.kind not in (Kind.NOTE, Kind.CALCULATED):
                    yield self._answer(item, level, is_held_back=is_held_back)
            case GroupView():
                if item.label:
                    yield ReadItem(ReadKind.HEADING, item.path, level, item.label)
                for inner in item.items:
                    yield from self._item(inner, level + 1, is_held_back=is_held_back)
            case RepeatView():
                yield from self._repeat(item, level, is_held_back=is_held_back)

    def _answer(self, view: QuestionView, level: int, *, is_held_back: bool) -> ReadItem:
        change = self._changes.get(view.path)
        content = printed_answer(view, self._language)
        is_wrong = view.verdict in _WRONG
        return ReadItem(
            ReadKind.ANSWER,
            view.path,
            level,
            view.label,
            view.number,
            lines=read_lines(view, content, change, self._language),
            is_ordered=isinstance(content, Listing) and content.is_ordered,
            blank="" if content else _("Not answered"),
            remark=view.message if is_wrong else "",
            since="" if change is None else self._since(change),
            note=self._notes.get(view.path, ""),
            asked=self._asked_of(view.path),
            marks=self._marks(
                view.path, view.verdict, is_held_back=is_held_back, is_changed=change is not None
            ),
        )

    def _marks(
        self, path: AnswerPath, verdict: Verdict, *, is_held_back: bool, is_changed: bool
    ) -> frozenset[ReadMark]:
        found = {
            ReadMark.MISSING: verdict is Verdict.MISSING,
            ReadMark.PROBLEM: verdict in _WRONG,
            ReadMark.CHANGED: is_changed,
            ReadMark.WITHHELD: is_held_back or is_withheld(path, self._withheld),
            ReadMark.NOTE: path in self._notes,
            ReadMark.ASKED: path in self._asked,
        }
        return frozenset(mark for mark, is_so in found.items() if is_so)

    def _asked_of(self, path: AnswerPath) -> tuple[str, ...]:
        return tuple(self._asked.get(path, ()))

    def _since(self, change: AnswerFateRow) -> str:
        words = {
            AnswerFate.CHANGED: _("changed since {round}"),
            AnswerFate.NEW: _("new since {round}"),
            AnswerFate.GONE: _("answered in {round}"),
        }
        return words[change.since].format(round=self.last_round)

    def _repeat(self, repeat: RepeatView, level: int, *, is_held_back: bool) -> Iterator[ReadItem]:
        marks = self._marks(repeat.path, repeat.verdict, is_held_back=is_held_back, is_changed=False)
        is_wrong = repeat.verdict is not Verdict.OK
        remark = repeat.message if is_wrong else ""
        if not repeat.entries:
            blank = self._nothing_words(repeat.path) if repeat.has_nothing else _("No entries")
            yield ReadItem(
                ReadKind.ANSWER, repeat.path, level, repeat.label, repeat.number,
                blank=blank, remark=remark, marks=marks, note=self._notes.get(repeat.path, ""),
                asked=self._asked_of(repeat.path),
            )  # fmt: skip
            return
        inside = [
            item for entry in repeat.entries for item in self._entry(entry, level, is_held_back=is_held_back)
        ]
        table = None if any(item.marks for item in inside) else as_table(repeat, self._language)
        if table is not None and not marks:
            entries = tuple(tuple(plain(cell) for cell in row) for row in table.rows)
            head = tuple(plain(cell) for cell in table.head)
            yield ReadItem(
                ReadKind.TABLE, repeat.path, level, repeat.label, repeat.number, head=head, rows=entries
            )
            return
        yield ReadItem(
            ReadKind.HEADING, repeat.path, level, repeat.label, repeat.number,
            remark=remark, note=self._notes.get(repeat.path, ""), asked=self._asked_of(repeat.path), marks=marks,
        )  # fmt: skip
        yield from inside

    def _entry(self, entry: EntryView, level: int, *, is_held_back: bool) -> Iterator[ReadItem]:
        is_held_back = is_held_back or is_withheld(entry.path, self._withheld)
        marks = frozenset({ReadMark.WITHHELD}) if entry.path in self._withheld else frozenset[ReadMark]()
        yield ReadItem(ReadKind.ENTRY, entry.path, level + 1, entry.title, entry.number, marks=marks)
        for item in entry.items:
            yield from self._item(item, level + 2, is_held_back=is_held_back)


def _counts(item: ReadItem, mark: ReadMark) -> bool:
    """Headings are withheld with what stands below them, which is what counts."""
    return item.kind in _COUNTED or mark is not ReadMark.WITHHELD


def badge_words(item: ReadItem, mark: ReadMark) -> str:
    """What stands behind the question; "" for what is said below it."""
    words = {
        ReadMark.MISSING: _("missing"),
        ReadMark.PROBLEM: _("to mend"),
        ReadMark.LOOK: _("look at this"),
        ReadMark.CHANGED: item.since,
        ReadMark.WITHHELD: _("not for publication"),
    }
    return words.get(mark, "")


def left_words(left: int) -> str:
    """ "2 to finish"; "" where nothing is."""
    return ngettext("{count} to finish", "{count} to finish", left).format(count=left) if left else ""
