"""Languages as forms name them, "Français (fr)", taken apart."""

import re

from iscm_desktop.i18n import _


def language_name(language: str) -> str:
    """ "Français (fr)" as "Français"; a form with one language calls it "default"."""
    return re.sub(r"\s*\([\w-]+\)$", "", language) if language != "default" else _("As written")


def language_code(language: str) -> str:
    """ "fr" of "Français (fr)"; the name itself where it is a code, else ""."""
    found = re.search(r"\(([\w-]+)\)$", language)
    if found:
        return found.group(1)
    return language if re.fullmatch(r"[a-z]{2,3}(-\w+)?", language) else ""
