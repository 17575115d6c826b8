"""What happens when something fails: a problem is a sentence; a defect is logged and apologised for.

The only place of the window that catches what nobody expected. Work is saved before anything is shown.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from iscm_desktop.errors import IscmError
from iscm_desktop.failure_log import write_log
from iscm_desktop.i18n import _


class FailureHandler:
    """Turns any exception into words.

    Args:
        show: Shows a sentence to the person; the flag says whether it is our fault.
        save: Saves what is being typed; called first.
    """

    def __init__(self, show: Callable[[str, bool], None], save: Callable[[], None]) -> None:
        self._show, self._save = show, save
        self._is_handling = False

    def handle(self, failure: BaseException) -> None:
        """A problem is shown as it is; a defect is written to the log, and the sentence says where."""
        if isinstance(failure, IscmError):
            self._show(str(failure), False)
            return
        path = write_log(failure)
        self._show(self._apology(path), True)

    def _apology(self, path: Path) -> str:
        if self._try_saving():
            text = _(
                "Something went wrong in the program; we are sorry. Your answers are saved. "
                "What happened is written in {path}: please send that file to whoever looks after it."
            )
        else:
            text = _(
                "Something went wrong in the program, and the last answer could not be saved; we are sorry. "
                "Please copy it before you close the window. What happened is written in {path}."
            )
        return text.format(path=path)

    def _try_saving(self) -> bool:
        if self._is_handling:
            return False
        self._is_handling = True
        try:
            self._save()
        except Exception as failure:  # logged, and the sentence says that saving failed
            write_log(failure)
            return False
        finally:
            self._is_handling = False
        return True

    def catch_all(self) -> None:
        """From now on every exception that reaches the top of a slot comes here."""

        def hook(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
            if issubclass(kind, KeyboardInterrupt):
                sys.__excepthook__(kind, failure, trace)
            else:
                self.handle(failure)

        sys.excepthook = hook
