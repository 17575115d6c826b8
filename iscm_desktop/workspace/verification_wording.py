"""What people are told of a store that was verified: what is not as it was, what that means, and who has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.store.verification.findings import Finding, FindingKind, VerificationReport

if TYPE_CHECKING:
    from iscm_desktop.workspace.verification_service import RepairReport


def describe(finding: Finding) -> str:
    """One finding in a sentence or two."""
    words = _words(finding).format(
        respondent=finding.respondent or _("an unknown respondent"),
        path=finding.path or finding.item,
        author=finding.author or _("an unknown person"),
        file=finding.file_name,
        sender=finding.sender or _("its sender"),
        text=_short(finding.text),
        detail=finding.detail,
        held=_held(finding),
        number=finding.detail.removeprefix("operation ").partition(":")[0].partition(" ")[0],
    )
    return f"{words} {_who_has_it(finding)}".strip()


def summarize(report: VerificationReport, doubt: str = "") -> list[str]:
    """The figures, a line each.

    Args:
        doubt: That saves may be missing, which leaves no trace in what is here.
    """
    lines = [
        _("{good} of {total} revisions are what they were.").format(
            good=report.revisions_good, total=report.revisions
        ),
        _("{good} of {total} received files are here whole.").format(
            good=report.packages_good, total=report.packages
        ),
        _("{good} of {total} operations are as they were recorded.").format(
            good=report.operations_good, total=report.operations
        ),
    ]
    if report.seals is not None:
        lines.append(_("{good} of {total} seals hold.").format(good=report.seals_good, total=report.seals))
    if report.is_whole and doubt:
        lines += [_("What is in the store is as it was, and something may be missing from it."), doubt]
    elif report.is_whole:
        lines.append(_("The store is whole."))
    else:
        words = ngettext(
            "{count} thing is not as it was.", "{count} things are not as they were.", len(report.findings)
        )
        lines.append(words.format(count=len(report.findings)))
    return lines


def can_be_made_again(report: VerificationReport) -> bool:
    """Whether all that is not as it was follows from what is sound, so that no file is needed."""
    return not report.is_whole and all(finding.can_be_rebuilt for finding in report.findings)


def repaired_in_words(done: RepairReport) -> list[str]:
    """What a repair came to, a line each."""
    healed = ngettext(
        "{count} revision was put back from received files.",
        "{count} revisions were put back from received files.",
        done.healed,
    )
    rebuilt = ngettext(
        "{count} response was worked out again.", "{count} responses were worked out again.", done.rebuilt
    )
    return [healed.format(count=done.healed), rebuilt.format(count=done.rebuilt)]


def advise_in_window(report: VerificationReport) -> str:
    """What to do next in the window, by the names of its buttons; "" where the store is whole."""
    if report.is_whole:
        return ""
    if can_be_made_again(report):
        return _("All of it follows from what is sound: “Make again what follows” does that.")
    return _(
        "“Repair from received files” asks for the folder with the files that were received, and puts back what "
        "they hold; nothing else is changed. What no file has may be in a backup."
    )


def advise(report: VerificationReport) -> str:
    """What to do next on the command line; "" where the store is whole."""
    if report.is_whole:
        return ""
    if can_be_made_again(report):
        return _("All of it follows from what is sound: `iscm verify --repair` makes it again.")
    return _(
        "Merge the files named again, or all that were received: `iscm verify --against FOLDER --repair`. What no "
        "file has may be in a backup; what can be read of a broken store goes into a new one with `iscm rescue`."
    )


def _words(finding: Finding) -> str:
    match finding.kind:
        case FindingKind.REVISION_CHANGED:
            return _(
                "{respondent}, {path}: what {author} wrote was changed in the store; it now says “{text}”."
            )
        case FindingKind.REVISION_MISSING:
            return _("{respondent}, {path}: an earlier version of an answer is gone.")
        case FindingKind.REVISIONS_UNREADABLE:
            return _("{respondent}: some of the answers cannot be read from the store's file.")
        case FindingKind.PACKAGE_INCOMPLETE:
            return _("{respondent}: not everything is here that came with “{file}”: {held}.")
        case FindingKind.OPERATION_CHANGED:
            return _("The log of what was done is not as it was, at operation {number}.")
        case FindingKind.LEDGER_CHANGED:
            return _("The ledger of a round is not as it was signed: {detail}.")
        case FindingKind.QUESTIONNAIRE_CHANGED:
            return _("The questionnaire “{text}” was changed in the store.")
        case FindingKind.ATTACHMENT_CHANGED:
            return _("{respondent}: the content of an attached file was changed in the store ({detail}).")
        case FindingKind.IDENTITY_CHANGED:
            return _(
                "{respondent}: whose response it is, in which round or to which form, was changed in the store."
            )
        case FindingKind.DRAFT_UNREADABLE:
            return _("{respondent}, {path}: what was being typed cannot be read.")
        case FindingKind.REFERENCE_BROKEN:
            return _("Something in the store names what is not there: {detail}.")
        case FindingKind.FILE_DAMAGED:
            return _("The store's file is damaged: {detail}.")
        case FindingKind.SCHEMA_CHANGED:
            return _("The store is not built as this program builds it: {detail}.")
        case FindingKind.SEAL_BROKEN:
            return _("{respondent}: the signature over what {author} sealed does not hold.")
        case FindingKind.PRESENT_STALE:
            return _("{respondent}, {path}: what is shown does not follow from the answers that are kept.")
        case FindingKind.FIGURES_STALE:
            return _("{respondent}: the figures in the list do not follow from the answers that are kept.")
        case FindingKind.VIEW_STALE:
            return _("{respondent}: what is in view does not follow from the merges that stand.")


def _held(finding: Finding) -> str:
    """ "33 of 35 revisions", from the detail of a file that is not here whole."""
    held, _of, total = finding.detail.partition(": ")[2].partition(" of ")
    return _("{held} of {total} revisions").format(held=held, total=total)


def _who_has_it(finding: Finding) -> str:
    if finding.file_name:
        return _("{sender} has it: it came with “{file}”. Merging that file again puts it back.").format(
            sender=finding.sender or _("Its sender"), file=finding.file_name
        )
    if finding.kind is FindingKind.REVISION_CHANGED:
        return _("It was made here: a backup has it, or whoever was sent this response.")
    if finding.kind is FindingKind.REVISIONS_UNREADABLE:
        return _(
            "The files received from them have what they sent; a backup has the rest, or whoever was sent this "
            "response."
        )
    if finding.can_be_rebuilt:
        return _("It can be made again.")
    return ""


def _short(text: str | None) -> str:
    return "" if text is None else (text if len(text) <= 80 else text[:79] + "…")
