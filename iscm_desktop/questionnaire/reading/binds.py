"""The rules and actions of an XForm's model: binds, preloads, and values set at events."""

from __future__ import annotations

from collections.abc import Iterator

from iscm_desktop.questionnaire.expression import Node, NodeKind
from iscm_desktop.questionnaire.form_paths import FORM_ROOT, TemplatePath, path_around
from iscm_desktop.questionnaire.model import Action, Bind
from iscm_desktop.questionnaire.own_attributes import read_own_attributes
from iscm_desktop.questionnaire.reading.itext import Texts
from iscm_desktop.questionnaire.reading.primary_instance import JAVAROSA, referenced_path

OUR_NAMESPACE = "https://iscm-desktop.invalid/xforms"
"""Of the bind attributes that say what a question feeds and how it is taken."""

_OPENROSA = "http://openrosa.org/xforms"
_ACTIONS = frozenset({"setvalue", "setgeopoint"})


def read_binds(model: Node, texts: Texts) -> dict[TemplatePath, Bind]:
    """The rules by path; the binds of attributes (`/data/meta/entity/@id`) are left out."""
    found: dict[TemplatePath, Bind] = {}
    for bind in model.elements("bind"):
        nodeset = bind.attribute("nodeset") or bind.attribute("ref") or ""
        if nodeset and "@" not in nodeset:
            found[referenced_path(nodeset)] = _bind(bind, texts)
    return found


def point_at_nodes(body: Node, model: Node) -> None:
    """Gives controls of older forms, which name the id of a bind, the reference of its node instead."""
    identified = {bind.attribute("id"): bind.attribute("nodeset") for bind in model.elements("bind")}
    for control in (*body.walk(), *model.elements("setvalue")):
        named = control.attribute("bind")
        nodeset = identified.get(named) if named else None
        if nodeset:
            control.set_attribute("nodeset" if control.name == "repeat" else "ref", nodeset)


def _bind(bind: Node, texts: Texts) -> Bind:
    def rule(name: str) -> str:
        return (bind.attribute(name) or "").strip()

    preload = (bind.attribute("preload", JAVAROSA), bind.attribute("preloadParams", JAVAROSA))
    return Bind(
        relevant=rule("relevant"),
        constraint=rule("constraint"),
        required=rule("required"),
        calculate=rule("calculate"),
        read_only=rule("readonly"),
        constraint_message=texts.message(bind.attribute("constraintMsg", JAVAROSA)),
        required_message=texts.message(bind.attribute("requiredMsg", JAVAROSA)),
        data_type=(bind.attribute("type") or "string").rpartition(":")[2],
        own=read_own_attributes(
            {each.name: each.string_value() for each in bind.attributes if each.namespace == OUR_NAMESPACE}
        ),
        preload=" ".join(filter(None, preload)),
        max_pixels=_pixels(bind.attribute("max-pixels", _OPENROSA) or ""),
    )


def _pixels(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 7 and int(text) else None


def read_actions(model: Node, body: Node | None) -> tuple[Action, ...]:
    """All actions in document order: those of the model, then those inside controls and repeats."""
    found = [_action(node, FORM_ROOT) for node in model.children if _is_action(node)]
    if body is not None:
        found += _actions_inside(body)
    return tuple(action for action in found if action is not None)


def _actions_inside(body: Node) -> Iterator[Action | None]:
    for node in body.walk():
        if _is_action(node) and node.parent is not None:
            around = node.parent.attribute("ref") or node.parent.attribute("nodeset") or ""
            yield _action(node, referenced_path(around))


def _is_action(node: Node) -> bool:
    return node.kind is NodeKind.ELEMENT and node.name in _ACTIONS


def _action(node: Node, source: TemplatePath) -> Action | None:
    target = node.attribute("ref") or node.attribute("nodeset") or ""
    if not target or "@" in target:
        return None
    value = node.attribute("value")
    return Action(
        referenced_path(target, path_around(source)),
        tuple((node.attribute("event") or "").split()),
        value.strip() if value else "",
        "" if value else node.string_value(),
        source,
        node.name == "setgeopoint",
        target.strip() if "[" in target else "",
    )
