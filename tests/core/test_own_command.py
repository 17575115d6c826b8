"""Processes of our own: started by the Python that runs, or in the bundle by the command line beside the window."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from iscm_desktop import paths
from iscm_desktop.exchange.unpacking import unpacker_process
from tests.core.exchange.test_unpacker_process import PACKAGE
from tests.support.mail import mail, written

ROOT = Path(__file__).parents[2]


def test_in_the_bundle_the_command_line_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "iscm-desktop.exe"))
    command, environment = paths.own_command("iscm_desktop.exchange.unpacking.unpacker_process")
    assert command == [str(tmp_path / "iscm.exe")]
    assert environment == {paths.RUN: "iscm_desktop.exchange.unpacking.unpacker_process"}


def test_the_command_line_of_the_bundle_unpacks_when_asked_to(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"From: x\r\n\r\nhello")
    question = json.dumps({"file": str(tmp_path / "a.eml"), "number": 1}) + "\n"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        paths.RUN: "iscm_desktop.exchange.unpacking.unpacker_process",
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "build" / "start_command.py"), str(tmp_path)],
        input=question, capture_output=True, text=True, env=environment, check=True, timeout=60,
    )  # fmt: skip
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"name": "a.eml", "within": [], "problem": "HOLDER_EMPTY"},
        {},
    ]


def test_the_process_answers_line_by_line(tmp_path: Path) -> None:
    answers = io.StringIO()
    unpacker_process.serve(tmp_path, io.StringIO('{"file": "/no/such.eml", "number": 1}\n'), answers)
    assert [json.loads(line).get("problem") for line in answers.getvalue().splitlines()] == [
        "FILE_MISSING",
        None,
    ]


def test_no_room_is_told(tmp_path: Path) -> None:
    """What is laid out has to go somewhere."""
    file = written(mail(("a.iscm", PACKAGE)), tmp_path / "m.eml")
    answers = io.StringIO()
    question = json.dumps({"file": str(file), "number": 1})
    unpacker_process.serve(tmp_path / "no such folder", io.StringIO(question), answers)
    first, end = map(json.loads, answers.getvalue().splitlines())
    assert (first["problem"], first["name"], end) == ("HOLDER_NO_ROOM", "a.iscm", {})
