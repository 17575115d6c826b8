"""Whole stores that are copied or restored while the power fails.

F-09 Killed while restoring: there is a store at every moment, with what it held or with what the backup held; what it
     held lies in it or beside it.
F-10 Killed while a store is copied into another: the source is as it was; the copy is whole or not begun, and copying
     again completes it.
F-11 Killed while a passphrase is set, changed or taken off: the store is whole and opens with the one or the other;
     with the next backup all copies follow it, and nothing is left beside them.

`ISCM_FAULT_RUNS=60` (per kind) is the nightly number.
"""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.store.database import sqlite_engine, store_copy
from iscm_desktop.store.database.protected_files import salt_of
from iscm_desktop.store.verification import copy_proof
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.store_protection import protect_store
from iscm_desktop.workspace.store_transfer import copy_store, restore_backup
from iscm_desktop.workspace.unlocking import is_protected, unlock
from tests.support.faults import RUNS, Tell, assert_sound, killed, report
from tests.support.workspaces import NAME, STORY, Ticking, answer, exported, opened, text_at

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
assert copy_proof
assert sqlite_engine
assert store_copy  # imported before the children are born, who then spend their lives at work


def filled(folder: Path, name: str, story: str, responses: int = 12) -> tuple[Path, str]:
    with opened(folder, name) as workspace:
        for number in range(responses):
            response = workspace.responses.start("small", f"r{number}")
            answer(workspace, response, name=f"Respondent {number}", story=f"{story} " + "word " * 300)
            exported(workspace, response, folder / "out" / f"{name}-{number}.iscm")
        return workspace.store, response


def test_killed_while_restoring(tmp_path: Path) -> None:
    """F-09."""
    ended: Counter[str] = Counter()
    for seed in range(RUNS):
        folder = tmp_path / str(seed)
        folder.mkdir()
        store, response = filled(folder, "anna", "backed up")
        with Workspace.open(store, clock=Ticking()) as workspace:
            copy = workspace.backups.make()
            answer(workspace, response, story="typed after the backup")

        def act(tell: Tell, copy: Path = copy, store: Path = store) -> None:
            for _turn in range(50):
                tell(str(restore_backup(copy, store)))

        said, _has_ended = killed(act, Random(seed).random() * 0.3)
        assert store.is_file()
        with Workspace.open(store, clock=Ticking()) as workspace:
            assert workspace.interrupted == ()
            text = text_at(workspace, response, STORY)
            assert len(workspace.response_list.all()) == 12
        assert_sound(store)
        beside = sorted(folder.glob("anna.before-*.iscmdb"))
        assert {Path(str(one)) for one in said} <= set(beside)
        if text.startswith("backed up"):
            texts = []
            for path in beside:
                with Workspace.open(path, clock=Ticking()) as before:
                    texts.append(text_at(before, response, STORY))
            assert "typed after the backup" in texts
        assert [path.name for path in folder.iterdir() if "restoring" in path.name] == []
        assert_sound(copy)
        ended["killed, restored" if text.startswith("backed up") else "killed, as it was"] += 1
    report("restoring", ended)


def test_killed_while_copying_a_store(tmp_path: Path) -> None:
    """F-10."""
    ended: Counter[str] = Counter()
    source, response = filled(tmp_path, "anna", "answered")
    before = source.read_bytes()
    for seed in range(RUNS):
        folder = tmp_path / str(seed)
        folder.mkdir()

        def act(tell: Tell, folder: Path = folder) -> None:
            for turn in range(50):
                copy_store(str(source), str(folder / f"copy{turn}.iscmdb"))
                tell(turn)

        said, _has_ended = killed(act, Random(seed).random() * 0.4)
        whole = 0
        for path in sorted(folder.glob("copy*.iscmdb")):
            turn = int(path.stem.removeprefix("copy"))
            with Workspace.open(path, clock=Ticking()) as copy:
                is_whole = bool(copy.response_list.all())
            assert is_whole or turn not in said
            whole += is_whole
            if not is_whole:
                with suppress(IscmError):
                    copy_store(str(source), str(path))
            with Workspace.open(path, clock=Ticking()) as copy:
                assert len(copy.response_list.all()) == 12
                assert text_at(copy, response, NAME) == "Respondent 11"
            assert_sound(path)
        assert source.read_bytes() == before
        with Workspace.open(source, clock=Ticking()) as workspace:
            assert workspace.interrupted == ()
        before = source.read_bytes()
        ended[
            "killed in a copy" if len(said) < len(list(folder.glob("copy*.iscmdb"))) else "killed between"
        ] += 1
    report("copying stores", ended)


def test_killed_while_a_passphrase_is_set(tmp_path: Path) -> None:
    """F-11."""
    words = ("olive harbour nine", "another harbour", None)
    ended: Counter[str] = Counter()
    for seed in range(RUNS):
        folder = tmp_path / str(seed)
        folder.mkdir()
        store, response = filled(folder, "anna", "answered")
        with Workspace.open(store, clock=Ticking()) as workspace:
            for _copy in range(2):
                workspace.backups.make()
                answer(workspace, response, story="typed after the backup")

        def act(tell: Tell, store: Path = store) -> None:
            for turn in range(9):
                tell(protect_store(store, words[turn % 3]).is_protected)

        said, _has_ended = killed(act, 0.3 + Random(seed).random() * 3)
        if is_protected(store):
            for each in filter(None, words):
                with suppress(IscmError):
                    unlock(store, each)
        with Workspace.open(store, clock=Ticking()) as workspace:
            assert text_at(workspace, response, STORY) == "typed after the backup"
            assert workspace.backups.make()
            assert workspace.backups.behind_words() == ()
            assert len(workspace.backups.rows()) == 3
        assert_sound(store)
        copies = [store, *(folder / "anna-backups").iterdir()]
        assert len({salt_of(each) for each in copies}) == 1
        assert {path.name for path in folder.iterdir()} <= {
            "anna.iscmdb", "anna.iscmdb.lock", "anna-backups", "anna-keys", "out",
        }  # fmt: skip
        assert len(copies) == 4
        ended[f"killed after {len(said)}"] += 1
    report("protecting", ended)


def test_a_copy_into_a_store_that_holds_something_changes_nothing(tmp_path: Path) -> None:
    """F-10: also where the copy that was interrupted had come through."""
    source, _response = filled(tmp_path, "anna", "answered", responses=1)
    copy_store(str(source), str(tmp_path / "copy.iscmdb"))
    with pytest.raises(IscmError) as refused:
        copy_store(str(source), str(tmp_path / "copy.iscmdb"))
    assert refused.value.problem is StoreProblem.COPY_TARGET_TAKEN
