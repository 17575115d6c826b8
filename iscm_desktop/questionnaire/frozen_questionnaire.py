"""One instrument, whole: its items, choices, rules and the shape of a new response; and its compiled form.

Loading a compiled questionnaire reads no XML and imports neither pyxform nor openpyxl. What is derived from
the stored parts (look-ups by path, secondary instances as trees) is made when first asked for, and kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import msgspec

from iscm_desktop.garbage_collection import collection_paused
from iscm_desktop.questionnaire.consistency_rule import ConsistencyRule
from iscm_desktop.questionnaire.form_paths import TemplatePath
from iscm_desktop.questionnaire.model import (
    Action,
    Bind,
    Choice,
    Group,
    InstanceElement,
    Item,
    Question,
    Repeat,
    Translations,
)

FORMAT = b"ISCMQ 4\n"
"""Opens every compiled questionnaire; the number rises whenever the stored parts change their meaning."""


class Questionnaire(msgspec.Struct, frozen=True, dict=True, omit_defaults=True):
    """What is asked, in which order, under which rules. Frozen, free of answers, shared by all sessions."""

    form_id: str
    version: str
    title: str
    languages: tuple[str, ...]
    default_language: str
    hash: str  # SHA-256 of the XForm, in hexadecimal
    source: str  # the XForm itself
    items: tuple[Item, ...]  # below the root, in form order; loose questions and calculations included
    sections: tuple[Group, ...]  # the same, as groups: loose questions lie in sections made for them
    shape: InstanceElement
    choice_lists: dict[str, tuple[Choice, ...]] = {}
    binds: dict[TemplatePath, Bind] = {}  # rules of nodes that are no question: groups, repeats, meta
    actions: tuple[Action, ...] = ()
    namespaces: dict[str, str] = {}  # prefix -> URI
    secondary: dict[str, str] = {}  # XML of each secondary instance by id
    submission_method: str = ""  # as the form gives it; we send nothing, but other programs would
    clearance: tuple[
        str, ...
    ] = ()  # offices whose agreement is asked for before the sign-off, as the form names them
    media_files: dict[str, str] = {}  # SHA-256 of each picture, sound and film that it brings along, by name
    consistency: tuple[ConsistencyRule, ...] = ()  # which answers should agree, in the order of the sheet
    itext: dict[str, Translations] = {}  # only where an expression looks texts up by itself

    @cached_property
    def _by_path(self) -> dict[TemplatePath, Item]:
        return {item.path: item for item in walk(self.items)}

    @cached_property
    def _by_value(self) -> dict[str, dict[str, Choice]]:
        return {key: {choice.value: choice for choice in each} for key, each in self.choice_lists.items()}

    @cached_property
    def memo(self) -> dict[str, object]:
        """Room for what other modules derive from this questionnaire once and want to keep with it."""
        return {}

    @property
    def root(self) -> str:
        """Name of the element around everything; expressions begin with it ("/data/a")."""
        return self.shape.name

    def item(self, template: TemplatePath) -> Item:
        """The item at a path without entry ids.

        Raises:
            KeyError: the questionnaire has no such item.
        """
        return self._by_path[template]

    def __contains__(self, template: TemplatePath) -> bool:
        return template in self._by_path

    def questions(self) -> Iterator[Question]:
        """All questions in form order, calculations included."""
        return (item for item in self._by_path.values() if isinstance(item, Question))

    def choice(self, question: Question, value: str) -> Choice | None:
        """The choice that `value` stands for, filters aside; None where the list has no such value."""
        return self._by_value.get(question.choice_list, {}).get(value)

    def bind(self, template: TemplatePath) -> Bind | None:
        """The rules of any node, question or not."""
        item = self._by_path.get(template)
        return item.bind if isinstance(item, Question) else self.binds.get(template)


def walk(items: tuple[Item, ...]) -> Iterator[Item]:
    """All items below, each before what it holds."""
    for item in items:
        yield item
        if not isinstance(item, Question):
            yield from walk(item.items)


def is_visible(item: Item) -> bool:
    """Whether anything of it can be shown to a person."""
    if isinstance(item, Question):
        return item.kind.is_shown
    return isinstance(item, Repeat) or any(map(is_visible, item.items))


def compiled(questionnaire: Questionnaire) -> bytes:
    """The questionnaire as bytes that `load_compiled` reads back fast."""
    return FORMAT + msgspec.msgpack.encode(questionnaire)


_decoder = msgspec.msgpack.Decoder(Questionnaire)


def load_compiled(data: bytes) -> Questionnaire:
    """The questionnaire that was compiled to `data`.

    Raises:
        ValueError: `data` was made by another version of the program or is damaged; compile again.
    """
    if not data.startswith(FORMAT):
        raise ValueError("not a compiled questionnaire of this version")
    with collection_paused():
        return _decoder.decode(memoryview(data)[len(FORMAT) :])
