"""Names as keys: for codes, and for the order in which people look them up."""

from __future__ import annotations

import re
import unicodedata


def slug(text: str) -> str:
    """Lower case, every run of other characters an underscore: "World Bank" gives "world_bank"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def sorting_key(name: str) -> str:
    """Å beside A: the order in which people look names up."""
    letters = (letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return "".join(letters).casefold()
