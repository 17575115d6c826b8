"""Looking at files before they are merged: each is read once, and compared with what those before it bring."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from pathlib import Path

from iscm_desktop.errors import IscmError
from iscm_desktop.exchange.merging.comparison import compare
from iscm_desktop.exchange.merging.merge_intake import check_questionnaire
from iscm_desktop.exchange.merging.merge_plan import FilePlan, nothing_new, planned, refused
from iscm_desktop.exchange.merging.package_scope import limit_to_scope
from iscm_desktop.exchange.package.package_reader import PackageContent, read_package
from iscm_desktop.exchange.trust.verification import PackageVerifier
from iscm_desktop.store import batches
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.drafts import would_seal
from iscm_desktop.store.objects.items import revisions_of
from iscm_desktop.store.objects.responses import response_ids
from iscm_desktop.store.objects.revision import Revision, RevisionId, SubjectId

_KEPT_REVISIONS = 30_000
"""Of responses met lately, about 30 MB. Files of one respondent mostly lie side by side; of those that do not,
the earlier ones are read again."""


class MergePlanner:
    """Plans file after file; writes nothing."""

    def __init__(self, db: Transaction, door: PackageVerifier, device: str) -> None:
        self._db = db
        self._door = door
        self._device = device
        self._packages = batches.known_packages(db)
        self._here = response_ids(db)
        self._met: dict[SubjectId, list[Path]] = {}
        self._kept: OrderedDict[SubjectId, dict[RevisionId, Revision]] = OrderedDict()
        self._held = 0

    def at(self, path: Path) -> FilePlan:
        """What merging this file would do, after all those looked at before it."""
        try:
            opened = self._door.open(path)
            judgement = self._door.judge(opened)
            known = self._packages.get(opened.digest)
            if known is not None and known.is_in_view and opened.manifest.delegation is None:
                return nothing_new(opened, judgement, known.file_name)
            package = read_package(opened)
            check_questionnaire(self._db, package)
        except IscmError as error:
            return refused(path, error)
        ours = self._ours(package.manifest.response.id)
        try:
            admission = limit_to_scope(package, ours, takes_outside=False)
        except IscmError as error:
            self._put_back(package.manifest.response.id, ours)
            return refused(path, error)
        package = admission.package
        comparison = compare(ours, package.revisions)
        is_new = not ours
        self._remember(ours, package)
        return planned(admission, comparison, judgement, is_new=is_new)

    def _ours(self, subject: SubjectId) -> dict[RevisionId, Revision]:
        """What a response would hold by now; taken out of what is kept, so `_remember` it."""
        kept = self._kept.pop(subject, None)
        if kept is not None:
            self._held -= len(kept)
            return kept
        found: dict[RevisionId, Revision] = {}
        if subject in self._here:
            found = {**revisions_of(self._db, subject), **would_seal(self._db, subject, self._device)}
        for path in self._met.get(subject, ()):
            with suppress(IscmError):  # it was sound a moment ago; if it has gone since, merging will say so
                again = limit_to_scope(read_package(self._door.open(path)), found, takes_outside=False)
                found.update(again.package.revisions)
        return found

    def _remember(self, ours: dict[RevisionId, Revision], package: PackageContent) -> None:
        subject = package.manifest.response.id
        ours.update(package.revisions)
        self._met.setdefault(subject, []).append(package.path)
        self._put_back(subject, ours)

    def _put_back(self, subject: SubjectId, ours: dict[RevisionId, Revision]) -> None:
        self._kept[subject] = ours
        self._held += len(ours)
        while self._held > _KEPT_REVISIONS and len(self._kept) > 1:
            self._held -= len(self._kept.popitem(last=False)[1])
