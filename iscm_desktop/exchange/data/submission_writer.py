"""Responses as submissions of ODK: an XML instance each, shaped as the primary instance of its form.

What nobody answered is an empty element. ODK Central takes an instance by the `id` and `version` of its root and by the
`instanceID` among its metadata, and passes over elements that the form does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from iscm_desktop.exchange.data.response_data import ResponseData
from iscm_desktop.questionnaire.answer_values import Unreadable, read
from iscm_desktop.questionnaire.attached_files import readable_answer
from iscm_desktop.questionnaire.dependencies import rules_of
from iscm_desktop.questionnaire.expression import Node, to_xml
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, AnswerPath, path_below
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.questionnaire.rules import RuleTemplate

OPENROSA = "http://openrosa.org/xforms"
META, INSTANCE_ID = "meta", "instanceID"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(.*)", re.DOTALL)
_CLOCK = re.compile(r"(\d):(\d\d)(.*)", re.DOTALL)


def submission_id(uuid: str) -> str:
    """The id of a response as submissions have it: "uuid:…"."""
    return f"uuid:{uuid}"


def submission_xml(response: ResponseData) -> bytes:
    """A response as an instance of its form, in UTF-8."""
    root = _Submission(response).root()
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + to_xml(root).encode() + b"\n"


class _Submission:
    def __init__(self, response: ResponseData) -> None:
        self._answers: Mapping[AnswerPath, str] = response.answers
        self._entries = response.entries
        self._used = response.questionnaire
        self._id = submission_id(response.head.uuid)

    def root(self) -> Node:
        """The root element, with prefixes declared and the id of the instance in its place."""
        root = self._node(rules_of(self._used).root, WHOLE_RESPONSE)
        self._give_id(root)
        if root.attribute("id") is None:
            root.set_attribute("id", self._used.form_id)
        if root.attribute("version") is None and self._used.version:
            root.set_attribute("version", self._used.version)
        used = {
            each.prefix: each.namespace
            for node in (root, *root.walk())
            for each in (node, *node.attributes)
            if each.prefix
        }
        root.declared = used or None
        return root

    def _give_id(self, root: Node) -> None:
        meta = root.element(META)
        if meta is None:
            meta = root.append(Node(name=META, namespace=OPENROSA, prefix="orx"))
        node = meta.element(INSTANCE_ID)
        if node is None:
            node = meta.append(Node(name=INSTANCE_ID, namespace=meta.namespace, prefix=meta.prefix))
        node.set_text(self._id)

    def _node(self, template: RuleTemplate, path: AnswerPath) -> Node:
        shape = template.shape
        made = Node(name=shape.name, namespace=shape.namespace, prefix=shape.prefix)
        for name, value, prefix, namespace in shape.attributes:
            made.set_attribute(name, value, namespace=namespace, prefix=prefix)
        if not template.children:
            made.set_text(_written(template, self._answers.get(path, "")))
        for child in template.children:
            for below in self._places(child, path):
                made.append(self._node(child, below))
        return made

    def _places(self, template: RuleTemplate, path: AnswerPath) -> Iterator[AnswerPath]:
        below = path_below(path, template.name)
        if not template.is_repeat:
            yield below
            return
        for entry in self._entries.get(below, ()):
            yield path_below(below, entry)


def _written(template: RuleTemplate, text: str) -> str:
    """A stored text as an XForm holds it: a moment with T and seconds, the name of a file."""
    if not text:
        return ""
    question = template.question
    kind = Kind.OTHER if question is None else question.kind
    if kind is Kind.ATTACHMENT:
        text = readable_answer(text)
    elif kind in (Kind.DATE_TIME, Kind.TIME) and not isinstance(read(kind, text), Unreadable):
        text = _moment(text.strip()) if kind is Kind.DATE_TIME else _clock(text.strip())
    return _NOT_IN_XML.sub("\ufffd", text)


def _moment(text: str) -> str:
    found = _MOMENT.fullmatch(text)
    return f"{found[1]}T{found[2]}{found[3] or ':00'}{found[4]}" if found else text


def _clock(text: str) -> str:
    text = text.replace(".", ":", 1) if ":" not in text else text
    return f"0{text}" if _CLOCK.fullmatch(text) else text
