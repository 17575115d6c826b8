"""Fonts of the program for scripts that the computer has none for: a name in Chinese is no row of empty boxes.

Named and read only once the first window is painted: it takes longer for each family in the application's font.
Where the system has a font for the script, that one is used.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from iscm_desktop.paths import resource

_System = QFontDatabase.WritingSystem

_FILES = (
    ("Noto Naskh Arabic", ("NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold"), _System.Arabic),
    ("Droid Sans Fallback", ("DroidSansFallbackFull",), _System.SimplifiedChinese),
    ("Noto Sans Symbols", ("NotoSansSymbols-Signs",), None),
    ("Noto Sans Symbols2", ("NotoSansSymbols2-Signs",), None),
    ("Noto Sans Math", ("NotoSansMath-Signs",), None),
)

SHIPPED_FAMILIES = tuple(family for family, _files, _script in _FILES)
"""After the system's own font, in this order."""


def add_shipped_fonts() -> bool:
    """Makes those known that the system lacks; whether there were any, so that what is shown is to be painted again."""
    here = set(QFontDatabase.families())
    for family in QApplication.font().families():
        if not QFont.substitutes(family):
            QFont.insertSubstitutions(family, SHIPPED_FAMILIES)
    is_added = False
    for family, files, script in _FILES:
        if family in here or (script is not None and QFontDatabase.families(script)):
            continue
        for name in files:
            is_added |= QFontDatabase.addApplicationFont(str(resource("fonts", f"{name}.ttf"))) >= 0
    return is_added
