"""E-mails as gateways and mail programs leave them."""

from __future__ import annotations

import email.policy
from email.message import EmailMessage
from pathlib import Path


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
