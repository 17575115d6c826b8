"""A real PostgreSQL server for tests: made in a temporary folder, reached through a socket file in it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

INSTALL = "apt-get install -y postgresql"


@dataclass
class Server:
    """A running server; each test takes databases of its own."""

    folder: Path
    owner: str
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def new_database(self) -> str:
        """The address of an empty database, as it is given to `--store`."""
        import psycopg

        name = f"iscm_{os.getpid()}_{next(self.numbers)}"
        with psycopg.connect(f"host={self.folder} user={self.owner} dbname=postgres", autocommit=True) as db:
            db.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://{self.owner}@/{name}?host={self.folder}"


@contextmanager
def server() -> Iterator[Server]:
    """Starts a server as somebody who is not root, which PostgreSQL refuses to be, and stops it again.

    Raises:
        RuntimeError: PostgreSQL is not installed; says the command that installs it.
    """
    programs = _programs()
    owner = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="iscm-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, owner)
    data = folder / "data"

    def run(*command: str | Path) -> None:
        who = owner if os.geteuid() == 0 else None
        done = subprocess.run(
            [str(part) for part in command], user=who, cwd=folder, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env={"LC_ALL": "C"},
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stdout)

    run(programs / "initdb", "-D", data, "-U", owner, "-A", "trust", "-E", "UTF8", "--no-sync")
    # durable enough for tests: the machine does not lose power in between
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c log_timezone=UTC"
    run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield Server(folder, owner)
    finally:
        run(programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = shutil.which("initdb") or (str(found[-1]) if found else None)
    if initdb is None:
        raise RuntimeError(
            f"These tests need a PostgreSQL server. Install it, then try again:\n    sudo {INSTALL}"
        )
    return Path(initdb).resolve().parent
