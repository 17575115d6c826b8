"""A practice round: a store of its own with sample answers, to try everything out in and to throw away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.i18n import _
from iscm_desktop.paths import data_folder, resource
from iscm_desktop.session.answer_filling import fill_session
from iscm_desktop.store.database.kept_backups import every_copy, folder_of
from iscm_desktop.store.objects.revision import SubjectId
from iscm_desktop.store.rescue.file_pages import MAGIC
from iscm_desktop.store.rows import Person
from iscm_desktop.workspace.key_service import key_folder
from iscm_desktop.workspace.unlocking import is_protected
from iscm_desktop.workspace.workspace import Workspace

_ROUND = "practice"
_DUE_IN = timedelta(days=30)
_WHOLE, _HALF, _BLANK = "igc", "nor", "ESP"
_SENT = {"nor": {"STA-A03": "Another focal point (sample)"}, "pol": {}, "sacm": {}}
"""What others "sent" in the round: whole responses, with answers that differ from the sample."""
_LEFT_OUT = 0.5
"""Of the sample's answers, so many are left for whoever practises."""


def practice_store() -> Path:
    """Where the practice round lies: beside the person's own store, and apart from it."""
    return data_folder() / "practice.iscmdb"


def practice_files(store: Path) -> tuple[Path, ...]:
    """The files to merge that were written beside a practice store, by name; none where somebody removed them."""
    return tuple(sorted(_files_folder(store).glob("*.iscm")))


def _files_folder(store: Path) -> Path:
    return store.with_name(f"{store.stem}-files")


def start_practice(person: Person, language: str = "", store: Path | None = None) -> Path:
    """The practice store, made where there is none yet; one that was begun goes on.

    Args:
        person: Who practises, so that nobody has to type their name again.
        language: Of the window; "" leaves it as it is at first.

    Raises:
        IscmError: the store is open elsewhere, cannot be written, or is one in which answers count; or where a new
            one would lie, its folders are taken, or those of another store.
    """
    path = store or practice_store()
    if path.exists():
        with Workspace.open(path, keys_in_files=True) as workspace:
            _check(workspace)
    else:
        _check_place(path)
        with Workspace.open(path, keys_in_files=True) as workspace:
            workspace.mark_as_practice()
            workspace.set_person(person.name or _("Somebody who practises"), person.organization)
            workspace.set_setting("welcomed", "yes")
            if language:
                workspace.set_setting("language", language)
            _fill(workspace)
    if not _files_folder(path).exists():
        _write_files(_files_folder(path))
    return path


def discard_practice(store: Path | None = None) -> None:
    """Throws the practice round away, its backups and keys included.

    What somebody else laid into its folders stays there, and so do these.

    Raises:
        IscmError: there is none, the store is open elsewhere, or is no practice store.
    """
    path = store or practice_store()
    if not path.exists():
        raise IscmError(StoreProblem.PRACTICE_NONE, store=path)
    with Workspace.open(path, keys_in_files=True) as workspace:
        _check(workspace)
        made = [_files_folder(path) / f"{name}.iscm" for name in _SENT]
        made += every_copy(folder_of(path), path.stem, workspace.device)
        made += workspace.keys.files()
    for file in made:
        with suppress(OSError):
            file.unlink()
    for folder in _folders(path):
        with suppress(OSError):  # not empty
            folder.rmdir()
    for ending in ("-wal", "-shm", "-journal", "", ".lock"):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink()


def _folders(store: Path) -> tuple[Path, ...]:
    return (_files_folder(store), folder_of(store), key_folder(store))


def _check_place(store: Path) -> None:
    """Raises an IscmError where the folders of a new store are there already, or would be another store's, too."""
    for folder in _folders(store):
        if folder.exists():
            raise IscmError(StoreProblem.PRACTICE_PLACE_TAKEN, place=folder)
    for other in store.parent.glob("*"):
        if other.stem.casefold() == store.stem.casefold() and _is_store(other):
            raise IscmError(StoreProblem.PRACTICE_PLACE_TAKEN, place=other)


def _is_store(file: Path) -> bool:
    try:
        with file.open("rb") as content:
            return content.read(len(MAGIC)) == MAGIC or is_protected(file)
    except OSError:  # a folder, or nothing that we may read
        return False


def _check(workspace: Workspace) -> None:
    """Raises an IscmError where answers in this store count."""
    if not workspace.is_practice:
        raise IscmError(StoreProblem.STORE_NOT_PRACTICE, store=workspace.store)


def _fill(workspace: Workspace) -> None:
    """One response that is whole, one that is begun, one where nobody has typed yet."""
    due = (workspace.now() + _DUE_IN).date()
    workspace.rounds.start(_ROUND, _("Practice round"), due)
    for name, share in ((_BLANK, 0.0), (_HALF, _LEFT_OUT), (_WHOLE, 1.0)):
        _answer(workspace, name, share)


def _write_files(folder: Path) -> None:
    """What another computer would have sent: so they come out of a store of their own, which is marked as well."""
    folder.mkdir(parents=True)
    with (
        TemporaryDirectory(prefix="iscm-practice-") as elsewhere,
        Workspace.open(Path(elsewhere) / "elsewhere.iscmdb", keys_in_files=True) as workspace,
    ):
        workspace.mark_as_practice()
        workspace.set_person(_("A sample colleague"), _("Elsewhere"))
        workspace.rounds.start(_ROUND, _("Practice round"), (workspace.now() + _DUE_IN).date())
        for name, others in _SENT.items():
            response = _answer(workspace, name, 1.0, others)
            workspace.exports.export(response, folder / f"{name}.iscm")


def _answer(
    workspace: Workspace, name: str, share: float, others: Mapping[str, str] | None = None
) -> SubjectId:
    """Starts a response with a share of a sample's answers, some of which may be others."""
    sample = json.loads(resource("demo", "answers", f"{name.lower()}.json").read_text(encoding="utf-8"))
    response = workspace.responses.start(sample["form"], sample["respondent"], round=_ROUND)
    given = list({**sample["answers"], **(others or {})}.items())
    session = workspace.responses.open_session(response)
    fill_session(session, dict(given[: round(len(given) * share)]))
    workspace.responses.save(response, session)
    return response
