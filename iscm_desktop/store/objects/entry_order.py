"""Repeat entries of a response: which stand, in which order, and what a move changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from iscm_desktop.questionnaire.form_paths import last_name, path_around, path_below
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import ordering
from iscm_desktop.store.objects.drafts import drafts_of
from iscm_desktop.store.objects.heads import ItemState
from iscm_desktop.store.objects.revision import ENTRY, ItemKey, ItemPath, SubjectId


class EntryOrder:
    """Where the entries of a response stand while changes are taken in one after the other."""

    def __init__(
        self, db: Transaction, subject: SubjectId, present: Mapping[ItemKey, ItemState], device: str
    ) -> None:
        self._sealed = {
            AnswerPath(path): state.value for (kind, path), state in present.items() if kind == ENTRY
        }
        drafts = drafts_of(db, subject, device)
        self._now = self._sealed | {
            AnswerPath(path): draft.value for (kind, path), draft in drafts.items() if kind == ENTRY
        }

    def remove(self, path: AnswerPath) -> None:
        """Takes an entry out of its order; its key is not given to another."""
        self._now[path] = None

    def place(self, path: AnswerPath, after: str | None) -> dict[AnswerPath, str]:
        """The new order keys, by entry path. An entry that comes back to where it was gets its key back."""
        repeat, entry = path_around(path), last_name(path)
        siblings = [
            (key, last_name(other))
            for other, key in self._now.items()
            if key is not None and other != path and path_around(other) == repeat
        ]
        old = self._sealed.get(path)
        if old and _stands_behind(sorted([*siblings, (old, entry)]), entry, after):
            moved = {entry: old}
        else:
            moved = ordering.placed(siblings, entry, after)
        found = {path_below(repeat, id_): key for id_, key in moved.items()}
        self._now |= found
        return found


def is_within(path: ItemPath, removed: Collection[str]) -> bool:
    """Whether a path is that of a removed entry, or lies inside one."""
    if not removed:
        return False
    parts = path.split("/")
    return any("/".join(parts[:length]) in removed for length in range(1, len(parts) + 1))


def in_order(placed: Iterable[tuple[AnswerPath, str]]) -> dict[AnswerPath, tuple[str, ...]]:
    """Entry ids by repeat, from entries' paths and order keys."""
    by_repeat: dict[AnswerPath, list[tuple[str, str]]] = {}
    for path, key in placed:
        by_repeat.setdefault(path_around(path), []).append((key, last_name(path)))
    return {repeat: tuple(id_ for _key, id_ in sorted(entries)) for repeat, entries in by_repeat.items()}


def _stands_behind(order: list[ordering.Placed], entry: str, after: str | None) -> bool:
    ids = [id_ for _key, id_ in order]
    spot = ids.index(entry)
    return (ids[spot - 1] if spot else None) == after
