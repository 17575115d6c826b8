"""Clearance: the offices and people who agree before somebody signs off, each with who cleared, when, and remarks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.store import times
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.clearances import MOST_STEPS, ClearanceStep, clearance_id, clearance_of
from iscm_desktop.store.objects.drafts import drafts_of
from iscm_desktop.store.objects.items import items_of, revisions_of
from iscm_desktop.store.objects.revision import CLEARANCE, SubjectId, item_key
from iscm_desktop.text_limits import TypedText, checked, typed_name, typed_text
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext

EARLIEST = date(1900, 1, 1)
"""No clearance was asked for or given before."""


@dataclass(frozen=True, slots=True)
class ClearanceRow:
    """One step."""

    id: str
    whose: str  # the office or person
    by: str  # who cleared; "" while nobody has
    cleared_on: date | None
    remarks: str
    is_paper: bool  # signed by hand
    asked_on: date | None  # when they were last asked
    is_current: bool  # the answers are those that were cleared
    recorded_by: str  # who wrote this down; "" of a step that only the questionnaire names
    recorded_at: datetime | None
    is_offered: bool = False  # named by the questionnaire, and touched by nobody yet

    @property
    def is_cleared(self) -> bool:
        """Whether somebody agreed, whatever was changed since."""
        return bool(self.by)


class ClearanceService:
    """The service behind the card "Clearance"."""

    def __init__(self, context: WorkspaceContext, response_service: ResponseService) -> None:
        self._context, self._responses = context, response_service
        self._list = ResponseList(context)

    def rows(self, response: SubjectId) -> tuple[ClearanceRow, ...]:
        """Every step: those that the questionnaire names in its order, then the others by name."""
        with self._context.database.read() as db:
            steps = self._steps(db, response)
            content = self._content(db, response)
            used = known_questionnaires.questionnaire_by_hash(db, responses.questionnaire_hash(db, response))
        named = {clearance_id(whose): whose for whose in used.clearance}
        rows = {
            id_: _row(id_, step, content, author, at)
            for id_, (step, author, at) in steps.items()
            if step is not None and not step.is_dropped
        }
        for id_, whose in named.items():
            if id_ not in steps:
                rows[id_] = ClearanceRow(
                    id_, whose, "", None, "", False, None, False, "", None, is_offered=True
                )
        order = {id_: at for at, id_ in enumerate(named)}
        known = sorted(rows.values(), key=lambda row: (order.get(row.id, len(order)), row.whose.casefold()))
        return tuple(known[:MOST_STEPS])

    def add(self, response: SubjectId, whose: str) -> str:
        """The id of the step of an office or person, which is begun where there is none yet."""
        whose = self._named(whose)
        id_ = clearance_id(whose)
        step = self._step(response, id_)
        if step is None or step.is_dropped:
            self._put(response, id_, ClearanceStep(whose=whose))
        return id_

    def ask(self, response: SubjectId, whose: str, on: date) -> None:
        """Remembers that an office or person was asked on a day.

        Raises:
            IscmError: nobody is named, or the day is still to come.
        """
        whose = self._named(whose)
        self._check_day(on)
        step = self._wanted(response, whose)
        self._put(response, clearance_id(whose), msgspec.structs.replace(step, asked_on=on.isoformat()))

    def clear(
        self,
        response: SubjectId,
        whose: str,
        by: str,
        on: date | None = None,
        *,
        remarks: str = "",
        is_paper: bool = False,
    ) -> None:
        """Keeps that somebody agreed, for an office or person, to the answers as they are now.

        Args:
            by: Who agreed.
            on: None: today.
            is_paper: They signed by hand.

        Raises:
            IscmError: nobody is named, or the day is still to come.
        """
        whose, by, remarks = self._named(whose), typed_name(by), typed_text(remarks)
        checked(TypedText.CLEARED_BY, by)
        checked(TypedText.REMARKS, remarks)
        if not by:
            raise IscmError(AnswerProblem.CLEARANCE_UNNAMED)
        on = on or self._today()
        self._check_day(on)
        self._check_whole(response)
        with self._context.database.write() as db:
            responses.seal_response(db, response, self._context.device)
            content = responses.content_of(db, response)
        step = self._wanted(response, whose)
        said = msgspec.structs.replace(
            step,
            by=by,
            cleared_on=on.isoformat(),
            remarks=remarks,
            is_paper=is_paper,
            content=content,
        )
        self._put(response, clearance_id(whose), said)

    def reopen(self, response: SubjectId, whose: str) -> None:
        """Takes an agreement back; the step stays."""
        row = self.find(response, whose)
        self._put(response, row.id, ClearanceStep(whose=row.whose))

    def remove(self, response: SubjectId, whose: str) -> None:
        """Takes a step away; history keeps it. One that the questionnaire names is not asked for any longer, either."""
        row = self.find(response, whose)
        self._put(response, row.id, ClearanceStep(whose=row.whose, is_dropped=True))

    def find(self, response: SubjectId, whose: str) -> ClearanceRow:
        """The step of this name, of this id, or whose name begins so.

        Raises:
            IscmError: there is not exactly one.
        """
        rows, wanted = self.rows(response), clearance_id(whose)
        found = [row for row in rows if row.id in (wanted, whose)]
        found = found or [row for row in rows if whose and row.whose.casefold().startswith(whose.casefold())]
        if len(found) != 1:
            raise IscmError(AnswerProblem.CLEARANCE_UNKNOWN, step=whose)
        return found[0]

    def _today(self) -> date:
        return self._context.now().astimezone().date()

    def _check_day(self, day: date) -> None:
        if not EARLIEST <= day <= self._today():
            raise IscmError(AnswerProblem.CLEARANCE_DAY, day=day.isoformat(), first=EARLIEST.year)

    def _named(self, whose: str) -> str:
        whose = typed_name(whose)
        checked(TypedText.CLEARANCE, whose)
        if not whose:
            raise IscmError(AnswerProblem.CLEARANCE_UNNAMED)
        return whose

    def _steps(
        self, db: Transaction, response: SubjectId
    ) -> dict[str, tuple[ClearanceStep | None, str, datetime]]:
        """What each step says, who said so, and when."""
        found: dict[str, tuple[ClearanceStep | None, str, datetime]] = {}
        present = items_of(db, response, [CLEARANCE])
        known = revisions_of(db, response) if present else {}
        for (_kind, path), state in present.items():
            said = known[state.heads[0]]
            found[path] = (clearance_of(state.value), said.author, times.read(said.made_at))
        for (kind, path), draft in drafts_of(db, response, self._context.device).items():
            if kind == CLEARANCE:
                found[path] = (clearance_of(draft.value), draft.author, draft.made_at)
        for id_, (step, _author, _at) in list(found.items()):
            if step is not None and clearance_id(step.whose) != id_:
                del found[id_]  # out of a stranger's file: it would pass for a step of that name
        return found

    def _step(self, response: SubjectId, id_: str) -> ClearanceStep | None:
        with self._context.database.read() as db:
            found = self._steps(db, response).get(id_)
        return found[0] if found else None

    def _wanted(self, response: SubjectId, whose: str) -> ClearanceStep:
        """The step as it is; begun, or asked for again, where it is not."""
        step = self._step(response, clearance_id(whose))
        return ClearanceStep(whose=whose) if step is None or step.is_dropped else step

    def _content(self, db: Transaction, response: SubjectId) -> str:
        return "" if responses.has_unsealed_content(db, response) else responses.content_of(db, response)

    def _check_whole(self, response: SubjectId) -> None:
        if (scope := self._responses.held_sections(response)) is not None:
            raise IscmError(AnswerProblem.CLEARANCE_NOT_YOURS, by=scope.by)
        if self._list.row(response).is_public:
            raise IscmError(AnswerProblem.CLEARANCE_OF_PUBLIC)

    def _put(self, response: SubjectId, id_: str, step: ClearanceStep) -> None:
        self._check_whole(response)
        text = msgspec.json.encode(step).decode()
        self._responses.put_item(response, item_key(CLEARANCE, id_), text)


def _row(id_: str, step: ClearanceStep, content: str, author: str, at: datetime) -> ClearanceRow:
    return ClearanceRow(
        id_, step.whose, step.by, _day(step.cleared_on), step.remarks, step.is_paper, _day(step.asked_on),
        bool(step.by) and step.content == content, author, at,
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:  # "2027-02-31", out of a stranger's file
        return None
