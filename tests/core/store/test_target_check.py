"""What is written by name never takes the place of a store, nor of what is no ordinary file.

W-01 A store stays, whether it is open here, elsewhere or nowhere, and so does what lies beside it while it is open.
W-02 A copy of a store may take the place of an older one that is not open.
W-03 Devices, pipes and the like are left alone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.store.database.target_check import check_target
from iscm_desktop.workspace import Workspace


@pytest.fixture
def store(tmp_path: Path) -> Path:
    Workspace.open(tmp_path / "s.iscmdb").close()
    return tmp_path / "s.iscmdb"


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal", ".lock"])
@pytest.mark.parametrize("is_open", [True, False])
def test_a_store_is_not_written_over(store: Path, end: str, is_open: bool) -> None:
    """W-01"""
    opened = Workspace.open(store) if is_open else None
    link = store.with_name("another-name.pdf")
    link.hardlink_to(store)
    for target in (Path(f"{store}{end}"), link):
        with pytest.raises(IscmError) as refused:
            check_target(target)
        assert refused.value.problem is FileProblem.FILE_IS_STORE
    if opened is not None:
        opened.close()


def test_a_copy_may_replace_an_older_copy_and_nothing_that_is_open(store: Path, tmp_path: Path) -> None:
    """W-02"""
    with Workspace.open(tmp_path / "other.iscmdb") as other:
        other.backups.make(store)
        with pytest.raises(IscmError):
            other.backups.make(tmp_path / "other.iscmdb")
        assert other.rounds.all() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no names in folders there")
def test_what_is_no_ordinary_file_is_left_alone(tmp_path: Path) -> None:
    """W-03"""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for target in (pipe, Path(os.devnull)):
        with pytest.raises(IscmError) as refused:
            check_target(target)
        assert refused.value.problem is FileProblem.FILE_NOT_WRITTEN
    check_target(tmp_path / "new.pdf")
