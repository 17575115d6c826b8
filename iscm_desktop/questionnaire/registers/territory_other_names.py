"""By which names people look States and territories up, beside the one that is shown: "tchad" finds Chad."""

from __future__ import annotations

from functools import cache

from iscm_desktop.i18n import LANGUAGES, cldr_locale
from iscm_desktop.questionnaire.registers.register_files import cell_parts, register_rows


@cache
def other_names() -> dict[str, tuple[str, ...]]:
    """By code: names in the six languages of the United Nations, everyday and former names, and the codes.

    Reads CLDR in six languages, which takes a while: asked for when a box is entered, not with its first letter.
    """
    everyday = {row["code"]: cell_parts(row["names"]) for row in register_rows("territory_other_names.csv")}
    official = {row["code"]: row for row in register_rows("territory_names.csv")}
    locales = [cldr_locale(language).territories for language in LANGUAGES]
    found = {}
    for row in register_rows("territories.csv"):
        code, alpha2 = row["code"], row["alpha2"]
        names = [table.get(alpha2, "") for table in locales]
        names += [official.get(code, {}).get(language, "") for language in LANGUAGES]
        names += [*everyday.get(code, ()), code, alpha2]
        found[code] = tuple(dict.fromkeys(filter(None, names)))
    return found
