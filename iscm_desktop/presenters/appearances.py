"""What ODK's appearances ask of a widget, as far as a desk can give it. The full list is in `docs/guide`.

An appearance that only makes sense on a telephone is drawn plainly, and `session.device_questions` says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_COLUMNS = re.compile(r"(?:columns|compact|quickcompact)-(\d{1,2})")
_PACKED = frozenset(
    {"columns", "columns-pack", "compact", "quickcompact", "horizontal", "horizontal-compact"}
)
_MOST = 10


def asked_columns(appearance: Sequence[str]) -> int:
    """In how many columns choices are to stand: a number for `columns-n`, many for `columns-pack`; 0: not said."""
    for each in appearance:
        match = _COLUMNS.fullmatch(each)
        if match:
            return max(1, min(int(match[1]), _MOST))
    return 5 if _PACKED & set(appearance) else 0


def is_searched(appearance: Sequence[str]) -> bool:
    """Whether choices are to be found by typing, or in a list that opens."""
    return any(each in ("minimal", "autocomplete", "search", "quick-search") for each in appearance)
