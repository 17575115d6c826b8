"""The form as a whole: saving by itself, undo, repeats, sections, finding, notes, history."""

from collections.abc import Callable
from datetime import datetime
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from iscm_desktop.session.form_session import FormSession
from iscm_desktop.store.objects import responses
from iscm_desktop.workspace import Workspace
from ui.app import Program
from ui.editing.response_editing import SAVE_AFTER_MS
from ui.form.answer_editors.line_answer import LineAnswer
from ui.form.answer_editors.prose_answer import ProseAnswer
from ui.form.form_page import FormPage
from ui.form.question_card import QuestionCard
from ui.form.repeat_card import RepeatCard
from ui.look.colours import Tone

INSTITUTION, EVOLUTION = "ISC-A/ISC-A04", "ISC-B/ISC-B06"
TURNING_POINTS = "ISC-B/ISC-B05"


def card_at(form: FormPage, path: str) -> QuestionCard:
    form.go_to(path)
    card = form.form.card(path)
    assert card is not None
    return card


def line_at(form: FormPage, path: str) -> LineAnswer:
    editor = card_at(form, path).fields[path].editor
    assert isinstance(editor, LineAnswer)
    return editor


@pytest.fixture
def turning_points(form: FormPage) -> RepeatCard:
    """The repeat of turning points, asked and empty."""
    form.editing.answer("ISC-B/ISC-B04", "changed_several_times")
    form.go_to(TURNING_POINTS)
    return form.form.widgets.repeats[TURNING_POINTS]


def titles(repeat: RepeatCard) -> list[str]:
    return [entry.title for entry in repeat.entries.values()]


def test_what_is_typed_is_saved_without_being_asked(
    form: FormPage, qtbot: QtBot, stored: Callable[[str], str]
) -> None:
    """The delay leaves room for the commit within half a second; how long that takes is a bench's question."""
    assert SAVE_AFTER_MS < 500
    qtbot.keyClicks(line_at(form, INSTITUTION).box, "IGC Secretariat")
    qtbot.waitUntil(lambda: stored(INSTITUTION) == "IGC Secretariat")


def test_long_typing_is_saved_on_the_way(form: FormPage, qtbot: QtBot, stored: Callable[[str], str]) -> None:
    """No pause between the keys, and yet no more than half a second is ever unsaved."""
    box = line_at(form, INSTITUTION).box

    def type_on() -> bool:
        qtbot.keyClick(box, "x")
        return bool(stored(INSTITUTION))

    qtbot.waitUntil(type_on, timeout=2000)


def test_leaving_a_question_saves_at_once(form: FormPage, qtbot: QtBot, stored: Callable[[str], str]) -> None:
    qtbot.keyClicks(line_at(form, INSTITUTION).box, "IGC")
    card_at(form, "ISC-A/ISC-A05").focus_editor()
    assert stored(INSTITUTION) == "IGC"


def test_save_by_key_takes_the_last_letter_along(
    program: Program, form: FormPage, qtbot: QtBot, stored: Callable[[str], str]
) -> None:
    box = line_at(form, INSTITUTION).box
    qtbot.keyClicks(box, "IGC")
    qtbot.keyClick(box, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert stored(INSTITUTION) == "IGC"
    assert "All changes saved" in program.shell.status.saved_text


def test_closing_the_window_saves(
    program: Program, form: FormPage, qtbot: QtBot, stored: Callable[[str], str]
) -> None:
    qtbot.keyClicks(line_at(form, INSTITUTION).box, "IGC")
    program.shell.close()
    assert stored(INSTITUTION) == "IGC"


def test_undo_in_a_text_box_is_the_undo_of_the_response(form: FormPage, qtbot: QtBot) -> None:
    first = line_at(form, INSTITUTION).box
    qtbot.keyClicks(first, "Geneva")
    second = line_at(form, "ISC-A/ISC-A05").box
    qtbot.keyClicks(second, "Anna")
    qtbot.keyClick(second, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert second.text() == ""
    qtbot.keyClick(second, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert first.text() == ""
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(first, Qt.Key.Key_Z, both)
    assert first.text() == "Geneva"


def test_undo_shows_what_it_changed_even_in_another_section(form: FormPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(line_at(form, INSTITUTION).box, "Geneva")
    form.show_section("ISC-G")
    form.undo()
    assert form.form.path == "ISC-A"


def test_undo_of_prose(form: FormPage, qtbot: QtBot) -> None:
    editor = card_at(form, EVOLUTION).first.editor
    assert isinstance(editor, ProseAnswer)
    qtbot.keyClicks(editor.box, "Founded as a circle of States.")
    qtbot.keyClick(editor.box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.box.toPlainText() == ""


def test_an_entry_is_added_and_the_keyboard_is_in_it(
    form: FormPage, qtbot: QtBot, turning_points: RepeatCard
) -> None:
    before = len(turning_points.entries)
    qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    assert len(turning_points.entries) == before + 1
    last = list(turning_points.entries.values())[-1]
    focused = QApplication.focusWidget()
    assert focused is not None
    assert last.isAncestorOf(focused)


def test_answers_in_an_entry_are_saved(
    form: FormPage, qtbot: QtBot, turning_points: RepeatCard, stored: Callable[[str], str]
) -> None:
    qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    path = f"{list(turning_points.entries.values())[-1].path}/ISC-B05.2"
    qtbot.keyClicks(line_at(form, path).box, "Strategic review")
    form.leave()
    assert stored(path) == "Strategic review"


def test_a_removed_entry_comes_back_whole(
    program: Program, form: FormPage, qtbot: QtBot, turning_points: RepeatCard
) -> None:
    qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    entry = list(turning_points.entries.values())[-1]
    path = f"{entry.path}/ISC-B05.2"
    qtbot.keyClicks(line_at(form, path).box, "Review")
    qtbot.mouseClick(entry.remove, Qt.MouseButton.LeftButton)
    assert entry.entry_id not in turning_points.entries
    assert "Removed" in program.shell.notices.text
    form.undo()
    assert entry.entry_id in turning_points.entries
    assert line_at(form, path).box.text() == "Review"


def test_the_notice_of_a_removal_takes_it_back_and_then_goes(
    program: Program, form: FormPage, qtbot: QtBot, turning_points: RepeatCard
) -> None:
    qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    entry_id = list(turning_points.entries)[-1]
    qtbot.mouseClick(turning_points.entries[entry_id].remove, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(program.shell.notices._act, Qt.MouseButton.LeftButton)
    assert entry_id in turning_points.entries
    assert not program.shell.notices.isVisible()


def test_entries_change_places(form: FormPage, qtbot: QtBot, turning_points: RepeatCard) -> None:
    for _ in range(2):
        qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    order = [entry.entry_id for entry in form.editing.session.repeat(TURNING_POINTS).entries]
    last = turning_points.entries[order[-1]]
    qtbot.keyClick(last.fold, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    moved = [entry.entry_id for entry in form.editing.session.repeat(TURNING_POINTS).entries]
    assert moved == [*order[:-2], order[-1], order[-2]]


def test_a_folded_entry_makes_its_questions_when_it_is_opened(
    program: Program, workspace: Workspace, igc: str
) -> None:
    session = workspace.responses.open_session(igc)
    session.answer("ISC-B/ISC-B04", "changed_several_times")
    paths = [session.add_entry(TURNING_POINTS) for _ in range(5)]
    workspace.responses.save(igc, session)
    program.shell.open_response(igc)
    form = program.shell.page
    assert isinstance(form, FormPage)
    form.show_section("ISC-B")
    inside = f"{paths[3]}/ISC-B05.2"
    assert inside not in form.form.widgets.cards
    form.go_to(inside)
    assert inside in form.form.widgets.cards


def test_sections_are_built_when_they_are_first_visited(form: FormPage) -> None:
    assert list(form.stack.forms) == ["ISC-A"]
    form.after.click()
    assert list(form.stack.forms) == ["ISC-A", "ISC-B"]
    assert form.form.path == "ISC-B"
    form.before.click()
    assert form.form.path == "ISC-A"


def test_counts_follow_the_answers(form: FormPage, qtbot: QtBot) -> None:
    before = form.editing.session.sections()[0].answered
    qtbot.keyClicks(line_at(form, INSTITUTION).box, "IGC")
    qtbot.waitUntil(lambda: form._model.row(0).answered == before + 1)


def test_find_goes_to_a_question(form: FormPage, qtbot: QtBot) -> None:
    form.search()
    assert form.head.find_box.hasFocus()
    qtbot.keyClicks(form.head.find_box, "legal personality")
    form.head.find_box.completer().popup().hide()
    qtbot.keyClick(form.head.find_box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.editing.current == "ISC-E/ISC-E11")
    assert form.form.path == "ISC-E"


def test_blank_required_questions_are_quiet_until_somebody_asks(form: FormPage) -> None:
    card = card_at(form, INSTITUTION)
    assert not card.first.is_wrong
    form.go_to("ISC-A/ISC-A05", is_review=True)
    assert card.first.is_wrong
    assert card.tone is Tone.BAD


def test_a_note_is_kept(form: FormPage, qtbot: QtBot, workspace: Workspace, igc: str) -> None:
    card_at(form, INSTITUTION).focus_editor()
    qtbot.waitUntil(form.about.note.isEnabled)
    qtbot.keyClicks(form.about.note, "ask Finance")
    card_at(form, "ISC-A/ISC-A05").focus_editor()
    assert workspace.notes.at(igc, INSTITUTION) == "ask Finance"
    card_at(form, INSTITUTION).focus_editor()
    qtbot.waitUntil(lambda: form.about.note.toPlainText() == "ask Finance")


def test_history_tells_who_answered(form: FormPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(line_at(form, INSTITUTION).box, "Geneva")
    form.editing.save()

    def lines() -> list[str]:
        history = form.about._history
        return [history.itemAt(at).widget().text() for at in range(history.count())]  # type: ignore[union-attr]

    qtbot.waitUntil(lambda: any("Geneva" in line and "Anna Berg" in line for line in lines()))


def test_f6_goes_round_the_panes(program: Program, form: FormPage, qtbot: QtBot) -> None:
    form.sections.setFocus()
    reached = []
    for _ in range(5):
        qtbot.keyClick(program.shell, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.append(
            next(
                (
                    at
                    for at, pane in enumerate((program.shell.navigation, *form.panes()))
                    if pane is focused or pane.isAncestorOf(focused)
                ),
                None,
            )
        )
    assert reached == [3, 4, 0, 1, 2]


def test_tab_goes_into_an_entry_that_was_just_unfolded(
    form: FormPage, qtbot: QtBot, turning_points: RepeatCard
) -> None:
    """Its questions were made after everything that stands below them."""
    for _ in range(2):
        qtbot.mouseClick(turning_points.add, Qt.MouseButton.LeftButton)
    first = next(iter(turning_points.entries.values()))
    first.unfold()
    first.remove.setFocus()
    qtbot.keyClick(first.remove, Qt.Key.Key_Tab)
    assert form.editing.current == f"{first.path}/ISC-B05.1"


def test_tab_reaches_everything_and_comes_round(program: Program, form: FormPage, qtbot: QtBot) -> None:
    form.sections.setFocus()
    start = QApplication.focusWidget()
    reached = list[object]()
    for _ in range(80):
        focused = QApplication.focusWidget()
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
        if reached[-1] is start:
            break
    assert reached[-1] is start
    assert form.head.find_box in reached
    assert form.after in reached
    assert form.about.note in reached or not form.about.note.isEnabled()
    assert len(reached) == len(set(map(id, reached)))


@pytest.mark.parametrize("scale", [100, 200])
def test_no_section_is_wider_than_its_window(program: Program, form: FormPage, scale: int) -> None:
    program.context.theme.show_scale(scale)
    for section in form.editing.session.sections():
        form.show_section(section.path)
        QApplication.processEvents()
        canvas = form.form.widget()
        assert canvas is not None
        assert canvas.width() <= form.form.viewport().width(), section.path


def test_sections_used_longest_ago_are_let_go_and_made_again(
    form: FormPage, stored: Callable[[str], str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form of a thousand questions must not fill the memory with widgets that nobody sees."""
    monkeypatch.setattr("ui.form.section_stack.MOST_CARDS", 30)
    form.editing.answer("ISC-A/ISC-A03", "Secretariat of the IGC")
    for section in form.editing.session.sections():
        form.show_section(section.path)
    assert "ISC-A" not in form.stack.forms
    assert len(form.stack.forms) <= 3
    assert stored("ISC-A/ISC-A03") == "Secretariat of the IGC"
    form.go_to("ISC-A/ISC-A03")
    card = form.form.card("ISC-A/ISC-A03")
    assert card is not None
    assert card.view.text == "Secretariat of the IGC"


def test_undo_leads_to_a_section_that_was_let_go(
    form: FormPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.form.section_stack.MOST_CARDS", 30)
    form.editing.answer("ISC-A/ISC-A03", "Secretariat of the IGC")
    form.editing.session.commit_step()
    for section in form.editing.session.sections():
        form.show_section(section.path)
    assert "ISC-A" not in form.stack.forms
    form.undo()
    assert form.form.path == "ISC-A"


def test_a_merge_reaches_a_form_that_is_open(
    form: FormPage, program: Program, igc: str, workspace: Workspace, qtbot: QtBot
) -> None:
    """What is typed after a merge goes on from what came in, and not from what the form still showed."""
    form.show_section("ISC-A")
    other = workspace.responses.open_session(igc)
    other.answer("ISC-A/ISC-A03", "What came in")
    workspace.responses.save(igc, other)
    program.shell.show_page("merge")
    program.context.merged.emit()
    card = form.form.card("ISC-A/ISC-A03")
    assert card is not None
    assert card.view.text == "What came in"
    assert form.editing.is_saved
    assert not form.can_undo


def test_typing_does_not_wait_for_the_disk_and_leaving_does(
    form: FormPage,
    stored: Callable[[str], str],
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    """A slow disk holds up neither the next key nor the promise: what is left is saved."""
    go_on, begun = Event(), Event()
    save_later = workspace.responses.save_later

    def on_a_slow_disk(response_id: str, session: FormSession) -> Callable[[], datetime] | None:
        keep = save_later(response_id, session)

        def slowly() -> datetime:
            begun.set()
            assert go_on.wait(10)
            assert keep is not None
            return keep()

        return slowly if keep is not None else None

    monkeypatch.setattr(workspace.responses, "save_later", on_a_slow_disk)
    form.editing.answer("ISC-A/ISC-A03", "Secretariat")
    qtbot.waitUntil(begun.is_set, timeout=2_000)
    form.editing.answer("ISC-A/ISC-A03", "Secretariat of the IGC")  # while the first is on its way
    assert stored("ISC-A/ISC-A03") == ""
    assert not form.editing.is_saved
    go_on.set()
    form.leave()
    assert stored("ISC-A/ISC-A03") == "Secretariat of the IGC"
    assert form.editing.is_saved


def test_what_could_not_be_written_is_written_the_next_time(
    form: FormPage,
    stored: Callable[[str], str],
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    save_changes = responses.save_changes
    failed = Event()

    def fail_once(*parts: object) -> object:
        monkeypatch.setattr(responses, "save_changes", save_changes)
        failed.set()
        raise OSError("the disk is full")

    monkeypatch.setattr(responses, "save_changes", fail_once)
    form.editing.answer("ISC-A/ISC-A03", "Secretariat")
    with qtbot.captureExceptions() as failures:
        qtbot.waitUntil(failed.is_set, timeout=2_000)
        qtbot.waitUntil(lambda: bool(failures), timeout=2_000)
    form.leave()
    assert stored("ISC-A/ISC-A03") == "Secretariat"
