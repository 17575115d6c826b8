"""A response as the XML that ODK's own programs write and read, and back into answers and entries.

Used for `jr://instance/last-saved`, and to evaluate a form with a submission from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.dependencies import rules_of
from iscm_desktop.questionnaire.expression import DocumentError, Node, NodeKind, parse_document, to_xml
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, path_below
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.rules import RuleTemplate
from iscm_desktop.session.response_tree import ResponseCell
from iscm_desktop.session.views import AnswerPath

_OTHER_FORM = N_("They begin with '{found}', and those of this questionnaire with '{wanted}'.")


@dataclass(frozen=True, slots=True)
class StoredAnswers:
    """What a `FormSession` is opened with."""

    answers: dict[AnswerPath, str] = field(default_factory=dict)
    entries: dict[AnswerPath, list[str]] = field(default_factory=dict)


def write_submission(root: ResponseCell) -> str:
    """The instance with all that is asked; what is hidden stays out, as in a submission."""
    tree = _written(root)
    prefixes: dict[str, str] = {}
    for node in (tree, *tree.walk()):
        for each in (node, *node.attributes):
            if each.prefix:
                prefixes[each.prefix] = each.namespace
    tree.declared = prefixes or None
    return to_xml(tree)


def _written(cell: ResponseCell) -> Node:
    copy = Node(name=cell.node.name, namespace=cell.node.namespace, prefix=cell.node.prefix)
    for each in cell.node.attributes:
        copy.set_attribute(each.name, each.string_value(), namespace=each.namespace, prefix=each.prefix)
    if not cell.template.children:
        copy.set_text(cell.effective)
    for child in cell.children.values():
        for below in (child,) if isinstance(child, ResponseCell) else child.entries:
            if below.is_asked:
                copy.append(_written(below))
    return copy


def read_submission(questionnaire: Questionnaire, xml: str | bytes) -> StoredAnswers:
    """The answers of an instance of this form; its entries are numbered from 1.

    Raises:
        IscmError: ANSWERS_NOT_XML where it is no XML, or an instance of another form.
    """
    try:
        top = next(node for node in parse_document(xml).children if node.kind is NodeKind.ELEMENT)
    except DocumentError as error:
        raise IscmError(AnswerProblem.ANSWERS_NOT_XML, reason=str(error)) from error
    if top.name != questionnaire.root:
        reason = _(_OTHER_FORM).format(found=top.name, wanted=questionnaire.root)
        raise IscmError(AnswerProblem.ANSWERS_NOT_XML, reason=reason)
    found = StoredAnswers()
    _read(rules_of(questionnaire).root, top, WHOLE_RESPONSE, found)
    return found


def _read(template: RuleTemplate, element: Node, path: AnswerPath, found: StoredAnswers) -> None:
    for child in template.children:
        below = path_below(path, child.name)
        for number, node in enumerate(element.elements(child.name), 1):
            if child.is_repeat:
                entries = found.entries.setdefault(below, [])
                entries.append(str(number))
                _read(child, node, path_below(below, str(number)), found)
            elif child.children:
                _read(child, node, below, found)
            elif node.string_value() and child.is_stored:
                found.answers[below] = node.string_value()
