"""JSON from strangers: UTF-8, nothing said twice, no numbers that are none, no depth beyond use."""

from __future__ import annotations

import json

from iscm_desktop.text_limits import is_storable

MAX_DEPTH = 32


def loads(data: bytes) -> object:
    """The value that `data` holds.

    Raises:
        ValueError: it is not JSON as RFC 8259 has it, a key occurs twice, or it nests too deep.
    """
    text = data.decode("utf-8")  # UnicodeDecodeError is a ValueError
    try:
        found = json.loads(text, object_pairs_hook=_each_once, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    _check(found, MAX_DEPTH)
    return found


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON")


def _check(value: object, depth: int) -> None:
    if depth < 0:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        if not is_storable(value):
            raise ValueError("a text holds NUL, which no database keeps, or half of a character")
    elif isinstance(value, dict):
        for key, part in value.items():
            _check(key, depth)
            _check(part, depth - 1)
    elif isinstance(value, list):
        for part in value:
            _check(part, depth - 1)
