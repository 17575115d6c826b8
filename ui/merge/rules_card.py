"""Rules that would settle several conflicts: shown with their number, applied when somebody presses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscm_desktop.i18n import _, ngettext
from ui.page.page_context import PageContext
from ui.widgets.connections import on_press
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import button, text_label

if TYPE_CHECKING:
    from iscm_desktop.workspace.conflicts.settlement_rule_service import RuleSuggestion


class RulesCard(ContentCard):
    """Signals:
    rule_wanted(rule): settle by this rule.
    """

    rule_wanted = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        words = _("A rule is applied only when you press its button, and can be taken back.")
        super().__init__(context.theme, parent, _("Suggestions"), words)
        self.hide()

    def show_suggestions(self, suggestions: tuple[RuleSuggestion, ...]) -> None:
        """A line and a button for each rule; hidden where none would settle anything."""
        ground, column = self.content.renew()
        for each in suggestions:
            column.addLayout(self._row(each, ground))
        self.setVisible(bool(suggestions))

    def _on_settle_clicked(self, rule: str) -> None:
        self.rule_wanted.emit(rule)

    def _row(self, suggestion: RuleSuggestion, parent: QWidget) -> QHBoxLayout:
        count = len(suggestion.conflicts)
        words = ngettext(
            "{rule}: would settle {count} conflict", "{rule}: would settle {count} conflicts", count
        ).format(rule=suggestion.label, count=count)
        act = button(_("Settle"), parent, "link", name="settle-by-rule")
        act.setAccessibleName(f"{act.text()}: {words}")
        on_press(act, self._on_settle_clicked, suggestion.rule)
        row = QHBoxLayout()
        row.addWidget(text_label(words, "", parent), 1)
        row.addWidget(act)
        return row
