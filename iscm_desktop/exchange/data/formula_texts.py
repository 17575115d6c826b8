"""Texts that a spreadsheet would run as a formula, and how they are written so that it does not.

In a CSV file every cell is text until a spreadsheet decides otherwise. An apostrophe in front is its own sign for
"this is text". Whoever reads the file again takes one away; a text that had apostrophes there itself gets one more,
so each text comes back as it was.
"""

from __future__ import annotations

import re

_LOOKS_LIKE_FORMULA = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""The wide forms of East Asian keyboards included: spreadsheets there take them alike."""
_IS_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_WRITTEN = re.compile("''*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula; a plain number, such as -5, is none."""
    return _LOOKS_LIKE_FORMULA.match(text) is not None and _IS_NUMBER.fullmatch(text) is None


def neutralised(text: str) -> str:
    """The text as a cell of a CSV file."""
    return f"'{text}" if is_formula(text) else text


def as_it_was(cell: str) -> str:
    """The text that `neutralised` was given."""
    return cell[1:] if _WRITTEN.match(cell) and is_formula(cell[1:]) else cell
