"""A response that nobody keeps: a questionnaire as respondents will see it, in a store that goes when it is closed."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from iscm_desktop.i18n import _
from iscm_desktop.questionnaire import registers
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.workspace.workspace import Workspace

_ROUND = "preview"


class ScratchResponse:
    """Open from the start; `close` removes everything that was typed.

    Args:
        media: What the labels of the form show, by name.
    """

    def __init__(
        self, form: Questionnaire, language: str = "en", media: Mapping[str, bytes] | None = None
    ) -> None:
        folder = tempfile.mkdtemp(prefix="iscm-")
        # whoever ends before `close` had its turn leaves nothing either
        self._remove = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self.workspace = Workspace.open(Path(folder) / "preview.iscmdb", keys_in_files=True)
        self.workspace.rounds.start(_ROUND, _("Preview"))
        self.workspace.questionnaires.keep(form, media or {})
        self.response = self.workspace.responses.start(
            form.form_id, _somebody(form.form_id), round=_ROUND, language=language
        )

    def __enter__(self) -> ScratchResponse:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Nothing of it is left."""
        self.workspace.close()
        self._remove()


def _somebody(form_id: str) -> str:
    """Who answers a questionnaire for which only those of a register can."""
    return registers.territories()[0].code if form_id == "state" else _("Preview")
