"""Responses being filled in: started, opened, saved, annotated, signed off."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from iscm_desktop.errors import AnswerProblem, IscmError, QuestionnaireProblem, TextProblem, TrustProblem
from iscm_desktop.exchange.package.public_edition import is_withheld, published
from iscm_desktop.questionnaire import catalogue, registers
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.reading.secondary_instances import LAST_SAVED
from iscm_desktop.session.derived_answers import derived_answers
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerChanged, AnswerPath, Change, EntryRemoved
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.items import subjects_with
from iscm_desktop.store.objects.responses import FilledAnswers
from iscm_desktop.store.objects.restrictions import is_edition
from iscm_desktop.store.objects.revision import (
    LANGUAGE,
    QUESTIONNAIRE,
    ItemKey,
    SubjectId,
    item_key,
    response_id,
)
from iscm_desktop.store.rows import Progress, ResponseRow
from iscm_desktop.task_progress import UNWATCHED, TaskProgress
from iscm_desktop.text_limits import TypedText, checked
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.held_sections import HeldSections, held_sections, section_paths
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.given_answers import given_answers, with_given
from iscm_desktop.workspace.responses.moved_answers import MovedAnswers, match_moved_answers
from iscm_desktop.workspace.responses.new_response import first_changes, named
from iscm_desktop.workspace.round_service import RoundService
from iscm_desktop.workspace.workspace_context import WorkspaceContext

_COUNTED_AT_ONCE = 20
_OPENED_AHEAD = 1
"""Responses that are opened for nobody once the window is there. Each more would hold its questionnaire in memory."""
"""Responses whose progress is counted with an operation itself."""


@dataclass(frozen=True, slots=True)
class TakenChanges:
    """Changes on their way from a session to the store."""

    response: SubjectId
    changes: tuple[Change, ...]
    questionnaire: Questionnaire
    progress: Progress
    given: frozenset[AnswerPath]  # what is filled in there while nobody has said anything


class ResponseService:
    """The service behind the questionnaire page."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context
        self._list = ResponseList(context)
        self._rounds = RoundService(context)
        self._unsaved: dict[SubjectId, tuple[Change, ...]] = {}

    def rows_with_items(self, kind: str, response: SubjectId | None) -> tuple[ResponseRow, ...]:
        """The responses that have items of a kind; or the one named, whatever it has."""
        if response is not None:
            return (self._list.row(response),)
        with self._context.database.read() as db:
            wanted = subjects_with(db, kind)
        return tuple(row for row in self._list.all() if row.id in wanted)

    def held_sections(self, response: SubjectId) -> HeldSections | None:
        """The sections of a response that are held here; None where all of it is."""
        with self._context.database.read() as db:
            return held_sections(db, response)

    def add_questionnaire(self, file: Path) -> str:
        """The form id of a questionnaire that responses can now be started with.

        Raises:
            IscmError: the form has faults; all of them are named.
        """
        if file.suffix.lower() == ".xml":
            read = catalogue.from_source(_text_of(file))
        else:
            from iscm_desktop.questionnaire.reading.xlsform import (
                read_xlsform,  # late: pyxform takes its time
            )

            read = read_xlsform(file)
        known_questionnaires.check_texts(read)
        with self._context.database.write() as db:
            known_questionnaires.add_known(db, read)
        return read.form_id

    def start(
        self, form_id: str, respondent: str, *, round: str | None = None, language: str = "en", name: str = ""
    ) -> SubjectId:
        """The id of this respondent's response, which is started where there is none yet.

        Args:
            respondent: A code, or a name.
            round: Its code; None is the current round.
            name: What a respondent is called whose code was given and no register has.
            language: In which the response is filled in and printed.

        Raises:
            IscmError: nobody is named, or the register, the round or the questionnaire is not known.
        """
        checked(TypedText.LANGUAGE, language)
        who = named(form_id, respondent, name)
        if not who.code:
            raise IscmError(AnswerProblem.RESPONDENT_MISSING)
        if form_id == "state" and registers.territory(who.code) is None:
            raise IscmError(TrustProblem.RESPONDENT_UNKNOWN, respondent=respondent, form=form_id)
        round_ = self._rounds.find_or_start(round).code
        id_ = response_id(round_, form_id, who.code)
        identity = responses.ResponseIdentity(id_, round_, form_id, who.code, who.name)
        now, author = self._context.now(), self._context.person.signature
        with self._context.database.read() as db:
            used = known_questionnaires.newest_version(db, form_id, round_)
            if used is None and id_ in responses.response_ids(db):  # it came, and is gone on with
                used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, id_))
            used = used or known_questionnaires.version_for_new(db, form_id, round_)
        last_saved = self._saved_before(used, id_)
        with self._context.database.write() as db:
            is_new = id_ not in responses.response_ids(db)
            if not is_new and (held_sections(db, id_) is not None or is_edition(db, id_)):
                return id_  # handed over by a colleague, or a public edition
            known_questionnaires.keep_used(db, used)
            responses.add_response(db, identity, used.hash, language, now, is_made_here=True)
            if is_new:
                changes, session = first_changes(
                    used, who, language, now, properties=self._properties(), last_saved=last_saved
                )
                device = self._context.device
                responses.save_changes(db, id_, changes, author, now, progress_of(session), device)
                responses.put_item(
                    db, id_, item_key(QUESTIONNAIRE), f"{used.version} {used.hash}", author, now, device
                )
                responses.put_item(db, id_, item_key(LANGUAGE), language, author, now, device)
                self._show_others(db, id_)
        return id_

    def open_session(
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
        row = self._list.row(response)
        used, filled, scope = self._stored(response, without)
        last_saved = self._saved_before(used, response) if looks_back else None
        return self._session_on(row, used, filled, scope, language or row.language, last_saved)

    def _session_on(
        self,
        row: ResponseRow,
        used: Questionnaire,
        filled: FilledAnswers,
        scope: HeldSections | None,
        language: str,
        last_saved: str | None = None,
    ) -> FormSession:
        return FormSession(
            used, language=language, answers=filled.answers, entries=filled.entries,
            declarations=filled.declarations, given=given_answers(used, row.respondent, row.respondent_name),
            clock=self._context.clock, is_new=False, properties=self._properties(), last_saved=last_saved,
            sections=section_paths(used, scope.parts) if scope is not None else None,
        )  # fmt: skip

    def warm_up(self) -> Sequence[SubjectId]:
        """Opens for nobody what was changed last, so that its questionnaire and the store's statements are at hand.

        Returns:
            Those that could be opened; whatever is wrong with another is told to whoever opens it.
        """
        with self._context.database.read() as db:
            last = responses.changed_last(db, _OPENED_AHEAD)
        opened = []
        for response in last:
            with suppress(Exception):
                self.open_session(response).sections()
                opened.append(response)
        return opened

    def session_of(self, response: SubjectId, content: Mapping[ItemKey, str | None]) -> FormSession:
        """A session on what the response said once, by the version of the questionnaire that it uses now.

        Args:
            content: The values of its answers and entries then; None where one was cleared or removed.
        """
        row = self._list.row(response)
        with self._context.database.read() as db:
            used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, response))
            filled = known_questionnaires.filled_of(db, content, used.form_id)
            scope = held_sections(db, response)
        touched = frozenset(AnswerPath(path) for _kind, path in content)
        given = given_answers(used, row.respondent, row.respondent_name)
        filled = match_moved_answers(used, with_given(filled, given, touched), touched).filled
        if scope is not None:
            filled = scope.with_context(filled)
        return self._session_on(row, used, filled, scope, row.language)

    def _stored(
        self, response: SubjectId, without: Collection[AnswerPath] = ()
    ) -> tuple[Questionnaire, FilledAnswers, HeldSections | None]:
        """What the store holds now, by the paths of the version that the response uses."""
        with self._context.database.read() as db:
            used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, response))
            filled = self._matched(db, response, used, without).filled
            filled = published(filled, {*without, *derived_answers(used, filled.answers, without)})
            scope = held_sections(db, response)
        return used, filled if scope is None else scope.with_context(filled), scope

    def refresh_session(self, response: SubjectId, session: FormSession) -> frozenset[AnswerPath]:
        """Starts an open session over from what is stored now, after a merge; what it has not saved is saved first.

        Returns:
            The paths whose views may differ; none where the response uses another version by now: open it anew.
        """
        self.save(response, session)
        used, filled, _scope = self._stored(response)
        if used.hash != session.questionnaire.hash:
            return frozenset()
        return session.replace(filled.answers, filled.entries, filled.declarations)

    def _properties(self) -> dict[str, str]:
        """What a form may know of the computer and its person; nothing about a person who gave no name."""
        known = {"deviceid": self._context.device, "username": self._context.person.name}
        return {name: text for name, text in known.items() if text}

    def _saved_before(self, used: Questionnaire, response: SubjectId) -> str | None:
        """What a form finds as last saved: of its other responses that began here, the one changed last."""
        if LAST_SAVED not in used.secondary.values():
            return None
        with self._context.database.read() as db:
            found = responses.made_here(db, used.form_id, but=response)
        return self._session(found, None, (), looks_back=False).instance_xml() if found else None

    def filled(self, response: SubjectId) -> FilledAnswers:
        """What is filled in, by the paths of the questionnaire in use."""
        with self._context.database.read() as db:
            used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, response))
            return self._matched(db, response, used).filled

    def derived_from(self, response: SubjectId, sources: Collection[AnswerPath]) -> frozenset[AnswerPath]:
        """The answers that the form itself may have written from others, and that are not among these."""
        with self._context.database.read() as db:
            used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, response))
            answers = self._matched(db, response, used).filled.answers
        found = derived_answers(used, answers, sources)
        return frozenset(path for path in found if not is_withheld(path, sources))

    def stored_paths(self, response: SubjectId) -> Mapping[AnswerPath, AnswerPath]:
        """Where answers and entries are stored that another version of the questionnaire had elsewhere."""
        with self._context.database.read() as db:
            used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, response))
            return self._matched(db, response, used).stored_at

    def _matched(
        self, db: Transaction, response: SubjectId, used: Questionnaire, without: Collection[AnswerPath] = ()
    ) -> MovedAnswers:
        device = self._context.device
        filled = known_questionnaires.filled_answers(db, response, used.form_id, device)
        touched = responses.touched(db, response, device)
        given = given_answers(used, *responses.whose(db, response))
        return match_moved_answers(used, published(with_given(filled, given, touched), without), touched)

    def save(self, response: SubjectId, session: FormSession) -> datetime:
        """Keeps what changed in one durable transaction; if it fails, the changes wait for the next call.

        In a shared store what this device has typed becomes part of the history then, so that others see it.
        """
        taken = self.take_changes(response, session)
        saved_at = self.write_changes(taken) if taken is not None else self._list.row(response).changed_at
        if self._context.database.is_shared:
            with self._context.database.write() as db:
                self._show_others(db, response)
        return saved_at

    def take_changes(self, response: SubjectId, session: FormSession) -> TakenChanges | None:
        """What `write_changes` is to write, taken out of the session; None where nothing changed."""
        changes = (*self._unsaved.pop(response, ()), *session.take_changes())
        if not changes:
            return None
        given = frozenset(session.given)
        return TakenChanges(response, changes, session.questionnaire, progress_of(session), given)

    def write_changes(self, taken: TakenChanges) -> datetime:
        """Writes what was taken, on any thread; if that fails, it waits for the next `take_changes`."""
        response, changes, now = taken.response, taken.changes, self._context.now()
        try:
            author = self._context.person.signature  # asked before: whoever writes asks for nothing else
            with self._context.database.write() as db:
                if any(_takes_away(change) for change in changes):
                    changes = self._matched(db, response, taken.questionnaire).follow(changes)
                responses.save_changes(
                    db,
                    response,
                    changes,
                    author,
                    now,
                    taken.progress,
                    self._context.device,
                    given=taken.given,
                )
        except BaseException:
            self._unsaved[response] = changes
            raise
        return now

    def save_later(self, response: SubjectId, session: FormSession) -> Callable[[], datetime] | None:
        """Takes what changed out of the session; calling the result, on any thread, writes it as `save` does.

        Until that has returned, nothing else may be saved for this response. None where nothing changed.
        """
        taken = self.take_changes(response, session)
        return None if taken is None else partial(self.write_changes, taken)

    def set_language(self, response: SubjectId, language: str) -> None:
        """Whoever holds some sections only chooses for this computer."""
        checked(TypedText.LANGUAGE, language)
        if self.held_sections(response) is None:
            self.put_item(response, item_key(LANGUAGE), language)
        with self._context.database.write() as db:
            responses.set_language(db, response, language)

    def count_progress(self, response: SubjectId) -> Progress:
        """Counts how far a response is, after a merge, and keeps the figures for the list.

        What cannot be opened is kept as too much to count; whoever opens it hears why.
        """
        try:
            progress = progress_of(self.open_session(response))
        except IscmError:
            progress = Progress(0, 0, 0, is_too_much=True)
        with self._context.database.write() as db:
            responses.set_progress(db, response, progress)
        return progress

    def count_few(self, subjects: Collection[SubjectId]) -> None:
        """Counts responses that an operation has just changed, and that are in view.

        Many are counted afterwards, and so are those with a questionnaire that did not come with the program: what
        its rules ask for is nothing that a merge should wait for.
        """
        if len(subjects) <= _COUNTED_AT_ONCE:
            for row in self._list.all():
                if row.id in subjects and self._uses_shipped(row):
                    self.count_progress(row.id)

    def _uses_shipped(self, row: ResponseRow) -> bool:
        own = known_questionnaires.shipped_version(row.form_id)
        if own is None:
            return False
        with self._context.database.read() as db:
            return responses.questionnaire_hash(db, row.id) == own.hash

    def count_uncounted(self, progress: TaskProgress = UNWATCHED) -> None:
        """Counts the responses whose figures are unknown since a merge: one at least, so that it comes to an end."""
        waiting = [row.id for row in self._list.all() if not row.is_counted]
        for done, response in enumerate(waiting):
            progress.report(done, len(waiting))
            if done and progress.should_stop():
                return
            self.count_progress(response)
        progress.report(len(waiting), len(waiting))

    def put_item(self, response: SubjectId, key: ItemKey, text: str) -> None:
        """Keeps what this person says about a response: a language, a note; "" clears it."""
        self._list.row(response)
        author = self._context.person.signature
        with self._context.database.write() as db:
            responses.put_item(db, response, key, text, author, self._context.now(), self._context.device)
            self._show_others(db, response)

    def _show_others(self, db: Transaction, response: SubjectId) -> None:
        """What is being typed is of this device alone; in a shared store it is sealed where people pause."""
        if self._context.database.is_shared:
            responses.seal_response(db, response, self._context.device)


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise IscmError(QuestionnaireProblem.FORM_MISSING, file=file) from error
    except UnicodeDecodeError as error:
        raise IscmError(TextProblem.FILE_NO_TEXT, file=file) from error


def _takes_away(change: Change) -> bool:
    return isinstance(change, EntryRemoved) or (isinstance(change, AnswerChanged) and not change.text)


def progress_of(session: FormSession) -> Progress:
    """How far a session is: answered of what is asked, what is required and missing, and what is wrong."""
    sections = session.sections()
    return Progress(
        sum(section.answered for section in sections),
        sum(section.asked for section in sections),
        sum(section.missing for section in sections),
        sum(section.wrong for section in sections),
        is_too_much=session.has_excesses,
    )
