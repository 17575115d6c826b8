"""What labels show, made ready to be looked at.

Q-07 Pictures are written anew under limits; what is no picture, or a drawing that may hold a program, is not shown.
Q-08 A file that did not come along says so by its name; what is here can be saved, and is never opened.
Q-09 A preview shows what comes along.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from iscm_desktop.errors import IscmError, QuestionnaireProblem
from iscm_desktop.questionnaire.catalogue import from_source
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.reading.media_files import with_media
from iscm_desktop.questionnaire.reading.xlsform import from_markdown
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.label_pictures import label_picture, save_media
from iscm_desktop.workspace.scratch_response import ScratchResponse

FORM = """
| survey   |              |         |           |              |              |            |
|          | type         | name    | label     | media::image | media::audio | appearance |
|          | select_one e | emblem  | Which?    | map.png      | say.mp3      | image-map  |
| choices  |              |         |           |              |              |            |
|          | list_name    | name    | label     | media::image |              |            |
|          | e            | a       | A         | body.svg     |              |            |
|          | e            | b       | B         | gone.png     |              |            |
| settings |              |         |           |              |              |            |
|          | form_title   | form_id | version   |              |              |            |
|          | Emblems      | emblems | 1         |              |              |            |
"""
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "store.iscmdb") as opened:
        yield opened


def picture() -> bytes:
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "a camera"
    Image.new("RGBA", (600, 300), (0, 0, 90, 120)).save(made, "PNG", exif=exif)
    return made.getvalue()


@pytest.fixture
def form(workspace: Workspace, tmp_path: Path) -> Questionnaire:
    (tmp_path / "emblems.md").write_text(FORM, encoding="utf-8")
    for name, content in (("map.png", picture()), ("say.mp3", b"ID3"), ("body.svg", SVG)):
        (tmp_path / name).write_bytes(content)
    found = workspace.questionnaires.add(tmp_path / "emblems.md")
    assert found.media.missing == ("gone.png",)
    assert found.form is not None
    return found.form


def test_a_picture_is_written_anew_and_small(workspace: Workspace, form: Questionnaire) -> None:
    """Q-07"""
    shown = label_picture(workspace.questionnaires, form, "map.png", 120)
    with Image.open(io.BytesIO(shown.content)) as drawn:
        assert (drawn.size, drawn.mode) == ((120, 60), "RGB")
        assert not drawn.getexif()
    assert shown.problem == ""


@pytest.mark.parametrize("content", [b"MZ a program", SVG, picture()[:200]])
def test_what_is_no_picture_is_not_shown(workspace: Workspace, content: bytes) -> None:
    """Q-07: it may have come with somebody's package, which nobody looked into."""
    digest = hashlib.sha256(content).hexdigest()
    form = from_source(with_media(from_markdown(FORM).source, {"map.png": digest}))
    workspace.questionnaires.keep(form, {"map.png": content})
    shown = label_picture(workspace.questionnaires, form, "map.png", 120)
    assert (shown.content, shown.problem) == (b"", "The picture “map.png” cannot be shown.")


def test_what_did_not_come_along_says_so(workspace: Workspace, form: Questionnaire, tmp_path: Path) -> None:
    """Q-08"""
    shown = label_picture(workspace.questionnaires, form, "gone.png", 120)
    assert (shown.content, shown.is_here) == (b"", False)
    assert shown.problem == "The file “gone.png” did not come with the questionnaire."
    with pytest.raises(IscmError) as refused:
        save_media(workspace.questionnaires, form, "gone.png", tmp_path / "x.png")
    assert refused.value.problem is QuestionnaireProblem.MEDIA_NOT_HERE
    assert not (tmp_path / "x.png").exists()


def test_a_drawing_and_a_sound_are_given_out(
    workspace: Workspace, form: Questionnaire, tmp_path: Path
) -> None:
    """Q-08"""
    assert label_picture(workspace.questionnaires, form, "body.svg", 120).content == b""
    for name, content in (("body.svg", SVG), ("say.mp3", b"ID3")):
        save_media(workspace.questionnaires, form, name, tmp_path / f"out-{name}")
        assert (tmp_path / f"out-{name}").read_bytes() == content


def test_a_preview_has_what_comes_along(workspace: Workspace, form: Questionnaire) -> None:
    """Q-09"""
    with ScratchResponse(form, "en", workspace.questionnaires.all_media(form)) as scratch:
        session = scratch.workspace.responses.open_session(scratch.response)
        name = session.view("emblem").media.image
        shown = label_picture(scratch.workspace.questionnaires, session.questionnaire, name, 50)
        assert shown.content
