"""The entries of a repeat as a table: typed in, pasted into, sorted, and what is wrong in them."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.session.views import EntryView
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import start_own
from ui.app import Program
from ui.form.entry_table.cell_editors import ChoiceCell, ManyCell
from ui.form.entry_table.entry_table_view import EntryTableView
from ui.form.form_page import FormPage
from ui.form.repeat_card import RepeatCard

CHAIRS = AnswerPath("ISC-E/ISC-E06")
Key = Qt.Key


def _repeat(form: FormPage) -> RepeatCard:
    return form.form.widgets.repeats[CHAIRS]


@pytest.fixture
def table(form: FormPage, qtbot: QtBot) -> EntryTableView:
    """The chairs of the mechanism, two of them, as a table."""
    session = form.editing.session
    form.editing.answer(AnswerPath("ISC-E/ISC-E04"), "rotating")
    for _number in range(len(session.repeat(CHAIRS).entries), 2):
        session.add_entry(CHAIRS)
    form.go_to(CHAIRS)
    repeat = _repeat(form)
    qtbot.mouseClick(repeat.modes.chips["table"], Qt.MouseButton.LeftButton)
    assert repeat.pane is not None
    found = repeat.pane.table
    found.setCurrentIndex(found.entries.index(0, 0))
    found.setFocus()
    return found


def _entries(form: FormPage) -> tuple[EntryView, ...]:
    return form.editing.session.repeat(CHAIRS).entries


def _text(form: FormPage, row: int, column: int) -> str:
    table = _repeat(form).pane
    assert table is not None
    name = table.table.entries.columns[column].name
    return form.editing.session.view(AnswerPath(f"{_entries(form)[row].path}/{name}")).text


def _press(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, key, modifier)


def _type(qtbot: QtBot, table: EntryTableView, text: str) -> None:
    """The first key opens the cell; the others go to it."""
    for letter in text:
        target = QApplication.focusWidget()
        assert target is not None
        qtbot.keyClicks(target, letter)


def test_the_choice_between_cards_and_table_is_remembered(
    program: Program, form: FormPage, table: EntryTableView
) -> None:
    assert not _repeat(form).entries
    assert program.context.preferences.entry_mode("iscm/ISC-E06") == "table"
    _repeat(form).modes.chips["cards"].click()
    assert len(_repeat(form).entries) == 2
    assert program.context.preferences.entry_mode("iscm/ISC-E06") == "cards"


def test_what_is_typed_in_a_cell_is_an_answer_at_once(
    form: FormPage, qtbot: QtBot, table: EntryTableView
) -> None:
    column = _text_column(table)
    table.setCurrentIndex(table.entries.index(1, column))
    _type(qtbot, table, "Vien")
    assert _text(form, 1, column) == "Vien"
    assert form.editing.current == f"{_entries(form)[1].path}/{table.entries.columns[column].name}"


def _text_column(table: EntryTableView) -> int:
    kinds = [column.question.kind.value for column in table.entries.columns]
    return kinds.index("text")


def test_enter_goes_down_and_tab_goes_on(form: FormPage, qtbot: QtBot, table: EntryTableView) -> None:
    column = _text_column(table)
    table.setCurrentIndex(table.entries.index(0, column))
    _type(qtbot, table, "Rome")
    editor = QApplication.focusWidget()
    assert editor is not None
    _press(editor, Key.Key_Return)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, column)
    _type(qtbot, table, "Oslo")
    editor = QApplication.focusWidget()
    assert editor is not None
    _press(editor, Key.Key_Tab)
    assert table.currentIndex().column() == (column + 1) % len(table.entries.columns)
    assert [_text(form, row, column) for row in (0, 1)] == ["Rome", "Oslo"]


def test_escape_takes_back_what_was_typed(form: FormPage, qtbot: QtBot, table: EntryTableView) -> None:
    column = _text_column(table)
    table.setCurrentIndex(table.entries.index(0, column))
    _type(qtbot, table, "Rome")
    editor = QApplication.focusWidget()
    assert editor is not None
    _press(editor, Key.Key_Escape)
    assert _text(form, 0, column) == ""


def test_the_blank_row_becomes_an_entry_in_one_step(
    form: FormPage, qtbot: QtBot, table: EntryTableView
) -> None:
    column = _text_column(table)
    table.setCurrentIndex(table.entries.index(2, column))
    _type(qtbot, table, "Vienna")
    editor = QApplication.focusWidget()
    assert editor is not None
    assert table.isAncestorOf(editor)
    assert editor is not table
    _press(editor, Key.Key_Return)
    assert len(_entries(form)) == 3
    assert _text(form, 2, column) == "Vienna"
    assert table.currentIndex().row() == 3
    form.undo()
    assert len(_entries(form)) == 2


def test_rows_are_pasted_and_what_was_taken_is_told(
    program: Program, form: FormPage, table: EntryTableView, qtbot: QtBot
) -> None:
    column = _text_column(table)
    titles = [table.entries.columns[column].label, "Remarks"]
    QApplication.clipboard().setText("\r\n".join(["\t".join(titles), "Rome\tx", '"Two\nlines"\ty', ""]))
    table.setCurrentIndex(table.entries.index(2, 0))
    assert form.editing.current == ""
    _press(table, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: form.editing.current == table.current_path() != "")
    assert [_text(form, row, column) for row in (2, 3)] == ["Rome", "Two\nlines"]
    pane = _repeat(form).pane
    assert pane is not None
    assert "Not taken: 1 column that this table does not have (“Remarks”)." in pane.told.text()
    form.undo()
    assert len(_entries(form)) == 2


def test_cells_are_copied_cleared_and_filled_down(form: FormPage, table: EntryTableView) -> None:
    column = _text_column(table)
    form.editing.answer(AnswerPath(f"{_entries(form)[0].path}/{table.entries.columns[column].name}"), "Rome")
    table.setCurrentIndex(table.entries.index(1, column))
    _press(table, Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert _text(form, 1, column) == "Rome"
    _press(table, Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Rome"
    assert _text(form, 1, column) == ""
    form.undo()
    assert _text(form, 1, column) == "Rome"
    _press(table, Key.Key_Delete)
    assert _text(form, 1, column) == ""


def test_an_answer_that_is_wrong_is_said_beneath_with_its_place(
    form: FormPage, qtbot: QtBot, table: EntryTableView
) -> None:
    kinds = [column.question.kind.value for column in table.entries.columns]
    column = kinds.index("integer") if "integer" in kinds else kinds.index("date")
    table.setCurrentIndex(table.entries.index(1, column))
    _type(qtbot, table, "soon")
    pane = _repeat(form).pane
    assert pane is not None
    assert not pane.complaint.isHidden()
    assert table.entries.columns[column].label in pane.complaint.text()
    assert table.entries.rows[1].state_words == "1 to mend"
    spoken = table.entries.index(1, column).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "soon" in spoken
    assert table.entries.rows[1].cells[table.entries.columns[column].name].message in spoken


def test_what_may_be_meant_is_a_press_away(form: FormPage, qtbot: QtBot) -> None:
    path = AnswerPath("ISC-E/ISC-E01")
    session = form.editing.session
    entry = session.add_entry(path)
    session.answer(AnswerPath(f"{entry}/ISC-E01.3"), "31.13.2024")
    form.go_to(path)
    repeat = form.form.widgets.repeats[path]
    repeat.modes.chips["table"].click()
    pane = repeat.pane
    assert pane is not None
    (meant,) = [each for each in pane.findChildren(QPushButton) if "December" in each.text()]
    meant.click()
    assert session.view(AnswerPath(f"{entry}/ISC-E01.3")).text == "2024-12-31"
    place = pane.table.entries.place(AnswerPath(f"{entry}/ISC-E01.3"))
    assert place.data() == "31 December 2024"
    assert pane.complaint.isHidden()


def test_an_entry_is_duplicated_moved_and_removed_by_its_menu(
    form: FormPage, qtbot: QtBot, table: EntryTableView
) -> None:
    column = _text_column(table)
    form.editing.answer(AnswerPath(f"{_entries(form)[0].path}/{table.entries.columns[column].name}"), "Rome")
    table.setCurrentIndex(table.entries.index(0, column))
    table.menu.duplicate()
    assert [_text(form, row, column) for row in range(3)] == ["Rome", "Rome", ""]
    table.setCurrentIndex(table.entries.index(1, column))
    _press(table, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [_text(form, row, column) for row in range(3)] == ["Rome", "", "Rome"]
    assert table.currentIndex().row() == 2
    table.menu.remove()
    assert len(_entries(form)) == 2
    form.undo()
    assert [_text(form, row, column) for row in range(3)] == ["Rome", "", "Rome"]


def test_a_click_on_a_title_sorts(form: FormPage, table: EntryTableView) -> None:
    column = _text_column(table)
    for row, text in enumerate(("Rome", "Oslo")):
        name = table.entries.columns[column].name
        form.editing.answer(AnswerPath(f"{_entries(form)[row].path}/{name}"), text)
    table.horizontalHeader().sectionClicked.emit(column)
    assert [_text(form, row, column) for row in (0, 1)] == ["Oslo", "Rome"]
    table.horizontalHeader().sectionClicked.emit(column)
    assert [_text(form, row, column) for row in (0, 1)] == ["Rome", "Oslo"]


def test_a_finding_leads_to_its_cell(form: FormPage, table: EntryTableView) -> None:
    path = AnswerPath(f"{_entries(form)[1].path}/{table.entries.columns[1].name}")
    form.go_to(path)
    assert table.current_path() == path
    assert form.editing.current == path


def test_a_choice_is_found_by_its_words(form: FormPage, qtbot: QtBot) -> None:
    path = AnswerPath("ISC-E/ISC-E02")
    form.go_to(path)
    repeat = form.form.widgets.repeats[path]
    if not repeat.entries:
        form.editing.session.add_entry(path)
    qtbot.mouseClick(repeat.modes.chips["table"], Qt.MouseButton.LeftButton)
    assert repeat.pane is not None
    table = repeat.pane.table
    kinds = [column.question.kind for column in table.entries.columns]
    column = next(at for at, kind in enumerate(kinds) if kind.has_one_choice)
    table.setCurrentIndex(table.entries.index(0, column))
    table.edit(table.currentIndex())
    editor = table.delegate.editor
    assert isinstance(editor, ChoiceCell)
    view = table.entries.view(table.entries.index(0, column))
    assert view is not None
    editor.line.setText(view.choices[1].label.upper())
    table.delegate.finish(1)
    assert form.editing.session.view(view.path).text == view.choices[1].value
    assert table.entries.index(0, column).data() == view.choices[1].label


ALIKE = """
| survey |
|  | type              | name  | label | appearance |
|  | begin_group       | s     | S     |            |
|  | begin_repeat      | visit | Visit |            |
|  | select_multiple m | some  | Some  |            |
|  | select_one m      | one   | One   |            |
|  | end_repeat        |       |       |            |
|  | end_group         |       |       |            |
| choices |
|  | list_name | name | label       |
|  | m         | a    | Food; water |
|  | m         | b    | Shelter     |
|  | m         | c    | Shelter     |
| settings |
|  | form_id | form_title |
|  | alike   | Alike      |
"""


def test_choices_that_are_called_alike_are_told_apart(
    program: Program, workspace: Workspace, qtbot: QtBot
) -> None:
    program.shell.open_response(start_own(workspace, ALIKE))
    form = program.shell.page
    assert isinstance(form, FormPage)
    path, session = AnswerPath("s/visit"), form.editing.session
    form.go_to(path)
    repeat = form.form.widgets.repeats[path]
    entry = session.add_entry(path)
    some, one = AnswerPath(f"{entry}/some"), AnswerPath(f"{entry}/one")
    qtbot.mouseClick(repeat.modes.chips["table"], Qt.MouseButton.LeftButton)
    assert repeat.pane is not None
    table = repeat.pane.table
    row = len(session.repeat(path).entries) - 1

    def edit(column: int) -> QWidget | None:
        table.setCurrentIndex(table.entries.index(row, column))
        table.edit(table.currentIndex())
        return table.delegate.editor

    session.answer(some, "b other")
    many = edit(0)
    assert isinstance(many, ManyCell)
    checked = [many.item(at).checkState() is Qt.CheckState.Checked for at in range(3)]
    assert checked == [False, True, False]
    many.item(0).setCheckState(Qt.CheckState.Checked)
    assert session.view(some).text == "a b other"
    many.item(1).setCheckState(Qt.CheckState.Unchecked)
    many.item(2).setCheckState(Qt.CheckState.Checked)
    assert session.view(some).text == "a c other"
    table.delegate.finish(2)
    assert session.view(some).text == "a c other"
    session.answer(one, "c")
    choice = edit(1)
    assert isinstance(choice, ChoiceCell)
    assert choice.line.text() == "Shelter"
    table.delegate.finish(1)
    assert session.view(one).text == "c"
    choice = edit(1)
    assert isinstance(choice, ChoiceCell)
    choice.name_taken.emit("b")
    assert session.view(one).text == "b"
    choice = edit(1)
    assert isinstance(choice, ChoiceCell)
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    assert session.view(one).text == "c"


def _own_table(
    program: Program, workspace: Workspace, qtbot: QtBot, workbook: str, path: AnswerPath, entries: int
) -> EntryTableView:
    program.shell.open_response(start_own(workspace, workbook))
    form = program.shell.page
    assert isinstance(form, FormPage)
    form.go_to(path)
    session = form.editing.session
    for _number in range(len(session.repeat(path).entries), entries):
        session.add_entry(path)
    repeat = form.form.widgets.repeats[path]
    repeat.modes.chips["table"].click()
    assert repeat.pane is not None
    return repeat.pane.table


def test_a_copied_cell_is_the_same_answer_where_it_is_pasted(
    program: Program, workspace: Workspace, qtbot: QtBot
) -> None:
    table = _own_table(program, workspace, qtbot, ALIKE, AnswerPath("s/visit"), 2)
    session = table.entries.table.session
    first, second = (row.path for row in table.entries.rows[:2])
    session.answer(AnswerPath(f"{first}/some"), "c", is_stored=True)
    session.answer(AnswerPath(f"{first}/one"), "c", is_stored=True)
    for column in (0, 1):
        table.setCurrentIndex(table.entries.index(0, column))
        _press(table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QApplication.clipboard().text() == "Shelter"
        table.setCurrentIndex(table.entries.index(1, column))
        _press(table, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [session.view(AnswerPath(f"{second}/{name}")).text for name in ("some", "one")] == ["c", "c"]


LINES = """
| survey |
|  | type         | name  | label | appearance |
|  | begin_group  | s     | S     |            |
|  | begin_repeat | visit | Visit |            |
|  | text         | tx    | Text  |            |
|  | text         | ml    | Lines | multiline  |
|  | end_repeat   |       |       |            |
|  | end_group    |       |       |            |
| settings |
|  | form_id | form_title |
|  | lines   | Lines      |
"""


def test_rows_are_pasted_where_there_is_no_entry_yet(
    program: Program, workspace: Workspace, qtbot: QtBot
) -> None:
    table = _own_table(program, workspace, qtbot, LINES, AnswerPath("s/visit"), 0)
    session, path = table.entries.table.session, AnswerPath("s/visit")
    for entry in session.repeat(path).entries:
        session.remove_entry(entry.path)
    form = program.shell.page
    assert isinstance(form, FormPage)
    repeat = form.form.widgets.repeats[path]
    repeat.modes.chips["cards"].click()
    assert (repeat.entries, repeat.modes.isVisible()) == ({}, True)
    repeat.modes.chips["table"].click()
    assert repeat.pane is not None
    QApplication.clipboard().setText("one\ttwo\nthree\tfour\n")
    repeat.pane.table.setCurrentIndex(repeat.pane.table.entries.index(0, 0))
    repeat.pane.table.cells.paste()
    answers = [
        session.view(AnswerPath(f"{entry.path}/{name}")).text
        for entry in session.repeat(path).entries
        for name in ("tx", "ml")
    ]
    assert answers == ["one", "two", "three", "four"]


class _Counted(str):
    """A path that counts how often it is compared."""

    __slots__ = ()
    compared = 0

    def startswith(self, *words: Any) -> bool:
        _Counted.compared += 1
        return super().startswith(*words)


def test_many_answers_in_many_entries_are_looked_at_once_each(
    program: Program, workspace: Workspace, qtbot: QtBot
) -> None:
    """Each answer against each row kept the window busy where thousands were pasted."""
    table = _own_table(program, workspace, qtbot, LINES, AnswerPath("s/visit"), 5)
    session = table.entries.table.session
    paths = [f"{row.path}/{name}" for row in table.entries.rows for name in ("tx", "ml")]
    for path in paths:
        session.answer(AnswerPath(path), path)
    table.entries.show_answers(frozenset(AnswerPath(_Counted(path)) for path in paths))
    assert _Counted.compared <= len(paths)
    shown = [cell.text for row in table.entries.rows for cell in row.cells.values()]
    assert sorted(shown) == sorted(paths)


def test_an_answer_stays_as_it_is_where_its_cell_is_only_opened(
    program: Program, workspace: Workspace, qtbot: QtBot
) -> None:
    table = _own_table(program, workspace, qtbot, LINES, AnswerPath("s/visit"), 1)
    session, row = table.entries.table.session, table.entries.rows[0].path
    text = " \u00a0two\u2028lines\n"
    for column, name in enumerate(("tx", "ml")):
        path = AnswerPath(f"{row}/{name}")
        session.answer(path, text, is_stored=True)
        for ends in (lambda: table.delegate.finish(1), table.commit):
            table.setCurrentIndex(table.entries.index(0, column))
            table.edit(table.currentIndex())
            ends()
            assert session.view(path).text == text
        assert table.delegate.editor is not None
        table.delegate.finish(1)


def test_escape_brings_back_the_answer_as_it_was_stored(
    program: Program, workspace: Workspace, qtbot: QtBot
) -> None:
    table = _own_table(program, workspace, qtbot, LINES, AnswerPath("s/visit"), 1)
    session, path = table.entries.table.session, AnswerPath(f"{table.entries.rows[0].path}/tx")
    session.answer(path, "two\u2028lines", is_stored=True)
    table.setCurrentIndex(table.entries.index(0, 0))
    table.setFocus()
    _type(qtbot, table, "x")
    assert session.view(path).text == "x"
    editor = table.delegate.editor
    assert editor is not None
    _press(editor, Key.Key_Escape)
    assert session.view(path).text == "two\u2028lines"


def test_a_choice_that_is_half_typed_is_saved(
    form: FormPage, qtbot: QtBot, stored: Callable[[str], str]
) -> None:
    path = AnswerPath("ISC-E/ISC-E02")
    form.go_to(path)
    repeat = form.form.widgets.repeats[path]
    if not repeat.entries:
        form.editing.session.add_entry(path)
    repeat.modes.chips["table"].click()
    assert repeat.pane is not None
    table = repeat.pane.table
    table.setCurrentIndex(table.entries.index(0, 0))
    table.edit(table.currentIndex())
    assert isinstance(table.delegate.editor, ChoiceCell)
    table.delegate.editor.line.setText("some level")
    form.leave()
    assert stored(f"{form.editing.session.repeat(path).entries[0].path}/ISC-E02.1") == "some level"


def test_tab_leaves_the_table_behind_its_last_cell(form: FormPage, table: EntryTableView) -> None:
    last = len(table.entries.columns) - 1
    table.setCurrentIndex(table.entries.index(table.entries.rowCount() - 1, last))
    _press(table, Key.Key_Tab)
    assert not table.hasFocus()


def test_what_is_typed_is_saved(
    form: FormPage, qtbot: QtBot, table: EntryTableView, stored: Callable[[str], str]
) -> None:
    column = _text_column(table)
    table.setCurrentIndex(table.entries.index(0, column))
    _type(qtbot, table, "Rome")
    path = f"{_entries(form)[0].path}/{table.entries.columns[column].name}"
    form.leave()
    assert stored(path) == "Rome"


def test_all_is_copied_with_the_titles(table: EntryTableView) -> None:
    table.cells.copy_all()
    lines = QApplication.clipboard().text().split("\n")
    assert lines[0].split("\t") == [column.label for column in table.entries.columns]
    assert len(lines) == 3
