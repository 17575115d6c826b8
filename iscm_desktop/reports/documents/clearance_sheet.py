"""A sheet to clear by hand: whose agreement is asked for, to which answers, and room to write and to sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from iscm_desktop.exchange.package.package_writer import PROGRAM
from iscm_desktop.i18n import shown_date
from iscm_desktop.reports.documents.clearance_blocks import Cleared, clearance_blocks
from iscm_desktop.reports.typesetting.blocks import (
    Block,
    Document,
    FactsPanel,
    Paragraph,
    ParagraphRole,
    SignatureBlock,
    inline,
)
from iscm_desktop.summaries.document_language import DocumentLanguage

_SHOWN_OF_CONTENT = 16
"""Digits of the hash that say to which answers a sheet belongs: enough to tell two prints of one response apart."""


@dataclass(frozen=True, slots=True)
class ClearedAnswers:
    """What is to be cleared."""

    respondent: str
    questionnaire: str
    round_title: str
    language: str
    answered: int
    asked: int
    left: int  # things to finish
    content: str  # digest of the answers
    printed_at: datetime  # aware


def clearance_sheet(steps: Sequence[Cleared], answers: ClearedAnswers) -> Document:
    """One block to fill in for each step that is open; where none is, one without a name. Those given are listed."""
    language = DocumentLanguage(answers.language)
    return Document(
        title=language.gettext("Clearance sheet: {respondent}", respondent=answers.respondent),
        language=answers.language,
        blocks=tuple(_blocks(steps, answers, language)),
        header=answers.round_title,
        name=language.gettext("Clearance sheet"),
        footer=answers.respondent,
        author=answers.respondent,
        subject=answers.round_title,
        creator=PROGRAM,
        printed_at=answers.printed_at,
    )


def _blocks(steps: Sequence[Cleared], answers: ClearedAnswers, language: DocumentLanguage) -> Iterator[Block]:
    say = language.gettext
    yield Paragraph(inline(answers.round_title), ParagraphRole.KICKER)
    yield Paragraph(inline(say("Clearance sheet")), ParagraphRole.TITLE)
    yield Paragraph(inline(answers.respondent), ParagraphRole.NAME)
    words = say(
        "By signing, you agree to the answers to “{questionnaire}” as they stand in the completed questionnaire "
        "that comes with this sheet.",
        questionnaire=answers.questionnaire,
    )
    yield Paragraph(inline(words))
    counts = {"answered": language.number(answers.answered), "asked": language.number(answers.asked)}
    facts = (
        (say("Answered"), say("{answered} of {asked} questions", **counts)),
        (say("Left to finish"), language.number(answers.left) if answers.left else say("Nothing")),
        (say("Printed on"), shown_date(answers.printed_at.date(), language.code)),
        (say("Answers"), answers.content[:_SHOWN_OF_CONTENT]),
    )
    yield FactsPanel(tuple((inline(label), inline(value)) for label, value in facts))
    given = [step for step in steps if step.by]
    if given:
        yield from clearance_blocks(given, language)
    waiting = [step.whose for step in steps if not step.by] or [""]
    for whose in waiting:
        yield _to_sign(whose, language)


def _to_sign(whose: str, language: DocumentLanguage) -> SignatureBlock:
    say = language.gettext
    labels = (say("Name"), say("Function"), say("Remarks"), say("Date"), say("Signature"))
    rows = tuple((label, ()) for label in labels)
    if whose:
        return SignatureBlock(say("Clearance: {whose}", whose=whose), rows)
    return SignatureBlock(say("Clearance"), ((say("Office or person"), ()), *rows))
