"""Plans a merge, file by file: each is read once, and compared with what is here and what those before it bring."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.errors import IscmError
from iscm_desktop.exchange.merging.examination import (
    ExaminedFile,
    Examiner,
    RepeatedFile,
    ResponseContent,
    with_package,
)
from iscm_desktop.exchange.merging.merge_plan import FilePlan, RefusedFile
from iscm_desktop.exchange.merging.odd_items import OddItems
from iscm_desktop.exchange.package.promise_keys import KeysBehind
from iscm_desktop.exchange.trust.verification import Judgement, PackageVerifier
from iscm_desktop.exchange.unpacking.package_sources import PackageSource
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.drafts import would_seal
from iscm_desktop.store.objects.packages import proof_of
from iscm_desktop.store.objects.proof_levels import NOTHING_VOUCHES, ResponseProof
from iscm_desktop.store.objects.responses import response_ids
from iscm_desktop.store.objects.revision import Revision, RevisionId, SubjectId
from iscm_desktop.store.operations.operations_in_effect import known_packages
from iscm_desktop.store.verification.revision_ids import DamagedRevision
from iscm_desktop.store.verification.sound_revisions import sound_revisions

_MOST_REVISIONS = 30_000
"""Of responses met lately, about 30 MB. Files of one respondent mostly lie side by side; of those that do not,
the earlier ones are read again."""


class MergePlanner:
    """Plans file after file; writes nothing."""

    def __init__(self, db: Transaction, verifier: PackageVerifier, device: str) -> None:
        self._examiner = Examiner(db, verifier, known_packages(db), OddItems(db), device)
        self._responses = _PlannedResponses(db, self._examiner, device)

    def plan_file(self, source: PackageSource) -> FilePlan | RefusedFile:
        """What merging this file would do, after all those planned before it."""
        match self._examiner.examine(source, self._responses.content):
            case RefusedFile() as refused:
                return refused
            case RepeatedFile() as repeated:
                return repeated.outcome(FilePlan)
            case ExaminedFile() as examined:
                self._responses.add_package(examined)
                return examined.outcome(FilePlan)


@dataclass(slots=True)
class _PlannedResponse:
    """What one response would hold, and what would vouch for it."""

    revisions: dict[RevisionId, Revision]
    proof: ResponseProof


class _PlannedResponses:
    """What responses would hold once the files planned so far are merged; those met lately stay at hand."""

    def __init__(self, db: Transaction, examiner: Examiner, device: str) -> None:
        self._db = db
        self._examiner = examiner
        self._device = device
        self._here = response_ids(db)
        self._packages: dict[SubjectId, list[tuple[Path, Judgement]]] = {}
        self._at_hand: OrderedDict[SubjectId, _PlannedResponse] = OrderedDict()
        self._damaged: dict[SubjectId, Mapping[RevisionId, DamagedRevision]] = {}
        self._keys: dict[SubjectId, KeysBehind] = {}
        self._count = 0

    def content(self, subject: SubjectId) -> ResponseContent:
        planned = self._planned(subject)
        damaged = self._damaged.get(subject, {})
        left = {id_: one for id_, one in damaged.items() if id_ not in planned.revisions}
        keys = self._keys.get(subject) or KeysBehind()
        return ResponseContent(planned.revisions, damaged=left, proof=planned.proof, keys=keys)

    def add_package(self, file: ExaminedFile) -> None:
        """Of the response whose content was asked for last."""
        package = file.package
        subject = package.manifest.response.id
        planned = self._planned(subject)
        before = len(planned.revisions)
        planned.revisions.update(package.revisions)
        planned.proof = file.proof
        self._keys.setdefault(subject, KeysBehind()).add(package)
        self._packages.setdefault(subject, []).append((package.path, file.judgement))
        self._count += len(planned.revisions) - before
        self._drop_oldest()

    def _planned(self, subject: SubjectId) -> _PlannedResponse:
        planned = self._at_hand.get(subject)
        if planned is None:
            planned = self._at_hand[subject] = self._read(subject)
            self._count += len(planned.revisions)
            self._drop_oldest()
        self._at_hand.move_to_end(subject)
        return planned

    def _read(self, subject: SubjectId) -> _PlannedResponse:
        found = _PlannedResponse({}, NOTHING_VOUCHES)
        if subject in self._here:
            here = sound_revisions(self._db, subject)
            self._damaged[subject] = here.damaged
            sealed = would_seal(self._db, subject, self._device)
            found.revisions |= {**here.in_view, **sealed}
            found.proof = proof_of(self._db, subject).with_made_here(sealed)
        for path, judgement in self._packages.get(subject, ()):
            with suppress(IscmError):  # if it has gone since, merging will say so
                waiting = self._keys.get(subject) or KeysBehind()
                again = self._examiner.read_again(path, found.revisions, waiting)
                found.revisions.update(again)
                found.proof = with_package(found.proof, judgement, again)
        return found

    def _drop_oldest(self) -> None:
        while self._count > _MOST_REVISIONS and len(self._at_hand) > 1:
            self._count -= len(self._at_hand.popitem(last=False)[1].revisions)
