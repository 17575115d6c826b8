"""Starts the window: opens the store, shows what is in it, and fetches the rest while the person looks."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.garbage_collection import freeze_objects
from iscm_desktop.i18n import (
    LANGUAGES,
    _,
    current_language,
    is_right_to_left,
    shown_date,
    spoken_languages,
    use_language,
)
from iscm_desktop.paths import resource, window_command
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.unlocking import is_protected
from ui.look.colours import Tone
from ui.look.shipped_fonts import add_shipped_fonts
from ui.look.theme import STYLE, STYLED, WindowTheme
from ui.opened_files.file_opener import FileOpener
from ui.page.file_dialogs import FileDialogs
from ui.page.job_runner import Job, JobRunner
from ui.page.notices import Notice
from ui.page.page_context import PageContext
from ui.page.preferences import Preferences
from ui.page.timers import single_shot
from ui.widgets.spoken_roles import use_spoken_roles
from ui.widgets.tab_order import focus_place, place_of_focus
from ui.window.application import Application
from ui.window.backup_watch import BackupWatch
from ui.window.failure_handler import FailureHandler
from ui.window.idle_verifier import IdleVerifier
from ui.window.shell import PAGES, Shell
from ui.window.start_checks import StartChecks

if TYPE_CHECKING:
    from ui.window.idle_lock import IdleLock

_IDLE_MS = 2000
"""For so long nothing was saved: time to bring what the log holds into the store's one file."""
_SETTLE_MS = 60
"""From the first picture on: time for the first key or click, before the worker's imports take turns with it."""
_NEEDED_BY_FORMS = (
    "ui.form.form_page", "ui.form.entry_table.entry_table_pane", "babel.numbers", "concurrent.futures.thread",
    "platformdirs", "re2",
)  # fmt: skip
"""What else a form imports, most of it with its first number, its first save and its first pattern."""

_SPOKEN = "iscm-spoken"
"""Property of the application: Qt's own texts are in a language that was chosen."""


def run(store: str | None = None, language: str | None = None, files: Sequence[Path] = ()) -> int:
    """Opens the window and returns its exit code when it is closed."""
    app = QApplication.instance() or styled_application(sys.argv[0])
    if not isinstance(app, QApplication):
        raise TypeError("another kind of Qt application is running")
    app.setApplicationName("ISCM Desktop")
    app.setDesktopFileName("iscm-desktop")
    app.setWindowIcon(QIcon(str(resource("icons", "iscm-desktop-64.png"))))
    try:
        workspace = _opened(app, store, language)
    except IscmError as problem:
        return _explain(app, problem, language)
    if workspace is None:
        return 0
    with workspace:
        program = Program(app, workspace, language, files)
        program.start()
        code = app.exec()
        program.close()
        delete(program.shell)  # while Qt is whole: left to the end of the interpreter, the order is chance
    if program.is_to_be_discarded:
        from iscm_desktop.workspace.practice_round import discard_practice

        discard_practice(workspace.store)
    if program.backup_to_restore is not None:
        from iscm_desktop.workspace.store_transfer import restore_backup

        try:
            restore_backup(program.backup_to_restore, workspace.store)
        except IscmError as problem:  # the store is as it was
            return _explain(app, problem, language)
    if program.passphrase_to_set is not None:
        from iscm_desktop.workspace.store_protection import protect_store

        try:
            protect_store(workspace.store, program.passphrase_to_set or None)
        except IscmError as problem:  # the store is as it was
            return _explain(app, problem, language)
    if program.is_to_start_again:
        from PySide6.QtCore import QProcess

        first, *rest = window_command(
            str(workspace.store)
        )  # the store is closed, so that another may open it
        QProcess.startDetached(first, rest)
    return code


def _opened(app: QApplication, store: str | None, language: str | None) -> Workspace | None:
    """The store, once the passphrase was typed where it has one; None where somebody would rather not."""
    try:
        return Workspace.open(store)
    except IscmError as problem:
        if problem.problem is not StoreProblem.STORE_PROTECTED:
            raise
        from ui.window.passphrase_dialog import PassphraseDialog

        speak(app, language or system_language())
        theme = WindowTheme(app, Preferences(None).mode, Preferences(None).text_scale)
        asking = PassphraseDialog(Path(str(problem.particulars["store"])), theme, None)
        return Workspace.open(store) if asking.exec() else None


def styled_application(name: str) -> QApplication:
    """The application of Qt, in the style of ours from the start."""
    app = Application([name, *STYLE])
    app.setProperty(STYLED, True)
    return app


def _explain(app: QApplication, problem: IscmError, language: str | None) -> int:
    """The store cannot be opened: say why, and change nothing."""
    from ui.window.start_failure import StartFailureWindow

    speak(app, language or system_language())
    theme = WindowTheme(app, Preferences(None).mode, Preferences(None).text_scale)
    refusal = StartFailureWindow(str(problem), theme)
    refusal.show()
    app.exec()
    return 1


def speak(app: QApplication, language: str) -> None:
    """Interface language, direction, and Qt's own texts (file dialogs, menus of text boxes); again for another one."""
    use_language(language)
    right_to_left = is_right_to_left()
    direction = Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
    app.setLayoutDirection(direction)
    is_plain = language == system_language() == LANGUAGES[0]
    if not is_plain or app.property(_SPOKEN):
        _speak_as_qt(app, language)
        app.setProperty(_SPOKEN, True)


def _speak_as_qt(app: QApplication, language: str) -> None:
    # QLocale takes 12 ms to import, for its lists of all languages: those who need it wait for it
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    QLocale.setDefault(QLocale(language))
    for earlier in app.findChildren(QTranslator):
        app.removeTranslator(earlier)
        earlier.deleteLater()
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(language), "qtbase", "_", folder):
        app.installTranslator(translator)


def system_language() -> str:
    """What the computer speaks, where we speak it; else English."""
    if sys.platform in ("win32", "darwin"):
        from PySide6.QtCore import QLocale

        name = QLocale.system().name()
    else:
        name = next((os.environ[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(key)), "")
    found = name.partition("_")[0]
    return found if found in spoken_languages() else LANGUAGES[0]


class Program:
    """Holds window, worker and store together for as long as the program runs."""

    def __init__(
        self,
        app: QApplication,
        workspace: Workspace,
        language: str | None = None,
        files: Sequence[Path] = (),
        dialogs: FileDialogs | None = None,
    ) -> None:
        self._app, self._files = app, files
        self._workspace, self._dialogs = workspace, dialogs or FileDialogs()
        self._preferences = Preferences(workspace)
        self._theme: WindowTheme | None = None
        self.is_to_start_again = False
        self.is_to_be_discarded = False
        self.backup_to_restore: Path | None = None
        self.passphrase_to_set: str | None = None  # "": the store is to be readable without one
        self._make_window(language or self._preferences.language or system_language())

    def _make_window(self, language: str) -> None:
        """The window with all that belongs to it, in a language."""
        speak(self._app, language)
        use_spoken_roles()
        if self._theme is None:  # after the language: its letters may need another font
            self._theme = WindowTheme(self._app, self._preferences.mode, self._preferences.text_scale)
        self.shell = Shell(self._theme, self._preferences)
        self._failures = FailureHandler(self._show_failure, self.shell.save)
        self.runner = JobRunner(self._failures.handle, self.shell)
        self.context = PageContext(
            self._workspace, self.runner, self._preferences, self._theme, self._dialogs, self.shell
        )
        self._idle = single_shot(self.shell, _IDLE_MS, self._on_idle)
        self.context.saved.connect(self._on_saved)
        self._settled = single_shot(self.shell, _SETTLE_MS, self._go_on)
        self._opening = single_shot(self.shell, 0, self._open_files)
        self._checker = JobRunner(self._failures.handle, self.shell)
        self._verifier = IdleVerifier(self.context, self._checker, self.shell)
        self._spoken = language
        self._retelling = single_shot(self.shell, 0, self._on_language_settled)
        self.context.discard_wanted.connect(self._on_discard_wanted)
        self.context.language_wanted.connect(self._on_language_wanted)
        self.context.restore_wanted.connect(self._on_restore_wanted)
        self.context.protection_wanted.connect(self._on_protection_wanted)
        self._checks = StartChecks(self.context, self.shell)
        self.lock = self._made_lock()
        self.shell.use_context(self.context)
        self.opener = FileOpener(self.context, self.shell)
        if isinstance(
            self._app, Application
        ):  # another one where somebody runs the window in a program of their own
            self._app.hand_files_to(self.opener.open)
        BackupWatch(self.context, self.shell.status)

    def _on_language_wanted(self, language: str) -> None:
        self._spoken = language
        self._retelling.start()

    def _on_language_settled(self) -> None:
        """Once whoever chose has returned, and no long work is in the way."""
        self.runner.when_idle(self._speak_anew)

    def _speak_anew(self) -> None:
        """Another window takes the place of this one: the same place, the same page, the keyboard where it was,
        and all that was typed saved.
        """
        before, key = self.shell, self.shell.page_key
        at = place_of_focus(before.page) if before.page is not None else -1
        before.save()
        self.close()
        self._make_window(self._spoken)
        self.shell.setGeometry(before.geometry())
        self.shell.setWindowState(before.windowState())
        if key in PAGES:
            self.shell.show_page(key)
        elif key.startswith("response:"):
            self.shell.open_response(key.partition(":")[2])
        self._failures.catch_all()
        self.shell.show()
        self.shell.activateWindow()
        if self.shell.page is not None:
            focus_place(self.shell.page, at)
        before.hide()
        before.deleteLater()
        self._verifier.put_off()
        self.context.backed_up.emit()
        self._open_files()

    def start(self) -> None:
        """Shows the window; the rest goes on once it is painted."""
        self._failures.catch_all()
        self.shell.painted.connect(self._on_painted)
        self.shell.show()

    def _go_on(self) -> None:
        """Once the window is painted: what the first action will need, and what there is to say."""
        freeze_objects()
        gc.enable()
        if add_shipped_fonts():
            self.shell.update()  # names in their scripts
        workspace = self.context.workspace
        self.runner.run(self.shell, self._warm_up, self._on_warm)
        self.runner.run(self.shell, lambda _job: workspace.backups.make_if_due(), self._on_backup_seen_to)
        if workspace.interrupted:
            self.shell.notices.show_notice(self._notice_of_start())
        self._checks.begin()
        self._verifier.put_off()
        if self._preferences.watched_folder:
            self.runner.when_idle(self._prepare_merging)  # with what the worker imports meanwhile
        if self._preferences.is_welcomed or workspace.person.name:
            self._open_files()
        else:  # whoever starts with a file answers in their name, too
            self._welcome()

    def _on_backup_seen_to(self, _path: Path | None) -> None:
        self.context.backed_up.emit()

    def _warm_up(self, _job: Job) -> None:
        """On the worker: what the first action will need, so that the first form opens as quickly as the next."""
        self.context.workspace.warm_up()
        for module in _NEEDED_BY_FORMS:
            import_module(module)
        shown_date(date(2000, 1, 1))  # reads how the language writes dates and numbers

    def _on_warm(self, _nothing: None) -> None:
        pass

    def _made_lock(self) -> IdleLock | None:
        """For a store behind a passphrase; None for any other."""
        store = self._workspace.store
        if self._workspace.is_shared or not is_protected(store):
            return None
        from ui.window.idle_lock import IdleLock

        made = IdleLock(self.context, self.shell, store)
        self.context.lock_changed.connect(made.start)
        return made

    def _prepare_merging(self) -> None:
        self.shell.prepare("merge")

    def _notice_of_start(self) -> Notice:
        """What there is to say; that saves may be missing is said at each start until somebody has seen to it."""
        workspace = self.context.workspace
        words = " ".join(workspace.interrupted)
        if not workspace.doubt:
            return Notice(words, Tone.WARN)
        return Notice(words, Tone.WARN, _("Take the store as it is"), self._on_doubt_settled)

    def _on_doubt_settled(self) -> None:
        self.context.workspace.forget_doubt()
        self.shell.notices.hide()

    def _on_painted(self) -> None:
        self._settled.start()

    def _on_saved(self) -> None:
        self._idle.start()

    def _on_idle(self) -> None:
        """A copy that somebody makes of the store's file has everything from then on."""
        self.context.saver.submit(self.context.workspace.complete_file)

    def close(self) -> None:
        """Waits for the work at hand: everything is on disk afterwards."""
        if isinstance(self._app, Application):
            self._app.hand_files_to(None)
        self._idle.stop()
        self._verifier.end()
        self._checker.close()
        self.context.close()
        self.runner.close()

    def _on_discard_wanted(self) -> None:
        self.is_to_be_discarded = self.shell.close()

    def _on_restore_wanted(self, backup: Path) -> None:
        """Only once the store is closed: `run` does it then, and starts the program again."""
        if self.shell.close():
            self.backup_to_restore, self.is_to_start_again = backup, True

    def _on_protection_wanted(self, passphrase: str) -> None:
        """Likewise."""
        if self.shell.close():
            self.passphrase_to_set, self.is_to_start_again = passphrase, True

    def _welcome(self) -> None:
        from ui.settings.welcome_dialog import WelcomeDialog

        dialog = WelcomeDialog(self.context, self.shell)
        dialog.finished.connect(self._on_welcomed)
        dialog.open()

    def _on_welcomed(self, _result: int) -> None:
        self._opening.start()  # by the next turn another language is wanted, where one was chosen

    def _open_files(self) -> None:
        """Those with which the program was started, once its window is the one that stays."""
        if self._files and self._spoken == current_language():
            files, self._files = self._files, ()
            self.opener.open(files)

    def _show_failure(self, text: str, is_ours: bool) -> None:
        self.shell.notices.show_notice(Notice(text, Tone.BAD if is_ours else Tone.WARN))
