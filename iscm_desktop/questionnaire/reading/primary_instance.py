"""The instance of an XForm as the shape of a new response: names, static defaults, what repeats.

Also tells how the references of an XForm become our template paths.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.expression import DocumentError, Node, NodeKind
from iscm_desktop.questionnaire.form_paths import FORM_ROOT, TemplatePath, path_below
from iscm_desktop.questionnaire.model import InstanceElement

_DEEPEST = 8
"""Repeats inside each other: each level is kept twice, as it is and as its entries are."""

MOST_ELEMENTS = 60_000
"""Of the primary instance; the largest form known to us has 5,000."""

_NESTED = N_("Its repeats lie inside each other more than {limit} deep.")
_MANY = N_("It has more than {limit} questions and groups.")

JAVAROSA = "http://openrosa.org/javarosa"


def referenced_path(reference: str, context: TemplatePath = FORM_ROOT) -> TemplatePath:
    """The path below the root that a `ref` or `nodeset` names; relative ones start at `context`."""
    reference = reference.strip().removeprefix("current()/")
    if reference.startswith("/"):
        names = reference.split("/")[2:]
    else:
        names = [*filter(None, context.split("/")), *reference.split("/")]
    path: list[str] = []
    for name in names:
        if name == "..":
            del path[-1:]
        elif name not in ("", "."):
            path.append(name.rpartition(":")[2].partition("[")[0])
    return TemplatePath("/".join(path))


def read_shape(root: Node, repeats: AbstractSet[TemplatePath]) -> InstanceElement:
    """The shape of the instance below and including its root element."""
    return _InstanceReader(repeats).read(root, FORM_ROOT)


def paths_of(shape: InstanceElement, path: TemplatePath = FORM_ROOT) -> list[TemplatePath]:
    """All paths below a shape in document order; its own left out."""
    paths = []
    for child in shape.children:
        own = path_below(path, child.name)
        paths += [own, *paths_of(child, own)]
    return paths


class _InstanceReader:
    def __init__(self, repeats: AbstractSet[TemplatePath]) -> None:
        self._repeats = repeats
        self._inside = 0  # repeats around what is read now
        self._elements = 0

    def read(self, element: Node, path: TemplatePath) -> InstanceElement:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise DocumentError(_(_MANY).format(limit=MOST_ELEMENTS))
        named: dict[str, list[Node]] = {}
        for child in _elements(element):
            named.setdefault(child.name, []).append(child)
        children = tuple(self._child(same, path_below(path, name)) for name, same in named.items())
        return InstanceElement(
            element.name,
            "" if children else element.string_value(),
            children,
            prefix=element.prefix,
            namespace=element.namespace,
            attributes=_attributes(element),
        )

    def _child(self, same: list[Node], path: TemplatePath) -> InstanceElement:
        """One shape for the siblings of one name; only a repeat may have several."""
        template = next((each for each in same if _is_template(each)), same[0])
        if path not in self._repeats:
            return self.read(template, path)
        self._inside += 1
        if self._inside > _DEEPEST:
            raise DocumentError(_(_NESTED).format(limit=_DEEPEST))
        shape = self.read(template, path)
        entries = tuple(
            shape if each is template else self.read(each, path) for each in same if not _is_template(each)
        )
        self._inside -= 1
        return InstanceElement(
            shape.name,
            shape.text,
            shape.children,
            True,
            entries,
            shape.prefix,
            shape.namespace,
            shape.attributes,
        )


def _elements(element: Node) -> list[Node]:
    return [child for child in element.children if child.kind is NodeKind.ELEMENT]


def _is_template(element: Node) -> bool:
    return element.attribute("template", JAVAROSA) is not None


def _attributes(element: Node) -> tuple[tuple[str, str, str, str], ...]:
    return tuple(
        (each.name, each.string_value(), each.prefix, each.namespace)
        for each in element.attributes
        if not (each.name == "template" and each.namespace == JAVAROSA)
    )
