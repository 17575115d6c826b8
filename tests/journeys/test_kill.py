"""`kill -9` while somebody types: nothing that was saved is lost, and no more than half a second of typing
is.

A child types into a real form session and saves as the window does: soon after a key, and never later than
half a second after it. It says what it has typed and what is saved. It is killed at a random moment; then the
store is opened, examined, and read. The children are forked from a process that has everything imported, so
that a life costs little.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import sys
import time
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

import pytest

from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import NAME, PARTNER, STORY, opened

LIVES = 50
SAVED_WITHIN_S = 0.5
LONGEST_LIFE_S = 0.35

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


def type_until_killed(store: Path, response: str, seed: int, tell: Connection) -> None:
    """The child: keys, pauses, entries added and removed; each save is told once it has returned."""
    chance = Random(seed)
    workspace = Workspace.open(store)
    session = workspace.responses.open_session(response)
    typed_at = 0.0
    for key in range(1_000_000):
        path = _next_key(session, chance, f"{seed}.{key} " + "word " * chance.randint(0, 60))
        typed_at = typed_at or time.monotonic()
        time.sleep(chance.choice((0.0, 0.001, 0.004)))
        if chance.random() < 0.3 or time.monotonic() - typed_at > SAVED_WITHIN_S / 2:
            workspace.responses.save(response, session)
            tell.send((path, session.view(path).text, time.monotonic() - typed_at))
            typed_at = 0.0


def _next_key(session: FormSession, chance: Random, text: str) -> AnswerPath:
    entries = session.repeat(PARTNER).entries
    if len(entries) > 3:
        session.remove_entry(entries[0].path)
    if not entries or chance.random() < 0.2:
        entry = session.add_entry(PARTNER)
        session.answer(f"{entry}/who", text)
        return f"{entry}/who"
    path = chance.choice((NAME, STORY))
    session.answer(path, text)
    return path


def live(store: Path, response: str, seed: int) -> list[tuple[AnswerPath, str, float]]:
    """One life of a child; gives what it said was saved."""
    context = multiprocessing.get_context("fork")
    hear, tell = context.Pipe(duplex=False)
    child = context.Process(target=type_until_killed, args=(store, response, seed, tell), daemon=True)
    child.start()
    tell.close()
    assert hear.poll(20), "the child never saved"
    time.sleep(Random(seed).random() * LONGEST_LIFE_S)
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    said = []
    try:
        while hear.poll():
            said.append(hear.recv())
    except (EOFError, OSError):  # killed in the middle of a word
        pass
    return said


def test_killed_while_typing(tmp_path: Path) -> None:
    with opened(tmp_path, "store") as workspace:
        response = workspace.responses.start("small", "igc")
        store = workspace.store
    del workspace
    acknowledged = 0
    for seed in range(LIVES):
        said = live(store, response, seed)
        acknowledged += len(said)
        with closing(sqlite3.connect(store)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        with Workspace.open(store) as workspace:
            session = workspace.responses.open_session(response)
            last = {path: text for path, text, _waited in said}
            assert all(_holds(session, path, text) for path, text in last.items())
        assert max(waited for _path, _text, waited in said) < SAVED_WITHIN_S
    assert acknowledged > LIVES


def _holds(session: FormSession, path: AnswerPath, text: str) -> bool:
    """Whether the last text acknowledged at a path is there, or one saved after it that nobody heard of."""
    try:
        found = session.view(path).text
    except KeyError:  # its entry was removed later
        return path.startswith(PARTNER)
    return found == text or _key(found) > _key(text)


def _key(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split()[0].split("."))
