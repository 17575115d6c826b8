"""One conflict at a time: the answers side by side, what both started from, and what shall hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QRadioButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from iscm_desktop.i18n import _
from iscm_desktop.presenters.conflict_sides import (
    has_long_texts,
    may_ask_respondent,
    may_write_another,
    shown_value,
)
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.text_limits import TypedText
from iscm_desktop.workspace.conflicts.text_combination import combined_text
from iscm_desktop.workspace.trust_wording import doubts_about
from ui.colleagues.ask_dialog import AskDialog
from ui.merge.candidate_card import CandidateCard, candidate_origin
from ui.page.page_context import PageContext
from ui.phrases.response_titles import short_respondent
from ui.phrases.shown_moments import shown_moment
from ui.widgets.card import Card
from ui.widgets.choosing_arrows import ChoosingArrows
from ui.widgets.connections import on_press
from ui.widgets.content_card import RenewedColumn
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import button, text_label
from ui.widgets.painted_text import isolated
from ui.widgets.plain_text import set_tip
from ui.widgets.text_boxes import LineBox, ProseBox

if TYPE_CHECKING:
    from iscm_desktop.workspace.row_types import ConflictRow, HistoryRow


@dataclass(frozen=True, slots=True)
class _Typed:
    """What somebody has chosen and written and not settled yet."""

    kept: str  # revision; "" where none is chosen
    is_another: bool
    text: str
    reason: str


class ConflictCard(Card):
    """Signals:
    resolved: one conflict is settled.
    asked: somebody asked the respondent about one.
    """

    resolved = Signal()
    asked = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent)
        self._context = context
        self._conflicts: tuple[ConflictRow, ...] = ()
        self._at = 0
        self._marks_changes = True
        self._asked_about: ConflictRow | None = None
        self.candidates: list[CandidateCard] = []
        self.title = text_label("", "subheading", self)
        self.before = self._arrow("‹", _("Previous conflict"), -1)
        self.after = self._arrow("›", _("Next conflict"), 1)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.before)
        head.addWidget(self.after)
        self._content = RenewedColumn(self)
        self.column.addLayout(head)
        self.column.addLayout(self._content)
        self.title.setText(_("Looking…"))  # until the first reading is back
        self.before.hide()
        self.after.hide()

    def show_conflicts(self, conflicts: tuple[ConflictRow, ...]) -> None:
        """All that are open; stays at the one that was shown, with what was typed there, or at its place."""
        before = self._conflicts[self._at] if self._conflicts else None
        place = min(self._at, max(len(conflicts) - 1, 0))
        self._conflicts = conflicts
        self._at = next((at for at, each in enumerate(conflicts) if before and each.id == before.id), place)
        after = conflicts[self._at] if conflicts else None
        if before is not None and after == before:
            self._show_head()
        else:
            is_same = before is not None and after is not None and before.id == after.id
            self._draw(self._typed() if is_same else None)

    def step(self, step: int) -> None:
        """To the next or the previous one."""
        if self._conflicts:
            self._at = (self._at + step) % len(self._conflicts)
            self._draw()
            self.candidates[0].keep.setFocus()

    def settle(self) -> None:
        """Ctrl+Enter: as the button, once something is chosen."""
        if self._conflicts and self.resolve.isEnabled():
            self._on_resolve_clicked(self._conflicts[self._at])

    def _draw(self, typed: _Typed | None = None) -> None:
        ground, column = self._content.renew()
        self._show_head()
        if not self._conflicts:
            self.candidates = []
            words = _("When two people answer the same question differently, both answers appear here.")
            column.addWidget(text_label(words, "muted", ground))
        else:
            self._draw_conflict(self._conflicts[self._at], ground, column)
        if typed is not None:
            self._type(typed)

    def _show_head(self) -> None:
        count = len(self._conflicts)
        self.before.setVisible(count > 1)
        self.after.setVisible(count > 1)
        if not count:
            self.title.setText(_("No conflicts"))
            return
        title = _("Conflict {at} of {count} — {respondent}")
        respondent = short_respondent(self._conflicts[self._at].respondent_name)
        self.title.setText(title.format(at=self._at + 1, count=count, respondent=respondent))

    def _typed(self) -> _Typed:
        kept = next((each.revision_id for each in self.candidates if each.keep.isChecked()), "")
        return _Typed(kept, self.another.isChecked(), self.text.toPlainText(), self.reason.text())

    def _type(self, typed: _Typed) -> None:
        for each in self.candidates:
            each.keep.setChecked(each.revision_id == typed.kept)
        if typed.is_another:
            self.another.setChecked(True)
            self.text.setPlainText(typed.text)
        self.reason.setText(typed.reason)

    def _draw_conflict(self, conflict: ConflictRow, parent: QWidget, column: QVBoxLayout) -> None:
        column.setSpacing(self.theme.px(8))
        column.addWidget(text_label(with_number(conflict.number, conflict.label), "strong", parent))
        if start := _start_words(conflict):
            column.addWidget(text_label(start, "muted", parent))
        self._draw_candidates(conflict, parent, column)
        self._draw_another(conflict, parent, column)
        self.reason = LineBox(parent)
        self.reason.limit(TypedText.REASON)
        self.reason.setPlaceholderText(_("Reason (kept in the history)"))
        self.reason.setAccessibleName(_("Reason"))
        column.addWidget(self.reason)
        column.addLayout(self._actions(conflict, parent))
        self.past = QWidget(parent)
        self.past.hide()
        column.addWidget(self.past)
        self._choice.buttonToggled.connect(self._enable)

    def _draw_candidates(self, conflict: ConflictRow, parent: QWidget, column: QVBoxLayout) -> None:
        is_long = has_long_texts(conflict)
        if is_long:
            self.marks = QCheckBox(_("Mark chan&ged words"), parent)
            self.marks.setChecked(self._marks_changes)
            self.marks.toggled.connect(self._on_marks_toggled)
            column.addWidget(self.marks)
        shows = is_long and self._marks_changes
        self.candidates = [
            CandidateCard(conflict, at, self._context, parent, shows_changes=shows)
            for at in range(len(conflict.candidates))
        ]
        self._choice = QButtonGroup(parent)
        self._arrows = ChoosingArrows(self._choice)
        for at in range(0, len(self.candidates), 2):
            row = QHBoxLayout()
            row.setSpacing(self.theme.px(10))
            for each in self.candidates[at : at + 2]:
                row.addWidget(each, 1)
            column.addLayout(row)
        for at, each in enumerate(self.candidates):
            self._arrows.add(each.keep, at)

    def _draw_another(self, conflict: ConflictRow, parent: QWidget, column: QVBoxLayout) -> None:
        self.another = QRadioButton(_("&Write another answer"), parent)
        self._arrows.add(self.another, len(self.candidates))
        self.text = ProseBox(parent, least=2, most=12)
        self.text.setAccessibleName(_("Another answer"))
        self.text.setPlainText(conflict.candidates[0].value or "")
        self.text.hide()
        self.another.setVisible(may_write_another(conflict))
        self.another.toggled.connect(self.text.setVisible)
        column.addWidget(self.another)
        column.addWidget(self.text)

    def _actions(self, conflict: ConflictRow, parent: QWidget) -> FlowLayout:
        row = FlowLayout(gap=self.theme.px(8))
        self.resolve = button(_("Reso&lve"), parent, "primary", name="resolve")
        self.resolve.setEnabled(False)
        set_tip(self.resolve, _("Ctrl+Enter"))
        on_press(self.resolve, self._on_resolve_clicked, conflict)
        row.addWidget(self.resolve)
        both = combined_text(conflict)
        self.combine = button(_("&Combine both"), parent, name="combine")
        self.combine.setVisible(both is not None)
        on_press(self.combine, self._on_combine_clicked, both or "")
        row.addWidget(self.combine)
        self.history = button(_("Histor&y"), parent, "link", name="conflict-history")
        on_press(self.history, self._on_history_clicked, conflict)
        row.addWidget(self.history)
        self.ask = button(_("As&k the respondent…"), parent, "link", name="ask-respondent")
        self.ask.setVisible(may_ask_respondent(conflict))
        on_press(self.ask, self._on_ask_clicked, conflict)
        row.addWidget(self.ask)
        return row

    def _enable(self) -> None:
        self.resolve.setEnabled(self._choice.checkedButton() is not None)

    def _on_marks_toggled(self, is_on: bool) -> None:
        self._marks_changes = is_on
        self._draw(self._typed())
        self.marks.setFocus()

    def _on_ask_clicked(self, conflict: ConflictRow) -> None:
        dialog = AskDialog(with_number(conflict.number, conflict.label), self._context, self)
        self._asked_about = conflict
        dialog.asked.connect(self._ask)
        dialog.open()

    def _ask(self, text: str) -> None:
        conflict = self._asked_about
        if conflict is None:
            return
        self._context.workspace.queries.ask(conflict.response_id, conflict.path, text)
        self.asked.emit()
        self._context.say(_("Asked. The conflict stays until you settle it."))

    def _on_combine_clicked(self, both: str) -> None:
        """A draft that holds both: whoever settles edits it, then resolves."""
        self.text.setPlainText(both)
        self.another.setChecked(True)
        self.text.setFocus()

    def _on_history_clicked(self, conflict: ConflictRow) -> None:
        if self.past.isVisible():
            self.past.hide()
            return
        column = self.past.layout() or QVBoxLayout(self.past)
        column.setContentsMargins(0, 0, 0, 0)
        if not column.count():
            for row in self._context.workspace.conflicts.history(conflict.response_id, conflict.path):
                column.addWidget(text_label(_past_words(row), "muted", self.past))
        self.past.show()

    def _on_resolve_clicked(self, conflict: ConflictRow) -> None:
        reason = self.reason.text().strip()
        workspace = self._context.workspace
        if self.another.isChecked():
            workspace.conflicts.resolve(conflict.id, value=self.text.toPlainText(), reason=reason)
        else:
            kept = self.candidates[self._choice.checkedId()]
            workspace.conflicts.resolve(conflict.id, keep=kept.revision_id, reason=reason)
        self.show_conflicts(tuple(each for each in self._conflicts if each.id != conflict.id))
        self.resolved.emit()
        if self.candidates:
            self.candidates[0].keep.setFocus()

    def _arrow(self, text: str, name: str, step: int) -> QToolButton:
        made = QToolButton(self)
        made.setText(text)
        made.setAccessibleName(name)
        set_tip(made, name)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        on_press(made, self.step, step)
        return made


def _start_words(conflict: ConflictRow) -> str:
    """What all sides go back to; "" where one goes on from another and nothing else is common to them."""
    ancestor = conflict.ancestor
    if ancestor is None:
        return "" if conflict.continuing else _("Both began with no answer.")
    words = _("All started from “{value}” ({when}).")
    return words.format(value=isolated(shown_value(ancestor)), when=shown_moment(ancestor.made_at))


def _past_words(row: HistoryRow) -> str:
    """ "Finance unit, 20 Nov 09:40, from IGC.pdf: “125 000” (reason) (not proven)"."""
    words = _("{origin}: “{value}”").format(origin=candidate_origin(row), value=isolated(shown_value(row)))
    said = [row.reason] if row.reason else []
    return " ".join([words, *(f"({one})" for one in [*said, *doubts_about(row)])])
