"""The body of an XForm: questions, groups and repeats as a person meets them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from iscm_desktop.questionnaire.expression import Node, NodeKind
from iscm_desktop.questionnaire.form_paths import FORM_ROOT, TemplatePath, path_below
from iscm_desktop.questionnaire.model import (
    Bind,
    Group,
    Item,
    Kind,
    Question,
    Repeat,
    Translations,
)
from iscm_desktop.questionnaire.reading.choice_lists import ChoiceLists
from iscm_desktop.questionnaire.reading.item_tree import Defaults
from iscm_desktop.questionnaire.reading.itext import Texts
from iscm_desktop.questionnaire.reading.primary_instance import JAVAROSA, referenced_path

_TERRITORIES = "territories"
"""The choice list whose select-one questions are taken with type-ahead."""

_PLAIN_KINDS = {
    "string": Kind.TEXT,
    "int": Kind.INTEGER,
    "integer": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "time": Kind.TIME,
    "dateTime": Kind.DATE_TIME,
    "geopoint": Kind.GEOPOINT,
    "geotrace": Kind.GEOTRACE,
    "geoshape": Kind.GEOSHAPE,
    "binary": Kind.ATTACHMENT,
}
_FORMATS = {"email": Kind.EMAIL, "url": Kind.URL, "period": Kind.PERIOD}
_CONTROLS = frozenset({"input", "secret", "select1", "select", "rank", "range", "trigger", "upload"})


def repeat_paths(body: Node) -> frozenset[TemplatePath]:
    """The paths of all repeats of a form."""
    return frozenset(
        referenced_path(node.attribute("nodeset") or "")
        for node in body.walk()
        if node.kind is NodeKind.ELEMENT and node.name == "repeat"
    )


@dataclass
class Controls:
    """Reads the body of one form."""

    texts: Texts
    choices: ChoiceLists
    binds: Mapping[TemplatePath, Bind]
    defaults: Defaults
    _unnamed: int = field(default=0)

    def items(self, container: Node, context: TemplatePath) -> tuple[Item, ...]:
        """The items below an element, in form order; their paths begin with `context`."""
        return tuple(self._items(container, context))

    def _items(self, container: Node, context: TemplatePath) -> Iterator[Item]:
        readers: dict[str, Callable[[Node, TemplatePath], Item]] = {
            "group": self._group,
            "repeat": self._repeat,
        }
        for node in container.children:
            if node.kind is NodeKind.ELEMENT:
                if node.name in readers:
                    yield readers[node.name](node, context)
                elif node.name in _CONTROLS:
                    yield self._question(node, context)

    def _path(self, node: Node, context: TemplatePath) -> TemplatePath:
        reference = node.attribute("ref") or node.attribute("nodeset")
        return referenced_path(reference, context) if reference is not None else FORM_ROOT

    def _bind(self, path: TemplatePath) -> Bind:
        return self.binds.get(path, Bind())

    def _group(self, node: Node, context: TemplatePath) -> Item:
        path = self._path(node, context)
        repeat = _only_repeat(node)
        if repeat is not None and path in ("", context, self._path(repeat, context)):
            return self._repeat(repeat, context, heading=node)
        inside = path or context
        if not path:
            self._unnamed += 1
            path = path_below(context, f"#{self._unnamed}")
        bind = self._bind(path)
        return Group(
            path,
            self.items(node, inside),
            self.texts.of_element(node.element("label")),
            self._heading_hint(node),
            bind.relevant,
            _appearance(node),
            bind.own,
        )

    def _repeat(self, node: Node, context: TemplatePath, heading: Node | None = None) -> Repeat:
        path = self._path(node, context)
        bind = self._bind(path)
        around = heading or node
        return Repeat(
            path,
            self.items(node, path),
            self.texts.of_element(around.element("label")) or self.texts.of_element(node.element("label")),
            self._heading_hint(around),
            bind.relevant,
            (node.attribute("count", JAVAROSA) or "").strip(),
            (node.attribute("noAddRemove", JAVAROSA) or "").startswith("true"),
            tuple(dict.fromkeys(_appearance(around) + _appearance(node))),
            bind.own,
        )

    def _heading_hint(self, node: Node) -> Translations:
        """pyxform translates the hints of groups and repeats, but writes no element that refers to them."""
        reference = node.attribute("ref") or node.attribute("nodeset") or ""
        return self.texts.of_element(node.element("hint")) or self.texts.by_id(f"{reference}:hint")

    def _question(self, node: Node, context: TemplatePath) -> Question:
        path = self._path(node, context)
        bind = self._bind(path)
        label, hint, offer = node.element("label"), node.element("hint"), self.choices.offered(node, path)
        kind = _kind(node, bind, offer.choice_list, has_value=path in self.defaults.filled)
        return Question(
            path,
            kind,
            bind,
            self.texts.of_element(label),
            self.texts.of_element(hint),
            self.texts.guidance(hint),
            _appearance(node),
            offer.choice_list,
            offer.choice_filter,
            offer.itemset,
            _parameters(node),
            self.defaults.static.get(path, ""),
            self.defaults.dynamic.get(path, ""),
            self.texts.media(label),
        )


def _only_repeat(group: Node) -> Node | None:
    """The repeat that a group merely gives a heading to."""
    inside = [
        child
        for child in group.children
        if child.kind is NodeKind.ELEMENT and child.name not in ("label", "hint", "setvalue", "setgeopoint")
    ]
    return inside[0] if len(inside) == 1 and inside[0].name == "repeat" else None


def _appearance(node: Node) -> tuple[str, ...]:
    return tuple((node.attribute("appearance") or "").split())


def _parameters(node: Node) -> dict[str, str]:
    """Attributes of a control that say how it is drawn or bounded; those that say what it is are left out."""
    known = {"ref", "nodeset", "bind", "appearance", "query"}
    return {each.name: each.string_value() for each in node.attributes if each.name not in known}


def _kind(node: Node, bind: Bind, choice_list: str, *, has_value: bool) -> Kind:
    """What a control takes, from its element, its type and its appearance."""
    if node.name in ("select1", "select") and "label" in _appearance(node):
        return Kind.NOTE  # it shows the words of its choices, over a table of questions that offer the same
    match node.name:
        case "select1":
            return _one_of(node, choice_list)
        case "select":
            return Kind.SELECT_MANY
        case "rank":
            return Kind.RANKING
        case "range":
            return Kind.RANGE
        case "trigger":
            return Kind.ACKNOWLEDGE
        case "upload":
            return Kind.ATTACHMENT
        case _:
            return _typed(node, bind, has_value=has_value)


def _one_of(node: Node, choice_list: str) -> Kind:
    if "likert" in _appearance(node):
        return Kind.SCALE
    return Kind.TERRITORY if choice_list == _TERRITORIES else Kind.SELECT_ONE


def _typed(node: Node, bind: Bind, *, has_value: bool) -> Kind:
    if node.attribute("query"):
        return Kind.SELECT_ONE
    kind = _PLAIN_KINDS.get(bind.data_type, Kind.OTHER)
    if kind is not Kind.TEXT:
        return kind
    if bind.read_only.replace(" ", "") == "true()" and not bind.calculate and not has_value:
        return Kind.NOTE
    chosen = _FORMATS.get(bind.own.format)
    return chosen or (Kind.LONG_TEXT if "multiline" in _appearance(node) else Kind.TEXT)
