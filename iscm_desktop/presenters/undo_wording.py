"""What Undo and Redo would do, in words: one history over answers, entries, marks and notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self
from unicodedata import bidirectional

from iscm_desktop.i18n import N_, _, is_right_to_left, ngettext
from iscm_desktop.questionnaire.form_paths import path_around
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath, Deed, StepKind, StepView
from iscm_desktop.workspace.item_labels import ItemLabels

_LONGEST = 32
"""Signs of an answer by which people know it again; a menu has no room for more."""


@dataclass(frozen=True, slots=True)
class NoteDeed:
    """A note at a question became another text."""

    path: AnswerPath
    before: str
    after: str
    put: Callable[[AnswerPath, str], None]

    @property
    def is_nothing(self) -> bool:
        return self.before == self.after

    def goes_on_with(self, later: Deed) -> bool:
        return isinstance(later, NoteDeed) and later.path == self.path

    def joined_with(self, later: Deed) -> Self:
        return replace(self, after=later.after if isinstance(later, NoteDeed) else self.after)

    def take_back(self) -> None:
        self.put(self.path, self.before)

    def do_again(self) -> None:
        self.put(self.path, self.after)


@dataclass(frozen=True, slots=True)
class MarkDeed:
    """Something was marked as not for publication, or such a mark was lifted."""

    path: AnswerPath
    is_marked: bool  # afterwards
    do_again: Callable[[], None]
    take_back: Callable[[], None]
    is_nothing: bool = False

    def goes_on_with(self, later: Deed) -> bool:
        return False

    def joined_with(self, later: Deed) -> Self:
        return self


_Sentences = dict[str | StepKind, str]

_UNDO: _Sentences = {
    "answer": N_("Undo “{what}”"),
    "cleared": N_("Undo clearing “{what}”"),
    StepKind.ENTRY_ADDED: N_("Undo adding “{what}”"),
    StepKind.ENTRY_REMOVED: N_("Undo removing “{what}”"),
    StepKind.ENTRY_MOVED: N_("Undo moving “{what}”"),
    StepKind.TAKEN_OVER: N_("Undo “Take over”: {what}"),
    StepKind.SAID_NOTHING: N_("Undo “nothing to report”: {what}"),
    StepKind.TOOK_NOTHING_BACK: N_("Undo “something to report after all”: {what}"),
    StepKind.DECLINED: N_("Undo “not ours”: {what}"),
    StepKind.OFFERED_AGAIN: N_("Undo “offered again”: {what}"),
    "note": N_("Undo the note “{what}”"),
    "no_note": N_("Undo removing the note “{what}”"),
    "marked": N_("Undo “not for publication”: {what}"),
    "lifted": N_("Undo “for publication again”: {what}"),
}
_REDO: _Sentences = {
    "answer": N_("Redo “{what}”"),
    "cleared": N_("Redo clearing “{what}”"),
    StepKind.ENTRY_ADDED: N_("Redo adding “{what}”"),
    StepKind.ENTRY_REMOVED: N_("Redo removing “{what}”"),
    StepKind.ENTRY_MOVED: N_("Redo moving “{what}”"),
    StepKind.TAKEN_OVER: N_("Redo “Take over”: {what}"),
    StepKind.SAID_NOTHING: N_("Redo “nothing to report”: {what}"),
    StepKind.TOOK_NOTHING_BACK: N_("Redo “something to report after all”: {what}"),
    StepKind.DECLINED: N_("Redo “not ours”: {what}"),
    StepKind.OFFERED_AGAIN: N_("Redo “offered again”: {what}"),
    "note": N_("Redo the note “{what}”"),
    "no_note": N_("Redo removing the note “{what}”"),
    "marked": N_("Redo “not for publication”: {what}"),
    "lifted": N_("Redo “for publication again”: {what}"),
}

_Counted = dict[str | StepKind, Callable[[int], str]]

_UNDO_SEVERAL: _Counted = {
    StepKind.SEVERAL: lambda count: ngettext("Undo {count} answer", "Undo {count} answers", count),
    "answers": lambda count: ngettext(
        "Undo “Take over {count} answer”", "Undo “Take over {count} answers”", count
    ),
    StepKind.TAKEN_OVER: lambda count: ngettext(
        "Undo “Take over {count} proposed entry”", "Undo “Take over {count} proposed entries”", count
    ),
    StepKind.ENTRY_ADDED: lambda count: ngettext(
        "Undo adding {count} entry", "Undo adding {count} entries", count
    ),
    StepKind.ENTRY_REMOVED: lambda count: ngettext(
        "Undo removing {count} entry", "Undo removing {count} entries", count
    ),
    StepKind.ENTRY_MOVED: lambda count: ngettext(
        "Undo moving {count} entry", "Undo moving {count} entries", count
    ),
}
_REDO_SEVERAL: _Counted = {
    StepKind.SEVERAL: lambda count: ngettext("Redo {count} answer", "Redo {count} answers", count),
    "answers": lambda count: ngettext(
        "Redo “Take over {count} answer”", "Redo “Take over {count} answers”", count
    ),
    StepKind.TAKEN_OVER: lambda count: ngettext(
        "Redo “Take over {count} proposed entry”", "Redo “Take over {count} proposed entries”", count
    ),
    StepKind.ENTRY_ADDED: lambda count: ngettext(
        "Redo adding {count} entry", "Redo adding {count} entries", count
    ),
    StepKind.ENTRY_REMOVED: lambda count: ngettext(
        "Redo removing {count} entry", "Redo removing {count} entries", count
    ),
    StepKind.ENTRY_MOVED: lambda count: ngettext(
        "Redo moving {count} entry", "Redo moving {count} entries", count
    ),
}


def undo_words(session: FormSession) -> str:
    """ "Undo “March 2025”"; "" where there is nothing to undo."""
    step = session.next_undo
    if step is None:
        return ""
    return _several(_UNDO_SEVERAL, step) or _worded(_UNDO, step, session)


def redo_words(session: FormSession) -> str:
    """The same for what would be done again."""
    step = session.next_redo
    if step is None:
        return ""
    return _several(_REDO_SEVERAL, step) or _worded(_REDO, step, session)


def _several(sentences: _Counted, step: StepView) -> str:
    """Of a step that did more than one thing; "" of one that has a name of its own."""
    if step.entries > 1:
        return sentences[step.kind](step.entries).format(count=step.entries)
    is_of_answers = step.kind in (StepKind.SEVERAL, StepKind.TAKEN_OVER) and not step.entries
    which = "answers" if step.kind is StepKind.TAKEN_OVER else step.kind
    return sentences[which](step.count).format(count=step.count) if is_of_answers else ""


def _worded(sentences: _Sentences, step: StepView, session: FormSession) -> str:
    labels = ItemLabels(session.questionnaire, session.language)
    match step.kind, step.deed:
        case StepKind.ANSWER, _deed:
            which: str | StepKind = "answer" if step.after.strip() else "cleared"
            what = _answer(step.path, step.after.strip() or step.before, labels, session)
        case _kind, NoteDeed(before=before, after=after):
            which, what = ("note", after) if after else ("no_note", before)
        case _kind, MarkDeed(is_marked=is_marked):
            which, what = "marked" if is_marked else "lifted", labels.label(step.path)
        case _:
            which = step.kind
            what = _entry_title(step.path, session) or step.title or labels.label(step.path)
    return _(sentences[which]).format(what=_short(what))


def _answer(path: AnswerPath, text: str, labels: ItemLabels, session: FormSession) -> str:
    """An answer as its person knows it; of a box that is ticked, what it says."""
    try:
        kind = session.view(path).kind
    except KeyError:
        return text
    return labels.label(path) if kind is Kind.ACKNOWLEDGE else labels.value(path, text)


def _entry_title(path: AnswerPath, session: FormSession) -> str:
    entry = session.entry_of(path)
    return entry.title if entry is not None and entry.path == path else ""


def _short(text: str) -> str:
    """The beginning, on one line and in its own direction."""
    line = " ".join(text.split())
    shown = line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
    if is_right_to_left() is any(bidirectional(sign) in ("R", "AL") for sign in shown):
        return shown
    return f"\N{FIRST STRONG ISOLATE}{shown}\N{POP DIRECTIONAL ISOLATE}"


def place_of(step: StepView, session: FormSession, focused: AnswerPath) -> AnswerPath | None:
    """Where to look after a step was taken back or done again, so that nobody wonders what happened.

    Args:
        focused: The question that the keyboard is in.

    Returns:
        None where that is in view already. Of an entry that is gone, its repeat.
    """
    if step.path == focused or (focused and focused.startswith(f"{step.path}/")):
        return None
    is_of_entry = step.kind in (StepKind.ENTRY_ADDED, StepKind.ENTRY_REMOVED, StepKind.ENTRY_MOVED)
    is_gone = is_of_entry and session.entry_of(step.path) is None
    return path_around(step.path) if is_gone else step.path
