"""How long texts may be, and which characters they may hold: for those who type them, write them and read them.

What a file says is refused beyond these limits by whoever reads it, so whoever types it hears of them at once, and
before anything is written. Both ask here, so that a program can read what it writes.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from iscm_desktop.errors import IscmError, TextProblem
from iscm_desktop.i18n import N_, _

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_REPLACEMENT = "\ufffd"

_UNSEEN = frozenset({"Cf", "Cs", "Co", "Cn"})
"""General categories of characters that nobody sees: some turn the words around them."""
_BREAKS = frozenset({"Cc", "Zl", "Zp"})
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""Unseen, too, and needed inside names in Persian or Hindi."""


class TextLimit(Enum):
    """The longest that a text of each sort may be, in characters."""

    CODE = 100
    """Of a round, a respondent, a form, a version, a language, a device."""
    NAME = 1000
    """Of a person, an organization, a respondent, a round, a questionnaire, a colleague; and the
    path of a question or section in its form."""
    MESSAGE = 20_000
    """What somebody writes to a colleague: with sections handed over, as a query, as a reply."""
    PATH = 2000
    """Where an item lies in a response."""

    @property
    def most(self) -> int:
        """Characters."""
        return self.value


class TypedText(Enum):
    """What is typed and travels in files, as sentences call it."""

    PERSON = N_("your name")
    ORGANIZATION = N_("your organization")
    ROUND_CODE = N_("the code of the round")
    ROUND_TITLE = N_("the title of the round")
    RESPONDENT = N_("the name of the respondent")
    RESPONDENT_CODE = N_("the code of the respondent")
    LANGUAGE = N_("the language")
    CONTACT = N_("the contact")
    COLLEAGUE = N_("the name of the colleague")
    MESSAGE = N_("the message")
    QUERY = N_("the query")
    REPLY = N_("the reply")
    REASON = N_("the reason")
    SIGNATORY = N_("the name of who signs off")
    FUNCTION = N_("the function of who signs off")
    CLEARANCE = N_("the name of whose clearance it is")
    CLEARED_BY = N_("the name of who cleared")
    REMARKS = N_("the remarks")
    COORDINATOR = N_("the name of the coordinator")
    DEVICE = N_("the name of the device")
    PASSPHRASE = N_("the passphrase")
    FORM_ID = N_("the id of the questionnaire")
    FORM_VERSION = N_("the version of the questionnaire")
    FORM_TITLE = N_("the title of the questionnaire")
    FORM_PATH = N_("the path of a question")


_LIMITS = {
    TypedText.ROUND_CODE: TextLimit.CODE,
    TypedText.LANGUAGE: TextLimit.CODE,
    TypedText.RESPONDENT_CODE: TextLimit.CODE,
    TypedText.FORM_ID: TextLimit.CODE,
    TypedText.FORM_VERSION: TextLimit.CODE,
    TypedText.MESSAGE: TextLimit.MESSAGE,
    TypedText.QUERY: TextLimit.MESSAGE,
    TypedText.REPLY: TextLimit.MESSAGE,
    TypedText.REASON: TextLimit.MESSAGE,
    TypedText.REMARKS: TextLimit.MESSAGE,
}


def limit_of(field: TypedText) -> TextLimit:
    """How long this may be."""
    return _LIMITS.get(field, TextLimit.NAME)


def checked(field: TypedText, text: str) -> str:
    """The text, as it is, where it can be stored, written and read again.

    Raises:
        IscmError: it is too long, or holds a character that no file and no store keeps.
    """
    most = limit_of(field).most
    if len(text) > most:
        raise IscmError(TextProblem.TOO_LONG, field=_(field.value), length=len(text), most=most)
    if _UNSTORABLE.search(text):
        raise IscmError(TextProblem.NO_TEXT, field=_(field.value))
    return text


def typed_name(text: str) -> str:
    """A name as people read it: one line without blanks around it and without characters that nobody sees.

    Returns:
        "" where nothing is left that can be seen.
    """
    line = "".join(" " if unicodedata.category(each) in _BREAKS else each for each in text)
    seen = "".join(each for each in line if each in _JOINERS or unicodedata.category(each) not in _UNSEEN)
    return " ".join(seen.split()).strip(_JOINERS) if _can_be_seen(seen) else ""


def typed_text(text: str) -> str:
    """What somebody wrote, as it is, without blanks around it; "" where nothing of it can be seen."""
    return text.strip() if _can_be_seen(text) else ""


def _can_be_seen(text: str) -> bool:
    return any(unicodedata.category(each)[0] in "LNPS" for each in text)


def given(field: TypedText, text: str) -> str:
    """The `checked` text as a `typed_name`.

    Raises:
        IscmError: there is nothing to be seen, or too much.
    """
    text = typed_name(checked(field, text))
    if not text:
        raise IscmError(TextProblem.BLANK, field=_(field.value))
    return text


def problem_with(what: TypedText, text: str) -> str:
    """What to say beside a box that this is typed into; "" where nothing is wrong with it."""
    try:
        checked(what, text)
    except IscmError as error:
        return str(error)
    return ""


def fitting(text: str) -> str:
    """A name or title as a file can hold it: cut where it is longer, which no text is that was typed under limits."""
    kept, most = storable(text), TextLimit.NAME.most
    return kept if len(kept) <= most else f"{kept[: most - 1]}…"


def is_storable(text: str) -> bool:
    """Whether a store and a file can keep it: it holds neither NUL nor half of a character (a lone surrogate)."""
    return not _UNSTORABLE.search(text)


def storable(text: str) -> str:
    """The text with each NUL and each half of a character replaced by the sign for a character that was lost."""
    if text.isascii() and "\0" not in text:  # most texts, and told at once
        return text
    return _UNSTORABLE.sub(_REPLACEMENT, text)
