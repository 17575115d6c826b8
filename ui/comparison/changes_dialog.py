"""What changed in a response between two moments: both chosen, the answers that are others, and the same as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.file_names import file_stem
from iscm_desktop.i18n import _
from iscm_desktop.presenters.moment_choice import last_event
from iscm_desktop.presenters.moment_wording import count_words
from ui.comparison.changes_list import ChangesList
from ui.comparison.moment_box import MomentBox
from ui.page.notices import written_notice
from ui.page.page_context import PageContext
from ui.page.timers import single_shot
from ui.phrases.response_titles import short_respondent
from ui.phrases.written_files import whole_path
from ui.widgets.form_dialog import FormDialog, form_rows
from ui.widgets.labels import text_label
from ui.widgets.scroll_pane import ScrollPane

if TYPE_CHECKING:
    from iscm_desktop.workspace.documents.printing import PrintedDocument
    from iscm_desktop.workspace.responses.comparison_service import ChangedAnswer, Moment
    from ui.page.job_runner import Job

_AFTER_MS = 200


class ChangesDialog(FormDialog):
    """Opens with what changed since the last thing that happened. Whatever is typed must be saved before.

    Signals:
        wanted(path): somebody wants to go to this question.
    """

    wanted = Signal(str)

    def __init__(self, response_id: str, context: PageContext, parent: QWidget) -> None:
        super().__init__(_("What changed"), context.theme, parent)
        self._response_id, self._context = response_id, context
        self._row = context.workspace.response_list.row(response_id)
        self._asked: tuple[Moment, Moment] | None = None
        self.earlier = MomentBox(_("From"), self)
        self.later = MomentBox(_("To"), self)
        self.count = text_label(_("Looking…"), "muted", self)
        self.list = ChangesList(context.theme, self)
        pane = ScrollPane(self, self.list, takes_focus=True)
        pane.setAccessibleName(_("What changed"))
        rows = form_rows((_("&From"), self.earlier), (_("&To"), self.later))
        self.lay_out(
            _("What changed"), rows, self.count, pane, primary=_("As &PDF…"), secondary=_("Close"),
            size=(680, 620), growing=pane,
        )  # fmt: skip
        self._timer = single_shot(self, _AFTER_MS, self._compare)
        self.earlier.changed.connect(self._on_changed)
        self.later.changed.connect(self._on_changed)
        self.list.wanted.connect(self._on_wanted)
        context.runner.run(self, self._read_moments, self._show_moments)

    def problem(self) -> str:
        return self.earlier.problem() or self.later.problem()

    def is_complete(self) -> bool:
        return self.earlier.moment is not None and self.later.moment is not None

    def confirm(self) -> None:
        """Asks where to, and writes the PDF."""
        earlier, later = self.earlier.moment, self.later.moment
        if earlier is None or later is None:
            return
        name = _("{respondent} what changed {round}").format(
            respondent=short_respondent(self._row.respondent_name), round=self._row.round
        )
        proposed = file_stem(*name.split(), between="_") + ".pdf"
        target = self._context.files.save_document(self, _("What changed, as PDF"), proposed, ".pdf")
        if target is not None:
            documents, id_ = self._context.workspace.documents, self._response_id
            self._context.runner.run(
                self, lambda _job: documents.write_comparison(id_, earlier, later, target), self._on_printed
            )

    def _read_moments(self, _job: Job) -> tuple[Moment, ...]:
        """On the worker's thread."""
        return self._context.workspace.comparisons.moments(self._response_id)

    def _show_moments(self, moments: tuple[Moment, ...]) -> None:
        self.later.show_moments(moments, 0)
        self.earlier.show_moments(moments, last_event(moments))
        self._compare()

    def _on_changed(self) -> None:
        self.check()
        self._timer.start()

    def _compare(self) -> None:
        earlier, later = self.earlier.moment, self.later.moment
        if earlier is None or later is None or (earlier, later) == self._asked:
            return
        self._asked = earlier, later
        self.count.setText(_("Looking…"))
        comparisons, id_ = self._context.workspace.comparisons, self._response_id
        self._context.runner.run(
            self,
            lambda _job: ((earlier, later), comparisons.changes(id_, earlier, later)),
            self._show_changes,
        )

    def _show_changes(self, found: tuple[tuple[Moment, Moment], tuple[ChangedAnswer, ...]]) -> None:
        asked, rows = found
        if asked == self._asked:  # else somebody has chosen others meanwhile
            self.count.setText(count_words(rows))
            self.list.show_rows(rows)

    def _on_wanted(self, path: str) -> None:
        self.accept()  # before: a window that closes gives the keyboard back to where it was
        self.wanted.emit(path)

    def _on_printed(self, printed: PrintedDocument) -> None:
        words = _("Written: {file}").format(file=whole_path(printed.path))
        self._context.noticed.emit(written_notice(words, printed.path))
        self.accept()
