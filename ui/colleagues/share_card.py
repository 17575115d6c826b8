"""Share with a colleague: which sections are out, with whom, until when, and what has come back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscm_desktop.i18n import _, joined, ngettext, shown_date
from ui.colleagues.share_dialog import ShareDialog
from ui.look.colours import Tone
from ui.page.notices import written_notice
from ui.page.page_context import PageContext
from ui.phrases.shown_moments import shown_moment
from ui.phrases.written_files import whole_path
from ui.widgets.badge import Badge
from ui.widgets.connections import on_press
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import button, hair_line, text_label
from ui.widgets.layouts import bare_column
from ui.widgets.plain_text import set_tip

if TYPE_CHECKING:
    from iscm_desktop.workspace.colleagues.delegation_service import DelegationRow
    from iscm_desktop.workspace.packages.export_service import ExportedFile


def delegation_state(row: DelegationRow, today: date) -> tuple[str, Tone]:
    """Where shared sections stand, in a word or two."""
    if row.is_over:
        return _("Closed"), Tone.PLAIN
    if row.returns:
        return _("Came back"), Tone.GOOD
    return (_("Late"), Tone.WARN) if row.is_late(today) else (_("Out"), Tone.ACCENT)


def delegation_story(row: DelegationRow) -> str:
    """ "Since today 14:02, due 12 May 2027. Back today 15:10: 12 of 14 answered."."""
    since = shown_moment(row.handed_at)
    if row.due_on:
        words = _("Since {since}, due {due}.").format(since=since, due=shown_date(row.due_on))
    else:
        words = _("Since {since}.").format(since=since)
    if row.is_passed_on:
        words = _("{story} Handed on by {name}.").format(story=words, name=row.by or _("somebody"))
    if row.returns:
        last = row.returns[0]
        back = ngettext(
            "{story} Back {when} from {name}: {answered} of {asked} answered.",
            "{story} Back {when} from {name}: {answered} of {asked} answered.",
            last.answered,
        )
        words = back.format(
            story=words,
            when=shown_moment(last.returned_at),
            name=last.by or _("somebody"),
            answered=last.answered,
            asked=last.asked,
        )
    return words


class ShareCard(ContentCard):
    """What is out, and the way to hand over more.

    Signals:
        shared: a file was written for a colleague.
    """

    shared = Signal()

    def __init__(
        self, response_id: str, context: PageContext, today: Callable[[], date], parent: QWidget
    ) -> None:
        intro = _(
            "A colleague fills in the sections that you choose, and sees no others. Merge what comes back."
        )
        super().__init__(context.theme, parent, _("Share with a colleague"), intro)
        self._response_id, self._context, self._today = response_id, context, today
        self.share = button(_("Share se&ctions…"), self, name="share-sections")
        self.column.addWidget(self.share, 0, Qt.AlignmentFlag.AlignLeading)
        self.share.clicked.connect(self._on_share_clicked)
        self.refresh()

    def refresh(self) -> None:
        """Reads anew which sections are out; those that came here from others are not listed."""
        ground, column = self.content.renew()
        column.setSpacing(self.theme.px(6))
        for row in self._context.workspace.delegations.rows(self._response_id):
            if not row.is_received:
                column.addWidget(self._row(row, ground))
        ground.setVisible(column.count() > 0)

    def _row(self, row: DelegationRow, parent: QWidget) -> QWidget:
        px = self.theme.px
        block = QWidget(parent)
        block.setObjectName("delegation")
        column = bare_column(block, px(4))
        column.addWidget(hair_line(block))
        head = QHBoxLayout()
        names = joined(row.section_labels)
        head.addWidget(
            text_label(_("{name}: {sections}").format(name=row.to, sections=names), "strong", block), 1
        )
        words, tone = delegation_state(row, self._today())
        head.addWidget(Badge(words, tone, self.theme, block), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(text_label(delegation_story(row), "muted", block))
        if row.is_ours and not row.is_over:
            close = button(_("Close"), block, "link", name="close-delegation")
            close.setAccessibleName(_("Close: nothing more is waited for from {name}").format(name=row.to))
            set_tip(close, _("Nothing more is waited for; what still comes is merged all the same."))
            on_press(close, self._on_close_clicked, row.id)
            column.addWidget(close, 0, Qt.AlignmentFlag.AlignLeading)
        return block

    def _on_close_clicked(self, delegation: str) -> None:
        self._context.workspace.delegations.close(delegation)
        self.refresh()
        self.share.setFocus()

    def _on_share_clicked(self) -> None:
        self.share_around("")

    def share_around(self, path: str) -> None:
        """Asks to whom the section around a path is handed; "": which ones, too."""
        dialog = ShareDialog(self._response_id, self._context, self._today, self, path)
        dialog.written.connect(self._on_written)
        dialog.open()

    def _on_written(self, exported: ExportedFile) -> None:
        words = _("Written: {file}. Send it to your colleague, and merge the file that comes back.")
        self._context.noticed.emit(
            written_notice(words.format(file=whole_path(exported.path)), exported.path)
        )
        self.refresh()
        self.shared.emit()
