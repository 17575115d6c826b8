"""Responses being filled in: started, opened, saved, annotated, signed off."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from iscm_desktop.errors import IscmError, Problem
from iscm_desktop.exchange.package.public_edition import published
from iscm_desktop.questionnaire import catalogue, registers
from iscm_desktop.questionnaire.questionnaire import Questionnaire
from iscm_desktop.questionnaire.reading.secondary_instances import LAST_SAVED
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerChanged, AnswerPath, Change, EntryRemoved
from iscm_desktop.store import startup_queries
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.drafts import drafts_of
from iscm_desktop.store.objects.items import items_of, subjects_with
from iscm_desktop.store.objects.responses import FilledAnswers
from iscm_desktop.store.objects.restrictions import is_edition
from iscm_desktop.store.objects.revision import (
    CONTENT_KINDS,
    LANGUAGE,
    NOTE,
    QUESTIONNAIRE,
    SIGN_OFF,
    SubjectId,
    response_id,
)
from iscm_desktop.store.rows import Progress, ResponseRow, SignOff
from iscm_desktop.store.times import read
from iscm_desktop.workspace import questionnaire_shelf
from iscm_desktop.workspace.held_sections import HeldSections, held_sections, section_paths
from iscm_desktop.workspace.responses.moved_answers import MovedAnswers, match_moved_answers
from iscm_desktop.workspace.responses.new_response import first_changes, respondent_code
from iscm_desktop.workspace.workspace_context import WorkspaceContext


@dataclass(frozen=True, slots=True)
class TakenChanges:
    """Changes on their way from a session to the store."""

    response: SubjectId
    changes: tuple[Change, ...]
    questionnaire: Questionnaire
    progress: Progress


class ResponseService:
    """The service behind the questionnaire page."""

    def __init__(self, desk: WorkspaceContext) -> None:
        self._desk = desk
        self._unsaved: dict[SubjectId, tuple[Change, ...]] = {}

    def row(self, response: SubjectId) -> ResponseRow:
        """One response of the list.

        Raises:
            IscmError: there is none with this id, or it is out of view.
        """
        with self._desk.database.read() as db:
            found = startup_queries.responses(db, response)
        if not found:
            raise IscmError(Problem.RESPONSE_UNKNOWN, response=response)
        return found[0]

    def rows_with(self, kind: str, response: SubjectId | None) -> tuple[ResponseRow, ...]:
        """The responses that have items of a kind; or the one named, whatever it has."""
        if response is not None:
            return (self.row(response),)
        with self._desk.database.read() as db:
            wanted = subjects_with(db, kind)
        with self._desk.database.read() as db:
            return tuple(row for row in startup_queries.responses(db) if row.id in wanted)

    def scope(self, response: SubjectId) -> HeldSections | None:
        """The sections of a response that are held here; None where all of it is."""
        with self._desk.database.read() as db:
            return held_sections(db, response)

    def add_questionnaire(self, file: Path) -> str:
        """The form id of a questionnaire that responses can now be started with.

        Raises:
            IscmError: the form has faults; all of them are named.
        """
        if file.suffix.lower() == ".xml":
            read = catalogue.from_source(file.read_text(encoding="utf-8"))
        else:
            from iscm_desktop.questionnaire.reading.xlsform import (
                read_xlsform,  # late: pyxform takes its time
            )

            read = read_xlsform(file)
        with self._desk.database.write() as db:
            questionnaire_shelf.keep(db, read)
        return read.form_id

    def start(self, form_id: str, respondent: str, round_code: str | None, language: str) -> SubjectId:
        """The response of this respondent; made where there is none yet."""
        round_ = self._desk.round(round_code).code
        code = respondent_code(form_id, respondent)
        if not code:
            raise IscmError(Problem.RESPONDENT_MISSING)
        if form_id == "state" and registers.territory(code) is None:
            raise IscmError(Problem.RESPONDENT_UNKNOWN, respondent=respondent, form=form_id)
        id_ = response_id(round_, form_id, code)
        identity = responses.ResponseIdentity(
            id_, round_, form_id, code, registers.respondent_name(form_id, code)
        )
        now, author = self._desk.now(), self._desk.person.signature
        with self._desk.database.read() as db:
            used = questionnaire_shelf.newest(db, form_id)
        if used is None:
            raise IscmError(Problem.QUESTIONNAIRE_UNKNOWN, form=form_id)
        last_saved = self._saved_before(used, id_)
        with self._desk.database.write() as db:
            is_new = id_ not in responses.response_ids(db)
            if not is_new and (held_sections(db, id_) is not None or is_edition(db, id_)):
                return id_  # handed over by a colleague, or a public edition
            questionnaire_shelf.keep(db, used)
            responses.add_response(db, identity, used.hash, language, now, is_made_here=True)
            if is_new:
                changes, session = first_changes(
                    used, code, language, now, properties=self._properties(), last_saved=last_saved
                )
                responses.save_changes(db, id_, changes, author, now, progress_of(session))
                responses.put_item(db, id_, (QUESTIONNAIRE, ""), f"{used.version} {used.hash}", author, now)
                responses.put_item(db, id_, (LANGUAGE, ""), language, author, now)
        return id_

    def open(
        self, response: SubjectId, language: str | None = None, *, without: Collection[AnswerPath] = ()
    ) -> FormSession:
        """A session on what is stored now, drafts included; in the response's language, or in another.

        Args:
            without: Paths that are read as if nothing had been answered there or below.
        """
        return self._session(response, language, without, looks_back=True)

    def _session(
        self, response: SubjectId, language: str | None, without: Collection[AnswerPath], *, looks_back: bool
    ) -> FormSession:
        row = self.row(response)
        used, filled, scope = self._stored(response, without)
        sections = section_paths(used, scope.parts) if scope is not None else None
        return FormSession(
            used, language=language or row.language, answers=filled.answers, entries=filled.entries,
            clock=self._desk.clock, is_new=False, sections=sections, properties=self._properties(),
            last_saved=self._saved_before(used, response) if looks_back else None,
        )  # fmt: skip

    def _stored(
        self, response: SubjectId, without: Collection[AnswerPath] = ()
    ) -> tuple[Questionnaire, FilledAnswers, HeldSections | None]:
        """What the store holds now, by the paths of the version that the response uses."""
        with self._desk.database.read() as db:
            used = questionnaire_shelf.by_hash(db, responses.questionnaire_hash(db, response))
            filled = published(self._matched(db, response, used, without).filled, without)
            scope = held_sections(db, response)
        return used, filled if scope is None else scope.with_context(filled), scope

    def refresh(self, response: SubjectId, session: FormSession) -> frozenset[AnswerPath]:
        """Starts an open session over from what is stored now, after a merge; what it has not saved is saved first.

        Returns:
            The paths whose views may differ; none where the response uses another version by now: open it anew.
        """
        self.save(response, session)
        used, filled, _scope = self._stored(response)
        if used.hash != session.questionnaire.hash:
            return frozenset()
        return session.replace(filled.answers, filled.entries)

    def _properties(self) -> dict[str, str]:
        """What a form may know of the computer and its person; nothing about a person who gave no name."""
        known = {"deviceid": self._desk.device, "username": self._desk.person.name}
        return {name: text for name, text in known.items() if text}

    def _saved_before(self, used: Questionnaire, response: SubjectId) -> str | None:
        """What a form finds as last saved: of its other responses that began here, the one changed last."""
        if LAST_SAVED not in used.secondary.values():
            return None
        with self._desk.database.read() as db:
            found = responses.made_here(db, used.form_id, but=response)
        return self._session(found, None, (), looks_back=False).instance_xml() if found else None

    def filled(self, response: SubjectId) -> FilledAnswers:
        """What is filled in, by the paths of the questionnaire in use."""
        with self._desk.database.read() as db:
            used = questionnaire_shelf.by_hash(db, responses.questionnaire_hash(db, response))
            return self._matched(db, response, used).filled

    def stored_at(self, response: SubjectId) -> Mapping[AnswerPath, AnswerPath]:
        """Where answers and entries are stored that another version of the questionnaire had elsewhere."""
        with self._desk.database.read() as db:
            used = questionnaire_shelf.by_hash(db, responses.questionnaire_hash(db, response))
            return self._matched(db, response, used).stored_at

    def _matched(
        self, db: Transaction, response: SubjectId, used: Questionnaire, without: Collection[AnswerPath] = ()
    ) -> MovedAnswers:
        filled = published(responses.filled(db, response), without)
        return match_moved_answers(used, filled, responses.touched(db, response))

    def save(self, response: SubjectId, session: FormSession) -> datetime:
        """Keeps what changed in one durable transaction; if it fails, the changes wait for the next call."""
        taken = self.take(response, session)
        return self.keep(taken) if taken is not None else self.row(response).changed_at

    def take(self, response: SubjectId, session: FormSession) -> TakenChanges | None:
        """What `keep` is to write, taken out of the session; None where nothing changed."""
        changes = (*self._unsaved.pop(response, ()), *session.take_changes())
        if not changes:
            return None
        return TakenChanges(response, changes, session.questionnaire, progress_of(session))

    def keep(self, taken: TakenChanges) -> datetime:
        """Writes what was taken, on any thread; if that fails, it waits for the next `take`."""
        response, changes, now = taken.response, taken.changes, self._desk.now()
        try:
            with self._desk.database.write() as db:
                author = self._desk.person.signature
                if any(_takes_away(change) for change in changes):
                    changes = self._matched(db, response, taken.questionnaire).follow(changes)
                self._keep_others(db, response, author)
                responses.save_changes(db, response, changes, author, now, taken.progress)
        except BaseException:
            self._unsaved[response] = changes
            raise
        return now

    def set_language(self, response: SubjectId, language: str) -> None:
        """Whoever holds some sections only chooses for this computer."""
        if self.scope(response) is None:
            self._put(response, (LANGUAGE, ""), language)
        with self._desk.database.write() as db:
            responses.set_language(db, response, language)

    def note(self, response: SubjectId, path: AnswerPath) -> str:
        """The note at a question; "" where there is none."""
        return self.notes(response).get(path, "")

    def notes(self, response: SubjectId) -> dict[AnswerPath, str]:
        with self._desk.database.read() as db:
            values = {key: state.value for key, state in items_of(db, response, [NOTE]).items()}
            values |= {key: draft.value for key, draft in drafts_of(db, response).items() if key[0] == NOTE}
        return {path: value for (_kind, path), value in values.items() if value}

    def set_note(self, response: SubjectId, path: AnswerPath, text: str) -> None:
        if (scope := self.scope(response)) is not None:
            scope.check(path)
        self._put(response, (NOTE, path), text)

    def sign_off(self, response: SubjectId, name: str, function: str) -> None:
        """Seals the response and signs what it says now.

        Raises:
            IscmError: only some sections of the response are held here, or only its public edition.
        """
        self.row(response)
        if (scope := self.scope(response)) is not None:
            raise IscmError(Problem.SIGN_OFF_NOT_YOURS, by=scope.by)
        if self.row(response).is_public:
            raise IscmError(Problem.SIGN_OFF_OF_PUBLIC)
        now, person = self._desk.now(), self._desk.person.signature
        with self._desk.database.write() as db:
            responses.seal_response(db, response, self._desk.device)
            content = responses.content_of(db, response)
            signed = msgspec.json.encode(responses.SignedContent(content, function, name)).decode()
            responses.put_item(db, response, (SIGN_OFF, ""), signed, person or name, now)
            responses.seal_response(db, response, self._desk.device)

    def sign_off_of(self, response: SubjectId) -> SignOff | None:
        with self._desk.database.read() as db:
            found = responses.signed_by(db, response)
            has_drafts = any(key[0] in CONTENT_KINDS for key in drafts_of(db, response))
            content = responses.content_of(db, response)
        if found is None:
            return None
        signed, made_at = found
        return SignOff(
            signed.name, signed.function, read(made_at), signed.content == content and not has_drafts
        )

    def count(self, response: SubjectId) -> Progress:
        """Counts how far a response is, after a merge, and keeps the figures for the list."""
        progress = progress_of(self.open(response))
        with self._desk.database.write() as db:
            responses.set_progress(db, response, progress)
        return progress

    def _put(self, response: SubjectId, key: tuple[str, str], text: str) -> None:
        self.row(response)
        author = self._desk.person.signature
        with self._desk.database.write() as db:
            self._keep_others(db, response, author)
            responses.put_item(db, response, key, text, author, self._desk.now())

    def _keep_others(self, db: Transaction, response: SubjectId, author: str) -> None:
        """In a shared store somebody else may be typing into the same response: theirs goes into the history."""
        if self._desk.database.is_shared:
            responses.seal_of_others(db, response, author, self._desk.device)


def _takes_away(change: Change) -> bool:
    return isinstance(change, EntryRemoved) or (isinstance(change, AnswerChanged) and not change.text)


def progress_of(session: FormSession) -> Progress:
    sections = session.sections()
    return Progress(
        sum(section.answered for section in sections),
        sum(section.asked for section in sections),
        sum(section.missing for section in sections),
    )
