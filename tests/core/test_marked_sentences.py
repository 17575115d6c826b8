"""Sentences for people: one message each, names in the quotation marks of the language that they are in."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.i18n import quoted, use_language
from iscm_desktop.presenters.export_audience import without_words
from iscm_desktop.summaries.document_language import DocumentLanguage

_ROOT = Path(__file__).parents[2]
_FORMATTED = re.compile(r"""\bf(["']).*[“”]""")


@pytest.fixture(params=["fr", "ar"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    use_language(request.param)
    yield request.param
    use_language("en")


def test_names_of_files_and_questions_are_quoted_as_the_language_does(language: str) -> None:
    (words,) = without_words(["minutes.pdf"])
    assert "«" in quoted("E01")
    assert quoted("minutes.pdf") in words
    assert "“" not in words


def test_remarks_are_parted_by_the_marks_of_the_language() -> None:
    assert DocumentLanguage("ar").apart(["أ", "ب"]) == "أ؛ ب"
    assert DocumentLanguage("en").apart(["a", "b"]) == "a; b"


def test_no_quotation_marks_are_written_where_no_translator_sees_them() -> None:
    found = [
        f"{file.relative_to(_ROOT)}: {line.strip()}"
        for folder in ("iscm_desktop", "ui")
        for file in sorted((_ROOT / folder).rglob("*.py"))
        for line in file.read_text("utf-8").splitlines()
        if _FORMATTED.search(line)
    ]
    assert found == []


def test_no_module_marks_one_sentence_twice() -> None:
    """Translators would be asked once and two places told: whoever then changes one of them changes the other."""
    twice = []
    for file in sorted(path for room in ("iscm_desktop", "ui") for path in (_ROOT / room).rglob("*.py")):
        marked = [
            ast.unparse(node.value.args[0])
            for node in ast.parse(file.read_text("utf-8")).body
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Call)
            and ast.unparse(node.value.func) == "N_"
        ]
        twice += [f"{file.name}: {each}" for each, count in Counter(marked).items() if count > 1]
    assert twice == []
