"""One sound package into the store: its round, questionnaire, response and revisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.exchange.inventory import Comparison
from iscm_desktop.exchange.reading import Package
from iscm_desktop.questionnaire import library, registers
from iscm_desktop.store import batches, responses, times
from iscm_desktop.store.questionnaires import (
    KnownQuestionnaire,
    add_questionnaire,
    questionnaire,
    questionnaires_of_form,
)
from iscm_desktop.store.revision import Revision, RevisionId, SubjectId
from iscm_desktop.store.rounds import add_round_if_new


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where a file stands in its batch, and when it came."""

    batch: int
    position: int
    at: datetime

    def row(
        self,
        package: int,
        file_name: str,
        result: str,
        same: int,
        new: int = 0,
        newer: int = 0,
        conflicts: int = 0,
    ) -> batches.FileRow:
        return batches.FileRow(
            self.batch, self.position, package, file_name, result, new, same, newer, conflicts
        )


def check_questionnaire(db: Connection, package: Package) -> None:
    """Makes sure that the response could be opened here.

    Raises:
        IscmError: the file's questionnaire cannot be read, is another than it says, or no version is known.
    """
    named = package.manifest.questionnaire
    if package.questionnaire_source is not None:
        found = library.from_source(package.questionnaire_source)
        if (found.form_id, found.version) != (named.form_id, named.version):
            raise IscmError(Problem.PACKAGE_CONTRADICTS, file=package.path.name)
    elif named.form_id not in library.shipped_keys() and not any(
        known.source for known in questionnaires_of_form(db, named.form_id)
    ):
        raise IscmError(Problem.QUESTIONNAIRE_UNKNOWN, form=named.title or named.form_id)


def take_in(
    db: Connection,
    arrival: Arrival,
    package: Package,
    known: int | None,
    comparison: Comparison,
    result: str,
) -> None:
    """Writes all of a package; `known` is its number if an earlier batch, taken back since, brought it."""
    manifest = package.manifest
    due_on = manifest.round.due_on
    add_round_if_new(
        db,
        manifest.round.code,
        manifest.round.title,
        date.fromisoformat(due_on) if due_on else None,
        arrival.at,
    )
    _add_questionnaire(db, package)
    _add_response(db, package)
    number = known or batches.add_package(
        db, package.digest, manifest.response.id, package.path.name, manifest.sender.name, arrival.at
    )
    batches.add_from_package(db, number, manifest.response.id, package.revisions)
    batches.add_file(
        db,
        arrival.row(
            number,
            package.path.name,
            result,
            comparison.same,
            comparison.new,
            comparison.newer,
            comparison.conflicts,
        ),
    )


def settle(
    db: Connection, subject: SubjectId, ours: Mapping[RevisionId, Revision], *, has_changed: bool
) -> None:
    """Sums a response up once its files are in."""
    if not has_changed:
        return
    if batches.has_hidden(db, subject):
        batches.show_what_stands(db, subject)
    else:
        responses.sum_up(db, subject, ours)
        responses.set_progress(db, subject, None)


def _add_questionnaire(db: Connection, package: Package) -> None:
    named = package.manifest.questionnaire
    source = package.questionnaire_source
    if source is None and named.form_id in library.shipped_keys() and questionnaire(db, named.hash) is None:
        shipped = library.shipped(named.form_id)
        source = shipped.source if shipped.hash == named.hash else None
    add_questionnaire(db, KnownQuestionnaire(named.hash, named.form_id, named.version, named.title, source))


def _add_response(db: Connection, package: Package) -> None:
    manifest = package.manifest
    part, form_id = manifest.response, manifest.questionnaire.form_id
    name = registers.respondent_name(form_id, part.respondent)
    if name == part.respondent:
        name = part.respondent_name or name
    identity = responses.Identity(part.id, manifest.round.code, form_id, part.respondent, name)
    responses.add_response(
        db,
        identity,
        manifest.questionnaire.hash,
        part.language,
        times.read(manifest.made_at),
        is_made_here=False,
    )
