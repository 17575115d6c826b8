"""Piles of packages as a coordinator gets them: respondents of all three kinds, and now and then one who sent again.

Each package is the sample answers of somebody, told by another respondent at another time: of two thirds of the
size of the IGC's at most, most of them smaller, as in a real round. The same at every run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec

from iscm_desktop.exchange.package.manifest import QuestionnairePart, ResponsePart, RoundPart, Sender
from iscm_desktop.exchange.package.package_reader import open_package, read_package
from iscm_desktop.exchange.package.package_writer import PackageContents, package_bytes
from iscm_desktop.store import times
from iscm_desktop.store.objects.revision import ANSWER, Revision, RevisionId, response_id, revision_id
from tests.bench import samples

_MIX = (("igc", 2), ("can", 3), ("nld", 3), ("nor", 2), ("iom", 1))
_SENDS_AGAIN = 0.1
_EDITED_AGAIN = 12
_BEGAN = datetime(2027, 1, 4, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One sample response as it was exported."""

    questionnaire: QuestionnairePart
    revisions: dict[RevisionId, Revision]  # what others name as their parents comes before them


class _Sent(NamedTuple):
    """What a respondent had when they exported last."""

    number: int
    questionnaire: QuestionnairePart
    revisions: dict[RevisionId, Revision]


def pile(folder: Path, count: int) -> None:
    """Writes `count` packages into `folder`."""
    folder.mkdir(parents=True)
    patterns = _patterns(folder.parent / f"{folder.name}-patterns")
    chance = Random(count)
    last: _Sent | None = None
    for number in range(count):
        if last is not None and chance.random() < _SENDS_AGAIN:
            last = _edited(last, chance)
        else:
            pattern = chance.choices(patterns, [weight for _name, weight in _MIX])[0]
            last = _Sent(number, pattern.questionnaire, dict(_told_anew(pattern, number, chance)))
        (folder / f"{number:05}.iscm").write_bytes(package_bytes(_contents(last)))


def _patterns(folder: Path) -> list[_Pattern]:
    folder.mkdir()
    found = []
    with samples.opened(folder / "store.iscmdb") as workspace:
        for respondent, _weight in _MIX:
            made = workspace.exports.export(samples.respond(workspace, respondent), folder / respondent)
            package = read_package(open_package(made.path))
            ordered = sorted(package.revisions.items(), key=lambda one: (bool(one[1].parents), one[1].path))
            found.append(_Pattern(package.manifest.questionnaire, dict(ordered)))
    return found


def _told_anew(pattern: _Pattern, number: int, chance: Random) -> Iterator[tuple[RevisionId, Revision]]:
    """The revisions of a pattern as another respondent's, each question answered at another time."""
    subject = response_id(samples.ROUND, pattern.questionnaire.form_id, f"r{number:05}")
    device = f"{chance.getrandbits(64):016x}"
    at = _BEGAN + timedelta(minutes=chance.randrange(40_000))
    renamed: dict[RevisionId, RevisionId] = {}
    for before, revision in pattern.revisions.items():
        at += timedelta(seconds=chance.randrange(5, 90), microseconds=chance.randrange(1_000_000))
        told = msgspec.structs.replace(
            revision, subject=subject, device=device, author=f"Person {number}; Ministry {number % 190}",
            made_at=times.written(at), value=_value(revision, number),
            parents=tuple(sorted(renamed[parent] for parent in revision.parents)),
        )  # fmt: skip
        renamed[before] = revision_id(told)
        yield renamed[before], told


def _value(revision: Revision, number: int) -> str | None:
    """Texts differ from respondent to respondent; what is chosen from a list may well be the same."""
    is_text = revision.kind == ANSWER and revision.value is not None and " " in revision.value
    return f"{revision.value} ({number})" if is_text else revision.value


def _edited(sent: _Sent, chance: Random) -> _Sent:
    """The same response some days later: everything sent before, and some answers changed since."""
    continued = {parent for revision in sent.revisions.values() for parent in revision.parents}
    heads = [id_ for id_, one in sent.revisions.items() if one.kind == ANSWER and id_ not in continued]
    edited = dict(sent.revisions)
    for id_ in chance.sample(heads, min(_EDITED_AGAIN, len(heads))):
        before = sent.revisions[id_]
        at = times.read(before.made_at) + timedelta(days=3, seconds=chance.randrange(80_000))
        value = f"{before.value}, as of day {chance.randrange(28)}"
        edited.update(
            [
                _identified(
                    msgspec.structs.replace(before, made_at=times.written(at), parents=(id_,), value=value)
                )
            ]
        )
    return sent._replace(revisions=edited)


def _identified(revision: Revision) -> tuple[RevisionId, Revision]:
    return revision_id(revision), revision


def _contents(sent: _Sent) -> PackageContents:
    code = f"r{sent.number:05}"
    one = next(iter(sent.revisions.values()))
    return PackageContents(
        RoundPart(samples.ROUND, "Assessment 2027"),
        sent.questionnaire,
        ResponsePart(one.subject, code, f"Respondent {sent.number}", "en"),
        Sender(one.device, f"Person {sent.number}", f"Ministry {sent.number % 190}"),
        sent.revisions,
    )
