"""What may be answered several times: a card per entry, to add, take out, order and fold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from iscm_desktop.i18n import _, joined, ngettext
from iscm_desktop.questionnaire.form_paths import path_below
from iscm_desktop.questionnaire.sections import template_path
from iscm_desktop.session.views import Verdict
from ui.desk import Notice
from ui.form.filling import Filling
from ui.form.items import ItemsColumn, Register
from ui.last_round.line import OfferLine
from ui.theme import Tone
from ui.widgets.card import Card
from ui.widgets.labels import button, text_label

if TYPE_CHECKING:
    from iscm_desktop.session.views import EntryView, RepeatView

OPEN_AT_FIRST = 3
"""Up to so many entries are unfolded when a section is opened."""

_TITLES_AFTER_MS = 250


def _tool(text: str, name: str, parent: QWidget) -> QToolButton:
    made = QToolButton(parent)
    made.setText(text)
    made.setProperty("role", "flat")
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


class EntryCard(Card):
    """One entry. Its questions are made when it is first unfolded."""

    def __init__(self, filling: Filling, register: Register, repeat: RepeatCard, view: EntryView) -> None:
        super().__init__(filling.desk.theme, repeat)
        self._filling, self._register, self._repeat = filling, register, repeat
        self.path, self.entry_id = view.path, view.entry_id
        self._body: QWidget | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.fold = button("", self, "link")
        self.fold.setCheckable(True)
        self._turn()
        self.fold.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.up = _tool("↑", _("Move up"), self)
        self.down = _tool("↓", _("Move down"), self)
        self.remove = _tool("✕", _("Remove"), self)
        head = QHBoxLayout()
        head.addWidget(self.fold, 1)
        for tool in (self.up, self.down, self.remove):
            head.addWidget(tool)
        self.column.addLayout(head)
        self.title = ""
        self.show_title(view.title)
        self.fold.toggled.connect(self._on_fold_toggled)
        self.up.clicked.connect(lambda: repeat.move_entry(self.entry_id, -1))
        self.down.clicked.connect(lambda: repeat.move_entry(self.entry_id, 1))
        self.remove.clicked.connect(lambda: repeat.remove(self.entry_id))
        for each in (self.fold, self.up, self.down, self.remove):
            each.installEventFilter(self)

    def show_title(self, title: str) -> None:
        if title == self.title:
            return
        self.title = title
        self._show_fold()
        self.setAccessibleName(title)
        self.fold.setAccessibleName(title)
        for tool, words in (
            (self.up, _("Move up: {title}")),
            (self.down, _("Move down: {title}")),
            (self.remove, _("Remove: {title}")),
        ):
            tool.setAccessibleName(words.format(title=title))

    def unfold(self, view: EntryView | None = None) -> None:
        if self._body is None:
            self._body = self._make_body(view or self._repeat.entry_view(self.entry_id))
        self.fold.setChecked(True)

    def focus_first(self) -> None:
        for path, card in self._register.cards.items():
            if path.startswith(self.path + "/") and hasattr(card, "focus_editor") and not card.isHidden():
                card.focus_editor()
                return
        self.fold.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._repeat.move_entry(self.entry_id, step)
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._turn()
            self._show_fold()

    def _turn(self) -> None:
        """A style sheet aligns as the program runs; a response may run the other way."""
        turned = self.layoutDirection() is not QApplication.layoutDirection()
        if bool(self.fold.property("turned")) is not turned:
            self.fold.setProperty("turned", turned)
            self.fold.style().unpolish(self.fold)
            self.fold.style().polish(self.fold)

    def _make_body(self, view: EntryView) -> QWidget:
        body = QWidget(self)
        items = ItemsColumn(self._filling, self._register, body, is_flat=True)
        items.add_items(view.items)
        body.setLayout(items)
        self.column.addWidget(body)
        return body

    def _on_fold_toggled(self, is_open: bool) -> None:
        if is_open:
            self.unfold()
        if self._body is not None:
            self._body.setVisible(is_open)
        self._show_fold()

    def _show_fold(self) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        arrow = "▾" if self.fold.isChecked() else "◂" if mirrored else "▸"
        isolate = "\N{RIGHT-TO-LEFT ISOLATE}" if mirrored else "\N{LEFT-TO-RIGHT ISOLATE}"
        words = f"{isolate}{arrow}  {self.title}\N{POP DIRECTIONAL ISOLATE}"  # a year alone has no direction
        self.fold.setText(words.replace("&", "&&"))
        state = _("open") if self.fold.isChecked() else _("folded")
        self.fold.setAccessibleDescription(state)


class RepeatCard(Card):
    """Label, entries, and a button for one more."""

    def __init__(self, filling: Filling, register: Register, view: RepeatView, parent: QWidget) -> None:
        super().__init__(filling.desk.theme, parent, is_flat=True)
        self._filling, self._register = filling, register
        self.path = view.path
        self.entries: dict[str, EntryCard] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._label = text_label("", "strong", self)
        self._count = text_label("", "small", self, wraps=False)
        self._hint = text_label("", "muted", self)
        self._error = text_label("", "error", self)
        self._list = QVBoxLayout()
        self._list.setSpacing(self.theme.px(8))
        self.add = button("", self, name="add-entry")
        self.add.setMinimumWidth(1)  # cut in a narrow window, rather than the page widened
        self._noun = self._word_for_one()
        self._lay_out()
        self._titles = QTimer(self)
        self._titles.setSingleShot(True)
        self._titles.setInterval(_TITLES_AFTER_MS)
        self._titles.timeout.connect(self._show_titles)
        self.offer: OfferLine | None = None
        self._view = view
        self.show_view(view)
        for entry in view.entries[:OPEN_AT_FIRST] if len(view.entries) <= OPEN_AT_FIRST else ():
            self.entries[entry.entry_id].unfold(entry)
        self.add.clicked.connect(self._on_add_clicked)
        filling.checked.connect(self._on_checked)
        filling.offers.changed.connect(self._show_offer)

    def _on_checked(self) -> None:
        self.show_view(self._view)

    def show_view(self, view: RepeatView) -> None:
        self._view = view
        self.setVisible(view.is_asked)
        self._label.setText(view.label)
        self._hint.setText(view.hint)
        self._hint.setVisible(bool(view.hint))
        count = len(view.entries)
        self._count.setText(ngettext("{count} entry", "{count} entries", count).format(count=count))
        self._count.setVisible(count > 0)
        self.add.setText(_("Add: {label}").format(label=(self._noun or view.label).replace("&", "&&")))
        self.add.setVisible(view.can_add)
        self._show_entries(view)
        self._show_offer()
        self._complain(view)

    def _show_offer(self) -> None:
        """Entries of an earlier round that nobody has taken over; made when first needed."""
        last = self._filling.offers.last
        ids = last.pending_entries(self._view) if last is not None and self._view.is_asked else ()
        if ids and self.offer is None:
            self.offer = OfferLine(_("Use these entries"), self.theme, self, self._use_offer)
            self.column.insertWidget(self.column.indexOf(self.add), self.offer)
        if self.offer is not None:
            self.offer.setVisible(bool(ids))
            if ids and last is not None:
                words = ngettext("{count} entry", "{count} entries", len(ids)).format(count=len(ids))
                named = joined(
                    filter(None, (self._filling.offers.title(path_below(self.path, id_)) for id_ in ids))
                )
                self.offer.show_offer(last.round, f"{words}: {named}" if named else words)

    def _use_offer(self) -> None:
        last, session = self._filling.offers.last, self._filling.session
        if last is not None:
            self._filling.then_save(lambda: last.confirm_entries(session, self.path))

    def _word_for_one(self) -> str:
        """ "Turning point" of "Turning points", where the form says so; it does in its own language only."""
        session = self._filling.session
        if session.language != session.questionnaire.default_language:
            return ""
        item = session.questionnaire.item(template_path(session.questionnaire, self.path))
        title = item.own.entry_title
        names = {each.path.rpartition("/")[2] for each in getattr(item, "items", ())}
        return "" if title in names else title

    def touch_titles(self) -> None:
        """Something inside an entry changed; its title may follow, but not at every key."""
        self._titles.start()

    def entry_view(self, entry_id: str) -> EntryView:
        repeat = self._filling.session.repeat(self.path)
        return next(entry for entry in repeat.entries if entry.entry_id == entry_id)

    def move_entry(self, entry_id: str, step: int) -> None:
        order = [entry.entry_id for entry in self._view.entries]
        at = order.index(entry_id)
        to = at + step
        if not 0 <= to < len(order):
            return
        order.insert(to, order.pop(at))
        after = order[to - 1] if to > 0 else None
        focused = self.window().focusWidget()
        entry = self.entries[entry_id]
        self._filling.then_save(lambda: self._filling.session.move_entry(entry.path, after))
        if focused is not None and entry.isAncestorOf(focused):
            focused.setFocus()

    def remove(self, entry_id: str) -> None:
        """At once; the notice, like Ctrl+Z, brings the entry back."""
        entry = self.entries[entry_id]
        title = entry.title
        order = [each.entry_id for each in self._view.entries]
        at = order.index(entry_id)
        self._filling.then_save(lambda: self._filling.session.remove_entry(entry.path))
        rest = order[:at] + order[at + 1 :]
        if rest:
            self.entries[rest[min(at, len(rest) - 1)]].fold.setFocus()
        else:
            self.add.setFocus()
        text = _("Removed: {title}").format(title=title)
        self._filling.desk.noticed.emit(
            Notice(text, Tone.ACCENT, _("Undo"), self._filling.undo, is_brief=True)
        )

    def _on_add_clicked(self) -> None:
        made: list[str] = []
        session = self._filling.session
        self._filling.then_save(lambda: made.append(session.add_entry(self.path)))
        entry = self.entries[made[0].rpartition("/")[2]]
        entry.unfold()
        entry.focus_first()

    def _show_entries(self, view: RepeatView) -> None:
        order = [entry.entry_id for entry in view.entries]
        for gone in [entry_id for entry_id in self.entries if entry_id not in order]:
            entry = self.entries.pop(gone)
            self._register.forget_below(entry.path)
            self._list.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        for at, each in enumerate(view.entries):
            card = self.entries.get(each.entry_id)
            if card is None:
                card = self.entries[each.entry_id] = EntryCard(self._filling, self._register, self, each)
                self._list.insertWidget(at, card)
                card.show()
            elif self._list.indexOf(card) != at:
                self._list.removeWidget(card)
                self._list.insertWidget(at, card)
            card.show_title(each.title)
            card.up.setEnabled(at > 0)
            card.down.setEnabled(at < len(order) - 1)
            card.remove.setVisible(view.can_remove)

    def _show_titles(self) -> None:
        for entry in self._filling.session.repeat(self.path).entries:
            if entry.entry_id in self.entries:
                self.entries[entry.entry_id].show_title(entry.title)

    def _complain(self, view: RepeatView) -> None:
        is_due = view.verdict is not Verdict.OK and (
            view.verdict is not Verdict.MISSING or self._filling.marks_missing
        )
        self._error.setText(view.message if is_due else "")
        self._error.setVisible(is_due and bool(view.message))
        self.show_tone(Tone.BAD if is_due else Tone.PLAIN)
        self.add.setAccessibleDescription(" ".join(part for part in (view.hint, self._error.text()) if part))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._label, 1)
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        self.column.addWidget(self._hint)
        self.column.addLayout(self._list)
        self.column.addWidget(self._error)
        self.column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
