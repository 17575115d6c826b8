"""The typesetting engine prints whatever it is given: no word in it belongs to the field.

T-01  Names, docstrings, comments and texts of `reports.typesetting` speak of blocks, rows and glyphs only.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from iscm_desktop.reports import typesetting

FIELD = re.compile(
    r"question|answer|respond|summar|\bfindings\b|mechanism|kosovo|sign[-_ ]?off|\bsigned\b|survey|focal|coordinator"
    r"|secretariat|member[-_ ]?state|migration|publish|withheld|provenance|iscm|\bround\b|\brounds\b|\bIOM\b",
    re.IGNORECASE,
)
OURS = re.compile(r"\biscm_desktop\.|\bIscmError\b")  # the names of our package and of its errors
MODULES = sorted(Path(typesetting.__file__).parent.glob("*.py"))


def words_of_the_field(text: str) -> list[str]:
    # Rounding a number is arithmetic.
    return FIELD.findall(re.sub(r"\bround\(", "", OURS.sub("", text)))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_no_word_of_the_field(module: Path):
    """T-01"""
    assert words_of_the_field(module.read_text(encoding="utf-8")) == []


def test_words_of_the_field_are_found():
    assert words_of_the_field("from iscm_desktop.errors import IscmError  # of a respondent's sign-off") == [
        "respond",
        "sign-off",
    ]
