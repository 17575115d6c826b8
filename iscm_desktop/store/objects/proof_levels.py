"""On what trust each revision rests, and how far that proves it.

Pure functions of which packages brought a revision, what each of them showed, and which keys are known for the
respondent: the order in which files were merged plays no part.
"""

from __future__ import annotations

from enum import Enum


class Shown(Enum):
    """What a package showed by itself, and may be relied on for ever; from the least to the most."""

    UNSIGNED = "unsigned"
    SIGNED = "signed"
    OPEN = "open_invitation"  # and it proved an invitation that whoever has it may answer
    INVITED = "invitation"  # and it proved an invitation that was issued to this respondent
