"""A finding of consistency in words: whose answer, which question, what it says, who said it; and what to ask."""

from __future__ import annotations

from iscm_desktop.i18n import _, joined, shown_date
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.workspace.consistency.findings import AppliedRule, Finding, FindingSide, SideSource


def whose_words(side: FindingSide) -> str:
    """ "Kenya", "Kenya, round 2024", or that it is the register's."""
    if side.source is SideSource.REGISTER:
        return _("The program’s register")
    if side.source is SideSource.LAST_ROUND:
        return _("{name}, round {round}").format(name=side.respondent_name, round=side.round)
    return side.respondent_name


def question_words(side: FindingSide) -> str:
    """Number and words of the question, with the entry that it is in: "C1.3 Since which year? (IGC)"."""
    words = with_number(side.number, side.label)
    return _("{question} ({entry})").format(question=words, entry=side.entry) if side.entry else words


def value_words(side: FindingSide) -> str:
    """What is answered, or that nothing is; of an answer in conflict, all that stand against each other."""
    value = side.value or _("no answer")
    if side.other_values:
        return _("{value}, or {others}").format(value=value, others=joined(side.other_values))
    return value


def origin_words(side: FindingSide) -> str:
    """Who said it and when, and what else there is to know of it; "" where that is nothing."""
    parts = []
    if side.at is not None:
        day = shown_date(side.at.astimezone().date())
        parts.append(_("{name}, {day}").format(name=side.by, day=day) if side.by else day)
    parts += standing_words(side)
    return " · ".join(parts)


def standing_words(side: FindingSide) -> list[str]:
    """What keeps an answer from being taken at its word, each a few words."""
    said = (
        (side.is_withheld, _("not for publication")),
        (side.is_in_conflict, _("in conflict, not settled yet")),
        (side.is_being_typed, _("still being typed")),
        (side.is_offered, _("as it was taken in to go by")),
    )
    return [words for is_so, words in said if is_so]


def acceptance_words(finding: Finding) -> str:
    """Who accepted it, when and why, and whether that still holds; "" where nobody did."""
    accepted = finding.acceptance
    if accepted is None:
        return ""
    words = (
        _("Accepted by {name} on {day}: {reason}")
        if accepted.is_current
        else _("Accepted by {name} on {day}, before an answer changed: {reason}")
    )
    day = shown_date(accepted.at.astimezone().date())
    return words.format(name=accepted.by or "–", day=day, reason=accepted.reason)


def rule_words(rule: AppliedRule) -> str:
    """What a rule says, and how it is called in the workbook."""
    return (
        _("{title} ({name})").format(title=rule.title, name=rule.name)
        if rule.title != rule.name
        else rule.name
    )


def is_askable(side: FindingSide) -> bool:
    """Whether its respondent can be asked about it: it is a question, answered in this round."""
    return side.source is SideSource.ANSWER and bool(side.text) and side.response is not None


def question_about(finding: Finding, asked: FindingSide) -> str:
    """What to ask a respondent about a finding, for the coordinator to change.

    What others keep from publication is not told, nor whose it is.
    """
    lines = [f"{finding.title}.", _("Here it says: {value}").format(value=value_words(asked))]
    for side in (finding.side, *finding.others):
        if side is asked or (
            side.response == asked.response and side.path == asked.path and side.round == asked.round
        ):
            continue
        if side.is_withheld:
            lines.append(_("An answer that is not for publication says otherwise."))
            continue
        words = _("{who}, “{question}”: {value}")
        question = question_words(side) or _("what it has")
        lines.append(words.format(who=whose_words(side), question=question, value=value_words(side)))
    return "\n".join([*lines, _("Which is right? Please check your answer, or tell us why both are.")])
