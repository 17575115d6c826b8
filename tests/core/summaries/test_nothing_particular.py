"""Summaries are made from answers alone: the code names no mechanism, no respondent and no question."""

import re
from pathlib import Path

import pytest

import iscm_desktop.summaries
from iscm_desktop.questionnaire import registers

CODE = sorted(Path(iscm_desktop.summaries.__file__).parent.glob("*.py"))


@pytest.fixture(scope="module")
def words() -> frozenset[str]:
    """All that the code says, docstrings and comments aside: those may name examples."""
    code = "\n".join(file.read_text(encoding="utf-8") for file in CODE)
    bare = re.sub(r'"""(?:[^"]|"(?!""))*"""|#.*', " ", code)
    return frozenset(re.findall(r"[\w+-]+", bare))


def test_no_mechanism_is_named(words: frozenset[str]) -> None:
    names = {name for one in registers.mechanisms() for name in (one.code, *one.acronyms) if " " not in name}
    assert len(names) > 40
    assert not names & words


def test_no_state_is_named(words: frozenset[str]) -> None:
    assert not {territory.code for territory in registers.territories()} & words
    named = {territory.name for territory in registers.territories() if " " not in territory.name} & words
    assert not named


def test_no_question_is_addressed_by_its_code(words: frozenset[str]) -> None:
    assert not [word for word in words if re.match(r"(ISC|STA|IGO)-", word)]
