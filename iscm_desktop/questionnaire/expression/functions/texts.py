"""Text functions of ODK XForms: joining, cutting, patterns, digests."""

from __future__ import annotations

import base64
import hashlib
import os
import string
from collections.abc import Sequence

from iscm_desktop.questionnaire.expression import budget, expression_error
from iscm_desktop.questionnaire.expression.compiled_code import Code, as_string
from iscm_desktop.questionnaire.expression.context import Context, Value
from iscm_desktop.questionnaire.expression.conversion import text_at, text_of
from iscm_desktop.questionnaire.expression.expression_error import ExpressionError
from iscm_desktop.questionnaire.expression.patterns import pattern
from iscm_desktop.questionnaire.expression.registry import CallCompiler, Library, function, special
from iscm_desktop.questionnaire.expression.signatures import is_signed
from iscm_desktop.questionnaire.expression.syntax import Call

LIBRARY: Library = {}

_LONGEST_UUID = 10_000
_FEW = 16
"""So many texts are joined before the result is counted: none of them is much longer than a text may be."""

_PATTERN = 300
"""Steps of making a pattern, beside those for its length."""

_ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


def _texts(values: tuple[Value, ...]) -> list[str]:
    """The texts of values, each node of a node-set on its own."""
    texts: list[str] = []
    for value in values:
        if isinstance(value, list):
            texts += [text_at(node) if (found := node._text) is None else found for node in value]
        else:
            texts.append(text_of(value))
    return texts


@function(LIBRARY, "concat", "value*", "string")
def _concat(*values: Value) -> str:
    return _joined("", _texts(values))


@function(LIBRARY, "join", "string value*", "string")
def _join(separator: str, *values: Value) -> str:
    return _joined(separator, _texts(values))


def _joined(separator: str, texts: list[str]) -> str:
    if len(texts) > _FEW:
        budget.made(sum(map(len, texts)) + len(separator) * (len(texts) - 1))
        return separator.join(texts)
    text = separator.join(texts)
    budget.made(len(text))
    return text


@function(LIBRARY, "ends-with", "string string", "boolean")
def _ends_with(text: str, ending: str) -> bool:
    return text.endswith(ending)


@function(LIBRARY, "substr", "string number number?", "string")
def _substr(text: str, start: float, end: float | None = None) -> str:
    """Characters from place `start`, from 0, up to, not including, `end`; below 0 counts from the end."""
    last = len(text) if end is None else _place(end)
    return text[_place(start) : last]


def _place(value: float) -> int:
    if value != value:  # NaN
        return 0
    return int(max(-1e9, min(1e9, value)))


@special(LIBRARY, "regex", 2, 2)
def _regex(_compiler: CallCompiler, _call: Call, arguments: Sequence[Code]) -> Code:
    """A pattern that stands in the expression is made once; one that an answer gives takes steps each time."""
    text, expression = as_string(arguments[0]), as_string(arguments[1])
    is_written = arguments[1].constant is not None

    def run(context: Context) -> bool:
        searched, wanted = text(context), expression(context)
        if not is_written:
            budget.take(_PATTERN + len(wanted) * 4)
        matcher = pattern(wanted)
        budget.take(len(searched) * matcher.weight >> 8)
        return matcher.holds(searched)

    return Code("boolean", run)


@function(LIBRARY, "uuid", "number?", "string", with_context=True, is_volatile=True)
def _uuid(context: Context, length: float | None = None) -> str:
    if length is None:
        return _uuid_4(os.urandom(16).hex())
    if not 0 <= length <= _LONGEST_UUID:
        raise ExpressionError(expression_error.BAD_LENGTH, found=text_of(length), limit=_LONGEST_UUID)
    alphabet = string.ascii_letters + string.digits
    budget.take(int(length))
    return "".join(alphabet[int(context.host.random() * len(alphabet))] for _place in range(int(length)))


def _uuid_4(chance: str) -> str:
    """32 hexadecimal digits as RFC 9562 writes a version 4; importing `uuid` for it costs 10 ms of every start."""
    variant = "89ab"[int(chance[16], 16) % 4]
    return f"{chance[:8]}-{chance[8:12]}-4{chance[13:16]}-{variant}{chance[17:20]}-{chance[20:]}"


@function(LIBRARY, "digest", "string string string?", "string")
def _digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    name = _ALGORITHMS.get(algorithm.upper())
    if name is None:
        raise ExpressionError(expression_error.UNKNOWN_ALGORITHM, found=algorithm)
    budget.read(len(text))
    digest = hashlib.new(name, text.encode(errors="replace"), usedforsecurity=False).digest()
    if encoding.lower() == "hex":
        return digest.hex()
    if encoding.lower() == "base64":
        return base64.b64encode(digest).decode()
    raise ExpressionError(expression_error.UNKNOWN_ENCODING, found=encoding)


@function(LIBRARY, "base64-decode", "string", "string")
def _base64_decode(text: str) -> str:
    """The text that was encoded, "" where it is not base64; bytes that are not UTF-8 become U+FFFD."""
    return _bytes(text).decode(errors="replace")


@function(LIBRARY, "extract-signed", "string string", "string")
def _extract_signed(text: str, public_key: str) -> str:
    """The message behind a signature of 64 bytes, both in base64; "" where the signature is not the key's."""
    content = _bytes(text)
    signature, message = content[:64], content[64:]
    return message.decode(errors="replace") if is_signed(message, signature, _bytes(public_key)) else ""


def _bytes(text: str) -> bytes:
    """What base64 stands for, with or without its padding; nothing for other text."""
    budget.read(len(text) * 4)
    compact = "".join(text.split())
    try:
        return base64.b64decode(compact + "=" * (-len(compact) % 4), validate=True)
    except ValueError:
        return b""
