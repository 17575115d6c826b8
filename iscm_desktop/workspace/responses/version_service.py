"""A response and the versions of its questionnaire: moved to a newer one, and back; what is no longer asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.questionnaire import catalogue
from iscm_desktop.questionnaire.form_paths import FORM_ROOT, outside_repeats
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.sections import section_of, template_path
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.heads import natural
from iscm_desktop.store.objects.items import items_of, revisions_of
from iscm_desktop.store.objects.questionnaires import questionnaires_of_form
from iscm_desktop.store.objects.restrictions import is_edition
from iscm_desktop.store.objects.revision import QUESTIONNAIRE, SubjectId, item_key
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.held_sections import held_sections
from iscm_desktop.workspace.item_labels import ItemLabels
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_KEY = item_key(QUESTIONNAIRE)


@dataclass(frozen=True, slots=True)
class QuestionnaireVersions:
    """With which version a response is filled in, and the newest that this computer has."""

    current: str
    newest: str

    @property
    def is_newer_here(self) -> bool:
        """Whether new responses use a newer version than this one does."""
        return natural(self.newest) > natural(self.current)


@dataclass(frozen=True, slots=True)
class WithdrawnRow:
    """An answer to a question that this version no longer asks."""

    path: AnswerPath
    label: str  # as a version asked it that did; the path where none is known
    text: str
    section: AnswerPath  # of this version; "" where its section has gone, too


class VersionService:
    """The service behind "This questionnaire has a newer version"."""

    def __init__(self, context: WorkspaceContext, response_service: ResponseService) -> None:
        self._context, self._responses = context, response_service
        self._list = ResponseList(context)

    def of(self, response: SubjectId) -> QuestionnaireVersions:
        """Of sections that a colleague handed over, and of a public edition, others decide about the version."""
        row = self._list.row(response)
        with self._context.database.read() as db:
            if held_sections(db, response) is not None or is_edition(db, response):
                return QuestionnaireVersions(row.version, row.version)
            newest = known_questionnaires.newest_version(db, row.form_id, row.round)
        return QuestionnaireVersions(row.version, row.version if newest is None else newest.version)

    def move_to_newest(self, response: SubjectId) -> QuestionnaireVersions:
        """Goes on with the newest version.

        Raises:
            IscmError: none is newer than the one in use.
        """
        versions, row = self.of(response), self._list.row(response)
        with self._context.database.read() as db:
            newest = known_questionnaires.newest_version(db, row.form_id, row.round)
        if newest is None or not versions.is_newer_here:
            raise IscmError(AnswerProblem.QUESTIONNAIRE_IS_NEWEST, version=versions.current)
        with self._context.database.write() as db:
            known_questionnaires.keep_used(db, newest)
            self._use(db, response, f"{newest.version} {newest.hash}")
        self._responses.count_progress(response)
        return versions

    def move_back(self, response: SubjectId) -> QuestionnaireVersions:
        """Goes back to the version that was used before.

        Raises:
            IscmError: there was none.
        """
        before = self._list.row(response).version
        with self._context.database.write() as db:
            responses.seal_response(db, response, self._context.device)
            earlier = _before(db, response)
            if earlier is None:
                raise IscmError(AnswerProblem.QUESTIONNAIRE_IS_FIRST, version=before)
            self._use(db, response, earlier)
        self._responses.count_progress(response)
        return QuestionnaireVersions(self._list.row(response).version, before)

    def withdrawn_answers(self, response: SubjectId) -> tuple[WithdrawnRow, ...]:
        """What stays in view although nobody is asked for it any longer."""
        found = self._responses.open_session(response).withdrawn()
        if not found:
            return ()
        row = self._list.row(response)
        with self._context.database.read() as db:
            used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, response))
            others = tuple(_other_versions(db, used))
        rows = []
        for path, text in found:
            asked = next((one for one in others if template_path(one, path) in one), used)
            wording = ItemLabels(asked, row.language)
            section = outside_repeats(section_of(used, path) or FORM_ROOT)
            rows.append(WithdrawnRow(path, wording.label(path), wording.value(path, text), section))
        return tuple(rows)

    def _use(self, db: Transaction, response: SubjectId, value: str) -> None:
        author, now = self._context.person.signature, self._context.now()
        responses.seal_response(db, response, self._context.device)
        responses.put_item(db, response, _KEY, value, author, now, self._context.device)
        responses.seal_response(db, response, self._context.device)


def _before(db: Transaction, response: SubjectId) -> str | None:
    """The value that the present one replaced, where its questionnaire is known here."""
    present = items_of(db, response, [QUESTIONNAIRE]).get(_KEY)
    if present is None:
        return None
    revisions = revisions_of(db, response, key=_KEY)
    parents = revisions[present.heads[0]].parents
    values = [revisions[id_].value for id_ in parents if id_ in revisions]
    return next((value for value in values if value and value != present.value), None)


def _other_versions(db: Transaction, used: Questionnaire) -> Iterator[Questionnaire]:
    """The newest first, without the one in use."""
    kept = [known for known in questionnaires_of_form(db, used.form_id) if known.hash != used.hash]
    for known in sorted(kept, key=lambda one: natural(one.version), reverse=True):
        if known.source:
            yield catalogue.from_source(known.source)
    shipped = known_questionnaires.shipped_version(used.form_id)
    if shipped is not None and shipped.hash != used.hash:
        yield shipped
