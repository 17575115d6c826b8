"""Lines of `revisions.jsonl`: decoded and checked together, for a pile of packages holds a million of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from iscm_desktop.store import times
from iscm_desktop.store.objects.revision import ENTRY, Revision, RevisionId
from iscm_desktop.text_limits import TextLimit

MAX_LINES = 1_000_000
MAX_PARENTS = 100_000
MAX_PATH = TextLimit.PATH.most

_KIND = re.compile(r"[a-z][a-z_]{0,31}", re.ASCII)
_ID = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ORDER_KEY = re.compile(r"[0-9A-Za-z]{0,499}[1-9A-Za-z]", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_TIME = re.compile(r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z", re.ASCII)
_DAY = 10  # characters
_MIDNIGHT = "T00:00:00.000000Z"

_decode_lines = msgspec.json.Decoder(Revision).decode_lines
_encode_lines = msgspec.json.Encoder().encode_lines


class TooManyLinesError(ValueError):
    """More lines than any response has."""


def revisions_in(data: bytes, *, is_checked: bool = False) -> dict[RevisionId, Revision]:
    """The revisions of a member, by the ids that follow from their lines.

    Args:
        is_checked: These very bytes were found sound before, so they need only be decoded.

    Raises:
        ValueError: a line is not what a revision is, not canonical, or there twice; TooManyLinesError where
            there are too many to look at.
    """
    if data.count(b"\n") > MAX_LINES:
        raise TooManyLinesError
    try:
        revisions = _decode_lines(data)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError("a line is no revision") from error
    if not is_checked:
        _check(revisions, data)
    sha256 = hashlib.sha256
    found = {sha256(raw).hexdigest(): one for raw, one in zip(data.splitlines(), revisions, strict=True)}
    if len(found) != len(revisions):
        raise ValueError("a line is there twice")
    return found


def _check(revisions: Sequence[Revision], data: bytes) -> None:
    # Canonical lines have nothing said twice, no blanks, and one way to write each character.
    if not revisions or _encode_lines(revisions) != data:
        raise ValueError("a line is not canonical")
    if not _are_sound(revisions, may_hold_nul=b"\\u0000" in data):
        raise ValueError("a revision holds what none may hold")


def _are_sound(revisions: Sequence[Revision], *, may_hold_nul: bool) -> bool:
    return all(
        _TIME.fullmatch(one.made_at, _DAY)
        and _is_day(one.made_at[:_DAY])
        and _is_place(one.kind, one.path)
        and (not one.parents or _are_parents(one.parents))
        and (one.kind != ENTRY or one.value is None or _ORDER_KEY.fullmatch(one.value))
        for one in revisions
    ) and not (may_hold_nul and any(map(_holds_nul, revisions)))


def _holds_nul(one: Revision) -> bool:
    return "\0" in one.author or "\0" in one.device or (one.value is not None and "\0" in one.value)


def _are_parents(parents: Sequence[RevisionId]) -> bool:
    return (
        len(parents) <= MAX_PARENTS
        and all(map(_ID.fullmatch, parents))
        and list(parents) == sorted(set(parents))
    )


@lru_cache(maxsize=8192)
def _is_place(kind: str, path: str) -> bool:
    """Whether an item may be of this kind and stand at this path; the same ones come in every package."""
    return bool(_KIND.fullmatch(kind)) and len(path) <= MAX_PATH and not _CONTROL.search(path)


@lru_cache(maxsize=4096)
def _is_day(text: str) -> bool:
    try:
        times.read(text + _MIDNIGHT)
    except ValueError:
        return False
    return True
