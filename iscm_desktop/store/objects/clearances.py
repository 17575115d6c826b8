"""Clearance steps: whose agreement is asked for before the sign-off, and who gave it, when, with which remarks.

Whoever is asked works in the respondent's own house, often without this program: a step is a note that people there
keep, and no promise that a key must make. It acts on nothing; the signatory answers for the replies.
"""

from __future__ import annotations

import hashlib
from typing import Annotated

import msgspec

from iscm_desktop.text_limits import TextLimit

MOST_STEPS = 200
"""So many are read of one response: far more than any house has offices that agree."""

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=TextLimit.NAME.most)]
_Short = Annotated[str, msgspec.Meta(max_length=TextLimit.NAME.most)]
_Message = Annotated[str, msgspec.Meta(max_length=TextLimit.MESSAGE.most)]
_Day = Annotated[str, msgspec.Meta(pattern="^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", max_length=10)]
_Digest = Annotated[str, msgspec.Meta(max_length=64)]


class ClearanceStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The value of a `clearance` item, as canonical JSON: its fields stand in alphabetical order."""

    asked_on: _Day = ""
    by: _Short = ""
    """Who cleared; "" while nobody has."""
    cleared_on: _Day = ""
    content: _Digest = ""
    """What a sign-off given at that moment would have signed."""
    is_dropped: bool = False
    """No longer asked for: said in words of its own, since a step that the questionnaire names would come back."""
    is_paper: bool = False
    """Signed by hand, on a sheet that was scanned or kept."""
    remarks: _Message = ""
    whose: _Name
    """The office or person whose clearance it is."""


def clearance_of(text: str | None) -> ClearanceStep | None:
    """What a step says; None where it was removed, or is another program's idea of one."""
    try:
        return msgspec.json.decode(text, type=ClearanceStep) if text else None
    except msgspec.MsgspecError:
        return None


def clearance_id(whose: str) -> str:
    """The same for everyone who names this office, so that two computers meet in one step; 32 hexadecimal digits."""
    return hashlib.sha256(" ".join(whose.split()).casefold().encode()).hexdigest()[:32]
