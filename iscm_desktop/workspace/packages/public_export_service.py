"""The public edition of a response as a package: what is published, and nothing of how it came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.exchange.package.package_writer import ExportedFile, PackageContents
from iscm_desktop.exchange.package.public_edition import PublicPart, is_withheld, marked, public_revisions
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.ledger.ledger_entries import append_entries
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.items import items_of, revisions_of
from iscm_desktop.store.objects.restrictions import restricted
from iscm_desktop.store.objects.revision import ANSWER, ENTRY, ItemKey, SubjectId, item_key
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.store.rows import ResponseRow
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.packages.export_service import Dress, ExportService, as_it_is
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
        what = {"respondent": row.respondent_name, "file": str(target.absolute())}
        with self._context.log.running(OperationKind.PUBLISH, what) as publishing:
            with self._context.database.write() as db:
                responses.seal_response(db, response, self._context.device)
                append_entries(db, publishing.number, [response])
            return self._packages.write_contents(self._public_contents(row), target, dressed=dressed)

    def _public_contents(self, row: ResponseRow) -> PackageContents:
        response = row.id
        whole = self._responses.open_session(response)
        public, withheld = self.public_session(response)
        with self._context.database.read() as db:
            used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, response))
            revisions = revisions_of(db, response)
            present = items_of(db, response)
        stored_at = self._responses.stored_paths(response)
        entries = {(path := AnswerPath(key[1])): path for key in present if key[0] == ENTRY}
        entries |= {path: old for path, old in stored_at.items() if item_key(ENTRY, old) in present}
        keys = _published_items(public, entries, withheld, stored_at)
        if any(present[key].is_conflict for key in keys if key in present):
            raise IscmError(AnswerProblem.PUBLIC_IN_CONFLICT, respondent=row.respondent_name)
        chosen = public_revisions(revisions, present, keys)
        if not any(one.kind == ANSWER for one in chosen.values()):
            raise IscmError(AnswerProblem.PUBLIC_EMPTY, respondent=row.respondent_name)
        part = PublicPart(len(whole.answers()) - len(public.answers()))
        contents = self._packages.contents(row, used, marked(chosen, response, self._context.device))
        return replace(contents, public=part, prove=None)

    def public_session(self, response: SubjectId) -> tuple[FormSession, frozenset[AnswerPath]]:
        """The response as it reads without what is withheld, and what that is."""
        with self._context.database.read() as db:
            withheld = restricted(db, response)
        return self._responses.open_session(response, without=withheld), withheld


def _published_items(
    public: FormSession,
    entries: Mapping[AnswerPath, AnswerPath],
    withheld: frozenset[AnswerPath],
    stored_at: Mapping[AnswerPath, AnswerPath],
) -> list[ItemKey]:
    """What a reader of the public edition sees, and the entries that hold it, by where they are stored."""
    answers = [one.path for one in public.answers()]
    around = {
        item_key(ENTRY, old)
        for path, old in entries.items()
        if not is_withheld(path, withheld) and any(one.startswith(f"{path}/") for one in answers)
    }
    return [*(item_key(ANSWER, stored_at.get(path, path)) for path in answers), *sorted(around)]
