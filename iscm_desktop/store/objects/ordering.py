"""Order keys of repeat entries: texts that sort as the entries stand, with room between any two.

Moving one entry changes one key, so people who move different entries do not disturb each other. Two people
who put an entry at the same place may choose equal keys; then the entries' ids decide, and the next move
between them gives new keys to those that share one.
"""

from __future__ import annotations

from collections.abc import Sequence

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_FIRST, _LAST = 0, len(_DIGITS) - 1

Placed = tuple[str, str]
"""Order key and entry id, in the order in which entries stand."""


def between(low: str, high: str | None) -> str:
    """A key above `low` ("" is the beginning) and below `high` (None is the end).

    No key ends in the lowest digit, so there is always room before it.

    Raises:
        ValueError: `low` is not below `high` (a defect of the caller).
    """
    if high is not None and low >= high:
        raise ValueError(f"no key lies between {low!r} and {high!r}")
    key: list[str] = []
    position, is_below = 0, high is not None
    while True:
        down = _digit(low, position, _FIRST)
        up = _digit(high, position, _FIRST) if is_below and high is not None else _LAST + 1
        if up - down > 1:
            return "".join(key) + _DIGITS[(down + up) // 2 if is_below else min(down + 2, (down + up) // 2)]
        key.append(_DIGITS[down])
        is_below = is_below and up == down
        position += 1


def placed(siblings: Sequence[Placed], entry: str, after: str | None) -> dict[str, str]:
    """New order keys, by entry id, that put `entry` behind `after` (None: to the front).

    Mostly that of the entry alone. `after` that is not among the siblings means the end.
    """
    others = [(key, id_) for key, id_ in sorted(siblings) if id_ != entry]
    ids = [id_ for _, id_ in others]
    spot = 0 if after is None else ids.index(after) + 1 if after in ids else len(ids)
    low = others[spot - 1][0] if spot else ""
    sharing = [id_ for key, id_ in others[spot:] if key <= low]
    rest = others[spot + len(sharing) :]
    high = rest[0][0] if rest else None
    keys: dict[str, str] = {}
    for id_ in (entry, *sharing):
        low = keys[id_] = between(low, high)
    return keys


def _digit(key: str, position: int, missing: int) -> int:
    return _DIGITS.index(key[position]) if position < len(key) else missing
