"""Numbers of sections, questions and entries, as people quote them to each other: "E", "E20", "C1.3".

One rule for form, review, search and documents. Where a form names its sections and questions by codes
("ISC-E", "ISC-E20"), those are its numbers; else sections are counted from 1 and questions within them ("3.7").
A question inside a repeat has the number of its entry in front: "E01.2.4" is the fourth question of the second
entry of E01. Where a section is one repeat and nothing else, and the form gives that no number, or 0 as
in "STA-C00", its entries have the number of the section: "C1.3".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from iscm_desktop.questionnaire.form_paths import AnswerPath, TemplatePath, last_name
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, is_visible
from iscm_desktop.questionnaire.model import Group, Item, Question, Repeat
from iscm_desktop.questionnaire.sections import template_path

_SECTION = re.compile(r"(?:[A-Za-z][A-Za-z0-9]*[-_])?([A-Z]{1,2}|\d{1,2})")
_QUESTION = re.compile(r"(?:[A-Za-z][A-Za-z0-9]*[-_])?([A-Z]{1,2}\d{1,3}(?:\.\d{1,3})*)(?:_\w+)?")
_HAS_OWN_NUMBER = re.compile(r"\s*[A-Za-z]{0,3}[-.]?\d+[A-Za-z]?(?:[.:)\-–—]|\s)")

_ABJAD = (
    "ألف", "باء", "جيم", "دال", "هاء", "واو", "زاي", "حاء", "طاء", "ياء", "كاف", "لام", "ميم", "نون", "سين", "عين",
    "فاء", "صاد", "قاف", "راء", "شين", "تاء", "ثاء", "خاء", "ذال", "ضاد",
)  # fmt: skip
"""Letters by which Arabic texts of the United Nations number what others number from A to Z."""


@dataclass(frozen=True, slots=True)
class _Number:
    whole: str  # "E20"; inside a repeat that of the question in any entry: "E01.4", "C03"
    own: str = ""  # inside a repeat: what stands behind the number of the entry, "4"
    repeat: TemplatePath | None = None  # the innermost repeat around


class Numbering:
    """The numbers of one questionnaire."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._numbers: dict[TemplatePath, _Number] = {}
        self._whole_sections: dict[TemplatePath, str] = {}  # a repeat that is all of its section: that number
        labels = [item.label for item in questionnaire.questions() if _is_numbered(item)]
        own = sum(any(_starts_with_number(text) for text in label.values()) for label in labels)
        self._is_numbered_in_labels = own * 2 > len(labels)
        codes = _section_codes(questionnaire.sections)
        for place, section in enumerate(questionnaire.sections, 1):
            self._add_section(section, codes[place - 1] if codes else str(place), has_codes=bool(codes))

    def number(
        self, template: TemplatePath, entries: Sequence[int] = (), *, language: str | None = None
    ) -> str:
        """The number of a section, question, repeat or, with one place more, of an entry of a repeat.

        Args:
            entries: Place of the entry, from 1, in each repeat around, outer ones first. Without them the number
                is that of the question whatever the entry: "C03" rather than "C1.3".
            language: Code of the language that it is read in ("ar"); None: letters as the form has them.

        Returns:
            "" for what has none: notes, calculations, groups inside a section, and all questions of a form that
            writes numbers into its labels.
        """
        return in_letters_of(self._with_entries(template, tuple(entries)), language)

    def _with_entries(self, template: TemplatePath, entries: tuple[int, ...]) -> str:
        found = self._numbers.get(template)
        if found is None or not entries:
            return found.whole if found is not None else ""
        depth = self._depth(template)
        if len(entries) > depth:  # an entry of the repeat itself
            inside = self._whole_sections.get(template) or self._with_entries(template, entries[:-1])
            return _joined(inside, str(entries[-1])) if inside else ""
        if found.repeat is None or len(entries) < depth or not found.own:
            return found.whole
        return _joined(self._with_entries(found.repeat, entries), found.own)

    def _depth(self, template: TemplatePath) -> int:
        """How many repeats there are around."""
        found = self._numbers.get(template)
        return 0 if found is None or found.repeat is None else 1 + self._depth(found.repeat)

    def _add_section(self, section: Group, code: str, *, has_codes: bool) -> None:
        self._numbers[section.path] = _Number(code)
        items = list(_numbered(section.items))
        named = [_code_of(item, code) for item, _repeat in items] if has_codes else []
        is_coded = has_codes and sum(map(bool, named)) * 2 >= len(items)
        outer = [item for item, repeat in items if repeat is None]
        if len(outer) == 1 and isinstance(outer[0], Repeat) and (not is_coded or _is_zero(named[0])):
            self._whole_sections[outer[0].path] = code
        if is_coded:
            self._add_coded(items, named, code)
        elif not self._is_numbered_in_labels:
            self._add_counted(section.items, code, None)

    def _add_coded(self, items: list[tuple[Item, Repeat | None]], named: list[str], section: str) -> None:
        """By the codes of the form; a question without one is a further one of the one before: "E20a"."""
        taken: set[str] = set()
        before = section
        for (item, repeat), code in zip(items, named, strict=True):
            number = code if code and code not in taken else _further(code or before, taken)
            taken.add(number)
            before = code or before
            own = "" if repeat is None else self._own_part(number, repeat, section)
            number = self._whole_sections.get(item.path, number)
            self._numbers[item.path] = _Number(number, own, repeat.path if repeat else None)

    def _own_part(self, number: str, repeat: Repeat, section: str) -> str:
        """What tells a question from the others of its entry: "4" of E01.4 in E01, "3" of C03."""
        around = self._numbers[repeat.path].whole
        if around and number.startswith(around + "."):
            return number[len(around) + 1 :]
        return number.removeprefix(section).lstrip("0.") or number

    def _add_counted(self, items: tuple[Item, ...], inside: str, repeat: Repeat | None) -> None:
        """By counting, through groups, which are headings only."""
        numbered = (item for item, around in _numbered(items) if around is None)
        for place, item in enumerate(numbered, 1):
            whole = self._whole_sections.get(item.path) or _joined(inside, str(place))
            own = str(place) if repeat else ""
            self._numbers[item.path] = _Number(whole, own, repeat.path if repeat else None)
            if isinstance(item, Repeat):
                self._add_counted(item.items, whole, item)


def numbering(questionnaire: Questionnaire) -> Numbering:
    """The numbers of a questionnaire, found once."""
    made = questionnaire.memo.get("numbering")
    if not isinstance(made, Numbering):
        made = questionnaire.memo["numbering"] = Numbering(questionnaire)
    return made


def number_of(questionnaire: Questionnaire, path: AnswerPath, *, language: str | None = None) -> str:
    """The number of what lies at an answer's path, where nobody knows how its entries are ordered: "C03".

    A form session knows, and gives "C1.3": `FormSession.number`.
    """
    return numbering(questionnaire).number(template_path(questionnaire, path), language=language)


def in_letters_of(number: str, language: str | None) -> str:
    """A number as a language writes it: "E20" is "هاء-20" in Arabic, as in texts of the United Nations."""
    if language != "ar" or not number[:1].isascii() or not number[:1].isalpha() or number[1:2].isalpha():
        return number
    place = ord(number[0].upper()) - ord("A")
    return "-".join(filter(None, (_ABJAD[place], number[1:])))


def with_number(number: str, label: str) -> str:
    """ "E20 Annual fee": a label with its number in front, where it has one."""
    return f"{number} {label}" if number else label


def _is_numbered(item: Item) -> bool:
    if isinstance(item, Question):
        return item.kind.is_answered
    return isinstance(item, Repeat) and is_visible(item)


def _numbered(items: tuple[Item, ...], repeat: Repeat | None = None) -> Iterator[tuple[Item, Repeat | None]]:
    """What has a number, in form order, with the innermost repeat around."""
    for item in items:
        if _is_numbered(item):
            yield item, repeat
        if isinstance(item, Group):
            yield from _numbered(item.items, repeat)
        elif isinstance(item, Repeat):
            yield from _numbered(item.items, item)


def _section_codes(sections: tuple[Group, ...]) -> list[str]:
    """The code of each section; [] where the form does not name its sections by codes.

    A section that was only made to hold loose questions has none, and is no reason to count the others anew.
    """
    codes = []
    for section in sections:
        found = _SECTION.fullmatch(last_name(section.path))
        if found is None and not section.path.startswith("#"):
            return []
        codes.append(found[1] if found else "")
    said = [code for code in codes if code]
    return codes if said and len(set(said)) == len(said) else []


def _code_of(item: Item, section: str) -> str:
    """The code in an item's name, such as "E20" of "ISC-E20" or of "ISC-E20_other"; "" where it has none."""
    found = _QUESTION.fullmatch(last_name(item.path))
    if found is None or not section:
        return ""
    return found[1] if found[1].startswith(section) and found[1][len(section)].isdigit() else ""


def _is_zero(code: str) -> bool:
    """Whether a repeat is coded as all of its section, "C00" of C."""
    return code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").strip("0") == ""


def _further(code: str, taken: set[str]) -> str:
    """The next free number behind a code: "E20a", "E20b"."""
    place = 0
    while True:
        number = code + _letters(place)
        if number not in taken:
            return number
        place += 1


def _letters(place: int) -> str:
    """a, b, … z, aa, ab, …"""
    more, last = divmod(place, 26)
    return (_letters(more - 1) if more else "") + chr(ord("a") + last)


def _joined(inside: str, own: str) -> str:
    return f"{inside}.{own}" if inside[-1:].isdigit() else f"{inside}{own}"


def _starts_with_number(text: tuple[object, ...]) -> bool:
    first = text[0] if text else ""
    return isinstance(first, str) and _HAS_OWN_NUMBER.match(first) is not None
