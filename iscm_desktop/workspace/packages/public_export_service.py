"""The public edition of a response as a package: what is published, and nothing of how it came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.exchange.merging.odd_items import FittingItems
from iscm_desktop.exchange.package.manifest import ResponsePart, Sender
from iscm_desktop.exchange.package.package_writer import ExportedFile, PackageContents
from iscm_desktop.exchange.package.public_edition import EditionOf, edition, is_withheld
from iscm_desktop.questionnaire.form_paths import path_around
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath, Declaration
from iscm_desktop.store.ledger.ledger_entries import append_entries
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.attachments import paths_with_files
from iscm_desktop.store.objects.heads import ItemState
from iscm_desktop.store.objects.items import items_of
from iscm_desktop.store.objects.restrictions import restricted
from iscm_desktop.store.objects.revision import (
    ANSWER,
    CONTENT_KINDS,
    ENTRY,
    ItemKey,
    SubjectId,
    item_key,
)
from iscm_desktop.store.objects.rounds import round_row
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.store.rows import ResponseRow
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.damage_notice import check_response
from iscm_desktop.workspace.packages.export_service import (
    Dress,
    ExportService,
    as_it_is,
    questionnaire_part,
    round_part,
)
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


class PublicExportService:
    """Writes what may be published."""

    def __init__(
        self, context: WorkspaceContext, response_service: ResponseService, exports: ExportService
    ) -> None:
        self._context, self._responses, self._packages = context, response_service, exports
        self._list = ResponseList(context)

    def export(self, response: SubjectId, target: Path, *, dressed: Dress = as_it_is) -> ExportedFile:
        """Writes the public edition of a response as a package.

        Args:
            dressed: Makes the file of the package, where that travels inside another.

        Raises:
            IscmError: an answer to be published is in conflict, nothing is left, or the file cannot be written.
        """
        row = self._list.row(response)
        secret = self._context.edition_secret()
        what = {"respondent": row.respondent_name, "file": str(target.absolute())}
        with self._context.log.running(OperationKind.PUBLISH, what) as publishing:
            with self._context.database.write() as db:
                check_response(db, response)
                responses.seal_response(db, response, self._context.device)
                append_entries(db, publishing.number, [response])
            return self._packages.write_contents(self._public_contents(row, secret), target, dressed=dressed)

    def _public_contents(self, row: ResponseRow, secret: bytes) -> PackageContents:
        public, withheld = self.public_session(row.id)
        with self._context.database.read() as db:
            used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, row.id))
            fitting = FittingItems(db)
            present = {
                key: state
                for key, state in items_of(db, row.id, CONTENT_KINDS).items()
                if fitting.fits(used.form_id, key)
            }
            round_ = round_row(db, row.round)
        stored_at = self._responses.stored_paths(row.id)
        content = _published_content(public, present, withheld, stored_at)
        nothing = public.declared(Declaration.NOTHING_TO_REPORT)
        if content.has_conflict:
            raise IscmError(AnswerProblem.PUBLIC_IN_CONFLICT, respondent=row.respondent_name)
        if not (content.answers or nothing):
            raise IscmError(AnswerProblem.PUBLIC_EMPTY, respondent=row.respondent_name)
        of = EditionOf(row.round, used.form_id, row.respondent, used.hash, row.language)
        made = edition(of, content.answers, content.places, secret, nothing)
        return PackageContents(
            round=round_part(round_),
            questionnaire=questionnaire_part(used),
            response=ResponsePart(made.subject, row.respondent, row.respondent_name, row.language),
            sender=Sender(device=""),
            revisions=made.revisions,
            questionnaire_source=None if known_questionnaires.is_shipped(used) else used.source,
            public=made.part,
            is_practice=self._context.is_practice,
        )

    def public_session(self, response: SubjectId) -> tuple[FormSession, frozenset[AnswerPath]]:
        """The response as it reads without what is withheld, and what that is.

        Attached files are withheld, too: what they say of people and computers besides their content, nobody sees.
        """
        device = self._context.device
        with self._context.database.read() as db:
            withheld = restricted(db, response, device) | paths_with_files(db, response, device)
        return self._responses.open_session(response, without=withheld), withheld


@dataclass(frozen=True, slots=True)
class _PublishedContent:
    """What a reader of the public edition sees, at the paths of the questionnaire in use."""

    answers: Mapping[AnswerPath, str]
    places: Mapping[AnswerPath, str]  # order keys of the entries around these answers
    has_conflict: bool


def _published_content(
    public: FormSession,
    present: Mapping[ItemKey, ItemState],
    withheld: frozenset[AnswerPath],
    stored_at: Mapping[AnswerPath, AnswerPath],
) -> _PublishedContent:
    """What is published of what is stored; `stored_at` says where answers lie that have moved since."""
    answers = _states(ANSWER, (one.path for one in public.answers()), present, stored_at)
    around = {path for answer in answers for path in _paths_around(answer) if not is_withheld(path, withheld)}
    entries = _states(ENTRY, around, present, stored_at)
    return _PublishedContent(
        {path: state.value for path, state in answers.items() if state.value is not None},
        {path: state.value for path, state in entries.items() if state.value is not None},
        any(state.is_conflict for state in (*answers.values(), *entries.values())),
    )


def _states(
    kind: str,
    paths: Iterable[AnswerPath],
    present: Mapping[ItemKey, ItemState],
    stored_at: Mapping[AnswerPath, AnswerPath],
) -> dict[AnswerPath, ItemState]:
    keys = {path: item_key(kind, stored_at.get(path, path)) for path in paths}
    return {path: present[key] for path, key in keys.items() if key in present}


def _paths_around(path: AnswerPath) -> Iterator[AnswerPath]:
    while path := path_around(path):
        yield path
