"""A passphrase in the window: what losing it means is said first; it is asked for at the start; the window locks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.database import protected_files
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.store_protection import protect_store
from tests.gui.conftest import Program
from ui.look.theme import WindowTheme
from ui.page.preferences import Preferences
from ui.settings.protection_card import SetPassphraseDialog, TakeOffDialog
from ui.settings.settings_page import SettingsPage
from ui.widgets.scroll_pane import ScrollPane
from ui.window.idle_lock import IdleLock
from ui.window.passphrase_dialog import PassphraseDialog

PASSPHRASE = "olive harbour nine"  # noqa: S105 - of a store that is thrown away
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    protected_files._given.clear()


@pytest.fixture
def protected(tmp_path: Path) -> Path:
    store = tmp_path / "protected.iscmdb"
    with Workspace.open(store, keys_in_files=True) as workspace:
        workspace.set_person("Anna Berg", "IGC secretariat")
    protect_store(store, PASSPHRASE)
    return store


def _settings(program: Program) -> SettingsPage:
    program.shell.show_page("settings")
    page = program.shell.page
    assert isinstance(page, SettingsPage)
    return page


def test_what_losing_it_means_is_said_before_it_is_set(program: Program, qtbot: QtBot) -> None:
    qtbot.mouseClick(_settings(program).protection.set, LEFT)
    dialog = program.shell.findChild(SetPassphraseDialog)
    assert isinstance(dialog, SetPassphraseDialog)
    pane = dialog.findChild(ScrollPane)
    assert pane is not None
    qtbot.waitUntil(lambda: dialog.isVisible() and pane.verticalScrollBar().maximum() == 0)
    assert "the new passphrase" in dialog.missing.text()
    qtbot.keyClicks(dialog.first, "short")
    assert "8 characters" in dialog.problem()
    dialog.first.clear()
    qtbot.keyClicks(dialog.first, PASSPHRASE)
    qtbot.keyClicks(dialog.second, "olive x")
    assert dialog.problem()
    dialog.second.clear()
    qtbot.keyClicks(dialog.second, PASSPHRASE)
    assert not dialog.primary.isEnabled(), "nobody has said yet that they know"
    assert "the tick" in dialog.missing.text()
    dialog.knows.click()
    assert dialog.missing.text() == ""
    qtbot.mouseClick(dialog.primary, LEFT)
    assert (program.passphrase_to_set, program.is_to_start_again) == (PASSPHRASE, True)


def test_at_the_start_a_wrong_one_is_refused_and_the_right_one_opens(
    protected: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    protected_files._given.clear()
    theme = WindowTheme(qapp, Preferences(None).mode, 100)
    dialog = PassphraseDialog(protected, theme, None)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.box, "something else")
    qtbot.mouseClick(dialog.primary, LEFT)
    assert "not the passphrase" in dialog.problem()
    dialog.box.clear()
    qtbot.keyClicks(dialog.box, PASSPHRASE)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.primary, LEFT)
    with Workspace.open(protected, keys_in_files=True) as workspace:
        assert workspace.person.name == "Anna Berg"


def _asking(lock: IdleLock) -> PassphraseDialog:
    assert isinstance(lock._asking, PassphraseDialog)
    return lock._asking


def test_the_window_of_a_protected_store_locks_itself(
    protected: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    with Workspace.open(protected, keys_in_files=True) as workspace:
        program = Program(qapp, workspace, "en")
        program.shell.show()
        assert isinstance(program.lock, IdleLock)
        program.lock._timer.timeout.emit()
        assert not program.shell.isVisible()
        asking = _asking(program.lock)
        qtbot.keyClicks(asking.box, "something else")
        qtbot.mouseClick(asking.primary, LEFT)
        assert not program.shell.isVisible()
        asking.box.clear()
        qtbot.keyClicks(asking.box, PASSPHRASE)
        qtbot.mouseClick(asking.primary, LEFT)
        qtbot.waitUntil(program.shell.isVisible)
        page = _settings(program)
        assert page.protection.take_off.isVisibleTo(page)
        QTest.mouseClick(page.protection.take_off, LEFT)
        asked = program.shell.findChild(TakeOffDialog)
        assert isinstance(asked, TakeOffDialog)
        qtbot.keyClicks(asked.present, PASSPHRASE)
        qtbot.mouseClick(asked.primary, LEFT)
        assert program.passphrase_to_set == ""
        program.close()
        program.shell.deleteLater()


def test_who_does_not_know_it_never_sees_the_window_again(
    protected: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    with Workspace.open(protected, keys_in_files=True) as workspace:
        program = Program(qapp, workspace, "en")
        program.shell.show()
        assert isinstance(program.lock, IdleLock)
        program.lock.lock()
        late = QMessageBox(program.shell)  # of work that was at hand
        late.show()
        assert not late.isVisible()
        monkeypatch.setattr(program.shell, "save", lambda: seen.append("saved"))
        monkeypatch.setattr(program.shell, "showEvent", lambda _event: seen.append("shown"))
        monkeypatch.setattr(QApplication, "quit", lambda: seen.append("ended"))
        _asking(program.lock).reject()
        assert seen == ["saved", "ended"]
        assert not program.shell.isVisible()
        assert not late.isVisible()
        program.close()
        program.shell.deleteLater()


def test_a_locked_window_with_something_unsaved_does_not_close(
    protected: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise IscmError(StoreProblem.STORE_NOT_WRITTEN, store="a stick", reason="it is full")

    with Workspace.open(protected, keys_in_files=True) as workspace:
        program = Program(qapp, workspace, "en")
        program.shell.show()
        assert isinstance(program.lock, IdleLock)
        program.lock.lock()
        monkeypatch.setattr(program.shell, "save", full)
        monkeypatch.setattr(QApplication, "quit", lambda: pytest.fail("it was closed"))
        _asking(program.lock).reject()
        again = _asking(program.lock)
        assert "cannot be saved" in again.problem()
        assert not program.shell.isVisible()
        qtbot.keyClicks(again.box, PASSPHRASE)
        qtbot.mouseClick(again.primary, LEFT)
        assert program.shell.isVisible()
        monkeypatch.undo()
        program.shell.close()
        program.close()
        program.shell.deleteLater()


def test_a_store_without_one_never_locks(program: Program) -> None:
    assert program.lock is None
