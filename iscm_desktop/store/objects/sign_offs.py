"""Sign-offs: who answers for a response, and which content they signed."""

from __future__ import annotations

from typing import Annotated

import msgspec

from iscm_desktop.store.objects.revision import Revision
from iscm_desktop.text_limits import TextLimit

_Reason = Annotated[str, msgspec.Meta(max_length=TextLimit.MESSAGE.most)]
_Count = Annotated[int, msgspec.Meta(ge=0, le=10**6)]


class SignedContent(msgspec.Struct, frozen=True, omit_defaults=True):
    """The value of a sign-off, as canonical JSON."""

    content: str
    function: str
    name: str
    open: _Count = 0
    """How many things were left to finish when it was given all the same; since format 1.3."""
    reason: _Reason = ""
    """Why; since format 1.3."""


def signature(text: str | None) -> SignedContent | None:
    """What a sign-off signs; None where it is blank or another program's idea of one, which signs nothing here."""
    try:
        return msgspec.json.decode(text, type=SignedContent) if text else None
    except msgspec.MsgspecError:
        return None


def signed_content(sign_off: Revision | None) -> str:
    """Digest of the content that a sign-off signs; "" where there is none."""
    signed = None if sign_off is None else signature(sign_off.value)
    return "" if signed is None else signed.content
