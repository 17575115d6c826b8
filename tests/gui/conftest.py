"""The window, whole and real, on a store of its own; only the screen and the file dialogs are stand-ins."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.i18n import use_language
from iscm_desktop.workspace import Workspace
from ui.app import Program, speak
from ui.form.form_page import FormPage
from ui.page.file_dialogs import FileDialogs
from ui.window.application import Application

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Silence is part of passing: a message of Qt fails its test."""
    for item in items:
        if _HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            # what the offscreen platform says of every window: no size hints, no raising, no grabbing
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


class ScriptedDialogs(FileDialogs):
    """Answers what the test has laid ready, where a person would choose a file."""

    def __init__(self) -> None:
        self.to_open: list[Path] = []
        self.to_save: Path | None = None
        self.proposed: Path | None = None

    def open_files(self, parent: QWidget, title: str, filters: str) -> list[Path]:
        return self.to_open

    def save_file(self, parent: QWidget, title: str, proposed: Path, filters: str) -> Path | None:
        self.proposed = proposed
        return self.to_save

    def folder(self, parent: QWidget, title: str, proposed: Path) -> Path | None:
        return self.to_save


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """The program's own application."""
    return Application


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "store.iscmdb") as opened:
        opened.set_person("Anna Berg", "IGC secretariat")
        yield opened


@pytest.fixture
def dialogs() -> ScriptedDialogs:
    return ScriptedDialogs()


@contextmanager
def shown_program(
    qapp: QApplication,
    qtbot: QtBot,
    workspace: Workspace,
    dialogs: ScriptedDialogs,
    language: str = "en",
    size: tuple[int, int] = (1280, 800),
) -> Iterator[Program]:
    """The program as it stands after its start, its window shown; all is gone afterwards, its language too."""
    made = Program(qapp, workspace, language, dialogs=dialogs)
    made.shell.resize(*size)
    made.shell.show()
    qtbot.waitExposed(made.shell)
    made.shell.activateWindow()
    yield made
    made.shell.close()
    made.close()
    made.shell.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    speak(qapp, "en")
    use_language("en")


@pytest.fixture
def program(
    qapp: QApplication, qtbot: QtBot, workspace: Workspace, dialogs: ScriptedDialogs
) -> Iterator[Program]:
    with shown_program(qapp, qtbot, workspace, dialogs) as made:
        yield made


@pytest.fixture
def igc(workspace: Workspace) -> str:
    """A response that nobody has filled in yet."""
    return workspace.responses.start("iscm", "igc")


@pytest.fixture
def form(program: Program, igc: str) -> FormPage:
    """The form of that response, in view."""
    program.shell.open_response(igc)
    page = program.shell.page
    assert isinstance(page, FormPage)
    return page


@pytest.fixture
def stored(workspace: Workspace, igc: str) -> Callable[[str], str]:
    """What a fresh look into the store finds at a path."""
    return lambda path: workspace.responses.open_session(igc).view(path).text
