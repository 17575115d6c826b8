"""Whose signatures under checkpoints count in a store."""

from __future__ import annotations

from collections.abc import Sequence

from iscm_desktop.errors import IscmError, LedgerProblem
from iscm_desktop.exchange.ledger.ledger_keys import raw_key
from iscm_desktop.exchange.trust.invitation_file import known_invitation
from iscm_desktop.exchange.trust.signature import fingerprint
from iscm_desktop.i18n import _
from iscm_desktop.machine_texts import fingerprint_text
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.objects import devices, invitations


def trusted_keys(db: Transaction, own: str, given: Sequence[str] = ()) -> dict[bytes, str]:
    """Names by raw public key: of those who invited, known devices, this device, and keys that a person gives.

    Args:
        own: The public key of this device, in minisign's format; likewise `given`, or as C2SP's verifier keys.

    Raises:
        IscmError: one of those given is no key.
    """
    found = {raw_key(own): _("this computer ({fingerprint})").format(fingerprint=_shown(own))}
    found |= {raw_key(row.key): row.name or _shown(row.key) for row in devices.devices(db)}
    for key, document in invitations.issuers(db).items():
        issuer = known_invitation(document).issuer
        found[raw_key(key)] = ", ".join(filter(None, (issuer.name, issuer.organization))) or _shown(key)
    for text in given:
        try:
            raw = raw_key(text.strip())
        except ValueError:
            raise IscmError(LedgerProblem.RECEIPT_KEY_UNREADABLE, key=text.strip()) from None
        found.setdefault(raw, _shown(text.strip()))
    return found


def _shown(key: str) -> str:
    return fingerprint_text(fingerprint(key))
