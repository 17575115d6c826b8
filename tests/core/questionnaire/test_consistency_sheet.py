"""Rules of consistency in the workbook.

K-01  They come out of every kind of workbook, and of the form that is made of it.
K-02  Faults are told with sheet and row; the other rules are kept.
K-03  Other programs pass over them: pyxform takes the workbook, and the rest of the form is as without.
K-04  `${name}` is the answer of the same entry, else that of the whole response.
K-05  Rules that are endless or too many are left out, and said to be.
"""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from iscm_desktop.questionnaire.catalogue import shipped
from iscm_desktop.questionnaire.consistency_rule import LONGEST_TEXT, MOST_RULES
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, compiled, load_compiled
from iscm_desktop.questionnaire.reading.form_files import read_form_file
from iscm_desktop.questionnaire.reading.shipped_workbooks import compose, write_xlsx
from iscm_desktop.questionnaire.reading.xform import read_xform
from iscm_desktop.questionnaire.reading.xlsform import check_xlsform, from_markdown, read_xlsform
from iscm_desktop.questionnaire.rule_expressions import compiled_rules, rule_faults

FORM = """
| survey      |              |          |        |
|             | type         | name     | label  |
|             | begin_group  | about    | About  |
|             | integer      | year     | Year   |
|             | end_group    |          |        |
|             | begin_repeat | seat     | Seat   |
|             | text         | who      | Who    |
|             | integer      | since    | Since  |
|             | end_repeat   |          |        |
"""
RULES = """
| consistency |              |          |        |         |       |            |                     |
|             | name         | question | against | whose  | other | constraint | label::English (en) |
|             | after_us     | since    |         |        |       | . >= ${year} | A seat is older  |
|             | as_they_say  | since    | small   | ${who} | since | . = ${other} | They differ      |
"""


def rows(text: str) -> list[list[str]]:
    lines = (line.strip().strip("|").split("|") for line in text.strip().splitlines())
    return [[cell.strip() for cell in line] for line in lines]


def as_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for row in rows(FORM + RULES.lstrip()):
        if row[0]:
            sheet = book.create_sheet(row[0])
        elif sheet is not None:
            sheet.append(row[1:])
    book.save(path)


def as_csv(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows(FORM + RULES.lstrip()))


def as_markdown(path: Path) -> None:
    path.write_text(FORM + RULES.lstrip(), encoding="utf-8")


@pytest.mark.parametrize(("ending", "write"), [(".xlsx", as_xlsx), (".csv", as_csv), (".md", as_markdown)])
def test_rules_come_out_of_every_workbook(tmp_path: Path, ending: str, write: object) -> None:
    """K-01, K-03"""
    path = tmp_path / f"form{ending}"
    write(path)  # type: ignore[operator]
    form = read_xlsform(path)
    assert [rule.name for rule in form.consistency] == ["after_us", "as_they_say"]
    assert form.consistency[1].whose == "${who}"
    assert form.consistency[0].worded("en") == "A seat is older"
    assert check_xlsform(path) == ()
    assert read_xform(form.source).consistency == form.consistency
    assert load_compiled(compiled(form)).consistency == form.consistency


def test_the_rest_of_the_form_is_as_without() -> None:
    """K-03"""
    without, with_rules = from_markdown(FORM), from_markdown(FORM + RULES.lstrip())
    assert without.consistency == ()
    assert with_rules.items == without.items
    assert with_rules.binds == without.binds
    assert with_rules.hash != without.hash


def faults_of(rules: str, tmp_path: Path) -> list[tuple[str, int, str]]:
    path = tmp_path / "form.md"
    path.write_text(FORM + rules.strip(), encoding="utf-8")
    return [(one.sheet, one.row, one.message) for one in read_form_file(path).faults]


def test_faults_are_told_with_their_row(tmp_path: Path) -> None:
    """K-02"""
    told = faults_of(
        """
| consistency |          |          |         |       |              |
|             | name     | question | againts | other | constraint   |
|             | sound    | year     |         |       | . > 1900     |
|             | sound    | year     |         |       | . > 1900     |
|             | lost     | yaer     |         |       | . > 1900     |
|             | unsaid   | year     |         |       |              |
|             | broken   | year     |         |       | . >> 1       |
|             | strange  | year     |         |       | . > ${yaer}  |
|             |          | year     |         |       | . > 1900     |
|             | alone    | year     |         |       | . = ${other} |
""",
        tmp_path,
    )
    assert [(sheet, row) for sheet, row, _message in told] == [
        ("consistency", 1), *(("consistency", row) for row in range(3, 10)),
    ]  # fmt: skip
    assert "Did you mean 'against'?" in told[0][2]
    assert "used by two rules" in told[1][2]
    assert "'yaer'" in told[2][2]
    assert "${yaer}" in told[5][2]
    form = from_sound("| | sound | year | . > 1900 |\n| | lost | yaer | . > 1900 |")
    assert [each.rule.name for each in compiled_rules(form)] == ["sound"]
    assert [each.place for each in rule_faults(form)] == [1]


def from_sound(lines: str) -> Questionnaire:
    """The form with rules whose faults, if any, are not asked about."""
    sheet = f"| consistency | | | |\n| | name | question | constraint |\n{lines}"
    path = FORM + sheet
    try:
        return from_markdown(path)
    except Exception:
        from iscm_desktop.questionnaire.reading.consistency_elements import with_rules
        from iscm_desktop.questionnaire.reading.consistency_sheet import read_sheet, rows_in_markdown

        plain = from_markdown(FORM)
        return read_xform(with_rules(plain.source, read_sheet(rows_in_markdown(path)).rules))


@pytest.mark.parametrize(
    ("question", "constraint", "meant"),
    [
        ("since", ". > ${year}", ". > /{root}/about/year"),
        ("since", "${who} != ''", "current()/../who != ''"),
        ("since", "count(${seat}) > 1", "count(/{root}/seat) > 1"),
        ("year", "${since} > .", "/{root}/seat/since > ."),
        ("seat", "${since} > 1", "current()/since > 1"),
    ],
)
def test_names_are_found_near_by(question: str, constraint: str, meant: str) -> None:
    """K-04"""
    form = from_sound(f"| | one | {question} | {constraint} |")
    (rule,) = compiled_rules(form)
    assert rule.constraint.text == meant.replace("{root}", form.root)


def test_hostile_rules_are_left_out() -> None:
    """K-05"""
    long = from_sound(f"| | long | year | . > 1{' ' * 10}and . > {'1' * LONGEST_TEXT} |")
    assert compiled_rules(long) == ()
    assert "characters" in rule_faults(long)[0].message
    deep = from_sound(f"| | deep | year | {'(' * 2000}1{')' * 2000} |")
    assert compiled_rules(deep) == ()
    many = from_sound("\n".join(f"| | r{n} | year | . > {n} |" for n in range(MOST_RULES + 50)))
    assert len(compiled_rules(many)) == MOST_RULES
    (fault,) = rule_faults(many)
    assert fault.place == MOST_RULES


@pytest.mark.parametrize("key", ["iscm", "state", "organization"])
def test_the_questionnaires_that_ship_have_rules_that_hold_water(key: str, tmp_path: Path) -> None:
    """K-01, K-02: as they ship, and after a coordinator has had them in Excel."""
    form = shipped(key)
    assert len(form.consistency) >= 8
    assert rule_faults(form) == ()
    assert all(rule.label for rule in form.consistency)
    write_xlsx(compose(key), tmp_path / "form.xlsx")
    again = read_form_file(tmp_path / "form.xlsx")
    assert again.faults == ()
    assert again.questionnaire is not None
    assert again.questionnaire.consistency == form.consistency
    for rule in form.consistency:
        if rule.against in ("iscm", "state", "organization"):
            names = [question.name for question in shipped(rule.against).questions()]
            assert names.count(rule.other) == 1, rule.name
