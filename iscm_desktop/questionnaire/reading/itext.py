"""Labels, hints and messages of an XForm in all its languages, with the values that they show.

Leaves evaluating those values to the form session.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from iscm_desktop.questionnaire.expression import Node, NodeKind
from iscm_desktop.questionnaire.model import Language, Output, Text, Translations

ONLY_LANGUAGE = "default"
"""The language of a form that names none."""

_REFERENCE = re.compile(r"""^\s*jr:itext\(\s*(?:'([^']*)'|"([^"]*)")\s*\)\s*$""")
_MEDIA = ("image", "big-image", "audio", "video")
_ABSENT = "-"
"""What pyxform writes where a translation is missing."""


class Texts:
    """All texts of one form: those of its itext block, and those written where they are used."""

    def __init__(self, model: Node) -> None:
        itext = model.element("itext")
        translations = [] if itext is None else itext.elements("translation")
        self.languages: tuple[Language, ...] = tuple(dict.fromkeys(map(_language, translations))) or (
            ONLY_LANGUAGE,
        )
        marked = [
            _language(each)
            for each in translations
            if each.attribute("default") not in (None, "false()", "false")
        ]
        self.default_language = marked[0] if marked else self.languages[0]
        self._by_id: dict[
            str, dict[str, Translations]
        ] = {}  # id -> form ("" is the text itself) -> languages
        for translation in translations:
            self._take(translation)

    def _take(self, translation: Node) -> None:
        language = _language(translation)
        for text in translation.elements("text"):
            forms = self._by_id.setdefault(text.attribute("id") or "", {})
            for value in text.elements("value"):
                pieces = _pieces(value)
                if pieces and pieces != (_ABSENT,):
                    forms.setdefault(value.attribute("form") or "", {})[language] = pieces

    def by_id(self, identifier: str, form: str = "") -> Translations:
        """The text of an id in one form, "" being the plain one; {} where there is none."""
        forms = self._by_id.get(identifier, {})
        found = forms.get(form) or {}
        return found or (forms.get("long") or forms.get("short") or {} if not form else {})

    def all(self) -> dict[str, Translations]:
        """The plain texts by their ids."""
        return {key: self.by_id(key) for key in self._by_id}

    def of_element(self, element: Node | None) -> Translations:
        """The text of a `label` or `hint` element; {} where there is none."""
        if element is None:
            return {}
        reference = element.attribute("ref")
        if reference is None:
            pieces = _pieces(element)
            return {self.default_language: pieces} if pieces else {}
        identifier = itext_id(reference)
        if identifier is None:
            return {self.default_language: (Output(reference.strip()),)}
        return self.by_id(identifier)

    def guidance(self, element: Node | None) -> Translations:
        """The longer advice behind a hint; {} where there is none."""
        return self._form_of(element, "guidance")

    def media(self, element: Node | None) -> dict[str, Translations]:
        """File names by kind, "image" or "audio" for instance, that go with a label."""
        found = {form: self._form_of(element, form) for form in _MEDIA}
        return {form: texts for form, texts in found.items() if texts}

    def _form_of(self, element: Node | None, form: str) -> Translations:
        identifier = itext_id(element.attribute("ref") or "") if element is not None else None
        return {} if identifier is None else self.by_id(identifier, form)

    def message(self, attribute: str | None) -> Translations:
        """A message of a bind: literal, a reference to an itext, or an expression that makes one."""
        if not attribute or attribute == _ABSENT:
            return {}
        if attribute.startswith("jr:itext(") and itext_id(attribute) is None:
            return {self.default_language: (Output(attribute),)}
        identifier = itext_id(attribute)
        return {self.default_language: (attribute,)} if identifier is None else self.by_id(identifier)

    def media_by_id(self, identifier: str) -> dict[str, Translations]:
        """Likewise for the text of an id."""
        found = {form: self.by_id(identifier, form) for form in _MEDIA}
        return {form: texts for form, texts in found.items() if texts}


def itext_id(expression: str) -> str | None:
    """The id inside `jr:itext('id')`; None where the expression is anything else."""
    match = _REFERENCE.match(expression)
    return None if match is None else match[1] if match[1] is not None else match[2]


def _language(translation: Node) -> Language:
    return translation.attribute("lang") or ONLY_LANGUAGE


def _pieces(element: Node) -> Text:
    """Literal pieces and outputs in order, without blanks around the whole."""
    pieces = list(_raw_pieces(element))
    if pieces and isinstance(pieces[0], str):
        pieces[0] = pieces[0].lstrip()
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] = pieces[-1].rstrip()
    return tuple(piece for piece in pieces if piece != "")


def _raw_pieces(element: Node) -> Iterator[str | Output]:
    for child in element.children:
        if child.kind is NodeKind.TEXT:
            yield child.string_value()
        elif child.kind is NodeKind.ELEMENT:
            expression = child.attribute("value") or child.attribute("ref")
            if child.name == "output" and expression:
                yield Output(expression.strip())
            else:
                yield from _raw_pieces(child)
