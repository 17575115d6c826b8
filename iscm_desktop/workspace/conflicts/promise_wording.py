"""What a promise said at some time, in words: for histories."""

from __future__ import annotations

from datetime import date

from iscm_desktop.exchange.colleagues.delegation import terms_of
from iscm_desktop.exchange.colleagues.queries import query_of
from iscm_desktop.i18n import _, ngettext, shown_date
from iscm_desktop.questionnaire.form_paths import WHOLE_RESPONSE, AnswerPath, path_around
from iscm_desktop.store.objects.clearances import clearance_of
from iscm_desktop.store.objects.revision import (
    CLEARANCE,
    DELEGATION,
    QUERY,
    REPLY,
    RESTRICTION,
    SIGN_OFF,
    ItemKey,
)
from iscm_desktop.store.objects.sign_offs import signature

PROMISES_SHOWN = frozenset({CLEARANCE, DELEGATION, QUERY, REPLY, RESTRICTION, SIGN_OFF})
"""Kinds whose states a history tells beside those of answers. Anybody may reply, and keep a note of who
cleared, so a reply and a clearance are never claims."""


def place_of(key: ItemKey) -> AnswerPath | None:
    """In whose history the states of an item stand: sign-offs, clearances and delegations in that of the whole
    response, a question asked in that of what it is about; None for one that is about nothing.
    """
    kind, at = key
    if kind in (QUERY, REPLY):
        return path_around(AnswerPath(at)) or None
    return WHOLE_RESPONSE if kind in (SIGN_OFF, CLEARANCE, DELEGATION) else AnswerPath(at)


def promise_words(kind: str, value: str | None) -> str:
    """ "signed off by Ms Example, Director"; the value as it is where it is of a kind that this program does not know.

    Args:
        value: As stored; None where the promise was taken back.
    """
    if kind == RESTRICTION:
        return _("for publication again") if value is None else _("not for publication")
    if kind == SIGN_OFF:
        return _sign_off_words(value)
    if kind == CLEARANCE:
        return _clearance_words(value)
    if kind == DELEGATION:
        terms = terms_of(value)
        words = _("handed to {name}: {sections}")
        return words.format(name=terms.to, sections=", ".join(terms.sections)) if terms else _unknown(value)
    asked = query_of(value) if kind == QUERY else None
    if asked is not None:
        return _("asked: {text}").format(text=asked.text)
    return _("replied: {text}").format(text=value) if kind == REPLY and value else _unknown(value)


def _sign_off_words(value: str | None) -> str:
    signed = signature(value)
    if signed is None:
        return value or _("sign-off withdrawn")
    words = _("signed off by {name}, {function}").format(name=signed.name, function=signed.function)
    if not signed.open:
        return words
    left = ngettext(
        "{signed}, with {count} thing left: {reason}",
        "{signed}, with {count} things left: {reason}",
        signed.open,
    )
    return left.format(signed=words, count=signed.open, reason=signed.reason)


def _clearance_words(value: str | None) -> str:
    step = clearance_of(value)
    if step is None:
        return _unknown(value)
    if step.is_dropped:
        return _("clearance of {whose} no longer asked for").format(whose=step.whose)
    if not step.by:
        words = _("clearance of {whose} asked for") if step.asked_on else _("clearance of {whose} still open")
        return words.format(whose=step.whose)
    try:
        day = shown_date(date.fromisoformat(step.cleared_on))
    except ValueError:
        day = step.cleared_on
    words = _("cleared for {whose} by {name} on {day}").format(whose=step.whose, name=step.by, day=day)
    return f"{words}: {step.remarks}" if step.remarks else words


def _unknown(value: str | None) -> str:
    return value or _("withdrawn")
