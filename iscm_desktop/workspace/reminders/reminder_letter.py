"""What a reminder says: what has come, what is still open, until when, and how to go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import groupby

from iscm_desktop.i18n import N_
from iscm_desktop.text_limits import storable
from iscm_desktop.workspace.reminders.letter_language import LetterLanguage
from iscm_desktop.workspace.reminders.reminder_rows import Letter, OpenQuestion, ReminderStanding

_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""Without them names in Persian or Hindi are spelled otherwise."""


class Sentence(Enum):
    """The sentences of a reminder, as they are translated."""

    SUBJECT = N_("Reminder: {round} – {respondent}")
    GREETING = N_("Dear colleagues,")
    NOTHING = N_(
        "Your answers to the questionnaire “{questionnaire}” for {respondent} in the round “{round}” have not "
        "reached us yet."
    )
    PUBLIC = N_(
        "Of your answers to the questionnaire “{questionnaire}” for {respondent} in the round “{round}”, only the "
        "public edition has reached us so far."
    )
    UNSIGNED = N_(
        "Your answers to the questionnaire “{questionnaire}” for {respondent} in the round “{round}” have reached "
        "us, and are not signed off yet."
    )
    SIGNED = N_(
        "Your answers to the questionnaire “{questionnaire}” for {respondent} in the round “{round}” have reached "
        "us signed off. Thank you."
    )
    DUE = N_("They are due on {date}.")
    WAS_DUE = N_("They were due on {date}.")
    REQUIRED = N_("These required questions are still open:")
    TO_MEND = N_("These answers cannot be used as they are; please look at them again:")
    COMPLETE = N_("All required questions are answered: only the sign-off is still to come.")
    UNTOLD = N_("The program lists on its page “Review and export” what is still open.")
    QUERIES = N_("We have asked about these answers, and have no reply yet:")
    ASKED = N_("{question} (asked on {date})")
    HOW_TO_REPLY = N_(
        "Our questions come in a file for ISCM Desktop, in which you reply. If you do not have it, tell us."
    )
    INVITED = N_(
        "Your invitation comes with this message again, in the file {file}. It is the same invitation as before: "
        "whoever has opened it goes on with what is there, and nothing is lost by opening it again."
    )
    HOW_TO_BEGIN = N_(
        "To answer, open your invitation with ISCM Desktop, fill in the questionnaire, sign off under “Review and "
        "export”, export, and send us the file."
    )
    HOW_TO_FINISH = N_(
        "To finish, open your questionnaire in ISCM Desktop, complete it, sign off under “Review and export”, export, "
        "and send us the file."
    )
    CROSSED = N_("If you have sent it in the meantime, thank you: then there is nothing more to do.")
    PRACTICE = N_("This is practice: nothing here counts.")
    CLOSING = N_("With thanks,")


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A query without a reply."""

    question: str  # by number and words
    asked_on: date


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a letter is made of."""

    respondent: str
    round: str
    questionnaire: str
    due_on: date | None
    today: date
    standing: ReminderStanding
    is_public: bool  # only the public edition is here
    open_questions: tuple[OpenQuestion, ...] | None  # None: it cannot be told
    queries: tuple[Unanswered, ...]
    is_invited: bool
    invitation: str  # name of the file that comes along; "" where none does
    sender: tuple[str, ...]  # name and organization, as far as known
    is_practice: bool


def write_letter(language: LetterLanguage, of: Particulars) -> Letter:
    """The letter; whatever comes from outside is one line of plain text in it."""
    names = {
        "questionnaire": one_line(of.questionnaire),
        "respondent": one_line(of.respondent),
        "round": one_line(of.round),
    }
    standing = language.say(_standing(of).value, **names)
    subject = language.say(Sentence.SUBJECT.value, round=names["round"], respondent=names["respondent"])
    paragraphs = [language.say(Sentence.GREETING.value), f"{standing}{_due(language, of)}"]
    paragraphs += _what_is_open(language, of)
    paragraphs += _unanswered(language, of)
    paragraphs += _how_to_go_on(language, of)
    if of.is_practice:
        paragraphs.append(language.say(Sentence.PRACTICE.value))
    closing = (language.say(Sentence.CLOSING.value), *map(one_line, filter(None, of.sender)))
    return Letter(
        language.code,
        subject,
        "\n\n".join((*paragraphs, "\n".join(closing))) + "\n",
        of.open_questions or (),
        tuple(one_line(one.question) for one in of.queries),
        standing,
        language.date(of.due_on) if of.due_on else "",
    )


def one_line(text: str) -> str:
    """A text from outside as one line without marks that steer a screen: no heading, no direction, no break."""
    kept = (c if c.isprintable() or c in _JOINERS else " " for c in storable(text))
    return " ".join("".join(kept).split())


def _standing(of: Particulars) -> Sentence:
    if of.is_public:
        return Sentence.PUBLIC
    return {
        ReminderStanding.NOTHING_RECEIVED: Sentence.NOTHING,
        ReminderStanding.NOT_SIGNED_OFF: Sentence.UNSIGNED,
        ReminderStanding.SIGNED_OFF: Sentence.SIGNED,
    }[of.standing]


def _due(language: LetterLanguage, of: Particulars) -> str:
    if of.due_on is None or of.standing is ReminderStanding.SIGNED_OFF:
        return ""
    sentence = Sentence.WAS_DUE if of.today > of.due_on else Sentence.DUE
    return language.gap + language.say(sentence.value, date=language.date(of.due_on))


def _what_is_open(language: LetterLanguage, of: Particulars) -> Iterator[str]:
    if of.standing is not ReminderStanding.NOT_SIGNED_OFF or of.is_public:
        return
    if of.open_questions is None:
        yield language.say(Sentence.UNTOLD.value)
        return
    if not of.open_questions:
        yield language.say(Sentence.COMPLETE.value)
    for is_to_mend, head in ((False, Sentence.REQUIRED), (True, Sentence.TO_MEND)):
        these = [one for one in of.open_questions if one.is_to_mend is is_to_mend]
        if these:
            yield "\n".join((language.say(head.value), *_by_section(these)))


def _by_section(questions: Sequence[OpenQuestion]) -> Iterator[str]:
    for section, these in groupby(questions, lambda one: one.section):
        if section:
            yield f"  {one_line(section)}"
        yield from (f"    - {one_line(one.called)}" for one in these)


def _unanswered(language: LetterLanguage, of: Particulars) -> Iterator[str]:
    if not of.queries:
        return
    lines = (
        language.say(Sentence.ASKED.value, question=one_line(one.question), date=language.date(one.asked_on))
        for one in of.queries
    )
    yield "\n".join((language.say(Sentence.QUERIES.value), *(f"    - {line}" for line in lines)))
    yield language.say(Sentence.HOW_TO_REPLY.value)


def _how_to_go_on(language: LetterLanguage, of: Particulars) -> Iterator[str]:
    if of.invitation:
        yield language.say(Sentence.INVITED.value, file=of.invitation)
    if of.standing is ReminderStanding.SIGNED_OFF:
        return
    is_begun = of.standing is ReminderStanding.NOT_SIGNED_OFF or of.is_public
    how = Sentence.HOW_TO_FINISH if is_begun or not of.is_invited else Sentence.HOW_TO_BEGIN
    yield f"{language.say(how.value)}{language.gap}{language.say(Sentence.CROSSED.value)}"
