"""A package with a form that asks for too much: merged, the program started again, the response opened.

J-80  Merging evaluates no form that did not come with the program; it is quick, and all is kept.
J-81  The response opens, says at its questions what is too much, and can be filled in, shown and exported.
J-82  On the list it is not counted, and the list says why; on the command line, too, which ends with 1.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iscm_desktop.cli import main
from iscm_desktop.presenters.fill_state import counted_words
from iscm_desktop.questionnaire.expression.budget import Meter
from iscm_desktop.session import rule_engine
from iscm_desktop.session.views import Verdict
from iscm_desktop.task_progress import TaskProgress
from iscm_desktop.workspace import Workspace

HOSTILE = "\n".join(
    [
        "| survey | | | | | | |",
        "| | type | name | label | calculation | constraint | repeat_count |",
        r"| | text | word | Word | | regex(., '^(?:(?=\w*\s)\w+\s?){1,99}$') | |",
        r"| | text | other | Other | | regex(., '^(\w+\s?){1,99}$') | |",
        "| | calculate | d0 | | concat(${word}, ${word}) | | |",
        *(f"| | calculate | d{n} | | concat(${{d{n - 1}}}, ${{d{n - 1}}}) | | |" for n in range(1, 34)),
        "| | begin repeat | a | A | | | 10000 |",
        "| | begin repeat | b | B | | | 10000 |",
        "| | text | c | C | | | |",
        "| | end repeat | | | | | |",
        "| | end repeat | | | | | |",
        "| settings | | | | | | |",
        "| | form_id | version | | | | |",
        "| | hostile | 1 | | | | |",
    ]
)
WORD = "forty letters in some words and no end !"


@pytest.fixture(autouse=True)
def small_budgets(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are tried; the real numbers have a test of their own, and each opening would take a second."""
    monkeypatch.setattr(rule_engine, "MOST_ENTRIES", 20)
    monkeypatch.setattr(rule_engine, "MOST_CELLS", 200)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """What a stranger sends: some hundred words of questionnaire, and one answer."""
    form = tmp_path / "hostile.md"
    form.write_text(HOSTILE, encoding="utf-8")
    with Workspace.open(tmp_path / "stranger.iscmdb") as stranger:
        stranger.set_person("A stranger", "Nowhere")
        stranger.rounds.start("2027", "Assessment 2027")
        stranger.responses.add_questionnaire(form)
        response = stranger.responses.start("hostile", "somebody")
        session = stranger.responses.open_session(response)
        session.answer("word", WORD)
        session.answer("other", WORD)
        stranger.responses.save(response, session)
        stranger.exports.export(response, tmp_path / "hostile.iscm")
    return tmp_path / "hostile.iscm"


def test_it_is_merged_opened_and_told(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """J-80, J-81"""
    store = tmp_path / "coordinator.iscmdb"
    with Workspace.open(store) as coordinator:
        coordinator.set_person("Carla", "IOM")
        with monkeypatch.context() as patched:
            patched.setattr(Meter, "begin_turn", lambda _self: pytest.fail("an expression was evaluated"))
            coordinator.packages.apply(coordinator.packages.plan([package]))
        (row,) = coordinator.response_list.all()
        assert not row.is_counted
    with Workspace.open(store) as coordinator:
        told_to_stop = TaskProgress(should_stop=lambda: True)
        coordinator.responses.count_uncounted(told_to_stop)  # one is counted all the same
        (row,) = coordinator.response_list.all()
        assert row.is_counted
        assert row.is_too_much
        assert "too much" in counted_words(row)
        session = coordinator.responses.open_session(row.id)
        told = {found.path: found for found in session.findings() if found.verdict is Verdict.TOO_MUCH}
        assert {"word", "a"} <= {path.partition("/")[0] for path in told}
        assert any(path.startswith("d") for path in told)
        assert "its merge can be taken back" in told["word"].message
        assert session.view("word").text == WORD
        assert session.view("other").verdict is Verdict.OUT_OF_RANGE
        session.answer("other", "one word")
        assert session.view("other").verdict is Verdict.OK
        coordinator.responses.save(row.id, session)
        coordinator.exports.export(row.id, tmp_path / "again.iscm")


def test_the_command_line_says_the_same(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """J-82"""
    store = str(tmp_path / "coordinator.iscmdb")

    def says(*words: str, code: int = 0) -> Any:
        capsys.readouterr()
        assert main(["--store", store, *words, "--json"]) == code
        return json.loads(capsys.readouterr().out)

    says("merge", str(package))
    (row,) = says("responses")
    assert not row["is_counted"]
    shown = says("show", "somebody", code=1)
    assert {"word"} <= {one["path"] for one in shown["too_much"]}
    capsys.readouterr()
    assert main(["--store", store, "show", "somebody"]) == 1
    assert capsys.readouterr().out.count(WORD) == 2  # both answers stand in no group
    checked = says("check", "somebody", code=1)
    assert "too_much" in {one["verdict"] for one in checked["findings"]}
    (row,) = says("responses")
    assert row["is_too_much"]
    form = tmp_path / "hostile.md"
    evaluated = says("evaluate", str(form), code=1)
    assert "too_much" in {one["verdict"] for one in evaluated["findings"]}
