"""Files attached to answers: kept by their hash, exported with the answers, merged, verified, cleaned of their place.

AT-01 What is attached comes back byte for byte, also on another computer, by file and by delegation.
AT-02 A file that is empty, too large, or of another kind is refused, and nothing is kept.
AT-13 What is asked for as a picture is one that can be shown, whatever its name says.
AT-03 Of two who attach different files to one question, both contents are there while the conflict lasts.
AT-04 A content that is lost or damaged is named by verification, and comes back with the file that brought it.
AT-05 What was attached and taken out again is let go of; what the history names stays.
AT-06 A public edition holds no attached file and no name of one.
AT-07 A package whose attached files are not what it says is refused whole.
AT-08 The place where a picture was taken goes when a person says so.
AT-09 A file whose content is not here is named when the response is exported.
AT-11 What another program was given to show goes when the store is closed, and has a name that every system takes.
AT-12 A picture of several pages stays whole: it is neither made smaller nor cleaned to its first page.
AT-10 What a broken store still holds of them is rescued.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from iscm_desktop.errors import AttachmentProblem, IscmError
from iscm_desktop.exchange.merging.merge_plan import RefusedFile
from iscm_desktop.questionnaire.attached_files import AttachedFile, attached_file
from iscm_desktop.store.verification.findings import FindingKind
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import exported, merge

FORM = """
| survey   |             |         |            |                           |               |
|          | type        | name    | label      | bind::iscm:max_file_size  | parameters    |
|          | begin_group | about   | About      |                           |               |
|          | text        | name    | Name       |                           |               |
|          | file        | minutes | Minutes    | 100                       |               |
|          | image       | photo   | Photo      |                           | max-pixels=64 |
|          | image       | stamp   | Stamp      |                           |               |
|          | end_group   |         |            |                           |               |
| settings |             |         |            |                           |               |
|          | form_id     | version | namespaces |                           |               |
|          | files       | 1       | iscm="https://iscm-desktop.invalid/xforms" |  |        |
"""
MINUTES, PHOTO = "about/minutes", "about/photo"


def _opened(folder: Path, name: str) -> Workspace:
    workspace = Workspace.open(folder / f"{name}.iscmdb", keys_in_files=True)
    form = folder / "files.md"
    form.write_text(FORM, encoding="utf-8")
    workspace.set_person(name.capitalize(), "Ministry")
    workspace.responses.add_questionnaire(form)
    workspace.rounds.start("2027", "Assessment 2027")
    return workspace


def _attach(workspace: Workspace, response: str, path: str, content: bytes, name: str) -> AttachedFile:
    session = workspace.responses.open_session(response)
    question = session.view(path).question
    file = workspace.attachments.take_in_content(response, question, content, name)
    session.answer(path, file.text)
    workspace.responses.save(response, session)
    return file


def _file_at(workspace: Workspace, response: str, path: str) -> AttachedFile:
    file = attached_file(workspace.responses.open_session(response).view(path).text)
    assert file is not None
    return file


def _picture(size: tuple[int, int], *, located: bool = False) -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    if located:
        exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 12.0, 0.0), 3: "E", 4: (6.0, 9.0, 0.0)})
    Image.new("RGB", size, "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def anna(tmp_path: Path) -> Workspace:
    return _opened(tmp_path, "anna")


def test_what_is_attached_arrives_byte_for_byte(anna: Workspace, tmp_path: Path) -> None:  # AT-01
    response = anna.responses.start("files", "igc")
    content = bytes(range(256)) * 40
    _attach(anna, response, MINUTES, content, "minutes.pdf")
    package = exported(anna, response, tmp_path / "igc.iscm")
    with _opened(tmp_path, "bela") as bela:
        assert merge(bela, package) == ["new"]
        file = _file_at(bela, response, MINUTES)
        assert (file.name, bela.attachments.content(file)) == ("minutes.pdf", content)
        (row,) = bela.attachments.all_of(response)
        assert (row.path, row.size) == (MINUTES, len(content))
        assert bela.verification.verify().is_whole


def test_the_same_content_gives_the_same_package(anna: Workspace, tmp_path: Path) -> None:
    response = anna.responses.start("files", "igc")
    _attach(anna, response, MINUTES, b"minutes", "minutes.pdf")
    first = exported(anna, response, tmp_path / "1.iscm").read_bytes()
    assert exported(anna, response, tmp_path / "2.iscm").read_bytes() == first


@pytest.mark.parametrize(
    ("path", "content", "name", "problem"),
    [
        (MINUTES, b"", "minutes.pdf", AttachmentProblem.FILE_EMPTY),
        (MINUTES, b"x" * 102_401, "minutes.pdf", AttachmentProblem.TOO_LARGE),
        (PHOTO, b"x", "minutes.pdf", AttachmentProblem.WRONG_MEDIUM),
        (PHOTO, b"no picture", "photo.png", AttachmentProblem.NO_PICTURE),
        ("about/name", b"x", "minutes.pdf", AttachmentProblem.NO_ATTACHMENT_QUESTION),
    ],
)
def test_what_does_not_fit_the_question_is_refused(
    anna: Workspace, path: str, content: bytes, name: str, problem: AttachmentProblem
) -> None:  # AT-02
    response = anna.responses.start("files", "igc")
    with pytest.raises(IscmError) as refused:
        _attach(anna, response, path, content, name)
    assert refused.value.problem is problem
    with anna._database.read() as db:
        assert db.sql.exec_driver_sql("SELECT count(*) FROM attachment").scalar_one() == 0


def test_a_picture_is_made_as_small_as_the_form_asks(anna: Workspace) -> None:
    response = anna.responses.start("files", "igc")
    file = _attach(anna, response, PHOTO, _picture((640, 320)), "photo.jpg")
    with Image.open(io.BytesIO(anna.attachments.content(file))) as kept:
        assert kept.size == (64, 32)


def test_both_files_of_a_conflict_are_there(anna: Workspace, tmp_path: Path) -> None:  # AT-03
    response = anna.responses.start("files", "igc")
    first = exported(anna, response, tmp_path / "first.iscm")
    with _opened(tmp_path, "bela") as bela:
        merge(bela, first)
        theirs = _attach(bela, response, MINUTES, b"Bela's minutes", "minutes.pdf")
        ours = _attach(anna, response, MINUTES, b"Anna's minutes", "minutes.pdf")
        assert merge(anna, exported(bela, response, tmp_path / "bela.iscm")) == ["conflict"]
    assert anna.attachments.content(theirs) == b"Bela's minutes"
    assert anna.attachments.content(ours) == b"Anna's minutes"
    with _opened(tmp_path, "cora") as cora:
        merge(cora, exported(anna, response, tmp_path / "both.iscm"))
        assert cora.attachments.content(theirs) == b"Bela's minutes"
        assert cora.attachments.content(ours) == b"Anna's minutes"


@pytest.mark.parametrize(
    "damage",
    ["UPDATE attachment SET content = X'00'", "DELETE FROM attachment_use; DELETE FROM attachment"],
)
def test_a_content_that_is_lost_comes_back_with_its_file(
    anna: Workspace, tmp_path: Path, damage: str
) -> None:  # AT-04
    response = anna.responses.start("files", "igc")
    _attach(anna, response, MINUTES, b"minutes", "minutes.pdf")
    package = exported(anna, response, tmp_path / "igc.iscm")
    with _opened(tmp_path, "bela") as bela:
        merge(bela, package)
        store = bela.store
    with closing(sqlite3.connect(str(store))) as broken:
        broken.executescript(damage)
    with _opened(tmp_path, "bela") as bela:
        file = _file_at(bela, response, MINUTES)
        with pytest.raises(IscmError) as gone:
            bela.attachments.content(file)
        assert gone.value.problem is AttachmentProblem.NOT_HERE
        if damage.startswith("UPDATE"):
            kinds = {one.kind for one in bela.verification.verify().findings}
            assert kinds == {FindingKind.ATTACHMENT_CHANGED}
        assert merge(bela, package) == ["same"]
        assert bela.attachments.content(file) == b"minutes"
        assert bela.verification.verify().is_whole


def test_what_nobody_names_is_let_go_of(anna: Workspace, tmp_path: Path) -> None:  # AT-05
    response = anna.responses.start("files", "igc")
    sealed = _attach(anna, response, MINUTES, b"first", "first.pdf")
    exported(anna, response, tmp_path / "igc.iscm")
    passing = _attach(anna, response, MINUTES, b"second", "second.pdf")
    last = _attach(anna, response, MINUTES, b"third", "third.pdf")
    assert anna.attachments.discard_unused() == 1
    assert anna.attachments.content(sealed) == b"first"
    assert anna.attachments.content(last) == b"third"
    with pytest.raises(IscmError):
        anna.attachments.content(passing)


def test_a_public_edition_has_no_files(anna: Workspace, tmp_path: Path) -> None:  # AT-06
    response = anna.responses.start("files", "igc")
    _attach(anna, response, MINUTES, b"minutes", "minutes-by-anna.pdf")
    session = anna.responses.open_session(response)
    session.answer("about/name", "IGC")
    anna.responses.save(response, session)
    file = anna.public_exports.export(response, tmp_path / "public.iscm").path
    with zipfile.ZipFile(file) as archive:
        assert not [name for name in archive.namelist() if name.startswith("attachments/")]
        assert b"minutes-by-anna" not in archive.read("revisions.jsonl")


def _changed(package: Path, target: Path, change: str) -> Path:
    with zipfile.ZipFile(package) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members.pop("manifest.json.minisig")
    manifest = json.loads(members["manifest.json"])
    (name,) = [name for name in members if name.startswith("attachments/")]
    if change == "another content":
        members[name] = b"something else"
    if change == "nobody names it":
        other = "attachments/" + hashlib.sha256(b"stowaway").hexdigest()
        members[other] = b"stowaway"
    manifest["members"] |= {
        each: {"sha256": hashlib.sha256(members[each]).hexdigest(), "size": len(members[each])}
        for each in members
        if each.startswith("attachments/")
    }
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        for each in members.keys() - {"manifest.json"}:
            archive.writestr(each, members[each])
    return target


@pytest.mark.parametrize("change", ["another content", "nobody names it"])
def test_a_package_with_other_files_than_it_says_is_refused(
    anna: Workspace, tmp_path: Path, change: str
) -> None:  # AT-07
    response = anna.responses.start("files", "igc")
    _attach(anna, response, MINUTES, b"minutes", "minutes.pdf")
    package = exported(anna, response, tmp_path / "igc.iscm")
    with _opened(tmp_path, "bela") as bela:
        plan = bela.packages.plan([_changed(package, tmp_path / "changed.iscm", change)])
        (file,) = plan.files
        assert isinstance(file, RefusedFile)


def test_the_place_of_a_picture_goes_when_somebody_says_so(anna: Workspace) -> None:  # AT-08
    response = anna.responses.start("files", "igc")
    file = _attach(anna, response, PHOTO, _picture((32, 16), located=True), "photo.jpg")
    assert anna.attachments.has_metadata(file)
    cleaned = anna.attachments.without_location(response, file)
    assert cleaned.name == "photo.jpg"
    assert not anna.attachments.has_metadata(cleaned)
    with Image.open(io.BytesIO(anna.attachments.content(cleaned))) as picture:
        assert (picture.size, dict(picture.getexif())) == ((32, 16), {})


def test_an_export_names_the_files_that_it_cannot_bring(anna: Workspace, tmp_path: Path) -> None:  # AT-09
    response = anna.responses.start("files", "igc")
    _attach(anna, response, MINUTES, b"minutes", "minutes.pdf")
    with anna._database.write() as db:
        db.sql.exec_driver_sql("DELETE FROM attachment_use")
        db.sql.exec_driver_sql("DELETE FROM attachment")
    done = anna.exports.export(response, tmp_path / "igc.iscm")
    assert done.without == ("minutes.pdf",)
    with _opened(tmp_path, "bela") as bela:
        assert merge(bela, done.path) == ["new"]


def test_a_broken_store_gives_its_files_back(anna: Workspace, tmp_path: Path) -> None:  # AT-10
    response = anna.responses.start("files", "igc")
    _attach(anna, response, MINUTES, b"minutes", "minutes.pdf")
    exported(anna, response, tmp_path / "igc.iscm")
    store = Path(str(anna.store))
    anna.close()
    from iscm_desktop.store.rescue.rescue import rescue
    from tests.support.workspaces import Ticking

    rescue(store, tmp_path / "new.iscmdb", {}, Ticking()())
    with Workspace.open(tmp_path / "new.iscmdb", keys_in_files=True) as rescued:
        assert rescued.attachments.content(_file_at(rescued, response, MINUTES)) == b"minutes"


def test_what_was_laid_out_does_not_stay(
    anna: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # AT-11
    place = tmp_path / "temp"
    stale, young = place / "iscm-opened-stale", place / "iscm-opened-young"
    for folder in (stale, young):
        folder.mkdir(parents=True)
    os.utime(stale, (0, 0))
    monkeypatch.setattr("tempfile.tempdir", str(place))
    response = anna.responses.start("files", "igc")
    file = _attach(anna, response, MINUTES, b"minutes", f"con:{'会' * 110}.pdf")
    copy = anna.attachments.to_open(file)
    assert copy.read_bytes() == b"minutes"
    assert ":" not in copy.name
    assert len(copy.name.encode()) < 255
    assert [each.name for each in place.iterdir() if "stale" in each.name] == []
    anna.close()
    assert list(place.iterdir()) == [young]


def test_what_cannot_be_laid_out_is_told(
    anna: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # AT-11
    response = anna.responses.start("files", "igc")
    file = _attach(anna, response, MINUTES, b"minutes", "minutes.pdf")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(IscmError) as refused:
        anna.attachments.to_open(file)
    assert refused.value.problem is AttachmentProblem.NOT_LAID_OUT


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes among files")
def test_a_pipe_is_not_waited_for(anna: Workspace, tmp_path: Path) -> None:  # AT-02
    response = anna.responses.start("files", "igc")
    os.mkfifo(tmp_path / "pipe.pdf")
    question = anna.responses.open_session(response).view(MINUTES).question
    for wrong in (tmp_path / "pipe.pdf", tmp_path, tmp_path / "nothing.pdf"):
        with pytest.raises(IscmError) as refused:
            anna.attachments.take_in(response, question, wrong)
        assert refused.value.problem is AttachmentProblem.FILE_UNREADABLE


@pytest.mark.parametrize(
    ("kind", "ending"), [("TIFF", "tif"), ("GIF", "gif"), ("WEBP", "webp"), ("PNG", "png")]
)
def test_pages_of_a_picture_stay(anna: Workspace, kind: str, ending: str) -> None:  # AT-12
    response = anna.responses.start("files", "igc")
    pages, out = [Image.new("RGB", (90, 90), colour) for colour in ("teal", "white", "navy")], io.BytesIO()
    pages[0].save(out, kind, save_all=True, append_images=pages[1:])
    file = _attach(anna, response, PHOTO, out.getvalue(), f"scan.{ending}")
    assert anna.attachments.content(file) == out.getvalue()
    with pytest.raises(IscmError) as refused:
        anna.attachments.without_location(response, file)
    assert refused.value.problem is AttachmentProblem.LOCATION_STAYS


def test_what_a_camera_adds_to_its_picture_is_no_page(anna: Workspace) -> None:  # AT-12
    response = anna.responses.start("files", "igc")
    photo, out = Image.new("RGB", (60, 40), "teal"), io.BytesIO()
    photo.save(out, "MPO", save_all=True, append_images=[photo])
    file = _attach(anna, response, PHOTO, out.getvalue(), "photo.jpg")
    cleaned = anna.attachments.without_location(response, file)
    with Image.open(io.BytesIO(anna.attachments.content(cleaned))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (60, 40))


def _white(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, height), 1).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("path", [PHOTO, "about/stamp"])
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"MZ" + bytes(200), AttachmentProblem.NO_PICTURE),
        (_white(40, 40)[:50], AttachmentProblem.NO_PICTURE),
        (_white(9000, 9000), AttachmentProblem.TOO_MANY_PIXELS),
        (_picture((40, 40))[:300], AttachmentProblem.NO_PICTURE),
    ],
    ids=["a program", "no pixels", "too many pixels", "half a photo"],
)
def test_what_is_no_picture_is_none_by_its_name(
    anna: Workspace, path: str, content: bytes, problem: AttachmentProblem
) -> None:  # AT-13
    response = anna.responses.start("files", "igc")
    with pytest.raises(IscmError) as refused:
        _attach(anna, response, path, content, "exe.png")
    assert refused.value.problem is problem
