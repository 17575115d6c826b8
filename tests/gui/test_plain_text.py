"""Answers and names from outside are text on every page: never markup, links, or the other way round.

W-30 No widget and no cell shows as markup what somebody typed, be it in its tooltip.
W-31 Nothing that was typed turns the direction of what stands around it, or begins a line of its own in a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel
from PySide6.QtGui import Qt, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QTextBrowser,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from iscm_desktop.questionnaire.catalogue import from_source
from iscm_desktop.questionnaire.reading.xlsform import from_markdown
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.known_questionnaires import add_known
from tests.gui.conftest import ScriptedDialogs
from tests.support.workspaces import Ticking
from ui.app import Program
from ui.colleagues.ask_dialog import AskDialog
from ui.colleagues.share_dialog import ShareDialog
from ui.guide.guide_page import GuidePage
from ui.merge.merge_page import MergePage
from ui.questionnaires.new_questionnaire_dialog import NewQuestionnaireDialog
from ui.rounds.add_respondents_dialog import AddRespondentsDialog
from ui.rounds.keys_dialog import KeysDialog
from ui.rounds.new_round_dialog import NewRoundDialog
from ui.widgets.changes_label import ChangesLabel
from ui.widgets.labels import text_label
from ui.widgets.plain_text import one_line, plain_tip, readable, set_tip
from ui.window.shell import PAGES

IMAGE = "<img src='file:///etc/hostname'>"
LINK = "<a href='file:///etc/passwd'>click</a>"
TURNED = "\u202efdp.exe\u2067 \u2069\u2069"
EVIL = f"{IMAGE} {LINK} & &amp; &lt;b&gt; <b>bold</b> {TURNED}"

FORM = """
| survey   |                |        |                                  |                 |
|          | type           | name   | label                            | hint            |
|          | begin_group    | about  | <b>About</b> {image}             |                 |
|          | text           | name   | Name {image}                     | <i>hint</i>     |
|          | select_one yn  | fee    | Fee {image}                      | {image}         |
|          | select_multiple yn | many | Many {image}                   |                 |
|          | text           | story  | Story {image}                    |                 |
|          | begin_repeat   | member | Member {image}                   |                 |
|          | text           | who    | Who {image}                      |                 |
|          | end_repeat     |        |                                  |                 |
|          | end_group      |        |                                  |                 |
|          | begin_group    | other  | Other & {image}                  |                 |
|          | text           | more   | More                             |                 |
|          | end_group      |        |                                  |                 |
| choices  |                |        |                                  |                 |
|          | list_name      | name   | label                            |                 |
|          | yn             | yes    | Yes {image}                      |                 |
|          | yn             | no     | No & <b>no</b>                   |                 |
| settings |                |        |                                  |                 |
|          | form_title     | form_id | version                         |                 |
|          | Form {image}   | evil   | 1                                |                 |
"""


def hostile_form() -> str:
    return from_markdown(FORM.replace("{image}", "<img src='file:///etc/hostname'>")).source


@pytest.fixture
def hostile(workspace: Workspace) -> str:
    """A stranger's response whose every field is markup."""
    workspace.set_person(EVIL[:90], EVIL[:90])
    workspace.rounds.start("2027", EVIL)
    return filled_in(workspace, EVIL)


def filled_in(workspace: Workspace, story: str) -> str:
    with workspace._database.write() as db:
        add_known(db, from_source(hostile_form()))
    response = workspace.responses.start("evil", f"stranger {IMAGE}", round="2027")
    session = workspace.responses.open_session(response)
    for path in ("about/name", "other/more"):
        session.answer(path, EVIL)
    session.answer("about/story", story)
    session.answer("about/fee", "yes")
    session.answer("about/many", f"no {IMAGE.replace(' ', '_')}")
    entry = session.add_entry("about/member")
    session.answer(f"{entry}/who", EVIL)
    workspace.responses.save(response, session)
    workspace.notes.put(response, "about/name", EVIL)
    return response


def markup_in(top: QWidget) -> list[str]:
    """Every text below a widget that Qt would take for markup, and every hold on direction."""
    found = []
    for widget in (top, *top.findChildren(QWidget)):
        name = f"{type(widget).__name__} {widget.objectName()}"
        tip = widget.toolTip()
        if Qt.mightBeRichText(tip) and not is_escaped(tip):
            found.append(f"{name}: tooltip {tip!r}")
        for text in (widget.statusTip(), widget.whatsThis()):
            if Qt.mightBeRichText(text):
                found.append(f"{name}: {text!r}")
        if isinstance(widget, QLabel) and not isinstance(widget, ChangesLabel):
            if widget.textFormat() is not Qt.TextFormat.PlainText and Qt.mightBeRichText(widget.text()):
                found.append(f"{name}: label {widget.text()!r}")
            if "\u202e" in widget.text():
                found.append(f"{name}: turned {widget.text()!r}")
        if isinstance(widget, QTextEdit) and not isinstance(widget, QTextBrowser):
            found.append(f"{name}: an editor of markup")
        if isinstance(widget, (QAbstractItemView, QComboBox)):
            found += [f"{name}: cell {text!r}" for text in bad_cells(widget.model())]
    return found


def bad_cells(model: QAbstractItemModel | None) -> Iterator[str]:
    if model is None:
        return
    for row in range(min(model.rowCount(), 50)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
            index = model.index(row, column)
            tip, text = str(index.data(Qt.ItemDataRole.ToolTipRole) or ""), str(index.data() or "")
            if Qt.mightBeRichText(tip) and not is_escaped(tip):
                yield tip
            if "\u202e" in text:
                yield text


def is_escaped(tip: str) -> bool:
    """Whether a tooltip in Qt's markup comes to one paragraph of nothing but text."""
    bare = tip.removeprefix("<p>").removesuffix("</p>").replace("<br>", "")
    return "<" not in bare and QTextDocumentFragment.fromHtml(tip).toPlainText() != ""


@pytest.mark.parametrize("page", [*PAGES])
def test_no_page_shows_markup(program: Program, hostile: str, page: str, qtbot: QtBot) -> None:
    """W-30"""
    program.shell.show_page(page)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not program.shell.page.context.runner.is_busy, timeout=20_000)
    assert markup_in(program.shell) == []


def test_no_form_and_no_review_shows_markup(program: Program, hostile: str, qtbot: QtBot) -> None:
    """W-30: questions, hints, choices, entries, guidance, notes, history, sections, findings."""
    program.shell.open_response(hostile)
    for path in ("about/name", "about/fee", "about/many", "about/story", "other/more"):
        program.shell.open_response(hostile, path)
        QApplication.processEvents()
        assert markup_in(program.shell) == []
    program.shell.open_review(hostile)
    QApplication.processEvents()
    assert markup_in(program.shell) == []
    assert "\u202e" not in program.shell.windowTitle()


def test_no_merge_and_no_conflict_shows_markup(
    program: Program,
    workspace: Workspace,
    hostile: str,
    dialogs: ScriptedDialogs,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    """W-30: names of files, senders and respondents; both sides of a conflict with what differs marked."""
    first = workspace.exports.export(hostile, tmp_path / "first.iscm").path
    with Workspace.open(tmp_path / "other.iscmdb", clock=Ticking()) as other:
        other.set_person(EVIL[:90], IMAGE)
        other.packages.apply(other.packages.plan([first]))
        session = other.responses.open_session(hostile)
        session.answer("about/story", f"{EVIL} and more")
        other.responses.save(hostile, session)
        theirs = other.exports.export(hostile, tmp_path / "<img src=x> & co.iscm").path
    session = workspace.responses.open_session(hostile)
    session.answer("about/story", f"{EVIL} and something else")
    workspace.responses.save(hostile, session)
    program.shell.show_page("merge")
    page = program.shell.page
    assert isinstance(page, MergePage)
    dialogs.to_open = [theirs]
    page.add.click()
    qtbot.waitUntil(page.pane.apply.isVisible, timeout=20_000)
    assert markup_in(program.shell) == []
    page.pane.apply.click()
    qtbot.waitUntil(page.pane.undo_last.isVisible, timeout=20_000)
    qtbot.waitUntil(lambda: not page.context.runner.is_busy, timeout=20_000)
    assert markup_in(program.shell) == []
    changes = program.shell.findChildren(ChangesLabel)
    for label in changes:
        shown = QTextDocumentFragment.fromHtml(label.text()).toPlainText()
        assert IMAGE in shown
    assert workspace.conflicts.unsettled()


def test_no_dialog_shows_markup(program: Program, workspace: Workspace, hostile: str, qtbot: QtBot) -> None:
    """W-30: those in which names of questions, sections, rounds and people stand."""
    context, shell = program.shell.page.context, program.shell
    file = workspace.delegations.hand_over(
        hostile, ["about"], to=EVIL[:90], target=workspace.store.with_name("d.iscm"), message=EVIL
    ).path
    assert file.exists()
    workspace.queries.ask(hostile, "about/name", EVIL)
    for made in (
        ShareDialog(hostile, context, date(2027, 5, 1), shell),
        AskDialog(EVIL, context, shell),
        NewQuestionnaireDialog(context, shell),
        NewRoundDialog(context, shell),
        AddRespondentsDialog(context, shell),
        KeysDialog(context, shell),
    ):
        made.show()
        QApplication.processEvents()
        assert markup_in(made) == []
        made.close()
        made.deleteLater()
    shell.open_response(hostile, "about/name")
    QApplication.processEvents()
    assert markup_in(shell) == []
    shell.open_review(hostile)
    QApplication.processEvents()
    assert markup_in(shell) == []


def test_the_guide_holds_only_what_is_ours(program: Program, hostile: str) -> None:
    """W-30: the one page that is drawn from markup."""
    program.shell.show_page("help")
    assert isinstance(program.shell.page, GuidePage)
    assert IMAGE not in program.shell.page.text.toPlainText()


@pytest.mark.parametrize(
    "text", [IMAGE, LINK, EVIL, "&lt;b&gt;", "a\n<b>x</b>", "1 < 2 & 3 > 2", "<p>", "<b"]
)
def test_tooltips_say_what_was_typed(qtbot: QtBot, text: str) -> None:
    """W-30: escaped where Qt would take it for markup, and for screen readers as it is."""
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tip(widget, text)
    tip = plain_tip(text)
    said = QTextDocumentFragment.fromHtml(tip).toPlainText() if Qt.mightBeRichText(tip) else tip
    assert " ".join(said.split()) == " ".join(readable(text).split())
    assert widget.accessibleDescription() in ("", text)
    label = text_label(text, "", widget)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == readable(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("plain", "plain"),
        ("\u202eevil", "evil"),
        ("a\u2067b", "a\u2067b\u2069"),
        ("a\u2069b", "ab"),
        ("\u2068IGC\u2069 and \u2068IOM\u2069", "\u2068IGC\u2069 and \u2068IOM\u2069"),
        ("عربي", "عربي"),
    ],
)
def test_direction_stays_inside(text: str, read: str) -> None:
    """W-31"""
    assert readable(text) == read


def test_a_name_is_one_line() -> None:
    """W-31: what follows would be taken for something that the program says."""
    assert one_line("Norway\nVerified invitation\u2028x") == "Norway Verified invitation x"


def test_dialogs_have_no_text_that_qt_guesses_about(program: Program) -> None:
    """W-30: no message box, whose text is markup where it looks like it, is anywhere in the window."""
    sources = [*(Path(__file__).parents[2] / "ui").rglob("*.py")]
    assert sources
    guessing = ("QMessageBox", "QErrorMessage", "QInputDialog", "QProgressDialog", "setHtml(", ".setToolTip(")
    allowed = {"plain_text.py", "guide_page.py"}
    said = [
        f"{path}: {word}"
        for path in sources
        for word in guessing
        if path.name not in allowed and word in path.read_text(encoding="utf-8")
    ]
    assert said == []
