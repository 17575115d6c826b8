"""A broken store's file into a new store, completed from the files that were received."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.errors import IscmError
from iscm_desktop.exchange.merging.merge_plan import MergeReport
from iscm_desktop.exchange.package.manifest import Manifest
from iscm_desktop.exchange.package.package_reader import open_package
from iscm_desktop.store import times
from iscm_desktop.store.rescue.rescue import RescueReport, rescue
from iscm_desktop.store.rescue.row_carver import CarvedResponse
from iscm_desktop.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RescuedStore:
    """What a rescue came to, and what received files added to it."""

    report: RescueReport
    merged: MergeReport | None  # None: no files were named


def rescue_store(
    broken: Path, target: Path, against: Sequence[Path] = (), clock: times.Clock = times.now
) -> RescuedStore:
    """Makes a new store of what a broken one gives up; received files say whose it is, and add what is missing.

    Raises:
        IscmError: the target exists, or nothing could be read.
    """
    known = {manifest.response.id: _identity(manifest) for manifest in _manifests(against)}
    report = rescue(broken, target, known, clock())
    if not against:
        return RescuedStore(report, None)
    with Workspace.open(target, clock=clock) as workspace:
        return RescuedStore(report, workspace.packages.apply(workspace.packages.plan(against)))


def _manifests(against: Sequence[Path]) -> Iterator[Manifest]:
    for place in against:
        for path in sorted(place.rglob("*.iscm")) if place.is_dir() else [place]:
            with suppress(IscmError, OSError):  # whatever is wrong with a file is told when it is merged
                yield open_package(path).manifest


def _identity(manifest: Manifest) -> CarvedResponse:
    part = manifest.response
    return CarvedResponse(
        manifest.round.code, manifest.questionnaire.form_id, part.respondent, part.respondent_name,
        manifest.questionnaire.hash, part.language,
    )  # fmt: skip
