"""Random but meaningful editing of any form: what a person could do next, and the whole state to compare."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from iscm_desktop.questionnaire.model import Kind, Question
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath, EntryView, GroupView, ItemView, QuestionView, RepeatView

_PLAIN = {
    Kind.INTEGER: ("0", "1", "2", "3", "7", "1 200", "-4", "many", ""),
    Kind.DECIMAL: ("0.5", "12.50", "3", "-1.25", "much", ""),
    Kind.RANGE: ("1", "3", "99", ""),
    Kind.DATE: ("2026-11-21", "2019-01-31", "1 May 2020", "soon", ""),
    Kind.TIME: ("14:30", "9:05", "noon", ""),
    Kind.DATE_TIME: ("2026-11-21T14:30:00", "later", ""),
    Kind.GEOPOINT: ("46.2 6.1", "here", ""),
    Kind.EMAIL: ("a@example.org", "nobody", ""),
    Kind.URL: ("https://www.iom.int", "page", ""),
    Kind.ACKNOWLEDGE: ("OK", ""),
}
_TEXTS = ("yes", "no", "x", "other", "Réunion — 2026", "1", "", "   ", "a b c", "<b>&amp;")


def luck(seed: int) -> Random:
    """Chance that can be repeated."""
    return Random(seed)


def questions(items: tuple[ItemView, ...]) -> Iterator[QuestionView]:
    for item in items:
        if isinstance(item, QuestionView):
            yield item
        elif isinstance(item, GroupView):
            yield from questions(item.items)
        else:
            for entry in item.entries:
                yield from questions(entry.items)


def repeats(items: tuple[ItemView, ...]) -> Iterator[RepeatView]:
    for item in items:
        if isinstance(item, RepeatView):
            yield item
            for entry in item.entries:
                yield from repeats(entry.items)
        elif isinstance(item, GroupView):
            yield from repeats(item.items)


def all_questions(session: FormSession) -> list[QuestionView]:
    return [view for each in session.sections() for view in questions(session.section(each.path).items)]


def all_repeats(session: FormSession) -> list[RepeatView]:
    return [view for each in session.sections() for view in repeats(session.section(each.path).items)]


def some_text(view: QuestionView, chance: Random) -> str:
    """What somebody could answer: mostly sensible, now and then not."""
    values = [choice.value for choice in view.choices]
    if view.kind.has_one_choice:
        return chance.choice([*values[:20], "", "stranger"])
    if view.kind.has_many_choices:
        return " ".join(chance.sample(values, min(len(values), chance.randint(0, 4))))
    return chance.choice(_PLAIN.get(view.kind, _TEXTS))


def edit(session: FormSession, chance: Random) -> None:
    """One action of a person."""
    series = [repeat for repeat in all_repeats(session) if repeat.can_add or repeat.can_remove]
    if series and chance.random() < 0.35:
        _edit_entries(session, chance.choice(series), chance)
        return
    asked = [view for view in all_questions(session) if view.kind is not Kind.NOTE]
    if asked:
        view = chance.choice(asked)
        session.answer(view.path, some_text(view, chance))
    if chance.random() < 0.3:
        session.commit_step()


def _edit_entries(session: FormSession, repeat: RepeatView, chance: Random) -> None:
    kind = chance.choice(("add", "add", "remove", "move"))
    ids = [entry.entry_id for entry in repeat.entries]
    if kind == "add" and repeat.can_add and len(ids) < 5:
        session.add_entry(repeat.path, after=chance.choice([None, "last", *ids]))
    elif kind == "remove" and repeat.can_remove:
        session.remove_entry(chance.choice(repeat.entries).path)
    elif kind == "move" and len(ids) > 1:
        moved = chance.choice(repeat.entries)
        session.move_entry(
            moved.path, chance.choice([None, *(each for each in ids if each != moved.entry_id)])
        )


def stored(session: FormSession) -> tuple[dict[AnswerPath, str], dict[AnswerPath, tuple[str, ...]]]:
    """Texts and entries as a store would keep them, hidden ones included."""
    answers = {view.path: view.text for view in all_questions(session) if view.text}
    entries = {
        repeat.path: tuple(entry.entry_id for entry in repeat.entries) for repeat in all_repeats(session)
    }
    return answers, entries


def state(session: FormSession) -> dict[str, object]:
    """All that can be seen of a response."""
    calculated = {
        path: cell.effective
        for path, cell in session._engine.by_path.items()
        if isinstance(getattr(cell.template, "question", None), Question)
        and cell.template.question.kind is Kind.CALCULATED
        and not path.startswith("meta/")
    }
    return {
        "sections": session.sections(),
        "views": [session.section(each.path) for each in session.sections()],
        "findings": session.findings(),
        "answers": session.answers(),
        "calculated": calculated,
    }


__all__ = ["EntryView", "all_questions", "all_repeats", "edit", "luck", "some_text", "state", "stored"]
