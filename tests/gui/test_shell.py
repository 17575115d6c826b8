"""The window around the pages: first start, look, failures, the worker, and what starting imports."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.failure_log import log_path
from iscm_desktop.workspace import Workspace
from tests.support.inviting import coordinator, invited
from ui.app import Program, speak
from ui.guide.guide_page import GuidePage, topics
from ui.look.colours import DARK, LIGHT, Tokens, Tone
from ui.look.theme import Mode
from ui.page.job_runner import Job
from ui.page.preferences import Preferences
from ui.questionnaires.new_questionnaire_dialog import NewQuestionnaireDialog
from ui.questionnaires.questionnaires_page import QuestionnairesPage
from ui.rounds.invitation_dialog import InvitationDialog
from ui.rounds.round_button import RoundButton
from ui.settings.settings_page import SettingsPage
from ui.settings.welcome_dialog import WelcomeDialog

LATER = ("pyxform", "openpyxl", "reportlab", "pikepdf", "uharfbuzz", "sqlalchemy", "alembic", "pypdfium2")

_START = """
import sys
from PySide6.QtWidgets import QApplication
app = QApplication([])
from iscm_desktop.workspace import Workspace
from ui.app import Program
with Workspace.open(sys.argv[1]) as workspace:
    program = Program(app, workspace)
    program.shell.show()
    app.processEvents()
    print(*sorted(name for name in sys.modules if "." not in name))
    program.close()
"""


def test_the_first_window_appears_without_what_is_needed_later(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _START, str(tmp_path / "store.iscmdb")],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    imported = set(run.stdout.split())
    assert "PySide6" in imported
    assert imported.isdisjoint(LATER)


def test_an_empty_list_says_what_to_do(program: Program) -> None:
    page = program.shell.page
    assert isinstance(page, QuestionnairesPage)
    assert page._empty.isVisible()
    assert page.new.hasFocus()


def test_what_follows_an_empty_list_stands_right_below_it(program: Program, qtbot: QtBot) -> None:
    page = program.shell.page
    assert isinstance(page, QuestionnairesPage)

    def gap() -> int:
        return page.practise.geometry().top() - page._empty.geometry().bottom()

    for scale in (100, 200, 100):
        program.context.theme.show_scale(scale)
        qtbot.waitUntil(lambda: 0 < gap() < program.context.theme.px(30))


def test_a_new_questionnaire_is_found_by_a_part_of_its_name(program: Program, qtbot: QtBot) -> None:
    page = program.shell.page
    assert isinstance(page, QuestionnairesPage)
    qtbot.mouseClick(page.new, Qt.MouseButton.LeftButton)
    dialog = page.findChild(NewQuestionnaireDialog)
    assert dialog is not None
    dialog.show_kind("state")
    assert not dialog.primary.isEnabled()
    dialog.respondent.setFocus()
    qtbot.keyClicks(dialog.respondent.line, "norveg")
    assert dialog.respondent.names is not None
    assert dialog.respondent.names.found() == ["Norway"]
    qtbot.keyClick(dialog.respondent.names.list, Qt.Key.Key_Return)
    assert dialog.respondent.currentText() == "Norway"
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    (row,) = program.context.workspace.response_list.all()
    assert (row.form_id, row.respondent) == ("state", "NOR")
    assert program.shell.page is not None
    assert program.shell.page.heading == "Norway — State questionnaire"


def test_a_row_says_all_to_a_screen_reader(program: Program, igc: str) -> None:
    program.shell.show_page("questionnaires")
    page = program.shell.page
    assert isinstance(page, QuestionnairesPage)
    spoken = [
        str(page.model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole))
        for column in range(page.model.columnCount())
    ]
    assert "(IGC), Mechanism questionnaire" in spoken[0]
    assert spoken[3] == "Draft"
    assert spoken[5].startswith("Continue: ")


def test_enter_goes_on_with_a_response(program: Program, igc: str, qtbot: QtBot) -> None:
    program.shell.show_page("questionnaires")
    page = program.shell.page
    assert isinstance(page, QuestionnairesPage)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert program.shell.page is not None
    assert program.shell.page.heading == "IGC — Mechanism questionnaire"


def test_the_first_start_asks_kindly_and_may_be_skipped(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    with Workspace.open(tmp_path / "new.iscmdb") as workspace:
        program = Program(qapp, workspace)
        program.start()
        sys.excepthook = sys.__excepthook__
        qtbot.waitUntil(lambda: program.shell.findChild(WelcomeDialog) is not None)
        dialog = program.shell.findChild(WelcomeDialog)
        assert dialog is not None
        qtbot.keyClicks(dialog.name, "Anna Berg")
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
        assert workspace.person.name == "Anna Berg"
        assert Preferences(workspace).is_welcomed
        program.shell.close()
        program.close()
        program.shell.deleteLater()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_whoever_starts_with_an_invitation_is_asked_for_a_name_first(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, language: str
) -> None:
    with coordinator(tmp_path) as carla:
        file = invited(carla, tmp_path / "invitations", "CAN")[0].path
    with Workspace.open(tmp_path / "new.iscmdb") as workspace:
        program = Program(qapp, workspace, "en", [file])
        program.start()
        sys.excepthook = sys.__excepthook__
        qtbot.waitUntil(lambda: program.shell.findChild(WelcomeDialog) is not None)
        assert program.shell.findChild(InvitationDialog) is None
        dialog = program.shell.findChild(WelcomeDialog)
        qtbot.keyClicks(dialog.name, "Anna Berg")
        dialog.language.setCurrentIndex(dialog.language.findData(language))
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: program.shell.findChild(InvitationDialog) is not None, timeout=20_000)
        assert workspace.person.name == "Anna Berg"
        assert Preferences(workspace).language == ("" if language == "en" else language)
        program.shell.findChild(InvitationDialog).reject()
        program.shell.close()
        program.close()
        program.shell.deleteLater()
    speak(qapp, "en")


def test_settings_hold_at_once_and_at_the_next_start(
    program: Program, workspace: Workspace, qtbot: QtBot
) -> None:
    program.shell.show_page("settings")
    page = program.shell.page
    assert isinstance(page, SettingsPage)
    page.name.selectAll()
    qtbot.keyClicks(page.name, "Ben Koroma")
    page.organization.setFocus()
    assert workspace.person.name == "Ben Koroma"
    page.mode.setCurrentIndex(2)
    page.mode.activated.emit(2)
    assert program.context.theme.tokens is DARK
    assert Preferences(workspace).mode is Mode.DARK


def test_text_grows_and_shrinks_by_keys(program: Program, workspace: Workspace, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    for _ in range(9):
        qtbot.keyClick(program.shell, Qt.Key.Key_Plus, control)
    assert program.context.theme.scale == 200
    assert Preferences(workspace).text_scale == 200
    qtbot.keyClick(program.shell, Qt.Key.Key_Minus, control)
    assert program.context.theme.scale == 175
    qtbot.keyClick(program.shell, Qt.Key.Key_0, control)
    assert program.context.theme.scale == 100


def test_large_text_folds_the_navigation_and_nothing_forces_the_window_wider(program: Program) -> None:
    program.shell.resize(1000, 700)
    program.context.theme.show_scale(200)
    for key in ("questionnaires", "merge", "summaries", "settings", "help"):
        program.shell.show_page(key)
        assert program.shell.minimumSizeHint().width() <= 1000, key
    assert program.shell.navigation._menu_button.isVisible()


def test_backing_up_says_where(program: Program, qtbot: QtBot) -> None:
    program.shell.show_page("settings")
    page = program.shell.page
    assert isinstance(page, SettingsPage)
    qtbot.mouseClick(page.backups.back_up, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "backup" in program.shell.notices.text, timeout=10_000)


def test_the_guide_has_a_page_for_every_topic(program: Program) -> None:
    program.shell.show_page("help")
    page = program.shell.page
    assert isinstance(page, GuidePage)
    assert page.list.count() == len(topics()) >= 7
    for row, (title, _file) in enumerate(topics()):
        page.list.setCurrentRow(row)
        assert page.text.toPlainText().startswith(title)


def test_arabic_runs_from_right_to_left(qapp: QApplication, program: Program) -> None:
    speak(qapp, "ar")
    mirrored = Program(qapp, program.context.workspace, "ar")
    mirrored.shell.resize(1280, 800)
    mirrored.shell.show()
    assert mirrored.shell.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert mirrored.shell.navigation.x() > 0
    mirrored.shell.close()
    mirrored.close()
    mirrored.shell.deleteLater()


class _Failing:
    """What a slot or a job may raise."""

    def problem(self, _job: Job) -> None:
        raise IscmError(StoreProblem.STORE_IN_USE, store="elsewhere.iscmdb")

    def defect(self, _job: Job) -> None:
        raise ZeroDivisionError("a defect of ours")


def test_a_problem_in_the_worker_is_said_as_its_sentence(program: Program, qtbot: QtBot) -> None:
    program.runner.run(program.shell, _Failing().problem, lambda _nothing: None)
    qtbot.waitUntil(lambda: "elsewhere.iscmdb" in program.shell.notices.text)
    assert not log_path().exists()


def test_a_defect_is_logged_and_work_is_saved(
    program: Program, igc: str, qtbot: QtBot, stored: Callable[[str], str]
) -> None:
    program.shell.open_response(igc)
    page = program.shell.page
    page.editing.answer("ISC-A/ISC-A04", "Geneva")  # type: ignore[union-attr]
    program.runner.run(program.shell, _Failing().defect, lambda _nothing: None)
    qtbot.waitUntil(lambda: str(log_path()) in program.shell.notices.text)
    written = log_path().read_text(encoding="utf-8")
    assert "ZeroDivisionError" in written
    assert "in defect" in written
    assert stored("ISC-A/ISC-A04") == "Geneva"


def test_results_come_back_on_the_windows_thread_unless_nobody_waits(program: Program, qtbot: QtBot) -> None:
    owner, results = QObject(program.shell), list[int]()
    program.runner.run(owner, lambda _job: 7, results.append)
    qtbot.waitUntil(lambda: results == [7])
    gone = QWidget(program.shell)
    program.runner.run(gone, lambda _job: 8, results.append)
    gone.deleteLater()
    qtbot.waitUntil(lambda: not program.runner.is_busy)
    assert results == [7]


def test_a_job_reports_and_stops(program: Program, qtbot: QtBot) -> None:
    seen, results = list[tuple[int, int]](), list[int]()

    def work(job: Job) -> int:
        done = 0
        while not job.should_stop():
            done += 1
            job.task_progress.report(done, 10**9)
        return done

    job = program.runner.run(program.shell, work, results.append)
    job.progressed.connect(lambda done, total: seen.append((done, total)))
    qtbot.waitUntil(lambda: bool(seen))
    job.stop()
    qtbot.waitUntil(lambda: bool(results))


def _luminance(colour: QColor) -> float:
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in
             (colour.redF(), colour.greenF(), colour.blueF())]  # fmt: skip
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(ink: str | QColor, ground: str | QColor) -> float:
    """As the Web Content Accessibility Guidelines 2.2 define it."""
    light, dark = sorted((_luminance(QColor(ink)), _luminance(QColor(ground))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(tokens: Tokens) -> None:
    pairs = [(ink, ground) for ink in (tokens.text, tokens.muted, tokens.accent, tokens.bad)
             for ground in (tokens.page, tokens.surface)]  # fmt: skip
    pairs += [
        (tokens.text, tokens.hover),
        (tokens.text, tokens.accent_soft),
        (tokens.muted, tokens.accent_soft),
    ]
    pairs += [
        (tokens.warn, tokens.warn_soft),
        ("#ffffff", tokens.accent_fill),
        ("#ffffff", tokens.accent_hover),
    ]
    pairs += [(tokens.good, tokens.surface), (tokens.muted, tokens.track)]
    weak = [(ink, ground) for ink, ground in pairs if contrast(ink, ground) < 4.5]
    weak_badges = [tone for tone in Tone if contrast(tokens.ink(tone), tokens.ground(tone)) < 4.5]
    assert (weak, weak_badges) == ([], [])


def test_looking_at_every_page_starts_no_round(program: Program) -> None:
    """What is shown in a fresh store is what the first work would start, and no more."""
    for key in ("questionnaires", "rounds", "merge", "summaries", "settings"):
        program.shell.show_page(key)
    assert program.context.workspace.rounds.all() == ()
    assert program.context.workspace.rounds.proposed().title in program.shell.findChild(RoundButton).text()


@pytest.mark.parametrize(
    ("form_id", "typed", "found"), [("state", "tchad", "Chad"), ("iscm", "igc", "(IGC)")]
)
def test_the_list_of_respondents_narrows_whatever_kind_was_chosen_before(
    program: Program, qtbot: QtBot, form_id: str, typed: str, found: str
) -> None:
    dialog = NewQuestionnaireDialog(program.context, program.shell)
    dialog.show()
    dialog.show_kind("organization")
    dialog.show_kind(form_id)
    qtbot.keyClicks(dialog.respondent.line, typed)
    names = dialog.respondent.names
    assert names is not None
    shown = [
        str(names.completionModel().index(row, 0).data()) for row in range(names.completionModel().rowCount())
    ]
    assert shown == names.found()
    assert found in shown[0]
    assert dialog._hint.text().startswith("Choose a name from the list")
    dialog.reject()
