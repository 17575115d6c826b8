"""What questions and repeats say of themselves in the columns `bind::iscm:…`.

O-01 Each column is read into a field of its own; several parts stand between blanks or semicolons.
O-02 What cannot be read counts as not said, and nothing else is lost by it.
O-03 Nothing outside the reading of forms asks for a column by its name.
"""

import re
from pathlib import Path

import pytest

from iscm_desktop.questionnaire.own_attributes import NOTHING_SAID, OwnAttributes, read_own_attributes
from iscm_desktop.questionnaire.reading.xlsform import from_markdown

ROOT = Path(__file__).parents[3]

TEXTS = {
    "as": "fee", "feeds": "S3; S1", "unit": "CHF", "format": "url", "suggest": "partners territories",
    "max_length": "300", "warning": "yes", "identity": "respondent", "entry_title": "ISC-B05.1",
    "min_entries": "1", "max_entries": "10",
}  # fmt: skip


def test_each_column_has_a_field() -> None:
    """O-01"""
    assert read_own_attributes(TEXTS) == OwnAttributes(
        role="fee", feeds=("S3", "S1"), unit="CHF", format="url", suggest=("partners", "territories"),
        max_length=300, is_warning=True, names_respondent=True, entry_title="ISC-B05.1",
        min_entries=1, max_entries=10,
    )  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_each_column_counts_alone(name: str) -> None:
    """O-01"""
    assert read_own_attributes({name: TEXTS[name]}) != NOTHING_SAID


@pytest.mark.parametrize(
    "texts",
    [
        {}, {"evidence": "Report 2019"}, {"max_length": "many"}, {"max_entries": "-1"}, {"warning": "no"},
        {"identity": "focal point"}, {"feeds": " ; "},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_not_said(texts: dict[str, str]) -> None:
    """O-02"""
    assert read_own_attributes(texts) is NOTHING_SAID
    assert read_own_attributes({**texts, "as": "fee"}) == OwnAttributes(role="fee")


def test_columns_are_named_in_one_module() -> None:
    """O-03"""
    asking = re.compile(r"\battributes(\.get\(|\[)\s*[\"']")
    sources = [
        source
        for package in ("iscm_desktop", "ui")
        for source in (ROOT / package).rglob("*.py")
        if "migrations" not in source.parts and source.name != "upgrade.py"  # Alembic's have that name, too
    ]
    assert len(sources) > 300
    assert [source.name for source in sources if asking.search(source.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "settings",
    [
        "",
        "| settings |\n|  | form_title |\n|  | Small |\n",
        '| settings |\n|  | namespaces |\n|  | esri="http://esri.com/xforms" |\n',
        '| settings |\n|  | namespaces |\n|  | iscm="https://iscm-desktop.invalid/xforms" |\n',
    ],
)
def test_the_columns_need_no_declaration_in_the_settings(settings: str) -> None:
    """O-01: whoever writes a workbook as the guide says knows nothing of prefixes."""
    form = "| survey |\n|  | type | name | label | bind::iscm:max_length |\n|  | text | name | Name? | 30 |\n"
    (question,) = from_markdown(form + settings).questions()
    assert question.own.max_length == 30


@pytest.mark.parametrize(
    "name", ["max_file_size", "advised_words", "max_length", "min_entries", "max_entries"]
)
def test_numbers_beyond_all_measure_are_not_said(name: str) -> None:
    """O-02"""
    for digits in (30, 5000):
        assert read_own_attributes({name: "9" * digits}) == NOTHING_SAID
