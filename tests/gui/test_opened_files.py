"""Opened files in the window: each shows its welcome or its page, wherever it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFileOpenEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.session.views import QuestionView
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.opened_files.opened_file import Destination, OpenedFile, OpenedFiles
from tests.gui.conftest import ScriptedDialogs
from tests.support.workspaces import merge
from ui.app import Program
from ui.form.form_page import FormPage
from ui.form.prose_window import ProseWindow
from ui.merge.merge_page import MergePage
from ui.opened_files.earlier_answers_welcome import EarlierAnswersWelcome
from ui.opened_files.queries_welcome import QueriesWelcome
from ui.opened_files.sections_welcome import SectionsWelcome
from ui.opened_files.store_welcome import StoreWelcome
from ui.page.notices import Notice
from ui.proof.proof_page import ProofPage
from ui.questionnaires.new_questionnaire_dialog import NewQuestionnaireDialog
from ui.rounds.rounds_page import RoundsPage
from ui.settings.backups_dialog import BackupsDialog, RestoreDialog
from ui.window.application import Application

W = TypeVar("W", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton


def shown(program: Program, qtbot: QtBot, kind: type[W]) -> W:
    """A welcome or page, once the worker has looked at the file."""

    def found() -> list[W]:
        return [one for one in program.shell.findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1, timeout=20_000)
    return found()[0]


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def drop(program: Program, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    how = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(program.shell, QDragEnterEvent(QPoint(600, 400), *how))
    QApplication.sendEvent(program.shell, QDropEvent(QPointF(600, 400), *how))


@pytest.fixture
def from_colleague(tmp_path: Path) -> Path:
    """Sections of the IGC's questionnaire, handed over on another computer."""
    with Workspace.open(tmp_path / "colleague.iscmdb") as theirs:
        theirs.set_person("Carol Diaz", "IGC")
        theirs.rounds.start("2027", "Assessment 2027")
        response = theirs.responses.start("iscm", "igc")
        target = tmp_path / "sections.iscm"
        theirs.delegations.hand_over(
            response,
            ["ISC-E"],
            to="Anna Berg",
            target=target,
            due_on=date(2027, 4, 2),
            message="By Friday, please",
        )
    return target


def test_a_file_that_the_system_hands_over_is_opened(
    program: Program, from_colleague: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    """As macOS does for a double click, by an event of the application."""
    assert QApplication.sendEvent(qapp, QFileOpenEvent(str(from_colleague)))
    assert "By Friday, please" in said(shown(program, qtbot, SectionsWelcome))


def test_files_handed_over_before_there_is_a_window_wait_for_it_and_go_together(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    assert isinstance(qapp, Application)
    files = [tmp_path / "one.iscm", tmp_path / "two.iscm"]
    opened: list[Sequence[Path]] = []
    for file in files:
        QApplication.sendEvent(qapp, QFileOpenEvent(str(file)))
    QApplication.sendEvent(qapp, QFileOpenEvent(QUrl("https://example.invalid/three.iscm")))
    try:
        qapp.hand_files_to(opened.append)
        qtbot.waitUntil(lambda: opened == [files])
    finally:
        qapp.hand_files_to(None)


def test_a_shared_part_is_welcomed_and_taken_in_with_one_press(
    program: Program, from_colleague: Path, qtbot: QtBot
) -> None:
    drop(program, from_colleague)
    welcome = shown(program, qtbot, SectionsWelcome)
    words = said(welcome)
    assert "Carol Diaz asks you to fill in a section" in words
    assert "2 April 2027" in words
    assert "By Friday, please" in words
    qtbot.mouseClick(welcome.primary, LEFT)
    qtbot.waitUntil(lambda: isinstance(program.shell.page, FormPage), timeout=20_000)
    (row,) = program.context.workspace.response_list.all()
    assert row.respondent == "igc"


def test_a_welcome_waits_for_the_dialog_that_somebody_opened_meanwhile(
    program: Program, from_colleague: Path, qtbot: QtBot
) -> None:
    """Else that stands over the form into which the welcome leads."""
    begun = NewQuestionnaireDialog(program.context, program.shell)
    begun.open()
    program.opener.open([from_colleague])
    qtbot.waitUntil(lambda: not program.runner.is_busy, timeout=20_000)
    assert not program.shell.findChildren(SectionsWelcome)
    begun.reject()
    assert "By Friday, please" in said(shown(program, qtbot, SectionsWelcome))


def test_questions_back_are_welcomed_at_the_respondent(
    program: Program, igc: str, tmp_path: Path, qtbot: QtBot
) -> None:
    own = program.context.workspace
    package = own.exports.export(igc, tmp_path / "igc.iscm").path
    with Workspace.open(tmp_path / "carla.iscmdb") as carla:
        carla.set_person("Carla", "IOM")
        merge(carla, package)
        carla.queries.ask(igc, "ISC-B/ISC-B01", "In which year, please?")
        file = carla.queries.export(igc, tmp_path / "questions.iscm").path
    program.opener.open([file])
    welcome = shown(program, qtbot, QueriesWelcome)
    assert "Carla has a question about your answers" in said(welcome)
    assert "In which year, please?" in said(welcome)
    qtbot.mouseClick(welcome.primary, LEFT)
    qtbot.waitUntil(lambda: isinstance(program.shell.page, FormPage), timeout=20_000)
    assert [row.text for row in own.queries.rows(igc)] == ["In which year, please?"]


def test_answers_of_an_earlier_round_are_offered_not_merged(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    own = program.context.workspace
    now = own.responses.start("iscm", "igc")
    with Workspace.open(tmp_path / "then.iscmdb") as then:
        then.rounds.start("2019", "Assessment 2019")
        earlier = then.responses.start("iscm", "igc")
        session = then.responses.open_session(earlier)
        session.answer("ISC-B/ISC-B01", "1985")
        then.responses.save(earlier, session)
        file = then.exports.export(earlier, tmp_path / "igc.iscm").path
    program.opener.open([file])
    welcome = shown(program, qtbot, EarlierAnswersWelcome)
    assert "Assessment 2019" in said(welcome)
    qtbot.mouseClick(welcome.primary, LEFT)
    qtbot.waitUntil(lambda: isinstance(program.shell.page, FormPage), timeout=20_000)
    assert own.last_round.answers(now).round == "2019"
    assert [row.round for row in own.response_list.all()] == [own.rounds.current().code]


def test_packages_receipts_and_stores_each_go_to_their_place(
    program: Program, igc: str, dialogs: ScriptedDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    own = program.context.workspace
    package = own.exports.export(igc, tmp_path / "igc.iscm").path
    dialogs.to_open = [package]
    program.opener.choose()
    page = shown(program, qtbot, MergePage)
    qtbot.waitUntil(lambda: "Nothing is changed yet" in page.words, timeout=20_000)
    own.ledger.checkpoint(own.rounds.current().code)
    (receipt,) = own.receipts.make_all(own.rounds.current().code, tmp_path)
    program.opener.open([receipt.file])
    proof = shown(program, qtbot, ProofPage)
    qtbot.waitUntil(lambda: "receipt" in said(proof.receipt_card).lower(), timeout=20_000)
    with Workspace.open(tmp_path / "other.iscmdb"):
        pass
    program.opener.open([tmp_path / "other.iscmdb"])
    shown(program, qtbot, StoreWelcome).close()
    program.opener.open([own.store])
    qtbot.waitUntil(lambda: "is the store that is open here" in program.shell.notices.text, timeout=20_000)


def test_a_stranger_is_said_and_what_is_known_goes_on(
    program: Program, igc: str, tmp_path: Path, qtbot: QtBot
) -> None:
    letter = tmp_path / "letter.docx"
    letter.write_bytes(b"PK nothing")
    package = program.context.workspace.exports.export(igc, tmp_path / "igc.iscm").path
    program.opener.open([letter, package])
    shown(program, qtbot, MergePage)
    assert "letter.docx" in program.shell.notices.text


def test_a_backup_of_this_store_shows_what_restoring_it_would_change(
    program: Program, igc: str, tmp_path: Path, qtbot: QtBot
) -> None:
    backup = program.context.workspace.backups.make().rename(tmp_path / "from the stick")
    program.opener.open([backup])
    restore = shown(program, qtbot, RestoreDialog)
    restore.reject()
    shown(program, qtbot, BackupsDialog).reject()
    assert [row.id for row in program.context.workspace.response_list.all()] == [igc]


def test_a_welcome_acts_on_its_own_file_and_the_next_waits_behind_it(
    program: Program, from_colleague: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """Not on a file that was looked at while the welcome stood there."""
    with Workspace.open(tmp_path / "other.iscmdb"):
        pass
    program.opener.open([from_colleague])
    welcome = shown(program, qtbot, SectionsWelcome)
    program.opener.open([tmp_path / "other.iscmdb"])
    qtbot.waitUntil(lambda: not program.runner.is_busy, timeout=20_000)
    assert not program.shell.findChildren(StoreWelcome)
    qtbot.mouseClick(welcome.primary, LEFT)
    shown(program, qtbot, StoreWelcome).close()
    qtbot.waitUntil(lambda: isinstance(program.shell.page, FormPage), timeout=20_000)
    (row,) = program.context.workspace.response_list.all()
    assert row.respondent == "igc"


def test_the_button_of_a_notice_acts_on_the_file_that_it_names(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Notice] = []
    taken: list[Path] = []
    program.context.noticed.connect(told.append)

    def take(_page: RoundsPage, file: Path) -> None:
        taken.append(file)

    monkeypatch.setattr(RoundsPage, "take_list_of", take)
    for name in ("a.xlsx", "b.xlsx"):
        file = OpenedFile(tmp_path / name, name, Destination.RESPONDENTS)
        program.opener._show(OpenedFiles([file]))
    assert [notice.can_act for notice in told] == [True, True]
    for notice in told:
        assert notice.act is not None
        notice.act()
    assert taken == [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]


def test_a_file_is_shown_once_the_window_of_a_long_text_is_closed(
    program: Program, workspace: Workspace, from_colleague: Path, qtbot: QtBot
) -> None:
    program.shell.open_response(workspace.responses.start("iscm", "igc"))
    page = program.shell.page
    assert isinstance(page, FormPage)
    path = next(
        item.path
        for section in page.editing.session.sections()
        for item in page.editing.session.section(section.path).items
        if isinstance(item, QuestionView) and item.kind is Kind.TEXT
    )
    window = ProseWindow(page.editing, page.editing.session.view(path), 0, page)
    ends: list[int] = []
    window.finished.connect(ends.append)
    window.open()
    window.finder.open_find()
    program.opener.open([from_colleague])
    qtbot.waitUntil(lambda: not program.runner.is_busy, timeout=20_000)
    assert not program.shell.findChildren(SectionsWelcome)
    window.back.click()
    shown(program, qtbot, SectionsWelcome).reject()
    assert ends == [0]
