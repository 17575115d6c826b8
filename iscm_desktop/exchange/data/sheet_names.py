"""Names of sheets that Excel accepts, all different."""

from __future__ import annotations

import re
from collections.abc import Collection

MOST_CHARACTERS = 31
"""As Excel counts: in UTF-16, where a rare character takes two."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff]")
_RESERVED = "history"
"""Excel keeps this name for itself."""


def sheet_name(wanted: str, taken: Collection[str]) -> str:
    """A name for a sheet, as near to what is wanted as may be.

    Args:
        taken: Names in use; capitals make no difference.
    """
    used = {name.casefold() for name in taken} | {_RESERVED}
    plain = " ".join(_FORBIDDEN.sub("_", wanted).split()).strip("'") or "_"
    found, count = _cut(plain, MOST_CHARACTERS), 1
    while found.casefold() in used:
        count += 1
        ending = f"~{count}"
        found = _cut(plain, MOST_CHARACTERS - len(ending)) + ending
    return found


def _cut(text: str, most: int) -> str:
    units = text.encode("utf-16-le")
    return text if len(units) <= 2 * most else units[: 2 * most].decode("utf-16-le", "ignore").strip("'")
