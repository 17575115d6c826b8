"""Responses out of the store as packages, and packages into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from iscm_desktop.exchange.manifest import QuestionnairePart, ResponsePart, RoundPart, Sender
from iscm_desktop.exchange.merge import MergePlan, MergeReport, Merging, Result
from iscm_desktop.exchange.package import Contents, Exported, write_package
from iscm_desktop.questionnaire.questionnaire import Questionnaire
from iscm_desktop.store import batches, glance, responses
from iscm_desktop.store.items import revisions_of
from iscm_desktop.store.revision import SubjectId
from iscm_desktop.store.rounds import round_row
from iscm_desktop.store.rows import BatchRow, ResponseRow
from iscm_desktop.workspace import shelf
from iscm_desktop.workspace.desk import Desk
from iscm_desktop.workspace.filling import Filling

_COUNTED_AT_ONCE = 20
"""Responses whose progress is counted with the merge itself; a larger pile is counted afterwards."""


class Travelling:
    """The service behind export and merge."""

    def __init__(self, desk: Desk, filling: Filling) -> None:
        self._desk = desk
        self._filling = filling

    def export(self, response: SubjectId, target: Path) -> Exported:
        """Seals a response, writes it, and remembers what was written."""
        row = self._filling.row(response)
        with self._desk.database.write() as db:
            responses.seal_response(db, response, self._desk.device)
        with self._desk.database.read() as db:
            used = shelf.by_hash(db, responses.questionnaire_hash(db, response))
            round_ = round_row(db, row.round)
            revisions = revisions_of(db, response)
            everything = responses.everything_of(db, response)
        person = self._desk.person
        exported = write_package(
            Contents(
                round=RoundPart(
                    round_.code, round_.title, round_.due_on.isoformat() if round_.due_on else None
                ),
                questionnaire=QuestionnairePart(used.form_id, used.version, used.title, used.hash),
                response=_response_part(row),
                sender=Sender(self._desk.device, person.name, person.organization),
                revisions=revisions,
                questionnaire_source=None if _is_shipped(used) else used.source,
            ),
            target,
        )
        with self._desk.database.write() as db:
            responses.set_exported(db, response, everything, self._desk.now())
        return exported

    def plan(
        self, paths: Sequence[Path], progress: Callable[[int, int], None], should_stop: Callable[[], bool]
    ) -> MergePlan:
        return self._merging().plan(paths, progress, should_stop)

    def apply(
        self, plan: MergePlan, progress: Callable[[int, int], None], should_stop: Callable[[], bool]
    ) -> MergeReport:
        report = self._merging().apply(plan, progress, should_stop)
        unchanged = (Result.REFUSED, Result.SAME)
        self._count({file.response_id for file in report.files if file.result not in unchanged})
        return report

    def batches(self) -> tuple[BatchRow, ...]:
        with self._desk.database.read() as db:
            return batches.batch_rows(db)

    def take_back(self, batch: str, *, is_taken_back: bool) -> None:
        with self._desk.database.write() as db:
            subjects = batches.subjects_of(db, batch)
            for subject in subjects:
                responses.seal_response(db, subject, self._desk.device)
            batches.take_back(db, batch, subjects, is_taken_back=is_taken_back)
        self._count(set(subjects))

    def _merging(self) -> Merging:
        return Merging(self._desk.database, self._desk.clock, self._desk.device, self._desk.person.signature)

    def _count(self, subjects: set[SubjectId]) -> None:
        if len(subjects) <= _COUNTED_AT_ONCE:
            with self._desk.database.plain() as plain:
                shown = {row.id for row in glance.responses(plain)}
            for subject in subjects & shown:
                self._filling.count(subject)


def _response_part(row: ResponseRow) -> ResponsePart:
    return ResponsePart(row.id, row.respondent, row.respondent_name, row.language)


def _is_shipped(used: Questionnaire) -> bool:
    own = shelf.shipped(used.form_id)
    return own is not None and own.hash == used.hash
