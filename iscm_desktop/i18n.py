"""Words in the reader's language: gettext for sentences, CLDR (Babel) for lists, numbers, dates and names.

Texts are marked with `N_` where they are defined and translated with `_` where they are shown, so that the
language can change while the program runs. Babel is imported when it is first needed: it takes a fifth of
the time in which the program is to start.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable
from typing import TYPE_CHECKING

from iscm_desktop.paths import resource

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from babel import Locale

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
"""The six UN languages; the first is the one that everything falls back to."""

_DOMAIN = "iscm"

_RIGHT_TO_LEFT = ("ar",)

_LOCALES = {"en": "en_GB"}
"""United Nations English writes "a, b and c" and "21 November 2026", as British English does."""


def cldr_locale(language: str) -> Locale:
    """The CLDR locale in whose manner texts of `language` write lists, numbers and dates."""
    from babel import Locale

    return Locale.parse(_LOCALES.get(language, language), sep="_")


class _Interface:
    """The language that this process speaks: one for all threads, since it is one window or one command."""

    def __init__(self) -> None:
        self.speak("en")

    def speak(self, language: str, catalogues: Path | None = None) -> None:
        folder = catalogues or resource("translations")
        self.language = language
        self.catalogue = gettext.translation(_DOMAIN, folder, [language], fallback=True)


_interface = _Interface()


def use_language(language: str, catalogues: Path | None = None) -> None:
    """Shows everything from now on in `language`, one of LANGUAGES; texts not translated stay English.

    `catalogues` is another folder than the one shipped, for trying translations out.
    """
    _interface.speak(language, catalogues)


def spoken_languages(catalogues: Path | None = None) -> tuple[str, ...]:
    """Those of LANGUAGES that the interface can be shown in: the first, and each that has a catalogue."""
    folder = catalogues or resource("translations")
    return LANGUAGES[:1] + tuple(each for each in LANGUAGES[1:] if gettext.find(_DOMAIN, folder, [each]))


def locale() -> Locale:
    """The locale of the interface; English before anybody chose."""
    return cldr_locale(_interface.language)


def _chosen(language: str | None) -> Locale:
    return cldr_locale(language) if language else locale()


def current_language() -> str:
    """The language of the interface, one of LANGUAGES."""
    return _interface.language


def is_right_to_left() -> bool:
    """Whether the interface is in a language that is written from right to left."""
    return _interface.language in _RIGHT_TO_LEFT


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for marking without translating
    """Marks `text` for translation and returns it as it is."""
    return text


def _(text: str) -> str:
    return _interface.catalogue.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The wording for `count` things, in the interface language."""
    return _interface.catalogue.ngettext(one, many, count)


def joined(parts: Iterable[str], language: str | None = None) -> str:
    """ "a, b and c" in the manner of `language`, or of the interface."""
    from babel.lists import format_list

    return format_list(list(parts), locale=_chosen(language))


def quoted(name: str) -> str:
    """What somebody called something, in the quotation marks of the interface's language."""
    return _("“{label}”").format(label=name)


def shown_number(number: int | Decimal, language: str | None = None) -> str:
    """A number as a language writes it, grouped; None is the language of the interface."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_chosen(language))


def shown_size(size: int, language: str | None = None) -> str:
    """Bytes as people read them: "84 kB", "2.4 MB"; kilobytes of 1,000, and never less than one."""
    from babel.units import format_unit

    locale_ = _chosen(language)
    if size < 1_000_000:
        return str(format_unit(max(1, round(size / 1000)), "digital-kilobyte", "short", locale=locale_))
    return str(format_unit(round(size / 1_000_000, 1), "digital-megabyte", "short", locale=locale_))


def shown_date(day: date, language: str | None = None) -> str:
    """A day as a language writes it, in full ("21 November 2026"); None is the language of the interface."""
    from babel.dates import format_date

    return format_date(day, format="long", locale=_chosen(language))


def shown_money(amount: Decimal, currency: str, language: str | None = None) -> str:
    """ "CHF 120,000" in the manner of `language`: the ISO code, and no decimals where there are none."""
    from babel.numbers import format_currency

    whole = amount == amount.to_integral_value()
    return format_currency(
        amount, currency, "¤¤\N{NO-BREAK SPACE}#,##0" if whole else "¤¤\N{NO-BREAK SPACE}#,##0.00",
        locale=_chosen(language), currency_digits=False,
    )  # fmt: skip


def shown_month(day: date, language: str | None = None) -> str:
    """The month of a day with its year, as a language writes it ("November 2026")."""
    from babel.dates import format_skeleton

    return str(format_skeleton("yMMMM", day, locale=_chosen(language)))
