"""What a coordinator does with files: merge, choose between answers, take a merge back.

C-01  What both sides changed is kept from both until somebody chooses; the choice settles it everywhere.
C-02  The answers typed here and not exported yet are part of a merge.
C-03  A removed entry that was edited elsewhere stays in view until somebody chooses.
C-04  A merge can be taken back and put again; what others brought as well, and what was typed here, stays.
C-05  A stop leaves whole files merged and none by half.
C-06  A questionnaire that only the file knows is kept with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from iscm_desktop.errors import AnswerProblem, FileProblem, IscmError
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.task_progress import TaskProgress
from iscm_desktop.workspace import ResponseState, Workspace
from tests.support.workspaces import NAME, PARTNER, STORY, Ticking, answer, exported, merge, opened, text_at


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def anna(tmp_path: Path, clock: Ticking) -> Iterator[Workspace]:
    with opened(tmp_path, "anna", clock=clock) as workspace:
        yield workspace


@pytest.fixture
def bela(tmp_path: Path, clock: Ticking) -> Iterator[Workspace]:
    with opened(tmp_path, "bela", clock=clock) as workspace:
        yield workspace


@pytest.fixture
def response(anna: Workspace, bela: Workspace, tmp_path: Path) -> str:
    """A response that both have, with one name and one partner in it."""
    id_ = anna.responses.start("small", "igc")
    answer(anna, id_, name="IGC", fee="yes")
    session = anna.responses.open_session(id_)
    session.answer(f"{session.add_entry(PARTNER)}/who", "IOM")
    anna.responses.save(id_, session)
    assert merge(bela, exported(anna, id_, tmp_path / "start.iscm")) == ["new"]
    return id_


def entry(session: FormSession) -> str:
    return session.repeat(PARTNER).entries[0].path


def test_both_changed_an_answer(anna: Workspace, bela: Workspace, response: str, tmp_path: Path) -> None:
    """C-01."""
    answer(anna, response, name="Annas name")
    answer(bela, response, name="Belas name", story="only Bela")
    file = exported(anna, response, tmp_path / "anna.iscm")
    assert merge(bela, file) == ["conflict"]
    assert bela.response_list.all()[0].conflicts == 1
    (conflict,) = bela.conflicts.unsettled()
    assert (conflict.path, conflict.label, conflict.kind) == (NAME, "Name", "answer")
    assert conflict.ancestor is not None
    assert conflict.ancestor.text == "IGC"
    sides = {side.text: side for side in conflict.candidates}
    assert (sides["Annas name"].source, sides["Annas name"].author) == ("anna.iscm", "Anna")
    assert (sides["Belas name"].source, sides["Belas name"].device_is_ours) == ("", True)
    bela.conflicts.resolve(conflict.id, keep=sides["Annas name"].revision_id, reason="as agreed by telephone")
    assert bela.conflicts.unsettled() == ()
    assert text_at(bela, response, NAME) == "Annas name"
    assert bela.conflicts.history(response, NAME)[0].reason == "as agreed by telephone"
    assert merge(anna, exported(bela, response, tmp_path / "bela.iscm")) == ["newer"]
    assert (text_at(anna, response, NAME), text_at(anna, response, STORY)) == ("Annas name", "only Bela")
    assert anna.conflicts.unsettled() == ()
    assert anna.conflicts.history(response, NAME)[0].reason == "as agreed by telephone"


def test_another_answer_than_both(anna: Workspace, bela: Workspace, response: str, tmp_path: Path) -> None:
    """C-01."""
    answer(anna, response, name="Annas name")
    answer(bela, response, name="Belas name")
    merge(bela, exported(anna, response, tmp_path / "anna.iscm"))
    (conflict,) = bela.conflicts.unsettled(response)
    bela.conflicts.resolve(conflict.id, value="A third name")
    assert text_at(bela, response, NAME) == "A third name"
    assert merge(bela, tmp_path / "anna.iscm") == ["same"]
    assert bela.conflicts.unsettled() == ()


def test_typing_over_one_side_settles_nothing(
    anna: Workspace, bela: Workspace, response: str, tmp_path: Path
) -> None:
    """C-01: who types sees one side only."""
    answer(anna, response, name="Annas name")
    answer(bela, response, name="Belas name")
    merge(bela, exported(anna, response, tmp_path / "anna.iscm"))
    answer(bela, response, name="typed on")
    exported(bela, response, tmp_path / "bela.iscm")
    (conflict,) = bela.conflicts.unsettled()
    assert "typed on" in {side.text for side in conflict.candidates}
    assert len(conflict.candidates) == 2


def test_both_came_to_the_same_answer(
    anna: Workspace, bela: Workspace, response: str, tmp_path: Path
) -> None:
    answer(anna, response, name="The same")
    answer(bela, response, name="The same")
    assert merge(bela, exported(anna, response, tmp_path / "anna.iscm")) == ["newer"]
    assert bela.conflicts.unsettled() == ()


def test_a_conflict_needs_one_of_its_sides(
    anna: Workspace, bela: Workspace, response: str, tmp_path: Path
) -> None:
    answer(anna, response, name="Annas name")
    answer(bela, response, name="Belas name")
    merge(bela, exported(anna, response, tmp_path / "anna.iscm"))
    (conflict,) = bela.conflicts.unsettled()
    with pytest.raises(IscmError) as refused:
        bela.conflicts.resolve(conflict.id, keep="f" * 64)
    assert refused.value.problem is AnswerProblem.CONFLICT_REVISION_UNKNOWN
    with pytest.raises(IscmError) as refused:
        bela.conflicts.resolve("nothing like it", value="x")
    assert refused.value.problem is AnswerProblem.CONFLICT_UNKNOWN


def test_a_plan_counts_what_is_typed_here(
    anna: Workspace, bela: Workspace, response: str, tmp_path: Path
) -> None:
    """C-02: and changes nothing."""
    answer(bela, response, name="Belas name")
    answer(anna, response, name="Annas name", story="only Anna")
    file = exported(anna, response, tmp_path / "anna.iscm")
    (planned,) = bela.packages.plan([file]).files
    assert (planned.result.value, planned.new, planned.conflicts) == ("conflict", 1, 1)
    assert "1 answer was changed on both sides" in explain(planned)
    assert text_at(bela, response, STORY) == ""
    assert bela.operations.merges()[0].id == "1"


@pytest.mark.parametrize(("kept", "left"), [("removed", []), ("Who?: IOM, UNHCR", ["IOM, UNHCR"])])
def test_a_removed_entry_that_was_edited(
    anna: Workspace, bela: Workspace, response: str, tmp_path: Path, kept: str, left: list[str]
) -> None:
    """C-03."""
    removing, editing = anna.responses.open_session(response), bela.responses.open_session(response)
    removing.remove_entry(entry(removing))
    anna.responses.save(response, removing)
    editing.answer(f"{entry(editing)}/who", "IOM, UNHCR")
    bela.responses.save(response, editing)
    merge(anna, exported(bela, response, tmp_path / "bela.iscm"))
    merge(bela, exported(anna, response, tmp_path / "anna.iscm"))
    assert text_at(anna, response, f"{entry(editing)}/who") == "IOM, UNHCR"
    (conflict,) = anna.conflicts.unsettled()
    assert [one.path for one in bela.conflicts.unsettled()] == [conflict.path]
    sides = {side.text: side.revision_id for side in conflict.candidates}
    anna.conflicts.resolve(conflict.id, keep=next(sides[text] for text in sides if text.endswith(kept)))
    merge(bela, exported(anna, response, tmp_path / "settled.iscm"))
    for workspace in (anna, bela):
        session = workspace.responses.open_session(response)
        assert [session.view(f"{one.path}/who").text for one in session.repeat(PARTNER).entries] == left
        assert workspace.conflicts.unsettled() == ()


def test_a_merge_taken_back_and_put_again(
    anna: Workspace, bela: Workspace, response: str, tmp_path: Path
) -> None:
    """C-04."""
    answer(anna, response, name="Annas name", story="a long story")
    merge(bela, exported(anna, response, tmp_path / "anna.iscm"))
    answer(bela, response, name="Belas correction")
    bela.operations.take_back("2")
    assert text_at(bela, response, NAME) == "Belas correction"
    assert text_at(bela, response, STORY) == ""
    assert [(operation.id, bool(operation.taken_back_by)) for operation in bela.operations.merges()] == [
        ("2", True),
        ("1", False),
    ]
    bela.operations.put_back("2")
    assert text_at(bela, response, STORY) == "a long story"
    assert text_at(bela, response, NAME) == "Belas correction"
    assert bela.conflicts.unsettled() == ()


def test_what_two_merges_brought_stays_with_one(
    anna: Workspace, bela: Workspace, response: str, tmp_path: Path
) -> None:
    """C-04: the second file holds all of the first."""
    answer(anna, response, story="a long story")
    merge(bela, exported(anna, response, tmp_path / "one.iscm"))
    answer(anna, response, name="Annas name")
    merge(bela, exported(anna, response, tmp_path / "two.iscm"))
    bela.operations.take_back("2")
    assert text_at(bela, response, STORY) == "a long story"
    bela.operations.take_back("3")
    assert text_at(bela, response, STORY) == ""
    assert merge(bela, tmp_path / "one.iscm") == ["newer"]
    assert text_at(bela, response, STORY) == "a long story"
    assert text_at(bela, response, NAME) == "IGC"


def test_a_response_known_from_files_only_goes_with_them(bela: Workspace, response: str) -> None:
    """C-04."""
    bela.operations.take_back("1")
    assert bela.response_list.all() == ()
    bela.operations.put_back("1")
    assert text_at(bela, response, NAME) == "IGC"
    bela.operations.take_back("1")
    assert bela.responses.start("small", "igc") == response
    assert len(bela.response_list.all()) == 1


def test_an_unknown_operation_is_refused(anna: Workspace) -> None:
    for name in ("1", "-1", "x", "²"):
        with pytest.raises(IscmError) as refused:
            anna.operations.take_back(name)
        assert refused.value.problem is FileProblem.OPERATION_UNKNOWN


def test_a_stop_leaves_whole_files(anna: Workspace, bela: Workspace, tmp_path: Path) -> None:
    """C-05."""
    folder = tmp_path / "incoming"
    for respondent in ("igc", "sacm", "pidc", "colombo"):
        id_ = anna.responses.start("small", respondent)
        answer(anna, id_, name=respondent)
        exported(anna, id_, folder / f"{respondent}.iscm")
    seen: list[tuple[int, int]] = []
    plan = bela.packages.plan([folder], TaskProgress(lambda done, total: seen.append((done, total))))
    assert seen[0] == (0, 4)
    assert seen[-1] == (4, 4)
    calls = iter([False, False, True])
    report = bela.packages.apply(plan, TaskProgress(should_stop=lambda: next(calls, True)))
    assert report.is_stopped
    assert 0 < len(report.files) < 4
    assert {row.respondent for row in bela.response_list.all()} == {file.path.stem for file in report.files}
    assert bela.operations.merges()[0].merged.files == len(report.files)
    again = bela.packages.apply(bela.packages.plan([folder]))
    assert sorted(file.result.value for file in again.files) == sorted(
        ["same"] * len(report.files) + ["new"] * (4 - len(report.files))
    )
    assert len(bela.response_list.all()) == 4


def test_typing_goes_on_while_a_pile_is_merged(
    anna: Workspace, bela: Workspace, response: str, tmp_path: Path
) -> None:
    """C-05: a second thread merges; what is typed meanwhile is saved, and none of it is lost."""
    for number in range(60):
        id_ = anna.responses.start("small", f"r{number}")
        answer(anna, id_, name="A name")
        exported(anna, id_, tmp_path / "pile" / f"{number}.iscm")
    plan = bela.packages.plan([tmp_path / "pile"])
    with ThreadPoolExecutor(max_workers=1) as worker:
        merging = worker.submit(bela.packages.apply, plan)
        session = bela.responses.open_session(response)
        typed = 0
        while not merging.done() or typed < 5:
            typed += 1
            session.answer(STORY, f"typed {typed}")
            bela.responses.save(response, session)
            assert bela.response_list.all()
        assert len(merging.result().files) == 60
    assert text_at(bela, response, STORY) == f"typed {typed}"
    assert len(bela.response_list.all()) == 61


def test_progress_is_known_after_a_merge(
    anna: Workspace, bela: Workspace, response: str, tmp_path: Path
) -> None:
    """Of a questionnaire that ships at once; of any other when there is time, for its rules may ask for much."""
    assert not bela.response_list.all()[0].is_counted
    shipped = anna.responses.start("iscm", "igc")
    answer(anna, response, story="one more")
    for number, id_ in enumerate((response, shipped)):
        merge(bela, exported(anna, id_, tmp_path / f"{number}.iscm"))
    counted = {row.id: row.is_counted for row in bela.response_list.all()}
    assert counted == {response: False, shipped: True}
    bela.responses.count_uncounted()
    assert {row.id: row.answered for row in bela.response_list.all()}[response] == 4


def test_a_larger_pile_is_counted_afterwards(anna: Workspace, bela: Workspace, tmp_path: Path) -> None:
    for number in range(22):
        id_ = anna.responses.start("small", f"r{number}")
        answer(anna, id_, name="A name")
        exported(anna, id_, tmp_path / "pile" / f"{number}.iscm")
    bela.packages.apply(bela.packages.plan([tmp_path / "pile"]))
    assert not any(row.is_counted for row in bela.response_list.all())
    bela.responses.count_uncounted()
    assert all(row.is_counted and row.answered == 1 for row in bela.response_list.all())


def test_a_questionnaire_that_only_the_file_knows(anna: Workspace, response: str, tmp_path: Path) -> None:
    """C-06."""
    file = exported(anna, response, tmp_path / "anna.iscm")
    with Workspace.open(tmp_path / "coordinator.iscmdb") as coordinator:
        assert merge(coordinator, file) == ["new"]
        assert coordinator.rounds.all()[0].title == "Assessment 2027"
        assert text_at(coordinator, response, NAME) == "IGC"
        assert coordinator.response_list.all()[0].state is ResponseState.DRAFT


def test_two_versions_of_a_questionnaire_in_one_response(tmp_path: Path, clock: Ticking) -> None:
    """C-06: the newer version counts, whoever comes first."""
    with (
        opened(tmp_path, "anna", version="9", clock=clock) as anna,
        opened(tmp_path, "bela", version="10", clock=clock) as bela,
        opened(tmp_path, "chen", version="9", clock=clock) as chen,
    ):
        ours = anna.responses.start("small", "igc")
        theirs = bela.responses.start("small", "igc")
        files = [exported(anna, ours, tmp_path / "a.iscm"), exported(bela, theirs, tmp_path / "b.iscm")]
        merge(chen, *files)
        merge(anna, files[1])
        assert {
            workspace.responses.open_session(ours).questionnaire.version for workspace in (anna, chen)
        } == {"10"}
        assert anna.conflicts.unsettled() == chen.conflicts.unsettled() == ()
