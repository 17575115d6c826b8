"""What is left to finish or mend, each with the way to its question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.session.views import Finding, Verdict
from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.widgets.badge import Badge
from ui.widgets.connections import on_press
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import button, hair_line, text_label
from ui.widgets.layouts import bare_row, padded_column
from ui.widgets.painted_text import isolated
from ui.widgets.scroll_pane import ScrollPane

if TYPE_CHECKING:
    from iscm_desktop.session.form_session import FormSession


_MOST_SHOWN = 200
"""Nobody reads more at once, and each is a row of widgets."""


def finding_badge(finding: Finding, session: FormSession) -> tuple[str, Tone]:
    """The kind of finding in one word."""
    if finding.verdict is Verdict.MISSING:
        return _("Required"), Tone.BAD
    if finding.verdict is Verdict.TOO_MUCH:
        return _("Left out"), Tone.WARN
    return (_("Long"), Tone.WARN) if _is_too_long(finding, session) else (_("Check"), Tone.BAD)


def _is_too_long(finding: Finding, session: FormSession) -> bool:
    if finding.verdict is not Verdict.OUT_OF_RANGE:
        return False
    try:
        view = session.view(finding.path)
    except KeyError:  # a repeat with too few or too many entries
        return False
    return view.max_length is not None and len(view.text) > view.max_length


def _can_be_shown(finding: Finding, session: FormSession) -> bool:
    """Whether there is a place on a page for it; a calculation that is too much has none."""
    try:
        return session.view(finding.path).kind.is_shown
    except KeyError:  # a repeat, a group
        return finding.verdict is not Verdict.TOO_MUCH


class FindingsCard(ContentCard):
    """Signals:
    wanted(path): to this question, please.
    """

    wanted = Signal(str)

    def __init__(
        self, findings: tuple[Finding, ...], session: FormSession, theme: WindowTheme, parent: QWidget
    ) -> None:
        intro = _("A draft can be exported at any time; it is marked as a draft.")
        super().__init__(theme, parent, intro=intro)
        count = len(findings)
        words = ngettext(
            "{count} thing to finish before sign-off", "{count} things to finish before sign-off", count
        )
        title = words.format(count=count) if count else _("Everything that is required is answered")
        self.title.setText(title)
        self.is_empty = not findings
        if not findings:
            self.column.addStretch(1)
            return
        rows = QWidget(self)
        rows.setProperty("role", "canvas")
        column = padded_column(rows, theme.px, (0, 4, 6, 0), gap=0)
        for at, finding in enumerate(findings[:_MOST_SHOWN]):
            if at:
                column.addWidget(hair_line(rows))
            column.addLayout(self._row(finding, session, rows))
        if (left := count - _MOST_SHOWN) > 0:
            more = ngettext("and {count} more", "and {count} more", left).format(count=left)
            column.addWidget(text_label(more, "muted", rows))
        column.addStretch(1)
        self.column.addWidget(ScrollPane(self, rows, goes_sideways=False), 1)

    def show_part(self, count: int) -> None:
        """These are some sections only, and somebody else signs off."""
        if count:
            words = ngettext("{count} thing to finish", "{count} things to finish", count)
            self.title.setText(words.format(count=count))

    def _on_go_clicked(self, path: str) -> None:
        self.wanted.emit(path)

    def _row(self, finding: Finding, session: FormSession, parent: QWidget) -> QHBoxLayout:
        px = self.theme.px
        words, tone = finding_badge(finding, session)
        badge_box = QWidget(parent)
        badge_box.setFixedWidth(px(88))
        badge_row = bare_row(badge_box)
        badge_row.addWidget(Badge(words, tone, self.theme, badge_box))
        badge_row.addStretch(1)
        code = with_number(finding.number, finding.label)
        place = f"{isolated(finding.entry)} › {finding.label}" if finding.entry else finding.label
        texts = QVBoxLayout()
        texts.setSpacing(0)
        if finding.entry:
            texts.addWidget(text_label(finding.entry, "small", parent))
        texts.addWidget(text_label(code, "", parent))
        if (
            finding.verdict is not Verdict.MISSING
        ):  # on its own: it may run in another direction than the label
            texts.addWidget(text_label(finding.message, "muted", parent))
        go = button(_("Go to question"), parent, "link", name="go-to-question")
        go.setAccessibleName(_("Go to question: {label}").format(label=place))
        on_press(go, self._on_go_clicked, finding.path)
        row = QHBoxLayout()
        row.setContentsMargins(0, px(8), 0, px(8))
        row.addWidget(badge_box)
        row.addLayout(texts, 1)
        row.addWidget(go)
        if not _can_be_shown(finding, session):
            go.hide()
        return row
