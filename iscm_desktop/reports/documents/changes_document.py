"""What changed since an earlier round, as a document for those who check the answers before sign-off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from iscm_desktop.exchange.package.package_writer import PROGRAM
from iscm_desktop.questionnaire.registers import kosovo_note
from iscm_desktop.reports.documents import kosovo_footnote
from iscm_desktop.reports.documents.publication_marks import beside_words, copy_words
from iscm_desktop.reports.typesetting.blocks import (
    Block,
    Document,
    FactsPanel,
    Heading,
    Paragraph,
    ParagraphRole,
    Table,
    inline,
)
from iscm_desktop.session.offers import AnswerFate
from iscm_desktop.summaries.document_language import DocumentLanguage


@dataclass(frozen=True, slots=True)
class AnswerDifference:
    """A question that was answered in either round."""

    label: str
    before: str
    now: str
    fate: AnswerFate
    is_marked: bool = False  # not for publication


@dataclass(frozen=True, slots=True)
class ComparedRounds:
    """Whose answers, of which rounds."""

    respondent: str
    questionnaire: str
    round_title: str
    earlier_round: str
    language: str
    printed_at: datetime  # aware


def changes_document(differences: Sequence[AnswerDifference], comparing: ComparedRounds) -> Document:
    """Everything but what stayed the same, which is only counted."""
    language = DocumentLanguage(comparing.language)
    return Document(
        title=f"{comparing.questionnaire}: {comparing.respondent}",
        language=comparing.language,
        blocks=kosovo_footnote.marked(tuple(_blocks(differences, comparing, language))),
        header=comparing.round_title,
        name=language.gettext("Changes since {round}", round=comparing.earlier_round),
        footer=comparing.respondent,
        author=comparing.respondent,
        subject=comparing.round_title,
        creator=PROGRAM,
        footnotes={kosovo_footnote.KEY: inline(kosovo_note(comparing.language))},
        printed_at=comparing.printed_at,
    )


def _blocks(
    differences: Sequence[AnswerDifference], comparing: ComparedRounds, language: DocumentLanguage
) -> Iterator[Block]:
    say, earlier = language.gettext, comparing.earlier_round
    titles = {
        AnswerFate.CHANGED: say("Changed"),
        AnswerFate.NEW: say("New"),
        AnswerFate.GONE: say("No longer answered"),
        AnswerFate.NOT_CONFIRMED: say("Not confirmed"),
        AnswerFate.SAME: say("The same"),
    }
    yield Paragraph(inline(comparing.round_title), ParagraphRole.KICKER)
    yield Paragraph(inline(say("Changes since {round}", round=earlier)), ParagraphRole.TITLE)
    yield Paragraph(inline(comparing.respondent), ParagraphRole.NAME)
    counts = {fate: sum(one.fate is fate for one in differences) for fate in titles}
    if count := sum(one.is_marked and one.fate is not AnswerFate.SAME for one in differences):
        yield Paragraph(inline(copy_words(count, language)), ParagraphRole.NOTICE)
    facts = tuple((inline(titles[fate]), inline(language.number(count))) for fate, count in counts.items())
    yield FactsPanel(facts, columns=5)
    for fate, title in titles.items():
        rows = [one for one in differences if one.fate is fate]
        if not rows or fate is AnswerFate.SAME:
            continue
        yield Heading(inline(title), level=1)
        if fate is AnswerFate.NOT_CONFIRMED:
            yield Paragraph(
                inline(say("These answers are of {round}; nobody has confirmed them.", round=earlier))
            )
        yield _table(fate, rows, language, earlier)
    if not any(one.fate is not AnswerFate.SAME for one in differences):
        yield Paragraph(inline(say("Nothing has changed.")))


def _table(
    fate: AnswerFate, rows: Sequence[AnswerDifference], language: DocumentLanguage, earlier: str
) -> Table:
    """Two columns where one of the rounds has nothing to say."""
    head, has_before = [language.gettext("Question")], fate is not AnswerFate.NEW
    if has_before:
        head.append(earlier)
    if fate in (AnswerFate.CHANGED, AnswerFate.NEW):
        head.append(language.gettext("Now"))
    cells = [
        [_asked(row, language), *([row.before] if has_before else []), row.now][: len(head)] for row in rows
    ]
    return Table(
        tuple(map(inline, head)),
        tuple(tuple(map(inline, row)) for row in cells),
        widths=(2, *[2.5] * (len(head) - 1)),
        names_rows=False,
    )


def _asked(row: AnswerDifference, language: DocumentLanguage) -> str:
    return f"{row.label}\n{beside_words(language)}" if row.is_marked else row.label
