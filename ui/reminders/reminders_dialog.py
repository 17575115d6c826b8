"""Who has not answered yet, ticked, and the letter to each as it would be; written into a folder, never sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QProgressBar,
    QWidget,
)

from iscm_desktop.file_names import file_stem, new_stem, stems_in
from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.reminder_choice import (
    ReminderFilter,
    is_proposed,
    remarks_on,
    reminded_in_words,
    standing_in_words,
)
from ui.page.job_runner import Job
from ui.page.notices import written_notice
from ui.page.page_context import PageContext
from ui.phrases.form_languages import own_name
from ui.widgets.flow_layout import flow_row
from ui.widgets.form_dialog import FormDialog, form_rows
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import bare_column, bare_row
from ui.widgets.list_box import ListBox
from ui.widgets.painted_text import isolated
from ui.widgets.plain_text import plain_tip, readable
from ui.widgets.text_boxes import LineBox

if TYPE_CHECKING:
    from iscm_desktop.workspace.reminders.reminder_rows import Letter, ReminderRow, WrittenReminders

_ROW = Qt.ItemDataRole.UserRole


def open_reminders(context: PageContext, parent: QWidget) -> RemindersDialog:
    """Opens the list over a page."""
    dialog = RemindersDialog(context, parent)
    dialog.open()
    return dialog


class RemindersDialog(FormDialog):
    """What is ticked stays ticked while others are looked at. Who has signed off is ticked by nobody but the person.

    Signals:
        written: reminders were written, and it is in the log who was reminded.
    """

    written = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(_("Reminders"), context.theme, parent)
        self._context = context
        self._ticked: dict[tuple[str, str], ReminderRow] = {}
        self._job: Job | None = None
        self._previewed: tuple[str, str] | None = None
        self.filter = ListBox(self)
        for each in ReminderFilter:
            self.filter.addItem(each.words, each)
        self.search = LineBox(self)
        self.search.setPlaceholderText(_("Type a part of the name"))
        self.search.setAccessibleName(_("Find"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Respondents"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.setSpacing(context.theme.px(3))
        self.list.setMinimumHeight(context.theme.px(150))
        self.letter = QPlainTextEdit(self)
        self.letter.setReadOnly(True)
        self.letter.setTabChangesFocus(True)
        self.letter.setAccessibleName(_("The letter"))
        self.letter.setMinimumHeight(context.theme.px(120))
        self.tick_all = button("", self, "link", name="tick-all")
        self.untick_all = button(_("&Untick all"), self, "link", name="untick-all")
        self._standing = text_label("", "muted", self, wraps=False)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.hide()
        self.stop = button(_("S&top"), self, "link", name="stop")
        self.stop.hide()
        self._lay_out()
        self._connect()
        self._say_looking()
        self._look()

    def _lay_out(self) -> None:
        px = self._context.theme.px
        sides = QWidget(self)
        row = bare_row(sides, px(12))
        left, right = bare_column(None, px(6)), bare_column(None, px(6))
        left.addWidget(self.list, 1)
        left.addLayout(flow_row(px(12), self.tick_all, self.untick_all, None, self._standing))
        right.addWidget(self.letter, 1)
        self._history = text_label("", "muted", self)
        right.addWidget(self._history)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self.lay_out(
            _("Who is reminded?"),
            text_label(
                _(
                    "The program writes a letter to each in their language, with what is still open and their "
                    "invitation again. It sends nothing: open the mails in your own mail program."
                ),
                "muted",
                self,
            ),
            form_rows((_("&Show"), self.filter)),
            self.search,
            sides,
            flow_row(px(12), self._bar, self.stop),
            primary="",
            secondary=_("Close"),
            size=(940, 700),
            growing=sides,
        )

    def _connect(self) -> None:
        self.filter.currentIndexChanged.connect(self._filter)
        self.search.textChanged.connect(self._filter)
        self.list.itemChanged.connect(self._on_item_changed)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.tick_all.clicked.connect(self._on_tick_all_clicked)
        self.untick_all.clicked.connect(self._on_untick_all_clicked)
        self.stop.clicked.connect(self._on_stop_clicked)

    def shown(self) -> list[QListWidgetItem]:
        """The rows that filter and search let through."""
        return [item for item in map(self.list.item, range(self.list.count())) if not item.isHidden()]

    # reading

    def _say_looking(self) -> None:
        self.letter.setPlainText(_("Looking…"))

    def _look(self) -> None:
        reminders = self._context.workspace.reminders
        self._context.runner.run(self, lambda _job: reminders.rows(), self._show)

    def _show(self, rows: tuple[ReminderRow, ...]) -> None:
        self._ticked = {row.key: row for row in rows if is_proposed(row)}
        self.list.blockSignals(True)
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(self.list)
            item.setData(_ROW, row)
            self._show_item(item)
        self.list.blockSignals(False)
        self._filter()
        first = next(iter(self.shown()), None)
        if first is not None:
            self.list.setCurrentItem(first)
            self.list.setFocus()
        else:
            self.letter.setPlainText(_("Nobody is to be reminded."))

    def _show_item(self, item: QListWidgetItem) -> None:
        row: ReminderRow = item.data(_ROW)
        above = " · ".join(isolated(part) for part in (row.name, own_name(row.language)))
        below = " · ".join(filter(None, (standing_in_words(row), reminded_in_words(row.reminded))))
        item.setText(readable(f"{above}\n{below}"))
        item.setData(Qt.ItemDataRole.ToolTipRole, plain_tip(row.contact or _("No contact is known.")))
        item.setCheckState(Qt.CheckState.Checked if row.key in self._ticked else Qt.CheckState.Unchecked)

    def _filter(self) -> None:
        chosen = ReminderFilter(self.filter.currentData())
        typed = self.search.text().strip().casefold()
        for item in map(self.list.item, range(self.list.count())):
            row: ReminderRow = item.data(_ROW)
            found = typed in row.name.casefold() or typed == row.respondent.casefold()
            item.setHidden(not (chosen.fits(row) and found))
        self.check()

    # the letter

    def _on_current_changed(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is None:
            return
        row: ReminderRow = item.data(_ROW)
        self._previewed = row.key
        self._say_looking()
        self._history.setText(self._told_history(row))
        reminders = self._context.workspace.reminders

        def preview(_job: Job) -> tuple[ReminderRow, Letter] | None:
            if self._previewed != row.key:  # somebody went on to another row meanwhile
                return None
            return row, reminders.letter(row)

        self._context.runner.run(self, preview, self._on_letter)

    def _on_letter(self, found: tuple[ReminderRow, Letter] | None) -> None:
        if found is None or found[0].key != self._previewed:
            return
        self.letter.setPlainText(readable(f"{found[1].subject}\n\n{found[1].body}"))

    def _told_history(self, row: ReminderRow) -> str:
        if not row.reminded:
            return _("Not reminded yet.")
        last = row.reminded[0]
        said = reminded_in_words(row.reminded)
        return _("{what}, by {person}").format(what=said, person=last.person) if last.person else said

    # ticking

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        row: ReminderRow = item.data(_ROW)
        if item.checkState() is Qt.CheckState.Checked:
            self._ticked[row.key] = row
        else:
            self._ticked.pop(row.key, None)
        self.check()

    def _on_tick_all_clicked(self) -> None:
        for item in self.shown():
            item.setCheckState(Qt.CheckState.Checked)

    def _on_untick_all_clicked(self) -> None:
        for item in map(self.list.item, range(self.list.count())):
            item.setCheckState(Qt.CheckState.Unchecked)

    def is_complete(self) -> bool:
        return bool(self._ticked) and self._job is None

    def check(self) -> None:
        super().check()
        count, shown = len(self._ticked), len(self.shown())
        words = ngettext("&Write {count} reminder…", "&Write {count} reminders…", count)
        self.primary.setText(words.format(count=count) if count else _("&Write reminders…"))
        words = ngettext("Tick the &one shown", "Tick &all {count} shown", shown)
        self.tick_all.setText(words.format(count=shown))
        self.tick_all.setEnabled(shown > 0)
        self.untick_all.setEnabled(count > 0)
        self._standing.setText(ngettext("{count} ticked", "{count} ticked", count).format(count=count))

    # writing

    def confirm(self) -> None:
        """Writes those that are ticked, in view or not, into a new folder inside the one that the person chooses."""
        inside = self._context.files.folder(self, _("Where do the reminders go?"), Path.home())
        if inside is None:
            return
        workspace = self._context.workspace
        rows = [row for row in self._rows() if row.key in self._ticked]
        stem = file_stem("reminders", rows[0].round, f"{workspace.now():%Y-%m-%d}")
        folder = inside / new_stem(stem, stems_in(inside))
        job = self._job = self._context.runner.run(
            self, lambda job: workspace.reminders.write(rows, folder, job.task_progress), self._on_written
        )
        self._bar.setRange(0, len(rows))
        self._bar.show()
        self.stop.show()
        self.check()
        job.progressed.connect(self._on_progressed)
        job.ended.connect(self._on_ended)

    def _rows(self) -> list[ReminderRow]:
        return [self.list.item(at).data(_ROW) for at in range(self.list.count())]

    def _on_progressed(self, done: int, _total: int) -> None:
        self._bar.setValue(done)

    def _on_ended(self) -> None:
        self._job = None
        self._bar.hide()
        self.stop.hide()
        self.check()

    def _on_stop_clicked(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _on_written(self, done: WrittenReminders | None) -> None:
        if done is None:
            self._context.say(_("Stopped. Nothing was written, and nobody counts as reminded."))
            return
        words = ngettext(
            "{count} reminder written. Nothing was sent: look at it, and send it yourself.",
            "{count} reminders written. Nothing was sent: look at them, and send them yourself.",
            len(done.reminders),
        )
        said = " ".join((words.format(count=len(done.reminders)), *remarks_on(done)))
        self._context.noticed.emit(written_notice(said, done.folder))
        self.accept()
        self.written.emit()
