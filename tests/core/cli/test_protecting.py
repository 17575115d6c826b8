"""A protected store on the command line: each command gets the passphrase from the environment, or says what it needs.

CP-01 Every command on a protected store ends, with its passphrase, with a wrong one, and without any.
CP-02 Setting a passphrase says which copies do not follow; input that is at its end sets none.
CP-03 Restoring over a protected store keeps its passphrase where that is known, and says where it is gone.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.cli.passphrases import STORE_PASSPHRASE
from iscm_desktop.store.database import protected_files
from iscm_desktop.workspace.unlocking import is_protected
from tests.core.cli.conftest import Said, Say

PASSPHRASE, OTHER = "olive harbour nine", "another harbour"


@pytest.fixture
def ask(say: Say, monkeypatch: pytest.MonkeyPatch) -> Iterator[Say]:
    """Runs a command as a program of its own, with a passphrase in its environment or none."""

    def run(*words: object, passphrase: str | None = None) -> Said:
        protected_files._given.clear()
        monkeypatch.delenv(STORE_PASSPHRASE, raising=False)
        if passphrase is not None:
            monkeypatch.setenv(STORE_PASSPHRASE, passphrase)
        return say(*words)

    yield run
    protected_files._given.clear()


@pytest.fixture
def store(ask: Say, tmp_path: Path) -> Path:
    """Protected, with a response and two backups; a backup without passphrase lies elsewhere."""
    ask("person", "--name", "Anna")
    assert ask("round", "new", "2027", "--title", "Assessment 2027").code == 0
    assert ask("new", "--questionnaire", "state", "--respondent", "KEN", "--round", "2027").code == 0
    assert ask("answer", "KEN", "STA-A/STA-A02", "Wanjiru").code == 0
    ask("backup", "-o", tmp_path / "elsewhere.iscmdb")
    ask("backup")
    (tmp_path / "words.txt").write_text(PASSPHRASE, encoding="utf-8")
    assert ask("store", "protect", "--passphrase-file", tmp_path / "words.txt").code == 0
    return tmp_path / "store.iscmdb"


@pytest.mark.parametrize(
    "words",
    [
        ["rescue", "{folder}/store.iscmdb", "-o", "{folder}/rescued.iscmdb"],
        ["verify"],
        ["backup", "--list"],
        ["store", "copy", "{folder}/store.iscmdb", "{folder}/copy.iscmdb"],
        ["store", "protect", "--remove"],
        ["restore", "--preview", "{folder}/elsewhere.iscmdb"],
    ],
)
def test_every_command_ends(ask: Say, store: Path, tmp_path: Path, words: list[str]) -> None:  # CP-01
    named = [word.format(folder=tmp_path) for word in words]
    assert "protected by a passphrase" in ask(*named).err
    assert "not the passphrase" in ask(*named, passphrase=OTHER).err
    done = ask(*named, passphrase=PASSPHRASE)
    assert "passphrase of" not in done.err
    assert done.code == 0
    for made in named:
        if made.endswith(("rescued.iscmdb", "copy.iscmdb")):
            assert is_protected(Path(made))
    assert is_protected(store) is ("--remove" not in words)


def test_input_at_its_end_is_no_passphrase(
    ask: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # CP-02
    def at_its_end(_asking: str) -> str:
        raise EOFError

    ask("person", "--name", "Anna")
    monkeypatch.setattr("iscm_desktop.cli.passphrases.getpass", at_its_end)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    done = ask("store", "protect")
    assert done.code == 1
    assert "too short" in done.err
    assert not is_protected(tmp_path / "store.iscmdb")


def test_a_second_place_that_is_away_is_named(ask: Say, store: Path, tmp_path: Path) -> None:  # CP-02
    stick = tmp_path / "stick"
    stick.mkdir()
    ask("backup", "--second-place", stick, passphrase=PASSPHRASE)
    stick.rmdir()
    done = ask("store", "protect", "--remove", passphrase=PASSPHRASE)
    assert done.code == 1
    assert str(stick) in done.out
    assert str(stick) in ask("backup", "--list").err


def test_a_restored_store_keeps_its_passphrase(ask: Say, store: Path, tmp_path: Path) -> None:  # CP-03
    done = ask("restore", tmp_path / "elsewhere.iscmdb", passphrase=PASSPHRASE)
    assert (done.code, is_protected(store)) == (0, True)
    assert "without a passphrase" not in done.out
    done = ask("restore", tmp_path / "elsewhere.iscmdb")
    assert (done.code, is_protected(store)) == (0, False)
    assert "without a passphrase" in done.out
