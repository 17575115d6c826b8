"""The completed questionnaire as a document: every question asked, with what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from iscm_desktop.exchange.package.package_writer import PROGRAM
from iscm_desktop.i18n import shown_date
from iscm_desktop.questionnaire.model import Kind
from iscm_desktop.questionnaire.registers import kosovo_note
from iscm_desktop.reports.documents import kosovo_footnote
from iscm_desktop.reports.documents.answer_texts import printed_answer, printed_fault
from iscm_desktop.reports.documents.attached_files import PrintedFile, files_annex, picture_blocks
from iscm_desktop.reports.documents.clearance_blocks import Cleared, clearance_blocks
from iscm_desktop.reports.documents.publication_marks import MarkedAnswers, beside_words, copy_words
from iscm_desktop.reports.documents.repeat_tables import as_table
from iscm_desktop.reports.typesetting.blocks import (
    Block,
    CardHeading,
    Document,
    FactsPanel,
    Heading,
    Inline,
    LabelledBlock,
    PageBreak,
    Paragraph,
    ParagraphRole,
    SignatureBlock,
    Stamp,
    StampTone,
    Table,
    TableOfContents,
    inline,
)
from iscm_desktop.session.expression_host import language_code
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import (
    AnswerPath,
    GroupView,
    ItemView,
    QuestionView,
    RepeatView,
    SectionView,
)
from iscm_desktop.summaries.document_language import DocumentLanguage

_SECTIONS_FOR_CONTENTS = 4


@dataclass(frozen=True, slots=True)
class SignedOff:
    """Who stands behind the answers."""

    name: str
    function: str
    signed_at: datetime
    is_current: bool = True  # False: an answer has changed since
    is_time_doubtful: bool = False  # the clock was ahead by which it was signed
    left: int = 0  # how many things were left to finish
    reason: str = ""  # why it was signed all the same


@dataclass(frozen=True, slots=True)
class Provenance:
    """One line of the annex: who gave an answer, and when."""

    code: str
    label: str
    author: str
    made_at: datetime
    origin: str = ""  # the file that brought it
    trust: str = ""  # on what it rests, in words


@dataclass(frozen=True, slots=True)
class WithheldAnswers:
    """What a document for publication leaves out.

    How many answers that makes is not told: where one answer decides how many are asked, their number gives it away.
    """

    paths: frozenset[AnswerPath]  # of answers, entries, repeats and sections

    def covers(self, path: AnswerPath) -> bool:
        """Whether what stands at this very path is left out."""
        return path in self.paths

    def is_inside(self, path: AnswerPath) -> bool:
        """Whether anything below this path is left out."""
        return any(one.startswith(f"{path}/") for one in self.paths)

    def entries(self, repeat: AnswerPath) -> int:
        """How many entries of a repeat are left out."""
        return sum(one.rpartition("/")[0] == repeat for one in self.paths)


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """What the answers themselves do not say."""

    round_title: str
    respondent: str  # as people write it: "Canada"
    printed_at: datetime  # aware
    sign_off: SignedOff | None = None
    provenance: Sequence[Provenance] = ()  # empty: no annex
    withdrawn: Sequence[tuple[str, str]] = ()  # question and answer, where this version no longer asks
    withheld: WithheldAnswers | None = None  # None: not for publication, so nothing is left out
    files: Mapping[str, PrintedFile] = field(
        default_factory=dict
    )  # attached ones that are here, by their hash
    marked: MarkedAnswers = field(
        default_factory=MarkedAnswers
    )  # named where they stand, unlike what is left out
    clearances: Sequence[Cleared] = ()  # empty: none is asked for, or it is nobody's business


def questionnaire_document(session: FormSession, printing: PrintOptions) -> Document:
    """All questions asked now, in form order, with their answers; in the session's language."""
    language = language_code(session.language)
    return _Composer(session, printing, DocumentLanguage(language)).document()


class _Composer:
    """One response being written out."""

    def __init__(self, session: FormSession, printing: PrintOptions, language: DocumentLanguage) -> None:
        self._session, self._printing, self._language = session, printing, language
        self.say = language.gettext
        self._sections = [section for section in session.sections() if section.is_asked]
        signed = printing.sign_off
        self._is_signed = signed is not None and signed.is_current
        self._withheld = printing.withheld or WithheldAnswers(frozenset())
        self._marked = printing.marked

    def document(self) -> Document:
        title = self._session.questionnaire.title
        respondent = self._printing.respondent
        return Document(
            title=f"{title}: {respondent}",
            language=self._language.code,
            blocks=kosovo_footnote.marked(tuple(self._blocks())),
            header=self._printing.round_title,
            name=self.say("Completed questionnaire"),
            footer=respondent,
            mark="" if self._is_signed else self.say("Draft"),
            author=respondent,
            subject=self._printing.round_title,
            creator=PROGRAM,
            footnotes={kosovo_footnote.KEY: inline(kosovo_note(self._language.code))},
            printed_at=self._printing.printed_at,
        )

    def _blocks(self) -> Iterator[Block]:
        yield from self._opening()
        for number, section in enumerate(self._sections, start=1):
            yield from self._section(number, section)
        if self._printing.clearances:
            yield from clearance_blocks(self._printing.clearances, self._language)
        yield self._sign_off()
        if self._printing.withdrawn:
            yield from self._withdrawn()
        yield from files_annex(self._session.answers(), self._printing.files, self._language)
        if self._printing.provenance:
            yield from self._annex()

    def _opening(self) -> Iterator[Block]:
        yield Paragraph(inline(self._printing.round_title), ParagraphRole.KICKER)
        yield Paragraph(inline(self._session.questionnaire.title), ParagraphRole.TITLE)
        yield Paragraph(inline(self._printing.respondent), ParagraphRole.NAME)
        yield self._stamp()
        if self._printing.withheld is not None:
            yield Paragraph(inline(self._public_words()), ParagraphRole.NOTICE)
        elif count := self._marked.count(self._session.answers()):
            yield Paragraph(inline(copy_words(count, self._language)), ParagraphRole.NOTICE)
        yield FactsPanel(tuple((inline(label), inline(value)) for label, value in self._facts()))
        if len(self._sections) >= _SECTIONS_FOR_CONTENTS:
            yield TableOfContents(self.say("Contents"))

    def _stamp(self) -> Stamp:
        signed = self._printing.sign_off
        if signed is None:
            return Stamp(StampTone.CAUTION, self.say("Draft: not signed off"))
        day = shown_date(signed.signed_at.date(), self._language.code)
        if signed.is_current and signed.left:
            return Stamp(StampTone.CAUTION, self.say("Signed off on {day}, not complete", day=day))
        if signed.is_current:
            return Stamp(StampTone.APPROVAL, self.say("Signed off on {day}", day=day))
        return Stamp(StampTone.CAUTION, self.say("Draft: changed since it was signed off on {day}", day=day))

    def _public_words(self) -> str:
        """What those read who were not asked whether they mind."""
        if not self._withheld.paths:
            return self.say("Public edition. Nothing has been left out.")
        return self.say("Public edition. What is not for publication has been left out.")

    def _facts(self) -> Iterator[tuple[str, str]]:
        say, language = self.say, self._language
        asked = sum(section.asked for section in self._sections)
        answered = sum(section.answered for section in self._sections)
        missing = sum(section.missing for section in self._sections)
        wrong = sum(section.wrong for section in self._sections)
        counts = {"answered": language.number(answered), "asked": language.number(asked)}
        yield say("Answered"), say("{answered} of {asked} questions", **counts)
        if self._printing.withheld is None:
            if missing or not wrong:
                yield say("Still required"), language.number(missing) if missing else say("Nothing")
            if wrong:
                yield say("To mend"), language.number(wrong)
        version = self._session.questionnaire.version
        if version:
            yield say("Version of the questionnaire"), version
        yield say("Printed on"), shown_date(self._printing.printed_at.date(), language.code)

    def _section(self, number: int, section: SectionView) -> Iterator[Block]:
        yield Heading(inline(section.label), level=1, number=section.number or str(number))
        if self._withheld.covers(section.path):
            yield Paragraph(inline(self.say("This section is not published.")), ParagraphRole.QUIET)
            return
        if section.path in self._marked.paths:
            words = self.say("Nothing in this section is for publication.")
            yield Paragraph(inline(words), ParagraphRole.QUIET)
        if section.has_nothing:
            yield Paragraph(inline(self.say("Nothing to report.")))
            return
        for item in self._session.section(section.path).items:
            yield from self._item(item, level=2)

    def _item(self, item: ItemView, level: int) -> Iterator[Block]:
        if not item.is_asked:
            return
        match item:
            case QuestionView():
                yield from self._question(item)
            case GroupView():
                if item.label:
                    yield Heading(inline(item.label), level=min(level, 3))
                for inner in item.items:
                    yield from self._item(inner, level + 1)
            case RepeatView():
                yield from self._repeat(item, level)

    def _question(self, view: QuestionView) -> Iterator[Block]:
        if view.kind in (Kind.NOTE, Kind.CALCULATED):
            return
        is_withheld = self._withheld.covers(view.path)
        yield LabelledBlock(
            code=view.number,
            label=inline(view.label),
            content=printed_answer(view, self._language),
            placeholder=self.say("Not published") if is_withheld else self.say("Not answered"),
            remark=self._remark(view),
        )
        if view.kind is Kind.ATTACHMENT:
            yield from picture_blocks(view.text, self._printing.files, self._language)

    def _remark(self, view: QuestionView) -> Inline:
        """What is wrong with the answer, and that it is not for publication."""
        said = list(filter(None, [printed_fault(view)]))
        if view.text.strip() and self._marked.cover(view.path):
            said.append(beside_words(self._language))
        return inline("\n".join(said))

    def _repeat(self, repeat: RepeatView, level: int) -> Iterator[Block]:
        if not repeat.entries:
            is_withheld = self._withheld.covers(repeat.path) or self._withheld.entries(repeat.path)
            blank = self.say("Nothing to report.") if repeat.has_nothing else self.say("No entries")
            blank = self.say("Not published") if is_withheld else blank
            yield LabelledBlock(repeat.number, inline(repeat.label), (), blank)
            return
        yield Heading(inline(repeat.label), level=min(level, 3), code=repeat.number)
        if gone := self._withheld.entries(repeat.path):
            sentence = self._language.ngettext(
                "{count} entry is not published.", "{count} entries are not published.", gone
            )
            yield Paragraph(inline(sentence), ParagraphRole.QUIET)
        if is_marked := self._marked.cover(repeat.path):
            words = self.say("None of these entries is for publication.")
            yield Paragraph(inline(words), ParagraphRole.QUIET)
        is_partly_withheld = any(self._withheld.is_inside(entry.path) for entry in repeat.entries)
        is_partly_marked = not is_marked and self._marked.are_inside(repeat.path)
        table = None if is_partly_withheld or is_partly_marked else as_table(repeat, self._language)
        if table:
            yield table
            return
        for number, entry in enumerate(repeat.entries, start=1):
            yield CardHeading(inline(entry.title), entry.number or str(number))
            for item in entry.items:
                yield from self._item(item, level + 1)

    def _sign_off(self) -> SignatureBlock:
        say, signed = self.say, self._printing.sign_off
        if signed is None or not signed.is_current:
            labels = (say("Name"), say("Function"), say("Date"), say("Signature"))
            return SignatureBlock(say("Sign-off"), tuple((label, ()) for label in labels))
        day = shown_date(signed.signed_at.date(), self._language.code)
        if signed.is_time_doubtful:
            day = f"{day} ({say('doubtful time')})"
        values = [(say("Name"), signed.name), (say("Function"), signed.function), (say("Date"), day)]
        if signed.left:
            left = self._language.ngettext("{count} thing was left", "{count} things were left", signed.left)
            values.append((say("Not complete"), f"{left}: {signed.reason}"))
        return SignatureBlock(say("Sign-off"), tuple((label, inline(value)) for label, value in values))

    def _withdrawn(self) -> Iterator[Block]:
        say = self.say
        yield Heading(inline(say("Annex: answers to questions that are no longer asked")), level=1)
        rows = tuple((inline(label), inline(text)) for label, text in self._printing.withdrawn)
        yield Table((inline(say("Question")), inline(say("Answer"))), rows, widths=(2, 3), names_rows=False)

    def _annex(self) -> Iterator[Block]:
        say = self.say
        yield PageBreak()
        yield Heading(inline(say("Annex: who answered what, and when")), level=1)
        head = (say("Code"), say("Question"), say("Answered by"), say("When"), say("Came with"))
        rows = tuple(tuple(inline(text) for text in self._origin(line)) for line in self._printing.provenance)
        yield Table(tuple(inline(label) for label in head), rows, widths=(1.1, 4, 2, 1.7, 1.8))

    def _origin(self, line: Provenance) -> tuple[str, ...]:
        day = shown_date(line.made_at.date(), self._language.code)
        return (
            line.code,
            line.label,
            line.author,
            f"{day}, {line.made_at:%H:%M}",
            " · ".join(filter(None, (line.origin, line.trust))),
        )
