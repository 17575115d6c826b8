"""Mails that are signed as a whole (S/MIME), with a certificate made for the purpose."""

from __future__ import annotations

import datetime
import re
import struct
from email.message import EmailMessage

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID


def signed_part(message: bytes) -> bytes:
    """What is signed of a mail: all but the headers that change on the way."""
    return re.sub(rb"(?s)^.*?(?=Content-Type:|MIME-Version:)", b"", message)


def certificate() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Focal point")])
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, day, day + datetime.timedelta(900))
    return builder.sign(key, hashes.SHA256()), key


def signed(content: bytes, *options: pkcs7.PKCS7Options) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(*certificate(), hashes.SHA256())
    return builder.sign(serialization.Encoding.DER, list(options))


def in_pieces(content: bytes) -> bytes:
    """As mail programs write while they do not know yet how long it will be (BER)."""
    open_, end = b"\x30\x80", b"\0\0"
    pieces = b"".join(
        b"\x04" + b"\x82" + struct.pack(">H", len(part)) + part
        for part in (content[at : at + 1000] for at in range(0, len(content), 1000))
    )
    data, whole = (
        b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01",
        b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02",
    )
    inner = open_ + data + b"\xa0\x80" + b"\x24\x80" + pieces + end + end + end
    return (
        open_
        + whole
        + b"\xa0\x80"
        + open_
        + b"\x02\x01\x01"
        + b"\x31\x00"
        + inner
        + b"\x31\x00"
        + end
        + end
        + end
    )


def signed_mail(data: bytes, name: str = "smime.p7m") -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "Signed"
    message.set_content(
        data, "application", "pkcs7-mime", filename=name, params={"smime-type": "signed-data"}
    )
    return message.as_bytes()
