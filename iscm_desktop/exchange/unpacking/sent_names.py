"""Names of files as somebody sent them, in whatever encoding their system has, as text that people can read.

Zip archives and headers of mails say too seldom in which encoding a name is. Bytes that are UTF-8 are that, since other
encodings hardly ever look so; for the rest, an encoding is believed if all that it gives are letters of the script for
which it is made. That covers the languages of the United Nations, and Japanese.
"""

from __future__ import annotations

import re
from contextlib import suppress

_LATIN = "À-ÖØ-öø-ÿŒœŠšŽžŸ"
_CYRILLIC = "Ёё\u0410-\u044f"
_ARABIC = "\u060c\u061f\u0621-\u0652"
_HAN = "\u3001-\u3011\u3040-\u30ff\u4e00-\u9fff\uff01-\uff5e"
_PUNCTUATION = "\u00a0°·«»–—‘’“”…№"

SYSTEM = (
    ("cp437", _LATIN), ("cp850", _LATIN), ("cp866", _CYRILLIC), ("cp720", _ARABIC), ("gb2312", _HAN), ("big5", _HAN),
    ("cp932", _HAN), ("cp1252", _LATIN), ("cp1251", _CYRILLIC), ("cp1256", _ARABIC), ("gb18030", _HAN),
)  # fmt: skip
"""What archives are written in: encodings of the command line, where Windows has two."""
MAIL = (
    ("cp1252", _LATIN), ("cp1251", _CYRILLIC), ("koi8-r", _CYRILLIC), ("cp1256", _ARABIC), ("gb2312", _HAN),
    ("big5", _HAN), ("cp932", _HAN), ("gb18030", _HAN),
)  # fmt: skip
"""What mails are written in."""

Encodings = tuple[tuple[str, str], ...]
"""Each with its letters, the likeliest first; of the first one is what nobody can tell."""

_CAPITAL_INSIDE = re.compile("[a-zß-öø-ÿа-яё][À-ÖØ-ÞА-ЯЁ]|[ß-öø-ÿа-яё][A-Z]")
_ESCAPE = b"\x1b$"
"""What Japanese mails put before each stretch of their letters."""
_LETTER = re.compile(r"[^\W\d_]")


def read_name(name: bytes, encodings: Encodings) -> str:
    """The name as text; what is no text in any encoding becomes the sign for lost characters."""
    with suppress(UnicodeDecodeError):
        return name.decode("iso2022_jp" if _ESCAPE in name else "utf-8")
    for encoding, letters in encodings:
        try:
            text = name.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_likely(text, letters):
            return text
    return name.decode(encodings[0][0], "replace")


def _is_likely(text: str, letters: str) -> bool:
    """Whether somebody would write so: words of one script, no capitals inside of them, few accents."""
    if re.search(f"[^ -~{letters}{_PUNCTUATION}]", text) or _CAPITAL_INSIDE.search(text):
        return False
    if letters is not _LATIN:
        return letters is _HAN or not re.search(f"[a-zA-Z][{letters}]|[{letters}][a-zA-Z]", text)
    found = _LETTER.findall(text.rpartition(".")[0] or text)
    return sum(not letter.isascii() for letter in found) * 2 <= len(found)
