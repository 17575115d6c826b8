"""Packages written: anyone can read them, and the same content gives the same bytes.

P-01  A stranger reads a package with zipfile, json and hashlib alone.
P-02  The same content gives the same bytes, whenever and wherever it is exported.
P-03  The questionnaire travels along unless the program ships it.
P-04  Writing replaces a file whole or not at all.
P-05  A package of the IGC's size is at most 15 KB.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.paths import resource
from iscm_desktop.session.answer_filling import fill_session
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import PARTNER, Ticking, answer, exported, merge, opened, small_form


@pytest.fixture
def package(tmp_path: Path) -> Path:
    with opened(tmp_path, "anna") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(
            workspace,
            response,
            name="IGC",
            fee="yes",
            chf="120 000",
            story="Long prose.\nIn two lines — «so».",
        )
        session = workspace.responses.open_session(response)
        session.answer(f"{session.add_entry(PARTNER)}/who", "IOM")
        workspace.responses.save(response, session)
        workspace.notes.put(response, "about/name", "to be confirmed")
        return exported(workspace, response, tmp_path / "igc.iscm")


def test_a_stranger_can_read_it(package: Path) -> None:
    """P-01."""
    with zipfile.ZipFile(package) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifest.json"])
    assert manifest["format"] == "iscm-package"
    assert manifest["response"]["respondent"] == "igc"
    for name, promised in manifest["members"].items():
        assert hashlib.sha256(members[name]).hexdigest() == promised["sha256"]
    lines = members["revisions.jsonl"].decode("utf-8").splitlines()
    revisions = [json.loads(line) for line in lines]
    ids = {hashlib.sha256(line.encode()).hexdigest() for line in lines}
    assert len(ids) == manifest["counts"]["revisions"] == len(lines)
    assert all(set(one["parents"]) <= ids for one in revisions)
    answers = {one["path"]: one["value"] for one in revisions if one["kind"] == "answer"}
    assert answers["about/chf"] == "120000"
    assert answers["about/story"] == "Long prose.\nIn two lines — «so»."
    assert len(answers) == manifest["counts"]["answers"]
    identity = ["response", manifest["round"]["code"], manifest["questionnaire"]["form_id"], "igc"]
    derived = hashlib.sha256(json.dumps(identity, separators=(",", ":")).encode()).hexdigest()[:32]
    assert {one["subject"] for one in revisions} == {manifest["response"]["id"]} == {derived}


def test_a_stranger_can_make_one_that_merges(package: Path, tmp_path: Path) -> None:
    """P-01, the other way."""
    with zipfile.ZipFile(package) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        form = archive.read("questionnaire.xml")
    revision = {
        "author": "Stranger", "device": "script", "kind": "answer", "made_at": "2027-05-01T12:00:00.000000Z",
        "parents": [], "path": "about/name", "subject": manifest["response"]["id"], "value": "From a script",
    }  # fmt: skip
    lines = json.dumps(revision, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"
    manifest["made_by"] = {"program": "a script", "version": "1"}
    manifest["sender"] = {"device": "script"}  # no key: nothing is signed
    manifest["made_at"] = revision["made_at"]
    manifest["counts"] = {"answers": 1, "revisions": 1}
    del manifest["members"]["seals.jsonl"]
    manifest["members"]["revisions.jsonl"] = {"sha256": hashlib.sha256(lines).hexdigest(), "size": len(lines)}
    with zipfile.ZipFile(tmp_path / "made.iscm", "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr("revisions.jsonl", lines)
        archive.writestr("questionnaire.xml", form)
    with Workspace.open(tmp_path / "coordinator.iscmdb") as coordinator:
        assert merge(coordinator, tmp_path / "made.iscm") == ["new"]
        (row,) = coordinator.response_list.all()
        assert coordinator.responses.open_session(row.id).view("about/name").text == "From a script"


def test_same_content_same_bytes(tmp_path: Path) -> None:
    """P-02."""
    clock = Ticking()
    with opened(tmp_path, "anna", clock=clock) as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="IGC")
        first = exported(workspace, response, tmp_path / "first.iscm")
        clock.now += timedelta(days=30)
        second = exported(workspace, response, tmp_path / "second.iscm")
        assert first.read_bytes() == second.read_bytes()
        answer(workspace, response, name="IGC, changed")
        assert exported(workspace, response, tmp_path / "third.iscm").read_bytes() != first.read_bytes()


def test_an_unknown_questionnaire_travels_along(package: Path) -> None:
    """P-03."""
    with zipfile.ZipFile(package) as archive:
        assert archive.read("questionnaire.xml").decode() == small_form().source


def test_the_igc_package_is_small(tmp_path: Path) -> None:
    """P-03, P-05: with all that the sample answers say."""
    sample = json.loads(resource("demo", "answers", "igc.json").read_text(encoding="utf-8"))
    with Workspace.open(tmp_path / "igc.iscmdb") as workspace:
        response = workspace.responses.start("iscm", "igc")
        session = workspace.responses.open_session(response)
        fill_session(session, sample["answers"])
        workspace.responses.save(response, session)
        written = workspace.exports.export(response, tmp_path / "igc.iscm")
    assert written.size <= 15 * 1024
    with zipfile.ZipFile(written.path) as archive:
        assert archive.namelist() == [
            "manifest.json",
            "manifest.json.minisig",
            "revisions.jsonl",
            "seals.jsonl",
        ]


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """P-04."""
    (tmp_path / "file").write_text("in the way")
    with opened(tmp_path, "anna") as workspace:
        response = workspace.responses.start("small", "igc")
        with pytest.raises(IscmError) as refused:
            workspace.exports.export(response, tmp_path / "file" / "igc.iscm")
        assert refused.value.problem is FileProblem.FILE_NOT_WRITTEN
        assert workspace.response_list.all()[0].exported_at is None


def test_a_failed_write_leaves_the_earlier_file(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P-04."""
    before = package.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("iscm_desktop.private_files.os.fsync", full)
    with Workspace.open(tmp_path / "anna.iscmdb") as workspace:
        response = workspace.response_list.all()[0].id
        with pytest.raises(IscmError, match="No space left"):
            workspace.exports.export(response, package)
    assert package.read_bytes() == before
    assert not list(tmp_path.glob(".*.part"))
