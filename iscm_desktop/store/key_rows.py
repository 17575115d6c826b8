"""Plain records of known devices and of coordinators' keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device whose signature is known for one respondent."""

    form_id: str
    respondent: str  # code
    key: str
    name: str
    respondent_name: str
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class CoordinatorKeyRow:
    """A public key for which answers can be encrypted."""

    recipient: str
    name: str
    is_ours: bool
    made_at: datetime
