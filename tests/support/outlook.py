"""What Outlook writes: a message in a file of its own ([MS-CFB], [MS-OXMSG]), and `winmail.dat` ([MS-OXTNEF])."""

from __future__ import annotations

import struct

_SECTOR, _FREE, _END, _FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5


def outlook_message(*attached: tuple[str, bytes]) -> bytes:
    """A .msg file with these files attached. Small streams are padded up to where no mini stream is needed."""
    entries: list[tuple[str, int, int, int, int, int]] = []  # name, type, right, child, start, size
    sectors: list[bytes] = []
    fat: list[int] = []

    def stored(data: bytes) -> int:
        start = len(sectors)
        parts = [data[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(data), _SECTOR)]
        sectors.extend(parts)
        fat.extend([*range(start + 1, start + len(parts)), _END])
        return start

    entries.append(("Root Entry", _ROOT, _FREE, 1 if attached else _FREE, _END, 0))
    for number, (name, data) in enumerate(attached):
        at = len(entries)
        following = at + 3 if number + 1 < len(attached) else _FREE
        title = name.ljust(2048).encode("utf-16-le")
        entries.append((f"__attach_version1.0_#{number:08X}", _STORAGE, following, at + 1, _END, 0))
        entries.append(("__substg1.0_37010102", _STREAM, at + 2, _FREE, stored(data), len(data)))
        entries.append(("__substg1.0_3707001F", _STREAM, _FREE, _FREE, stored(title), len(title)))
    while len(entries) % 4:
        entries.append(("", 0, _FREE, _FREE, 0, 0))
    directory = stored(b"".join(_entry(*one) for one in entries))
    fat_at = len(sectors)
    assert len(fat) + 1 <= 128, "one sector of the table is enough for tests"
    table = struct.pack("<128L", *[*fat, _FAT, *[_FREE] * (127 - len(fat))])
    head = struct.pack(
        "<8s16s5H6s9L", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, 1, directory, 0, 4096, _END, 0, _END, 0,
    )  # fmt: skip
    head += struct.pack("<109L", fat_at, *[_FREE] * 108)
    return head + b"".join(sectors) + table


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0" if name else b""
    return struct.pack(
        "<64sHBB3L16sL8s8sLQ",
        encoded,
        len(encoded),
        kind,
        1,
        _FREE,
        right,
        child,
        b"",
        0,
        b"",
        b"",
        start,
        size,
    )


def _attribute(kind: int, content: bytes, level: int = 2) -> bytes:
    return struct.pack("<BII", level, kind, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)


def _property(kind: int, name: int, content: bytes) -> bytes:
    return struct.pack("<HHII", kind, name, 1, len(content)) + content + b"\0" * (-len(content) % 4)


def winmail(*attached: tuple[bytes, bytes, str]) -> bytes:
    """A file of Outlook: of each attachment the short name, the content and the long name."""
    data = b"\x78\x9f\x3e\x22\x01\x00" + _attribute(0x00089006, b"\0\0\1\0", 1)
    for short, content, long in attached:
        properties = struct.pack("<I", 3) + struct.pack("<HHI", 3, 0x3705, 1)
        properties += struct.pack("<HH16sIII", 3, 0x8001, bytes(16), 0, 7, 1)
        properties += _property(0x1F, 0x3707, f"{long}\0".encode("utf-16-le"))
        data += (
            _attribute(0x00069002, bytes(14))
            + _attribute(0x0006800F, content)
            + _attribute(0x00018010, short + b"\0")
        )
        data += _attribute(0x00069005, properties if long else struct.pack("<I", 0))
    return data
