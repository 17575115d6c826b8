"""`iscm attach` and `iscm attachments`.

CA-01 A file becomes the answer, is listed, and is saved again byte for byte.
CA-02 What cannot be attached is said, and the answer is as it was.
CA-04 What lies in the folder already is never written over, whatever the sender called their file.
CA-05 A path that the questionnaire does not have is named.
CA-03 On paper a picture is a picture, and every file is in the list at the end.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from iscm_desktop.cli import main
from tests.core.workspace.test_attachments import FORM, MINUTES, PHOTO
from tests.support.pdf_text import page_texts

Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    form, store = tmp_path / "files.md", tmp_path / "store.iscmdb"
    form.write_text(FORM, encoding="utf-8")

    def command(*words: object) -> int:
        return main([*map(str, words), "--store", str(store)])

    from iscm_desktop.workspace import Workspace

    with Workspace.open(store, keys_in_files=True) as workspace:
        workspace.responses.add_questionnaire(form)
        workspace.rounds.start("2027", "Assessment 2027")
        workspace.responses.start("files", "igc")
    return command


def _picture() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").save(out, "PNG")
    return out.getvalue()


def test_a_file_becomes_the_answer_and_comes_out_again(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # CA-01
    (tmp_path / "minutes.pdf").write_bytes(b"minutes")
    assert run("attach", "igc", MINUTES, tmp_path / "minutes.pdf") == 0
    assert "Attached: minutes.pdf" in capsys.readouterr().out
    assert run("show", "igc") == 0
    assert "Minutes: minutes.pdf" in capsys.readouterr().out
    assert run("attachments", "igc", "-o", tmp_path / "out") == 0
    assert (tmp_path / "out" / "minutes.pdf").read_bytes() == b"minutes"


def test_what_cannot_be_attached_is_said(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # CA-02
    assert run("attach", "igc", PHOTO, tmp_path / "gone.png") == 1
    assert "gone.png" in capsys.readouterr().err
    assert run("attachments", "igc") == 0
    assert "No file is attached." in capsys.readouterr().out


def test_files_are_printed(run: Run, tmp_path: Path) -> None:  # CA-03
    (tmp_path / "room.png").write_bytes(_picture())
    (tmp_path / "minutes.pdf").write_bytes(b"minutes")
    run("attach", "igc", PHOTO, tmp_path / "room.png")
    run("attach", "igc", MINUTES, tmp_path / "minutes.pdf")
    assert run("export", "igc", "-o", tmp_path / "igc.pdf") == 0
    text = " ".join(page_texts((tmp_path / "igc.pdf").read_bytes()))
    assert "minutes.pdf" in text
    assert "Attached files" in text
    with pikepdf.open(tmp_path / "igc.pdf") as pdf:
        assert sum(len(page.get_images()) for page in pdf.pages) == 1


def test_saved_files_spare_what_is_there(run: Run, tmp_path: Path) -> None:  # CA-04
    out = tmp_path / "out"
    out.mkdir()
    (out / "Minutes.PDF").write_bytes(b"my own")
    (tmp_path / "minutes.pdf").write_bytes(b"theirs")
    (tmp_path / "con.png").write_bytes(_picture())
    run("attach", "igc", MINUTES, tmp_path / "minutes.pdf")
    run("attach", "igc", PHOTO, tmp_path / "con.png")
    assert run("attachments", "igc", "-o", out) == 0
    assert {file.name for file in out.iterdir()} == {"Minutes.PDF", "minutes-2.pdf", "_con.png"}
    assert (out / "Minutes.PDF").read_bytes() == b"my own"
    assert (out / "minutes-2.pdf").read_bytes() == b"theirs"


@pytest.mark.parametrize(
    "words",
    [
        ["attach", "igc", "nope/x", "{folder}/minutes.pdf"],
        ["attach", "igc", "nope/x"],
        ["note", "igc", "nope/x"],
        ["note", "igc", "nope/x", "a note that nobody would see"],
        ["restrict", "igc", "nope/x"],
        ["restrict", "igc", "nope/x", "--lift"],
        ["restrict", "igc", "nope/x", "--confirm"],
        ["nothing", "igc", "nope/x"],
        ["offers", "igc", "--take-over", "nope/x"],
        ["offers", "igc", "--decline", "nope/x"],
        ["offers", "igc", "--offer-again", "nope/x"],
        ["last-round", "igc", "--confirm", "nope/x"],
        ["answer", "igc", "nope/x", "yes"],
    ],
    ids=" ".join,
)
def test_an_unknown_path_is_named(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:  # CA-05
    (tmp_path / "minutes.pdf").write_bytes(b"minutes")
    assert run(*[word.format(folder=tmp_path) for word in words]) == 1
    assert "'nope/x'" in capsys.readouterr().err
