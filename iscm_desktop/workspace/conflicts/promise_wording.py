"""What a promise said at some time, in words: for histories."""

from __future__ import annotations

from iscm_desktop.exchange.colleagues.delegation import terms_of
from iscm_desktop.exchange.colleagues.queries import query_of
from iscm_desktop.i18n import _
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, AnswerPath
from iscm_desktop.store.objects.revision import (
    DELEGATION,
    QUERY,
    REPLY,
    RESTRICTION,
    SIGN_OFF,
    ItemKey,
)
from iscm_desktop.store.objects.sign_offs import signature

PROMISES_SHOWN = frozenset({DELEGATION, QUERY, REPLY, RESTRICTION, SIGN_OFF})
"""Kinds whose states a history tells beside those of answers. Anybody may reply, so a reply is never a claim."""


def is_about(key: ItemKey, path: AnswerPath) -> bool:
    """Whether a promise belongs to the history of a path; that of the whole response has sign-offs and delegations."""
    kind, at = key
    if kind in (QUERY, REPLY):
        return AnswerPath(at.rpartition("/")[0]) == path != WHOLE_RESPONSE
    if kind in (SIGN_OFF, DELEGATION):
        return path == WHOLE_RESPONSE
    return AnswerPath(at) == path


def promise_words(kind: str, value: str | None) -> str:
    """ "signed off by Ms Example, Director"; the value as it is where it is of a kind that this program does not know.

    Args:
        value: As stored; None where the promise was taken back.
    """
    if kind == RESTRICTION:
        return _("for publication again") if value is None else _("not for publication")
    if kind == SIGN_OFF:
        signed = signature(value)
        words = _("signed off by {name}, {function}")
        return words.format(name=signed.name, function=signed.function) if signed else _unknown(value)
    if kind == DELEGATION:
        terms = terms_of(value)
        words = _("handed to {name}: {sections}")
        return words.format(name=terms.to, sections=", ".join(terms.sections)) if terms else _unknown(value)
    asked = query_of(value) if kind == QUERY else None
    if asked is not None:
        return _("asked: {text}").format(text=asked.text)
    return _("replied: {text}").format(text=value) if kind == REPLY and value else _unknown(value)


def _unknown(value: str | None) -> str:
    return value or _("withdrawn")
