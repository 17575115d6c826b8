"""Names in the encodings of many systems, as people read them.

N-01  What is UTF-8 is read so, whether or not the archive or the mail says so.
N-02  Otherwise the encoding is believed in which all of a name is in the script that it is made for.
N-03  Whatever the bytes are, there is a name.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.exchange.unpacking.containers import Unreadable, zip_members
from iscm_desktop.exchange.unpacking.sent_names import MAIL, SYSTEM, read_name

NAMES = [
    "Réponse de l'État.iscm",
    "Ответ государства 2027.iscm",
    "ردود الآلية الإقليمية.iscm",
    "问卷答复 2027.iscm",
]


@pytest.mark.parametrize("name", [*NAMES, "回答票.iscm", "plain.iscm"])
def test_utf8_wins(name: str) -> None:
    """N-01."""
    assert read_name(name.encode(), SYSTEM) == name
    assert read_name(name.encode(), MAIL) == name


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp437", "Réponse État.iscm"),
        ("cp850", "À l'État.iscm"),
        ("cp850", "Año español.iscm"),
        ("cp866", "Ответ государства 2027.iscm"),
        ("cp866", "ОТВЕТ.iscm"),
        ("cp720", "ردود الآلية الإقليمية.iscm"),
        ("gbk", "问卷答复 2027.iscm"),
        ("cp932", "アンケート回答.iscm"),
        ("big5", "問卷答覆.iscm"),
        ("cp1252", "Réponse – État.iscm"),
    ],
)
def test_what_archives_are_written_in(encoding: str, name: str) -> None:
    """N-02."""
    assert read_name(name.encode(encoding), SYSTEM) == name


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1252", "Réponse – État.iscm"),
        ("latin-1", "été.iscm"),
        ("cp1251", "Ответ государства.iscm"),
        ("koi8-r", "Ответ государства.iscm"),
        ("cp1256", "ردود الآلية الإقليمية.iscm"),
        ("gb2312", "问卷答复.iscm"),
        ("cp932", "アンケート回答.iscm"),
    ],
)
def test_what_mails_are_written_in(encoding: str, name: str) -> None:
    """N-02."""
    assert read_name(name.encode(encoding), MAIL) == name


@given(st.binary(max_size=60))
def test_there_is_always_a_name(name: bytes) -> None:
    """N-03."""
    for encodings in (SYSTEM, MAIL):
        read_name(name, encodings).encode()


def archive(raw: bytes, extra: bytes = b"") -> bytes:
    """With one member whose name is in these bytes and not marked as UTF-8."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        info = zipfile.ZipInfo("x" * len(raw))
        info.extra = extra
        packed.writestr(info, b"content")
    return written.getvalue().replace(b"x" * len(raw), raw)


@pytest.mark.parametrize("name", NAMES)
def test_archives_that_do_not_say(name: str) -> None:
    """N-01. As a Mac, and most programs on Linux, write them."""
    ((found, content, _sender),) = zip_members(archive(name.encode()), 1000, lambda _name, _start: True)
    assert (found, content) == (name, b"content")


def test_archives_that_say_so_wrongly() -> None:
    """N-02. Marked as UTF-8, and written as an older system does."""
    name = "Ответ.iscm"
    packed = bytearray(b"before it" + archive(name.encode("cp866")))
    packed[9 + 7] |= 0x08
    packed[packed.index(b"PK\x01\x02") + 9] |= 0x08
    ((found, content, _sender),) = zip_members(bytes(packed), 1000, lambda _name, _start: True)
    assert (found, content) == (name, b"content")
    for at in range(9, len(packed)):
        damaged = bytearray(packed)
        damaged[at] ^= 0xFF
        with suppress(Unreadable):
            list(zip_members(bytes(damaged), 1000, lambda _name, _start: True))


def test_a_name_told_beside_the_name() -> None:
    """N-01. The first name is in an encoding in which it has no letters; the second, whole one, is meant for it."""
    raw, whole = b"______.iscm", "ответ.iscm"
    body = b"\x01" + struct.pack("<I", zlib.crc32(raw)) + whole.encode()
    extra = struct.pack("<HH", 0x7075, len(body)) + body
    ((found, *_rest),) = zip_members(archive(raw, extra), 1000, lambda _name, _start: True)
    assert found == whole
