"""Rules that would settle several conflicts: shown with their number, applied when somebody presses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscm_desktop.i18n import _, ngettext
from ui.desk import Desk
from ui.widgets.card import Card
from ui.widgets.labels import button, text_label

if TYPE_CHECKING:
    from iscm_desktop.workspace.conflicts.rule_settlement import RuleSuggestion


class RulesCard(Card):
    """Signals:
    rule_wanted(rule): settle by this rule.
    """

    rule_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.theme, parent)
        self.column.addWidget(text_label(_("Suggestions"), "subheading", self))
        words = _("A rule is applied only when you press its button, and can be taken back.")
        self.column.addWidget(text_label(words, "muted", self))
        self._content: QWidget | None = None
        self.hide()

    def show_suggestions(self, suggestions: tuple[RuleSuggestion, ...]) -> None:
        if self._content is not None:
            self.column.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = QWidget(self)
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        for each in suggestions:
            column.addLayout(self._row(each, self._content))
        self.column.addWidget(self._content)
        self.setVisible(bool(suggestions))

    def _row(self, suggestion: RuleSuggestion, parent: QWidget) -> QHBoxLayout:
        count = len(suggestion.conflicts)
        words = ngettext(
            "{rule}: would settle {count} conflict", "{rule}: would settle {count} conflicts", count
        ).format(rule=suggestion.label, count=count)
        act = button(_("Settle"), parent, "link", name="settle-by-rule")
        act.setAccessibleName(f"{act.text()}: {words}")
        act.clicked.connect(lambda: self.rule_wanted.emit(suggestion.rule))
        row = QHBoxLayout()
        row.addWidget(text_label(words, "", parent), 1)
        row.addWidget(act)
        return row
