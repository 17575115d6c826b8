"""A child process that does the whole job, or opens the window, and says which sockets were opened meanwhile.

    python -m tests.journeys.watched job|window|socket FOLDER

Every socket that Python code opens passes the interpreter's audit hook; those of libraries written in C++ are
found among the open files. "socket" opens one, to prove that it would be seen.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

SEEN: list[str] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith("socket."):
        SEEN.append(f"{event} {arguments[1:]!r}")


def _look_at_open_files() -> None:
    """Linux only; elsewhere the hook has to do."""
    for link in Path("/proc/self/fd").glob("*"):
        try:
            target = str(link.readlink())
        except OSError:
            continue
        if target.startswith("socket:"):
            SEEN.append(f"open file {target}")


def job(folder: Path) -> None:
    """Fill in, export, merge, print; by the same steps as the self-check, and a backup."""
    from iscm_desktop.self_check import check_everything
    from iscm_desktop.workspace import Workspace

    faults = [step for step in check_everything() if step.fault]
    if faults:
        raise RuntimeError(str(faults))
    with Workspace.open(folder / "store.iscmdb") as workspace:
        response = workspace.responses.start("iscm", "igc")
        session = workspace.responses.open_session(response)
        session.answer("ISC-A/ISC-A01", "igc")
        workspace.responses.save(response, session)
        made = workspace.exports.export(response, folder / "igc.iscm")
        workspace.packages.apply(workspace.packages.plan([made.path]))
        workspace.documents.write_questionnaire(response, folder / "igc.pdf")
        workspace.backups.make()
        _look_at_open_files()


def window(folder: Path) -> None:
    """The window, until its second thread has done what follows the first picture."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from ui.app import run

    app = QApplication(["watched"])

    def close() -> None:
        _look_at_open_files()
        app.closeAllWindows()
        app.quit()

    QTimer.singleShot(1500, close)
    run(str(folder / "store.iscmdb"))


def socket(_folder: Path) -> None:
    import socket as sockets

    sockets.socket().close()


def main(what: str, folder: str) -> None:
    sys.addaudithook(_watch)
    does: dict[str, Callable[[Path], None]] = {"job": job, "window": window, "socket": socket}
    does[what](Path(folder))
    sys.stdout.write(json.dumps(SEEN) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
