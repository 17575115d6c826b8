"""The welcome of questions back: who asks about which answers, and one press that shows them in the form."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.workspace.opened_files.opened_file import AskedBack
from ui.look.theme import WindowTheme
from ui.widgets.file_facts import fact_rows
from ui.widgets.form_dialog import FormDialog
from ui.widgets.labels import text_label
from ui.widgets.plain_text import one_line

_SHOWN = 5
"""Questions that the welcome names; the form shows all."""


class QueriesWelcome(FormDialog):
    """Signals:
    wanted: they are to be taken in.
    """

    wanted = Signal()

    def __init__(self, asked: AskedBack, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(_("Questions for you"), theme, parent)
        count = len(asked.questions)
        words = ngettext(
            "{by} has a question about your answers", "{by} has {count} questions about your answers", count
        )
        facts = [
            (_("Respondent"), asked.respondent),
            (_("Round"), asked.round),
            (_("Sent from"), asked.trust),
        ]
        told = [f"{one_line(about)}: {text}" for about, text in asked.questions[:_SHOWN]]
        if count > _SHOWN:
            told.append(_("and {count} more").format(count=count - _SHOWN))
        self.lay_out(
            words.format(by=asked.by or _("A coordinator"), count=count),
            fact_rows(facts, self),
            *(text_label(line, "", self) for line in told),
            text_label(
                _("Each stands beside its answer, where you can change that and reply."), "muted", self
            ),
            primary=_("&Show them"),
            secondary=_("&Not now"),
            size=(560, 420),
            gap=10,
        )

    def confirm(self) -> None:
        self.accept()
        self.wanted.emit()
