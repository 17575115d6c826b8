"""Many conflicts at once: rules say how many they would settle, and are applied when a person says so."""

from __future__ import annotations

from dataclasses import dataclass

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.exchange.merging.odd_items import open_conflicts
from iscm_desktop.exchange.merging.settlement_rules import RuleEvidence, SettlementRule, chosen_by
from iscm_desktop.i18n import _
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.ledger.ledger_entries import append_entries
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.history import (
    DisputedItem,
    ItemHistories,
    disputed,
    histories_of,
)
from iscm_desktop.store.objects.items import add_revisions
from iscm_desktop.store.objects.packages import known_keys
from iscm_desktop.store.objects.promise_evidence import promises_of, sign_off_in_force
from iscm_desktop.store.objects.revision import (
    REASON,
    Revision,
    RevisionId,
    SubjectId,
    item_key,
    revision_id,
)
from iscm_desktop.store.objects.seals import proven_revisions
from iscm_desktop.store.operations.operation_digests import close
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.store.operations.operations_in_effect import tie_revisions
from iscm_desktop.workspace.conflicts.conflict_service import ConflictService, conflict_id
from iscm_desktop.workspace.conflicts.settlement_wording import label_of
from iscm_desktop.workspace.responses.response_service import ResponseService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


@dataclass(frozen=True, slots=True)
class RuleSuggestion:
    """What a rule would do now."""

    rule: str
    label: str
    conflicts: tuple[str, ...]  # ids of those that it would settle


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What a rule did; the operation can be taken back."""

    operation: str
    rule: str
    label: str
    conflicts: int


class SettlementRuleService:
    """The service behind the suggested rules."""

    def __init__(
        self, context: WorkspaceContext, response_service: ResponseService, conflicts: ConflictService
    ) -> None:
        self._context = context
        self._responses = response_service
        self._conflicts = conflicts

    def suggest(self) -> tuple[RuleSuggestion, ...]:
        """The rules that would settle something, the most useful first."""
        with self._context.database.read() as db:
            open_ = _OpenConflicts(db)
            found = [
                RuleSuggestion(
                    rule.value,
                    label_of(rule.value),
                    tuple(conflict_id(subject, one.key) for subject, one, _keep in open_.chosen_by(rule)),
                )
                for rule in SettlementRule
            ]
        return tuple(sorted((one for one in found if one.conflicts), key=lambda one: -len(one.conflicts)))

    def apply(self, name: str) -> RuleOutcome:
        """Settles everything that a rule would settle.

        Raises:
            IscmError: there is no such rule, or no conflict for it.
        """
        if name not in {rule.value for rule in SettlementRule}:
            raise IscmError(
                AnswerProblem.RULE_UNKNOWN, rule=name, rules=", ".join(rule.value for rule in SettlementRule)
            )
        rule, log = SettlementRule(name), self._context.log
        with self._context.database.write() as db:
            for subject in {subject for subject, _key in open_conflicts(db)}:
                responses.seal_response(db, subject, self._context.device)
            open_ = _OpenConflicts(db)
            by_subject: dict[SubjectId, list[tuple[DisputedItem, RevisionId]]] = {}
            for subject, found, keep in open_.chosen_by(rule):
                by_subject.setdefault(subject, []).append((found, keep))
            if not by_subject:
                raise IscmError(AnswerProblem.RULE_SETTLES_NOTHING, rule=label_of(name))
            conflicts = sum(map(len, by_subject.values()))
            what = {"rule": name, "conflicts": str(conflicts)}
            operation = log.record(db, OperationKind.SETTLE_BY_RULE, what)
            for subject, settled in by_subject.items():
                self._settle(db, operation, open_.histories[subject], settled, rule)
            close(db, operation)
            append_entries(db, operation, by_subject)
        self._responses.count_few(by_subject)
        return RuleOutcome(str(operation), name, label_of(name), conflicts)

    def _settle(
        self,
        db: Transaction,
        operation: int,
        histories: ItemHistories,
        settled: list[tuple[DisputedItem, RevisionId]],
        rule: SettlementRule,
    ) -> None:
        subject = settled[0][0].subject
        added: dict[RevisionId, Revision] = {}
        reason = _("By rule: {rule}").format(rule=label_of(rule.value))
        for found, keep in settled:
            by_choice = self._conflicts.settling_revision(found, histories, keep, None)
            id_ = revision_id(by_choice)
            why = self._conflicts.new_revision(subject, item_key(REASON, id_), reason, ())
            added |= {id_: by_choice, revision_id(why): why}
        now = self._context.now()
        add_revisions(db, added)
        tie_revisions(db, operation, subject, added)
        responses.sum_up(db, subject)
        responses.touch(db, subject, now)
        responses.set_progress(db, subject, None)


class _OpenConflicts:
    """All conflicts that are open, with what a rule looks at."""

    def __init__(self, db: Transaction) -> None:
        self.histories: dict[SubjectId, ItemHistories] = {}
        self._evidence: dict[SubjectId, RuleEvidence] = {}
        self._found: list[DisputedItem] = []
        for subject, key in open_conflicts(db):
            if subject not in self.histories:
                self.histories[subject] = histories_of(db, subject)
                self._evidence[subject] = _evidence(db, subject, self.histories[subject])
            self._found.append(disputed(subject, key, self.histories[subject]))

    def chosen_by(self, rule: SettlementRule) -> list[tuple[SubjectId, DisputedItem, RevisionId]]:
        chosen = [(one, chosen_by(rule, one, self._evidence[one.subject])) for one in self._found]
        return [(one.subject, one, keep) for one, keep in chosen if keep is not None]


def _evidence(db: Transaction, subject: SubjectId, histories: ItemHistories) -> RuleEvidence:
    sign_off = sign_off_in_force(promises_of(db, subject))
    return RuleEvidence(
        proven_revisions(db, subject, known_keys(db, subject)),
        histories.levels,
        None if sign_off is None else (revision_id(sign_off), sign_off),
    )
