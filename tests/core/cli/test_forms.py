"""Questionnaires on the command line.

E-01 An evaluation prints every question in form order, hidden ones and calculations too.
E-02 It needs no store, and says 1 when something is wrong.
E-03 Repeats are lists of objects; their entries are numbered.
E-04 A wrong key changes nothing and is named.
"""

import json
from pathlib import Path

import pytest

from tests.core.cli.conftest import Say

FORM = """
| survey |
|  | type          | name  | label             | relevant       | required | constraint | calculation |
|  | select_one yn | fee   | Is there a fee?   |                | yes      |            |             |
|  | integer       | chf   | Yearly fee, CHF   | ${fee} = 'yes' | yes      | . > 0      |             |
|  | begin_repeat  | rows  | Bodies            |                |          |            |             |
|  | text          | body  | Name of the body  |                | yes      |            |             |
|  | end_repeat    |       |                   |                |          |            |             |
|  | calculate     | twice |                   |                |          |            | ${chf} * 2  |
| choices |
|  | list_name | name | label |
|  | yn        | yes  | Yes   |
|  | yn        | no   | No    |
"""


@pytest.fixture
def form(tmp_path: Path) -> Path:
    file = tmp_path / "fees.md"
    file.write_text(FORM, encoding="utf-8")
    return file


def answers(folder: Path, **given: object) -> Path:
    file = folder / "answers.json"
    file.write_text(json.dumps(given), encoding="utf-8")
    return file


def test_every_question_is_printed_in_form_order(say: Say, form: Path, tmp_path: Path) -> None:
    """E-01, E-03."""
    said = say(
        "evaluate",
        form,
        "--answers",
        answers(tmp_path, fee="yes", chf=120, rows=[{"body": "Troika"}]),
        "--json",
    )
    assert [(one["path"], one["value"]) for one in said.data["questions"]] == [
        ("fee", "yes"),
        ("chf", 120),
        ("rows/1/body", "Troika"),
        ("twice", "240"),
    ]
    assert said.code == 0


def test_a_hidden_question_keeps_its_value_back(say: Say, form: Path, tmp_path: Path) -> None:
    """E-01."""
    said = say("evaluate", form, "--answers", answers(tmp_path, fee="no", chf=120), "--json")
    hidden = next(one for one in said.data["questions"] if one["path"] == "chf")
    assert (hidden["asked"], hidden["value"]) == (False, None)


@pytest.mark.parametrize(
    ("typed", "verdict"), [("", "missing"), ("many", "unreadable"), ("-3", "out_of_range"), ("3", "ok")]
)
def test_each_verdict(say: Say, form: Path, tmp_path: Path, typed: str, verdict: str) -> None:
    """E-02."""
    said = say("evaluate", form, "--answers", answers(tmp_path, fee="yes", chf=typed), "--json")
    assert next(one for one in said.data["questions"] if one["path"] == "chf")["verdict"] == verdict
    assert said.code == (0 if verdict == "ok" else 1)
    assert not list(tmp_path.glob("*.iscmdb"))


def test_a_wrong_key_is_named(say: Say, form: Path, tmp_path: Path) -> None:
    """E-04."""
    said = say(
        "evaluate", form, "--answers", answers(tmp_path, fee="yes", rows=[{"organ": "Troika"}], cost=3)
    )
    assert said.code == 1
    assert "'organ', 'cost'" in said.err
    assert "Nothing was changed" in said.err


@pytest.mark.parametrize("content", ["[1, 2]", '{"fee": ', "\N{NULL}"])
def test_answers_that_are_no_object(say: Say, form: Path, tmp_path: Path, content: str) -> None:
    file = tmp_path / "answers.json"
    file.write_text(content, encoding="utf-8")
    said = say("evaluate", form, "--answers", file)
    assert said.code == 1
    assert "answers.json" in said.err


def test_a_shipped_questionnaire_is_evaluated_by_its_key(say: Say) -> None:
    said = say("evaluate", "state", "--json")
    assert "STA-A/STA-A01" in {one["path"] for one in said.data["questions"]}


def test_the_exported_workbook_has_no_faults(say: Say, tmp_path: Path) -> None:
    workbook = tmp_path / "organization.xlsx"
    assert say("questionnaire", "export", "organization", "-o", workbook).code == 0
    said = say("questionnaire", "check", workbook)
    assert (said.code, said.out) == (0, "No faults: 'organization.xlsx' can be used.\n")


def test_faults_of_a_workbook_are_told_with_their_row(say: Say, tmp_path: Path) -> None:
    broken = tmp_path / "broken.md"
    broken.write_text(
        FORM.replace("| integer ", "| entiger ").replace("${chf} * 2", "${cost} * 2"), encoding="utf-8"
    )
    said = say("questionnaire", "check", broken)
    assert said.code == 1
    assert "entiger" in said.out
    assert "row" in said.out


def test_the_list_names_all_three(say: Say) -> None:
    assert [form["key"] for form in say("questionnaire", "list", "--json").data] == [
        "iscm",
        "state",
        "organization",
    ]


def test_wrong_usage_is_told_apart(say: Say) -> None:
    with pytest.raises(SystemExit) as ended:
        say("evaluate")
    assert ended.value.code == 2
