"""Languages as forms name them, "Français (fr)", taken apart, and the names of languages."""

import re
from functools import lru_cache

from PySide6.QtCore import Qt

from iscm_desktop.i18n import _

_RIGHT_TO_LEFT = ("ar", "he", "fa", "ur")


def language_name(language: str) -> str:
    """ "Français (fr)" as "Français"; a form with one language calls it "default"."""
    return re.sub(r"\s*\([\w-]+\)$", "", language) if language != "default" else _("As written")


def language_code(language: str) -> str:
    """ "fr" of "Français (fr)"; the name itself where it is a code, else ""."""
    found = re.search(r"\(([\w-]+)\)$", language)
    if found:
        return found.group(1)
    return language if re.fullmatch(r"[a-z]{2,3}(-\w+)?", language) else ""


def direction_of(language: str) -> Qt.LayoutDirection | None:
    """How texts in this language of a form run; None where its name does not say which language it is."""
    code = language_code(language)
    if not code:
        return None
    return Qt.LayoutDirection.RightToLeft if code in _RIGHT_TO_LEFT else Qt.LayoutDirection.LeftToRight


_OWN_NAMES = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "ru": "Русский",
    "zh": "中文",
}
"""The usual languages, so that the first window need not wait for the CLDR."""


@lru_cache(maxsize=64)
def own_name(language: str) -> str:
    """A language in its own name: "English", "العربية"."""
    code = language_code(language) or language
    if code in _OWN_NAMES:
        return _OWN_NAMES[code]
    from babel import Locale, UnknownLocaleError

    try:
        return (Locale.parse(code, sep="-").display_name or code).capitalize()
    except (UnknownLocaleError, ValueError):
        return language
