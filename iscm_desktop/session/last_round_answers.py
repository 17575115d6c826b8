"""What was answered in an earlier round, offered to whoever answers now: never an answer until it is confirmed.

Pure: it reads a form session and, when somebody confirms, answers in it as a person would.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from iscm_desktop.questionnaire.form_paths import path_below
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath, EntryView, GroupView, ItemView, QuestionView, RepeatView

_MOST_TURNS = 10
"""An answer may bring questions that have an earlier answer, too; so deep it goes in no questionnaire."""


class AnswerFate(Enum):
    """What has become of an earlier answer."""

    CHANGED = "changed"
    NEW = "new"  # answered in this round, and not in the earlier one
    GONE = "gone"  # answered then, and cleared or no longer asked now
    NOT_CONFIRMED = "not_confirmed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class LastRoundAnswers:
    """Answers and entries of an earlier round, by the paths of the questionnaire in use."""

    round: str = ""  # "2019"; "" where none was taken in
    answers: Mapping[AnswerPath, str] = field(default_factory=dict)
    entries: Mapping[AnswerPath, tuple[str, ...]] = field(default_factory=dict)
    touched: frozenset[AnswerPath] = frozenset()
    """Paths at which this round has something recorded, be it that it was cleared or removed."""

    def pending(self, view: QuestionView) -> str:
        """The earlier answer to a question, while nobody has answered or cleared it; "" where there is none."""
        if view.text or view.path in self.touched or view.is_read_only:
            return ""
        return self.answers.get(view.path, "")

    def pending_entries(self, repeat: RepeatView) -> tuple[str, ...]:
        """Ids of earlier entries that nobody has taken over or removed."""
        if not repeat.can_add:
            return ()
        standing = {entry.entry_id for entry in repeat.entries}
        return tuple(
            id_
            for id_ in self.entries.get(repeat.path, ())
            if id_ not in standing and path_below(repeat.path, id_) not in self.touched
        )

    def inside(self, entry: AnswerPath) -> dict[AnswerPath, str]:
        """The earlier answers of one entry."""
        return {path: text for path, text in self.answers.items() if path.startswith(f"{entry}/")}

    def pending_in(self, session: FormSession, section: AnswerPath) -> int:
        """How many earlier answers in a section wait to be confirmed, those in earlier entries included."""
        count = 0
        for item in _items(session.section(section).items):
            if isinstance(item, QuestionView):
                count += bool(self.pending(item))
            else:
                ids = self.pending_entries(item)
                count += sum(len(self.inside(path_below(item.path, id_))) for id_ in ids)
        return count

    # confirming

    def confirm(self, session: FormSession, path: AnswerPath) -> bool:
        """Answers one question as in the earlier round; False where nothing was pending."""
        text = self.pending(session.view(path))
        if text:
            session.answer(path, text)
        return bool(text)

    def confirm_entries(self, session: FormSession, repeat: AnswerPath) -> int:
        """Takes the earlier entries of a repeat over with all that is in them; gives how many."""
        ids = self.pending_entries(session.repeat(repeat))
        for id_ in ids:
            entry = session.add_entry(repeat, entry_id=id_)
            for inner in [path for path in self.entries if path.startswith(f"{entry}/")]:
                self.confirm_entries(session, inner)
            for path in self.inside(entry):
                if path not in self.touched and _is_question(session, path):
                    session.answer(path, self.answers[path])
        return len(ids)

    def confirm_section(self, session: FormSession, section: AnswerPath) -> int:
        """Confirms all of a section, questions that these answers bring up included; gives how many answers."""
        done = 0
        for _turn in range(_MOST_TURNS):
            before = self.pending_in(session, section)
            for item in list(_items(session.section(section).items)):
                if isinstance(item, QuestionView):
                    self.confirm(session, item.path)
                else:
                    self.confirm_entries(session, item.path)
            done += before - self.pending_in(session, section) if before else 0
            if not self.pending_in(session, section):
                break
        return done


def _items(items: tuple[ItemView, ...]) -> Iterator[QuestionView | RepeatView]:
    """Every question and repeat that is asked, in form order."""
    for item in items:
        if not item.is_asked:
            continue
        if isinstance(item, QuestionView):
            yield item
        elif isinstance(item, GroupView):
            yield from _items(item.items)
        else:
            yield item
            for entry in item.entries:
                yield from _entry_items(entry)


def _entry_items(entry: EntryView) -> Iterator[QuestionView | RepeatView]:
    yield from _items(entry.items)


def _is_question(session: FormSession, path: AnswerPath) -> bool:
    try:
        session.view(path)
    except KeyError:
        return False
    return True
