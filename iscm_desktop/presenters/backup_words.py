"""What is said of backups: when they were made, what a restore would change, whether they were tried out."""

from __future__ import annotations

from datetime import datetime

from iscm_desktop.i18n import N_, _, ngettext, shown_date
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.backups.backup_contents import BackupContents, Standing
from iscm_desktop.workspace.backups.followed_protection import is_there
from iscm_desktop.workspace.backups.rehearsal import Rehearsal

_STANDINGS = {
    Standing.SAME: N_("as it is now"),
    Standing.OLDER: N_("older than now"),
    Standing.NEWER: N_("newer than now"),
    Standing.ONLY_THERE: N_("not in the store now"),
    Standing.ONLY_HERE: N_("not in the backup"),
}


def shown_time(at: datetime | None) -> str:
    """Day and time on this computer's clock; "?" where a backup does not say."""
    if at is None:
        return "?"
    local = at.astimezone()
    return f"{shown_date(local.date())} {local:%H:%M}"


def standing_words(standing: Standing) -> str:
    """How a response in a backup stands to the one in the store."""
    return _(_STANDINGS[standing])


def restore_words(contents: BackupContents) -> str:
    """What a restore of this backup would change, for who is about to do it."""
    lost = len(contents.would_lose)
    if not lost:
        return _("Nothing that is in the store now would be older or missing afterwards.")
    words = ngettext(
        "{count} response would be older, or missing. The store as it is now is kept beside the restored one, and "
        "can be opened again.",
        "{count} responses would be older, or missing. The store as it is now is kept beside the restored one, and "
        "can be opened again.",
        lost,
    )
    return words.format(count=lost)


def rehearsal_words(done: Rehearsal | None) -> str:
    """What trying a backup out came to."""
    if done is None:
        return _("No backup was tried out yet.")
    if done.fault:
        words = _(
            "The backup that was tried out on {date} is not good: {fault}. Back up now, and keep the old ones."
        )
        return words.format(date=shown_time(done.at), fault=done.fault)
    words = ngettext(
        "Tried out on {date}: the newest backup was restored in a place of its own, and its {count} response was "
        "whole.",
        "Tried out on {date}: the newest backup was restored in a place of its own, and its {count} responses were "
        "whole.",
        done.responses,
    )
    return words.format(date=shown_time(done.at), count=done.responses)


def second_place_words(workspace: Workspace) -> str:
    """Where else backups go, and since when they did; and which copies do not follow the store's passphrase yet."""
    backups = workspace.backups
    return " ".join(
        filter(None, (_second_place_words(workspace), backups.second_missed, *backups.behind_words()))
    )


def _second_place_words(workspace: Workspace) -> str:
    backups = workspace.backups
    folder, made_at = backups.second_place, backups.second_made_at
    if folder is None:
        return _("Backups lie on this computer only.")
    if not is_there(folder):
        words = _("The second place {folder} is not there now; the last backup went there: {date}.")
        return words.format(folder=folder, date=shown_time(made_at) if made_at else _("never"))
    if made_at is None:
        return _("The next backup goes to {folder}, too.").format(folder=folder)
    return _("Each backup goes to {folder}, too; the last: {date}.").format(
        folder=folder, date=shown_time(made_at)
    )
