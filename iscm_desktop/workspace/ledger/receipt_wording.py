"""What checking a receipt came to, in sentences: the same in the window and on the command line."""

from __future__ import annotations

from iscm_desktop.exchange.ledger.checkpoint_comparison import CheckpointRelation
from iscm_desktop.i18n import N_, _, ngettext
from iscm_desktop.store.operations.operation_kinds import OperationKind
from iscm_desktop.workspace.ledger.receipt_check import ReceiptStanding
from iscm_desktop.workspace.ledger.receipt_service import CheckedReceipt

_MOST_NAMED = 10
_LATER = {
    OperationKind.TAKE_BACK.value: N_("operation {number} took something of it back"),
    OperationKind.PUT_BACK.value: N_("operation {number} put something of it back in"),
    OperationKind.MERGE.value: N_("operation {number} merged another file"),
    OperationKind.RESOLVE.value: N_("operation {number} settled a conflict"),
    OperationKind.SETTLE_BY_RULE.value: N_("operation {number} settled conflicts by rule"),
}


_NEWER = {
    CheckpointRelation.CONTINUES: N_(
        "The other checkpoint does not contradict it. Whether the response was changed or taken back since is told by "
        "a new receipt."
    ),
    CheckpointRelation.CONTRADICTS: N_(
        "The other checkpoint contradicts it: two histories were signed under one name. Keep both files, "
        "they prove that."
    ),
    CheckpointRelation.KEPT: N_(
        "A backup was restored since, and the entry was in it. What was changed after that is told by a new receipt."
    ),
    CheckpointRelation.LOST: N_(
        "A backup from before the entry was restored since, so the entry is not in the ledger any more. Send the "
        "answers again, then ask for a new receipt."
    ),
    CheckpointRelation.OTHER: N_(
        "The other checkpoint is of another ledger, so it says nothing about this receipt."
    ),
}


def receipt_in_words(found: CheckedReceipt) -> list[str]:
    """One sentence for each thing to know, the most important first."""
    newer = [] if found.newer is None else [_(_NEWER[found.newer])]
    return [_standing(found), *newer, *_differences(found), *_signature(found), *_fork(found)]


def _standing(found: CheckedReceipt) -> str:
    findings = found.findings
    place = {"round": found.round, "entry": found.entry, "size": found.size}
    match findings.standing:
        case ReceiptStanding.STANDS:
            count = findings.answers
            if findings.signed_off_at is not None:
                words = ngettext(
                    "Your {count} answer, as signed off on {date}, stands in round {round} as entry {entry} of {size}.",
                    "Your {count} answers, as signed off on {date}, stand in round {round} as entry {entry} of {size}.",
                    count,
                )
                return words.format(count=count, date=f"{findings.signed_off_at:%Y-%m-%d}", **place)
            words = ngettext(
                "Your {count} answer stands in round {round} as entry {entry} of {size}, not signed off.",
                "Your {count} answers stand in round {round} as entry {entry} of {size}, not signed off.",
                count,
            )
            return words.format(count=count, **place)
        case ReceiptStanding.DIFFERS:
            return _(
                "What this store holds is not what stands in round {round} as entry {entry} of {size}."
            ).format(**place)
        case ReceiptStanding.OUTDATED:
            return _(
                "This receipt is outdated: the response was changed after entry {entry} of {size} of round {round}."
            ).format(**place)
        case ReceiptStanding.LOST:
            return _(
                "Entry {entry} of {size} of round {round} is not in the ledger any more: a backup from before it was "
                "restored. Send the answers again, then ask for a new receipt."
            ).format(**place)
        case ReceiptStanding.UNKNOWN:
            return _(
                "This receipt is for a response of round {round} that is not in this store: nothing could be compared."
            ).format(**place)


def _differences(found: CheckedReceipt) -> list[str]:
    findings, words = found.findings, []
    if findings.later is not None and (said := _LATER.get(findings.later.kind)):
        entry = findings.later.position + 1
        done = _(said).format(number=findings.later.operation)
        words.append(_("Its newest entry is {entry}: {done}.").format(entry=entry, done=done))
    if found.changed_here:
        words.append(
            _("Changed here since, and counted once you export again: {questions}").format(
                questions=_named(found.changed_here)
            )
        )
    if found.not_there:
        words.append(
            _("Stands here, and is not known there or was replaced there: {questions}").format(
                questions=_named(found.not_there)
            )
        )
    is_elsewhere = (
        findings.standing is not ReceiptStanding.OUTDATED
    )  # else this is the store where it changed
    if found.undecided_there and is_elsewhere:
        words.append(
            _("Stands there beside an earlier state, until the coordinator decides: {questions}").format(
                questions=_named(found.undecided_there)
            )
        )
    if findings.unknown_here:
        count = findings.unknown_here
        words.append(
            ngettext(
                "{count} state there was never in this store: it was entered or corrected by others.",
                "{count} states there were never in this store: they were entered or corrected by others.",
                count,
            ).format(count=count)
        )
    if findings.standing is ReceiptStanding.DIFFERS and not words:
        words.append(
            _("This receipt does not tell which answers differ; the file that the coordinator made does.")
        )
    return words


def _signature(found: CheckedReceipt) -> list[str]:
    if found.signed_by is None:
        return [
            _(
                "Nobody whom this store knows signed it, so it proves nothing yet. Open the coordinator's invitation, "
                "or ask for their public key on another way: name it among the known devices, or give it with --key."
            )
        ]
    words = [_("Signed by {name}.").format(name=found.signed_by)]
    if found.cosigned_by:
        words.append(_("Cosigned by {names}.").format(names=", ".join(found.cosigned_by)))
    return words


def _fork(found: CheckedReceipt) -> list[str]:
    forked_at = found.findings.forked_at
    if forked_at is None:
        return []
    words = ngettext(
        "A backup was restored there when the ledger had {count} entry; it went on from that under another name.",
        "A backup was restored there when the ledger had {count} entries; it went on from that under another name.",
        forked_at,
    )
    return [words.format(count=forked_at)]


def _named(questions: tuple[str, ...]) -> str:
    """The first of them, and how many more there are."""
    named = _("; ").join(questions[:_MOST_NAMED])
    more = len(questions) - _MOST_NAMED
    if more <= 0:
        return named
    return ngettext("{named} and {count} more", "{named} and {count} more", more).format(
        named=named, count=more
    )
