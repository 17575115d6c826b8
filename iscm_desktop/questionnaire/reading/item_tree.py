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

    def completed(
        self, items: tuple[Item, ...], shape: InstanceElement, path: TemplatePath
    ) -> tuple[Item, ...]:
        found = [self._inside(item, shape, path) for item in items]
        place = 0
        for child in shape.children:
            own = path_below(path, child.name)
            if own in self._known:
                place = next((i + 1 for i, item in enumerate(found) if item.path == own), place)
            elif child.name != _META and not (child.children or child.is_repeat):
                found.insert(place, self._calculated(own, child))
                place += 1
        return tuple(found)

    def _inside(self, item: Item, shape: InstanceElement, path: TemplatePath) -> Item:
        if isinstance(item, Question):
            return item
        below = item.path.removeprefix(path).lstrip("/") if path else item.path
        own = _descend(shape, below)
        if own is None:
            return item
        return msgspec.structs.replace(item, items=self.completed(item.items, own, item.path))

    def _calculated(self, path: TemplatePath, shape: InstanceElement) -> Question:
        return Question(path, Kind.CALCULATED, self._binds.get(path, Bind()), default=shape.text)


def _descend(shape: InstanceElement, names: str) -> InstanceElement | None:
    found: InstanceElement | None = shape
    for name in names.split("/"):
        found = None if found is None else next((each for each in found.children if each.name == name), None)
    return found


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
