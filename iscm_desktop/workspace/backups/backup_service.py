"""Backups of the store, by request and by themselves."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.file_names import shown_file
from iscm_desktop.i18n import _
from iscm_desktop.store import times
from iscm_desktop.store.database import backup, kept_backups
from iscm_desktop.store.database.backup import CopyTerms
from iscm_desktop.store.database.kept_backups import KeptBackup
from iscm_desktop.text_limits import is_storable
from iscm_desktop.workspace.backups import followed_protection
from iscm_desktop.workspace.backups.followed_protection import Followed, is_there
from iscm_desktop.workspace.backups.rehearsal import Rehearsal
from iscm_desktop.workspace.practice_mark import is_practice_file
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.workspace_context import WorkspaceContext

if TYPE_CHECKING:
    from iscm_desktop.workspace.backups.backup_contents import BackupContents

_DUE_AFTER = timedelta(days=1)
_DUE_AFTER_SAVES = 1000
_REHEARSED_EVERY = timedelta(days=30)
SECOND_PLACE, _SECOND_MADE, _REHEARSED = "backup.second_place", "backup.second_made", "backup.rehearsed"
"""Whatever the clock says: one that stands still, or begins anew with each start, never comes to a day."""


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A rotating backup."""

    path: Path
    made_at: datetime | None  # by the clock of that time; None where the copy does not say
    size: int  # bytes
    is_second: bool = False  # it lies in the second place


class BackupService:
    """The service behind "Back up now" and the daily backup.

    Attributes:
        remark: What to say of the newest copy although it is good; "" where nothing is.
        second_missed: Why the newest copy did not reach the second place, in words; "" where it did, or there is none.
    """

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context
        self.remark = ""
        self.second_missed = ""

    @property
    def folder(self) -> Path:
        """Where the rotating backups lie: beside the store, named after it."""
        return kept_backups.folder_of(self._context.database.path)

    def make(self, target: Path | None = None) -> Path:
        """A proven copy at `target` or, without one, among the rotating ones.

        Raises:
            IscmError: it could not be written; or the store holds what is not as it was written: then all earlier
                backups are kept, and the copy lies apart from them.
        """
        from iscm_desktop.store.verification.copy_proof import CopyProof  # late: a start needs none of it

        database = self._context.database
        stem = database.path.stem
        named = target or kept_backups.name_for(self.folder, stem, self._context.now())
        if not is_storable(str(named)):  # what runs is noted by its name
            raise IscmError(
                StoreProblem.BACKUP_NOT_MADE, target=shown_file(named), reason=_("its name is no text")
            )
        rotates = target is None and not database.is_shared
        kept = self._kept() if rotates else []
        least = 1 + max((one.number for one in kept), default=0)
        proof = CopyProof()
        terms = CopyTerms(proof, times.written(self._context.now()), least)
        self.remark = self.second_missed = ""
        database.settings.put(backup.RUNNING_BACKUP, str(named))
        try:
            database.copy_to(named, terms)
        except IscmError as error:
            if rotates and error.problem is StoreProblem.BACKUP_NOT_GOOD:
                kept_backups.drop_damaged(self.folder, stem, but=Path(str(error.particulars["copy"])))
            raise
        finally:
            with suppress(IscmError, sqlite3.Error):
                database.settings.put(backup.RUNNING_BACKUP, None)
                database.complete_file()
        if rotates:
            kept_backups.drop_oldest(self._kept(), named)
            self._copy_to_second_place(named)
            self._follow_if_behind()
        self.remark = proof.remark
        return named

    def make_if_due(self) -> Path | None:
        """Makes one unless nothing has changed since the newest, or little time and few saves have passed.

        None where none was due, and of a shared store: who keeps a server backs it up there.

        Raises:
            IscmError: as `make`.
        """
        if self._context.database.is_shared:
            return None
        self._follow_if_behind()
        kept = self._kept()
        return self.make() if not kept or self._is_due(kept[-1]) else None

    def follow_protection(self) -> Followed:
        """Writes every copy of the store that can be reached anew, so that it opens as the store does, and no other
        way."""
        second = self.second_place
        folders = [self.folder, *([second] if second else [])]
        database = self._context.database
        return followed_protection.follow(database, self._context.device, folders, second)

    def behind_words(self) -> tuple[str, ...]:
        """What to say where copies of the store do not follow its passphrase yet; mostly nothing."""
        if not followed_protection.are_behind(self._context.database):
            return ()
        second = self.second_place
        folders = [self.folder, *([second] if second else [])]
        store = self._context.database.path
        behind = followed_protection.copies_behind(store, folders, self._context.device)
        places = [str(one) for one in behind[:3]]
        if second is not None and not is_there(second):
            places.insert(0, str(second))
        if not places:
            return ()
        words = _(
            "The passphrase of your answers was set, changed or taken off, and there are copies that do not follow it "
            "yet and open as before: {places}. Make the place reachable and back up now, or delete them."
        )
        return (words.format(places=", ".join(places)),)

    def close_interrupted(self) -> tuple[str, ...]:
        """What to say about a backup during which the program was killed; removes what it left."""
        database = self._context.database
        if not database.is_shared:
            for folder in filter(None, [self.folder, self.second_place]):
                backup.remove_parts_in(folder, database.path.stem)
        behind = self.behind_words()
        noted = database.settings.value(backup.RUNNING_BACKUP)
        if noted is None:
            return behind
        backup.remove_parts(Path(noted))
        database.settings.put(backup.RUNNING_BACKUP, None)
        return (
            *behind,
            _(
                "The program ended during a backup. Your answers and the earlier backups are as they were; "
                "please back up again."
            ),
        )

    def rows(self) -> list[BackupRow]:
        """The rotating backups that are there, the newest first; those in the second place last."""
        if self._context.database.is_shared:
            return []
        followed_protection.recall_earlier_keys(self._context.database)
        found = [BackupRow(one.path, one.made_at, _size(one.path)) for one in reversed(self._kept())]
        second = self.second_place
        if second is not None:
            stem, device = self._context.database.path.stem, self._context.device
            there = kept_backups.own_backups(second, stem, device)
            found += [
                BackupRow(one.path, one.made_at, _size(one.path), is_second=True) for one in reversed(there)
            ]
        return found

    def contents(self, backup: Path) -> BackupContents:
        """What is in a backup, beside what the store has now.

        Raises:
            IscmError: it is no store, or damaged; or it is of a practice round, and the store is none.
        """
        from iscm_desktop.workspace.backups.backup_contents import contents_of

        rows = ResponseList(self._context).all()
        here = {row.id: (row.respondent_name, row.round, row.changed_at) for row in rows}
        found = contents_of(backup, here)
        if not self._context.is_practice and is_practice_file(backup):
            raise IscmError(StoreProblem.PRACTICE_STAYS_APART, file=backup, store=self._context.database.name)
        return found

    def looked_into(self) -> list[tuple[BackupRow, BackupContents | IscmError]]:
        """All rows, each with what is in it, or with why that cannot be read."""
        return [(row, self._contents_or_fault(row.path)) for row in self.rows()]

    def _contents_or_fault(self, backup: Path) -> BackupContents | IscmError:
        try:
            return self.contents(backup)
        except IscmError as fault:
            return fault

    @property
    def second_place(self) -> Path | None:
        """A folder, such as one on a USB stick, into which each rotating backup goes as well; None without one."""
        kept = self._context.database.settings.value(SECOND_PLACE)
        return Path(kept) if kept else None

    def set_second_place(self, folder: Path | None) -> None:
        """Chooses the second place, or none; what lies there stays.

        Raises:
            IscmError: it is the folder of the backups themselves, or cannot be written.
        """
        if folder is not None:
            folder = folder.expanduser().absolute()
            is_first = folder.resolve() == self.folder.resolve()
            if is_first or not is_there(folder) or not os.access(folder, os.W_OK):
                reason = _("it is the first place itself, or cannot be written")
                raise IscmError(StoreProblem.BACKUP_NOT_MADE, target=folder, reason=reason)
        self._context.database.settings.put(SECOND_PLACE, None if folder is None else str(folder))
        self._context.database.settings.put(_SECOND_MADE, None)

    @property
    def second_made_at(self) -> datetime | None:
        """When a backup reached the second place last; None where none did since it was chosen."""
        return _read_time(self._context.database.settings.value(_SECOND_MADE))

    def last_rehearsal(self) -> Rehearsal | None:
        """What trying a backup out came to last; None where that was never done."""
        kept = self._context.database.settings.value(_REHEARSED)
        at, _blank, rest = (kept or "").partition(" ")
        count, _blank, fault = rest.partition(" ")
        made_at = _read_time(at)
        return Rehearsal(Path(), made_at, int(count), fault) if made_at and count.isdecimal() else None

    def rehearse(self, should_stop: Callable[[], bool] = lambda: False) -> Rehearsal | None:
        """Tries the newest backup out as a store, in a place of its own; None where there is none.

        Raises:
            IscmError: there is no room for that; what the last one came to stays remembered.
            VerificationStopped: it was asked to stop; likewise.
        """
        kept = [] if self._context.database.is_shared else self._kept()
        if not kept:
            return None
        from iscm_desktop.workspace.backups.rehearsal import rehearse

        done = rehearse(kept[-1].path, self._context.now(), should_stop)
        words = f"{times.written(done.at)} {done.responses} {done.fault}".strip()
        self._context.database.settings.put(_REHEARSED, words)
        return done

    def rehearse_if_due(self, should_stop: Callable[[], bool] = lambda: False) -> Rehearsal | None:
        """For idle time: tries the newest backup out once a month.

        None where that is not due, is stopped, or has no room.
        """
        last = self.last_rehearsal()
        age = None if last is None else self._context.now() - last.at
        if age is not None and timedelta(0) <= age < _REHEARSED_EVERY:
            return None
        from iscm_desktop.store.verification.verification import VerificationStopped

        try:
            return self.rehearse(should_stop)
        except (VerificationStopped, IscmError):
            return None

    def made_at(self) -> tuple[datetime | None, ...]:
        """When the rotating backups that are there were made, the oldest first; each was proven then.

        None for one that does not say; none of a shared store, which is backed up where it lies.
        """
        return () if self._context.database.is_shared else tuple(one.made_at for one in self._kept())

    def _copy_to_second_place(self, made: Path) -> None:
        """Where it can be reached: a stick that is not there fails no backup, and it is said."""
        second = self.second_place
        if second is None:
            return
        from iscm_desktop.exchange.package.package_writer import replace_file  # late, as above

        stem, device = self._context.database.path.stem, self._context.device
        try:
            if not is_there(second):
                raise FileNotFoundError(errno.ENOENT, _("it is not there now"))
            replace_file(second / made.name, made.read_bytes())
        except (OSError, IscmError) as error:
            reason = error.particulars["reason"] if isinstance(error, IscmError) else error.strerror or error
            words = _("The backup did not reach the second place {folder}: {reason}.")
            self.second_missed = words.format(folder=second, reason=reason)
            return
        kept_backups.drop_oldest(kept_backups.own_backups(second, stem, device), second / made.name)
        self._context.database.settings.put(_SECOND_MADE, times.written(self._context.now()))

    def _follow_if_behind(self) -> None:
        if followed_protection.are_behind(self._context.database):
            with suppress(
                IscmError, OSError, sqlite3.Error
            ):  # the settings and the next start say what is left
                self.follow_protection()

    def _kept(self) -> list[KeptBackup]:
        return kept_backups.own_backups(self.folder, self._context.database.path.stem, self._context.device)

    def _is_due(self, newest: KeptBackup) -> bool:
        saves = self._context.database.saves - newest.saves
        if saves == 0:
            return False
        if newest.made_at is None or saves < 0 or saves >= _DUE_AFTER_SAVES:
            return True
        age = self._context.now() - newest.made_at
        return age >= _DUE_AFTER or age < timedelta(0)  # made in the future: one of the clocks was wrong


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _read_time(text: str | None) -> datetime | None:
    try:
        return times.read(text or "")
    except ValueError:
        return None
