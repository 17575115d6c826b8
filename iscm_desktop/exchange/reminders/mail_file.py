"""A mail as a file, `.eml`, which a person opens in their own mail program, looks at, and sends or not.

The same content gives the same bytes: neither date nor message id is in it, which the mail program adds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.exchange.package.package_writer import ReadBack
from iscm_desktop.file_names import shown_file
from iscm_desktop.i18n import _

_ADDRESS = re.compile(
    r"(?<![\w.+%@-])[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?![\w@-])",
    re.ASCII,
)
_POLICY = policy.SMTP


@dataclass(frozen=True, slots=True)
class MailFile:
    """All that a mail holds."""

    addresses: tuple[str, ...]  # () leaves the line for the person to fill in
    subject: str
    body: str
    attached_name: str = ""  # "" attaches nothing
    attached: bytes = b""


def addresses_in(contact: str) -> tuple[str, ...]:
    """The mail addresses in what somebody typed as a contact: "Ana Ruiz <ana@example.org>, tel. 12" has one."""
    return tuple(dict.fromkeys(found.group() for found in _ADDRESS.finditer(contact)))


def mail_bytes(mail: MailFile) -> bytes:
    """The file. `X-Unsent` makes mail programs open it as a draft."""
    made = EmailMessage(policy=_POLICY)
    if mail.addresses:
        made["To"] = ", ".join(mail.addresses)
    made["Subject"] = mail.subject
    made["X-Unsent"] = "1"
    made.set_content(mail.body, cte="base64")
    if mail.attached_name:
        made.add_attachment(
            mail.attached, maintype="application", subtype="octet-stream", filename=mail.attached_name
        )
        digest = hashlib.sha256(mail.body.encode() + mail.attached).hexdigest()
        made.set_boundary(f"=_{digest[:32]}")  # a random one by default
    return made.as_bytes()


def mail_read_back(mail: MailFile, target: Path) -> ReadBack:
    """Reads the file as a mail program would."""

    def read(data: bytes) -> None:
        if _read(data) != mail:
            reason = _("it was not what was meant to be written")
            raise IscmError(FileProblem.FILE_NOT_READ_BACK, file=shown_file(target), reason=reason)

    return read


def _read(data: bytes) -> MailFile:
    found = message_from_bytes(data, policy=policy.default)
    body = found.get_body(("plain",))
    attached = [*found.iter_attachments()]
    text = body.get_content() if body is not None else ""
    return MailFile(
        addresses_in(str(found.get("To", ""))),
        str(found.get("Subject", "")),
        text.replace("\r\n", "\n"),
        str(attached[0].get_filename()) if attached else "",
        _content(attached),
    )


def _content(attached: Sequence[object]) -> bytes:
    first = attached[0] if attached else None
    content = first.get_content() if isinstance(first, EmailMessage) else b""
    return content if isinstance(content, bytes) else b""
