"""Forms that ask for more than any form needs.

S-47  A rule that asks for too much is left out and told as a finding; everything else works.
"""

from pathlib import Path

import pytest

from iscm_desktop.questionnaire.expression import budget
from iscm_desktop.questionnaire.expression.budget import LONGEST_TEXT, MOST_CELLS, MOST_ENTRIES, TURN_STEPS
from iscm_desktop.questionnaire.reading.xlsform import read_xlsform
from iscm_desktop.session import expression_host, rule_engine
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import Finding, Verdict
from tests.support.entering import entering

MOST_IN_A_TURN = 1.5
"""Times its steps that a turn may come to with those of making entries, which are noted and not asked for."""


@pytest.fixture
def small_budgets(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are tried with numbers that small forms pass; the real ones have tests of their own."""
    monkeypatch.setattr(budget, "TURN_STEPS", 60_000)
    monkeypatch.setattr(budget, "STEPS", 20_000)
    monkeypatch.setattr(expression_host, "STEPS", 20_000)
    monkeypatch.setattr(rule_engine, "MOST_ENTRIES", 100)
    monkeypatch.setattr(rule_engine, "MOST_CELLS", 1_000)


def too_much(session: FormSession) -> dict[str, Finding]:
    return {found.path: found for found in session.findings() if found.verdict is Verdict.TOO_MUCH}


DOUBLING = "\n".join(
    [
        "| survey |",
        "| | type | name | label | calculation |",
        "| | text | a | A | |",
        "| | calculate | d1 | | concat(${a}, ${a}) |",
        *(f"| | calculate | d{n} | | concat(${{d{n - 1}}}, ${{d{n - 1}}}) |" for n in range(2, 34)),
        "| | calculate | plain | | 1 + 1 |",
    ]
)


def test_a_text_doubled_thirty_times_is_too_much_and_the_rest_is_calculated() -> None:
    """S-47"""
    session = entering(DOUBLING, {"a": "ten signs."})
    (found,) = too_much(session).values()
    assert found.path == "d15"
    assert str(LONGEST_TEXT) in found.message
    assert "concat" in found.message
    assert "answers are kept" in found.message
    assert session.view("plain").text == "2"
    assert session.has_excesses
    session.answer("a", "")
    assert not session.has_excesses
    assert not too_much(session)


NESTED = """
| survey |
|  | type         | name  | label | repeat_count |
|  | begin repeat | outer | Outer | 10000        |
|  | begin repeat | inner | Inner | 10000        |
|  | text         | a     | A     |              |
|  | end repeat   |       |       |              |
|  | end repeat   |       |       |              |
|  | text         | b     | B     |              |
"""


@pytest.mark.usefixtures("small_budgets")
def test_counts_inside_counts_come_to_an_end() -> None:
    """S-47"""
    session = entering(NESTED)
    entries = session.repeat("outer").entries
    assert len(entries) <= 100
    told = too_much(session)
    assert told
    assert any("1000 places" in found.message for found in told.values())
    session.answer("b", "still taken")
    assert session.view("b").text == "still taken"


COUNTED = """
| survey |
|  | type         | name  | label | repeat_count |
|  | integer      | n     | N     |              |
|  | begin repeat | fees  | Fees  | ${n}         |
|  | text         | a     | A     |              |
|  | end repeat   |       |       |              |
"""


@pytest.mark.usefixtures("small_budgets")
def test_a_count_beyond_all_sense_is_told() -> None:
    """S-47, S-23"""
    session = entering(COUNTED, {"n": "20271128"})
    assert len(session.repeat("fees").entries) == 100
    assert session.repeat("fees").verdict is Verdict.TOO_MUCH
    session.answer("n", "2")
    assert len(session.repeat("fees").entries) == 2
    assert session.repeat("fees").verdict is Verdict.OK


PATTERNS = r"""
| survey |
|  | type | name | label | constraint | constraint_message | required |
|  | text | a    | A     | regex(., '^(\w+\s?){1,99}$') | No. | |
|  | text | b    | B     | regex(., '^(?:(?=a*b)a)*$')  | No. | |
|  | text | c    | C     | regex(., '(\w+) \1')         | No. | |
"""


def test_a_pattern_is_run_in_no_time_or_told_at_its_question(tmp_path: Path) -> None:
    """S-47"""
    forty, form = "a" * 40 + "!", tmp_path / "patterns.md"
    form.write_text(PATTERNS, encoding="utf-8")
    session = entering(read_xlsform(form), {"a": forty, "b": forty, "c": forty})
    assert session.view("a").verdict is Verdict.OUT_OF_RANGE
    assert session.view("b").verdict is session.view("c").verdict is Verdict.TOO_MUCH
    assert "hours" in session.view("b").message
    assert session.view("b").text == forty
    session.answer("b", "")
    assert session.view("b").verdict is Verdict.OK  # nothing is held against a blank answer


REPEATED = """
| survey |
|  | type         | name | label | relevant | calculation | repeat_count |
|  | integer      | n    | N     |          |             |              |
|  | begin repeat | r    | R     |          |             | ${n}         |
|  | integer      | i    | I     |          |             |              |
|  | calculate    | sums |       |          | sum(../../r[i < current()/../i]/i) + count(//*[count(//i) > 3]) | |
|  | note         | told | Sum {sums} | ${sums} > 3 |     |              |
|  | end repeat   |      |       |          |             |              |
|  | text         | b    | B     |          |             |              |
"""


@pytest.mark.usefixtures("small_budgets")
def test_a_long_repeat_in_which_all_look_at_all() -> None:
    """S-47: what is within reach of a few entries is too much for many, and neither takes more than its budget."""
    few, many = entering(REPEATED, {"n": "3"}), entering(REPEATED, {"n": "90"})
    assert not too_much(few)
    assert too_much(many)
    assert many._host.meter.spent < 60_000 * MOST_IN_A_TURN * 2  # opened, and its findings
    many.answer("b", "still taken")
    assert many.view("b").text == "still taken"
    many.answer("n", "3")
    assert not too_much(many)


def test_the_budgets_of_the_program() -> None:
    """S-47: thousands of entries, with the real numbers."""
    session = entering(REPEATED, {"n": "9000"})
    assert session.has_excesses
    assert TURN_STEPS <= session._host.meter.spent < TURN_STEPS * MOST_IN_A_TURN
    assert len(session.repeat("r").entries) == 9_000 <= MOST_ENTRIES
    assert len(session._engine.by_path) <= MOST_CELLS


CHOICES = """
| survey |
|  | type           | name | label              | choice_filter |
|  | select_one xs  | a    | A ${a} ${b}        | regex(name, ${b}) |
|  | text           | b    | B                  | |
| choices |
|  | list_name | name | label |
|  | xs        | x    | X     |
"""


def test_an_answer_that_could_be_chosen_no_longer_is_kept_as_it_is() -> None:
    """S-47"""
    session = entering(CHOICES, {"a": "x", "b": "(.+) \\1"})
    assert session.view("a").text == "x"
    assert session.view("a").verdict is Verdict.TOO_MUCH
    session.answer("b", "x")
    assert session.view("a").verdict is Verdict.OK


@pytest.mark.usefixtures("small_budgets")
@pytest.mark.parametrize("answers", [{"n": "90"}, {"n": "9"}])
def test_the_verdict_is_the_same_each_time(answers: dict[str, str]) -> None:
    """S-47: neither what ran before nor how often somebody looked makes a difference."""
    first, second = entering(REPEATED, answers), entering(REPEATED, answers)
    first.sections()
    assert first.findings() == second.findings()
    assert first.instance_xml() == second.instance_xml()
