"""Names in sentences stand in the quotation marks of the language that the sentence is in."""

from __future__ import annotations

import re
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
