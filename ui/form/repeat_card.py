"""What may be answered several times: a card per entry, to add, take out, order and fold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.entries.entry_table import EntryState, EntryTable
from iscm_desktop.presenters.form_presenter import entry_word
from iscm_desktop.questionnaire.form_paths import path_below
from iscm_desktop.questionnaire.numbering import with_number
from iscm_desktop.session.views import Verdict
from ui.editing.response_editing import ResponseEditing
from ui.form.entry_card import EntryCard, EntryWidgets
from ui.form.entry_table.entry_model import state_tone
from ui.form.nothing_line import NothingLine
from ui.form.second_words import SecondLine
from ui.last_round.offered_entries import OfferedEntries
from ui.look.colours import Tone
from ui.page.notices import Notice
from ui.page.timers import single_shot
from ui.widgets.card import Card
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import discard, fill, follow_width, show_if
from ui.widgets.mode_chips import ModeChips
from ui.widgets.spoken_roles import Part, name_spoken, speak_as

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iscm_desktop.session.views import AnswerPath, RepeatView
    from ui.form.entry_table.entry_table_pane import EntryTablePane

OPEN_AT_FIRST = 3
"""Up to so many entries are unfolded when a section is opened."""

DRAWN_AT_FIRST = 100
"""Entries that have a card before somebody asks for more: ten thousand would keep the window busy for minutes."""

_TITLES_AFTER_MS = 250

_BESIDE = 2.2
"""How many times as wide as count and modes a repeat is at least in which they stand beside its name."""


class RepeatCard(Card):
    """Label, entries, and a button for one more."""

    def __init__(
        self, editing: ResponseEditing, widgets: EntryWidgets, view: RepeatView, parent: QWidget
    ) -> None:
        super().__init__(editing.context.theme, parent, is_flat=True)
        speak_as(self, Part.GROUP)
        self._editing, self._widgets = editing, widgets
        self.path = view.path
        self.entries: dict[str, EntryCard] = {}
        follow_width(self)
        self._label = text_label("", "strong", self)
        self._count = text_label("", "small", self, wraps=False)
        self._hint = text_label("", "muted", self)
        self._error = text_label("", "error", self)
        self._list = QVBoxLayout()
        self._list.setSpacing(self.theme.px(8))
        self.add = button("", self, name="add-entry")
        self.more = button("", self, "link", name="more-entries")
        self._drawn, self._revealed = DRAWN_AT_FIRST, set[str]()
        self.add.setMinimumWidth(1)  # cut in a narrow window, rather than the page widened
        self._noun = entry_word(self._editing.session, self.path)
        self._rows = EntryTable(editing.session, view.path)
        self._key = f"{editing.session.questionnaire.form_id}/{view.path.rpartition('/')[2]}"
        self.offer = OfferedEntries(editing, self)
        self.offer.taken.connect(self.reveal)
        self.nothing = NothingLine(view.path, editing, _("Nothing to report"), view.label, self)
        self.modes = ModeChips(_("Entries as"), {"cards": _("Cards"), "table": _("Table")}, self)
        self.pane: EntryTablePane | None = None
        self._lay_out()
        self._second = SecondLine(self.column, self)
        self._titles = single_shot(self, _TITLES_AFTER_MS, self._show_titles)
        self._view = view
        self.modes.show_mode(self._mode_at_first(view))
        self.show_view(view)
        self.add.clicked.connect(self._on_add_clicked)
        self.more.clicked.connect(self._on_more_clicked)
        self.modes.chosen.connect(self._on_mode_chosen)
        editing.checked.connect(self._on_checked)
        editing.last_round.changed.connect(self._show_offer)
        editing.second.changed.connect(self._show_second)

    def unfolding(self) -> Iterator[QWidget]:
        """Unfolds the entries of a section that was just opened, where they are few: each step gives what was made."""
        if not self.is_table and len(self._view.entries) <= OPEN_AT_FIRST:
            for entry in self._view.entries:
                yield from self.entries[entry.entry_id].unfolding(entry)

    @property
    def is_table(self) -> bool:
        """Whether the entries are rows of a table, rather than cards."""
        return self.modes.mode == "table"

    def _mode_at_first(self, view: RepeatView) -> str:
        chosen = self._editing.context.preferences.entry_mode(self._key)
        return chosen or ("table" if self._rows.is_table_at_first(len(view.entries)) else "cards")

    def _on_mode_chosen(self, mode: str) -> None:
        self._editing.context.preferences.set_entry_mode(self._key, mode)
        self._show_mode()

    def _show_mode(self) -> None:
        """What is not shown is let go of, so that an answer is drawn in one place only."""
        self._widgets.complete()
        if self.is_table:
            self._show_entries(replace(self._view, entries=()))
        elif self.pane is not None:
            discard(self.pane, self.column)
            self.pane = None
        self.show_view(self._editing.session.repeat(self.path))

    def show_as_cards(self) -> None:
        """For something that a table has no place for; next time it is a table again."""
        if self.is_table:
            self.modes.show_mode("cards")
            self._show_mode()

    def _on_card_wanted(self, entry_id: str) -> None:
        self.show_as_cards()
        self.reveal(entry_id)
        if entry_id in self.entries:
            self.entries[entry_id].focus_first()

    def _on_checked(self, _section: str) -> None:
        self.show_view(self._view)

    def show_view(self, view: RepeatView) -> None:
        """Draws label, entries, count and complaint anew; cards of entries that stay are kept."""
        self._view = view
        show_if(self, view.is_asked)
        self._label.setText(with_number(view.number, view.label))
        self._hint.setText(view.hint)
        show_if(self._hint, bool(view.hint))
        count = len(view.entries)
        self._count.setText(ngettext("{count} entry", "{count} entries", count).format(count=count))
        show_if(self._count, count > 0)
        self.add.setText(_("Add: {label}").format(label=(self._noun or view.label).replace("&", "&&")))
        show_if(self.add, view.can_add and not self.is_table)  # a table has its blank last row
        show_if(self.modes, count > 0 or view.can_add or self.is_table)  # rows may be pasted first
        if self.is_table:
            self._show_table(view)
        else:
            self._show_entries(view)
        self._show_offer()
        self.nothing.show_subject(view.label)
        self.nothing.refresh()
        self._show_second()
        self._complain(view)

    def _show_second(self) -> None:
        self._second.show(self._editing.second.label(self.path, self._view.label), 0)

    def _show_table(self, view: RepeatView) -> None:
        if self.pane is None:
            from ui.form.entry_table.entry_table_pane import EntryTablePane

            self.pane = EntryTablePane(self._editing, view, self)
            self.pane.card_wanted.connect(self._on_card_wanted)
            self.column.insertWidget(self.column.indexOf(self.more), self.pane)
            self.more.hide()
        else:
            self.pane.show_view(view)

    def _show_offer(self) -> None:
        """Entries that nobody has taken over or declined."""
        self.offer.show_view(self._view)

    def focus_entries(self) -> None:
        """Puts the keyboard into the table, or on what adds an entry, or on the first of them."""
        first = next(iter(self.entries.values()), None)
        if self.pane is not None:
            self.pane.table.setFocus()
        elif self.add.isVisibleTo(self) or first is None:
            self.add.setFocus()
        else:
            first.fold.setFocus()

    def enter(self) -> None:
        """Somebody comes to the section: at the head of the list, where no key adds or accepts anything yet."""
        first = next(iter(self.entries.values()), None)
        if self.pane is not None:
            self.pane.table.setFocus()
        elif first is not None:
            first.focus_first() if first.fold.isChecked() else first.fold.setFocus()
        elif self.modes.isVisibleTo(self):
            self.modes.focus_mode()
        else:
            self.focus_entries()

    def entry_id_in(self, path: AnswerPath) -> str:
        """The id of the entry that `path`, below this repeat, goes through."""
        return path.removeprefix(f"{self.path}/").partition("/")[0]

    def is_folded(self, path: AnswerPath) -> bool:
        """Whether the entry that `path` goes through shows nothing of what is in it."""
        entry = self.entries.get(self.entry_id_in(path))
        return entry is None or not entry.fold.isChecked()

    def reveal(self, entry_id: str) -> None:
        """Unfolds an entry, whose card is drawn first where it was not; a table shows all that is in it."""
        if self.is_table:
            return
        if entry_id not in self.entries and any(one.entry_id == entry_id for one in self._view.entries):
            self._revealed.add(entry_id)
            self._show_entries(self._view)
        if entry_id in self.entries:
            self.entries[entry_id].unfold()

    def show_answers(self, paths: frozenset[AnswerPath]) -> None:
        """Something inside of entries changed; their titles may follow, but not at every key."""
        if self.pane is not None:
            self.pane.table.show_answers(paths)
        else:
            self._titles.start()

    def go_to_cell(self, path: AnswerPath) -> bool:
        """Puts the keyboard into the cell of a question, or the row of an entry.

        The entries become cards for what no cell holds.
        """
        if self.pane is None or not path.startswith(f"{self.path}/"):
            return False
        inside = path.removeprefix(f"{self.path}/")
        if self.pane.table.go_to(path):
            return True
        if "/" not in inside:
            return self.pane.table.go_to_entry(inside)
        self.show_as_cards()
        return False

    def move_entry(self, entry_id: str, step: int) -> None:
        """Moves an entry up (-1) or down (1), where there is a place; the keyboard stays in it."""
        order = [entry.entry_id for entry in self._view.entries]
        at = order.index(entry_id)
        to = at + step
        if not 0 <= to < len(order):
            return
        order.insert(to, order.pop(at))
        after = order[to - 1] if to > 0 else None
        focused = self.window().focusWidget()
        entry = self.entries[entry_id]
        self._editing.then_save(lambda: self._editing.session.move_entry(entry.path, after))
        if focused is not None and entry.isAncestorOf(focused):
            focused.setFocus()

    def remove(self, entry_id: str) -> None:
        """At once; the notice, like Ctrl+Z, brings the entry back."""
        entry = self.entries[entry_id]
        title = entry.title
        order = [each.entry_id for each in self._view.entries]
        at = order.index(entry_id)
        self._editing.then_save(lambda: self._editing.session.remove_entry(entry.path))
        rest = order[:at] + order[at + 1 :]
        neighbour = self.entries.get(rest[min(at, len(rest) - 1)]) if rest else None
        if neighbour is not None:
            neighbour.fold.setFocus()
        else:
            self.add.setFocus()
        text = _("Removed: {title}").format(title=title)
        self._editing.context.noticed.emit(
            Notice(text, Tone.ACCENT, _("Undo"), self._editing.undo, is_brief=True)
        )

    def _on_add_clicked(self) -> None:
        made: list[str] = []
        session = self._editing.session
        self._editing.then_save(lambda: made.append(session.add_entry(self.path)))
        entry_id = made[0].rpartition("/")[2]
        if self.pane is not None:
            self.pane.table.go_to_entry(entry_id)
            return
        self.reveal(entry_id)
        self.entries[entry_id].focus_first()

    def _copy(self, entry_id: str) -> None:
        """The same once more, right behind it; the keyboard goes there."""
        copy = self._editing.duplicate(path_below(self.path, entry_id)).rpartition("/")[2]
        self.reveal(copy)
        self.entries[copy].focus_first()

    def _on_more_clicked(self) -> None:
        self._drawn += DRAWN_AT_FIRST
        self._show_entries(self._view)

    def _show_entries(self, view: RepeatView) -> None:
        places = {entry.entry_id: at for at, entry in enumerate(view.entries)}
        for gone in [entry_id for entry_id in self.entries if entry_id not in places]:
            entry = self.entries.pop(gone)
            self._widgets.forget_below(entry.path)
            discard(entry, self._list)
        drawn = [
            one for at, one in enumerate(view.entries) if at < self._drawn or one.entry_id in self._revealed
        ]
        for at, each in enumerate(drawn):
            card = self.entries.get(each.entry_id)
            if card is None:
                card = self.entries[each.entry_id] = EntryCard(self._editing, self._widgets, each, self)
                card.move_wanted.connect(self.move_entry)
                card.remove_wanted.connect(self.remove)
                card.copy_wanted.connect(self._copy)
                self._list.insertWidget(at, card)
                card.show()
            elif self._list.indexOf(card) != at:
                self._list.removeWidget(card)
                self._list.insertWidget(at, card)
            card.show_title(with_number(each.number, each.title))
            card.up.setEnabled(places[each.entry_id] > 0)
            card.down.setEnabled(places[each.entry_id] < len(places) - 1)
            show_if(card.remove, view.can_remove)
            show_if(card.copy, view.can_add)
        self._show_states(view)
        left = len(view.entries) - len(drawn)
        words = ngettext(
            "Show more: {count} entry is not shown", "Show more: {count} entries are not shown", left
        )
        self.more.setText(words.format(count=left))
        self.more.setVisible(left > 0)

    def _show_states(self, view: RepeatView) -> None:
        """Whether something in an entry is to be mended, or left to do, be it folded."""
        for row in self._rows.rows(view):
            card = self.entries.get(row.entry.entry_id)
            if card is not None:
                is_quiet = row.state is EntryState.MISSING and not self._editing.missing.is_due(row.path)
                card.show_state(row.state_words, Tone.PLAIN if is_quiet else state_tone(row.state))

    def _show_titles(self) -> None:
        view = self._editing.session.repeat(self.path)
        for entry in view.entries:
            if entry.entry_id in self.entries:
                self.entries[entry.entry_id].show_title(with_number(entry.number, entry.title))
        self._show_states(view)

    def _complain(self, view: RepeatView) -> None:
        is_due = view.verdict is not Verdict.OK and (
            view.verdict is not Verdict.MISSING or self._editing.missing.is_due(view.path)
        )
        self._error.setText(view.message if is_due else "")
        self._error.setVisible(is_due and bool(view.message))
        self.show_tone(Tone.BAD if is_due else Tone.PLAIN)
        about = " ".join(part for part in (self._error.text(), view.hint) if part)
        label = with_number(view.number, view.label)
        name_spoken(self, label, f"{self._count.text()}. {about}" if view.entries else about)
        self.add.setAccessibleDescription(about)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where its name has no room beside what stands there, that stands below it."""
        beside = self._count.sizeHint().width() + self.modes.sizeHint().width()
        ways = QBoxLayout.Direction
        self._head.setDirection(ways.TopToBottom if self.width() < _BESIDE * beside else ways.LeftToRight)
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        upper = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(self.theme.px(6))
        self._head.addWidget(self._label, 1)
        self._head.addWidget(self._count, 0, upper)
        self._head.addWidget(self.modes, 0, upper)
        fill(self.column, self._head, self._hint, self.offer, self._list)
        self.column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addWidget(self._error)
        self.column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
        self.column.addWidget(self.nothing)
