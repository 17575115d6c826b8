"""Names of respondents, short enough for headings and files."""

from __future__ import annotations

import re


def short_respondent(name: str) -> str:
    """The acronym that ends a name in brackets: "IGC", also where another name stands before it."""
    found = re.search(r"\((?:[^()]*, )?([^(),]+)\)\s*$", name)
    return found.group(1) if found else name
