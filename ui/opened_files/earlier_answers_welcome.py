"""The welcome of answers of an earlier round: offered in the response of this round that is here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.workspace.opened_files.opened_file import EarlierAnswers
from ui.look.theme import WindowTheme
from ui.widgets.file_facts import fact_rows
from ui.widgets.form_dialog import FormDialog
from ui.widgets.labels import button, text_label


class EarlierAnswersWelcome(FormDialog):
    """Signals:
    wanted: they are to be offered beside the questions.
    merging_wanted: they are to be merged as a response of their own round.
    """

    wanted = Signal()
    merging_wanted = Signal()

    def __init__(self, earlier: EarlierAnswers, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(_("Answers of an earlier round"), theme, parent)
        self.merge = button(_("&Merge them instead"), self, "link", name="merge-instead")
        facts = [
            (_("Respondent"), earlier.respondent),
            (_("Answered in"), earlier.round),
            (_("Offered in"), earlier.to_round),
        ]
        words = _(
            "They are shown beside the questions, and are answers of this round only where you confirm them."
        )
        self.lay_out(
            _("These are the answers of an earlier round"),
            fact_rows(facts, self),
            text_label(words, "muted", self),
            self.merge,
            primary=_("&Offer them"),
            size=(560, 320),
            gap=10,
        )
        self.merge.clicked.connect(self._on_merge_clicked)

    def confirm(self) -> None:
        self.accept()
        self.wanted.emit()

    def _on_merge_clicked(self) -> None:
        self.accept()
        self.merging_wanted.emit()
