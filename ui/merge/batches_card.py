"""Earlier merges: each can be taken back, and put in again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscm_desktop.i18n import _, ngettext
from ui.page.page_context import PageContext
from ui.phrases.shown_moments import shown_moment
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import button, text_label

if TYPE_CHECKING:
    from iscm_desktop.workspace import BatchRow
    from iscm_desktop.workspace.conflicts.rule_settlement import RuleOutcome

_SHOWN = 12


class BatchesCard(ContentCard):
    """Signals:
    undo_wanted(batch), redo_wanted(batch).
    """

    undo_wanted = Signal(str)
    redo_wanted = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Earlier merges"))
        self.show_batches((), {})

    def show_batches(self, batches: tuple[BatchRow, ...], settlements: Mapping[str, RuleOutcome]) -> None:
        """The newest first; those in `settlements` were no merges but rules."""
        ground, column = self.content.renew()
        for batch in batches[:_SHOWN]:
            column.addLayout(self._row(batch, settlements.get(batch.id), ground))
        if not batches:
            column.addWidget(text_label(_("Nothing has been merged yet."), "muted", ground))

    def _row(self, batch: BatchRow, settled: RuleOutcome | None, parent: QWidget) -> QHBoxLayout:
        words = _("{when}: {what}").format(
            when=shown_moment(batch.made_at), what=_rule_words(settled) if settled else _merge_words(batch)
        )
        if batch.is_undone:
            words = _("{merge} – taken back").format(merge=words)
        act = button(
            _("Put in again") if batch.is_undone else _("Take back"), parent, "link", name="batch-act"
        )
        act.setAccessibleName(f"{act.text()}: {words}")
        signal = self.redo_wanted if batch.is_undone else self.undo_wanted
        act.clicked.connect(lambda: signal.emit(batch.id))
        row = QHBoxLayout()
        row.addWidget(text_label(words, "muted" if batch.is_undone else "", parent), 1)
        row.addWidget(act)
        return row


def _merge_words(batch: BatchRow) -> str:
    files = ngettext("{count} file", "{count} files", batch.files).format(count=batch.files)
    new = ngettext("{count} new answer", "{count} new answers", batch.new).format(count=batch.new)
    return _("{files}, {new}").format(files=files, new=new)


def _rule_words(settled: RuleOutcome) -> str:
    count = settled.conflicts
    words = ngettext(
        "{count} conflict settled by rule ({rule})", "{count} conflicts settled by rule ({rule})", count
    )
    return words.format(count=count, rule=settled.label)
