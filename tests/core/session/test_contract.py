"""docs/session.md is true: its tables are played, its example is run, and what it cites is there.

S-44  Each row of the truth tables holds, with the form's words and without.
S-45  What changed is named by path, entries that went included; nothing changed, nothing is named.
S-46  A session over some sections neither shows nor tells of the others, whose answers still serve its rules.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerChanged, Verdict
from tests.support.entering import entering, questionnaire

HERE = Path(__file__).resolve()
TEXT = (HERE.parents[3] / "docs" / "session.md").read_text(encoding="utf-8")

Row = dict[str, str]


def table(first: str) -> list[Row]:
    """The rows of the table whose first column is called so, by the names of its columns."""
    lines = TEXT.partition(f"| {first} |")[2].partition("\n\n")[0].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip((first, *cells[0]), row, strict=True)) for row in cells[2:]]


def block(language: str) -> str:
    return TEXT.partition(f"```{language}\n")[2].partition("```")[0]


# how an answer is judged

FORM = """
| survey |
|  | type        | name | label | relevant | required | constraint | required_message | constraint_message |
|  | begin_group | a    | About |          |          |            |                  |                    |
|  | text        | on   | On    |          |          |            |                  |                    |
|  | integer     | n    | How many? | ${on} = 'yes' | {required} | {constraint} | {missing} | {unfit} |
|  | end_group   |      |       |          |          |            |                  |                    |
"""
OWN = {"required_message": "Please say how many.", "constraint_message": "There is at least one."}


def judged(row: Row, *, has_own_words: bool) -> FormSession:
    form = FORM.replace("{required}", "yes" if row["Required"] == "yes" else "")
    form = form.replace("{constraint}", "" if row["Constraint"] == "none" else row["Constraint"])
    form = form.replace("{missing}", OWN["required_message"] if has_own_words else "")
    form = form.replace("{unfit}", OWN["constraint_message"] if has_own_words else "")
    session = entering(form, {"a/on": row["Asked"]})
    session.answer("a/n", row["Typed"].replace("␣", " "))
    return session


def expected_words(row: Row, *, has_own_words: bool) -> str:
    own = OWN.get(row["Own words"], "")
    return own if has_own_words and own else row["Words of the program"]


@pytest.mark.parametrize("has_own_words", [False, True], ids=["own words", "no own words"])
@pytest.mark.parametrize("row", table("Asked"), ids=lambda row: "-".join(list(row.values())[:4]))
def test_an_answer_is_judged_as_the_table_says(row: Row, has_own_words: bool) -> None:
    """S-44"""
    session = judged(row, has_own_words=has_own_words)
    view = session.view("a/n")
    assert (view.is_asked, view.is_required) == (row["Asked"] == "yes", row["Required"] == "yes")
    words = expected_words(row, has_own_words=has_own_words)
    assert (view.verdict.value, view.message) == (row["Verdict"], words)
    assert any(finding.path == "a/n" for finding in session.findings()) is (row["Finding"] == "yes")
    assert any(answer.path == "a/n" for answer in session.answers()) is (row["Answer"] == "yes")
    assert view.text == row["Typed"].replace("␣", " ")


def test_the_table_leaves_nothing_out() -> None:
    """S-44: of what is asked each combination; of what is not, each value of each column. Of S-47 it does not tell."""
    rows = {tuple(row[name] for name in ("Required", "Typed", "Constraint")) for row in table("Asked")}
    for required in ("yes", "no"):
        for typed in ("", "5", "-5", "five"):
            assert {(required, typed, "none"), (required, typed, ". > 0")} <= rows
    assert {row["Verdict"] for row in table("Asked")} == {verdict.value for verdict in Verdict} - {"too_much"}


SENSELESS = """
| survey |
|  | type      | name | label | relevant            | required            | constraint       | calculation         |
|  | text      | with | With  |                     |                     |                  |                     |
|  | text      | relevant | A |  regex('x', ${with}) |                    |                  |                     |
|  | text      | required | B |                     | regex('x', ${with}) |                  |                     |
|  | text      | constraint | C |                   |                     | regex(., ${with}) |                    |
|  | calculate | calculation |  |                   |                     |                  | regex('x', ${with}) |
"""


def test_a_rule_that_cannot_be_worked_out() -> None:
    """S-44: a pattern is made of an answer; "y" fits nowhere, "(" is none."""
    said = {row["Rule"]: row["Then"] for row in table("Rule")}
    assert said == {
        "relevant": "asked", "required": "not required", "constraint": "fits", "calculation": "blank",
    }  # fmt: skip
    session = entering(SENSELESS, {"with": "y", "constraint": "x"})
    assert not session.view("relevant").is_asked
    assert session.view("constraint").verdict is Verdict.OUT_OF_RANGE
    session.answer("with", "x")
    assert session.view("required").is_required
    assert session.view("calculation").text
    session.answer("with", "(")
    assert session.view("relevant").is_asked
    assert not session.view("required").is_required
    assert session.view("constraint").verdict is Verdict.OK
    assert session.view("calculation").text == ""


# what it promises

REPEATS = """
| survey |
|  | type         | name | label | relevant   |
|  | begin_group  | a    | A     |            |
|  | integer      | n    | N     |            |
|  | end_group    |      |       |            |
|  | begin_group  | b    | B     |            |
|  | text         | why  | Why?  | ${n} > 1   |
|  | begin_repeat | r    | R     |            |
|  | text         | x    | X     |            |
|  | end_repeat   |      |       |            |
|  | end_group    |      |       |            |
"""


def test_what_changed_is_named_and_nothing_where_nothing_did() -> None:
    """S-45"""
    session = entering(REPEATS)
    heard: list[frozenset[str]] = []
    session.on_changed.append(heard.append)
    entry = session.add_entry("b/r")
    assert {"b/r", entry, f"{entry}/x"} <= heard.pop()
    assert session.answer("a/n", "2") == {"a/n", "b/why"}
    assert session.answer("a/n", "2") == frozenset()
    assert session.move_entry(entry, None) == frozenset()
    gone = session.remove_entry(entry)
    assert {"b/r", entry, f"{entry}/x"} <= gone
    with pytest.raises(KeyError):
        session.view(f"{entry}/x")
    back = session.undo()
    assert f"{entry}/x" in back
    assert heard == [{"a/n", "b/why"}, gone, back]


def test_sections_are_not_named_but_counted_anew() -> None:
    """S-45"""
    session = entering(REPEATS)
    before = {section.path: section.asked for section in session.sections()}
    assert "b" not in session.answer("a/n", "2")
    after = {section.path: section.asked for section in session.sections()}
    assert (before["b"], after["b"]) == (0, 1)


def test_a_change_of_language_names_everything_and_is_no_step() -> None:
    """S-45"""
    session = entering(REPEATS)
    heard: list[frozenset[str]] = []
    session.on_changed.append(heard.append)
    session.language = session.language
    assert {"a/n", "b/why", "b/r"} <= heard[0]
    assert not session.can_undo


def test_only_some_sections() -> None:
    """S-46"""
    session = FormSession(questionnaire(REPEATS), answers={"a/n": "2", "b/why": "x"}, sections=["b"])
    assert [section.path for section in session.sections()] == ["b"]
    assert session.view("b/why").is_asked
    for act in (session.view, session.section, lambda path: session.answer(path, "1")):
        with pytest.raises(KeyError):
            act("a/n")
    session.answer("why", "y")
    assert session.take_changes() == (AnswerChanged("b/why", "y"),)


def test_what_was_taken_is_not_told_again_and_can_be_undone() -> None:
    session = entering(REPEATS)
    session.answer("n", "2")
    assert session.take_changes() == (AnswerChanged("a/n", "2"),)
    assert session.take_changes() == ()
    session.undo()
    assert session.take_changes() == (AnswerChanged("a/n", ""),)


# the page


def test_the_example_works() -> None:
    names = {"FormSession": FormSession, "Verdict": Verdict, "AnswerChanged": AnswerChanged}
    exec(block("python"), names | {"questionnaire": questionnaire(block("xlsform"))})  # noqa: S102 - our own page


def test_every_name_of_the_session_is_listed_and_no_other() -> None:
    session = entering(REPEATS)
    public = {name for name in (*dir(FormSession), *vars(session)) if not name.startswith("_")}
    assert {row["Name"].strip("`") for row in table("Name")} == public


def test_every_rule_that_is_cited_has_its_proof() -> None:
    heads = "".join(file.read_text(encoding="utf-8") for file in HERE.parent.glob("test_*.py"))
    proven = set(re.findall(r"^(S-\d\d)  ", heads, re.MULTILINE))
    assert set(re.findall(r"S-\d\d", TEXT)) <= proven
