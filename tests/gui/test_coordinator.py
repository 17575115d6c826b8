"""The coordinator's pages: merging with a conflict, taking back, summaries."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from iscm_desktop.cli import main
from iscm_desktop.presenters.merge_view import MergeAction, MergeState, MergeView
from iscm_desktop.task_progress import TaskProgress
from iscm_desktop.workspace import Workspace
from tests.gui.conftest import ScriptedDialogs
from ui.app import Program
from ui.merge.merge_page import MergePage
from ui.merge.take_back_dialog import TakeBackDialog
from ui.questionnaires.questionnaires_page import QuestionnairesPage
from ui.rounds.new_round_dialog import NewRoundDialog
from ui.summaries.summaries_page import SummariesPage

INSTITUTION = "ISC-A/ISC-A04"
LEFT = Qt.MouseButton.LeftButton


def package(folder: Path, name: str, institution: str, start: Path | None = None) -> Path:
    """What somebody answered on a computer of their own, from nothing or going on from a package."""
    with Workspace.open(folder / f"{name}.iscmdb") as theirs:
        theirs.set_person(name)
        if start is not None:
            theirs.packages.apply(theirs.packages.plan([start]))
        response = theirs.responses.start("iscm", "igc")
        session = theirs.responses.open_session(response)
        session.answer(INSTITUTION, institution)
        session.answer("ISC-B/ISC-B01", "1985")
        theirs.responses.save(response, session)
        theirs.exports.export(response, folder / f"{name}.iscm")
    return folder / f"{name}.iscm"


@pytest.fixture
def packages(tmp_path: Path) -> list[Path]:
    """Two people went on from the same file and changed the same answer."""
    first = package(tmp_path, "first", "Geneva")
    return [package(tmp_path, "anna", "Geneva, Switzerland", first), package(tmp_path, "ben", "Bern", first)]


@pytest.fixture
def merge(program: Program) -> MergePage:
    program.shell.show_page("merge")
    page = program.shell.page
    assert isinstance(page, MergePage)
    return page


def planned(merge: MergePage, dialogs: ScriptedDialogs, packages: list[Path], qtbot: QtBot) -> None:
    dialogs.to_open = packages
    qtbot.mouseClick(merge.add, LEFT)
    qtbot.waitUntil(merge.pane.apply.isVisible, timeout=20_000)


def applied(merge: MergePage, dialogs: ScriptedDialogs, packages: list[Path], qtbot: QtBot) -> None:
    planned(merge, dialogs, packages, qtbot)
    qtbot.mouseClick(merge.pane.apply, LEFT)
    qtbot.waitUntil(merge.pane.undo_last.isVisible, timeout=20_000)
    settled(merge, qtbot)


def settled(merge: MergePage, qtbot: QtBot) -> None:
    """What the merge has changed is looked up on the worker."""
    qtbot.waitUntil(lambda: not merge.context.runner.is_busy, timeout=20_000)


def results(merge: MergePage) -> list[str]:
    return [str(merge.pane.model.index(row, 2).data()) for row in range(merge.pane.model.rowCount())]


def test_a_plan_changes_nothing(
    program: Program, merge: MergePage, dialogs: ScriptedDialogs, packages: list[Path], qtbot: QtBot
) -> None:
    planned(merge, dialogs, packages, qtbot)
    assert merge.pane.model.rowCount() == 2
    assert "Nothing is changed yet" in merge.words
    assert program.context.workspace.response_list.all() == ()
    qtbot.mouseClick(merge.pane.discard, LEFT)
    assert merge.pane.model.rowCount() == 0


def test_a_conflict_is_shown_side_by_side_and_settled(
    program: Program, merge: MergePage, dialogs: ScriptedDialogs, packages: list[Path], qtbot: QtBot
) -> None:
    applied(merge, dialogs, packages, qtbot)
    workspace = program.context.workspace
    assert len(workspace.conflicts.unsettled()) == 1
    assert "1 conflict" in results(merge)
    card = merge.conflicts
    assert len(card.candidates) == 2
    assert not card.resolve.isEnabled()
    kept = next(each for each in card.candidates if "Geneva" in each.keep.accessibleName())
    kept.keep.click()
    qtbot.keyClicks(card.reason, "the full name of the place")
    qtbot.mouseClick(card.resolve, LEFT)
    assert workspace.conflicts.unsettled() == ()
    (row,) = workspace.response_list.all()
    assert workspace.responses.open_session(row.id).view(INSTITUTION).text == "Geneva, Switzerland"
    assert card.title.text() == "No conflicts"


def test_a_conflict_is_settled_by_another_answer(
    program: Program, merge: MergePage, dialogs: ScriptedDialogs, packages: list[Path], qtbot: QtBot
) -> None:
    applied(merge, dialogs, packages, qtbot)
    card = merge.conflicts
    card.another.click()
    card.text.setPlainText("IGC Secretariat, Geneva")
    qtbot.mouseClick(card.resolve, LEFT)
    workspace = program.context.workspace
    (row,) = workspace.response_list.all()
    assert workspace.responses.open_session(row.id).view(INSTITUTION).text == "IGC Secretariat, Geneva"


def test_a_merge_is_taken_back_and_put_in_again(
    program: Program, merge: MergePage, dialogs: ScriptedDialogs, packages: list[Path], qtbot: QtBot
) -> None:
    applied(merge, dialogs, packages[:1], qtbot)
    workspace = program.context.workspace
    qtbot.mouseClick(merge.pane.undo_last, LEFT)
    dialog = merge.findChild(TakeBackDialog)
    assert "anna.iscm" in dialog.what.text()
    assert len(workspace.response_list.all()) == 1, "one press tells what it would undo"
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: workspace.response_list.all() == (), timeout=10_000)
    qtbot.waitUntil(lambda: "taken back" in merge.words)
    settled(merge, qtbot)
    again = merge.operations.findChildren(QPushButton, "operation-act")[-1]
    qtbot.mouseClick(again, LEFT)
    qtbot.waitUntil(lambda: len(workspace.response_list.all()) == 1, timeout=10_000)


def places(merge: MergePage, *actions: MergeAction) -> dict[QPushButton, QRect]:
    """Where buttons lie on the page while these things may be pressed."""
    is_work = MergeAction.STOP in actions
    state = MergeState.MERGING if is_work else MergeState.MERGED
    merge.pane.show_view(MergeView(state, "" if is_work else "3 files: 3 new.", allowed=frozenset(actions)))
    QApplication.processEvents()
    shown = (each for each in merge.pane.findChildren(QPushButton) if each.isVisible())
    return {each: QRect(each.mapTo(merge, QPoint(0, 0)), each.size()) for each in shown}


@pytest.mark.parametrize("width", [1200, 800])
def test_a_second_press_on_stop_presses_nothing_else(program: Program, merge: MergePage, width: int) -> None:
    program.shell.resize(width, 700)
    act = MergeAction
    stop = places(merge, act.STOP)[merge.pane.stop]
    assert stop.height() >= merge.pane.stop.sizeHint().height()
    for after in (
        (act.ADD, act.TAKE_BACK),
        (act.ADD, act.TAKE_BACK, act.GO_ON, act.DISCARD, act.NAME_DEVICE),
        (act.ADD, act.APPLY, act.DISCARD),
    ):
        others = places(merge, *after)
        assert merge.pane.stop not in others
        assert not [each.text() for each, place in others.items() if place.intersects(stop)]


def test_a_stopped_merge_goes_on(
    program: Program,
    merge: MergePage,
    dialogs: ScriptedDialogs,
    packages: list[Path],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    planned(merge, dialogs, packages, qtbot)
    merging = program.context.workspace.packages
    calls = iter([False, True])
    stopping = TaskProgress(should_stop=lambda: next(calls, True))
    with monkeypatch.context() as patch:
        patch.setattr(merging, "apply", lambda plan, progress: type(merging).apply(merging, plan, stopping))
        qtbot.mouseClick(merge.pane.apply, LEFT)
        qtbot.waitUntil(merge.pane.go_on.isVisible, timeout=20_000)
    assert merge.words.startswith("Stopped.")
    settled(merge, qtbot)
    qtbot.mouseClick(merge.pane.go_on, LEFT)
    qtbot.waitUntil(
        lambda: merge.pane.undo_last.isVisible() and not merge.pane.go_on.isVisible(), timeout=20_000
    )
    assert results(merge) == ["1 conflict"]
    settled(merge, qtbot)
    done = program.context.workspace.operations.merges()
    assert sorted(name for each in done for name in each.merged.names) == ["anna.iscm", "ben.iscm"]
    assert not merge.pane.go_on.isVisible()


def test_a_file_that_is_no_package_is_refused_in_words(
    program: Program,
    merge: MergePage,
    dialogs: ScriptedDialogs,
    packages: list[Path],
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    broken = tmp_path / "broken.iscm"
    broken.write_bytes(b"not a package")
    applied(merge, dialogs, [broken, packages[0]], qtbot)
    explained = str(merge.pane.model.index(0, 0).data()).partition("\n")[2]
    assert results(merge) == ["Refused", "Merged"]
    assert len(explained) > 20
    assert len(program.context.workspace.response_list.all()) == 1


def test_figures_are_counted_after_a_merge(
    program: Program, merge: MergePage, dialogs: ScriptedDialogs, packages: list[Path], qtbot: QtBot
) -> None:
    applied(merge, dialogs, packages[:1], qtbot)
    program.shell.show_page("questionnaires")
    qtbot.waitUntil(
        lambda: all(row.is_counted for row in program.context.workspace.response_list.all()), timeout=10_000
    )


@pytest.fixture
def summaries(program: Program, igc: str, workspace: Workspace) -> SummariesPage:
    """The summaries page; the IGC has said when it was founded."""
    session = workspace.responses.open_session(igc)
    session.answer("ISC-B/ISC-B01", "1985")
    session.answer("ISC-B/ISC-B06", "It began as a circle of States.")
    workspace.responses.save(igc, session)
    program.shell.show_page("summaries")
    page = program.shell.page
    assert isinstance(page, SummariesPage)
    return page


def test_the_summary_is_drafted_and_drawn(summaries: SummariesPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "1" in summaries.editor.sections, timeout=10_000)
    assert "1985" in summaries.editor.sections["1"].box.toPlainText()
    qtbot.waitUntil(lambda: summaries.preview.page_count >= 1, timeout=30_000)


def test_an_edited_section_is_kept_and_can_be_drafted_again(
    summaries: SummariesPage, workspace: Workspace, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "1" in summaries.editor.sections, timeout=10_000)
    section = summaries.editor.sections["1"]
    drafted = section.box.toPlainText()
    section.box.setFocus()
    qtbot.keyClicks(section.box, "A word of our own. ")
    qtbot.waitUntil(lambda: workspace.summaries.compose("igc").section("1").is_edited, timeout=10_000)
    qtbot.waitUntil(lambda: section.redraft.isVisibleTo(section), timeout=10_000)
    qtbot.mouseClick(section.redraft, LEFT)
    assert not workspace.summaries.compose("igc").section("1").is_edited
    qtbot.waitUntil(lambda: section.box.toPlainText() == drafted, timeout=10_000)


def test_a_source_leads_to_its_answer(
    program: Program, summaries: SummariesPage, igc: str, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "1" in summaries.editor.sections, timeout=10_000)
    summaries.editor.sections["1"].source_wanted.emit(igc, "ISC-B/ISC-B01")
    assert program.shell.page is not None
    assert program.shell.page.heading == "IGC — Mechanism questionnaire"


def test_the_summary_is_exported(
    program: Program, summaries: SummariesPage, dialogs: ScriptedDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    qtbot.waitUntil(summaries.export.isEnabled, timeout=10_000)
    dialogs.to_save = tmp_path / "igc.pdf"
    qtbot.mouseClick(summaries.export, LEFT)
    qtbot.waitUntil(lambda: "igc.pdf" in program.shell.notices.text, timeout=30_000)
    assert (tmp_path / "igc.pdf").read_bytes().startswith(b"%PDF")


def test_all_summaries_are_exported_into_a_folder(
    program: Program, summaries: SummariesPage, dialogs: ScriptedDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    qtbot.waitUntil(summaries.export_all.isEnabled, timeout=10_000)
    dialogs.to_save = tmp_path / "all"
    dialogs.to_save.mkdir()
    qtbot.mouseClick(summaries.export_all, LEFT)
    qtbot.waitUntil(lambda: "1 summary" in program.shell.notices.text, timeout=30_000)
    assert len(list(dialogs.to_save.glob("*.pdf"))) == 1


def test_merging_files_of_another_round_follows_them(
    program: Program, merge: MergePage, dialogs: ScriptedDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    """An empty store begins with a round of this year; the files are of 2031."""
    with Workspace.open(tmp_path / "theirs.iscmdb") as theirs:
        theirs.rounds.start("2031", "Assessment 2031")
        theirs.exports.export(theirs.responses.start("iscm", "igc"), tmp_path / "igc.iscm")
    assert program.context.workspace.rounds.current().code != "2031"
    applied(merge, dialogs, [tmp_path / "igc.iscm"], qtbot)
    assert program.context.workspace.rounds.current().code == "2031"
    assert "2031" in merge.round.text()


def test_the_command_line_follows_the_same_round(
    program: Program, merge: MergePage, dialogs: ScriptedDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    """Two fresh stores; one merges in the window, the other on the command line."""
    files = []
    for code in ("2029", "2031"):
        with Workspace.open(tmp_path / f"{code}.iscmdb") as theirs:
            theirs.rounds.start(code, f"Assessment {code}")
            files += [
                theirs.exports.export(theirs.responses.start("iscm", "igc"), tmp_path / f"{code}.iscm").path
            ]
    other = tmp_path / "other.iscmdb"
    for file in files:
        applied(merge, dialogs, [file], qtbot)
        assert main(["--store", str(other), "merge", str(file)]) == 0
    with Workspace.open(other) as beside:
        assert beside.rounds.followed().code == "2029"
    assert program.context.workspace.rounds.followed().code == "2029"


def test_a_round_is_started_and_chosen_in_the_window(program: Program, qtbot: QtBot) -> None:
    page = program.shell.page
    assert isinstance(page, QuestionnairesPage)
    workspace = program.context.workspace
    first = workspace.rounds.current()
    menu = page.round.menu_for()
    menu.actions()[-1].trigger()
    dialog = program.shell.findChild(NewRoundDialog)
    assert dialog is not None
    dialog.due.setText("soon")
    assert not dialog.primary.isEnabled()
    dialog.due.setText("2031-04-30")
    dialog.code.setText("2031")
    dialog.title.setText("Assessment 2031")
    qtbot.mouseClick(dialog.primary, LEFT)
    assert workspace.rounds.current().code == "2031"
    assert "30 April 2031" in page.round.text()
    page.round.menu_for().actions()[-3].trigger()
    assert workspace.rounds.current().code == first.code
