"""Takes the pictures of the guide and of the README from the running program: `python build/guide_pictures.py`.

Without a screen, on a store of its own that is thrown away; what is answered in it is made up. Run it when what the
pictures show has changed.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402 - after the path and the platform
from PySide6.QtCore import QBuffer, QByteArray, QIODevice  # noqa: E402
from PySide6.QtGui import QImageWriter  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from iscm_desktop.questionnaire.form_paths import AnswerPath  # noqa: E402
from iscm_desktop.workspace import Workspace  # noqa: E402
from ui.app import Program, speak, styled_application  # noqa: E402
from ui.settings.backups_dialog import BackupsDialog  # noqa: E402

GUIDE = ROOT / "docs" / "guide" / "pictures"
FRONT = ROOT / "docs" / "pictures"
_SIZE = (1280, 800)
_COLOURS = 128
"""A window has few: the files are a third as large, and nobody sees it."""
_PATIENCE_S = 20.0
BODIES = "ISC-E/ISC-E02"


class Camera:
    """A program with its window, and the pictures that are taken of it."""

    def __init__(self, app: QApplication, workspace: Workspace) -> None:
        self._app = app
        self.program = Program(app, workspace, "en")
        self.shell = self.program.shell
        self.shell.resize(*_SIZE)
        self.shell.show()

    def wait(self, until: Callable[[], bool] = lambda: True, least: float = 0.4) -> None:
        """Lets the window work for a while, and until something is there."""
        began = time.monotonic()
        while time.monotonic() - began < least or not until():
            if time.monotonic() - began > _PATIENCE_S:
                raise TimeoutError("what the picture is of did not appear")
            self._app.processEvents()
            time.sleep(0.01)

    def take(self, name: str, widget: QWidget | None = None, folder: Path = GUIDE) -> None:
        """Keeps a picture of the window, or of a part of it."""
        self.wait()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write((widget or self.shell).grab().toImage())
        picture = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
        few = picture.quantize(_COLOURS, dither=Image.Dither.NONE)
        folder.mkdir(parents=True, exist_ok=True)
        few.save(folder / f"{name}.png", optimize=True)
        print(f"{folder.relative_to(ROOT)}/{name}.png", (folder / f"{name}.png").stat().st_size)  # noqa: T201 - a script


def _responses(workspace: Workspace) -> tuple[str, str]:
    """A mechanism's response that is far, and a State's that has begun."""
    workspace.rounds.start("2027", "Assessment 2027", due_on=date(2027, 4, 30))
    igc = workspace.responses.start("iscm", "igc")
    session = workspace.responses.open_session(igc)
    answers = {
        "ISC-A/ISC-A04": "IGC Secretariat",
        "ISC-B/ISC-B01": "1985",
        "ISC-B/ISC-B06": "It began in 1985 as an informal forum of a few States on asylum; migration came later.",
        "ISC-E/ISC-E20": "120000",
    }
    for path, text in answers.items():
        session.answer(path, text)
    for kind, name, met in (
        ("steering_committee", "Steering Group", "2026-10-14"),
        ("expert_or_technical", "Working Group on Data", "31.13.2025"),
    ):
        session.add_entry(AnswerPath(BODIES))
        entry = session.repeat(AnswerPath(BODIES)).entries[-1]
        for code, text in (("1", kind), ("2", name), ("5", met)):
            session.answer(AnswerPath(f"{entry.path}/ISC-E02.{code}"), text)
    workspace.responses.save(igc, session)
    return igc, workspace.responses.start("state", "KEN")


def main() -> None:
    """Takes them all."""
    app = QApplication.instance() or styled_application("guide")
    speak(app, "en")
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Workspace.open(Path(folder) / "answers.iscmdb", keys_in_files=True) as workspace,
    ):
        workspace.set_person("Anna Berg", "IGC secretariat")
        igc, kenya = _responses(workspace)
        workspace.backups.make()
        camera = Camera(app, workspace)
        _take_all(camera, igc, kenya)
        camera.shell.close()
        camera.program.close()


def _take_all(camera: Camera, igc: str, kenya: str) -> None:
    shell = camera.shell
    camera.take("questionnaires")
    shell.open_response(igc)
    shell.page.go_to(AnswerPath("ISC-B/ISC-B06"))
    camera.take("form")
    camera.take("form", folder=FRONT)
    shell.open_response(igc)
    shell.page.go_to(AnswerPath(BODIES))
    bodies = shell.page.form.widgets.repeats[AnswerPath(BODIES)]
    bodies.modes.show_mode("table")
    bodies.modes.chosen.emit("table")
    shell.page.go_to(AnswerPath(f"{bodies.path}/{next(iter(bodies.entries), '')}"))
    camera.take("table")
    shell.open_response(kenya)
    shell.page.show_section(AnswerPath("STA-C"))
    camera.take("offers")
    shell.open_review(igc)
    camera.take("review")
    shell.show_page("settings")
    camera.wait()
    shell.page.backups.all.click()
    dialog = shell.findChild(BackupsDialog)
    camera.wait(least=1.0)
    camera.take("backups", dialog)
    dialog.close()


if __name__ == "__main__":
    main()
    os._exit(0)  # what Qt frees at the end of an interpreter is chance
