"""Plain records of who is asked and who was invited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RespondentRow:
    """Somebody who is asked in a round."""

    round: str
    form_id: str
    respondent: str
    name: str
    language: str
    contact: str = ""
    invited_at: datetime | None = None
    response: str | None = None  # id of the response, once one has come or was started here
    is_asked: bool = True  # False for somebody who answered without being in the plan of the round


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that was issued; form and respondent are "" where it is open."""

    id: str
    round: str
    form_id: str
    respondent: str
    language: str
    contact: str
    file_name: str
    recipient: str  # the issuing coordinator's public key
    issued_at: datetime
