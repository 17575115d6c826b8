"""Puts a form's items together: defaults, calculations where they belong, sections around loose questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from iscm_desktop.questionnaire.form_paths import FORM_ROOT, TemplatePath, path_below
from iscm_desktop.questionnaire.frozen_questionnaire import is_visible, walk
from iscm_desktop.questionnaire.model import (
    Action,
    Bind,
    Group,
    InstanceElement,
    Item,
    Kind,
    Question,
    Translations,
)

_META = "meta"
"""The element in which a form keeps what is about the response itself; no question of anybody's."""

_BEGINNINGS = frozenset({"odk-instance-first-load", "odk-new-repeat", "xforms-ready"})


class Defaults:
    """What the form itself fills in when a response or an entry begins."""

    def __init__(self, shape: InstanceElement, actions: Iterable[Action]) -> None:
        actions = tuple(actions)
        self.static = {path: text for path, text in _static(shape, FORM_ROOT) if text}
        self.dynamic = {each.target: each.value for each in actions if _BEGINNINGS & set(each.events)}
        self.filled = frozenset(self.static) | {each.target for each in actions}


def _static(shape: InstanceElement, path: TemplatePath) -> Iterable[tuple[TemplatePath, str]]:
    for child in shape.children:
        own = path_below(path, child.name)
        yield own, child.text
        yield from _static(child, own)


def with_calculations(
    items: tuple[Item, ...], shape: InstanceElement, binds: Mapping[TemplatePath, Bind]
) -> tuple[Item, ...]:
    """The items with those leaves of the instance added that nobody types, each behind what precedes it."""
    return _ItemTreeBuilder(items, binds).completed(items, shape, FORM_ROOT)


class _ItemTreeBuilder:
    def __init__(self, items: tuple[Item, ...], binds: Mapping[TemplatePath, Bind]) -> None:
        self._binds = binds
        self._known = {item.path for item in walk(items)}
        self._by_name: dict[int, dict[str, InstanceElement]] = {}

    def completed(
        self, items: tuple[Item, ...], shape: InstanceElement, path: TemplatePath
    ) -> tuple[Item, ...]:
        places = {item.path: place for place, item in reversed([*enumerate(items, 1)])}
        behind: dict[int, list[Item]] = {}  # calculations by the place of the item that they follow
        place, run = 0, list[Item]()
        for child in shape.children:
            own = path_below(path, child.name)
            if own in self._known:
                if own in places:
                    place, run = places[own], []
            elif child.name != _META and not (child.children or child.is_repeat):
                if not run:
                    behind[place] = run = behind.get(place, [])
                run.append(self._calculated(own, child))
        found = list(behind.get(0, ()))
        for number, item in enumerate(items, 1):
            found += [self._inside(item, shape, path), *behind.get(number, ())]
        return tuple(found)

    def _inside(self, item: Item, shape: InstanceElement, path: TemplatePath) -> Item:
        if isinstance(item, Question):
            return item
        below = item.path.removeprefix(path).lstrip("/") if path else item.path
        own = self._descend(shape, below)
        if own is None:
            return item
        return msgspec.structs.replace(item, items=self.completed(item.items, own, item.path))

    def _descend(self, shape: InstanceElement, names: str) -> InstanceElement | None:
        found: InstanceElement | None = shape
        for name in names.split("/"):
            found = None if found is None else self._children(found).get(name)
        return found

    def _children(self, shape: InstanceElement) -> dict[str, InstanceElement]:
        """By name; asked for by each group inside."""
        known = self._by_name.get(id(shape))
        if known is None:
            known = self._by_name[id(shape)] = {each.name: each for each in reversed(shape.children)}
        return known

    def _calculated(self, path: TemplatePath, shape: InstanceElement) -> Question:
        return Question(path, Kind.CALCULATED, self._binds.get(path, Bind()), default=shape.text)


def sections_of(items: tuple[Item, ...], title: Translations) -> tuple[Group, ...]:
    """The top-level groups, and a section around each run of questions that lie between them."""
    sections: list[Group] = []
    loose: list[Item] = []
    for item in items:
        if isinstance(item, Group):
            _close(loose, sections, title)
            sections.append(item)
        else:
            loose.append(item)
    _close(loose, sections, title)
    return tuple(section for section in sections if is_visible(section))


def _close(loose: list[Item], sections: list[Group], title: Translations) -> None:
    if loose:
        sections.append(Group(TemplatePath(f"#section {len(sections) + 1}"), tuple(loose), title))
        loose.clear()
