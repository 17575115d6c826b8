"""For whom a file is that goes out, and by which key that is known: said wherever one is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from iscm_desktop.exchange.trust.key_words import key_words
from iscm_desktop.exchange.trust.signature import fingerprint
from iscm_desktop.i18n import _, joined, quoted
from iscm_desktop.machine_texts import fingerprint_text, machine_text
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.rounds.received_invitation_service import IssuerView

if TYPE_CHECKING:
    from iscm_desktop.exchange.trust.invitation_file import Coordinator
    from iscm_desktop.workspace.colleagues.delegation_service import DelegationRow


def audience_words(issuer: IssuerView | None) -> str:
    """Of a file with answers, whether it is encrypted or not.

    Args:
        issuer: Who invited; None where nobody's invitation was opened for the response.
    """
    if issuer is None:
        return _(
            "No invitation was opened for this response: the file is for whomever you hand it to, and proves nothing."
        )
    words = _("For {issuer}, who invited you. Their key: {words} ({fingerprint})")
    return words.format(
        issuer=issuer.called,
        words=machine_text(issuer.words),
        fingerprint=fingerprint_text(issuer.fingerprint),
    )


def recipients_words(workspace: Workspace, recipients: Iterable[str]) -> str:
    """For whom a file was encrypted whose public keys somebody named."""
    names = {row.recipient: row.name for row in workspace.keys.coordinator_keys()}
    known = (
        f"{names[key]} ({machine_text(key)})" if names.get(key) else machine_text(key) for key in recipients
    )
    return _("Encrypted for {names}").format(names=joined(known))


def coordinators_words(coordinators: Iterable[Coordinator]) -> str:
    """For whom a file is encrypted that is for those whom an invitation names; "" where it names nobody."""
    named = [f"{each.name or _('not named')} ({machine_text(each.recipient)})" for each in coordinators]
    if not named:
        return ""
    return _("Encrypted for {names}: nobody else can open it.").format(names=joined(dict.fromkeys(named)))


def without_words(without: Iterable[str]) -> list[str]:
    """Which attached files could not come along; nothing where all did."""
    names = [quoted(name) for name in without]
    if not names:
        return []
    words = _(
        "Without the content of {files}, which is not on this computer: the answers name it all the same."
    )
    return [words.format(files=joined(names))]


def return_words(handed: Iterable[DelegationRow]) -> str:
    """Of a file with sections that go back to whoever handed them over.

    Args:
        handed: The delegations by which they came.
    """
    said = dict.fromkeys((row.by or _("your colleague"), row.key) for row in handed)
    return " ".join(_returned_to(name, key) for name, key in said)


def _returned_to(name: str, key: str) -> str:
    if not key:
        words = _(
            "For {name}, who handed you these sections. No key shows that it was them: ask before you send it."
        )
        return words.format(name=name)
    words = _("For {name}, who handed you these sections. Their key: {words} ({fingerprint})")
    return words.format(
        name=name, words=machine_text(key_words(key)), fingerprint=fingerprint_text(fingerprint(key))
    )


def queries_words(respondent: str, key: str = "") -> str:
    """Of a file with questions about answers.

    Args:
        respondent: Their name; "" of several files, each for another.
        key: Public key of this computer, which signs it; "" where that is not to be said yet.
    """
    whose = _("For {name}, and readable for whoever gets the file.").format(name=respondent)
    if not respondent:
        whose = _("Each file is for its respondent, and readable for whoever gets it.")
    if not key:
        return whose
    words = _("Signed with your key, which they can compare: {words} ({fingerprint})")
    return f"{whose} {words.format(words=machine_text(key_words(key)), fingerprint=fingerprint_text(fingerprint(key)))}"


def delegation_words(to: str, issuer: IssuerView | None) -> str:
    """Of a file with sections for a colleague."""
    said = _("For {name}, and readable for whoever gets the file.").format(name=to)
    if issuer is None:
        return said
    words = _("The answers are asked for by {issuer}, key: {words}")
    return f"{said} {words.format(issuer=issuer.called, words=machine_text(issuer.words))}"
