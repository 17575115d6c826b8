"""What the page Proof says: the last verification, what answers rest on, the log of the round, its receipts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.i18n import _, ngettext, shown_number
from iscm_desktop.presenters.proof_view import (
    LogLine,
    ProofFigure,
    ProofView,
    Standing,
    StandingView,
    TrustedResponse,
    TrustShade,
    TrustShare,
)
from iscm_desktop.workspace.trust_wording import rests_on_words

if TYPE_CHECKING:
    from datetime import datetime

    from iscm_desktop.store.verification.findings import VerificationReport
    from iscm_desktop.task_progress import TaskProgress
    from iscm_desktop.workspace import Workspace
    from iscm_desktop.workspace.last_verification import LastVerification
    from iscm_desktop.workspace.ledger.ledger_service import LedgerLogRow

_SHADES = {
    "verified": TrustShade.FIRM,
    "known_device": TrustShade.DEVICE,
    "coordinator": TrustShade.COORDINATOR,
    "made_here": TrustShade.HERE,
    "open_invitation": TrustShade.OPEN,
    "new_device": TrustShade.NEW,
    "unsigned": TrustShade.LOOSE,
}
_NAMED = 20
"""Findings that the page names; `iscm verify` names all."""


class ProofPresenter:
    """Reads and verifies on whichever thread it is called; keeps the findings of this sitting."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._report: VerificationReport | None = None

    def read(self) -> ProofView:
        """The page as the store has it now; looking changes nothing."""
        store = self._standing()
        try:
            return replace(self._read_round(), store=store)
        except IscmError as error:
            if error.problem is not StoreProblem.STORE_DAMAGED:
                raise
        if store.standing is not Standing.DAMAGED:  # what was good when it was last looked at is so no more
            store = StandingView(
                Standing.DAMAGED,
                _("Parts of this store cannot be read"),
                advice=_("Verify now names them, and says what to do."),
            )
        return ProofView(store)

    def _read_round(self) -> ProofView:
        workspace = self._workspace
        code = workspace.rounds.proposed().code
        counts = workspace.ledger.receipts(code)
        last = workspace.ledger.last_checkpoint(code)
        return ProofView(
            trust=tuple(
                TrustShare(rests_on_words(rests_on), count, _SHADES[rests_on], rests_on)
                for rests_on, count in workspace.trust.answers_rest_on(code).items()
            ),
            log=tuple(_log_line(row) for row in workspace.ledger.log(code)),
            receipts=_receipts_in_words(counts.made, counts.outdated),
            are_receipts_outdated=bool(counts.outdated),
            can_make_receipts=bool(workspace.ledger.origins(code)),
            checkpoint=last.text if last else "",
            is_ledger_behind=workspace.ledger.is_behind(code),
        )

    def verify(self, should_stop: Callable[[], bool] = lambda: False) -> StandingView:
        """Looks at the whole store, signatures too; where it is stopped, the last one's standing."""
        from iscm_desktop.store.verification.verification import VerificationStopped

        with suppress(VerificationStopped):
            self._report = self._workspace.verification.verify(with_signatures=True, should_stop=should_stop)
        return self._standing()

    def repair(self, against: Sequence[Path], progress: TaskProgress) -> str:
        """Puts back what received files hold, makes again what follows, and verifies; what it came to.

        Args:
            against: Files and folders; none where what follows is only made again.
        """
        from iscm_desktop.workspace.verification_wording import repaired_in_words

        done = self._workspace.verification.repair(against, progress)
        self._report = self._workspace.verification.verify(with_signatures=True)
        said = repaired_in_words(done)
        return " ".join(said if against else said[1:])

    def responses_resting_on(self, code: str) -> tuple[TrustedResponse, ...]:
        """Responses of the round with answers that rest on this, by respondent."""
        found = self._workspace.trust.responses_resting_on(self._workspace.rounds.proposed().code, code)
        return tuple(self._trusted(response_id, count) for response_id, count in found.items())

    def _trusted(self, response_id: str, count: int) -> TrustedResponse:
        words = ngettext("{respondent}: {count} answer", "{respondent}: {count} answers", count)
        name = self._workspace.response_list.row(response_id).respondent_name
        return TrustedResponse(response_id, words.format(respondent=name, count=shown_number(count)))

    def sign_checkpoint(self) -> str:
        """Signs the ledger of the round as it is now; what to say about it."""
        row = self._workspace.ledger.checkpoint(self._workspace.rounds.proposed().code)
        return _("Checkpoint {number} is signed: {size} entries.").format(
            number=row.number, size=shown_number(row.size)
        )

    def make_receipts(self, folder: Path) -> str:
        """Writes one for each respondent of the round; what to say about it."""
        made = self._workspace.receipts.make_all(self._workspace.rounds.proposed().code, folder)
        words = ngettext("{count} receipt written.", "{count} receipts written.", len(made))
        return words.format(count=len(made))

    def check_receipt(self, file: Path) -> str:
        """What a receipt says about the answers of this store, a line for each thing to know."""
        from iscm_desktop.workspace.ledger.receipt_wording import receipt_in_words

        return "\n".join(receipt_in_words(self._workspace.receipts.check(file)))

    def request_cosigning(self, target: Path) -> str:
        """Writes what a colleague needs to cosign; what to say about it."""
        self._workspace.cosigning.write_request(self._workspace.rounds.proposed().code, target)
        return _("Written: {file}. Send it to the coordinator who cosigns: nobody else can open it.").format(
            file=target.name
        )

    def take_cosigned(self, file: Path) -> str:
        """Cosigns a colleague's request, or takes a cosigned checkpoint in; what came of it."""
        return self._workspace.cosigning.cosign(file).words

    def take_back(self, operation: str) -> None:
        """Takes an operation back."""
        self._workspace.operations.take_back(operation)

    def _standing(self) -> StandingView:
        last = self._workspace.verification.last()
        if last is None:
            return StandingView(
                title=_("This store has not been verified yet"),
                note=_("Verify now looks whether anything in it was lost or changed."),
            )
        note, figures = self._when(last), (*_figures(last), *self._backups())
        if not last.findings and self._workspace.doubt:
            return StandingView(
                Standing.DAMAGED,
                _("What is here is as it was, and something may be missing"),
                _when(last),
                _figures(last),
                advice=self._workspace.doubt,
            )
        if not last.findings:
            return StandingView(Standing.WHOLE, _("✓ This store is whole"), note, figures)
        can_be_made_again = self._report is not None and _can_be_made_again(self._report)
        words = ngettext(
            "{count} thing is not as it was", "{count} things are not as they were", last.findings
        )
        return StandingView(
            Standing.DAMAGED,
            words.format(count=shown_number(last.findings)),
            note,
            figures,
            self._findings(),
            self._advice(),
            can_be_repaired=not can_be_made_again,
            can_be_made_again=can_be_made_again,
        )

    def _when(self, last: LastVerification) -> str:
        """ "verified on 3 May 2027 at 17:26, in 0.2 s; 2 operations since"."""
        newest = self._workspace.operations.rows(1)
        since = (int(newest[0].id) if newest else 0) - last.operations  # numbered from 1, without gaps
        if since <= 0:
            return _when(last)
        words = ngettext("{verified}; {count} operation since", "{verified}; {count} operations since", since)
        return words.format(verified=_when(last), count=shown_number(since))

    def _backups(self) -> tuple[ProofFigure, ...]:
        """Of those in turn; a server's are made where it stands."""
        if self._workspace.is_shared:
            return ()
        made = self._workspace.backups.made_at()
        words = _("none yet") if not made else shown_number(len(made))
        if made and made[-1] is not None:
            words = _("{count}, newest {when}").format(count=words, when=_shown_moment(made[-1]))
        return (ProofFigure(_("Backups that were opened and compared"), words),)

    def _findings(self) -> tuple[str, ...]:
        from iscm_desktop.workspace.verification_wording import describe

        if self._report is None:
            return ()
        named = [describe(one) for one in self._report.findings[:_NAMED]]
        more = len(self._report.findings) - len(named)
        if more:
            named.append(
                ngettext("and {count} more", "and {count} more", more).format(count=shown_number(more))
            )
        return tuple(named)

    def _advice(self) -> str:
        from iscm_desktop.workspace.verification_wording import advise_in_window

        if self._report is None:
            return _("Verify now names them, and says what to do.")
        return advise_in_window(self._report)


def _can_be_made_again(report: VerificationReport) -> bool:
    from iscm_desktop.workspace.verification_wording import can_be_made_again

    return can_be_made_again(report)


def _shown_moment(moment: datetime) -> str:
    from iscm_desktop.i18n import shown_date

    here = moment.astimezone()
    return f"{shown_date(here.date())} {here:%H:%M}"


def _effect(row: LedgerLogRow) -> str:
    """ "101 responses, 5,216 answers, 52 conflicts"; "" where nothing changed."""
    merged, parts = row.operation.merged, []
    if row.responses:
        words = ngettext("{count} response", "{count} responses", row.responses)
        parts.append(words.format(count=shown_number(row.responses)))
    if answers := merged.new + merged.newer:
        words = ngettext("{count} answer", "{count} answers", answers)
        parts.append(words.format(count=shown_number(answers)))
    if merged.conflicts:
        words = ngettext("{count} conflict", "{count} conflicts", merged.conflicts)
        parts.append(words.format(count=shown_number(merged.conflicts)))
    return _(", ").join(parts)


def _when(last: LastVerification) -> str:
    from iscm_desktop.i18n import shown_date

    moment = last.made_at.astimezone()
    return _("verified on {date} at {time}, in {seconds} s").format(
        date=shown_date(moment.date()),
        time=f"{moment:%H:%M}",
        seconds=shown_number(Decimal(f"{last.seconds:.1f}")),
    )


def _figures(last: LastVerification) -> tuple[ProofFigure, ...]:
    figures = [
        ProofFigure(_("Revisions whose content gives their id"), _of(last.revisions_good, last.revisions)),
        ProofFigure(_("Files received, all their revisions here"), _of(last.packages_good, last.packages)),
        ProofFigure(_("Operations as they were recorded"), _of(last.operations_good, last.operations)),
    ]
    if last.seals is not None and last.seals_good is not None:
        broken = last.seals - last.seals_good
        words = _("{good} good, {broken} broken")
        figures.append(
            ProofFigure(
                _("Seals of devices"),
                words.format(good=shown_number(last.seals_good), broken=shown_number(broken)),
            )
        )
    return tuple(figures)


def _of(good: int, total: int) -> str:
    return _("{good} of {total}").format(good=shown_number(good), total=shown_number(total))


def _receipts_in_words(made: int, outdated: int) -> str:
    if not made:
        return ""
    words = ngettext("{count} made", "{count} made", made).format(count=shown_number(made))
    if not outdated:
        return words
    old = ngettext(
        "{count} is outdated: its answers have changed since",
        "{count} are outdated: their answers have changed since",
        outdated,
    )
    return _("{made} · {outdated}").format(made=words, outdated=old.format(count=shown_number(outdated)))


def _log_line(row: LedgerLogRow) -> LogLine:
    from iscm_desktop.workspace.operation_wording import operation_in_words

    operation = row.operation
    return LogLine(
        operation=operation.id,
        time=_shown_moment(operation.started_at),
        what=operation_in_words(operation),
        by=operation.person,
        effect=_effect(row),
        checkpoint="" if row.checkpoint is None else f"#{row.checkpoint}",
        mark=_("fork") if row.is_fork else _("cosigned") if row.is_cosigned else "",
        is_fork=row.is_fork,
        is_taken_back=bool(operation.taken_back_by),
        can_be_taken_back=operation.can_be_taken_back and operation.outcome is not None,
    )
