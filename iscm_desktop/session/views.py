"""Frozen views that a form session offers: all that a window, a document or a script needs to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol, Self

from iscm_desktop.questionnaire.answer_readings import Reading
from iscm_desktop.questionnaire.answer_values import Value
from iscm_desktop.questionnaire.form_paths import AnswerPath, path_around
from iscm_desktop.questionnaire.model import Kind, Question
from iscm_desktop.session.device_questions import advice

__all__ = [
    "AnswerChanged", "AnswerPath", "AnswerView", "Change", "ChoiceView", "Declaration", "DeclarationChanged",
    "Deed", "EntryHead", "EntryPlaced", "EntryRemoved", "EntryView", "Finding", "GroupView", "ItemView", "ItemWords",
    "LabelMedia", "QuestionView", "Reading", "RepeatView", "SectionView", "StepKind", "StepView", "Value", "Verdict",
]  # fmt: skip


class Verdict(Enum):
    """How an answer stands against the questionnaire."""

    OK = "ok"
    MISSING = "missing"  # required, and still blank
    UNREADABLE = "unreadable"  # the text is not a value of this question's kind
    OUT_OF_RANGE = "out_of_range"  # readable, but its constraint is false
    TOO_MUCH = "too_much"  # a rule of the form asks for more than any form needs, and was left out


class Declaration(Enum):
    """What is said of a place of the form without answering there."""

    NOTHING_TO_REPORT = "nothing to report"  # of a section or a repeat: an answer, unlike blank
    NOT_OURS = "not ours"  # of an entry that is offered: it is offered no more


@dataclass(frozen=True, slots=True)
class LabelMedia:
    """Files that the form shows beside a label, by name and without folders; "" for none."""

    image: str = ""
    big_image: str = ""  # the same picture, larger
    audio: str = ""
    video: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(filter(None, (self.image, self.big_image, self.audio, self.video)))

    def __bool__(self) -> bool:
        return bool(self.image or self.big_image or self.audio or self.video)


NO_MEDIA = LabelMedia()


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One choice as it is offered now, its filter applied, labelled in the session's language."""

    value: str
    label: str
    media: LabelMedia = NO_MEDIA  # beside its label


@dataclass(frozen=True, slots=True)
class QuestionView:
    """All that a widget needs in order to draw one question."""

    path: AnswerPath
    question: Question
    label: str
    hint: str
    guidance: str
    text: str  # as typed or, where it can be read, in stored form (ISO date, "1250.5", "a b c"); "" if blank
    is_asked: bool  # False while its relevant expression, or that of a group around it, is false
    is_required: bool
    is_read_only: bool
    verdict: Verdict
    message: str  # what is wrong and what is expected, in words; "" when the verdict is OK
    choices: tuple[ChoiceView, ...] = ()
    number: str = (
        ""  # as people quote it, in the letters of the response's language: "E20", "C1.3"; "" for none
    )
    readings: tuple[Reading, ...] = ()  # what an unreadable text may mean, for people to pick
    media: LabelMedia = NO_MEDIA  # beside its label

    @property
    def kind(self) -> Kind:
        """How the question is answered, as the form says."""
        return self.question.kind

    @property
    def own_hint(self) -> str:
        """What the form says, without what this program adds about a desk: paper is another matter."""
        return self.hint.removesuffix(advice(self.question)).rstrip()

    @property
    def max_length(self) -> int | None:
        """Characters allowed, for the counter; None where there is no limit."""
        return self.question.own.max_length

    @property
    def is_warning(self) -> bool:
        """A note that is shown because an answer looks odd; it never stops anybody."""
        return self.kind is Kind.NOTE and self.question.own.is_warning


@dataclass(frozen=True, slots=True)
class ItemWords:
    """What an item says in one of the form's languages; "" where it is not translated into that."""

    label: str = ""
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)  # labels of what is offered now, by value


@dataclass(frozen=True, slots=True)
class GroupView:
    """A heading with the items below it."""

    path: AnswerPath
    label: str
    hint: str
    is_asked: bool
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class EntryView:
    """One turn of a repeat."""

    path: AnswerPath  # ends in the entry's id
    entry_id: str
    title: str  # from the first answered question inside, or "Turning point 2"
    items: tuple[ItemView, ...]
    number: str = ""  # "C1"


@dataclass(frozen=True, slots=True)
class EntryHead:
    """How one entry of a repeat is called; what is in it costs nothing here."""

    path: AnswerPath
    title: str
    repeat_label: str


@dataclass(frozen=True, slots=True)
class RepeatView:
    """A repeat with its entries in order."""

    path: AnswerPath
    label: str
    hint: str
    is_asked: bool
    entries: tuple[EntryView, ...]
    can_add: bool
    can_remove: bool  # False where repeat_count or the least number of entries decides
    verdict: Verdict  # MISSING where fewer entries than asked for
    message: str
    min_entries: int = 0
    max_entries: int | None = None
    has_nothing: bool = False  # somebody said so of it, or of its section
    refused: frozenset[str] = field(default=frozenset(), compare=False)
    """Ids that are not to be offered: not ours, or removed since the response was opened; of the latter the store
    knows afterwards."""
    number: str = ""  # "E01"


ItemView = QuestionView | GroupView | RepeatView


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section and how far it is filled in."""

    path: AnswerPath
    label: str
    hint: str
    is_asked: bool
    asked: int  # questions asked now, notes and calculations left out
    answered: int  # of these with an answer that is in order: what is wrong is not done
    missing: int  # required and blank, repeats that want entries included
    wrong: int  # unreadable, out of range, or with a rule that is too much
    has_nothing: bool = field(default=False, kw_only=True)
    """Somebody said that there is nothing to report: all of it counts as answered."""
    number: str = ""  # "E"
    seconds_left: int = 0  # what is asked and not in order would take, by the kinds of questions


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to finish or mend, in form order."""

    path: AnswerPath
    label: str
    verdict: Verdict
    message: str
    section: AnswerPath
    entry: str = (
        ""  # which repeat entry it is in: "2 · Nairobi"; of entries in entries "1 · Kenya › 2 · Nairobi"
    )
    number: str = ""  # of the question or repeat: "E20", "C1.3"


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer that is asked and not blank, ready for documents and data."""

    path: AnswerPath
    question: Question
    value: Value  # None where the text could not be read as the question's kind
    text: str
    labels: tuple[
        str, ...
    ] = ()  # of each chosen value, in the session's language; the name of an attached file
    phrases: tuple[str, ...] = ()  # wording inside a sentence; the label in lower case where there is none
    label: str = field(default="")  # the question's label
    number: str = ""  # "E20", "C1.3"

    @property
    def entry(self) -> AnswerPath:
        """Path of the repeat entry (or group) that holds the answer."""
        return path_around(self.path)


@dataclass(frozen=True, slots=True)
class AnswerChanged:
    """Somebody changed an answer; text "" means that it was cleared."""

    path: AnswerPath
    text: str


@dataclass(frozen=True, slots=True)
class EntryPlaced:
    """An entry was added, or moved behind `after` (None: to the front). Undoing a removal places it again."""

    path: AnswerPath
    after: str | None


@dataclass(frozen=True, slots=True)
class EntryRemoved:
    """An entry was removed with all that is in it."""

    path: AnswerPath
    is_undone: bool = field(default=False, compare=False)
    """Adding it was undone: where nobody else has seen it, it is as if it had never been there."""


@dataclass(frozen=True, slots=True)
class DeclarationChanged:
    """Something was declared of a section, a repeat or an entry, or taken back."""

    path: AnswerPath
    declaration: Declaration
    is_made: bool


Change = AnswerChanged | EntryPlaced | EntryRemoved | DeclarationChanged


class Deed(Protocol):
    """Something beside the answers that a person did about them, and that can be taken back: a mark, a note."""

    @property
    def path(self) -> AnswerPath:
        """The question, entry, repeat or section that it is about."""

    @property
    def is_nothing(self) -> bool:
        """Whether it ended where it began."""

    def goes_on_with(self, later: Deed) -> bool:
        """Whether `later` is more of the same, such as more of a note, so that both are one step."""

    def joined_with(self, later: Deed) -> Self:
        """Both as one; only where it goes on."""

    def take_back(self) -> None:
        """Undoes it."""

    def do_again(self) -> None:
        """Does it again."""


class StepKind(Enum):
    """What a person did in one step."""

    ANSWER = "answer"
    ENTRY_ADDED = "entry_added"
    ENTRY_REMOVED = "entry_removed"
    ENTRY_MOVED = "entry_moved"
    SAID_NOTHING = "said_nothing"  # of a section or a repeat: nothing to report
    TOOK_NOTHING_BACK = "took_nothing_back"
    DECLINED = "declined"  # an entry that was offered is not ours
    OFFERED_AGAIN = "offered_again"
    TAKEN_OVER = "taken_over"  # what was offered, one entry or answer or several
    SEVERAL = "several"  # several answers at once, such as rows that were pasted
    DEED = "deed"  # something beside the answers


@dataclass(frozen=True, slots=True)
class StepView:
    """A step that can be taken back, or done again."""

    kind: StepKind
    path: AnswerPath  # of the answer or entry; of several, the first
    before: str = ""  # of an answer, as stored; "" if it was blank
    after: str = ""
    title: str = ""  # of an entry that is not there, as it was called
    count: int = 1  # answers that became others
    entries: int = 0  # entries that came, went or moved, those in them not counted
    deed: Deed | None = None
