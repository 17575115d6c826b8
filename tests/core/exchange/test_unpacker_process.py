"""Packages out of mails, archives and Outlook's messages, under limits and in a process of its own.

U-01  What is attached is found at any depth, under the name it had, whatever the way of packing.
U-02  Names are data: none leads anywhere.
U-03  What swells, hangs, loops or crashes is refused in words, and the next file is read.
U-04  Each member of an archive is judged by itself, and what is of another kind is named; what systems add is not.
"""

from __future__ import annotations

import io
import time
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.errors import FileProblem
from iscm_desktop.exchange.unpacking import containers, unpacker_process
from iscm_desktop.exchange.unpacking.extraction import FoundPackage, PackageExtractor, RefusedMember
from iscm_desktop.exchange.unpacking.file_kind import FileKind, kind_of
from iscm_desktop.exchange.unpacking.unpacker_process import ExtractedFile, NotExtracted, Unpacker
from tests.core.exchange.test_pdf_carrier import bomb, pair, swelling  # noqa: F401 - a fixture
from tests.support.mail import mail
from tests.support.outlook import outlook_message


def zipped(*members: tuple[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", packing) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return written.getvalue()


PACKAGE = zipped(("manifest.json", b"{}"), ("revisions.jsonl", b""))
OTHER = zipped(("manifest.json", b"[]"))


def unpacked(name: str, data: bytes) -> list[tuple[str, ...]]:
    """Of each thing found, what it lay in, its name, and what became of it."""
    found = []
    for one in PackageExtractor().unpack(name, data):
        result = "package" if isinstance(one, FoundPackage) else one.problem
        found.append((*one.within, one.name, result))
    return found


def test_a_mail_forwarded_twice() -> None:
    """U-01."""
    inner = mail(("IGC.iscm", PACKAGE), ("logo.png", b"\x89PNG"), subject="first")
    outer = mail(mail(inner, subject="second"), ("Kanada – Réponse.iscm", OTHER), subject="third")
    assert unpacked("mail.eml", outer.as_bytes()) == [
        ("mail.eml", "IGC.iscm", "package"),
        ("mail.eml", "Kanada – Réponse.iscm", "package"),
    ]


@pytest.mark.parametrize("name", ["ATT00001.bin", "answers.iscm.zip", "IGC.iscm.txt", ""])
def test_an_attachment_is_known_by_its_content(name: str) -> None:
    """U-01. Gateways change names and kinds."""
    assert [one[-1] for one in unpacked("m.eml", mail((name, PACKAGE)).as_bytes())] == ["package"]


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_ways_of_encoding(encoding: str) -> None:
    """U-01. A body of 8 bits is what some gateways make of an attachment; the package survives where bytes do."""
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("x")
    message.add_attachment(PACKAGE, maintype="application", subtype="zip", filename="a.iscm")
    if encoding == "quoted-printable":
        message.clear_content()
        message.set_content(
            PACKAGE, maintype="application", subtype="zip", cte="quoted-printable", filename="a.iscm"
        )
    if encoding == "8bit":
        message.clear_content()
        message.set_content(PACKAGE, maintype="application", subtype="zip", cte="8bit", filename="a.iscm")
    found = list(PackageExtractor().unpack("m.eml", message.as_bytes()))
    assert len(found) == 1
    if encoding != "8bit":
        assert isinstance(found[0], FoundPackage)
        assert found[0].data == PACKAGE


def test_an_archive_of_mails_and_archives() -> None:
    """U-01."""
    data = zipped(
        ("State/NLD.iscm", PACKAGE),
        ("State/read me.txt", b"hello"),
        ("State/letter.docx", zipped(("word/document.xml", b"<x/>"))),
        ("more.zip", zipped(("mail.eml", mail(("CAN.iscm", OTHER)).as_bytes()))),
    )
    assert unpacked("all.zip", data) == [
        ("all.zip", "NLD.iscm", "package"),
        ("all.zip", "more.zip", "mail.eml", "CAN.iscm", "package"),
        ("all.zip", "read me.txt", "NOT_LOOKED_INTO"),
        ("all.zip", "letter.docx", "NOT_LOOKED_INTO"),
    ]


APPLE_DOUBLE = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + bytes(90)


def test_an_archive_made_on_a_mac() -> None:
    """U-04."""
    data = zipped(
        ("answers/a.iscm", PACKAGE),
        ("__MACOSX/answers/._a.iscm", APPLE_DOUBLE),
        ("answers/._b.iscm", APPLE_DOUBLE),
        ("answers/._c.iscm", b""),
        ("answers/.DS_Store", b"\0\0\0\1Bud1"),
        ("Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("same name.iscm", APPLE_DOUBLE),
    )
    assert unpacked("mac.zip", data) == [("mac.zip", "a.iscm", "package")]
    assert unpacked("m.eml", mail(("mac.zip", data)).as_bytes()) == [
        ("m.eml", "mac.zip", "a.iscm", "package")
    ]
    assert unpacked("m.eml", mail(("a.iscm", APPLE_DOUBLE), ("a.iscm", PACKAGE)).as_bytes()) == [
        ("m.eml", "a.iscm", "package")
    ]
    assert unpacked("z.zip", zipped(("._a.iscm", PACKAGE))) == [("z.zip", "_a.iscm", "package")]


def test_what_is_wrong_with_one_member_keeps_no_other_back() -> None:
    """U-04."""
    data = bytearray(zipped(("a.iscm", PACKAGE), ("b.iscm", OTHER), packing=zipfile.ZIP_STORED))
    data[data.index(PACKAGE) + 40] ^= 0xFF
    assert unpacked("z.zip", bytes(data)) == [
        ("z.zip", "a.iscm", "PACKAGE_DAMAGED"),
        ("z.zip", "b.iscm", "package"),
    ]
    locked = bytearray(zipped(("a.iscm", PACKAGE), ("b.iscm", OTHER)))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert unpacked("z.zip", bytes(locked)) == [("z.zip", "b.iscm", "package"), ("z.zip", "HOLDER_PROTECTED")]


def test_one_part_of_an_archive_and_unknown_ways_of_packing() -> None:
    """U-04. Other programs can unpack these."""
    last = bytearray(zipped(("a.iscm", PACKAGE)))
    last[last.rindex(b"PK\x05\x06") + 4] = 2
    assert unpacked("z.zip", bytes(last)) == [("z.zip", "HOLDER_PACKED")]
    odd = bytearray(zipped(("a.iscm", PACKAGE)))
    odd[8], odd[odd.index(b"PK\x01\x02") + 10] = 9, 9  # Deflate64
    assert unpacked("z.zip", bytes(odd)) == [("z.zip", "HOLDER_PACKED")]


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.iscm_", "a.iscm.vir", "a", "a.jar"])
def test_a_package_under_any_name(name: str) -> None:
    """U-01."""
    assert unpacked(name, PACKAGE) == [(name, "package")]


def test_a_message_of_outlook() -> None:
    """U-01."""
    data = outlook_message(("Réponse – Ответ.iscm", PACKAGE.ljust(5000, b"\0")), ("logo.png", bytes(5000)))
    assert unpacked("m.msg", data) == [("m.msg", "Réponse – Ответ.iscm", "package")]


@pytest.mark.parametrize("damage", range(0, 6000, 97))
def test_a_damaged_message_of_outlook(damage: int) -> None:
    """U-03. Whatever byte is wrong: a package or a refusal."""
    data = bytearray(outlook_message(("a.iscm", PACKAGE.ljust(5000, b"\0"))))
    data[damage % len(data)] ^= 0xFF
    assert all(
        one[-1] in {"package", "PACKAGE_DAMAGED", "HOLDER_EMPTY", "PACKAGE_TOO_LARGE", "PACKAGE_FOREIGN"}
        for one in unpacked("m.msg", bytes(data))
    )


def test_nothing_inside() -> None:
    assert unpacked("m.eml", mail().as_bytes()) == [("m.eml", "HOLDER_EMPTY")]
    assert unpacked("z.zip", zipped(("a.txt", b"x"))) == [("z.zip", "HOLDER_EMPTY")]
    assert unpacked("m.msg", outlook_message(("a.txt", bytes(5000)))) == [("m.msg", "HOLDER_EMPTY")]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd.iscm", "passwd.iscm"),
        ("C:\\Windows\\a.iscm", "a.iscm"),
        ("/abs/a.iscm", "a.iscm"),
        ("a\u202exmcsi.pdf", "axmcsi.pdf"),
        ("a\0b\n.iscm", "ab.iscm"),
        ("con.iscm", "_con.iscm"),
        ("..", "7"),
        ("", "7"),
        ("a" * 300 + ".iscm", "a" * 110 + ".iscm"),
        ('a<b>:"|?*.iscm', "a_b______.iscm"),
        ("folder. /answers .iscm", "answers .iscm"),
        ("移" * 100 + ".iscm", "移" * 45 + ".iscm"),
        ("移" * 100, "移" * 46),
        ("می\u200cخواهم.iscm", "می\u200cخواهم.iscm"),
        ("e\u0301.iscm", "é.iscm"),
    ],
)
def test_names_are_data(name: str, plain: str) -> None:
    """U-02."""
    assert containers.plain_name(name, "7") == plain


@given(st.text(max_size=400))
def test_any_name_names_a_file_here(name: str) -> None:
    """U-02."""
    plain = containers.plain_name(name, "7")
    assert plain not in {"", ".", ".."}
    assert not set(plain) & set("/\\\0:")
    assert len(plain) <= 121
    assert len(plain.encode()) <= 141


@given(st.binary(max_size=2000))
def test_bytes_of_any_kind(data: bytes) -> None:
    """U-03. Nothing but findings comes out, whatever the file claims to be."""
    for name, start in [
        ("a.eml", b"From: x\r\n"),
        ("a.zip", b"PK\x03\x04"),
        ("a.pdf", b"%PDF-1.7\n"),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ]:
        for one in PackageExtractor().unpack(name, start + data):
            assert isinstance(one, FoundPackage | RefusedMember)


def deep(levels: int) -> bytes:
    data = PACKAGE
    for _ in range(levels):
        data = zipped(("inner.zip", data))
    return data


def test_depth_has_an_end() -> None:
    """U-03."""
    assert unpacked("a.zip", deep(10))[-1][-1] == "package"
    assert unpacked("a.zip", deep(11))[-1][-1] == "HOLDER_TOO_DEEP"


def test_archives_that_swell() -> None:
    """U-03."""
    assert unpacked("a.zip", zipped(("a.iscm", bytes(50_000_000)))) == [("a.zip", "PACKAGE_TOO_LARGE")]
    endless = zipped(*((f"{at}", b"") for at in range(10_001)))
    assert unpacked("a.zip", endless) == [("a.zip", "PACKAGE_TOO_LARGE")]


def test_a_mail_of_boundaries() -> None:
    """U-03. Each boundary is compared with each line: many of both would take hours."""
    head = "".join(f'Content-Type: multipart/mixed; boundary="{at}"\n\n--{at}\n' for at in range(2000))
    begun = time.monotonic()
    assert unpacked("m.eml", (head + "line\n" * 100_000).encode()) == [("m.eml", "PACKAGE_TOO_LARGE")]
    assert time.monotonic() - begun < 2


def test_kinds() -> None:
    assert kind_of("scan", b"\n\n%PDF-1.4") is FileKind.PDF
    assert kind_of("a.iscm", b"PK\x03\x04") is FileKind.PACKAGE
    assert kind_of("a.iscm.age", b"age-encryption.org/v1\n") is FileKind.SEALED
    assert kind_of("saved message", b"Received: from x") is FileKind.MAIL
    assert kind_of("letter.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") is FileKind.OTHER


def real() -> dict[str, bytes]:
    """One of each kind, small."""
    return {
        "a.eml": mail(("IGC.iscm", PACKAGE), mail(("b.iscm", OTHER))).as_bytes(),
        "a.zip": zipped(("IGC.iscm", PACKAGE), ("b.iscm", OTHER)),
    }


@pytest.mark.parametrize("name", sorted(real()))
def test_truncated_at_every_byte(name: str) -> None:
    """U-03. What is found is left to the reader of packages, who knows by its hashes whether it is whole."""
    data = real()[name]
    for length in range(len(data)):
        for one in PackageExtractor().unpack(name, data[:length]):
            assert isinstance(one, RefusedMember) or one.name.endswith(".iscm")


def test_a_member_without_a_name() -> None:
    """U-03: one that is named by a zero byte has none to whoever reads it."""
    data = real()["a.zip"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = archive.namelist()[0].encode()
    nameless = data.replace(name, b"\0" + name[1:])
    assert nameless != data
    for one in PackageExtractor().unpack("a.zip", nameless):
        assert isinstance(one, FoundPackage | RefusedMember)


@given(st.data())
def test_bytes_changed_anywhere(data: st.DataObject) -> None:
    """U-03."""
    name = data.draw(st.sampled_from(sorted(real())))
    changed = bytearray(real()[name])
    for at in data.draw(st.lists(st.integers(0, len(changed) - 1), max_size=8)):
        changed[at] = data.draw(st.integers(0, 255))
    for one in PackageExtractor().unpack(name, bytes(changed)):
        assert isinstance(one, FoundPackage | RefusedMember)


# in a process of its own


def never() -> bool:
    return False


def asked(folder: Path, *files: Path, patience_s: float = 20.0) -> list[ExtractedFile | NotExtracted]:
    with Unpacker(folder, patience_s) as process:
        return [one for number, file in enumerate(files) for one in process.unpack(file, number, never)]


@pytest.fixture
def room(tmp_path: Path) -> Path:
    folder = tmp_path / "room"
    folder.mkdir()
    return folder


def test_files_are_laid_out_under_their_names(tmp_path: Path, room: Path) -> None:
    """U-02."""
    file = tmp_path / "m.eml"
    file.write_bytes(mail(("../../up.iscm", PACKAGE), ("up.iscm", OTHER)).as_bytes())
    first, second = asked(room, file)
    assert isinstance(first, ExtractedFile)
    assert isinstance(second, ExtractedFile)
    assert (first.path.name, second.path.name) == ("up.iscm", "up.iscm")
    assert {first.path.parents[1], second.path.parents[1]} == {room}
    assert (first.path.read_bytes(), second.path.read_bytes()) == (PACKAGE, OTHER)


def test_memory_is_limited(pair: tuple[bytes, bytes], tmp_path: Path, room: Path) -> None:  # noqa: F811
    """U-03. Deflated twice, so that the library itself has to unpack it; the next file is read."""
    import zlib

    (tmp_path / "bomb.pdf").write_bytes(bomb(pair[0], zlib.compress(swelling(1500)), rounds=2))
    (tmp_path / "good.pdf").write_bytes(pair[0])
    *refused, good = asked(room, tmp_path / "bomb.pdf", tmp_path / "good.pdf")
    assert all(isinstance(one, NotExtracted) for one in refused)
    assert len(refused) == 1
    assert isinstance(good, ExtractedFile)
    assert good.path.read_bytes() == pair[1]


def test_a_process_that_hangs_is_ended(tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """U-03. A pipe that nobody writes to hangs whoever reads it."""
    import os
    import sys

    if sys.platform == "win32":
        pytest.skip("there are no such pipes there")
    os.mkfifo(tmp_path / "pipe.eml")
    (tmp_path / "good.eml").write_bytes(mail(("a.iscm", PACKAGE)).as_bytes())
    begun = time.monotonic()
    hung, good = asked(room, tmp_path / "pipe.eml", tmp_path / "good.eml", patience_s=6.0)
    assert isinstance(hung, NotExtracted)
    assert hung.problem is FileProblem.HOLDER_TOO_SLOW
    assert "pipe.eml" in str(hung.refusal)
    assert isinstance(good, ExtractedFile)
    assert time.monotonic() - begun < 30


def test_a_process_that_dies_is_replaced(tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """U-03."""
    (tmp_path / "good.eml").write_bytes(mail(("a.iscm", PACKAGE)).as_bytes())
    with Unpacker(room) as process:
        assert len(list(process.unpack(tmp_path / "good.eml", 1, never))) == 1
        assert process._process is not None
        process._process.kill()
        process._process.wait()
        assert len(list(process.unpack(tmp_path / "good.eml", 2, never))) == 1


def test_stopping_does_not_wait(tmp_path: Path, room: Path) -> None:
    (tmp_path / "good.eml").write_bytes(mail(("a.iscm", PACKAGE)).as_bytes())
    with Unpacker(room) as process:
        assert list(process.unpack(tmp_path / "good.eml", 1, lambda: True)) == []
    assert unpacker_process.PATIENCE_S > 2
