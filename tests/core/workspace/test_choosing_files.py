"""Files chosen or left out of a plan one by one.

C-01  What is left out is not merged, is named, and can be merged later.
C-02  A file is judged by what is there without those that are left out.
C-03  By name on the command line; a name that means nothing is a slip, and nothing is merged.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.exchange.merging.merge_plan import MergePlan, MergeResult
from iscm_desktop.presenters.file_choice import choose_files
from iscm_desktop.workspace import Workspace
from tests.support.mail import mail, written
from tests.support.workspaces import answer, exported, opened


@pytest.fixture
def sent(tmp_path: Path) -> dict[str, Path]:
    """Two files of one respondent, the later holding all of the earlier one; one of another in a mail."""
    with opened(tmp_path, "anna") as anna:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="IGC")
        first = exported(anna, response, tmp_path / "first.iscm")
        answer(anna, response, story="Once")
        second = exported(anna, response, tmp_path / "second.iscm")
        other = anna.responses.start("small", "rcm")
        answer(anna, other, name="RCM")
        rcm = exported(anna, other, tmp_path / "rcm-answers.iscm")
        message = written(mail(("rcm.iscm", rcm.read_bytes())), tmp_path / "letter.eml")
    return {"first": first, "second": second, "mail": message}


def results(plan: MergePlan) -> dict[str, str]:
    return {file.path.name: file.result.value for file in plan.outcomes}


def planned(desk: Workspace, sent: dict[str, Path]) -> MergePlan:
    return desk.packages.plan(list(sent.values()))


def test_the_others_are_judged_without_what_is_left_out(tmp_path: Path, sent: dict[str, Path]) -> None:
    """C-01, C-02."""
    with opened(tmp_path, "desk") as desk:
        plan = planned(desk, sent)
        assert results(plan) == {"first.iscm": "new", "second.iscm": "newer", "rcm.iscm": "new"}
        without = desk.packages.choose(plan, {sent["first"]})
        assert results(without) == {"first.iscm": "left out", "second.iscm": "new", "rcm.iscm": "new"}
        again = desk.packages.choose(without, ())
        assert results(again) == results(plan)
        assert again == plan
        report = desk.packages.apply(without)
        assert [file.result for file in report.files] == [
            MergeResult.LEFT_OUT, MergeResult.NEW, MergeResult.NEW,
        ]  # fmt: skip
        assert results(planned(desk, sent))["first.iscm"] == "same"  # all of it came with the second


def test_files_are_named_as_they_are_listed(tmp_path: Path, sent: dict[str, Path]) -> None:
    """C-03."""
    with opened(tmp_path, "desk") as desk:
        plan = planned(desk, sent)

        def chosen(only: list[str], but: list[str]) -> set[str]:
            return {file.path.name for file in choose_files(desk.packages, plan, only, but).chosen}

        assert chosen([], []) == {"first.iscm", "second.iscm", "rcm.iscm"}
        assert chosen(["FIRST.iscm"], []) == {"first.iscm"}
        assert chosen(["igc"], []) == {"first.iscm", "second.iscm"}
        assert chosen(["letter.eml"], []) == chosen(["rcm*"], []) == {"rcm.iscm"}
        assert chosen([str(tmp_path)], ["igc"]) == {"rcm.iscm"}
        assert chosen([], ["*.iscm"]) == set()
        with pytest.raises(IscmError) as unknown:
            chosen([], ["frist.iscm"])
        assert unknown.value.problem is FileProblem.NO_FILE_NAMED_SO
