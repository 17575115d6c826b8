"""The facade: every action of a person on one store, for the window and the command line alike.

Each service is imported when first used, for start-up has a budget: opening a workspace and listing its
responses needs neither SQLAlchemy nor a form session.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from iscm_desktop import paths
from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.failure_log import write_log
from iscm_desktop.store import times
from iscm_desktop.store.database.database import Database
from iscm_desktop.store.database.opening import open_database
from iscm_desktop.store.rows import Person
from iscm_desktop.text_limits import TypedText, checked, typed_name
from iscm_desktop.workspace.interrupted_operations import close_interrupted
from iscm_desktop.workspace.ledger.ledger_warnings import ledger_warnings
from iscm_desktop.workspace.practice_mark import is_practice, mark_practice
from iscm_desktop.workspace.services import WorkspaceServices
from iscm_desktop.workspace.store_doubt import remembered_doubt
from iscm_desktop.workspace.workspace_context import WorkspaceContext

if TYPE_CHECKING:
    from iscm_desktop.workspace.store_place import PlaceFault, PlaceWarning


class Workspace(WorkspaceServices):
    """An open store. Use it from one thread at a time; long work may run in a second one meanwhile."""

    def __init__(self, database: Database, clock: times.Clock, *, keys_in_files: bool = False) -> None:
        self.is_practice = is_practice(database)
        """Whether this store is a practice round: nothing in it counts."""
        keys_in_files = keys_in_files or self.is_practice
        super().__init__(WorkspaceContext.at(database, clock), keys_in_files=keys_in_files)
        self._database = database
        self.doubt = remembered_doubt(database)
        """That saves may be missing from the store, in words, until `forget_doubt`; mostly ""."""
        self.interrupted = (
            *filter(None, [self.doubt]),
            *close_interrupted(self._context),
            *self.backups.close_interrupted(),
            *ledger_warnings(self._context),
        )
        """Sentences about saves that may be missing, work that was interrupted when the program last ended, and ledgers
        that are not as they were signed; mostly none."""

    @classmethod
    def open(
        cls,
        store: str | Path | None = None,
        *,
        clock: times.Clock = times.now,
        keys_in_files: bool = False,
    ) -> Workspace:
        """Opens a store, made or upgraded first where needed; None is the person's own.

        Args:
            store: A file, or the address of a shared store, "postgresql+psycopg://name@server/database".
            keys_in_files: Private keys lie beside the store and not in the operating system's key store:
                for stores that are only tried and thrown away.

        Raises:
            IscmError: it is in use elsewhere, too new, damaged, not a store, or cannot be written.
        """
        database = open_database(store or paths.default_store())
        try:
            return cls(database, clock, keys_in_files=keys_in_files)
        except BaseException as error:
            database.close()  # or its lock would be held as long as the error is looked at
            _check_damage(database, error)
            raise

    def close(self) -> None:
        """Lets go of the store, and removes what was laid out of mails and archives, and for other programs."""
        if "packages" in vars(self):  # used, so it may have laid something out
            self.packages.close()
        if "opened_files" in vars(self):
            self.opened_files.close()
        if "attachments" in vars(self):
            self.attachments.close()
        self._database.close()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Closes the store.

        Raises:
            IscmError: an error that nobody foresaw ended the work, and the store is damaged.
        """
        self.close()
        if error is not None:
            _check_damage(self._database, error)

    # this computer

    @property
    def store(self) -> Path:
        """Its file; of a shared store, the file with what belongs to this computer."""
        return self._database.path

    @property
    def store_name(self) -> str:
        """What to call it on screens: its path, or its address without the password."""
        return self._database.name

    @property
    def is_shared(self) -> bool:
        """Whether other people may have the same store open."""
        return self._database.is_shared

    @property
    def device(self) -> str:
        """A random name for this store on this computer."""
        return self._context.device

    @property
    def person(self) -> Person:
        """Who works here, as they named themselves; blank names where nobody did."""
        return self._context.person

    def set_person(self, name: str, organization: str = "") -> None:
        """Remembers on this computer who works here; what nobody sees of the names goes.

        Raises:
            IscmError: a name is longer than files can hold, or holds what is no character.
        """
        checked(TypedText.PERSON, name)
        checked(TypedText.ORGANIZATION, organization)
        self._context.set_person(Person(typed_name(name), typed_name(organization)))

    def now(self) -> datetime:
        """The present by the clock of this workspace, aware."""
        return self._context.now()

    def mark_as_practice(self) -> None:
        """Makes a new store one in which nothing counts, for ever."""
        mark_practice(self._database)
        self.is_practice = True

    def forget_doubt(self) -> None:
        """Somebody has seen to the saves that may be missing, or takes the store as it is."""
        from iscm_desktop.workspace.store_doubt import forget_doubt

        forget_doubt(self._database)
        self.doubt = ""

    @property
    def known_damage(self) -> str:
        """What to say beside all that is written from a store that was not whole when verified last; else ""."""
        from iscm_desktop.workspace.last_verification import known_damage

        return known_damage(self._database)

    def place_warnings(self) -> tuple[PlaceWarning, ...]:
        """What may go wrong where the store lies, but for what somebody has said is known; none of a shared store."""
        from iscm_desktop.workspace.store_place import place_warnings

        if self._database.is_shared:
            return ()
        newest = max((row.changed_at for row in self.response_list.all()), default=None)
        found = place_warnings(self.store, self._context.now(), newest)
        return tuple(
            one for one in found if self.setting(f"place.{one.fault.value}") != str(self.store.parent)
        )

    def accept_place(self, fault: PlaceFault) -> None:
        """Somebody knows of it: it is not said again while the store lies where it does."""
        self.set_setting(f"place.{fault.value}", str(self.store.parent))

    def setting(self, key: str) -> str | None:
        """What the window keeps between two starts; None where it never did."""
        return self._database.settings.value(f"ui.{key}")

    def set_setting(self, key: str, value: str | None) -> None:
        """Keeps what the window remembers on this computer; None forgets it."""
        self._database.settings.put(f"ui.{key}", value)

    def complete_file(self) -> None:
        """Brings what was saved into the store's one file: on a second thread, when nobody is typing.

        What cannot be brought there now is safe in the log beside it, and comes with the next time.
        """
        with suppress(IscmError):
            self._database.complete_file()

    def warm_up(self) -> None:
        """Has at hand what the first action will need; for a second thread, once the window is there."""
        self._database.warm_up()
        _ = self.notes, self.offers
        around = (
            self.delegations.rows, self.queries.rows, self.queries.askable, self.conflicts.unsettled_paths,
            self.restrictions.rows, self.versions.of, self.sign_offs.of,
        )  # fmt: skip
        for response in self.responses.warm_up():
            with suppress(Exception):  # told to whoever opens it
                for read in around:
                    read(response)


def _check_damage(database: Database, error: BaseException) -> None:
    """Raises an IscmError where an error that nobody foresaw has a damaged store behind it."""
    if database.is_shared or isinstance(error, (IscmError, OSError)) or not isinstance(error, Exception):
        return
    from iscm_desktop.workspace.damage_notice import is_damaged_file

    if is_damaged_file(database.path):
        write_log(error)
        raise IscmError(StoreProblem.STORE_DAMAGED, store=database.path) from error
