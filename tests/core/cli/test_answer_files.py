"""Files of answers that are too much, and those of each kind.

E-05  A file of answers that is too large, too long or too deep is refused in words, and nothing is changed.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from iscm_desktop.cli import answer_files
from iscm_desktop.cli.answer_files import read_answers
from iscm_desktop.errors import AnswerProblem, IscmError

DEEP = {"json": '{"a": ' * 50 + "1" + "}" * 50, "deeper": '{"a": ' + "[" * 900 + "]" * 900 + "}"}


@pytest.fixture(autouse=True)
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_files, "LARGEST", 5_000_000)
    monkeypatch.setattr(answer_files, "MOST_ANSWERS", 100)


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.json", json.dumps({"a": "b" * 5_000_000}), "5 MB"),
        ("a.csv", "path,value\na," + "b" * 5_000_000, "5 MB"),
        ("a.json", json.dumps({f"a{n}": n for n in range(101)}), "100 answers"),
        ("a.json", json.dumps({"rows": [{"a": 1}] * 60}), "100 answers"),
        ("a.csv", "path,value\n" + "a,b\n" * 101, "100 answers"),
        ("a.json", DEEP["json"], "40 levels"),
        ("a.json", DEEP["deeper"], "40 levels"),
        ("a.json", "[" * 100_000, "40 levels"),
        ("a.json", "[1]", "no object"),
        ("a.csv", "question,answer\na,b\n", "path and value"),
        ("a.csv", "path,value\na," + "b" * 200_000, "field larger"),
    ],
    ids=range(11),
)
def test_a_file_that_is_too_much_is_refused(tmp_path: Path, name: str, content: str, word: str) -> None:
    """E-05"""
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    with pytest.raises(IscmError) as refused:
        read_answers(file)
    wanted = AnswerProblem.ANSWERS_NOT_TABLE if name.endswith("csv") else AnswerProblem.ANSWERS_NOT_JSON
    assert refused.value.problem is wanted
    assert word in str(refused.value)
    assert "Nothing was changed." in str(refused.value)


def test_as_many_as_there_may_be_are_read(tmp_path: Path) -> None:
    """E-05"""
    file = tmp_path / "a.json"
    file.write_text(json.dumps({f"a{n}": n for n in range(100)}), encoding="utf-8")
    assert len(read_answers(file)) == 100
    table = tmp_path / "a.csv"
    table.write_text("\ufeffpath,value\na,1\na,2\nb,\n", encoding="utf-8")
    assert read_answers(table) == {"a": "2", "b": ""}
