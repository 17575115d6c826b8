"""Versions of a questionnaire: one response, whatever version its packages were made with.

V-01 Packages of an older and a newer version merge into one response, in any order; the newer version counts.
V-02 Answers are matched by name: a question or repeat that stands elsewhere now keeps its answers.
V-03 A question that is no longer asked keeps its answer in view, worded as it was asked.
V-04 A response moves to a newer version when somebody says so, and back; nothing is lost on either way.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.questionnaire.catalogue import from_source
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.reading.xlsform import from_markdown
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.known_questionnaires import add_known
from tests.support.pdf_text import page_texts
from tests.support.workspaces import (
    CHF,
    FEE,
    NAME,
    PARTNER,
    STORY,
    Ticking,
    answer,
    content,
    exported,
    merge,
    opened,
    text_at,
)

NEWER = """
| survey   |              |          |                    |
|          | type         | name     | label              |
|          | begin_group  | about    | About              |
|          | text         | name     | Name               |
|          | text         | phone    | Telephone          |
|          | end_group    |          |                    |
|          | begin_group  | more     | More               |
|          | text         | story    | Story              |
|          | begin_repeat | partner  | Partner            |
|          | text         | who      | Who?               |
|          | end_repeat   |          |                    |
|          | end_group    |          |                    |
| settings |              |          |                    |
|          | form_title   | form_id  | version            |
|          | Small form   | small    | 2.10               |
"""

NEW_STORY, NEW_PARTNER, PHONE = "more/story", "more/partner", "about/phone"


@cache
def newer_form() -> Questionnaire:
    return from_source(from_markdown(NEWER).source)


def learn(workspace: Workspace) -> None:
    """The program or the coordinator brings the newer version."""
    with workspace._database.write() as db:
        add_known(db, newer_form())


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "anna", version="2.9") as workspace:
        yield workspace


@pytest.fixture
def response(anna: Workspace) -> str:
    made = anna.responses.start("small", "igc")
    answer(anna, made, name="IGC", fee="yes", chf="120000", story="A long story")
    session = anna.responses.open_session(made)
    for who in ("UNHCR", "IOM"):
        entry = session.add_entry(PARTNER)
        session.answer(f"{entry}/who", who)
        session.answer(f"{entry}/since", "1999")
    anna.responses.save(made, session)
    return made


def partners(workspace: Workspace, response: str) -> list[str]:
    session = workspace.responses.open_session(response)
    return [session.view(f"{one.path}/who").text for one in session.repeat(NEW_PARTNER).entries]


def test_a_newer_version_is_used_when_somebody_says_so(anna: Workspace, response: str) -> None:
    """V-04; version 2.10 is newer than 2.9."""
    assert not anna.versions.of(response).is_newer_here
    with pytest.raises(IscmError) as refused:
        anna.versions.move_to_newest(response)
    assert refused.value.problem is AnswerProblem.QUESTIONNAIRE_IS_NEWEST
    learn(anna)
    assert anna.versions.of(response).is_newer_here
    assert text_at(anna, response, STORY) == "A long story"
    anna.versions.move_to_newest(response)
    assert anna.response_list.row(response).version == "2.10"
    assert anna.responses.open_session(response).view(PHONE).text == ""


def test_what_has_moved_keeps_its_answers(anna: Workspace, response: str) -> None:
    """V-02"""
    learn(anna)
    anna.versions.move_to_newest(response)
    assert text_at(anna, response, NEW_STORY) == "A long story"
    assert partners(anna, response) == ["UNHCR", "IOM"]


def test_what_is_no_longer_asked_stays_in_view(anna: Workspace, response: str, tmp_path: Path) -> None:
    """V-03, on paper too."""
    learn(anna)
    anna.versions.move_to_newest(response)
    rows = anna.versions.withdrawn_answers(response)
    assert [(row.path, row.label, row.text, row.section) for row in rows if "since" not in row.path] == [
        (CHF, "Yearly fee, CHF", "120 000", "about"),
        (FEE, "Is there a fee?", "Yes", "about"),
    ]
    assert [(row.label, row.text) for row in rows if "since" in row.path] == [("Since when?", "1999")] * 2
    anna.documents.write_questionnaire(response, tmp_path / "q.pdf")
    said = " ".join(" ".join(page_texts((tmp_path / "q.pdf").read_bytes())).split())
    assert "no longer asked" in said
    assert "Yearly fee, CHF" in said
    assert "120 000" in said


def test_going_back_finds_everything_as_it_was(anna: Workspace, response: str) -> None:
    """V-04"""
    learn(anna)
    anna.versions.move_to_newest(response)
    answer(anna, response, phone="+41")
    anna.versions.move_back(response)
    assert anna.response_list.row(response).version == "2.9"
    assert text_at(anna, response, STORY) == "A long story"
    assert [row.path for row in anna.versions.withdrawn_answers(response)] == [PHONE]
    anna.versions.move_to_newest(response)
    assert text_at(anna, response, PHONE) == "+41"


def test_a_first_version_has_none_before_it(anna: Workspace, response: str) -> None:
    with pytest.raises(IscmError) as refused:
        anna.versions.move_back(response)
    assert refused.value.problem is AnswerProblem.QUESTIONNAIRE_IS_FIRST


def test_what_is_cleared_or_removed_at_its_new_place_stays_so(anna: Workspace, response: str) -> None:
    """V-02: the old path does not fill it in again."""
    learn(anna)
    anna.versions.move_to_newest(response)
    session = anna.responses.open_session(response)
    session.answer(NEW_STORY, "")
    first = session.repeat(NEW_PARTNER).entries[0]
    session.remove_entry(first.path)
    anna.responses.save(response, session)
    assert text_at(anna, response, NEW_STORY) == ""
    assert partners(anna, response) == ["IOM"]
    session.undo()
    session.undo()
    anna.responses.save(response, session)
    assert text_at(anna, response, NEW_STORY) == "A long story"
    assert partners(anna, response) == ["UNHCR", "IOM"]


def test_what_is_edited_at_its_new_place_counts(anna: Workspace, response: str) -> None:
    learn(anna)
    anna.versions.move_to_newest(response)
    session = anna.responses.open_session(response)
    session.answer(NEW_STORY, "Another story")
    anna.responses.save(response, session)
    assert text_at(anna, response, NEW_STORY) == "Another story"
    assert STORY in [row.path for row in anna.versions.withdrawn_answers(response)]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_packages_of_both_versions_merge_into_one_response(tmp_path: Path, order: tuple[int, ...]) -> None:
    """V-01: a colleague goes on with the older version meanwhile."""
    clock = Ticking()
    with opened(tmp_path, "anna", version="2.9", clock=clock) as anna:
        response = anna.responses.start("small", "igc")
        answer(anna, response, name="IGC", fee="yes", chf="120000", story="A long story")
        first = exported(anna, response, tmp_path / "first.iscm")
        with opened(tmp_path, "bob", version="2.9", clock=clock) as bob:
            merge(bob, first)
            answer(bob, response, chf="125000")
            older = exported(bob, response, tmp_path / "older.iscm")
        learn(anna)
        anna.versions.move_to_newest(response)
        answer(anna, response, phone="+41")
        newer = exported(anna, response, tmp_path / "newer.iscm")
        merge(anna, older)
        back = exported(anna, response, tmp_path / "back.iscm")
    with Workspace.open(tmp_path / "coordinator.iscmdb", clock=clock) as coordinator:
        files = [first, older, newer]
        merge(coordinator, *(files[at] for at in order))
        (row,) = coordinator.response_list.all()
        assert (row.version, row.conflicts) == ("2.10", 0)
        assert text_at(coordinator, response, NEW_STORY) == "A long story"
        assert text_at(coordinator, response, PHONE) == "+41"
        assert {row.path: row.text for row in coordinator.versions.withdrawn_answers(response)}[
            CHF
        ] == "125 000"
        again = exported(coordinator, response, tmp_path / "again.iscm")
        assert content(again) == content(back)


def test_a_public_edition_holds_what_has_moved(anna: Workspace, response: str, tmp_path: Path) -> None:
    """V-02, and what is withheld at its old place is withheld at the new one."""
    anna.restrictions.restrict(response, PARTNER)
    learn(anna)
    anna.versions.move_to_newest(response)
    public = anna.public_exports.export(response, tmp_path / "public.iscm").path
    with opened(tmp_path, "reader") as reader:
        merge(reader, public)
        (row,) = reader.response_list.all()
        assert text_at(reader, row.id, NEW_STORY) == "A long story"
        assert text_at(reader, row.id, NAME) == "IGC"
        assert partners(reader, row.id) == []
