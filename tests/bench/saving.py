"""One answer until it is on disk, beside one bare fsync and one bare commit of SQLite on the same disk."""

from __future__ import annotations

import os
import sqlite3
import statistics
from pathlib import Path

from iscm_desktop.session.form_session import FormSession
from iscm_desktop.workspace import Workspace
from tests.bench import samples, timing
from tests.bench.figures import Aim, Figure, table, times
from tests.bench.options import Options

_SAVES = 400
_PATH = "ISC-A/ISC-A04"


def bench(options: Options) -> str:
    with samples.opened(options.folder / "store.iscmdb") as workspace:
        response = samples.respond(workspace, "igc")
        session = workspace.responses.open_session(response)
        path = session.view(_PATH.rpartition("/")[2]).path
        plain = _plain_store(options.folder / "plain.db")
        with (options.folder / "plain.bin").open("wb", buffering=0) as file:
            syncs, commits, answers, saves = [], [], [], []
            for number in range(_SAVES):
                syncs.append(timing.seconds(lambda: _sync(file.fileno())) * 1000)
                commits.append(timing.seconds(lambda at=number: _commit(plain, at)) * 1000)  # type: ignore[misc]
                text = f"A. Person, head of unit {number}"
                answers.append(timing.seconds(lambda typed=text: session.answer(path, typed)) * 1000)  # type: ignore[misc]
                saves.append(timing.seconds(lambda: _save(workspace, response, session)) * 1000)
        plain.close()
    figures = [
        _figure("median", 0.5, saves, syncs, "fsync"),
        _figure("median", 0.5, saves, commits, "WAL commit"),
        _figure("99th percentile", 0.99, saves, syncs, "fsync", Aim(5)),
        _figure("99th percentile", 0.99, saves, commits, "WAL commit", times(8.3)),
        Figure("the answer in the session, before it is stored", statistics.median(answers), "ms"),
    ]
    notes = (
        f"{_SAVES} answers, in turns with both references.",
        "5 ms is meant for a disk whose bare commit takes 0.6 ms at the 99th percentile: 8.3 times.",
    )
    return table("store: an answer durably stored", figures, notes)


def _figure(
    what: str, share: float, ours: list[float], beside: list[float], name: str, aim: Aim | None = None
) -> Figure:
    return Figure(
        f"an answer stored, {what}", timing.percentile(ours, share), "ms",
        timing.percentile(beside, share), name, aim,
    )  # fmt: skip


def _plain_store(path: Path) -> sqlite3.Connection:
    plain = sqlite3.connect(path, isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("PRAGMA synchronous = FULL")
    plain.execute("CREATE TABLE draft (path TEXT PRIMARY KEY, value TEXT)")
    plain.execute("INSERT INTO draft VALUES ('a', '')")
    return plain


def _sync(file: int) -> None:
    os.write(file, b"x" * 4096)
    os.fsync(file)


def _commit(plain: sqlite3.Connection, number: int) -> None:
    plain.execute("UPDATE draft SET value = ? WHERE path = 'a'", (f"head of unit {number}",))


def _save(workspace: Workspace, response: str, session: FormSession) -> None:
    workspace.responses.save(response, session)
