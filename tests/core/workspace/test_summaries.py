"""Summaries in a workspace: drafted from the round's answers, with people's texts laid over them.

T-01  A summary follows the answers of its round, typed here or merged.
T-02  People's text stays when answers change, and says that they did; None goes back to the draft.
T-03  The list tells drafts from edited ones, and names mechanisms about which only others spoke.
T-04  Every document can be written.
T-05  Nothing in them comes from an answer that is not for publication.
T-06  A preview shows the same pages and leaves no trace in the store.
T-07  What is printed from answers that are not what they were says so before all else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.summaries.summary import Summary
from iscm_desktop.task_progress import TaskProgress
from iscm_desktop.workspace import Workspace
from tests.support.pdf_text import page_texts
from tests.support.workspaces import Ticking


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "coordinator.iscmdb", clock=Ticking()) as opened:
        opened.set_person("Coordinator", "IOM")
        yield opened


@pytest.fixture
def igc(workspace: Workspace) -> str:
    response = workspace.responses.start("iscm", "igc")
    founded(workspace, response, "1985")
    return response


def founded(workspace: Workspace, response: str, year: str) -> None:
    session = workspace.responses.open_session(response)
    session.answer("ISC-B01", year)
    workspace.responses.save(response, session)


def words(summary: Summary) -> str:
    return " ".join(paragraph.text for paragraph in summary.paragraphs())


def states(workspace: Workspace) -> dict[str, str]:
    return {row.mechanism: row.state.value for row in workspace.summaries.rows()}


def test_the_summary_follows_the_answers(workspace: Workspace, igc: str) -> None:
    """T-01."""
    assert "1985" in words(workspace.summaries.compose("igc"))
    founded(workspace, igc, "1990")
    assert "1990" in words(workspace.summaries.compose("igc"))
    assert "1985" not in words(workspace.summaries.compose("igc"))


def test_an_edited_text_stays_and_says_that_answers_changed(workspace: Workspace, igc: str) -> None:
    """T-02."""
    workspace.summaries.set_text("igc", "1", "Founded long ago.")
    assert "Founded long ago." in words(workspace.summaries.compose("igc"))
    assert states(workspace)["igc"] == "edited"
    founded(workspace, igc, "1990")
    assert "Founded long ago." in words(workspace.summaries.compose("igc"))
    assert states(workspace)["igc"] == "sources_changed"
    workspace.summaries.set_text("igc", "1", None)
    assert "1990" in words(workspace.summaries.compose("igc"))
    assert states(workspace)["igc"] == "draft"


def test_edited_texts_are_there_after_a_restart_and_after_printing(tmp_path: Path) -> None:
    """T-02: printing seals them."""
    store = tmp_path / "again.iscmdb"
    with Workspace.open(store) as workspace:
        founded(workspace, workspace.responses.start("iscm", "igc"), "1985")
        workspace.summaries.set_text("igc", "1", "Founded long ago.")
        workspace.summaries.write_pdf("igc", tmp_path / "summary.pdf")
        workspace.summaries.set_text("igc", "1", "Founded recently.")
    with Workspace.open(store) as workspace:
        assert "Founded recently." in words(workspace.summaries.compose("igc"))
        with workspace._database.read() as db:
            assert db.run_text("SELECT count(*) FROM revision WHERE kind = 'text'") == [(1,)]


def test_mechanisms_about_which_only_others_spoke(workspace: Workspace, igc: str) -> None:
    """T-03: what is only offered to Canada is nothing that it said; what it takes over is."""
    canada = workspace.responses.start("state", "can")
    assert all(row.states == 0 for row in workspace.summaries.rows())
    workspace.offers.take_over(canada)
    rows = {row.mechanism: row for row in workspace.summaries.rows()}
    assert rows["igc"].state.value == "draft"
    assert rows["igc"].states == 1
    assert rows["rcm"].state.value == "no_answers"
    assert workspace.summaries.rows()[0].mechanism == "igc"


def test_rounds_are_kept_apart(workspace: Workspace, igc: str) -> None:
    """T-01."""
    before = workspace.rounds.current().code
    workspace.rounds.start("2099", "Assessment 2099")
    assert workspace.summaries.rows() == ()
    assert [row.mechanism for row in workspace.summaries.rows(before)] == ["igc"]


def test_the_documents(workspace: Workspace, igc: str, tmp_path: Path) -> None:
    """T-04."""
    workspace.responses.start("state", "can")
    workspace.sign_offs.sign(igc, "Ms Example", "Head of Secretariat")
    printed = workspace.documents.write_questionnaire(igc, tmp_path / "igc.pdf", with_provenance=True)
    text = " ".join(" ".join(page_texts(printed.path.read_bytes())).split())
    assert "1985" in text
    assert "Ms Example" in text
    assert "Coordinator" in text
    assert "B01" in text
    assert "ISC-B01" not in text  # numbers as in the form, where each answer comes from as well
    assert printed.missing == ()
    seen: list[tuple[int, int]] = []
    files = workspace.summaries.write_pdfs(
        tmp_path / "all", progress=TaskProgress(lambda *done: seen.append(done))
    )
    assert [file.name for file in files] == ["summary-igc.pdf"]
    assert seen == [(0, 1), (1, 1)]
    assert (
        workspace.summaries.write_pdfs(tmp_path / "none", progress=TaskProgress(should_stop=lambda: True))
        == ()
    )


def test_what_is_not_for_publication_is_not_in_the_summary(workspace: Workspace, igc: str) -> None:
    """T-05: at once, and until the mark is lifted."""
    workspace.restrictions.restrict(igc, "ISC-B01")
    assert "1985" not in words(workspace.summaries.compose("igc"))
    workspace.restrictions.restrict(igc, "ISC-B01", is_lifted=True)
    assert "1985" in words(workspace.summaries.compose("igc"))


def test_an_edited_text_says_that_an_answer_below_it_is_not_for_publication(
    workspace: Workspace, igc: str
) -> None:
    """T-05, T-02."""
    workspace.summaries.set_text("igc", "1", "Founded in 1985.")
    workspace.restrictions.restrict(igc, "ISC-B")
    assert states(workspace)["igc"] == "sources_changed"


def test_a_preview_leaves_no_trace(workspace: Workspace, igc: str, tmp_path: Path) -> None:
    """T-06: only what leaves the house is sealed and recorded as published."""
    workspace.summaries.set_text("igc", "1", "Our own words.")
    before = workspace.operations.rows()
    shown = workspace.summaries.preview_pdf("igc", tmp_path / "preview.pdf")
    assert "Our own words." in " ".join(page_texts(shown.path.read_bytes()))
    assert workspace.operations.rows() == before
    printed = workspace.summaries.write_pdf("igc", tmp_path / "summary.pdf")
    assert printed.pages == shown.pages
    assert [row.kind for row in workspace.operations.rows()[: -len(before) or None]] == [
        OperationKind.PUBLISH
    ]


def test_a_summary_from_damaged_answers_says_so(workspace: Workspace, igc: str, tmp_path: Path) -> None:
    """T-07."""
    workspace.exports.export(igc, tmp_path / "igc.iscm")
    workspace.summaries.write_pdf("igc", tmp_path / "sound.pdf")
    assert "is damaged" not in " ".join(page_texts((tmp_path / "sound.pdf").read_bytes()))
    with closing(sqlite3.connect(workspace.store)) as store, store:
        assert store.execute("UPDATE revision SET value = '1895' WHERE value = '1985'").rowcount
    workspace.summaries.write_pdf("igc", tmp_path / "damaged.pdf")
    assert "is damaged" in " ".join(page_texts((tmp_path / "damaged.pdf").read_bytes())[0].split())
