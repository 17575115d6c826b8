"""A receipt on paper: that a respondent's answers stand in the round, in words and as a code to be read by a camera."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from iscm_desktop.exchange.package.package_writer import PROGRAM
from iscm_desktop.questionnaire.registers import kosovo_note
from iscm_desktop.reports.documents import kosovo_footnote
from iscm_desktop.reports.typesetting.blocks import (
    Block,
    Document,
    FactsPanel,
    MatrixCode,
    Paragraph,
    ParagraphRole,
    inline,
)
from iscm_desktop.summaries.document_language import DocumentLanguage


@dataclass(frozen=True, slots=True)
class PrintedReceipt:
    """Whose receipt it is, and what it says."""

    respondent: str
    questionnaire: str
    round_title: str
    language: str
    answers: int
    signed_off_on: date | None  # None: nobody signed the answers off
    entry: int  # from 1
    size: int  # entries in the ledger
    origin: str  # of the ledger
    fingerprint: str  # of the key that signed, to be compared by telephone
    text: str  # the receipt, for the code
    printed_at: datetime  # aware


def receipt_document(receipt: PrintedReceipt) -> Document:
    """One page."""
    language = DocumentLanguage(receipt.language)
    return Document(
        title=language.gettext("Receipt: {respondent}", respondent=receipt.respondent),
        language=receipt.language,
        blocks=kosovo_footnote.marked(tuple(_blocks(receipt, language))),
        header=receipt.round_title,
        name=language.gettext("Receipt"),
        footer=receipt.respondent,
        author=receipt.respondent,
        subject=receipt.round_title,
        creator=PROGRAM,
        footnotes={kosovo_footnote.KEY: inline(kosovo_note(receipt.language))},
        printed_at=receipt.printed_at,
    )


def _blocks(receipt: PrintedReceipt, language: DocumentLanguage) -> Iterator[Block]:
    say, signed_on = language.gettext, receipt.signed_off_on
    yield Paragraph(inline(f"{receipt.round_title} – {receipt.questionnaire}"), ParagraphRole.KICKER)
    yield Paragraph(inline(say("Receipt for your answers")), ParagraphRole.TITLE)
    yield Paragraph(inline(receipt.respondent), ParagraphRole.NAME)
    facts = (
        (say("Answers"), language.number(receipt.answers)),
        (say("Signed off on"), language.date(signed_on) if signed_on else say("not signed off")),
        (say("Entry"), say("{entry} of {size}", entry=receipt.entry, size=receipt.size)),
        (say("Ledger"), receipt.origin),
    )
    yield FactsPanel(tuple((inline(label), inline(value)) for label, value in facts), columns=4)
    yield Paragraph(
        inline(
            say(
                "The code below proves that your answers stand in the ledger of this round as entry {entry}, "
                "unchanged. It holds no answers, and of other respondents nothing but hashes.",
                entry=receipt.entry,
            )
        )
    )
    yield Paragraph(
        inline(
            say(
                "To check it, read the code with a telephone, save its text as a file beside your answers, and "
                "choose that file in the program, or type: iscm receipt --check FILE. No network is needed. The key "
                "that signed it has the fingerprint {fingerprint}.",
                fingerprint=receipt.fingerprint,
            )
        )
    )
    yield MatrixCode(receipt.text)
