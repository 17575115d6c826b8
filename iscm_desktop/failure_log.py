"""What is written down about a defect: where it happened and of which kind, and nothing that anybody typed.

A log is sent to strangers. Messages of exceptions quote what was at hand ("invalid literal: '…'", a row of a table, a
file's name), so none is written but those that cannot: the system's words about an error number, and the names by
which SQLite, PostgreSQL and Python call what failed. Values of variables are written nowhere.
"""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

import iscm_desktop
from iscm_desktop.paths import data_folder
from iscm_desktop.private_files import open_private

_KEEP_BYTES = 1_000_000  # of the log, before it begins anew


def log_path() -> Path:
    """Where defects are written, beside the person's data."""
    return data_folder() / "iscm-desktop.log"


def write_log(failure: BaseException) -> Path:
    """Appends what can be said of a failure to the log, and says where that is."""
    path = log_path()
    if path.exists() and path.stat().st_size > _KEEP_BYTES:
        path.replace(path.with_suffix(".old.log"))
    stamp = datetime.now(UTC).isoformat(timespec="seconds")
    with os.fdopen(open_private(path, os.O_WRONLY | os.O_APPEND), "a", encoding="utf-8") as log:
        log.write(f"{stamp} ISCM Desktop {iscm_desktop.__version__}\n{trace_of(failure)}\n")
    return path


def trace_of(failure: BaseException) -> str:
    """Files, lines and functions, of the failure and of those behind it, the first of them first."""
    parts = []
    shown: set[int] = set()
    following: BaseException | None = failure
    while following is not None and id(following) not in shown:
        shown.add(id(following))
        frames = "".join(traceback.format_tb(following.__traceback__))
        parts.append(f"{frames}{_named(following)}\n")
        if isinstance(following, BaseExceptionGroup):
            parts += [f"among them:\n{trace_of(one)}" for one in following.exceptions]
        is_hidden = following.__cause__ is None and following.__suppress_context__
        following = following.__cause__ or (None if is_hidden else following.__context__)
    return "then:\n".join(reversed(parts))


def _named(failure: BaseException) -> str:
    """The kind of a failure, with what is known of it and cannot be an answer."""
    kind = f"{type(failure).__module__}.{type(failure).__qualname__}"
    facts = [
        getattr(failure, "sqlite_errorname", None),
        getattr(failure, "sqlstate", None),
        os.strerror(failure.errno) if isinstance(failure, OSError) and failure.errno else None,
        failure.name if isinstance(failure, AttributeError | NameError | ImportError) else None,
    ]
    said = ", ".join(fact for fact in facts if isinstance(fact, str))
    return f"{kind}: {said}" if said else kind
