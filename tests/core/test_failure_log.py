"""The log of defects says where and of which kind, and holds nothing that anybody typed."""

from __future__ import annotations

import sqlite3
import stat
import sys
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from iscm_desktop.failure_log import log_path, trace_of, write_log
from iscm_desktop.store.database.tables import Record
from tests.support.workspaces import opened

ANSWER = "minister\u2019s telephone 022 123 45 67"


def _in_a_chain() -> None:
    try:
        int(ANSWER)
    except ValueError as error:
        raise KeyError(ANSWER) from error


def _in_a_group() -> None:
    raise ExceptionGroup(ANSWER, [ValueError(ANSWER), OSError(28, ANSWER, ANSWER)])


@pytest.mark.parametrize(
    "fail",
    [
        lambda: int(ANSWER),
        lambda: Decimal(ANSWER),
        lambda: datetime.fromisoformat(ANSWER),
        lambda: {}[ANSWER],
        lambda: Path(ANSWER).read_text(encoding="utf-8"),
        lambda: sqlite3.connect(":memory:").execute(ANSWER),
        lambda: ANSWER.encode("ascii"),
        _in_a_chain,
        _in_a_group,
    ],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_was_at_hand_is_not_logged(fail: Callable[[], object]) -> None:
    with pytest.raises(BaseException) as failed:  # noqa: PT011 - any that quotes what it was given
        fail()
    written = trace_of(failed.value)
    assert "022 123" not in written
    assert type(failed.value).__qualname__ in written
    assert "test_failure_log.py" in written


def test_rows_that_a_database_refuses_are_not_logged(tmp_path: Path) -> None:
    """SQLAlchemy writes the values of a statement into its errors, unless told not to."""
    table = Record.metadata.tables["questionnaire"]
    row = insert(table).values(dict.fromkeys([column.name for column in table.columns], ANSWER))
    with opened(tmp_path, "anna") as workspace, workspace._database.write() as db:
        db.sql.execute(row)
        with pytest.raises(SQLAlchemyError) as failed:
            db.sql.execute(row)
    assert "022 123" not in str(failed.value)
    assert "022 123" not in trace_of(failed.value)
    assert "SQLITE_CONSTRAINT" in trace_of(failed.value)


def test_the_kind_of_a_failure_is_told_by_names_that_are_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AttributeError) as failed:
        object().no_such_thing  # type: ignore[attr-defined] # noqa: B018 - is what is tried
    assert trace_of(failed.value).endswith("builtins.AttributeError: no_such_thing\n")
    assert "No space left" in trace_of(OSError(28, "whatever"))


@pytest.mark.skipif(sys.platform == "win32", reason="the profile's permissions hold there")
def test_the_log_is_its_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    log_path().write_text("of an earlier version, readable by all", encoding="utf-8")
    log_path().chmod(0o644)
    write_log(ValueError(ANSWER))
    assert stat.S_IMODE(log_path().stat().st_mode) == 0o600
    assert "ValueError" in log_path().read_text(encoding="utf-8")
