"""What a reader finds in a PDF of ours: the text of each page through the fonts' own character maps."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf

_PAIR = re.compile(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>")


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def page_texts(pdf: bytes) -> list[str]:
    """Each page's text, a line per text object, in the order and direction in which it was drawn."""
    with opened(pdf) as file:
        return ["\n".join(_lines(page)) for page in file.pages]


def _lines(page: pikepdf.Page) -> Iterator[str]:
    maps = {name: _unicode_map(font) for name, font in page.obj.Resources.Font.items()}
    current: dict[int, str] = {}
    line: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                current = maps[str(operands[0])]
            case "TJ":
                strings = [bytes(part) for part in operands[0] if isinstance(part, pikepdf.String)]
                line.extend(current.get(code, "") for string in strings for code in _codes(string))
            case "ET":
                yield "".join(line)
                line = []


def _codes(string: bytes) -> Iterator[int]:
    return (int.from_bytes(string[at : at + 2], "big") for at in range(0, len(string), 2))


def _unicode_map(font: pikepdf.Object) -> dict[int, str]:
    pairs = _PAIR.findall(font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}
