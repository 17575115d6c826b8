"""The language of a document: sentences in the document's own language, lists, numbers, money, dates.

The language of a document is not that of the window, so nothing here reads the interface's. Sentences are
marked by the names of the two calls, `gettext` and `ngettext`, which Babel's extraction knows.
"""

from __future__ import annotations

import datetime
import gettext
import re
from collections.abc import Iterable
from decimal import Decimal

from iscm_desktop.i18n import N_, joined, shown_date, shown_money, shown_number
from iscm_desktop.paths import resource

_SMALL = (
    N_("one"), N_("two"), N_("three"), N_("four"), N_("five"),
    N_("six"), N_("seven"), N_("eight"), N_("nine"),
)  # fmt: skip
"""Numbers that prose writes as words; from ten on it writes digits."""

DEGREES = {"2": N_("slight"), "3": N_("moderate"), "4": N_("strong"), "5": N_("very strong")}
"""The five-point scale inside a sentence, but for 1, "none", which needs a sentence of its own."""


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - as gettext's own name for marking
    """Marks a wording for one thing and for several, which `ngettext` then chooses from.

    The extraction of messages has to know it: keyword "NN_:1,2".
    """
    return one, many


class DocumentLanguage:
    """The wording of one document language.

    Args:
        code: BCP 47, "en"; sentences without a translation into it stay English.
    """

    def __init__(self, code: str = "en") -> None:
        self.code = code
        self._catalogue = gettext.translation("iscm", resource("translations"), [code], fallback=True)

    def gettext(self, sentence: str, **places: object) -> str:
        """The sentence in the document's language, its named places filled in."""
        return self._catalogue.gettext(sentence).format(**places)

    def ngettext(self, one: str, many: str, count: int, **places: object) -> str:
        """Likewise, for `count` things; `{count}` stands for the number, in words where it is small."""
        sentence = self._catalogue.ngettext(one, many, count)
        return sentence.format(count=self.counted(count), **places)

    def counted(self, count: int) -> str:
        """ "five", "12"."""
        if 1 <= count <= len(_SMALL):
            return self._catalogue.gettext(_SMALL[count - 1])
        return shown_number(count, self.code)

    def listed(self, parts: Iterable[str]) -> str:
        """ "a, b and c"; parted by semicolons where a part holds a comma or an "and" of its own."""
        items = list(parts)
        conjunction = joined(["", ""], self.code)
        outside = [re.sub(r"\([^()]*\)", "", item) for item in items]
        if len(items) < 2 or not any("," in item or conjunction in item for item in outside):
            return joined(items, self.code)
        if len(items) == 2:
            return self.gettext("{first}, and {last}", first=items[0], last=items[1])
        return self.parted(items)

    def parted(self, parts: Iterable[str]) -> str:
        """ "a; b; and c", for clauses."""
        *first, last = parts
        return self.gettext("{first}; and {last}", first=self.apart(first), last=last) if first else last

    def apart(self, parts: Iterable[str]) -> str:
        """ "a; b; c" in the marks of the language: remarks side by side that make no sentence."""
        return self.gettext("; ").join(parts)

    def number(self, number: int | Decimal) -> str:
        """In digits, grouped as the language groups them."""
        return shown_number(number, self.code)

    def money(self, amount: Decimal | int, currency: str) -> str:
        """An amount with its ISO 4217 code: "CHF 120,000"."""
        return shown_money(Decimal(amount), currency, self.code)

    def date(self, day: datetime.date) -> str:
        """Day, month by its name, and year."""
        return shown_date(day, self.code)

    def date_or_year(self, day: datetime.date) -> str:
        """People who know only the year pick its first day."""
        return str(day.year) if (day.month, day.day) == (1, 1) else self.date(day)
