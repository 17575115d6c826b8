"""What is typed and is no text: bytes that are not UTF-8, NUL, halves of characters. Told in words, nothing changed.

Names of files may be any bytes. They are read and written as they are, and shown and kept with signs for what is lost.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from iscm_desktop.cli import main
from tests.support.workspaces import opened

HALF = "a\udcffb"
"""As the system hands over an argument that is not UTF-8."""
ODD = "b\udce9ta"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with opened(tmp_path, "store") as workspace:
        workspace.responses.start("iscm", "igc")
    return tmp_path / "store.iscmdb"


def answers(store: Path, file: str, content: bytes) -> list[str]:
    (store.parent / file).write_bytes(content)
    return ["answer", "igc", "--from", str(store.parent / file)]


@pytest.mark.parametrize(
    "words",
    [
        ["round", "new", ""],
        ["round", "new", HALF],
        ["round", "new", "2028", "--title", HALF],
        ["new", "--questionnaire", "organization", "--respondent", HALF],
        ["answer", "igc", "ISC-A02", HALF],
        ["answer", "igc", HALF, "x"],
        ["note", "igc", "ISC-A02", HALF],
        ["history", "igc", HALF],
        ["show", HALF],
        ["query", "igc", "ISC-A02", "--text", HALF],
        ["sign-off", "igc", "--name", HALF, "--function", "x"],
        ["round", "ask", HALF, "--questionnaire", "organization"],
        ["backup", "-o", f"{ODD}.iscmdb"],
        ["merge", "n" * 300],
        ["evaluate", "n" * 300],
    ],
)
def test_it_is_told_in_words(store: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--store", str(store), *words]) == 1
    said = "".join(capsys.readouterr())
    assert "Traceback" not in said
    assert said.strip()


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("half.json", b'{"ISC-A02": "a\\ud800b"}'),
        ("nul.json", b'{"ISC-A02": "a\\u0000b"}'),
        ("key.json", b'{"ISC-\\udfff": "x"}'),
        ("deep.json", b'{"ISC-B05": [{"ISC-B05.1": "\\ud800"}]}'),
        ("nul.csv", b"path,value\nISC-A02,a\0b\n"),
        ("latin.csv", b"path,value\nISC-A02,a\xe9b\n"),
    ],
)
def test_a_file_of_answers_is_taken_whole_or_not(
    store: Path, file: str, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--store", str(store), *answers(store, file, content)]) == 1
    assert file in capsys.readouterr().err
    assert main(["--store", str(store), "history", "igc", "ISC-A/ISC-A02"]) == 0
    assert "Nobody has answered" in capsys.readouterr().out


def test_a_passphrase_file_in_another_encoding(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = store.parent / "passphrase"
    file.write_bytes(b"p\xe9ss phrase of length\n")
    target = str(store.parent / "keys.age")
    assert main(["--store", str(store), "keys", "backup", "-o", target, "--passphrase-file", str(file)]) == 1
    assert "UTF-8" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
def test_names_of_files_may_be_any_bytes(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = store.parent
    for words in (
        ["export", "igc", "-o", str(folder / f"{ODD}.iscm")],
        ["export", "igc", "-o", str(folder / f"{ODD}.pdf")],
        ["invite", "issue", "--respondent", "igc", "-o", str(folder / f"{ODD}.iscminvite")],
        ["invite", "list"],
        ["merge", str(folder / f"{ODD}.iscm")],
        ["merge", str(folder / f"{ODD}.pdf")],
        ["log"],
    ):
        for style in ([], ["--json"]):
            assert main(["--store", str(store), *style, *words]) == 0, words
            said = capsys.readouterr().out
            assert said.encode()
            json.loads(said) if style else None
    assert (folder / f"{ODD}.iscm").is_file()


@pytest.mark.skipif(os.name == "nt", reason="there arguments are text")
def test_bytes_that_are_no_utf_8_reach_the_program_as_halves(store: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "iscm_desktop.cli",
        "--store",
        str(store),
        "note",
        "igc",
        "ISC-A02",
        b"a\xffb",
    ]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONUTF8": "1"})
    assert done.returncode == 1
    assert "no text" in done.stderr.decode()
