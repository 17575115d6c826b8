"""Questionnaires of one's own: looked at, added, listed, removed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from iscm_desktop.errors import IscmError, QuestionnaireProblem
from iscm_desktop.i18n import _, joined, ngettext
from iscm_desktop.questionnaire import catalogue
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.reading.form_files import FormFile, read_form_file
from iscm_desktop.questionnaire.reading.media_files import named_media, with_media
from iscm_desktop.questionnaire.reading.workbook_faults import WorkbookFault
from iscm_desktop.questionnaire.version_changes import version_changes
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects.attachments import content_of, discard_contents, keep_contents
from iscm_desktop.store.objects.heads import natural
from iscm_desktop.store.objects.questionnaires import (
    form_ids,
    forms_of_responses,
    questionnaires_of_form,
    remove_form,
    taken_form_ids,
    taken_versions,
)
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.questionnaire_media import FoundMedia, find_media
from iscm_desktop.workspace.workspace_context import WorkspaceContext

Form: TypeAlias = Questionnaire
"""A questionnaire as those take it who hand it on without looking into it."""


@dataclass(frozen=True, slots=True)
class QuestionnaireRow:
    """A questionnaire that new responses use, in its newest version."""

    form_id: str
    title: str
    version: str
    languages: tuple[str, ...]  # as the questionnaire names them
    questions: int  # that people can answer
    responses: int  # in this store
    is_shipped: bool  # came with the program; a newer version of one's own may have taken its place
    is_own: bool  # this version was added or taken over here
    hash: str


@dataclass(frozen=True, slots=True)
class ExaminedQuestionnaire:
    """What a file holds, before anything is added. What only came with somebody's file is not taken for here."""

    file: Path
    form: Questionnaire | None  # None where nothing can be made of it
    faults: tuple[WorkbookFault, ...]
    is_usable: bool
    here: str  # version of the same questionnaire that is here; "" where there is none
    is_same: bool  # this very questionnaire is here
    refusal: str  # why it cannot be added although it can be used; "" where it can
    media: FoundMedia  # files that its labels show
    changes: str  # what it changes in the version that is here, a sentence; "" where none is

    @property
    def questions(self) -> int:
        """That people can answer."""
        return 0 if self.form is None else _asked(self.form)

    @property
    def can_be_added(self) -> bool:
        """Whether adding it does something."""
        return self.is_usable and not self.refusal and not self.is_same


class QuestionnaireService:
    """The service behind "Questionnaires of your own"."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def all(self, round_code: str = "") -> tuple[QuestionnaireRow, ...]:
        """Those that new responses use: those that came with the program, then one's own by title.

        Args:
            round_code: With what its invitations brought, too; "" for what is used in every round.
        """
        with self._context.database.read() as db:
            own = [id_ for id_ in taken_form_ids(db, round_code) if id_ not in catalogue.shipped_keys()]
            counts = Counter(forms_of_responses(db).values())
            ids = (*catalogue.shipped_keys(), *own)
            found = [self._row(db, id_, counts[id_], round_code) for id_ in ids]
        rows = [row for row in found if row is not None]
        return tuple(sorted(rows, key=lambda row: "" if row.is_shipped else row.title.casefold()))

    def examine(self, file: Path, beside: Sequence[Path] = ()) -> ExaminedQuestionnaire:
        """What adding a workbook or XForm would do; nothing is changed.

        Args:
            beside: Tables, pictures, sounds and films that it names, or folders of them, where they lie elsewhere;
            those in its folder are found.

        Raises:
            IscmError: there is no such file, or what its labels show cannot come along.
        """
        return self._examined(file, read_form_file(file, beside), beside)

    def add(self, file: Path, beside: Sequence[Path] = ()) -> ExaminedQuestionnaire:
        """Adds a questionnaire, or a new version of one; from then on it is offered wherever one is chosen.

        Raises:
            IscmError: FORM_FAULTY with sheets and rows, or its id or version do not go with what is here.
        """
        found = self.examine(file, beside)
        self.add_found(found)
        return found

    def add_found(self, found: ExaminedQuestionnaire) -> None:
        """Adds what was examined.

        Raises:
            IscmError: as `add`.
        """
        if found.form is None or not found.is_usable:
            told = "\n".join(map(str, found.faults))
            raise IscmError(QuestionnaireProblem.FORM_FAULTY, name=found.file.name, faults=told)
        with self._context.database.write() as db:
            self._check(db, found.file, found.form)
            keep_contents(
                db, {found.form.media_files[name]: content for name, content in found.media.contents.items()}
            )
            known_questionnaires.add_known(db, found.form)

    def keep(self, form: Questionnaire, media: Mapping[str, bytes]) -> None:
        """Keeps a questionnaire that was examined, without comparing it with what is here.

        Args:
            media: What its labels show, by name.

        Raises:
            IscmError: what packages say of it could not be read again.
        """
        known_questionnaires.check_texts(form)
        with self._context.database.write() as db:
            digests = form.media_files
            keep_contents(db, {digests[name]: content for name, content in media.items() if name in digests})
            known_questionnaires.add_known(db, form)

    def media(self, form: Questionnaire, name: str) -> bytes | None:
        """The picture, sound or film that a label names; None where it did not come along, or is damaged."""
        digest = form.media_files.get(name.rpartition("/")[2])
        if digest is None:
            return None
        with self._context.database.read() as db:
            return content_of(db, digest)

    def all_media(self, form: Questionnaire) -> dict[str, bytes]:
        """All that came along of what its labels show, by name."""
        found = {name: self.media(form, name) for name in form.media_files}
        return {name: content for name, content in found.items() if content is not None}

    def newest(self, form_id: str, round_code: str = "") -> Questionnaire | None:
        """The version with which a new response begins, in this round or in any; None where there is none."""
        with self._context.database.read() as db:
            return known_questionnaires.newest_version(db, form_id, round_code)

    def remove(self, form_id: str) -> None:
        """Removes all versions of a questionnaire of one's own.

        Raises:
            IscmError: there is none, it came with the program, or there are responses to it.
        """
        with self._context.database.write() as db:
            if form_id not in form_ids(db):
                is_shipped = form_id in catalogue.shipped_keys()
                raise IscmError(
                    QuestionnaireProblem.FORM_SHIPPED if is_shipped else QuestionnaireProblem.FORM_NOT_HERE,
                    form=form_id,
                )
            count = sum(form == form_id for form in forms_of_responses(db).values())
            if count:
                raise IscmError(QuestionnaireProblem.FORM_IN_USE, form=form_id, count=count)
            kept = [
                catalogue.from_source(one.source) for one in questionnaires_of_form(db, form_id) if one.source
            ]
            remove_form(db, form_id)
            discard_contents(db, {digest for one in kept for digest in one.media_files.values()})

    def languages(self, form_id: str, round_code: str = "") -> tuple[str, ...]:
        """As the version with which a new response begins names them; () where there is none."""
        found = self.newest(form_id, round_code)
        return () if found is None else tuple(found.languages)

    def _row(self, db: Transaction, form_id: str, responses: int, round_code: str) -> QuestionnaireRow | None:
        found = known_questionnaires.newest_version(db, form_id, round_code)
        if found is None:
            return None
        shipped = form_id in catalogue.shipped_keys()
        return QuestionnaireRow(
            form_id, found.title, found.version, tuple(found.languages), _asked(found), responses, shipped,
            not known_questionnaires.is_shipped(found), found.hash,
        )  # fmt: skip

    def _examined(self, file: Path, read: FormFile, beside: Sequence[Path]) -> ExaminedQuestionnaire:
        form = read.questionnaire
        if form is None:
            return ExaminedQuestionnaire(file, None, read.faults, False, "", False, "", FoundMedia(), "")
        media = find_media(named_media(form), file, beside)
        if media.contents and read.is_usable:
            digests = {name: hashlib.sha256(content).hexdigest() for name, content in media.contents.items()}
            form = catalogue.from_source(with_media(form.source, digests))
        refusal, before, is_same = "", None, False
        with self._context.database.read() as db:
            if form.form_id:
                before = known_questionnaires.newest_version(db, form.form_id)
                is_same = known_questionnaires.is_in_use(db, form)
            try:
                self._check(db, file, form)
            except IscmError as error:
                refusal = str(error)
        here = "" if before is None else before.version or _("without a number")
        changes = "" if before is None or is_same else changes_in_words(before, form)
        return ExaminedQuestionnaire(
            file, form, read.faults, read.is_usable, here, is_same, "" if is_same else refusal, media, changes
        )

    def _check(self, db: Transaction, file: Path, form: Questionnaire) -> None:
        """Raises an IscmError where its id or version do not go with what is here."""
        if not form.form_id.strip():
            raise IscmError(QuestionnaireProblem.FORM_ID_MISSING, name=file.name)
        known_questionnaires.check_texts(form)
        ids = {*taken_form_ids(db), *catalogue.shipped_keys()}
        alike = next((id_ for id_ in sorted(ids) if id_.casefold() == form.form_id.casefold()), "")
        if alike and form.form_id not in ids:
            raise IscmError(QuestionnaireProblem.FORM_ID_ALIKE, form=form.form_id, other=alike)
        own = known_questionnaires.shipped_version(form.form_id)
        known = [(one.version, one.hash) for one in taken_versions(db, form.form_id)]
        known += [(own.version, own.hash)] if own else []
        if any(hash_ == form.hash for _version, hash_ in known):
            return
        if any(version == form.version for version, _hash in known):
            raise IscmError(
                QuestionnaireProblem.FORM_VERSION_TAKEN, form=form.form_id, version=form.version or "–"
            )
        newest = max((version for version, _hash in known), key=natural, default="")
        if natural(newest) > natural(form.version):
            raise IscmError(
                QuestionnaireProblem.FORM_VERSION_OLDER, name=file.name, form=form.form_id,
                version=form.version or "–", newer=newest,
            )  # fmt: skip


def _asked(form: Questionnaire) -> int:
    return sum(one.kind.is_answered and one.kind.is_shown for one in form.questions())


def changes_in_words(before: Questionnaire, after: Questionnaire) -> str:
    """What a new version changes, for whoever is about to add it; answers are never lost by it."""
    found = version_changes(before, after)
    parts = [
        words.format(count=count)
        for count, words in (
            (
                len(found.added),
                ngettext("{count} question added", "{count} questions added", len(found.added)),
            ),
            (len(found.gone), ngettext("{count} question gone", "{count} questions gone", len(found.gone))),
            (
                len(found.reworded),
                ngettext("{count} question changed", "{count} questions changed", len(found.reworded)),
            ),
        )
        if count
    ]
    if not parts:
        return _("The same questions as in version {version}.").format(version=before.version or "–")
    words = _("Against version {version}: {changes}.")
    return words.format(version=before.version or "–", changes=joined(parts))
