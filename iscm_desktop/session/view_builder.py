"""Frozen views of a response: what windows, documents and scripts show."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire import answer_values
from iscm_desktop.questionnaire.answering_time import seconds_for_entry, seconds_to_answer
from iscm_desktop.questionnaire.attached_files import readable_answer
from iscm_desktop.questionnaire.form_paths import (
    FORM_ROOT,
    TemplatePath,
    last_name,
    outside_repeats,
    path_around,
    path_below,
)
from iscm_desktop.questionnaire.model import Group, Item, Kind, Question, Repeat
from iscm_desktop.questionnaire.numbering import numbering
from iscm_desktop.session.label_media import label_media
from iscm_desktop.session.question_words import QuestionWords
from iscm_desktop.session.response_tree import RepeatSeries, ResponseCell
from iscm_desktop.session.rule_engine import RuleEngine
from iscm_desktop.session.verdicts import AnswerJudge
from iscm_desktop.session.views import (
    AnswerPath,
    AnswerView,
    ChoiceView,
    Declaration,
    EntryHead,
    EntryView,
    Finding,
    GroupView,
    ItemView,
    QuestionView,
    RepeatView,
    SectionView,
    Verdict,
)

_WRONG = (Verdict.UNREADABLE, Verdict.OUT_OF_RANGE, Verdict.TOO_MUCH)
_ENTRY = N_("{repeat} {number}")


class ViewBuilder:
    """Makes views on demand; remembers the choices of a list and the counts of a section.

    Args:
        sections: Those of which views are made; None: all.

    Attributes:
        given: What the program filled in by itself; while an answer reads so, it is nobody's and is not counted.
    """

    def __init__(
        self, engine: RuleEngine, judge: AnswerJudge, sections: Collection[TemplatePath] | None = None
    ) -> None:
        self._engine = engine
        self._judge = judge
        self._host = engine.host
        self.given: Mapping[AnswerPath, str] = {}
        self._lists: dict[str, tuple[ChoiceView, ...]] = {}
        self._sections: dict[TemplatePath, SectionView] = {}
        self.words = QuestionWords(engine)
        self._is_whole = sections is None
        form = engine.questionnaire
        self._numbers = numbering(form)
        self.own_sections = tuple(each for each in form.sections if sections is None or each.path in sections)
        self.own_items = form.items if sections is None else self.own_sections

    def language_changed(self) -> None:
        """Forgets what it remembers in the language before."""
        self._lists.clear()
        self._sections.clear()

    # cells

    def cells(
        self, items: tuple[Item, ...], base: ResponseCell
    ) -> Iterator[tuple[Item, ResponseCell | RepeatSeries | None]]:
        """Each item with its cell below `base`; groups that only serve the layout have none."""
        skipped = len(base.template.path) + 1 if base.template.path else 0
        for item in items:
            yield item, _below(base, item.path[skipped:])

    def shown_cells(
        self, items: tuple[Item, ...], base: ResponseCell
    ) -> Iterator[ResponseCell | RepeatSeries]:
        """All cells that can be shown, in form order, each repeat before its entries."""
        for item, cell in self.cells(items, base):
            if isinstance(item, Question):
                if isinstance(cell, ResponseCell) and item.kind.is_shown:
                    yield cell
            elif isinstance(item, Repeat):
                if isinstance(cell, RepeatSeries):
                    yield cell
                    for entry in cell.entries:
                        yield from self.shown_cells(item.items, entry)
            else:
                yield from self.shown_cells(item.items, cell if isinstance(cell, ResponseCell) else base)

    # views

    def question(self, cell: ResponseCell) -> QuestionView:
        """The view of a question's cell; KeyError for a cell without a question."""
        question = cell.template.question
        if question is None:
            raise KeyError(cell.path)
        self._judge.judge(cell)
        worded, node = self._host.worded, cell.node
        label = worded(question.label, node)
        guidance = worded(question.guidance, node)
        choices = self.choices(cell)
        hint = self.words.hint(cell, question)
        verdict, message = cell.verdict, cell.message
        if self._host.excesses.found:  # by now: what is written above may have been too much
            verdict, message = self._verdict(cell)
        return QuestionView(
            cell.path,
            question,
            label,
            hint,
            guidance,
            cell.text,
            cell.is_asked,
            cell.is_required,
            cell.is_read_only,
            verdict,
            message,
            choices,
            self.number(cell),
            self.words.readings(cell, question) if verdict is Verdict.UNREADABLE else (),
            label_media(question.media, self._host, node),
        )

    def number_at(self, path: AnswerPath) -> str:
        """The same by path; KeyError where there is nothing."""
        cell = self._engine.by_path.get(path)
        if cell is not None:
            return self.number(cell)
        for section in self.own_sections:
            if outside_repeats(section.path) == path:
                return self._numbered(section.path)
        raise KeyError(path)

    def number(self, cell: ResponseCell | RepeatSeries) -> str:
        """What people call a section, question, repeat or entry by; "" for what has no number."""
        places = cell.places() if isinstance(cell, ResponseCell) else cell.parent.places()
        return self._numbered(cell.template.path, places)

    def _numbered(self, template: TemplatePath, places: tuple[int, ...] = ()) -> str:
        return self._numbers.number(template, places, language=self._host.language)

    def _verdict(self, cell: ResponseCell | RepeatSeries) -> tuple[Verdict, str]:
        """How a judged cell stands; where a rule of it is too much, that comes before all else."""
        if self._host.excesses.found and cell.is_asked and cell in self._host.excesses:
            return Verdict.TOO_MUCH, self._host.excesses.message(cell)
        return cell.verdict, cell.message

    def choices(self, cell: ResponseCell) -> tuple[ChoiceView, ...]:
        """What can be chosen now, labelled in the session's language."""
        question = cell.template.question
        if question is None:
            return ()
        if question.itemset is not None:
            return self._engine.dynamic_choices.offered(cell)
        if question.choice_list not in self._lists:
            self._lists[question.choice_list] = tuple(
                ChoiceView(
                    choice.value,
                    self._host.worded(choice.label, cell.node) or choice.value,
                    label_media(choice.media, self._host, None),
                )
                for choice in self._engine.questionnaire.choice_lists.get(question.choice_list, ())
            )
        return self._lists[question.choice_list]

    def items(self, items: tuple[Item, ...], base: ResponseCell) -> tuple[ItemView, ...]:
        """Views of the items that can be shown, hidden ones included, found below `base`."""
        return tuple(filter(None, (self._item(item, cell, base) for item, cell in self.cells(items, base))))

    def _item(
        self, item: Item, cell: ResponseCell | RepeatSeries | None, base: ResponseCell
    ) -> ItemView | None:
        if isinstance(item, Question):
            return self.question(cell) if isinstance(cell, ResponseCell) and item.kind.is_shown else None
        if isinstance(item, Repeat):
            return self.repeat(cell) if isinstance(cell, RepeatSeries) else None
        return self.group(item, cell if isinstance(cell, ResponseCell) else None, base)

    def group(self, group: Group, cell: ResponseCell | None, base: ResponseCell) -> GroupView:
        """A group with all inside; `cell` is None for one that only serves the layout, below `base`."""
        inside = cell or base
        worded = self._host.worded
        path = cell.path if cell is not None else path_below(base.path, last_name(group.path))
        return GroupView(
            path,
            worded(group.label, inside.node),
            worded(group.hint, inside.node),
            inside.is_asked,
            self.items(group.items, inside),
        )

    def repeat(self, series: RepeatSeries) -> RepeatView:
        """A repeat with its entries; KeyError where the form shows none at this series."""
        self._judge.judge(series)
        repeat = series.template.item
        if not isinstance(repeat, Repeat):
            raise KeyError(series.path)
        worded = self._host.worded
        most, is_free = repeat.own.max_entries, is_free_to_change(series)
        label = worded(repeat.label, series.node)
        verdict, message = self._verdict(series)
        return RepeatView(
            series.path,
            label,
            worded(repeat.hint, series.node),
            series.is_asked,
            tuple(
                self._entry(entry, repeat, label, number) for number, entry in enumerate(series.entries, 1)
            ),
            is_free and (most is None or len(series.entries) < most),
            is_free and bool(series.entries),
            verdict,
            message,
            repeat.own.min_entries,
            most,
            bool(self._engine.declarations.nothing) and bool(self._engine.declarations.covering(series.path)),
            self._refused(series.path),
            self.number(series),
        )

    def _refused(self, repeat: AnswerPath) -> frozenset[str]:
        gone = self._engine.removed | self._engine.declarations.of(Declaration.NOT_OURS)
        return frozenset(last_name(path) for path in gone if path_around(path) == repeat)

    def _entry(self, entry: ResponseCell, repeat: Repeat, label: str, number: int) -> EntryView:
        title = self._title(entry, repeat, label, number)
        items = self.items(repeat.items, entry)
        return EntryView(entry.path, entry.entry_id, title, items, self.number(entry))

    def entry_head(self, cell: ResponseCell | RepeatSeries) -> EntryHead | None:
        """The innermost entry that a cell lies in; an entry lies in itself. None outside of repeats."""
        here: ResponseCell | None = cell if isinstance(cell, ResponseCell) else cell.parent
        while here is not None and here.series is None:
            here = here.parent
        if here is None or here.series is None or not isinstance(here.series.template.item, Repeat):
            return None
        label = self._host.worded(here.series.template.item.label, here.series.node)
        return EntryHead(here.path, self.entry_title(here), label)

    def entry_title(self, entry: ResponseCell) -> str:
        """What an entry is called now."""
        series = entry.series
        repeat = series.template.item if series is not None else None
        if series is None or not isinstance(repeat, Repeat):
            raise KeyError(entry.path)
        label = self._host.worded(repeat.label, series.node)
        return self._title(entry, repeat, label, series.index(entry.entry_id) + 1)

    def _title(self, entry: ResponseCell, repeat: Repeat, label: str, number: int) -> str:
        """The answer of the question that `entry_title` names, else the first; while there is none, a number.

        An `entry_title` that names no question is the word for one entry: "Turning point" of "Turning points".
        """
        own = self._own_title(entry, repeat)
        if own:
            return own
        wanted = repeat.own.entry_title
        is_name = any(cell.template.name == wanted for cell in self._questions(entry, repeat))
        noun = label if is_name or not wanted else wanted
        return _(_ENTRY).format(repeat=noun, number=number).strip()

    def _own_title(self, entry: ResponseCell, repeat: Repeat) -> str:
        cells = self._questions(entry, repeat)
        named = [cell for cell in cells if cell.template.name == repeat.own.entry_title]
        for cell in named or cells:
            if cell.text and cell.is_asked:
                return ", ".join(self.labels(cell)) or cell.text
        return ""

    def _questions(self, entry: ResponseCell, repeat: Repeat) -> list[ResponseCell]:
        return [cell for cell in self.shown_cells(repeat.items, entry) if isinstance(cell, ResponseCell)]

    # counts, findings, answers

    def section(self, section: Group) -> SectionView:
        """A section with its counts, counted anew only after something in it has changed."""
        found = self._sections.get(section.path)
        if found is None or section.path in self._engine.old_sections:
            found = self._sections[section.path] = self._counted(section)
            self._engine.old_sections.discard(section.path)
        return found

    def _counted(self, section: Group) -> SectionView:
        (_item, cell), *_rest = self.cells((section,), self._engine.root)
        base = cell if isinstance(cell, ResponseCell) else self._engine.root
        given, nothing = self.given, self._engine.declarations.nothing
        path, number = outside_repeats(section.path), self._numbered(section.path)
        asked = answered = missing = wrong = seconds = 0
        for each in self.shown_cells(section.items, base):
            if not each.is_asked:
                continue
            self._judge.judge(each)
            verdict, _message = self._verdict(each)
            missing += verdict is Verdict.MISSING
            wrong += verdict in _WRONG
            question = each.template.question
            if isinstance(each, RepeatSeries):
                is_done = each.path in nothing  # which is an answer, too
                asked += is_done or verdict is Verdict.MISSING  # an entry is owed: that is a question, too
                answered += is_done
                if verdict is Verdict.MISSING and isinstance(each.template.item, Repeat):
                    seconds += seconds_for_entry(each.template.item)
            elif question is not None and question.kind.is_answered and not _is_given(each, given):
                asked += 1
                is_done = verdict is Verdict.OK and bool(each.text.strip())  # what is wrong is not done
                answered += is_done
                seconds += 0 if is_done else seconds_to_answer(question)
        worded = self._host.worded
        label, hint = worded(section.label, base.node), worded(section.hint, base.node)
        if has_nothing := path in nothing:
            asked = answered = max(asked, 1)
            seconds = 0
        return SectionView(
            path,
            label,
            hint,
            base.is_asked,
            asked,
            answered,
            missing,
            wrong,
            number,
            seconds,
            has_nothing=has_nothing,
        )

    def findings(self) -> Iterator[Finding]:
        """What is asked and not in order, section by section, in form order; then what nobody sees and is too much."""
        shown: set[ResponseCell | RepeatSeries] = set()
        for section in self.own_sections:
            path = outside_repeats(section.path)
            for cell in self.shown_cells((section,), self._engine.root):
                if cell.is_asked:
                    self._judge.judge(cell)
                    label = (
                        self._label(cell)
                        if self._host.excesses.found or cell.verdict is not Verdict.OK
                        else ""
                    )
                    verdict, message = self._verdict(cell)
                    shown.add(cell)
                    if verdict is not Verdict.OK:
                        yield Finding(
                            cell.path,
                            label,
                            verdict,
                            message,
                            path,
                            self._entry_titles(cell),
                            self.number(cell),
                        )
        yield from self._hidden_excesses(shown)

    def _hidden_excesses(self, shown: Collection[ResponseCell | RepeatSeries]) -> Iterator[Finding]:
        """Where a calculation, a group or an entry, none of which is judged, has a rule that is too much."""
        own = {section.path for section in self.own_sections}
        for cell in self._host.excesses.cells():
            section = cell.template.section
            is_own = section in own or (section is None and self._is_whole)
            if cell not in shown and cell.is_asked and is_own:
                verdict, message = self._verdict(cell)
                label = self._label(cell) or cell.template.name
                yield Finding(
                    cell.path,
                    label,
                    verdict,
                    message,
                    outside_repeats(section or FORM_ROOT),
                    self._entry_titles(cell),
                    self.number(cell),
                )

    def _entry_titles(self, cell: ResponseCell | RepeatSeries) -> str:
        """Which entries, outer ones first, a cell lies in; an entry lies in itself."""
        titles: list[str] = []
        here: ResponseCell | None = cell if isinstance(cell, ResponseCell) else cell.parent
        while here is not None:
            if here.series is not None:
                titles.append(self._numbered_title(here, here.series))
            here = here.parent
        return " › ".join(reversed(titles))

    def _numbered_title(self, entry: ResponseCell, series: RepeatSeries) -> str:
        """ "2 · Nairobi", since two meetings may have been in Nairobi; "Meetings 2" while nothing names it."""
        repeat = series.template.item
        if not isinstance(repeat, Repeat):
            return ""
        ids = series.ids()
        number = ids.index(entry.entry_id) + 1 if entry.entry_id in ids else 0  # 0: a count leaves it out now
        own = self._own_title(entry, repeat)
        if own and number:
            return f"{number} · {own}"
        return own or self._title(entry, repeat, self._host.worded(repeat.label, series.node), number)

    def answers(self) -> Iterator[AnswerView]:
        """What is asked and not blank, in form order."""
        for cell in self.shown_cells(self.own_items, self._engine.root):
            question = cell.template.question
            if not isinstance(cell, ResponseCell) or question is None or not question.kind.is_answered:
                continue
            if cell.is_asked and cell.text.strip():
                yield self.answer(cell, question)

    def answer(self, cell: ResponseCell, question: Question) -> AnswerView:
        """One answer with the words of its choices; `value` is None where it cannot be read."""
        value = answer_values.read(question.kind, cell.text)
        labels = self.labels(cell)
        return AnswerView(
            cell.path,
            question,
            None if isinstance(value, answer_values.Unreadable) else value,
            cell.text,
            labels,
            self._phrases(question, value, labels),
            self._label(cell),
            self.number(cell),
        )

    def labels(self, cell: ResponseCell) -> tuple[str, ...]:
        """The label of each chosen value; of an attached file its name; () for questions of other kinds."""
        question = cell.template.question
        if question is not None and question.kind is Kind.ATTACHMENT:
            return (readable_answer(cell.text),)
        if question is None or not (question.kind.has_one_choice or question.kind.has_many_choices):
            return ()
        offered = {choice.value: choice.label for choice in self.choices(cell)}
        return tuple(offered.get(value) or self._known_label(question, value) for value in cell.text.split())

    def _known_label(self, question: Question, value: str) -> str:
        choice = self._engine.questionnaire.choice(question, value)
        return value if choice is None else self._host.worded(choice.label, None) or value

    def _phrases(
        self,
        question: Question,
        value: answer_values.Value | answer_values.Unreadable,
        labels: tuple[str, ...],
    ) -> tuple[str, ...]:
        chosen = value if isinstance(value, tuple) else (value,)
        phrases = []
        for each, label in zip(chosen, labels, strict=False):
            choice = self._engine.questionnaire.choice(question, str(each))
            phrase = choice.columns.get("phrase", "") if choice is not None else ""
            phrases.append(phrase or _inside_a_sentence(label))
        return tuple(phrases)

    def _label(self, cell: ResponseCell | RepeatSeries) -> str:
        item = cell.template.item
        return "" if item is None else self._host.worded(item.label, cell.node)


def _is_given(cell: ResponseCell, given: Mapping[AnswerPath, str]) -> bool:
    """Whether an answer still reads as the program filled it in: nobody gave it, and nobody owes it."""
    return bool(given) and bool(cell.text) and given.get(cell.path) == cell.text


def _inside_a_sentence(label: str) -> str:
    """A label with a small first letter; "IOM" and "GCM review" stay as they are."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def is_free_to_change(series: RepeatSeries) -> bool:
    """Whether people add and remove entries, rather than the form."""
    repeat = series.template.item
    return isinstance(repeat, Repeat) and not repeat.count and not repeat.is_fixed


def _below(base: ResponseCell, names: str) -> ResponseCell | RepeatSeries | None:
    found: ResponseCell | RepeatSeries | None = base
    for name in names.split("/"):
        found = found.children.get(name) if isinstance(found, ResponseCell) else None
    return found
