"""Sign-offs in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from iscm_desktop.presenters.clearance_words import sign_off_words
from iscm_desktop.store.history_rows import SignOff


@pytest.mark.parametrize(
    ("reason", "told"),
    [("Paper follows", "Paper follows. Answers were"), ("The ministry is closed.", "closed. Answers were")],
)
def test_a_reason_ends_before_what_changed_since(reason: str, told: str) -> None:
    signed = SignOff("Ms Example", "Director", datetime(2027, 3, 1, tzinfo=UTC), False, open=2, reason=reason)
    assert told in sign_off_words(signed, "today")
    assert ".." not in sign_off_words(signed, "today")
