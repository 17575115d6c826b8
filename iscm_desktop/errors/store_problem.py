"""Problems with the store."""

from __future__ import annotations

from iscm_desktop.errors.problem import Problem
from iscm_desktop.i18n import N_


class StoreProblem(Problem):
    """Problems with the store."""

    BACKUP_NOT_MADE = N_(
        "No backup could be made at '{target}': {reason}. The store itself is as it was. "
        "Choose another folder, or make room, then try again."
    )
    BACKUP_NOT_GOOD = N_(
        "No good backup could be made, for the store itself is damaged: {reason}. Nothing was changed, and all earlier "
        "backups are kept. A copy of the store as it is now lies in '{copy}'; it does not count as a backup. Verify "
        "the store, merge the files again that you received, or restore the newest backup."
    )
    BACKUP_NOT_RESTORED = N_(
        "The backup '{backup}' is damaged and was not restored: {reason}. The store is as it was. "
        "Choose an earlier backup."
    )
    BACKUP_NOT_TRIED = N_(
        "The backup '{backup}' could not be tried out: {reason}. Nothing is known against it, and the store is as it "
        "was. Make room in the folder for temporary files, then try again."
    )
    STORE_IN_USE = N_(
        "Another copy of the program is using the store '{store}'. Nothing was changed. "
        "Go on in the window that is open already, or close it and start again."
    )
    STORE_DAMAGED = N_(
        "The store '{store}' is damaged where it was to be read. Nothing was changed. Put the newest good file from "
        "its folder of backups in its place (iscm restore), or take what can be read into a new store (iscm rescue)."
    )
    NOTHING_RESCUED = N_(
        "No answer could be found in '{store}', so no new store was made, and the file is as it was. "
        "Look whether it is the right file, or take a backup (iscm restore) and merge the received files again."
    )
    RESPONSE_DAMAGED = N_(
        "The response of {respondent} is not what was answered: something in it was changed or is missing in the "
        "store ({paths}). So nothing was written, signed or vouched for, and what is here was left as it is. Look what "
        "it is with `iscm verify` or on the page Proof; then merge the file again that has it (`iscm verify --against "
        "FOLDER --repair`), or put a good backup in the store's place."
    )
    STORE_NOT_OPENED = N_(
        "The store '{store}' could not be opened for writing: {reason}. Nothing was changed. "
        "Look whether the folder can be written to and the disk has room, or choose another place with --store."
    )
    STORE_NOT_PRACTICE = N_(
        "The store '{store}' is no practice round: the answers in it count. Nothing was changed. Name another file."
    )
    PRACTICE_NONE = N_(
        "There is no practice round at '{store}'. Nothing was changed. Begin one, or name another place."
    )
    PRACTICE_PLACE_TAKEN = N_(
        "'{place}' is there already, and a practice round would use it as its own. Nothing was changed. "
        "Move it elsewhere, or name another place for the practice round."
    )
    PRACTICE_STAYS_APART = N_(
        "'{file}' comes out of a practice round, in which nothing counts, and '{store}' is no place for one. Nothing "
        "was changed. Choose another file, or name the store of the practice round."
    )
    STORE_NOT_OURS = N_(
        "The file '{store}' is not a store of this program. Nothing was changed. Choose another file or a new name."
    )
    STORE_MOVED = N_(
        "The store '{store}' is no longer where it was opened: its file was moved, renamed, deleted or replaced, or a "
        "link was put in its place. What was saved before lies in that file. What you typed since is in this window "
        "only and is not saved: leave the window open, put the file back under its name, then save again. If the file "
        "is gone for good, copy what you typed, and put back the newest backup."
    )
    STORE_LINKED = N_(
        "The store '{store}' has got a second name (a hard link) while it is open, and two names of one store lose "
        "answers. What was saved before is safe. What you typed since is in this window only and is not saved: leave "
        "the window open, remove the second name, then save again."
    )
    STORE_LOG_LOST = N_(
        "The file '{log}', which belongs to the store '{store}' while it is open, was deleted or replaced. What was "
        "saved before is safe if the program is closed in the usual way. What you typed since is in this window only "
        "and is not saved: copy it, close the window, start again and enter it."
    )
    STORE_OVERWRITTEN = N_(
        "The store '{store}', or its file that ends in -wal, was overwritten, emptied or cut short by another program "
        "while it is open here, and some of what was saved before may be lost with it. What you typed since is in this "
        "window only and is not saved: copy it, then close the program, so that nothing more is written. Put back the "
        "newest backup, or the file itself if you have it elsewhere, and merge the received files again."
    )
    STORE_SET_BACK = N_(
        "The store '{store}' holds less than was saved in it: an older copy was put in its place, or it was deleted "
        "or cut short. What is in it now is shown, and nothing else was changed. If you did not do this on purpose, "
        "look for the newer file, or in the folder of backups, before you go on."
    )
    STORE_WITHOUT_LOG = N_(
        "The store '{store}' was copied while the program was using it, and its file '{log}' did not come along: the "
        "last answers that were saved may be missing here. What is in it is shown, and nothing was changed. Close the "
        "program on the first computer and copy the store again, or put both files beside each other."
    )
    STORE_NOT_WRITTEN = N_(
        "The last change could not be written to the store '{store}': {reason}. What was saved before is safe. "
        "Make room on the disk or make the folder writable; leave this window open and save again."
    )
    SHARED_ADDRESS = N_(
        "'{store}…' is not the address of a shared store. Nothing was changed. "
        "It looks like postgresql+psycopg://name@server/database; ask whoever keeps the server for yours."
    )
    SHARED_DRIVER_MISSING = N_(
        "This installation cannot reach shared stores: it lacks the driver for PostgreSQL. Nothing was changed. "
        "Install the program together with its 'shared' part, or choose a store on this computer."
    )
    SHARED_LOST = N_(
        "The shared store '{store}' could not be reached any more: {reason}. What was saved before is safe there. "
        "Look whether the network is there, leave this window open, and save again."
    )
    SHARED_UNREACHABLE = N_(
        "The shared store '{store}' could not be reached: {reason}. Nothing was changed. "
        "Look whether the network and the server are there and the address is right, then start again."
    )
    COPY_TARGET_TAKEN = N_(
        "The store '{store}' holds something already, so nothing was copied. Choose a new file or an empty database."
    )
    STORE_TOO_NEW = N_(
        "The store '{store}' was made by a newer version of this program. Nothing was changed. "
        "Install the newer version on this computer, or choose another store."
    )
    STORE_PROTECTED = N_(
        "The store '{store}' is protected by a passphrase. Nothing was opened. Give the passphrase; without it nobody "
        "can read what is in it."
    )
    PASSPHRASE_WRONG = N_(
        "That is not the passphrase of '{store}'. Nothing was opened or changed. Look at capital letters and at the "
        "language of the keyboard, then try again."
    )
    PASSPHRASE_SHORT = N_(
        "The passphrase is too short to protect anything: it needs {fewest} characters at least. Nothing was changed. "
        "Several words that you remember are best."
    )
    PROTECTION_NEEDS_FILE = N_(
        "'{store}' is no file on this computer, so no passphrase can be set on it. Nothing was changed. "
        "Whoever keeps the server decides who may read it."
    )
