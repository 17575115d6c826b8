"""Which questions go on a task sheet: what somebody is asked to answer, chosen one by one or by how they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.session.views import AnswerPath, EntryView, GroupView, QuestionView, RepeatView, Verdict

if TYPE_CHECKING:
    from iscm_desktop.session.form_session import FormSession

_WRONG = (Verdict.UNREADABLE, Verdict.OUT_OF_RANGE, Verdict.TOO_MUCH)


class TaskScope(Enum):
    """Questions that go on the sheet unless somebody chooses otherwise."""

    OPEN = "open"  # without an answer, or with one to mend
    REQUIRED = "required"  # of those, what has to be there
    ALL = "all"


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A question, or a repeat to which entries can be added, that can go on the sheet."""

    path: AnswerPath
    name: str  # "E20 Annual fee"
    section: AnswerPath
    above: str  # entries around it: "C2 IGAD"
    is_open: bool
    is_required: bool

    def is_in(self, scope: TaskScope) -> bool:
        """Whether it goes on the sheet by how it stands."""
        match scope:
            case TaskScope.ALL:
                return True
            case TaskScope.OPEN:
                return self.is_open
            case TaskScope.REQUIRED:
                return self.is_open and self.is_required


def task_rows(session: FormSession, sections: Collection[AnswerPath] | None = None) -> tuple[TaskRow, ...]:
    """Everything that is asked and can be answered, in form order; of some sections, or of all (None)."""
    return tuple(
        row
        for section in session.sections()
        if section.is_asked and (sections is None or section.path in sections)
        for row in _rows(session.section(section.path), section.path, "")
    )


def _rows(view: GroupView | EntryView, section: AnswerPath, above: str) -> Iterator[TaskRow]:
    for item in view.items:
        if isinstance(item, GroupView):
            yield from _rows(item, section, above)
        elif not item.is_asked:
            continue
        elif isinstance(item, RepeatView):
            if not item.entries or item.verdict is not Verdict.OK:
                yield _row(item, section, above, is_open=not item.entries or item.verdict is not Verdict.OK)
            for entry in item.entries:
                title = with_number(entry.number, entry.title)
                yield from _rows(entry, section, f"{above} › {title}" if above else title)
        elif item.kind.is_answered and not item.is_read_only:
            is_open = not item.text.strip() or item.verdict in _WRONG
            yield _row(item, section, above, is_open=is_open)


def _row(item: QuestionView | RepeatView, section: AnswerPath, above: str, *, is_open: bool) -> TaskRow:
    is_required = item.verdict is not Verdict.OK or (isinstance(item, QuestionView) and item.is_required)
    return TaskRow(item.path, with_number(item.number, item.label), section, above, is_open, is_required)
