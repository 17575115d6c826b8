"""Packages from strangers: whatever is wrong, the whole file is refused in words and the store is as it was.

R-01  Foreign, damaged, newer, oversized and odd files each get their own sentence.
R-02  A package cut short at any byte, or with any byte changed, is refused or is still the same package.
R-03  Every line is checked: canonical, well formed, of this response, its parents in order.
R-04  Bombs are refused before they unpack.
R-05  What a later minor version may add is passed over; a later major version is not touched.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from iscm_desktop.errors import FileProblem, IscmError, Problem
from iscm_desktop.exchange.merging.merge_wording import explain
from iscm_desktop.exchange.package import archive
from iscm_desktop.exchange.package.package_reader import open_package, read_package
from iscm_desktop.exchange.package.package_writer import zipped
from iscm_desktop.workspace import Workspace
from tests.support.packages import unsigned
from tests.support.workspaces import PARTNER, answer, exported, merge, opened

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Members:
    folder = tmp_path_factory.mktemp("sender")
    with opened(folder, "anna") as workspace:
        response = workspace.responses.start("small", "igc")
        answer(workspace, response, name="IGC", story="Prose.")
        session = workspace.responses.open_session(response)
        session.answer(f"{session.add_entry(PARTNER)}/who", "IOM")
        workspace.responses.save(response, session)
        package = exported(workspace, response, folder / "igc.iscm")
        answer(workspace, response, name="IGC, Geneva")
        package = exported(workspace, response, folder / "igc.iscm")
    return unsigned(package)


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "coordinator") as workspace:
        yield workspace


def problem(data: bytes, folder: Path) -> Problem | None:
    """What reading a file with this content says; None where it is a sound package."""
    file = folder / "some.iscm"
    file.write_bytes(data)
    try:
        read_package(open_package(file))
    except IscmError as error:
        return error.problem
    return None


def changed(whole: Members, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The package with another manifest."""
    manifest = json.loads(whole["manifest.json"])
    change(manifest)
    return zipped({**whole, "manifest.json": json.dumps(manifest).encode()})


def with_lines(whole: Members, lines: bytes) -> bytes:
    """The package with other revisions, and a manifest that vouches for them."""

    def vouch(manifest: dict[str, Any]) -> None:
        manifest["members"]["revisions.jsonl"] = {
            "sha256": hashlib.sha256(lines).hexdigest(),
            "size": len(lines),
        }
        manifest["counts"]["revisions"] = lines.count(b"\n")
        manifest["counts"].pop(
            "root", None
        )  # as files of earlier versions: it would contradict what is tried

    return changed({**whole, "revisions.jsonl": lines}, vouch)


def canonical(revision: dict[str, Any]) -> bytes:
    return json.dumps(revision, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


def test_the_package_itself_is_sound(whole: Members, tmp_path: Path) -> None:
    assert problem(zipped(whole), tmp_path) is None


@pytest.mark.parametrize("data", [b"", b"Dear coordinator,", b"%PDF-1.7\n", b"#!/bin/sh\n", b"PK"])
def test_other_files_are_foreign(data: bytes, tmp_path: Path) -> None:
    """R-01."""
    assert problem(data, tmp_path) is FileProblem.PACKAGE_FOREIGN


def test_other_zip_files_are_foreign(tmp_path: Path) -> None:
    """R-01: a workbook, a zip of documents, one that has a manifest of another kind."""
    assert problem(zipped({"xl/workbook.xml": b"<workbook/>"}), tmp_path) is FileProblem.PACKAGE_FOREIGN
    assert problem(zipped({"manifest.json": b'{"format": "other"}'}), tmp_path) is FileProblem.PACKAGE_FOREIGN
    assert problem(zipped({"manifest.json": b"[]"}), tmp_path) is FileProblem.PACKAGE_FOREIGN
    assert problem(zipped({}), tmp_path) is FileProblem.PACKAGE_FOREIGN


def test_a_script_before_the_zip_is_foreign(whole: Members, tmp_path: Path) -> None:
    """R-01."""
    assert problem(b"#!/bin/sh\nexit\n" + zipped(whole), tmp_path) is FileProblem.PACKAGE_FOREIGN


def test_a_newer_format_is_named(whole: Members, tmp_path: Path) -> None:
    """R-01, R-05: even where nothing else is as it was."""
    newer = {"format": "iscm-package", "format_version": "2.0", "made_by": {"version": "9.1"}, "content": []}
    file = tmp_path / "new.iscm"
    file.write_bytes(zipped({"manifest.json": json.dumps(newer).encode()}))
    with pytest.raises(IscmError, match=r"newer version of the program \(9\.1\)"):
        open_package(file)


def test_what_a_later_minor_version_adds_is_passed_over(whole: Members, tmp_path: Path) -> None:
    """R-05."""

    def add(manifest: dict[str, Any]) -> None:
        manifest["format_version"] = "1.7"
        manifest["moods"] = {"sections": ["about"]}
        manifest["response"]["mood"] = "good"
        manifest["members"]["moods.jsonl"] = {"sha256": hashlib.sha256(b"?").hexdigest(), "size": 1}

    later = {**whole, "moods.jsonl": b"?", "manifest.json.minisig": b"untrusted comment: a signature"}
    assert problem(changed(later, add), tmp_path) is None


def test_a_package_cut_short_is_refused(whole: Members, tmp_path: Path) -> None:
    """R-02, at every byte of its beginning and end and a sample between."""
    data = zipped(whole)
    lengths = {*range(60), *range(len(data) - 60, len(data)), *range(60, len(data), 97)}
    assert {problem(data[:length], tmp_path) for length in sorted(lengths)} == {
        FileProblem.PACKAGE_FOREIGN,
        FileProblem.PACKAGE_DAMAGED,
    }


def test_a_changed_byte_is_noticed(whole: Members, tmp_path: Path) -> None:
    """R-02: refused, or of no meaning, such as the permissions of a member."""
    data, chance = zipped(whole), Random(7)
    sound = expected(data, tmp_path)
    for _ in range(400):
        spoiled = bytearray(data)
        spoiled[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        if problem(bytes(spoiled), tmp_path) is None:
            assert expected(bytes(spoiled), tmp_path) == sound


def expected(data: bytes, folder: Path) -> object:
    file = folder / "whole.iscm"
    file.write_bytes(data)
    package = read_package(open_package(file))
    return package.manifest, package.revisions


def test_wrong_hashes_sizes_and_members(whole: Members, tmp_path: Path) -> None:
    """R-01."""
    longer = {**whole, "revisions.jsonl": whole["revisions.jsonl"] + b"\n"}
    assert problem(zipped(longer), tmp_path) is FileProblem.PACKAGE_DAMAGED
    missing = {name: data for name, data in whole.items() if name != "questionnaire.xml"}
    assert problem(zipped(missing), tmp_path) is FileProblem.PACKAGE_NOT_WHOLE
    for extra in (
        "virus.exe",
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\x",
        "manifest.json/",
        "MANIFEST.JSON",
        "a\u202eb",
    ):
        assert problem(zipped({**whole, extra: b"x"}), tmp_path) is FileProblem.PACKAGE_ODD


def test_names_that_lead_elsewhere_are_refused_even_if_promised(whole: Members, tmp_path: Path) -> None:
    """R-01: the manifest vouches for them."""
    for name in ("../secret", "a/b", "attachments/x", "Å"):

        def promise(manifest: dict[str, Any], name: str = name) -> None:
            manifest["members"][name] = {"sha256": hashlib.sha256(b"x").hexdigest(), "size": 1}

        assert problem(changed({**whole, name: b"x"}, promise), tmp_path) is FileProblem.PACKAGE_ODD


def test_doubled_members_are_odd(whole: Members, tmp_path: Path) -> None:
    """R-01."""
    file = tmp_path / "doubled.zip"
    with zipfile.ZipFile(file, "w") as doubled:
        for name, data in whole.items():
            doubled.writestr(name, data)
        with pytest.warns(UserWarning, match="Duplicate name"):
            doubled.writestr("manifest.json", b"{}")
    assert problem(file.read_bytes(), tmp_path) is FileProblem.PACKAGE_ODD


def test_links_and_passwords_are_odd(whole: Members, tmp_path: Path) -> None:
    """R-01."""
    file = tmp_path / "link.zip"
    with zipfile.ZipFile(file, "w") as linked:
        link = zipfile.ZipInfo("manifest.json")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        linked.writestr(link, "/etc/passwd")
    assert problem(file.read_bytes(), tmp_path) is FileProblem.PACKAGE_ODD
    encrypted = bytearray(zipped(whole))
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1
    assert problem(bytes(encrypted), tmp_path) is FileProblem.PACKAGE_ODD


def test_an_unknown_compression_is_odd(whole: Members, tmp_path: Path) -> None:
    file = tmp_path / "packed.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as packed:
        for name, data in whole.items():
            packed.writestr(name, data)
    assert problem(file.read_bytes(), tmp_path) is FileProblem.PACKAGE_ODD


def test_bombs_are_refused_unopened(whole: Members, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """R-04."""
    blanks = zipped({**whole, "manifest.json": b" " * 40_000_000})
    monkeypatch.setattr(archive.Archive, "read", lambda *_: pytest.fail("it was opened"))
    assert problem(blanks, tmp_path) is FileProblem.PACKAGE_TOO_LARGE
    many = zipped({f"m{number}": b"" for number in range(archive.MAX_MEMBERS + 1)})
    assert problem(many, tmp_path) is FileProblem.PACKAGE_TOO_LARGE


def test_a_member_that_lies_about_its_size(whole: Members, tmp_path: Path) -> None:
    """R-04: the list says a few bytes, the data unpacks to many."""
    data = bytearray(zipped({**whole, "manifest.json": b" " * 900_000}))
    place = data.index(b"PK\x01\x02") + 24
    struct.pack_into("<L", data, place, 10)
    assert problem(bytes(data), tmp_path) is FileProblem.PACKAGE_DAMAGED


def test_members_over_each_other_are_odd(tmp_path: Path) -> None:
    """R-04: many entries in the list, one set of data."""
    data = zipped({"a": Random(1).randbytes(5000), "b": b"x"})
    entries = data.index(b"PK\x01\x02")
    first = data[entries : data.index(b"PK\x01\x02", entries + 4)]
    copies = b"".join(_renamed(first, number) for number in range(40))
    listing = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 40, 40, len(copies), entries, 0)
    assert problem(data[:entries] + copies + listing, tmp_path) is FileProblem.PACKAGE_ODD


def _renamed(entry: bytes, number: int) -> bytes:
    return entry[:46] + bytes([65 + number]) + entry[47:]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("made_at", "yesterday"),
        ("made_at", "2027-02-30T00:00:00.000000Z"),
        ("counts", {"answers": -1, "revisions": 10}),
        ("counts", {"answers": 10**400, "revisions": 10}),
        ("format_version", "one"),
        ("round", {"code": "", "title": ""}),
        ("round", {"code": "2027", "title": "", "due_on": "2027-13-01"}),
        ("members", []),
    ],
)
def test_a_manifest_that_makes_no_sense_is_damaged(
    whole: Members, tmp_path: Path, field: str, value: object
) -> None:
    """R-01."""
    assert (
        problem(changed(whole, lambda manifest: manifest.update({field: value})), tmp_path)
        is FileProblem.PACKAGE_DAMAGED
    )


def test_a_response_of_somebody_else_is_refused(whole: Members, tmp_path: Path) -> None:
    """R-03: the id follows from round, form and respondent, and every line bears it."""

    def rename(manifest: dict[str, Any]) -> None:
        manifest["response"]["respondent"] = "sacm"

    assert problem(changed(whole, rename), tmp_path) is FileProblem.PACKAGE_CONTRADICTS
    line = json.loads(whole["revisions.jsonl"].splitlines()[0])
    other = canonical({**line, "subject": "f" * 32})
    assert (
        problem(with_lines(whole, whole["revisions.jsonl"] + other), tmp_path)
        is FileProblem.PACKAGE_CONTRADICTS
    )


@pytest.mark.parametrize(
    "change",
    [
        {"value": 5},
        {"value": "a\u0000b"},
        {"kind": "Answer"},
        {"kind": "entry", "value": "0"},
        {"kind": "entry", "value": "a key"},
        {"path": "about/\nname"},
        {"path": "x" * 5000},
        {"made_at": "2027-02-30T00:00:00.000000Z"},
        {"parents": ["f" * 63]},
        {"parents": ["f" * 64, "e" * 64]},
        {"parents": ["f" * 64, "f" * 64]},
        {"extra": "field"},
    ],
)
def test_a_line_that_is_no_revision_is_damaged(
    whole: Members, tmp_path: Path, change: dict[str, object]
) -> None:
    """R-03."""
    line = json.loads(whole["revisions.jsonl"].splitlines()[0])
    assert problem(with_lines(whole, canonical({**line, **change})), tmp_path) is FileProblem.PACKAGE_DAMAGED


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: line.replace(b'"author"', b' "author"'),
        lambda line: line.replace(b'{"author"', b'{"author":"x","author"'),
        lambda line: line.replace(b'"about/', b'"\\u0061bout/'),
        lambda line: line.replace(b"\n", b"\r\n"),
        lambda line: line + line,
        lambda line: line + b"\n",
        lambda line: line.rstrip(b"\n"),
        lambda line: b"\xef\xbb\xbf" + line,
        lambda line: line.replace(b'"value":"', b'"value":"\xed\xa0\x80'),
        lambda line: line.replace(b'"value":"', b'"value":"\\ud800'),
        lambda _line: b"[" * 100_000 + b"\n",
        lambda _line: b"",
    ],
)
def test_a_line_written_otherwise_is_damaged(
    whole: Members, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    """R-03: there is one way to write a revision, or ids would not agree."""
    line = next(line for line in whole["revisions.jsonl"].splitlines(keepends=True) if b"Prose" in line)
    assert problem(with_lines(whole, line), tmp_path) is None
    assert problem(with_lines(whole, spoil(line)), tmp_path) is FileProblem.PACKAGE_DAMAGED


def test_a_questionnaire_that_is_none_is_refused(
    whole: Members, tmp_path: Path, coordinator: Workspace
) -> None:
    """R-01: the entities of its XML would grow beyond measure."""
    bomb = b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><h>&b;</h>"

    def promise(manifest: dict[str, Any]) -> None:
        hash_ = hashlib.sha256(bomb).hexdigest()
        manifest["members"]["questionnaire.xml"] = {"sha256": hash_, "size": len(bomb)}
        manifest["questionnaire"]["hash"] = hash_

    file = tmp_path / "bomb.iscm"
    file.write_bytes(changed({**whole, "questionnaire.xml": bomb}, promise))
    assert merge(coordinator, file) == ["refused"]


def test_a_refused_file_changes_nothing_and_the_others_go_on(
    whole: Members, tmp_path: Path, coordinator: Workspace
) -> None:
    """R-01."""
    before = dump(coordinator)
    bad = tmp_path / "bad.iscm"
    bad.write_bytes(zipped(whole)[:-5])
    missing = tmp_path / "missing.iscm"
    assert merge(coordinator, bad, missing) == ["refused", "refused"]
    assert dump(coordinator) == before
    good = tmp_path / "good.iscm"
    good.write_bytes(zipped(whole))
    plan = coordinator.packages.plan([bad, good, missing])
    assert [file.result.value for file in plan.files] == ["refused", "new", "refused"]
    assert "damaged" in explain(plan.files[0])
    assert dump(coordinator) == before
    coordinator.packages.apply(plan)
    assert len(coordinator.response_list.all()) == 1


def test_a_file_changed_between_plan_and_merge_is_refused(
    whole: Members, tmp_path: Path, coordinator: Workspace
) -> None:
    file = tmp_path / "igc.iscm"
    file.write_bytes(zipped(whole))
    plan = coordinator.packages.plan([file])
    lines = whole["revisions.jsonl"].splitlines(keepends=True)
    file.write_bytes(with_lines(whole, b"".join(lines[:-1])))
    report = coordinator.packages.apply(plan)
    assert [done.result.value for done in report.files] == ["refused"]
    assert "looked at before" in explain(report.files[0])
    assert coordinator.response_list.all() == ()


_KEPT = re.compile(r"""INSERT INTO "operation(_refusal" |" VALUES\(\d+,'merge',)""")
"""That files were refused, and why, is kept; nothing of what they hold is."""


def dump(workspace: Workspace) -> list[str]:
    with closing(sqlite3.connect(workspace.store)) as raw:
        return [line for line in raw.iterdump() if not _KEPT.match(line)]
