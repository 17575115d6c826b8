"""What the program proposes, out of a register or an earlier round: nobody's answer until somebody takes it over.

Pure: it reads a form session and, when somebody takes something over, answers in it as a person would. The entries have
the ids that their register or round gives them, so those of two people who take over the same are the same entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from iscm_desktop.questionnaire.form_paths import TemplatePath, last_name, path_below
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import (
    AnswerPath,
    Declaration,
    EntryView,
    GroupView,
    ItemView,
    QuestionView,
    RepeatView,
    StepKind,
)

_MOST_TURNS = 10
"""An answer may bring questions that have an earlier answer, too; so deep it goes in no questionnaire."""


class AnswerFate(Enum):
    """What has become of an answer of an earlier round."""

    CHANGED = "changed"
    NEW = "new"  # answered in this round, and not in the earlier one
    GONE = "gone"  # answered then, and cleared or no longer asked now
    NOT_CONFIRMED = "not_confirmed"
    SAME = "same"


class OfferOrigin(Enum):
    """Where an offer comes from."""

    LAST_ROUND = "last_round"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Offers:
    """Answers and entries that are offered from one origin, by the paths of the questionnaire in use."""

    round: str = ""  # "2019"; "" where none was taken in, and of a register
    answers: Mapping[AnswerPath, str] = field(default_factory=dict)
    entries: Mapping[AnswerPath, tuple[str, ...]] = field(default_factory=dict)
    touched: frozenset[AnswerPath] = frozenset()
    """Paths at which something was recorded when this was made, be it that it was cleared or removed."""
    origin: OfferOrigin = OfferOrigin.LAST_ROUND

    def pending(self, view: QuestionView) -> str:
        """The answer offered to a question, while nobody has answered or cleared it; "" where there is none."""
        if view.text or view.path in self.touched or view.is_read_only:
            return ""
        return self.answers.get(view.path, "")

    def pending_entries(self, repeat: RepeatView) -> tuple[str, ...]:
        """Ids of offered entries that nobody has taken over, removed or declined."""
        if not repeat.can_add:
            return ()
        standing = {entry.entry_id for entry in repeat.entries}
        waiting = tuple(
            id_
            for id_ in self.entries.get(repeat.path, ())
            if id_ not in standing
            and id_ not in repeat.refused
            and path_below(repeat.path, id_) not in self.touched
        )
        if self.origin is OfferOrigin.LAST_ROUND or not (waiting and standing):
            return waiting
        said = {(question.question.path, question.text) for question in _first_questions(repeat)}
        return tuple(id_ for id_ in waiting if not self._is_said(path_below(repeat.path, id_), said))

    def _is_said(self, entry: AnswerPath, said: set[tuple[TemplatePath, str]]) -> bool:
        """Whether somebody has added what a register offers by themselves: its first answer tells which it is."""
        path, text = next(iter(self.inside(entry).items()), (entry, ""))
        return any(
            value == text and last_name(path) == template.rpartition("/")[2] for template, value in said
        )

    def inside(self, entry: AnswerPath) -> dict[AnswerPath, str]:
        """The answers that are offered with one entry."""
        return {path: text for path, text in self.answers.items() if path.startswith(f"{entry}/")}

    def pending_in(self, session: FormSession, section: AnswerPath) -> int:
        """How many answers in a section wait to be taken over, those in offered entries included."""
        count = 0
        for item in _items(session.section(section).items):
            if isinstance(item, QuestionView):
                count += bool(self.pending(item))
            else:
                ids = self.pending_entries(item)
                count += sum(len(self.inside(path_below(item.path, id_))) for id_ in ids)
        return count

    # taking over

    def confirm(self, session: FormSession, path: AnswerPath) -> bool:
        """Answers one question as it is offered; False where nothing was pending."""
        text = self.pending(session.view(path))
        if text:
            session.answer(path, text, is_stored=True)
        return bool(text)

    def confirm_entry(self, session: FormSession, repeat: AnswerPath, entry_id: str) -> bool:
        """Takes one entry over with all that is in it, as one step; False where it was not pending."""
        view = session.repeat(repeat)
        if entry_id not in self.pending_entries(view):
            return False
        with session.one_step(StepKind.TAKEN_OVER):
            entry = session.add_entry(repeat, after=self._place(view, entry_id), entry_id=entry_id)
            self.fill(session, entry)
        return True

    def fill(self, session: FormSession, entry: AnswerPath) -> None:
        """Answers in an entry what is offered with it and is blank there."""
        for inner in [path for path in self.entries if path.startswith(f"{entry}/")]:
            self.confirm_entries(session, inner)
        for path, text in self.inside(entry).items():
            if path not in self.touched and _is_blank(session, path):
                session.answer(path, text, is_stored=True)

    def confirm_entries(self, session: FormSession, repeat: AnswerPath) -> int:
        """Takes the offered entries of a repeat over with all that is in them, as one step; gives how many."""
        with session.one_step(StepKind.TAKEN_OVER):
            ids = self.pending_entries(session.repeat(repeat))
            return sum(self.confirm_entry(session, repeat, id_) for id_ in ids)

    def confirm_section(self, session: FormSession, section: AnswerPath) -> int:
        """Takes over all of a section, questions that these answers bring up included, as one step; gives how many."""
        done = 0
        with session.one_step(StepKind.TAKEN_OVER):
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

    def _place(self, repeat: RepeatView, entry_id: str) -> str | None:
        """Behind which entry it goes: in the order of the offer among those that were taken over, else at the end."""
        order = self.entries[repeat.path]
        standing = [entry.entry_id for entry in repeat.entries if entry.entry_id in order]
        before = [id_ for id_ in order[: order.index(entry_id)] if id_ in standing]
        if before:
            return before[-1]
        first_is_later = bool(standing) and repeat.entries[0].entry_id in standing
        return None if first_is_later else "last"


@dataclass(frozen=True, slots=True)
class OfferedEntry:
    """An entry that waits to be taken over or declined."""

    path: AnswerPath
    answers: Mapping[AnswerPath, str]  # by path, what would be answered in it
    origin: OfferOrigin
    round: str  # "" of a register

    @property
    def entry_id(self) -> str:
        """Its id, by which all who take it over mean the same entry."""
        return last_name(self.path)


@dataclass(frozen=True, slots=True)
class ResponseOffers:
    """All that is offered in one response; what an earlier round had goes before what a register has."""

    last_round: Offers = field(default_factory=Offers)
    register: Offers = field(default_factory=lambda: Offers(origin=OfferOrigin.REGISTER))

    def entries(self, repeat: RepeatView) -> tuple[OfferedEntry, ...]:
        """The entries that wait in a repeat, each once."""
        found: dict[str, OfferedEntry] = {}
        for source in (self.last_round, self.register):
            for id_ in source.pending_entries(repeat):
                path = path_below(repeat.path, id_)
                found.setdefault(id_, OfferedEntry(path, source.inside(path), source.origin, source.round))
        return tuple(found.values())

    def take_over(self, session: FormSession, repeat: AnswerPath, entry_id: str | None = None) -> int:
        """Takes an offered entry over, or all of a repeat, as one step; gives how many."""
        done = 0
        with session.one_step(StepKind.TAKEN_OVER):
            for one in self.entries(session.repeat(repeat)):
                if entry_id in (None, one.entry_id):
                    self._take(session, repeat, one)
                    done += 1
        return done

    def _take(self, session: FormSession, repeat: AnswerPath, one: OfferedEntry) -> None:
        for source in (
            self.last_round,
            self.register,
        ):  # the register fills what the earlier round left blank
            if not source.confirm_entry(session, repeat, one.entry_id):
                source.fill(session, one.path)

    def decline(self, session: FormSession, repeat: AnswerPath, entry_id: str, title: str = "") -> bool:
        """Says that an offered entry, called `title`, is not the respondent's; False where it does not wait."""
        waits = any(one.entry_id == entry_id for one in self.entries(session.repeat(repeat)))
        if waits:
            session.declare(Declaration.NOT_OURS, path_below(repeat, entry_id), title=title)
        return waits

    def waiting(self, session: FormSession) -> tuple[OfferedEntry, ...]:
        """All entries that wait in repeats that are asked, in form order."""
        repeats = (
            item
            for section in session.sections()
            if section.is_asked
            for item in _items(session.section(section.path).items)
            if isinstance(item, RepeatView)
        )
        return tuple(one for repeat in repeats for one in self.entries(repeat))


def _first_questions(repeat: RepeatView) -> Iterator[QuestionView]:
    """The first question of each entry."""
    for entry in repeat.entries:
        first = next((item for item in _entry_items(entry) if isinstance(item, QuestionView)), None)
        if first is not None:
            yield first


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


def _is_blank(session: FormSession, path: AnswerPath) -> bool:
    """Whether there is a question, and nobody has answered it."""
    try:
        return not session.view(path).text
    except KeyError:
        return False
