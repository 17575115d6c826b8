"""What a questionnaire says about answers that should agree: with other respondents', the register's, last round's.

A coordinator writes these rules into a sheet of the workbook (docs/xlsform.md); they travel inside the form, where
KoboToolbox and ODK pass over them. Leaves reading the sheet to `reading.consistency_sheet`, what the expressions mean
to `rule_expressions`, and applying rules to `workspace.consistency`.
"""

from __future__ import annotations

import msgspec

REGISTER = "register"
LAST_ROUND = "last_round"
"""What stands in the column `against` for these two; otherwise the form id of a questionnaire, or nothing."""

OTHER = "other"
"""What `${other}` means in a rule: the other side's answer."""

MOST_RULES = 500
"""Of one form; so many are read."""

LONGEST_TEXT = 5_000
"""Characters of an expression or a label of a rule."""

LONGEST_NAME = 100

COLUMNS = ("name", "question", "constraint", "against", "relevant", "whose", "other", "other_relevant")
"""Of the sheet, that hold a text as it is."""


class ConsistencyRule(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row of the sheet; what a cell leaves blank is "" here."""

    name: str
    question: str = ""
    """The name of the question whose answer is looked at, or of a group or repeat."""
    constraint: str = ""
    """XPath that holds where the answers agree; `.` is the answer, `${other}` the other side's."""
    against: str = ""
    """With what the answer is compared: REGISTER, LAST_ROUND, a form id; "": with nothing but itself."""
    relevant: str = ""
    """XPath: which answers are looked at; all that are not blank where it is "" ."""
    whose: str = ""
    """Of a form id, XPath of the respondents' codes, blanks between; "" means everybody who answers that form."""
    other: str = ""
    """The name of the other side's question; of the register, XPath of what the register has."""
    other_relevant: str = ""
    """XPath at the other side's answers: which of them are compared."""
    is_together: bool = False
    """Whether the answer is compared once with all of the other side's answers, be there none, and not with each."""
    label: dict[str, str] = {}
    """By language as the form names it: what a finding of this rule says."""
    other_label: dict[str, str] = {}
    """By language: what the register has, where the other side is no question."""

    def worded(self, language: str) -> str:
        """What a finding says, in the language with this code, or in another one; the rule's name where it has none."""
        return in_language(self.label, language) or self.name


def in_language(texts: dict[str, str], code: str) -> str:
    """The text whose language ends in "(code)"; else the first; "" where there are none."""
    wanted = f"({code})"
    found = next((text for language, text in texts.items() if language.endswith(wanted)), "")
    return found or next(iter(texts.values()), "")
