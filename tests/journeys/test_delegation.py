"""Sections go from hand to hand over three levels, and come back with the names of those who answered.

L-01 A colleague sees and changes the sections that were handed over, and no others.
L-02 What the rules of these sections read elsewhere is right, and nothing else of the other sections is told.
L-03 A colleague may hand on what they hold, and no more.
L-04 What comes back merges with the names of all who answered; meanwhile everybody goes on working.
L-05 Whoever handed over sees what is out, with whom, since when and until when, and what has come back.
L-06 What a file changes beyond what was asked is left out, named, and taken only when somebody says so.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.workspace import Workspace
from tests.core.workspace.test_versions import learn
from tests.support.forging import with_answer
from tests.support.workspaces import STORY, merge, opened

FOUNDED, FEE, NAME = "ISC-B/ISC-B01", "ISC-E/ISC-E20", "ISC-A/ISC-A04"


class People:
    """Anna, the focal point; Bela in a ministry; Chen in Bela's unit. Each has a store of their own."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.anna, self.bela, self.chen = (
            stack.enter_context(_opened(folder, name)) for name in ("Anna", "Bela", "Chen")
        )
        self.response = self.anna.responses.start("iscm", "igc")

    def file(self, name: str) -> Path:
        return self.folder / f"{name}.iscm"


def _opened(folder: Path, name: str) -> Workspace:
    workspace = Workspace.open(folder / f"{name}.iscmdb")
    workspace.set_person(name, "Ministry")
    workspace.rounds.start("2027", "Assessment 2027")
    return workspace


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    with ExitStack() as stack:
        yield People(tmp_path, stack)


def answer(workspace: Workspace, response: str, path: str, text: str) -> None:
    session = workspace.responses.open_session(response)
    session.answer(path, text)
    workspace.responses.save(response, session)


def text(workspace: Workspace, response: str, path: str) -> str:
    return workspace.responses.open_session(response).view(path).text


def sections(workspace: Workspace, response: str) -> list[str]:
    return [section.path for section in workspace.responses.open_session(response).sections()]


def everything_in(file: Path) -> str:
    with zipfile.ZipFile(file) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def hand_over(people: People) -> Path:
    """Anna has answered here and there, and hands two sections to Bela."""
    answer(people.anna, people.response, NAME, "The secret of section A")
    answer(people.anna, people.response, FOUNDED, "1985")
    answer(people.anna, people.response, FEE, "100")
    return people.anna.delegations.hand_over(
        people.response,
        ["ISC-D", "E"],
        to="Bela",
        target=people.file("for-bela"),
        due_on=date(2027, 5, 12),
        message="Please check with Finance.",
    ).path


def test_the_colleague_sees_these_sections_only(people: People) -> None:
    """L-01."""
    merge(people.bela, hand_over(people))
    assert sections(people.bela, people.response) == ["ISC-D", "ISC-E"]
    session = people.bela.responses.open_session(people.response)
    assert session.view(FEE).text == "100"
    with pytest.raises(KeyError):
        session.view(FOUNDED)
    with pytest.raises(KeyError):
        session.answer(NAME, "changed")
    with pytest.raises(KeyError):
        session.section("ISC-A")
    with pytest.raises(IscmError):
        people.bela.notes.put(people.response, FOUNDED, "note")
    with pytest.raises(IscmError) as refused:
        people.bela.sign_offs.sign(people.response, "Bela", "Officer")
    assert refused.value.problem is AnswerProblem.SIGN_OFF_NOT_YOURS
    assert people.bela.responses.start("iscm", "igc", round="2027") == people.response
    assert sections(people.bela, people.response) == ["ISC-D", "ISC-E"]


def test_the_rules_see_what_they_need_and_the_file_tells_no_more(people: People) -> None:
    """L-02: D and E ask for years, which may not lie before the founding year of section B."""
    file = hand_over(people)
    inside = everything_in(file)
    assert "The secret of section A" not in inside
    merge(people.bela, file)
    theirs = {view.path: view for view in _questions(people.bela, people.response)}
    ours = {view.path: view for view in _questions(people.anna, people.response)}
    assert theirs
    assert all(view == ours[path] for path, view in theirs.items())


def _questions(workspace: Workspace, response: str) -> list[object]:
    from tests.support.editing import all_questions

    return list(all_questions(workspace.responses.open_session(response)))


def test_over_three_levels_and_back_with_names(people: People) -> None:
    """L-01, L-03, L-04, L-05."""
    merge(people.bela, hand_over(people))
    with pytest.raises(IscmError) as refused:
        people.bela.delegations.hand_over(people.response, ["ISC-A"], to="Chen", target=people.file("no"))
    assert refused.value.problem is AnswerProblem.SECTIONS_NOT_YOURS
    on = people.bela.delegations.hand_over(
        people.response, ["ISC-E"], to="Chen", target=people.file("for-chen")
    ).path
    merge(people.chen, on)
    assert sections(people.chen, people.response) == ["ISC-E"]
    answer(people.chen, people.response, FEE, "120000")
    answer(people.bela, people.response, "ISC-D/ISC-D01", "yes")
    answer(people.anna, people.response, NAME, "Anna went on meanwhile")
    back_to_bela = people.chen.exports.export(people.response, people.file("from-chen")).path
    merge(people.bela, back_to_bela)
    back_to_anna = people.bela.exports.export(people.response, people.file("from-bela")).path
    assert merge(people.anna, back_to_anna) == ["newer"]
    assert text(people.anna, people.response, FEE) == "120000"
    assert text(people.anna, people.response, NAME) == "Anna went on meanwhile"
    assert people.anna.conflicts.history(people.response, FEE)[0].author == "Chen"
    assert not people.anna.conflicts.unsettled()
    rows = {row.to: row for row in people.anna.delegations.rows(people.response)}
    bela, chen = rows["Bela"], rows["Chen"]
    assert (bela.is_ours, bela.is_passed_on, bela.due_on) == (True, False, date(2027, 5, 12))
    assert (chen.is_ours, chen.is_passed_on, chen.by) == (False, True, "Bela")
    assert bela.sections == ("ISC-D", "ISC-E")
    assert [one.by for one in bela.returns] == ["Bela"]
    assert [one.by for one in chen.returns] == ["Chen"]
    assert bela.returns[0].file == "from-bela.iscm"


def test_a_file_may_pass_over_a_level(people: People) -> None:
    """L-04: Bela is on leave; what Chen has goes to Anna directly."""
    merge(people.bela, hand_over(people))
    merge(
        people.chen,
        people.bela.delegations.hand_over(
            people.response, ["ISC-E"], to="Chen", target=people.file("for-chen")
        ).path,
    )
    answer(people.chen, people.response, FEE, "120000")
    back = people.chen.exports.export(people.response, people.file("from-chen")).path
    assert merge(people.anna, back) == ["newer"]
    assert text(people.anna, people.response, FEE) == "120000"


def test_sending_the_same_back_twice_is_one_return(people: People) -> None:
    merge(people.bela, hand_over(people))
    answer(people.bela, people.response, FEE, "120")
    first = people.bela.exports.export(people.response, people.file("first")).path
    second = people.bela.exports.export(people.response, people.file("second")).path
    assert first.read_bytes() == second.read_bytes()
    merge(people.anna, first, second)
    (row,) = people.anna.delegations.rows(people.response)
    assert len(row.returns) == 1


def test_both_change_the_same_answer(people: People) -> None:
    """L-04: a conflict as any other, kept until somebody chooses."""
    merge(people.bela, hand_over(people))
    answer(people.bela, people.response, FEE, "120")
    answer(people.anna, people.response, FEE, "130")
    merge(people.anna, people.bela.exports.export(people.response, people.file("back")).path)
    (conflict,) = people.anna.conflicts.unsettled()
    assert {one.value for one in conflict.candidates} == {"120", "130"}


def test_what_lies_outside_is_left_out_and_named(people: People) -> None:
    """L-06: Bela's computer was made to hold all, and changes section A in the name of the delegation."""
    merge(people.bela, hand_over(people))
    answer(people.bela, people.response, FEE, "120")
    back = people.bela.exports.export(people.response, people.file("back")).path
    forged = with_answer(back, people.response, NAME, "Bela's idea")
    plan = people.anna.packages.plan([forged])
    assert plan.files[0].outside == (NAME,)
    assert "outside of what was asked" in explain(plan.files[0])
    people.anna.packages.apply(plan)
    assert [one.path for one in people.anna.conflicts.unsettled()] == [
        FEE
    ]  # unsigned: it takes no place by itself
    assert text(people.anna, people.response, NAME) == "The secret of section A"
    again = people.anna.packages.plan([forged])
    assert again.files[0].outside == (NAME,)
    people.anna.packages.apply(again.with_outside())
    assert {one.path for one in people.anna.conflicts.unsettled()} == {FEE, NAME}
    operation = people.anna.operations.merges()[0]
    people.anna.operations.take_back(operation.id)
    assert [one.path for one in people.anna.conflicts.unsettled()] == [FEE]


def test_nobody_widens_what_they_were_handed(people: People) -> None:
    """L-06: the delegation in the file says more than the one that Anna made."""
    merge(people.bela, hand_over(people))
    back = people.bela.exports.export(people.response, people.file("back")).path
    forged = with_answer(back, people.response, NAME, "Bela's idea", sections='["ISC-A","ISC-D","ISC-E"]')
    plan = people.anna.packages.plan([forged])
    (own,) = people.anna.delegations.rows(people.response)
    assert set(plan.files[0].outside) == {own.id, NAME}  # the id is chance, and so is which comes first
    assert "what was handed over" in explain(plan.files[0])


def test_nobody_widens_what_they_were_handed_in_two_files(people: People) -> None:
    """L-06: the first changes the delegation in Anna's name, and she takes all of it; the second builds upon that."""
    merge(people.bela, hand_over(people))
    back = people.bela.exports.export(people.response, people.file("back")).path
    forged = with_answer(back, people.response, NAME, "Bela's idea", sections='["ISC-A","ISC-D","ISC-E"]')
    people.anna.packages.apply(people.anna.packages.plan([forged]).with_outside())
    (own,) = people.anna.delegations.rows(people.response)
    assert "ISC-A" not in own.sections
    second = with_answer(back, people.response, NAME, "Bela's other idea")
    assert people.anna.packages.plan([second]).files[0].outside == (NAME,)


def test_a_delegation_that_nobody_knows_is_refused(people: People) -> None:
    merge(people.bela, hand_over(people))
    back = people.bela.exports.export(people.response, people.file("back")).path
    forged = with_answer(back, people.response, FEE, "9", delegation="0" * 32)
    assert [file.result.value for file in people.anna.packages.plan([forged]).files] == ["refused"]


def test_a_second_file_brings_what_changed_elsewhere(people: People) -> None:
    """L-02: what the rules read is renewed with each file, also where it was cleared meanwhile."""
    merge(people.bela, hand_over(people))
    answer(people.anna, people.response, FOUNDED, "1990")
    again = people.anna.delegations.hand_over(
        people.response, ["ISC-D", "ISC-E"], to="Bela", target=people.file("again")
    ).path
    assert '\\"ISC-B/ISC-B01\\":\\"1990\\"' in everything_in(again)
    merge(people.bela, again)
    assert not people.bela.conflicts.unsettled()
    assert people.bela.responses.held_sections(people.response).context.answers[FOUNDED] == "1990"


def test_all_of_it_later(people: People) -> None:
    """Whoever is sent the whole response holds the whole response."""
    merge(people.bela, hand_over(people))
    merge(people.bela, people.anna.exports.export(people.response, people.file("whole")).path)
    assert "ISC-A" in sections(people.bela, people.response)
    assert text(people.bela, people.response, NAME) == "The secret of section A"


def test_a_delegation_is_closed(people: People) -> None:
    """L-05: what still comes is merged all the same."""
    merge(people.bela, hand_over(people))
    answer(people.bela, people.response, FEE, "120")
    back = people.bela.exports.export(people.response, people.file("back")).path
    (row,) = people.anna.delegations.rows()
    assert row.is_late(date(2027, 5, 13))
    assert not row.is_late(date(2027, 5, 12))
    people.anna.delegations.close(row.id[:8])
    assert people.anna.delegations.rows()[0].is_over
    assert merge(people.anna, back) == ["newer"]
    assert people.anna.delegations.rows()[0].is_over


def test_answers_that_another_version_asked_elsewhere_go_along(tmp_path: Path) -> None:
    """L-02: the story was asked in another section; in whose hands it is follows from where it is asked now."""
    with opened(tmp_path, "anna", version="2.9") as anna, opened(tmp_path, "bela", version="2.9") as bela:
        response = anna.responses.start("small", "igc")
        for path, said in ((STORY, "A long story"), ("about/name", "IGC")):
            answer(anna, response, path, said)
        learn(anna)
        anna.versions.move_to_newest(response)
        file = anna.delegations.hand_over(
            response, ["more"], to="Bela", target=tmp_path / "for-bela.iscm"
        ).path
        assert '"value":"IGC"' not in everything_in(file)
        merge(bela, file)
        assert sections(bela, response) == ["more"]
        assert text(bela, response, "more/story") == "A long story"
        answer(bela, response, "more/story", "A longer story")
        back = bela.exports.export(response, tmp_path / "back.iscm").path
        assert anna.packages.plan([back]).files[0].outside == ()
        merge(anna, back)
        assert text(anna, response, "more/story") == "A longer story"
        answer(bela, response, "more/story", "")
        merge(anna, bela.exports.export(response, tmp_path / "again.iscm").path)
        assert text(anna, response, "more/story") == ""
