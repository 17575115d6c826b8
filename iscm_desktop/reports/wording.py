"""The fixed words of documents, in the document's language rather than the window's."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import cache

from iscm_desktop.paths import resource


@cache
def in_language(language: str) -> Callable[[str], str]:
    """Translates marked texts into `language`; English where the catalogue has nothing."""
    return gettext.translation("iscm", resource("translations"), [language], fallback=True).gettext
