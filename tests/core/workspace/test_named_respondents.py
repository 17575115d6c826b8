"""Respondents that no register has: named in any script, each with a response of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError, TextProblem
from tests.support.workspaces import opened

NAMES = ("МОМ 2", "国际组织 2", "Офис IOM", "IOM", "منظمة", "हिन्दी", "हन्द", "2")


def test_each_has_a_response_of_its_own_and_is_shown_by_name(tmp_path: Path) -> None:
    with opened(tmp_path, "names") as workspace:
        ids = [workspace.responses.start("organization", name) for name in NAMES]
        assert len(set(ids)) == len(NAMES)
        rows = {row.id: row.respondent_name for row in workspace.response_list.all()}
        assert rows[ids[2]] == "Офис IOM"
        assert rows[ids[3]].startswith("International Organization for Migration")
        assert workspace.responses.open_session(ids[2]).view("IGO-A01").text == "Офис IOM"


def test_each_export_merges_elsewhere_under_its_name(tmp_path: Path) -> None:
    files = []
    with opened(tmp_path, "there") as there:
        for at, name in enumerate(NAMES):
            response = there.responses.start("organization", name)
            files.append(there.exports.export(response, tmp_path / f"{at}.iscm").path)
    with opened(tmp_path, "here") as here:
        plan = here.packages.plan(files)
        assert not plan.refused
        here.packages.apply(plan)
        assert {row.respondent_name for row in here.response_list.all()} >= set(NAMES) - {"IOM"}


def test_whoever_is_planned_by_name_is_who_is_invited(tmp_path: Path) -> None:
    with opened(tmp_path, "coordinator") as workspace:
        workspace.rounds.start("2027", "2027")
        rows = workspace.respondents.ask("2027", "organization", NAMES, "en", "")
        made = workspace.invitations.issue(rows, tmp_path / "invitations")
        assert len({one.path.name for one in made}) == len(NAMES)
    with opened(tmp_path, "respondent") as there:
        response = there.received_invitations.open_response(made[2].path, "", "", "")
        assert there.response_list.row(response).respondent_name == "Офис IOM"
        assert there.response_list.row(response).respondent == rows[2].respondent


def test_queries_about_each_go_to_a_file_of_its_own(tmp_path: Path) -> None:
    with opened(tmp_path, "coordinator") as workspace:
        for name in NAMES[:3]:
            workspace.queries.ask(workspace.responses.start("organization", name), "IGO-A01", "Why?")
        files = workspace.queries.export_all(tmp_path / "queries")
        assert len({file.path for file in files}) == 3


def test_a_name_longer_than_any_is_refused_in_words(tmp_path: Path) -> None:
    with opened(tmp_path, "names") as workspace:
        for name, problem in (("x" * 1001, TextProblem.TOO_LONG), ("x\0", TextProblem.NO_TEXT)):
            with pytest.raises(IscmError) as refused:
                workspace.responses.start("organization", name)
            assert refused.value.problem is problem
        assert workspace.response_list.all() == ()


def test_who_answers_without_being_asked_is_listed_in_the_round(tmp_path: Path) -> None:
    """Once; asked afterwards, they are one of the plan."""
    with opened(tmp_path, "there") as there:
        there.rounds.start("2027", "2027")
        file = there.exports.export(there.responses.start("state", "KEN"), tmp_path / "ken.iscm").path
    with opened(tmp_path, "here") as here:
        here.rounds.start("2027", "2027")
        here.respondents.ask("2027", "state", ["CAN"], "en", "")
        here.packages.apply(here.packages.plan([file]))
        rows = {row.respondent: row for row in here.respondents.all_of()}
        assert {code: row.is_asked for code, row in rows.items()} == {"CAN": True, "KEN": False}
        assert rows["KEN"].response
        assert [row.respondent for row in here.respondents.of()] == ["CAN"]
        here.respondents.ask("2027", "state", ["KEN"], "en", "")
        assert [row.is_asked for row in here.respondents.all_of()] == [True, True]
        here.rounds.start("2028", "2028")
        assert here.respondents.all_of() == ()
