"""Answers of another version of the questionnaire, found again by name where a question or repeat has moved.

A question that stands in another section now is still the same question. Its answer is shown where it is asked
now; what is stored stays at the old path, so packages of both versions go on meeting. An answer at the new path,
also one that was cleared, goes before it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from iscm_desktop.questionnaire.form_paths import FORM_ROOT, TemplatePath, last_name, path_below
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, walk
from iscm_desktop.questionnaire.model import Item, Question, Repeat
from iscm_desktop.questionnaire.sections import template_path
from iscm_desktop.session.views import AnswerChanged, AnswerPath, Change, EntryRemoved
from iscm_desktop.store.objects.responses import FilledAnswers


@dataclass(frozen=True, slots=True)
class MovedAnswers:
    """What is filled in, by the paths of this version, and where that is stored if it is elsewhere."""

    filled: FilledAnswers
    stored_at: Mapping[AnswerPath, AnswerPath] = field(default_factory=dict)

    def follow(self, changes: Sequence[Change]) -> tuple[Change, ...]:
        """The changes, and the same at the old path where something is taken away: or it would come back."""
        found: list[Change] = []
        for change in changes:
            found.append(change)
            old = self.stored_at.get(change.path)
            if old is not None and isinstance(change, EntryRemoved):
                found.append(EntryRemoved(old))
            elif old is not None and isinstance(change, AnswerChanged) and not change.text:
                found.append(AnswerChanged(old, ""))
        return tuple(found)


def match_moved_answers(
    used: Questionnaire, filled: FilledAnswers, touched: Collection[AnswerPath]
) -> MovedAnswers:
    """Moves what this version asks elsewhere.

    Args:
        touched: Paths at which something is stored, be it that it was cleared or removed.
    """
    strays = [  # most paths have no entries in them, and are what the form has: asked first, at a tenth of the cost
        path
        for path in filled.answers
        if TemplatePath(path) not in used and template_path(used, path) not in used
    ]
    stray_repeats = [path for path in filled.entries if template_path(used, path) not in used]
    if not strays and not stray_repeats:
        return MovedAnswers(filled)
    return _AnswerMover(used, filled, touched).moved(strays, stray_repeats)


class _AnswerMover:
    def __init__(self, used: Questionnaire, filled: FilledAnswers, touched: Collection[AnswerPath]) -> None:
        self._used, self._filled, self._touched = used, filled, frozenset(touched)
        self._entries = {f"{repeat}/{id_}" for repeat, ids in filled.entries.items() for id_ in ids}
        self._by_name: dict[str, list[Item]] = {}
        for item in walk(used.items):
            self._by_name.setdefault(last_name(item.path), []).append(item)

    def moved(self, strays: Sequence[AnswerPath], stray_repeats: Sequence[AnswerPath]) -> MovedAnswers:
        answers, entries = dict(self._filled.answers), dict(self._filled.entries)
        stored_at: dict[AnswerPath, AnswerPath] = {}
        for old in stray_repeats:
            new = self._place(old, Repeat)
            if new is None:
                continue
            standing = entries.get(new, ())
            came = [
                id_
                for id_ in self._filled.entries[old]
                if id_ not in standing and path_below(new, id_) not in self._touched
            ]
            entries[new] = (*standing, *came)
            stored_at |= {path_below(new, id_): path_below(old, id_) for id_ in came}
        for old in strays:
            new = self._place(old, Question)
            if new is not None and new not in self._touched:
                answers[new] = answers.pop(old)
                stored_at[new] = old
        return MovedAnswers(replace(self._filled, answers=answers, entries=entries), stored_at)

    def _place(self, old: AnswerPath, kind: type[Question] | type[Repeat]) -> AnswerPath | None:
        """Where the item at a path of another version stands now; None where none is it, or several could be."""
        named = [item for item in self._by_name.get(last_name(old), ()) if isinstance(item, kind)]
        return self._inside(named[0], self._around(old)) if len(named) == 1 else None

    def _around(self, path: AnswerPath) -> list[tuple[str, str]]:
        """Name and entry of each repeat around a path, from the outermost in."""
        parts = path.split("/")
        return [
            (parts[at - 1], parts[at])
            for at in range(1, len(parts))
            if "/".join(parts[: at + 1]) in self._entries
        ]

    def _inside(self, item: Item, around: list[tuple[str, str]]) -> AnswerPath | None:
        """The path of an item within these entries; None where it lies in other repeats."""
        path: list[str] = []
        template = FORM_ROOT
        for name in item.path.split("/"):
            path.append(name)
            template = path_below(template, name)
            if template != item.path and isinstance(self._used.item(template), Repeat):
                if not around or around[0][0] != name:
                    return None
                path.append(around[0][1])
                around = around[1:]
        return None if around else AnswerPath("/".join(path))
