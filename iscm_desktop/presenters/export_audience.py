"""For whom a file is that goes out, and by which key that is known: said wherever one is written."""

from __future__ import annotations

from collections.abc import Iterable

from iscm_desktop.i18n import _, joined
from iscm_desktop.workspace import Workspace
from iscm_desktop.workspace.rounds.received_invitation_service import IssuerView


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
    return words.format(issuer=issuer.called, words=issuer.words, fingerprint=issuer.fingerprint)


def recipients_words(workspace: Workspace, recipients: Iterable[str]) -> str:
    """For whom a file was encrypted whose public keys somebody named."""
    names = {row.recipient: row.name for row in workspace.keys.coordinator_keys()}
    known = (f"{names[key]} ({key})" if names.get(key) else key for key in recipients)
    return _("Encrypted for {names}").format(names=joined(known))


def delegation_words(to: str, issuer: IssuerView | None) -> str:
    """Of a file with sections for a colleague."""
    said = _("For {name}, and readable for whoever gets the file.").format(name=to)
    if issuer is None:
        return said
    words = _("The answers are asked for by {issuer}, key: {words}")
    return f"{said} {words.format(issuer=issuer.called, words=issuer.words)}"
