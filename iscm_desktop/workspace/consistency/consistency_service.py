"""Consistency across respondents: found by rules of the questionnaires, accepted with a reason, asked about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from iscm_desktop.errors import AnswerProblem, IscmError
from iscm_desktop.exchange.merging.odd_items import fits, versions_of
from iscm_desktop.i18n import current_language
from iscm_desktop.questionnaire.consistency_rule import LAST_ROUND
from iscm_desktop.questionnaire.form_paths import AnswerPath
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.numbering import numbering, with_number
from iscm_desktop.questionnaire.rule_expressions import compiled_rules, rule_faults
from iscm_desktop.store import times
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import responses
from iscm_desktop.store.objects.acceptances import Acceptance, AcceptedAnswers, acceptances
from iscm_desktop.store.objects.items import add_revisions, items_of
from iscm_desktop.store.objects.responses import standing_answers
from iscm_desktop.store.objects.revision import (
    ACCEPTANCE,
    ANSWER,
    Revision,
    SubjectId,
    item_key,
    revision_id,
)
from iscm_desktop.store.objects.round_contents import ResponseContent, contents_of_rounds
from iscm_desktop.store.rows import ResponseRow, RoundRow
from iscm_desktop.task_progress import UNWATCHED, TaskProgress
from iscm_desktop.text_limits import TypedText, given
from iscm_desktop.workspace import known_questionnaires
from iscm_desktop.workspace.consistency.answer_tree import (
    AnswerTree,
    TreeBuilder,
    WhoseAnswers,
    texts_of_rules,
)
from iscm_desktop.workspace.consistency.finding_sides import SideWriter
from iscm_desktop.workspace.consistency.findings import (
    AcceptedFinding,
    AppliedRule,
    ConsistencyReport,
    Finding,
)
from iscm_desktop.workspace.consistency.rule_application import (
    RoundHost,
    RuleApplication,
    RuleTrouble,
)
from iscm_desktop.workspace.coverage.coverage_service import form_order
from iscm_desktop.workspace.item_labels import ItemLabels
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.responses.moved_answers import match_moved_answers
from iscm_desktop.workspace.round_order import RoundTime
from iscm_desktop.workspace.round_service import RoundService
from iscm_desktop.workspace.workspace_context import WorkspaceContext


@dataclass(frozen=True, slots=True)
class _Round:
    """What is compared."""

    row: RoundRow
    rows: Mapping[SubjectId, ResponseRow]  # of the round, one for each respondent
    earlier: Mapping[SubjectId, ResponseRow]  # of the latest earlier round in which each of them answered


class ConsistencyService:
    """The service behind the page "Consistency". What it finds is not kept: only what is accepted is."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context
        self._rounds, self._list = RoundService(context), ResponseList(context)

    def report(
        self, round_code: str | None = None, progress: TaskProgress = UNWATCHED
    ) -> ConsistencyReport | None:
        """Applies all rules to a round, or to the one that is followed; None while there is none.

        Args:
            progress: Counts rules times responses. Stopped, what was found until then is reported.

        Raises:
            IscmError: the store has no round with this code.
        """
        row = self._rounds.find(round_code)
        if row is None:
            return None
        host = RoundHost(self._context.clock)
        with self._context.database.read() as db:
            found = self._round(row)
            forms = _questionnaires(db, row.code, {each.form_id for each in found.rows.values()})
            trees, earlier = self._trees(db, found, forms, host)
        applied = RuleApplication(forms, trees, earlier, host)
        contradictions = list(applied.contradictions(progress))
        with self._context.database.read() as db:
            written = SideWriter(forms, row.code, self._context.device).findings(db, contradictions)
            findings = _with_acceptances(db, written)
        return ConsistencyReport(
            row.code,
            row.title,
            sum(map(len, trees.values())),
            tuple(findings),
            tuple(_rules(forms, findings, applied.troubles)),
            progress.should_stop(),
        )

    def accept(self, finding: Finding, reason: str) -> None:
        """Lets a finding stand, with the reason; it comes back when one of its answers changes.

        Raises:
            IscmError: there is no reason, or it is longer than files can hold.
        """
        said = AcceptedAnswers(finding.answers, given(TypedText.REASON, reason))
        self._put(finding, msgspec.json.encode(said).decode())

    def withdraw(self, finding: Finding) -> None:
        """The finding is open again; that it was accepted stays in the history."""
        self._put(finding, None)

    def _put(self, finding: Finding, value: str | None) -> None:
        response = finding.side.response
        if response is None:
            raise ValueError("a finding is about an answer")
        key = item_key(ACCEPTANCE, finding.id)
        with self._context.database.write() as db:
            responses.seal_response(db, response, self._context.device)
            before = items_of(db, response, [ACCEPTANCE], [finding.id]).get(key)
            if before is None and value is None:
                return
            revision = Revision(
                author=self._context.person.signature, device=self._context.device, kind=ACCEPTANCE,
                made_at=times.written(self._context.now()),
                parents=tuple(sorted(before.heads)) if before else (), path=key[1], subject=response,
                value=value,
            )  # fmt: skip
            add_revisions(db, {revision_id(revision): revision})
            responses.sum_up(db, response)

    def find(self, report: ConsistencyReport, finding: str) -> Finding:
        """The finding of a report with this id, or with one that begins so.

        Raises:
            IscmError: there is none, or there are several.
        """
        found = [one for one in report.findings if one.id.startswith(finding)]
        if len(found) != 1 or not finding:
            raise IscmError(AnswerProblem.FINDING_UNKNOWN, finding=finding)
        return found[0]

    def _round(self, row: RoundRow) -> _Round:
        everything = self._list.all()
        rows = {each.id: each for each in self._list.counted(row.code)}
        wanted = {(each.form_id, each.respondent) for each in rows.values()}
        due = {each.code: each.due_on for each in self._rounds.all()}
        this = RoundTime(row.code, row.due_on)
        latest: dict[tuple[str, str], ResponseRow] = {}
        for each in everything:
            time, whose = RoundTime(each.round, due.get(each.round)), (each.form_id, each.respondent)
            if whose not in wanted or each.is_public or not time.is_before(this):
                continue
            known = latest.get(whose)
            if known is None or RoundTime(known.round, due.get(known.round)).is_before(time):
                latest[whose] = each
        return _Round(row, rows, {each.id: each for each in latest.values()})

    def _trees(
        self, db: Transaction, found: _Round, forms: Mapping[str, Questionnaire], host: RoundHost
    ) -> tuple[dict[str, list[AnswerTree]], dict[tuple[str, str], AnswerTree]]:
        texts = texts_of_rules(forms.values())
        looks_back = any(LAST_ROUND in text for text in texts)
        builders = {form_id: TreeBuilder(form, texts, host) for form_id, form in forms.items()}
        rows = {**found.rows, **(found.earlier if looks_back else {})}
        versions = {form_id: versions_of(db, form_id) for form_id in forms}
        trees: dict[str, list[AnswerTree]] = {form_id: [] for form_id in forms}
        earlier: dict[tuple[str, str], AnswerTree] = {}
        for subject, content in contents_of_rounds(
            db, {row.round for row in rows.values()}, self._context.device
        ):
            row = rows.get(subject)
            if row is None or row.form_id not in builders:
                continue
            host.questionnaire = forms[row.form_id]
            made = _tree(row, content, builders[row.form_id], versions[row.form_id])
            if subject in found.rows:
                trees[row.form_id].append(made)
            else:
                earlier[row.form_id, row.respondent] = made
        for each in trees.values():
            each.sort(key=lambda tree: (tree.whose.name.casefold(), tree.whose.response))
        return trees, earlier


def _questionnaires(db: Transaction, round_: str, form_ids: set[str]) -> dict[str, Questionnaire]:
    """The versions in use of these forms and of those that their rules compare with; unknown ones are left out."""
    found: dict[str, Questionnaire] = {}
    waiting = sorted(form_ids, key=form_order)
    while waiting:
        form_id = waiting.pop(0)
        form = None if form_id in found else known_questionnaires.newest_version(db, form_id, round_)
        if form is not None:
            found[form_id] = form
            waiting += [rule.against for rule in form.consistency if rule.against not in found]
    return found


def _tree(
    row: ResponseRow, content: ResponseContent, builder: TreeBuilder, versions: tuple[Questionnaire, ...]
) -> AnswerTree:
    filled = standing_answers(content.present, lambda key: fits(key, versions))
    moved = match_moved_answers(builder.questionnaire, filled, ())
    made = builder.tree(
        WhoseAnswers(row.id, row.form_id, row.respondent, row.respondent_name, row.round), moved.filled
    )
    made.stored_at = moved.stored_at
    shown = {
        moved.stored_at.get(path, path)
        for nodes in made.by_template.values()
        for path in (AnswerPath(str(node.data)) for node in nodes)
    }
    made.heads = {
        AnswerPath(path): heads
        for (kind, path), heads in content.heads.items()
        if kind == ANSWER and AnswerPath(path) in shown
    }
    made.conflicts = frozenset(AnswerPath(path) for kind, path in content.conflicts if kind == ANSWER)
    made.drafts = {AnswerPath(key[1]): draft for key, draft in content.drafts.items() if key[0] == ANSWER}
    return made


def _with_acceptances(db: Transaction, findings: Sequence[Finding]) -> list[Finding]:
    known = acceptances(db, {one.side.response for one in findings if one.side.response})
    return [
        replace(one, acceptance=_accepted(known.get((one.side.response or "", one.id)), one))
        for one in findings
    ]


def _accepted(known: Acceptance | None, finding: Finding) -> AcceptedFinding | None:
    if known is None:
        return None
    return AcceptedFinding(
        known.reason, known.by, times.read(known.made_at), known.answers == finding.answers
    )


def _rules(
    forms: Mapping[str, Questionnaire], findings: Sequence[Finding], troubles: Sequence[RuleTrouble]
) -> Iterator[AppliedRule]:
    """All rules, with how many findings each has; those that could not be applied with the reason."""
    found = Counter((one.form_id, one.rule) for one in findings)
    waiting = Counter((one.form_id, one.rule) for one in findings if one.is_open)
    why = {(one.form_id, one.rule): one.sentence for one in troubles}
    language = current_language()
    for form_id, form in forms.items():
        labels = ItemLabels(form, language)
        for each in compiled_rules(form):
            said, key = each.rule, (form_id, each.rule.name)
            number = numbering(form).number(each.item.path, (), language=language)
            question = with_number(number, labels.text(each.item.label) or said.question)
            yield AppliedRule(
                form_id, said.name, said.worded(language), question,
                said.against, found[key], waiting[key], why.get(key, ""),
            )  # fmt: skip
        for fault in rule_faults(form):
            said = form.consistency[fault.place]
            yield AppliedRule(
                form_id, said.name, said.worded(language), said.question, said.against, 0, 0, fault.message
            )
