"""A window on a store with one response to a form, in which somebody fills in: `python -m … STORE FORM [RESPONDENT]`.

FORM is a file, or the id of a questionnaire that is shipped.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from iscm_desktop.workspace import Workspace
from ui.app import Program


def main(store: str, form: str, respondent: str = "somebody") -> None:
    app = QApplication(["iscm-desktop", "-style", "fusion"])
    with Workspace.open(Path(store), keys_in_files=True) as workspace:
        workspace.set_person("Anna Berg", "IGC secretariat")
        form_id = workspace.responses.add_questionnaire(Path(form)) if Path(form).suffix else form
        response = workspace.responses.start(form_id, respondent)
        program = Program(app, workspace, "en")
        program.shell.resize(1280, 800)
        program.start()
        program.shell.open_response(response)
        app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
