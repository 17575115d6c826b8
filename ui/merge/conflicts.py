"""One conflict at a time: the answers side by side, what both started from, and what shall hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QToolButton, QVBoxLayout, QWidget

from iscm_desktop.i18n import _
from ui.desk import Desk
from ui.moments import shown_moment
from ui.theme import Tone
from ui.titles import short_respondent
from ui.widgets.boxes import LineBox, ProseBox
from ui.widgets.card import Card
from ui.widgets.labels import button, text_label

if TYPE_CHECKING:
    from iscm_desktop.workspace import ConflictRow, HistoryRow


def shown_value(row: HistoryRow) -> str:
    return row.text or row.value or _("(cleared)")


def origin_of(row: HistoryRow) -> str:
    """ "Finance unit, 20 Nov 09:40, from IGC_finance.iscm"."""
    who = row.author or (_("this computer") if row.device_is_ours else _("somebody"))
    words = _("{who}, {when}").format(who=who, when=shown_moment(row.made_at))
    return _("{who_when}, from {file}").format(who_when=words, file=row.source) if row.source else words


class CandidateCard(Card):
    """One of the answers to choose between; a click anywhere chooses it."""

    def __init__(self, row: HistoryRow, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.theme, parent, is_soft=False)
        self.revision_id = row.revision_id
        value = text_label(shown_value(row), "strong", self)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.keep = QRadioButton(_("Keep this"), self)
        self.keep.setAccessibleName(_("Keep this: {value}").format(value=shown_value(row)))
        self.keep.setAccessibleDescription(origin_of(row))
        self.column.addWidget(value)
        self.column.addWidget(text_label(origin_of(row), "muted", self))
        self.column.addStretch(1)
        self.column.addWidget(self.keep)
        self.keep.toggled.connect(lambda on: self.show_tone(Tone.ACCENT if on else Tone.PLAIN))


class ConflictCard(Card):
    """Signals:
    resolved: one conflict is settled.
    """

    resolved = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.theme, parent)
        self._desk = desk
        self._conflicts: tuple[ConflictRow, ...] = ()
        self._at = 0
        self._content: QWidget | None = None
        self.candidates: list[CandidateCard] = []
        self.title = text_label("", "subheading", self)
        self.before = self._arrow("‹", _("Previous conflict"), -1)
        self.after = self._arrow("›", _("Next conflict"), 1)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.before)
        head.addWidget(self.after)
        self.column.addLayout(head)
        self.show_conflicts(())

    def show_conflicts(self, conflicts: tuple[ConflictRow, ...]) -> None:
        """All that are open; stays at the one that was shown."""
        shown = self._conflicts[self._at].id if self._conflicts else ""
        self._conflicts = conflicts
        self._at = next((at for at, each in enumerate(conflicts) if each.id == shown), 0)
        self._draw()

    def _draw(self) -> None:
        if self._content is not None:
            self.column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        count = len(self._conflicts)
        self.before.setVisible(count > 1)
        self.after.setVisible(count > 1)
        self._content = QWidget(self)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        if not count:
            self.title.setText(_("No conflicts"))
            words = _("When two people answer the same question differently, both answers appear here.")
            column.addWidget(text_label(words, "muted", self._content))
        else:
            conflict = self._conflicts[self._at]
            title = _("Conflict {at} of {count} — {respondent}")
            respondent = short_respondent(conflict.respondent_name)
            self.title.setText(title.format(at=self._at + 1, count=count, respondent=respondent))
            self._draw_conflict(conflict, self._content, column)
        self.column.addWidget(self._content)

    def _draw_conflict(self, conflict: ConflictRow, parent: QWidget, column: QVBoxLayout) -> None:
        px = self.theme.px
        column.setSpacing(px(8))
        column.addWidget(text_label(conflict.label, "strong", parent))
        column.addWidget(text_label(_ancestor_words(conflict.ancestor), "muted", parent))
        self.candidates = [CandidateCard(row, self._desk, parent) for row in conflict.candidates]
        self._choice = QButtonGroup(parent)
        for at in range(0, len(self.candidates), 2):
            row = QHBoxLayout()
            row.setSpacing(px(10))
            for each in self.candidates[at : at + 2]:
                row.addWidget(each, 1)
            column.addLayout(row)
        for at, each in enumerate(self.candidates):
            self._choice.addButton(each.keep, at)
        self.another = QRadioButton(_("&Write another answer"), parent)
        self._choice.addButton(self.another, len(self.candidates))
        self.text = ProseBox(parent, least=2, most=8)
        self.text.setAccessibleName(_("Another answer"))
        self.text.setPlainText(conflict.candidates[0].value or "")
        self.text.hide()
        self.reason = LineBox(parent)
        self.reason.setPlaceholderText(_("Reason (kept in the history)"))
        self.reason.setAccessibleName(_("Reason"))
        self.resolve = button(_("&Resolve"), parent, "primary", name="resolve")
        self.resolve.setEnabled(False)
        for widget in (self.another, self.text, self.reason):
            column.addWidget(widget)
        column.addWidget(self.resolve, 0, Qt.AlignmentFlag.AlignLeading)
        self.another.setVisible(conflict.kind == "answer")
        self.another.toggled.connect(self.text.setVisible)
        self._choice.buttonToggled.connect(lambda *_toggled: self._enable())
        self.resolve.clicked.connect(lambda: self._on_resolve_clicked(conflict))

    def _enable(self) -> None:
        self.resolve.setEnabled(self._choice.checkedButton() is not None)

    def _on_resolve_clicked(self, conflict: ConflictRow) -> None:
        reason = self.reason.text().strip()
        workspace = self._desk.workspace
        if self.another.isChecked():
            workspace.resolve(conflict.id, value=self.text.toPlainText(), reason=reason)
        else:
            kept = self.candidates[self._choice.checkedId()]
            workspace.resolve(conflict.id, keep=kept.revision_id, reason=reason)
        self.resolved.emit()

    def _step(self, step: int) -> None:
        self._at = (self._at + step) % len(self._conflicts)
        self._draw()

    def _arrow(self, text: str, name: str, step: int) -> QToolButton:
        made = QToolButton(self)
        made.setText(text)
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.clicked.connect(lambda: self._step(step))
        return made


def _ancestor_words(ancestor: HistoryRow | None) -> str:
    if ancestor is None:
        return _("Both began with no answer.")
    words = _("All started from “{value}” ({when}).")
    return words.format(value=shown_value(ancestor), when=shown_moment(ancestor.made_at))
