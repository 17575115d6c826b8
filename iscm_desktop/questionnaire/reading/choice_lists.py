"""Choice lists of an XForm: in its instances, inside its questions, and how they are filtered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.expression import DocumentError, Node, NodeKind, parse_document
from iscm_desktop.questionnaire.form_paths import TemplatePath
from iscm_desktop.questionnaire.model import Choice, Itemset, Text, Translations
from iscm_desktop.questionnaire.reading.itext import Texts

MOST_CHOICES = 400_000
"""Of all lists of a form; one that is labelled in two ways counts twice."""

_MANY = N_("Its lists offer more than {limit} choices.")

_LIST = r"instance\(\s*(['\"])([^'\"]+)\1\s*\)/root/item"
_WHOLE_LIST = re.compile(rf"^{_LIST}\s*(?:\[(.*)\])?$", re.DOTALL)
_SHUFFLED_LIST = re.compile(rf"^randomize\(\s*{_LIST}\b")
_TRANSLATED = re.compile(r"^jr:itext\(\s*([\w.\-]+)\s*\)$")
_COLUMN = re.compile(r"^[\w.\-]+$")


@dataclass(frozen=True)
class ChoiceOffer:
    """What a question offers: a choice list, a filter over it, or an expression that finds nodes."""

    choice_list: str = ""
    choice_filter: str = ""
    itemset: Itemset | None = None


@dataclass
class ChoiceLists:
    """Collects the choice lists that the questions of a form use."""

    texts: Texts
    secondary: Mapping[str, str]  # XML by instance id
    lists: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    _choices: int = 0
    _references: dict[str, tuple[str, str]] = field(default_factory=dict)
    _items: dict[str, list[Node]] = field(default_factory=dict)

    def offered(self, control: Node, path: TemplatePath) -> ChoiceOffer:
        """The choices of a control, read from its `itemset`, its `query` or its `item` elements."""
        itemset = control.element("itemset")
        if itemset is not None:
            return self._from_itemset(itemset)
        query = control.attribute("query")
        if query:
            return self._gathered(Itemset(query.strip(), "name", "label"))
        items = control.elements("item")
        if not items:
            return ChoiceOffer()
        key = f"items of {path}"
        self.lists[key] = tuple(map(self._inline, items))
        return ChoiceOffer(key)

    def _inline(self, item: Node) -> Choice:
        value, label = item.element("value"), item.element("label")
        stored = "" if value is None else value.string_value().strip()
        return Choice(stored, self.texts.of_element(label), media=self.texts.media(label))

    def _from_itemset(self, itemset: Node) -> ChoiceOffer:
        value = _reference(itemset.element("value")) or "name"
        label = _reference(itemset.element("label")) or value
        return self._gathered(Itemset((itemset.attribute("nodeset") or "").strip(), value, label))

    def _gathered(self, itemset: Itemset) -> ChoiceOffer:
        match = _WHOLE_LIST.match(itemset.nodeset)
        named = match or _SHUFFLED_LIST.match(itemset.nodeset)
        key = self._list(named[2], itemset) if named is not None and named[2] in self.secondary else ""
        if not key or match is None:
            return ChoiceOffer(key, itemset=itemset)
        if match[3] is None:
            return ChoiceOffer(key)
        return ChoiceOffer(key, match[3].strip() if _is_one_predicate(match[3]) else "", itemset)

    def _list(self, instance: str, itemset: Itemset) -> str:
        """The key of the list that an instance holds; "" where its values or labels are not plain columns."""
        references = (itemset.value, itemset.label)
        column = _TRANSLATED.match(itemset.label) or _COLUMN.match(itemset.label)
        if column is None or not _COLUMN.match(itemset.value):
            return ""
        key = (
            instance
            if self._references.get(instance, references) == references
            else f"{instance} {references}"
        )
        if key not in self.lists:
            self._references[key] = references
            items = self._items_of(instance)
            self._count(len(items))
            self.lists[key] = tuple(self._choice(item, itemset) for item in items)
        return key

    def _count(self, choices: int) -> None:
        self._choices += choices
        if self._choices > MOST_CHOICES:
            raise DocumentError(_(_MANY).format(limit=MOST_CHOICES))

    def _items_of(self, instance: str) -> list[Node]:
        if instance not in self._items:
            root = parse_document(self.secondary[instance]).element("root")
            self._items[instance] = [] if root is None else list(root.elements("item"))
        return self._items[instance]

    def _choice(self, item: Node, itemset: Itemset) -> Choice:
        columns = {
            child.name: child.string_value() for child in item.children if child.kind is NodeKind.ELEMENT
        }
        value = columns.pop(itemset.value, "")
        translated = _TRANSLATED.match(itemset.label)
        if translated is None:
            plain: Text = (columns.pop(itemset.label, value),)
            label: Translations = {self.texts.default_language: plain} if plain[0] else {}
            return Choice(value, label, columns)
        identifier = columns.pop(translated[1], "")
        return Choice(value, self.texts.by_id(identifier), columns, self.texts.media_by_id(identifier))


def _reference(element: Node | None) -> str:
    return "" if element is None else (element.attribute("ref") or "").strip()


def _is_one_predicate(text: str) -> bool:
    """Whether `text`, taken from between the outer brackets, is one predicate and not two in a row."""
    depth = 0
    for character in text:
        depth += (character == "[") - (character == "]")
        if depth < 0:
            return False
    return True
