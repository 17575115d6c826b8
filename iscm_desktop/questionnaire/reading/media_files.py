"""Pictures, sounds and films that a form shows beside its labels: which it names, and which contents those are.

The contents are kept beside the form, by their SHA-256. Which file is which content is written into the form itself,
so that its hash names them, too, and whoever has the form knows what belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from iscm_desktop.questionnaire.expression import Node, parse_document, to_xml
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, walk
from iscm_desktop.questionnaire.model import Question, Translations
from iscm_desktop.questionnaire.reading.binds import OUR_NAMESPACE

MOST = 500
"""Files of one form."""

_ELEMENT = "file"
_DIGEST = re.compile("[0-9a-f]{64}")


def named_media(form: Questionnaire) -> frozenset[str]:
    """The names of the files that labels of questions and choices show; beside those of groups nothing is shown."""
    carriers = [item.media for item in walk(form.items) if isinstance(item, Question)]
    carriers += [choice.media for choices in form.choice_lists.values() for choice in choices]
    found = (name for media in carriers for texts in media.values() for name in _names(texts))
    return frozenset(found)


def _names(texts: Translations) -> Iterator[str]:
    for text in texts.values():
        whole = "".join(piece for piece in text if isinstance(piece, str))
        if name := whole.strip().rpartition("/")[2]:
            yield name


def with_media(xml: str, digests: Mapping[str, str]) -> str:
    """The form, saying of each file by its name which content it is; as it was where there are none."""
    if not digests:
        return xml
    document = parse_document(xml)
    model = _model(document)
    if model is None:
        return xml
    for name, digest in sorted(digests.items()):
        made = Node(name=_ELEMENT, namespace=OUR_NAMESPACE, prefix="iscm")
        made.declared = {"iscm": OUR_NAMESPACE}
        made.set_attribute("name", name)
        made.set_attribute("sha256", digest)
        model.insert(len(model.children), made)
    return to_xml(document)


def media_in(model: Node) -> dict[str, str]:
    """The SHA-256 of each file that a form brings along, by the name under which its labels ask for it."""
    found = (each for each in model.elements(_ELEMENT) if each.namespace == OUR_NAMESPACE)
    named = ((each.attribute("name") or "", each.attribute("sha256") or "") for each in found)
    sound = [(name, digest) for name, digest in named if name and _DIGEST.fullmatch(digest)]
    return dict(sound[:MOST])


def _model(document: Node) -> Node | None:
    html = document.element("html")
    head = None if html is None else html.element("head")
    return None if head is None else head.element("model")
