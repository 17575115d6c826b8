"""A repeat as a table: a column for each question, a row for each entry, and how each entry stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.choice_names import choice_search
from iscm_desktop.presenters.entries.choice_words import SEPARATOR, ChoiceWords
from iscm_desktop.questionnaire.answer_readings import Reading, shown_answer
from iscm_desktop.questionnaire.attached_files import readable_answer
from iscm_desktop.questionnaire.form_paths import AnswerPath, TemplatePath, path_below
from iscm_desktop.questionnaire.model import Item, Kind, Question, Repeat
from iscm_desktop.questionnaire.name_search import NameSearch
from iscm_desktop.questionnaire.sections import template_path
from iscm_desktop.questionnaire.typed_numbers import written_number
from iscm_desktop.session.expression_host import language_code
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import (
    ChoiceView,
    EntryView,
    GroupView,
    ItemView,
    QuestionView,
    RepeatView,
    Verdict,
)
from iscm_desktop.workspace.item_labels import ItemLabels

_FEW_COLUMNS = 6
_MANY_ENTRIES = 20
_WORDS = (Kind.TEXT, Kind.OTHER)
_FRACTIONS = (Kind.DECIMAL, Kind.RANGE)
_NEVER = 1000


class EntryState(Enum):
    """How the answers of an entry stand together."""

    BLANK = "blank"
    COMPLETE = "complete"
    MISSING = "missing"  # something that is required is blank
    WRONG = "wrong"  # something is to be mended


@dataclass(frozen=True, slots=True)
class EntryColumn:
    """One question of the repeat."""

    name: str  # its path below the entry: "town", or "place/town" in a group
    label: str
    question: Question


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry with its questions by the name of their column."""

    entry: EntryView
    number: int  # from 1
    cells: Mapping[str, QuestionView]
    state: EntryState
    wrong: int
    missing: int

    @property
    def path(self) -> AnswerPath:
        """Of the entry."""
        return self.entry.path

    @property
    def state_words(self) -> str:
        """ "complete", "2 to mend", "3 missing"; "" for an entry without answers."""
        if self.state is EntryState.WRONG:
            return ngettext("{count} to mend", "{count} to mend", self.wrong).format(count=self.wrong)
        if self.state is EntryState.MISSING:
            return ngettext("{count} missing", "{count} missing", self.missing).format(count=self.missing)
        return _("complete") if self.state is EntryState.COMPLETE else ""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a cell, and which it is."""

    path: AnswerPath
    place: str  # "2 · Addis Ababa, When"
    message: str
    readings: tuple[Reading, ...] = ()  # what may be meant


class EntryTable:
    """One repeat of a session; what it shows is asked for anew after each change.

    Questions in a repeat inside the repeat have no column: they are answered on the entry's card.
    """

    def __init__(self, session: FormSession, path: AnswerPath) -> None:
        self.session, self.path = session, path
        item = session.questionnaire.item(template_path(session.questionnaire, path))
        self._items: tuple[Item, ...] = item.items if isinstance(item, Repeat) else ()
        self._start = len(item.path) + 1
        self._words: dict[TemplatePath, tuple[tuple[ChoiceView, ...], ChoiceWords]] = {}
        self.has_inner_repeats = any(isinstance(each, Repeat) for each in _flat(self._items))

    @property
    def language(self) -> str:
        """The code of the language in which cells are written."""
        return language_code(self.session.language)

    @property
    def columns(self) -> tuple[EntryColumn, ...]:
        """The questions that people answer, in form order, called as the session's language has it."""
        labels = ItemLabels(self.session.questionnaire, self.session.language)
        return tuple(
            EntryColumn(each.path[self._start :], labels.text(each.label) or each.name, each)
            for each in self._questions
        )

    @cached_property
    def _questions(self) -> tuple[Question, ...]:
        return tuple(
            each for each in _flat(self._items) if isinstance(each, Question) and each.kind.is_answered
        )

    def is_table_at_first(self, entries: int) -> bool:
        """Whether a table serves better than cards, before anybody chose: many entries with few questions each."""
        is_plain = not self.has_inner_repeats and len(self._questions) <= _FEW_COLUMNS
        return is_plain and entries > _MANY_ENTRIES

    def rows(self, view: RepeatView | None = None) -> tuple[EntryRow, ...]:
        """The entries in order; `view` saves asking for the repeat."""
        view = view or self.session.repeat(self.path)
        return tuple(self._row(entry, number) for number, entry in enumerate(view.entries, 1))

    def refreshed(self, row: EntryRow, names: Set[str]) -> EntryRow:
        """A row whose answers at `names`, paths below its entry, may be others now, and with them its title."""
        if names - row.cells.keys():  # of an entry inside the entry
            return self.rows()[row.number - 1]
        cells = dict(row.cells)
        for name in names:
            cells[name] = self.session.view(path_below(row.path, name))
        others = [view for view in _views(row.entry.items) if isinstance(view, RepeatView)]
        head = self.session.entry_of(row.path)
        entry = row.entry if head is None else replace(row.entry, title=head.title)
        return _judged(entry, row.number, cells, others)

    def _row(self, entry: EntryView, number: int) -> EntryRow:
        start = len(entry.path) + 1
        views = list(_views(entry.items))
        cells = {view.path[start:]: view for view in views if isinstance(view, QuestionView)}
        return _judged(entry, number, cells, [view for view in views if isinstance(view, RepeatView)])

    def typed_text(self, view: QuestionView, text: str) -> str:
        """What is answered where somebody writes `text` in a cell: values for the names of choices.

        Choices are found by whatever name the question finds them. Several are separated by semicolons, line ends or,
        where only that finds all of them, commas. What is no choice, or may be one or another, stays as it was
        written, and is judged like any other answer.
        """
        meant = self._meant(view, text, is_typed=True)
        return meant[0] if len(meant) == 1 else text.strip()

    def pasted_texts(self, view: QuestionView, text: str) -> list[str]:
        """Like `typed_text`, for words out of which nobody chose; several where they may mean one or another."""
        return self._meant(view, text, is_typed=False) or [text.strip()]

    def _meant(self, view: QuestionView, text: str, *, is_typed: bool) -> list[str]:
        if view.kind is Kind.LONG_TEXT or (view.kind in _WORDS and text.strip()):
            return [text]
        if view.kind.has_one_choice:
            return list(self._words_of(view).one(text.strip(), is_typed=is_typed))
        if view.kind.has_many_choices:
            return [" ".join(each) for each in self._words_of(view).many(text.strip(), is_typed=is_typed)]
        return []

    def search(self, view: QuestionView) -> NameSearch:
        """By which names its choices are found; kept while they are the same."""
        return self._words_of(view).search

    def _words_of(self, view: QuestionView) -> ChoiceWords:
        """Kept while the choices are the same, for a paste asks row by row."""
        found = self._words.get(view.question.path)
        if found is None or found[0] != view.choices:
            search = choice_search(self.session.questionnaire, view)
            found = view.choices, ChoiceWords(view.choices, search)
            self._words[view.question.path] = found
        return found[1]

    def copied(self, view: QuestionView | None) -> CopiedCell:
        """What the clipboard is given of a cell."""
        if view is None or not view.is_asked:
            return CopiedCell("")
        return CopiedCell(
            copied_text(view, self.language), self._named(view.question), view.kind.value, view.text
        )

    def stored_text(self, view: QuestionView, cell: CopiedCell) -> str | None:
        """What is answered where a copied cell is pasted; None where its words are to be read.

        The answer is the same to the same question, or to one of its kind where it is called the same there.
        """
        if cell.question and cell.question == self._named(view.question):
            return cell.stored
        if cell.kind != view.kind.value:
            return None
        is_chosen = view.kind.has_one_choice or view.kind.has_many_choices
        is_alike = not is_chosen or shown_text(replace(view, text=cell.stored)) == cell.words
        return cell.stored if is_alike else None

    def _named(self, question: Question) -> str:
        return f"{self.session.questionnaire.form_id}/{question.path}"

    def choices(self, column: EntryColumn) -> tuple[ChoiceView, ...]:
        """What can be chosen in an entry that is not there yet; () where that depends on its other answers."""
        question, form = column.question, self.session.questionnaire
        if question.itemset is not None:
            return ()
        labels = ItemLabels(form, self.session.language)
        found = form.choice_lists.get(question.choice_list, ())
        return tuple(ChoiceView(each.value, labels.text(each.label) or each.value) for each in found)

    def complaint(self, row: EntryRow, column: EntryColumn) -> Complaint | None:
        """What is wrong with one cell, said so that it is clear which; None where nothing is."""
        view = row.cells.get(column.name)
        if view is None or not view.is_asked or view.verdict is Verdict.OK:
            return None
        place = f"{numbered_title(row)}, {column.label}"
        return Complaint(view.path, place, view.message, view.readings)


@dataclass(frozen=True, slots=True)
class CopiedCell:
    """A cell of our own on the clipboard: how it is shown, and the answer as it is stored."""

    words: str
    question: str = ""  # form and path of what was answered; "" for a title, or where nothing is asked
    kind: str = ""
    stored: str = ""


def _judged(
    entry: EntryView, number: int, cells: dict[str, QuestionView], inner: Sequence[RepeatView]
) -> EntryRow:
    views: list[QuestionView | RepeatView] = [*cells.values(), *inner]
    verdicts = [view.verdict for view in views if view.is_asked]
    missing = verdicts.count(Verdict.MISSING)
    wrong = len(verdicts) - missing - verdicts.count(Verdict.OK)
    state = EntryState.WRONG if wrong else EntryState.MISSING if missing else EntryState.COMPLETE
    if state is EntryState.COMPLETE and not any(view.text for view in cells.values()):
        state = EntryState.BLANK
    return EntryRow(entry, number, cells, state, wrong, missing)


def numbered_title(row: EntryRow) -> str:
    """ "2 · Addis Ababa", since two entries may be called alike."""
    return f"{row.number} · {row.entry.title}"


def cell_text(view: QuestionView, language: str) -> str:
    """What a cell shows: words for choices, dates and numbers as `language` writes them."""
    if view.kind is Kind.ATTACHMENT or view.kind.has_one_choice or view.kind.has_many_choices:
        return shown_text(view)
    return shown_answer(view.question, view.text, language)


def typed_over(view: QuestionView, language: str) -> str:
    """What the editor of a cell is given: as the cell shows it; what is picked by value, for labels may be alike."""
    is_chosen = view.kind.has_one_choice or view.kind is Kind.SELECT_MANY
    return view.text if is_chosen else cell_text(view, language)


def is_typed_in(view: QuestionView) -> bool:
    """Whether a cell takes what is typed or pasted: it is asked, may be changed, and takes no file."""
    return view.is_asked and not view.is_read_only and view.kind is not Kind.ATTACHMENT


def shown_text(view: QuestionView) -> str:
    """What is sorted by and copied: words for choices, dates as every spreadsheet reads them."""
    if view.kind is Kind.ATTACHMENT:
        return readable_answer(view.text)
    if not view.text or not (view.kind.has_one_choice or view.kind.has_many_choices):
        return view.text
    labels = {choice.value: choice.label for choice in view.choices}
    values = view.text.split() if view.kind.has_many_choices else [view.text]
    return SEPARATOR.join(labels.get(value, value) for value in values)


def copied_text(view: QuestionView, language: str) -> str:
    """`shown_text` with the decimal mark of `language`, so that it is the same number where it is pasted."""
    text = shown_text(view)
    return written_number(text, language, groups_from=_NEVER) if view.kind in _FRACTIONS else text


def _flat(items: tuple[Item, ...]) -> Iterator[Item]:
    """Questions and repeats, those in groups included, what is in repeats not."""
    for item in items:
        if isinstance(item, Question | Repeat):
            yield item
        else:
            yield from _flat(item.items)


def _views(items: tuple[ItemView, ...]) -> Iterator[QuestionView | RepeatView]:
    """Everything that is judged in an entry, entries inside it included."""
    for item in items:
        if isinstance(item, GroupView):
            yield from _views(item.items)
        elif isinstance(item, RepeatView):
            yield item
            for entry in item.entries:
                yield from _views(entry.items)
        elif item.kind.is_answered:
            yield item
