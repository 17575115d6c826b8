"""Lines of `seals.jsonl`: which revisions of the package each seal covers, by the places of their lines.

Places instead of ids, for 64 digits a revision would make a package half as large again. What is signed are the
ids; which these are, the reader works out from the lines themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Annotated

import msgspec

from iscm_desktop.store.objects.revision import Revision, RevisionId
from iscm_desktop.store.objects.seals import Seal

MAX_SEALS = 10_000
"""Whoever exports every day for a year makes 365; each takes a tenth of a millisecond to check."""
MAX_COVERED = 4_000_000
"""Revisions of all seals of a package together; mostly each revision has one."""

Place = Annotated[int, msgspec.Meta(ge=0, le=10**9)]


class SealLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line; its fields stand in alphabetical order, as in all canonical JSON."""

    device: Annotated[str, msgspec.Meta(max_length=100)]
    """Whose revisions these are."""
    key: Annotated[str, msgspec.Meta(max_length=100)]
    """Public key of the device, as minisign writes it."""
    revisions: Annotated[tuple[tuple[Place, Place], ...], msgspec.Meta(min_length=1)]
    """Places of the revisions' lines, counted from 0: first and last of each run, ascending."""
    signature: Annotated[str, msgspec.Meta(max_length=100)]
    """Ed25519, base64."""


_encode_lines = msgspec.json.Encoder().encode_lines
_decode_lines = msgspec.json.Decoder(SealLine).decode_lines


def seal_lines(seals: Iterable[Seal], ordered: Sequence[RevisionId]) -> bytes:
    """The member, the same bytes for the same seals; `ordered` are the ids of all revisions by line."""
    places = {id_: place for place, id_ in enumerate(ordered)}
    lines = [
        SealLine(
            one.device, one.key, tuple(_runs(sorted(places[id_] for id_ in one.revisions))), one.signature
        )
        for one in seals
    ]
    return _encode_lines(sorted(lines, key=lambda line: (line.revisions, line.key, line.signature)))


def seals_in(data: bytes, revisions: Mapping[RevisionId, Revision]) -> tuple[Seal, ...]:
    """The seals of a member, with the ids that they cover; nobody has checked their signatures.

    Args:
        revisions: All of the package, in the order of their lines.

    Raises:
        ValueError: a line is none, is not canonical, names lines that are not there or another device's, or
            there are more than any response has.
    """
    if data.count(b"\n") > MAX_SEALS:
        raise ValueError("too many seals")
    try:
        lines = _decode_lines(data)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError("a line is no seal") from error
    if _encode_lines(lines) != data or len({one.signature for one in lines}) != len(lines):
        raise ValueError("a line is not canonical, or there twice")
    if not all(_are_runs(line.revisions, len(revisions)) for line in lines):
        raise ValueError("a seal covers lines that are not there")
    runs = [run for one in lines for run in one.revisions]
    if sum(last - first + 1 for first, last in runs) > MAX_COVERED:
        raise ValueError("too much is covered")
    ordered, devices = list(revisions), [one.device for one in revisions.values()]
    return tuple(_seal(line, ordered, devices) for line in lines)


def _seal(line: SealLine, ordered: Sequence[RevisionId], devices: Sequence[str]) -> Seal:
    covered: list[RevisionId] = []
    for first, last in line.revisions:
        if {*devices[first : last + 1]} != {line.device}:
            raise ValueError("a seal covers what another device made")
        covered += ordered[first : last + 1]
    return Seal(line.device, line.key, line.signature, tuple(sorted(covered)))


def _are_runs(runs: Sequence[tuple[int, int]], count: int) -> bool:
    """Whether places ascend with a gap between runs, so that there is one way to write them."""
    return (
        all(first <= last for first, last in runs)
        and all(before[1] + 1 < after[0] for before, after in pairwise(runs))
        and runs[-1][1] < count
    )


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = places[0]
    for place in places[1:]:
        if place != last + 1:
            yield first, last
            first = place
        last = place
    yield first, last
