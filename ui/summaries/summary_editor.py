"""The text of a summary, section by section, with the answers that each rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.summary_view import section_text, summary_title
from iscm_desktop.questionnaire.numbering import with_number
from ui.look.colours import Tone
from ui.page.page_context import PageContext
from ui.page.timers import single_shot
from ui.phrases.response_titles import short_respondent
from ui.widgets.badge import Badge
from ui.widgets.card import Card
from ui.widgets.connections import on_press
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import STRETCH, discard, empty_layout, fill, padded_column
from ui.widgets.painted_text import isolated, shortened
from ui.widgets.plain_text import set_tip
from ui.widgets.scroll_pane import ScrollPane
from ui.widgets.text_boxes import ProseBox

if TYPE_CHECKING:
    from iscm_desktop.presenters.summary_view import AnswerSource, Summary, SummarySection

_KEEP_AFTER_MS = 400
_SHOWN_SOURCES = 8
_LONGEST = 26


def source_words(source: AnswerSource) -> str:
    """ "IGC E20 Yearly fee": who, where, what, short enough for a chip."""
    question = with_number(source.number, shortened(source.label, _LONGEST))
    return isolated(f"{short_respondent(source.respondent)} {question}")


class SectionEditor(Card):
    """One section. What is typed is kept by itself.

    Signals:
        kept(section key, text): typing rested, or the box was left; None drafts the section again.
        source_wanted(response id, path): to the answer, please.
    """

    kept = Signal(str, object)
    source_wanted = Signal(str, str)

    def __init__(self, section: SummarySection, context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent)
        self.key = section.key
        self._kept_text = ""
        self._is_showing = False
        self._state = Badge("", Tone.PLAIN, context.theme, self)
        head = QHBoxLayout()
        head.addWidget(text_label(f"{section.key} {section.title}", "subheading", self), 1)
        head.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        self.box = ProseBox(self, least=3, most=22)
        self.box.setAccessibleName(f"{section.key} {section.title}")
        self._tables = text_label("", "small", self)
        self._chips_at = QWidget(self)
        self._chips = FlowLayout(self._chips_at, context.theme.px(5))
        self.redraft = button(_("Draft again from answers"), self, "link", name="redraft")
        self.redraft.setAccessibleName(_("Draft again from answers: {title}").format(title=section.title))
        fill(self.column, head, self.box, self._tables, self._chips_at)
        self.column.addWidget(self.redraft, 0, Qt.AlignmentFlag.AlignLeading)
        self._timer = single_shot(self, _KEEP_AFTER_MS, self.keep_text)
        self.box.textChanged.connect(self._on_text_changed)
        self.box.left.connect(self.keep_text)
        self.redraft.clicked.connect(self._on_redraft_clicked)
        self.show_section(section)

    def show_section(self, section: SummarySection) -> None:
        """Draws the section; the box is left alone while somebody types in it."""
        text = section_text(section)
        if not self._timer.isActive() and not self.box.hasFocus() and self.box.toPlainText() != text:
            self._show_text(text)
        if not self._timer.isActive():
            self._kept_text = self.box.toPlainText()
        words = _("edited") if section.is_edited else ""
        tone = Tone.GOOD
        if section.sources_changed:
            words, tone = _("sources changed"), Tone.WARN
        self._state.show_text(words, tone)
        self.redraft.setVisible(section.is_edited)
        count = len(section.tables)
        tables = ngettext("{count} table follows in print", "{count} tables follow in print", count)
        self._tables.setText(tables.format(count=count))
        self._tables.setVisible(count > 0)
        self._show_sources(section.sources)

    def keep_text(self) -> None:
        """Hands over what was typed, at once."""
        self._timer.stop()
        text = self.box.toPlainText()
        if text != self._kept_text:
            self._kept_text = text
            self.kept.emit(self.key, text)

    def _show_text(self, text: str) -> None:
        self._is_showing = True
        self.box.setPlainText(text)
        self._is_showing = False

    def _on_text_changed(self) -> None:
        if not self._is_showing:
            self._timer.start()

    def _on_redraft_clicked(self) -> None:
        self._timer.stop()
        self._kept_text = self.box.toPlainText()
        self.kept.emit(self.key, None)

    def _show_sources(self, sources: tuple[AnswerSource, ...]) -> None:
        empty_layout(self._chips)
        ordered = sorted(sources, key=lambda source: not source.is_changed)
        for source in ordered[:_SHOWN_SOURCES]:
            self._chips.addWidget(self._chip(source))
        more = len(ordered) - _SHOWN_SOURCES
        if more > 0:
            self._chips.addWidget(Badge(f"+{more}", Tone.PLAIN, self.theme, self._chips_at))
        self._chips_at.setVisible(bool(sources))

    def _on_chip_clicked(self, source: AnswerSource) -> None:
        self.source_wanted.emit(source.response_id, source.path)

    def _chip(self, source: AnswerSource) -> QToolButton:
        chip = QToolButton(self._chips_at)
        chip.setProperty("role", "chip-changed" if source.is_changed else "chip")
        chip.setText(source_words(source).replace("&", "&&"))
        was = _("Changed since this text was edited. Now: {text}") if source.is_changed else "{text}"
        set_tip(chip, was.format(text=source.text or _("cleared")))
        chip.setAccessibleName(_("Source: {source}").format(source=source_words(source)))
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        on_press(chip, self._on_chip_clicked, source)
        chip.show()
        return chip


class SummaryEditor(ScrollPane):
    """Signals:
    kept(section key, text or None).
    source_wanted(response id, path).
    """

    kept = Signal(str, object)
    source_wanted = Signal(str, str)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent, goes_sideways=False)
        self._context = context
        self.sections: dict[str, SectionEditor] = {}
        self._mechanism = ""
        canvas = self._canvas = QWidget(self)
        canvas.setProperty("role", "canvas")
        px = context.theme.px
        self._column = padded_column(canvas, px, (20, 16, 20, 20), gap=11)
        self._title: QLabel = text_label("", "heading", canvas)
        self._from: QLabel = text_label("", "muted", canvas)
        fill(self._column, self._title, self._from, STRETCH)
        self.setWidget(canvas)

    def show_summary(self, summary: Summary, sources: str) -> None:
        """Draws a summary; another mechanism's sections replace those in view."""
        self._title.setText(summary_title(summary))
        self._from.setText(sources)
        if summary.mechanism != self._mechanism:
            self._mechanism = summary.mechanism
            self._make_sections(summary)
            self.verticalScrollBar().setValue(0)
        for section in summary.sections:
            self.sections[section.key].show_section(section)

    def keep_text(self) -> None:
        """Hands over what was typed in any section, at once."""
        for section in self.sections.values():
            section.keep_text()

    def _make_sections(self, summary: Summary) -> None:
        for editor in self.sections.values():
            discard(editor, self._column)
        self.sections = {}
        for section in summary.sections:
            editor = SectionEditor(section, self._context, self._canvas)
            editor.kept.connect(self.kept)
            editor.source_wanted.connect(self.source_wanted)
            self.sections[section.key] = editor
            self._column.insertWidget(self._column.count() - 1, editor)
