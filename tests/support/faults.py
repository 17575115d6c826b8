"""Work that is killed at a random moment, and what is looked at afterwards.

`ISCM_FAULT_RUNS=60` (per kind) is the nightly number; each kind prints how its runs ended.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

from iscm_desktop.store.database.sqlite_driver import connect_file
from iscm_desktop.store.objects.heads import states
from iscm_desktop.store.objects.items import items_of, revisions_of
from iscm_desktop.workspace import Workspace

RUNS = int(os.environ.get("ISCM_FAULT_RUNS", "4"))

Tell = Callable[[object], None]


def killed(act: Callable[[Tell], None], after_s: float) -> tuple[list[object], bool]:
    """Runs `act` in a child that is killed; gives what it told before, and whether it had ended by itself."""
    context = multiprocessing.get_context("fork")
    hear, tell = context.Pipe(duplex=False)
    child = context.Process(target=_live, args=(act, tell), daemon=True)
    child.start()
    tell.close()
    assert hear.poll(30), "the child never began"
    assert hear.recv() == "begun"
    child.join(after_s)
    has_ended = child.exitcode is not None
    if not has_ended:
        assert child.pid is not None
        os.kill(child.pid, signal.SIGKILL)
        child.join()
    assert child.exitcode in (0, -signal.SIGKILL)
    said: list[object] = []
    try:
        while hear.poll():
            said.append(hear.recv())
    except (EOFError, OSError):
        pass
    return said, has_ended


def _live(act: Callable[[Tell], None], tell: Connection) -> None:
    tell.send("begun")
    act(tell.send)


def assert_sound(store: Path) -> None:
    with closing(connect_file(store, "rw")) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []


def assert_summed_up(workspace: Workspace) -> None:
    """What follows from the revisions is what they come to, for every response."""
    with workspace._database.read() as db:
        for row in workspace.response_list.all():
            assert items_of(db, row.id) == states(revisions_of(db, row.id))


def report(kind: str, ended: Counter[str]) -> None:
    line = ", ".join(f"{count} {how}" for how, count in sorted(ended.items()))
    sys.stdout.write(f"\n{kind}: {sum(ended.values())} runs: {line}\n")
