"""An ODK XForm becomes a `Questionnaire`. Knows nothing of workbooks; `xlsform` does.

A form that cannot run is refused with everything that is wrong with it, not with the first thing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from iscm_desktop.errors import IscmError, QuestionnaireProblem
from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.expression import DocumentError, Node, NodeKind, parse_document, to_xml
from iscm_desktop.questionnaire.expression.document import LONGEST
from iscm_desktop.questionnaire.form_paths import FORM_ROOT, TemplatePath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, walk
from iscm_desktop.questionnaire.model import Action, Bind, Choice, InstanceElement, Item, Output, Question
from iscm_desktop.questionnaire.own_attributes import clearance_named
from iscm_desktop.questionnaire.reading.binds import (
    OUR_NAMESPACE,
    point_at_nodes,
    read_actions,
    read_binds,
)
from iscm_desktop.questionnaire.reading.choice_lists import ChoiceLists
from iscm_desktop.questionnaire.reading.consistency_elements import rules_in
from iscm_desktop.questionnaire.reading.controls import Controls, repeat_paths
from iscm_desktop.questionnaire.reading.form_faults import form_faults
from iscm_desktop.questionnaire.reading.item_tree import Defaults, sections_of, with_calculations
from iscm_desktop.questionnaire.reading.itext import Texts
from iscm_desktop.questionnaire.reading.media_files import media_in
from iscm_desktop.questionnaire.reading.primary_instance import read_shape
from iscm_desktop.questionnaire.reading.secondary_instances import Attachments, embed, secondary_instances

_DECLARED = re.compile(r"""xmlns:([\w.\-]+)\s*=\s*["']([^"']+)["']""")


def read_xform(xml: str | bytes, attachments: Attachments | None = None) -> Questionnaire:
    """The questionnaire that an XForm describes; `attachments` are the files beside it, by name.

    Raises:
        IscmError: FORM_UNREADABLE where it is no XForm, FORM_FAULTY where its rules run in circles. A single
            expression that cannot be read does not keep the rest from being used.
    """
    questionnaire = assemble(xml, attachments)
    faults = [fault for fault in form_faults(questionnaire) if fault.is_fatal]
    if faults:
        told = "\n".join(f"{fault.path}: {fault.message}" for fault in faults[:_MOST_TOLD])
        raise IscmError(QuestionnaireProblem.FORM_FAULTY, name=questionnaire.title, faults=told)
    return questionnaire


def assemble(xml: str | bytes, attachments: Attachments | None = None) -> Questionnaire:
    """As `read_xform`, without looking whether the rules can run."""
    try:
        return _questionnaire(_as_text(xml), attachments or {})
    except DocumentError as error:
        raise IscmError(QuestionnaireProblem.FORM_UNREADABLE, reason=str(error)) from error


def _as_text(xml: str | bytes) -> str:
    if len(xml) > LONGEST:
        raise DocumentError(_(_LARGE).format(limit=LONGEST))
    if isinstance(xml, str):
        return xml
    try:
        return xml.decode("utf-8-sig")
    except UnicodeDecodeError:
        return to_xml(parse_document(xml))  # it says in which encoding it is written, or is refused


@dataclass(frozen=True)
class _Parts:
    """The elements of an XForm that matter."""

    title: str
    model: Node
    body: Node
    instance: Node


def _parts(document: Node) -> _Parts:
    html = document.element("html")
    head = None if html is None else html.element("head")
    model = None if head is None else head.element("model")
    primary = None if model is None else _primary(model)
    if html is None or head is None or model is None or primary is None:
        raise IscmError(QuestionnaireProblem.FORM_UNREADABLE, reason=_(_NO_FORM))
    title = head.element("title")
    body = html.element("body") or Node(NodeKind.ELEMENT, "body")
    name = primary.name if title is None else title.string_value().strip() or primary.name
    return _Parts(name, model, body, primary)


_MOST_TOLD = 50
"""Faults that are told of one form: who mends these will be told of the others."""

_MOST_IN_RULES = 3_000_000
"""Characters of all rules together: reading them takes five seconds. The largest form known to us has 400,000."""

_RULE_ATTRIBUTES = frozenset(
    {"calculate", "constraint", "count", "readonly", "relevant", "required", "value"}
)

_RULES = N_("Its rules have more than {limit} characters.")
_LARGE = N_("It is larger than {limit} characters.")


def _check_rules(parts: _Parts) -> None:
    """Raises a DocumentError where the rules are too long to be read in any reasonable time."""
    nodes = chain(parts.model.elements("bind"), parts.body.walk(), parts.model.elements("setvalue"))
    found = sum(
        len(each.string_value())
        for node in nodes
        for each in node.attributes
        if each.name in _RULE_ATTRIBUTES
    )
    if found > _MOST_IN_RULES:
        raise DocumentError(_(_RULES).format(limit=_MOST_IN_RULES))


_NO_FORM = N_("It has no model with the questionnaire's data in it.")


def _primary(model: Node) -> Node | None:
    instance = model.element("instance")
    if instance is None:
        return None
    return next((child for child in instance.children if child.kind is NodeKind.ELEMENT), None)


def _questionnaire(xml: str, attachments: Attachments) -> Questionnaire:
    document = parse_document(xml)
    parts = _parts(document)
    if embed(parts.model, parts.body, attachments):
        xml = to_xml(document)
    return _assembled(xml, parts, _read_content(parts, dict(_DECLARED.findall(xml))))


@dataclass(frozen=True)
class _Content:
    """What model and body say together."""

    texts: Texts
    binds: dict[TemplatePath, Bind]
    actions: tuple[Action, ...]
    shape: InstanceElement
    secondary: dict[str, str]
    choice_lists: dict[str, tuple[Choice, ...]]
    items: tuple[Item, ...]
    prefixes: dict[str, str]


def _read_content(parts: _Parts, prefixes: dict[str, str]) -> _Content:
    _check_rules(parts)
    point_at_nodes(parts.body, parts.model)
    texts = Texts(parts.model)
    binds = read_binds(parts.model, texts)
    actions = read_actions(parts.model, parts.body)
    shape = read_shape(parts.instance, repeat_paths(parts.body))
    secondary = secondary_instances(parts.model, parts.body, prefixes)
    choices = ChoiceLists(texts, secondary)
    controls = Controls(texts, choices, binds, Defaults(shape, actions))
    items = with_calculations(controls.items(parts.body, FORM_ROOT), shape, binds)
    return _Content(texts, binds, actions, shape, secondary, choices.lists, items, prefixes)


def _assembled(xml: str, parts: _Parts, content: _Content) -> Questionnaire:
    texts, items, binds = content.texts, content.items, content.binds
    asked = {item.path for item in walk(items) if isinstance(item, Question)}
    return Questionnaire(
        form_id=parts.instance.attribute("id") or parts.instance.name,
        version=parts.instance.attribute("version") or "",
        title=parts.title,
        languages=texts.languages,
        default_language=texts.default_language,
        hash=hashlib.sha256(xml.encode()).hexdigest(),
        source=xml,
        items=items,
        sections=sections_of(items, {texts.default_language: (parts.title,)}),
        shape=content.shape,
        choice_lists=content.choice_lists,
        binds={path: bind for path, bind in binds.items() if path not in asked},
        actions=content.actions,
        namespaces=content.prefixes,
        secondary=content.secondary,
        submission_method=_submission_method(parts.model),
        clearance=clearance_named(parts.instance.attribute("clearance", OUR_NAMESPACE) or ""),
        media_files=media_in(parts.model),
        consistency=rules_in(parts.model),
        itext=texts.all() if _looks_texts_up(items, binds, content.actions) else {},
    )


def _submission_method(model: Node) -> str:
    submission = model.element("submission")
    return "" if submission is None else (submission.attribute("method") or "").strip()


def _looks_texts_up(
    items: tuple[Item, ...], binds: Mapping[TemplatePath, Bind], actions: tuple[Action, ...]
) -> bool:
    """Whether an expression of the form asks for a text by its id while the form runs."""
    asked = [item.itemset.label for item in walk(items) if isinstance(item, Question) and item.itemset]
    computed = [rule for bind in binds.values() for rule in (bind.calculate, bind.relevant, bind.constraint)]
    messages = [
        piece.expression
        for bind in binds.values()
        for texts in (bind.constraint_message, bind.required_message)
        for piece in chain.from_iterable(texts.values())
        if isinstance(piece, Output)
    ]
    texts = (*asked, *computed, *messages, *(action.value for action in actions))
    return any("jr:itext(" in each for each in texts)
