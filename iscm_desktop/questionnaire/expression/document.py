"""XML text to a tree of nodes, and back. Refuses what could hurt: entities and endless nesting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.expression.tree import Node, NodeKind

XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
DEEPEST = 100
"""Levels of elements that are read; forms have some ten."""

LONGEST = 24_000_000
"""Characters, or bytes, of a document; the largest form known to us has two million."""

MOST_NODES = 600_000
"""Elements, attributes, comments and the like of a document."""

_MOST_ATTRIBUTES = 500
"""Of one element, declarations of namespaces included."""

_MOST_PREFIXES = 200
"""Declared around one element."""

_NOT_XML = N_("Line {line} is not XML: {reason}.")
_ENTITIES = N_("The XML declares entities, which can hide other files or endless text. It was not read.")
_ELSEWHERE = N_("The XML refers to a document type in another file. It was not read.")
_NESTED = N_("The XML is nested more than {limit} levels deep. It was not read.")
_LARGE = N_("The XML is larger than {limit} characters. It was not read.")
_MANY = N_(
    "The XML has more than {limit} elements and attributes, or more than {attributes} on one. It was not read."
)
_PREFIX = N_("Line {line} uses the prefix '{prefix}:', which is not declared.")


class DocumentError(ValueError):
    """The text is not XML that can be trusted."""


def parse_document(xml: str | bytes) -> Node:
    """The root node of a document: its children are the document element and what stands beside it.

    Raises:
        DocumentError: not well-formed, or with entities, nested too deep, or too large.
    """
    return _Builder().read(xml)


class _Builder:
    def __init__(self) -> None:
        self._root = Node(NodeKind.ROOT)
        self._root._text = None
        self._node = self._root
        self._text: list[str] = []
        self._depth = self._nodes = 0
        self._scopes: list[dict[str, str]] = [{"": "", "xml": XML_NAMESPACE}]
        self._parser = expat.ParserCreate()
        self._parser.ordered_attributes = True
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._parser.CharacterDataHandler = self._text.append
        self._parser.CommentHandler = self._on_comment
        self._parser.ProcessingInstructionHandler = self._on_instruction
        self._parser.StartDoctypeDeclHandler = self._on_doctype
        self._parser.EntityDeclHandler = self._on_entity
        self._parser.UnparsedEntityDeclHandler = self._on_entity
        self._parser.ExternalEntityRefHandler = self._on_entity

    def read(self, xml: str | bytes) -> Node:
        if len(xml) > LONGEST:
            raise DocumentError(_(_LARGE).format(limit=LONGEST))
        try:
            self._parser.Parse(xml, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise DocumentError(_(_NOT_XML).format(line=error.lineno, reason=reason)) from error
        return self._root

    def _flush(self) -> None:
        if not self._text:
            return
        text = "".join(self._text)
        self._text.clear()
        if self._node is self._root:
            return
        if self._node._children is None and not self._node._text:
            self._node._text = text  # a leaf, as far as we know
        else:
            self._node.append(Node(NodeKind.TEXT, "", text))

    def _count(self, nodes: int, *, on_one: int = 0) -> None:
        self._nodes += nodes
        if self._nodes > MOST_NODES or on_one > _MOST_ATTRIBUTES:
            raise DocumentError(_(_MANY).format(limit=MOST_NODES, attributes=_MOST_ATTRIBUTES))

    def _on_start(self, qualified: str, attributes: list[str]) -> None:
        self._flush()
        self._count(1 + (len(attributes) >> 1), on_one=len(attributes) >> 1)
        self._depth += 1
        if self._depth > DEEPEST:
            raise DocumentError(_(_NESTED).format(limit=DEEPEST))
        declared = _declarations(attributes)
        scope = self._scopes[-1]
        if declared:
            scope = {**scope, **declared}
            self._count(0, on_one=len(scope) - _MOST_PREFIXES + _MOST_ATTRIBUTES)
        self._scopes.append(scope)
        prefix, name, namespace = self._resolved(qualified, scope)
        node = Node(NodeKind.ELEMENT, name, namespace=namespace, prefix=prefix)
        node.declared = declared or None
        for key, value in zip(attributes[::2], attributes[1::2], strict=True):
            if key != "xmlns" and not key.startswith("xmlns:"):
                self._attribute(node, key, value, scope)
        self._node = self._node.append(node)

    def _attribute(self, node: Node, key: str, value: str, scope: Mapping[str, str]) -> None:
        prefix, name, namespace = self._resolved(key, scope) if ":" in key else ("", key, "")
        node.set_attribute(name, value, namespace=namespace, prefix=prefix)

    def _resolved(self, qualified: str, scope: Mapping[str, str]) -> tuple[str, str, str]:
        prefix, _colon, name = qualified.rpartition(":")
        namespace = scope.get(prefix)
        if namespace is None:
            line = self._parser.CurrentLineNumber
            raise DocumentError(_(_PREFIX).format(line=line, prefix=prefix))
        return prefix, name, namespace

    def _on_end(self, _name: str) -> None:
        self._flush()
        self._depth -= 1
        self._scopes.pop()
        self._node = self._node.parent or self._root

    def _on_comment(self, text: str) -> None:
        self._flush()
        self._count(1)
        self._node.append(Node(NodeKind.COMMENT, "", text))

    def _on_instruction(self, target: str, text: str) -> None:
        self._flush()
        self._count(1)
        self._node.append(Node(NodeKind.INSTRUCTION, target, text))

    def _on_doctype(self, _name: str, system: str | None, public: str | None, has_subset: bool) -> None:
        """A bare "<!DOCTYPE html>" does no harm; declarations of its own, or elsewhere, are not followed."""
        if system or public:
            raise DocumentError(_(_ELSEWHERE))
        if has_subset:
            raise DocumentError(_(_ENTITIES))

    def _on_entity(self, *_particulars: object) -> int:
        raise DocumentError(_(_ENTITIES))


def _declarations(attributes: list[str]) -> dict[str, str]:
    """Prefix to URI of the namespaces that a start tag declares."""
    if not any(key.startswith("xmlns") for key in attributes[::2]):
        return {}
    return {
        key[6:]: value
        for key, value in zip(attributes[::2], attributes[1::2], strict=True)
        if key == "xmlns" or key.startswith("xmlns:")
    }


_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _escaped(text: str) -> str:
    """Text as XML has it; control characters that no XML can hold, such as pasted ones, are left out."""
    kept = _NOT_IN_XML.sub("", text)
    kept = kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return kept.replace("\r", "&#13;")  # a reader would make a plain line end of it


def _quoted(value: str) -> str:
    """An attribute's value; breaks and tabs as numbers, or reading would make blanks of them."""
    text = _escaped(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{text}"'


def to_xml(node: Node) -> str:
    """The XML of a node and all below it, with the prefixes that it was read with."""
    parts: list[str] = []
    _write(node, parts)
    return "".join(parts)


def _write(node: Node, parts: list[str]) -> None:
    if node.kind is NodeKind.TEXT:
        parts.append(_escaped(node.string_value()))
    elif node.kind is NodeKind.COMMENT:
        parts.append(f"<!--{node.string_value()}-->")
    elif node.kind is NodeKind.INSTRUCTION:
        parts.append(f"<?{node.name} {node.string_value()}?>")
    elif node.kind is NodeKind.ROOT:
        for child in node.children:
            _write(child, parts)
    else:
        _write_element(node, parts)


def _write_element(node: Node, parts: list[str]) -> None:
    parts.append(f"<{node.qualified_name}")
    for prefix, uri in (node.declared or {}).items():
        parts.append(f" xmlns{':' if prefix else ''}{prefix}={_quoted(uri)}")
    for attribute in node.attributes:
        parts.append(f" {attribute.qualified_name}={_quoted(attribute.string_value())}")
    if not node.children:
        parts.append("/>")
        return
    parts.append(">")
    for child in node.children:
        _write(child, parts)
    parts.append(f"</{node.qualified_name}>")
