"""Locks the window of a protected store when nobody has been at it for a while."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from iscm_desktop.i18n import _
from ui.page.page_context import PageContext
from ui.page.timers import single_shot

_DEEDS = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel}
)
_MINUTE_MS = 60_000


class IdleLock(QObject):
    """Hides the window, dialogs included, until the passphrase is typed. What was typed is on disk before.

    Made for protected stores only; the minutes are the person's, and 0 is never.
    """

    def __init__(self, context: PageContext, window: QWidget, store: Path) -> None:
        super().__init__(window)
        self._context, self._window, self._store = context, window, store
        self._hidden: list[QWidget] = []
        self._asking: QDialog | None = None
        self._timer = single_shot(self, _MINUTE_MS, self.lock)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.installEventFilter(self)
        self.start()

    @property
    def is_locked(self) -> bool:
        """Whether the window is hidden."""
        return bool(self._hidden)

    def start(self) -> None:
        """Counts the minutes anew, after they were changed as well."""
        minutes = self._context.preferences.lock_after
        self._timer.stop()
        if minutes and not self.is_locked:
            self._timer.start(minutes * _MINUTE_MS)

    def lock(self) -> None:
        """At once."""
        if self.is_locked:
            return
        self._hidden = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        for each in self._hidden:
            each.hide()
        self._ask()

    def _ask(self, refusal: str = "") -> None:
        from ui.window.passphrase_dialog import PassphraseDialog

        self._asking = PassphraseDialog(
            self._store, self._context.theme, None, is_locked=True, refusal=refusal
        )
        self._asking.finished.connect(self._on_answered)
        self._asking.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Of the whole application: somebody is there; and what work at hand shows while it is locked waits."""
        if event.type() in _DEEDS and self._timer.isActive():
            self._timer.start()
        elif event.type() == QEvent.Type.Show and self._asking is not None:
            self._hold_back(watched)
        return super().eventFilter(watched, event)

    def _hold_back(self, shown: QObject) -> None:
        if isinstance(shown, QWidget) and shown.isWindow() and not self._belongs_to_asking(shown):
            shown.hide()
            if shown not in self._hidden:
                self._hidden.append(shown)

    def _belongs_to_asking(self, widget: QWidget | None) -> bool:
        while widget is not None and widget is not self._asking:
            widget = widget.parentWidget()
        return widget is not None

    def _on_answered(self, result: int) -> None:
        hidden, self._asking = self._hidden, None
        if result != QDialog.DialogCode.Accepted.value:
            closing = QCloseEvent()
            QApplication.sendEvent(self._window, closing)  # it saves; and nobody sees it once more
            if not closing.isAccepted():
                self._ask(_("The last change cannot be saved. Type the passphrase and see to it."))
                return
            QApplication.quit()
            return
        self._hidden = []
        for each in hidden:
            if isValid(each):  # work at hand may have closed its dialog
                each.show()
        self.start()
