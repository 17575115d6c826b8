"""What every open store can do, wherever it lies."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from pathlib import Path

from iscm_desktop.errors import IscmError
from iscm_desktop.store.database.backup import CopyTerms
from iscm_desktop.store.database.settings import Settings
from iscm_desktop.store.database.transaction import Transaction


class Database(ABC):
    """An open store; get one from `open_database`, and close it.

    Attributes:
        path: Its file; of a shared store, the file with what belongs to this computer.
        name: What to call it on screens: its path, or its address without the password.
        settings: What belongs to this computer, whoever else has the store open.
        is_shared: Several people on several computers may have it open.
        doubt: That saves may be missing from it, seen when it was opened; mostly None.
    """

    path: Path
    name: str
    settings: Settings
    is_shared: bool
    doubt: IscmError | None = None

    @abstractmethod
    def read(self) -> AbstractContextManager[Transaction]:
        """One view of the store, unmoved by what is written meanwhile; waits for nobody who writes."""

    @abstractmethod
    def write(self) -> AbstractContextManager[Transaction]:
        """One action of the person: all of it is on disk when the block ends, or none of it.

        Raises:
            IscmError: the disk is full or became read only, or the server has gone.
        """

    @abstractmethod
    def copy_to(self, target: Path, terms: CopyTerms) -> None:
        """A proven copy of everything in a file that opens like any store.

        Raises:
            IscmError: there is no room or no permission, or the copy is not good; the target is as it was.
        """

    @property
    def saves(self) -> int:
        """Grows with every transaction that changed more than settings; 0 of a shared store, where nobody counts."""
        return 0

    def complete_file(self) -> bool:
        """Brings everything that was acknowledged into the one file, so that a copy of it has all.

        False where somebody who reads is in the way; the next time does it. Nothing to do for a shared store.
        """
        return True

    @abstractmethod
    def close(self) -> None:
        """Lets go of it. What was written is safe without this."""

    def warm_up(self) -> None:
        """Imports what queries need that are not prepared; for a second thread, once the window is there."""
        with self.read() as db:
            _ = db.sql
