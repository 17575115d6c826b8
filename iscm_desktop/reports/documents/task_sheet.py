"""A task sheet: the questions that one ministry or person is asked to answer, to hand round on paper."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from iscm_desktop.exchange.package.package_writer import PROGRAM
from iscm_desktop.i18n import shown_date
from iscm_desktop.reports.documents.answer_texts import printed_answer, printed_fault
from iscm_desktop.reports.documents.label_media_words import label_media_words
from iscm_desktop.reports.typesetting.blocks import (
    Block,
    CardHeading,
    Document,
    FactsPanel,
    Heading,
    LabelledBlock,
    LabelledContent,
    Listing,
    Paragraph,
    ParagraphRole,
    SignatureBlock,
    Table,
    inline,
)
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import (
    AnswerPath,
    EntryView,
    GroupView,
    ItemView,
    QuestionView,
    RepeatView,
)
from iscm_desktop.summaries.document_language import DocumentLanguage

_MOST_CHOICES = 24
"""Longer lists, such as all States, are not printed: the answer is written."""


@dataclass(frozen=True, slots=True)
class HandedTo:
    """Somebody who has sections of these questions in hand."""

    to: str
    sections: str  # names, joined
    handed_on: date
    due_on: date | None
    returned_on: date | None


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked of whom."""

    of: str  # ministry or person; "" where nobody is named
    respondent: str
    questionnaire: str
    round_title: str
    paths: frozenset[AnswerPath]  # of the questions, and of repeats to which entries are to be added
    handed_to: tuple[HandedTo, ...]
    contact: str  # who to give it back to: name and organization; "" where unknown
    printed_at: datetime  # aware


def task_sheet(session: FormSession, task: Task, language_code: str) -> Document:
    """The sheet, in the language of the response."""
    language = DocumentLanguage(language_code)
    return Document(
        title=language.gettext("Task sheet: {respondent}", respondent=task.respondent),
        language=language_code,
        blocks=tuple(_blocks(session, task, language)),
        header=task.round_title,
        name=language.gettext("Task sheet"),
        footer=" · ".join(filter(None, (task.respondent, task.of))),
        author=task.respondent,
        subject=task.round_title,
        creator=PROGRAM,
        printed_at=task.printed_at,
    )


def _blocks(session: FormSession, task: Task, language: DocumentLanguage) -> Iterator[Block]:
    say = language.gettext
    yield Paragraph(inline(task.round_title), ParagraphRole.KICKER)
    yield Paragraph(inline(say("Task sheet")), ParagraphRole.TITLE)
    yield Paragraph(inline(task.of or task.respondent), ParagraphRole.NAME)
    words = say(
        "Please answer these questions of “{questionnaire}” for {respondent}.",
        questionnaire=task.questionnaire,
        respondent=task.respondent,
    )
    yield Paragraph(inline(words))
    facts = [(say("Questions"), language.number(len(task.paths)))]
    due = [one.due_on for one in task.handed_to if one.due_on is not None]
    if due:
        facts.append((say("Due on"), shown_date(min(due), language.code)))
    if task.contact:
        facts.append((say("Return to"), task.contact))
    facts.append((say("Printed on"), shown_date(task.printed_at.date(), language.code)))
    yield FactsPanel(tuple((inline(label), inline(value)) for label, value in facts))
    if task.handed_to:
        yield from _handed(task.handed_to, language)
    for section in session.sections():
        if section.is_asked:
            inside = list(_items(session.section(section.path).items, task.paths, session, language))
            if inside:
                yield Heading(inline(section.label), level=1, number=section.number)
                yield from inside
    rows = tuple((label, ()) for label in (say("Name"), say("Function"), say("Date"), say("Remarks")))
    yield SignatureBlock(say("Answered by"), rows)


def _handed(rows: Sequence[HandedTo], language: DocumentLanguage) -> Iterator[Block]:
    say = language.gettext
    yield Heading(inline(say("In whose hands")), level=2)
    head = (say("Office or person"), say("Sections"), say("Since"), say("Due on"), say("Came back"))
    yield Table(
        tuple(map(inline, head)),
        tuple(
            (
                inline(row.to),
                inline(row.sections),
                *(inline(shown_date(day, language.code) if day else "") for day in _days(row)),
            )
            for row in rows
        ),
        widths=(1.8, 2.4, 1.2, 1.2, 1.2),
    )


def _days(row: HandedTo) -> tuple[date | None, date | None, date | None]:
    return row.handed_on, row.due_on, row.returned_on


def _items(
    items: Sequence[ItemView],
    paths: Collection[AnswerPath],
    session: FormSession,
    language: DocumentLanguage,
) -> Iterator[Block]:
    """The chosen questions among these, each entry that holds any with its name above."""
    for item in items:
        if isinstance(item, GroupView):
            inside = list(_items(item.items, paths, session, language))
            if inside and item.label:
                yield Heading(inline(item.label), level=2)
            yield from inside
        elif isinstance(item, RepeatView):
            if item.path in paths:
                yield _to_add(item, language)
            for entry in item.entries:
                yield from _entry(entry, paths, session, language)
        elif item.path in paths:
            yield _question(item, session, language)


def _entry(
    entry: EntryView, paths: Collection[AnswerPath], session: FormSession, language: DocumentLanguage
) -> Iterator[Block]:
    inside = list(_items(entry.items, paths, session, language))
    if inside:
        yield CardHeading(inline(entry.title), entry.number)
        yield from inside


def _to_add(repeat: RepeatView, language: DocumentLanguage) -> LabelledBlock:
    words = language.gettext("Please name all that there are; more sheets can be added.")
    return LabelledBlock(repeat.number, inline(repeat.label), (), words, note=inline(repeat.hint))


def _question(view: QuestionView, session: FormSession, language: DocumentLanguage) -> LabelledBlock:
    say = language.gettext
    answer = printed_answer(view, language)
    placeholder = say("Please answer; this is required.") if view.is_required else say("Please answer.")
    if not view.choices and (deciders := session.deciders(view.path)):
        listed = language.apart(deciders)
        words = say("What can be chosen depends on: {questions}.", questions=listed)
        placeholder = f"{placeholder} {words}"
    how = _how_to_choose(view, language) if not answer else ""
    note = " ".join(filter(None, (view.own_hint, how, label_media_words(view, language))))
    return LabelledBlock(
        view.number,
        inline(view.label),
        answer or _choices(view),
        placeholder,
        inline(printed_fault(view)),
        inline(note),
    )


def _choices(view: QuestionView) -> LabelledContent:
    if not view.choices or len(view.choices) > _MOST_CHOICES:
        return ()
    return Listing(tuple(inline(choice.label) for choice in view.choices))


def _how_to_choose(view: QuestionView, language: DocumentLanguage) -> str:
    if not view.choices or len(view.choices) > _MOST_CHOICES:
        return ""
    if view.kind.has_one_choice:
        return language.gettext("Mark one.")
    return language.gettext("Mark all that apply; number them where their order counts.")
