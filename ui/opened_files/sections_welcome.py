"""The welcome of sections that a colleague hands over: who asks what by when, and one press that takes them in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _, ngettext, shown_date
from iscm_desktop.workspace.opened_files.opened_file import HandedSections
from ui.look.theme import WindowTheme
from ui.widgets.file_facts import fact_rows
from ui.widgets.form_dialog import FormDialog
from ui.widgets.labels import text_label


class SectionsWelcome(FormDialog):
    """Signals:
    wanted: they are to be taken in.
    """

    wanted = Signal()

    def __init__(self, handed: HandedSections, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(_("Sections for you"), theme, parent)
        by = handed.by or _("A colleague")
        count = len(handed.sections)
        words = ngettext(
            "{by} asks you to fill in a section", "{by} asks you to fill in {count} sections", count
        )
        facts = [
            (_("Respondent"), handed.respondent),
            (_("Questionnaire"), handed.questionnaire),
            (_("Round"), handed.round),
            (_("Sections"), "\n".join(handed.sections)),
            (_("Due on"), shown_date(handed.due_on) if handed.due_on else ""),
            (_("Message"), handed.message),
            (_("Sent from"), handed.trust),
        ]
        again = _(
            "You have these sections already. What is new in the file is added, and nothing of yours is lost."
        )
        first = _("You see these sections only. When you have finished, send one file back.")
        self.lay_out(
            words.format(by=by, count=count),
            fact_rows(facts, self),
            text_label(again if handed.is_here else first, "muted", self),
            primary=_("&Go on with them") if handed.is_here else _("&Start filling in"),
            secondary=_("&Not now"),
            size=(560, 500),
            gap=10,
        )

    def confirm(self) -> None:
        self.accept()
        self.wanted.emit()
