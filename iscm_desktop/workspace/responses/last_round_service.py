"""Last round's answers: taken in from a package, offered one by one, and compared with those of this round."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.exchange.merging.odd_items import fits, versions_of
from iscm_desktop.exchange.package.package_reader import ReadPackage, read_package
from iscm_desktop.exchange.unpacking.package_sources import find_sources
from iscm_desktop.questionnaire import catalogue, registers
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, outside_repeats, path_around, path_below
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.sections import template_path
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.offers import AnswerFate, Offers
from iscm_desktop.session.views import AnswerPath
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.drafts import drafts_of
from iscm_desktop.store.objects.heads import states
from iscm_desktop.store.objects.items import items_of
from iscm_desktop.store.objects.responses import FilledAnswers
from iscm_desktop.store.objects.revision import CONTENT_KINDS, LAST_ROUND, SubjectId, item_key
from iscm_desktop.store.rows import ResponseRow
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.item_labels import ItemLabels
from iscm_desktop.workspace.key_service import KeyService
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.moved_answers import match_moved_answers
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.round_order import RoundTime, round_time
from iscm_desktop.workspace.round_service import RoundService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


class CarriedAnswers(msgspec.Struct, frozen=True):
    """The value of a `last_round` item: what an earlier round had below its path."""

    answers: dict[AnswerPath, str]
    entries: dict[AnswerPath, tuple[str, ...]]
    round: str


@dataclass(frozen=True, slots=True)
class AnswerFateRow:
    """A question that was answered in either round."""

    path: AnswerPath
    label: str
    before: str  # for people; "" where it was not answered
    now: str
    since: AnswerFate
    number: str = ""  # "E20"


class LastRoundService:
    """The service behind "Last round"."""

    def __init__(
        self, context: WorkspaceContext, response_service: ResponseService, key_service: KeyService
    ) -> None:
        self._context, self._responses, self._keys = context, response_service, key_service
        self._list, self._rounds = ResponseList(context), RoundService(context)

    def offer(self, response: SubjectId, source: Path | SubjectId) -> int:
        """Offers the answers of an earlier round, out of a file or of another response in this store; gives how many.

        Raises:
            IscmError: the file cannot be read, or either is not of this respondent in another round.
        """
        if isinstance(source, Path):
            return self._offer_file(response, source)
        return self._offer_response(response, source)

    def _offer_file(self, response: SubjectId, file: Path) -> int:
        """Takes the answers of an earlier round out of a file, whatever packages come in; gives how many.

        Raises:
            IscmError: the file cannot be read, or is not of this respondent in another round.
        """
        row = self._list.row(response)
        with tempfile.TemporaryDirectory(prefix="iscm-") as folder:
            found = [one for one in find_sources([file], lambda: Path(folder)) if not one.is_passed_over]
            if len(found) != 1:
                raise IscmError(AnswerProblem.LAST_ROUND_NOT_ONE, file=file.name)
            if found[0].refusal is not None:
                raise IscmError(AnswerProblem.LAST_ROUND_UNREADABLE, reason=found[0].refusal)
            package = read_package(self._keys.package_verifier().open_file(found[0].path))
        manifest = package.manifest
        if (manifest.questionnaire.form_id, manifest.response.respondent) != (row.form_id, row.respondent):
            other = manifest.response
            whose = registers.named_respondent(
                manifest.questionnaire.form_id, other.respondent, other.respondent_name
            )
            raise IscmError(AnswerProblem.LAST_ROUND_OF_OTHERS, file=file.name, whose=whose)
        if manifest.round.code == row.round:
            raise IscmError(AnswerProblem.LAST_ROUND_IS_THIS, file=file.name, round=row.round)
        self._check_earlier(row, round_time(manifest.round.code, manifest.round.due_on), file.name)
        return self._put_answers(response, self._filled(package), manifest.round.code)

    def _filled(self, package: ReadPackage) -> FilledAnswers:
        """What a package comes to, without what is in removed entries."""
        with self._context.database.read() as db:
            versions = versions_of(db, package.manifest.questionnaire.form_id)
        if package.questionnaire_source is not None:
            versions += (catalogue.from_source(package.questionnaire_source),)
        present = {
            key: one.value for key, one in states(package.revisions).items() if key[0] in CONTENT_KINDS
        }
        return responses.standing_answers(present, lambda key: fits(key, versions))

    def _offer_response(self, response: SubjectId, earlier: SubjectId) -> int:
        """Likewise from a response of an earlier round that is in this store."""
        row, other = self._list.row(response), self._list.row(earlier)
        if (other.form_id, other.respondent) != (row.form_id, row.respondent):
            raise IscmError(AnswerProblem.LAST_ROUND_OF_OTHERS, file=other.round, whose=other.respondent_name)
        if other.round == row.round:
            raise IscmError(AnswerProblem.LAST_ROUND_IS_THIS, file=other.respondent_name, round=row.round)
        self._check_earlier(row, self._time(other), other.respondent_name)
        with self._context.database.read() as db:
            device = self._context.device
            filled = known_questionnaires.filled_answers(db, earlier, other.form_id, device)
        return self._put_answers(response, filled, other.round)

    def earlier_responses(self, response: SubjectId) -> tuple[ResponseRow, ...]:
        """Responses of the same respondent in earlier rounds that are in this store."""
        row = self._list.row(response)
        own = self._time(row)
        return tuple(
            one
            for one in self._list.all()
            if (one.form_id, one.respondent) == (row.form_id, row.respondent)
            and self._time(one).is_before(own)
        )

    def _time(self, row: ResponseRow) -> RoundTime:
        due = {one.code: one.due_on for one in self._rounds.all()}
        return RoundTime(row.round, due.get(row.round))

    def _check_earlier(self, row: ResponseRow, theirs: RoundTime, file: str) -> None:
        """Raises an IscmError where these answers are of a later round than the response."""
        if self._time(row).is_before(theirs):
            raise IscmError(AnswerProblem.LAST_ROUND_IS_LATER, file=file, round=theirs.code, this=row.round)

    def withdraw(self, response: SubjectId) -> None:
        """Nothing is offered any longer. Confirmed answers stay, for they are answers of this round."""
        with self._context.database.read() as db:
            paths = [path for _kind, path in items_of(db, response, [LAST_ROUND])]
            paths += [
                path for kind, path in drafts_of(db, response, self._context.device) if kind == LAST_ROUND
            ]
        self._put_offers(response, dict.fromkeys(paths))

    def answers(self, response: SubjectId) -> Offers:
        """What can be confirmed, by the paths of the questionnaire in use."""
        with self._context.database.read() as db:
            values = {key[1]: state.value for key, state in items_of(db, response, [LAST_ROUND]).items()}
            drafts = drafts_of(db, response, self._context.device).items()
            values |= {key[1]: draft.value for key, draft in drafts if key[0] == LAST_ROUND}
            touched = responses.touched(db, response, self._context.device)
            used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, response))
        parts = [part for value in values.values() if (part := _carried(value)) is not None]
        if not parts:
            return Offers()
        answers = {path: text for part in parts for path, text in part.answers.items()}
        entries = {path: ids for part in parts for path, ids in part.entries.items()}
        filled = match_moved_answers(used, FilledAnswers(answers, entries), ()).filled
        return Offers(max(part.round for part in parts), filled.answers, filled.entries, touched)

    def confirm(self, response: SubjectId, path: AnswerPath) -> int:
        """Confirms an answer, the entries of a repeat, or a whole section; gives how many answers or entries."""
        session, last = self._responses.open_session(response), self.answers(response)
        if any(section.path == path for section in session.sections()):
            done = last.confirm_section(session, path)
        else:
            done = _confirm(session, last, path)
        self._responses.save(response, session)
        return done

    def changes(self, response: SubjectId) -> tuple[AnswerFateRow, ...]:
        """What changed since the earlier round, in form order; () where none was taken in."""
        last = self.answers(response)
        if not last.round:
            return ()
        row, session = self._list.row(response), self._responses.open_session(response)
        with self._context.database.read() as db:
            used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, response))
            touched = responses.touched(db, response, self._context.device)
        wording = ItemLabels(used, row.language)
        now = {answer.path: answer.text for answer in session.answers()}
        before = {path: text for path, text in last.answers.items() if text}
        waiting = self._once_confirmed(response, session, last, touched) - touched
        return tuple(
            AnswerFateRow(
                path,
                wording.label(path),
                wording.value(path, before.get(path)),
                wording.value(path, now.get(path)),
                _since(before.get(path, ""), now.get(path, ""), is_waiting=path in waiting),
                wording.number(path),
            )
            for path in sorted({*now, *before}, key=_Order(used, last.entries).place)
        )

    def _once_confirmed(
        self, response: SubjectId, now: FormSession, last: Offers, touched: frozenset[AnswerPath]
    ) -> frozenset[AnswerPath]:
        """What would be answered if everything that waits were confirmed: some of it is not asked before."""
        filled = self._responses.filled(response)
        entries = {repeat: list(ids) for repeat, ids in filled.entries.items()}
        for repeat, ids in last.entries.items():
            standing = entries.setdefault(repeat, [])
            standing += [id_ for id_ in ids if id_ not in standing and f"{repeat}/{id_}" not in touched]
        answers = {path: text for path, text in last.answers.items() if path not in touched}
        then = FormSession(
            now.questionnaire, answers={**answers, **filled.answers}, entries=entries,
            clock=self._context.clock, is_new=False,
        )  # fmt: skip
        return frozenset(answer.path for answer in then.answers())

    def _put_answers(self, response: SubjectId, filled: FilledAnswers, round_: str) -> int:
        parts: dict[str, CarriedAnswers] = {}
        for path in (*filled.answers, *filled.entries):
            top = path.partition("/")[0]
            parts.setdefault(top, CarriedAnswers({}, {}, round_))
        for path, text in sorted(filled.answers.items()):
            parts[path.partition("/")[0]].answers[path] = text
        for path, ids in sorted(filled.entries.items()):
            parts[path.partition("/")[0]].entries[path] = ids
        self.withdraw(response)
        self._put_offers(response, {top: msgspec.json.encode(one).decode() for top, one in parts.items()})
        return len(filled.answers)

    def _put_offers(self, response: SubjectId, values: Mapping[str, str | None]) -> None:
        author, now = self._context.person.signature, self._context.now()
        with self._context.database.write() as db:
            for path, value in values.items():
                responses.put_item(
                    db, response, item_key(LAST_ROUND, path), value, author, now, self._context.device
                )
            if self._context.database.is_shared:  # colleagues see what is in the history
                responses.seal_response(db, response, self._context.device)


def _carried(value: str | None) -> CarriedAnswers | None:
    try:
        return msgspec.json.decode(value, type=CarriedAnswers) if value else None
    except msgspec.MsgspecError:  # another program's idea of it: kept, but nothing is offered
        return None


def _confirm(session: FormSession, last: Offers, path: AnswerPath) -> int:
    try:
        return int(last.confirm(session, session.view(path).path))
    except KeyError:
        pass
    try:
        return last.confirm_entries(session, session.repeat(path).path)
    except KeyError:
        raise IscmError(AnswerProblem.LAST_ROUND_NOWHERE, path=path) from None


class _Order:
    """Form order, entry by entry: those of the earlier round first, as they stood."""

    def __init__(self, used: Questionnaire, entries: Mapping[AnswerPath, tuple[str, ...]]) -> None:
        self._used = used
        self._questions = {question.path: at for at, question in enumerate(used.questions())}
        self._entries = {
            path_below(repeat, id_): at for repeat, ids in entries.items() for at, id_ in enumerate(ids)
        }

    def place(self, path: AnswerPath) -> tuple[tuple[int, int, str], ...]:
        """For each entry around a path, where its repeat begins and which entry it is; then the question."""
        parts, places = path.split("/"), []
        for length in range(1, len(parts)):
            around = AnswerPath("/".join(parts[:length]))
            template = template_path(self._used, around)
            if around != outside_repeats(template) and path_around(around) == self._repeat_of(around):
                at = self._entries.get(around, len(self._entries))
                places.append((self._first_in(template), at, parts[length - 1]))
        question = self._questions.get(template_path(self._used, path), len(self._questions))
        return (*places, (question, 0, path))

    def _repeat_of(self, entry: AnswerPath) -> AnswerPath:
        """The path of the repeat if this is one of its entries; "" for what only lies in one."""
        repeat = path_around(entry)
        return (
            repeat
            if template_path(self._used, repeat) == template_path(self._used, entry)
            else WHOLE_RESPONSE
        )

    def _first_in(self, template: str) -> int:
        inside = (at for path, at in self._questions.items() if path.startswith(f"{template}/"))
        return min(inside, default=len(self._questions))


def _since(before: str, now: str, *, is_waiting: bool) -> AnswerFate:
    if before == now:
        return AnswerFate.SAME
    if now:
        return AnswerFate.CHANGED if before else AnswerFate.NEW
    return AnswerFate.NOT_CONFIRMED if is_waiting else AnswerFate.GONE
