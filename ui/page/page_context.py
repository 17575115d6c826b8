"""What all pages work with: the store, the worker, the look, and a way to speak to the person."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton

from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.page.file_dialogs import FileDialogs
from ui.page.job_runner import Job, JobRunner
from ui.page.notices import Notice
from ui.page.preferences import Preferences
from ui.widgets.connections import Carrier

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from iscm_desktop.workspace import Workspace
    from ui.page.spell_checker import SpellChecker

T = TypeVar("T")


class PageContext(QObject):
    """Handed to every page.

    Signals:
        noticed(Notice): somebody has something to say to the person.
        responses_changed: responses were added, saved, merged or taken back.
        round_changed: another round is the current one.
        backed_up: a backup was made, or none was due.
        saved(datetime): an answer has reached the disk.
        unsaved: something was typed that has not reached it yet.
        went_on: somebody did something else: what could be undone about the last action would now hit that.
        reload_wanted(response id): a response is another one than its form shows.
        response_wanted(response id, path): a page asks for a response, at a question where a path is given.
        review_wanted(response id): a page asks for review and export.
        page_wanted(key): a page asks for another page.
        files_wanted(paths): files are to be opened, each where it belongs.
        merged: answers came in or were taken back; a form that is open starts over from the store.
        restore_wanted(path): a backup is to take the place of the store; the window closes and opens again.
        protection_wanted(passphrase): the store is to be written anew behind it, or readable where it is "".
        lock_changed: the window is to lock itself after another while.
        discard_wanted: the practice round is to be thrown away, and its window closed.
        language_wanted(language): the window is to speak another language from now on.
    """

    noticed = Signal(object)
    responses_changed = Signal()
    round_changed = Signal()
    saved = Signal(object)
    backed_up = Signal()
    unsaved = Signal()
    went_on = Signal()
    response_wanted = Signal(str, str)
    reload_wanted = Signal(str)
    review_wanted = Signal(str)
    page_wanted = Signal(str)
    files_wanted = Signal(object)
    language_wanted = Signal(str)
    restore_wanted = Signal(object)
    protection_wanted = Signal(str)
    lock_changed = Signal()
    discard_wanted = Signal()
    merged = Signal()

    def __init__(
        self,
        workspace: Workspace,
        runner: JobRunner,
        preferences: Preferences,
        theme: WindowTheme,
        files: FileDialogs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.runner = runner
        self.preferences = preferences
        self.theme = theme
        self.files = files
        self._saver: ThreadPoolExecutor | None = None
        self._spelling: SpellChecker | None = None

    @property
    def spelling(self) -> SpellChecker:
        """Looks words up; made when somebody first comes to a long text."""
        if self._spelling is None:
            from ui.page.spell_checker import SpellChecker

            self._spelling = SpellChecker(self.preferences, self)
        return self._spelling

    @property
    def saver(self) -> ThreadPoolExecutor:
        """One thread for what was typed, so that no key waits for the disk, nor for the worker's long job."""
        if self._saver is None:
            from concurrent.futures import ThreadPoolExecutor

            self._saver = ThreadPoolExecutor(1, "iscm-saver")
        return self._saver

    def close(self) -> None:
        """Everything that was handed to the saver is on disk afterwards."""
        if self._saver is not None:
            self._saver.shutdown()
        if self._spelling is not None:
            self._spelling.close()

    def run_from(
        self, button: QAbstractButton, work: Callable[[Job], T], done: Callable[[T], None], owner: QObject
    ) -> None:
        """Runs work that a button began; the button cannot be pressed again while it lasts.

        Args:
            work: Runs on the worker thread.
            done: Receives the result on this thread, unless `owner` is gone.
        """
        button.setEnabled(False)
        job = self.runner.run(owner, work, done)
        job.ended.connect(Carrier(button, button.setEnabled, True).carry)

    def say(self, text: str, tone: Tone = Tone.GOOD) -> None:
        """A sentence over the foot of the page, which goes by itself and is kept in the list of messages."""
        self.noticed.emit(Notice(text, tone))
