"""E-mails as gateways and mail programs leave them."""

from __future__ import annotations

import base64
import email.policy
import quopri
from email.message import EmailMessage
from pathlib import Path

SINCE = "From - Mon Nov 23 10:00:00 2026\r\n"
"""The line with which a mailbox begins each of its mails."""


def mail(*attached: tuple[str, bytes] | EmailMessage, subject: str = "Our answers") -> EmailMessage:
    """A message with files, or other messages, attached."""
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"], message["Subject"] = "anna@example.org", "round@example.org", subject
    message.set_content("Dear colleague,\n\nplease find our answers attached.\n")
    for one in attached:
        if isinstance(one, EmailMessage):
            message.add_attachment(one)
        else:
            name, data = one
            message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def written(message: EmailMessage, target: Path) -> Path:
    target.write_bytes(message.as_bytes())
    return target


def forwarded(inner: bytes, encoding: str, kind: str = "message/rfc822", name: str = "msg0.eml") -> bytes:
    """A mail with another attached, encoded in a way that the standard forbids and gateways use."""
    coded = {
        "base64": base64.encodebytes,
        "quoted-printable": quopri.encodestring,
        "7bit": bytes,
    }[encoding.lower().split()[0]](inner)
    head = (
        'From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="yy"\r\n\r\n'
        f'--yy\r\nContent-Type: text/plain\r\n\r\nForwarded\r\n--yy\r\nContent-Type: {kind}; name="{name}"\r\n'
        f"Content-Disposition: attachment\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode() + coded + b"\r\n--yy--\r\n"


def mailbox(*mails: EmailMessage) -> bytes:
    """A file in which a mail program keeps many."""
    return b"\r\n".join(SINCE.encode() + one.as_bytes() for one in mails)


def apple_mail(message: EmailMessage) -> bytes:
    """As Apple Mail keeps each (.emlx): its length, the mail, what the program knows of it."""
    data = message.as_bytes()
    return b"%d\n" % len(data) + data + b'<?xml version="1.0"?>\n<plist version="1.0"></plist>\n'
