"""Texts of machines in sentences for people: keys, fingerprints, codes, paths and commands run from left to right.

In a sentence that runs from right to left the digits and letters of a key would change places, and whoever compares
it on the telephone would read another one.
"""

from __future__ import annotations

from iscm_desktop.i18n import is_right_to_left


def machine_text(text: object) -> str:
    """`text` as one piece from left to right, wherever it stands; nothing is added where all runs that way."""
    if not is_right_to_left():
        return str(text)
    return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def fingerprint_text(fingerprint: str) -> str:
    """The hexadecimal digits of a key, their groups on one line: compared with another's, they are one word."""
    return machine_text(fingerprint.replace(" ", "\N{NO-BREAK SPACE}") if is_right_to_left() else fingerprint)
