"""The currencies of today."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from babel.core import get_global

from iscm_desktop.i18n import cldr_locale
from iscm_desktop.questionnaire.registers.register_files import register_rows


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency in use today, by its ISO 4217 code."""

    code: str
    name: str

    @property
    def label(self) -> str:
        """As lists show it, with the code in front to be found by typing."""
        return f"{self.code} – {self.name}"


@cache
def currencies(language: str = "en") -> tuple[Currency, ...]:
    """The currencies that are legal tender somewhere today, by code."""
    used = {
        code
        for uses in get_global("territory_currencies").values()
        for code, _since, until, is_tender in uses
        if until is None and is_tender
    }
    names = dict(cldr_locale(language).currencies)
    names |= {row["code"]: row.get(language) or row["en"] for row in register_rows("currency_names.csv")}
    return tuple(Currency(code, names.get(code, code)) for code in sorted(used))
