"""The files of a merge: where they are dropped, what is said of them, and what may be pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.presenters.merge_view import MergeAction, MergeView
from ui.look.theme import WindowTheme
from ui.merge.drop_area import DropArea
from ui.merge.files_table import FilesModel, FilesTable
from ui.merge.merge_progress import MergeProgress
from ui.merge.practice_files_line import PracticeFilesLine
from ui.widgets.flow_layout import flow_row
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import STRETCH, bare_column, bare_row, fill
from ui.widgets.wrapping_buttons import WrappingCheck


class MergePane(QWidget):
    """Draws a view of the presenter; whoever owns the pane connects its buttons.

    Signals:
        chosen(row): another file is the current one; -1 where there is none.
    """

    chosen = Signal(int)

    def __init__(
        self, watched: QWidget, samples: PracticeFilesLine, theme: WindowTheme, parent: QWidget
    ) -> None:
        """`watched` is the line about the watched folder, `samples` that about files to practise with."""
        super().__init__(parent)
        self._samples = samples
        self.model = FilesModel(self)
        self.table = FilesTable(self.model, theme, self)
        self.drop = DropArea(theme, self)
        self.apply = button(_("A&pply"), self, "primary", name="apply")
        self.go_on = button(_("&Go on"), self, "primary", name="go-on")
        self.discard = button(_("&Discard the plan"), self, name="discard")
        self.stop = button(_("S&top"), self, "link", name="stop")
        self.undo_last = button(_("Undo this merge…"), self, "link", name="undo-merge")
        self.name_device = button(_("Name this device…"), self, "link", name="name-device")
        self.outside = WrappingCheck(_("Take also what lies outside of what was asked"), self)
        self.agree = WrappingCheck(
            _("Merge files too that show less of where they come from than what they change or claim"), self
        )
        self._bar = MergeProgress(self)
        self._words = text_label("", "muted", self)
        self._progress = ""
        self._shown_for: dict[MergeAction, QWidget] = {
            MergeAction.APPLY: self.apply,
            MergeAction.DISCARD: self.discard,
            MergeAction.TAKE_OUTSIDE: self.outside,
            MergeAction.AGREE: self.agree,
            MergeAction.GO_ON: self.go_on,
            MergeAction.STOP: self.stop,
            MergeAction.TAKE_BACK: self.undo_last,
            MergeAction.NAME_DEVICE: self.name_device,
        }
        self._lay_out(watched, theme)
        self.model.modelReset.connect(self._on_files_shown)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)

    @property
    def words(self) -> str:
        """What is said about the plan, the work at hand, or the result."""
        return self._words.text()

    def show_view(self, view: MergeView) -> None:
        """The table is left alone where its files are the same."""
        if view.state.is_work and not self._bar.isVisibleTo(self):
            self._bar.begin()
        self._bar.setVisible(view.state.is_work)
        self._progress = view.progress
        self._words.setText(view.sentence)
        self.model.show_files(view.files, is_done=view.is_done)
        self.drop.setEnabled(view.allows(MergeAction.ADD))
        self._samples.show_for(is_empty=view.allows(MergeAction.ADD) and not view.files)
        for action, widget in self._shown_for.items():
            widget.setVisible(view.allows(action))
        if not view.allows(MergeAction.TAKE_OUTSIDE):
            self.outside.setChecked(False)
        if not view.allows(MergeAction.AGREE):
            self.agree.setChecked(False)

    def advance(self, done: int, total: int) -> None:
        """How far the work has come."""
        self._words.setText(self._bar.advance(done, total, self._progress))

    def _on_files_shown(self) -> None:
        self.table.setVisible(self.model.rowCount() > 0)

    def _on_selection_changed(self) -> None:
        self.chosen.emit(self.table.currentIndex().row())

    def _lay_out(self, watched: QWidget, theme: WindowTheme) -> None:
        # Stop stands before the bar and all others at the other end: whoever presses it twice presses nothing else.
        progress = bare_row(None, theme.px(12))
        progress.addWidget(self.stop)
        progress.addWidget(self._bar, 1, Qt.AlignmentFlag.AlignVCenter)  # else all are as low as the bar
        acts = flow_row(
            theme.px(8), self.name_device, STRETCH, self.undo_last, self.discard, self.go_on, self.apply
        )
        column = bare_column(self, theme.px(10))
        fill(column, self.drop, self._samples, watched, progress, self._words, self.outside, self.agree, acts)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self.table.hide()
