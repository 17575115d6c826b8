"""What happens when a questionnaire that came with a file is used for new ones, before it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from ui.page.page_context import PageContext
from ui.widgets.file_facts import fact_rows
from ui.widgets.form_dialog import FormDialog
from ui.widgets.labels import text_label

if TYPE_CHECKING:
    from iscm_desktop.workspace.received_questionnaire_service import ReceivedQuestionnaire


class TakeQuestionnaireDialog(FormDialog):
    """Signals:
    taken(form id): new questionnaires use it from now on.
    """

    taken = Signal(str)

    def __init__(self, row: ReceivedQuestionnaire, context: PageContext, parent: QWidget) -> None:
        super().__init__(_("Use it for new questionnaires"), context.theme, parent)
        self._row, self._context = row, context
        changes = context.workspace.received_questionnaires.changes(row)
        words = _(
            "From now on every new questionnaire and every invitation to “{form}” uses version {version}, in every "
            "round. Those that were begun stay as they are and are offered the newer version."
        ).format(form=row.form_id, version=row.version or "–")
        facts = [(_("Id"), row.form_id), (_("Version"), row.version or "–")]
        self.lay_out(
            row.title,
            fact_rows(facts, self),
            text_label(row.in_words(), "", self),
            text_label(" ".join(filter(None, (words, changes))), "strong", self),
            primary=_("&Use it"),
            size=(560, 340),
            gap=10,
        )

    def is_complete(self) -> bool:
        return self._row.can_be_taken

    def confirm(self) -> None:
        """Takes it over, as it was looked at."""
        self._context.workspace.received_questionnaires.take_over(self._row)
        self.accept()
        self.taken.emit(self._row.form_id)
