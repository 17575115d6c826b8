"""Finds and replaces inside one text."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QCheckBox, QTextEdit, QWidget

from iscm_desktop.i18n import _, ngettext
from iscm_desktop.presenters.written_text import places_of, replaced
from ui.editing.response_editing import ResponseEditing
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import follow_width
from ui.widgets.text_boxes import LineBox, ProseBox

_MOST_SHOWN = 500


class _Place(NamedTuple):
    """As Qt counts, to whom a letter beyond the first plane is two."""

    begin: int
    end: int


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


class FindBar(QWidget):
    """A box for what is sought and one for what replaces it, over the text."""

    def __init__(self, box: ProseBox, editing: ResponseEditing, parent: QWidget) -> None:
        super().__init__(parent)
        self._box, self._editing = box, editing
        px = editing.context.theme.px
        follow_width(self)
        self.sought = LineBox(self)
        self.sought.setPlaceholderText(_("Find"))
        self.sought.setAccessibleName(_("Find"))
        self.by = LineBox(self)
        self.by.setPlaceholderText(_("Replace with"))
        self.by.setAccessibleName(_("Replace with"))
        for line in (self.sought, self.by):
            line.setFixedWidth(px(190))
            line.installEventFilter(self)
        self.back = button(_("Previous"), self, name="find-previous")
        self.on = button(_("Next"), self, name="find-next")
        self.one = button(_("Replace"), self, name="replace")
        self.all = button(_("Replace all"), self, name="replace-all")
        self.is_exact = QCheckBox(_("Match case"), self)
        self.told = text_label("", "small", self, wraps=False)
        row = FlowLayout(self, px(6))
        for part in (self.sought, self.back, self.on, self.is_exact, self.by, self.one, self.all, self.told):
            row.addWidget(part)
        self.sought.textChanged.connect(self._on_sought_changed)
        self.is_exact.toggled.connect(self._on_sought_changed)
        box.textChanged.connect(self._show_places)
        self.back.clicked.connect(self.previous)
        self.on.clicked.connect(self.next)
        self.one.clicked.connect(self.replace_one)
        self.all.clicked.connect(self.replace_all)

    def open_find(self) -> None:
        """Shows the box for what is sought, with what is selected in the text."""
        self._open(is_replacing=False)

    def open_replace(self) -> None:
        """The same, and the box for what replaces it."""
        self._open(is_replacing=True)

    def _open(self, *, is_replacing: bool) -> None:
        for part in (self.by, self.one, self.all):
            part.setVisible(is_replacing and not self._box.isReadOnly())
        self.show()
        selected = self._box.textCursor().selectedText()
        if selected and "\u2029" not in selected:
            self.sought.setText(selected)
        self.sought.setFocus()
        self.sought.selectAll()
        self._show_places()

    def hideEvent(self, event: QEvent) -> None:
        self._box.setExtraSelections([])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter finds the next, Shift+Enter the one before; in the second box it replaces."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return super().eventFilter(watched, event)
        if watched is self.by:
            self.replace_one()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.previous()
        else:
            self.next()
        return True

    def _places(self) -> list[_Place]:
        """Reads the text once, for all places: it may be long, and a key is waiting."""
        text, sought = self._box.toPlainText(), self.sought.text()
        found, at, units = list[_Place](), 0, 0
        for place in places_of(sought, text, is_exact=self.is_exact.isChecked()):
            begin = units + _units(text[at:place])
            at = place + len(sought)
            units = begin + _units(text[place:at])
            found.append(_Place(begin, units))
        return found

    def next(self) -> None:
        """Selects the next place, after the last the first."""
        places, at = self._places(), self._box.textCursor().selectionEnd()
        if places:
            self._select(places, next((number for number, each in enumerate(places) if each.begin >= at), 0))

    def previous(self) -> None:
        """Selects the place before, before the first the last."""
        places, at = self._places(), self._box.textCursor().selectionStart()
        if places:
            self._select(places, sum(each.begin < at for each in places) - 1)

    def replace_one(self) -> None:
        """Replaces what is selected where it is what is sought, and goes on to the next."""
        cursor, sought = self._box.textCursor(), self.sought.text()
        selected = cursor.selectedText()
        is_it = selected == sought if self.is_exact.isChecked() else selected.casefold() == sought.casefold()
        if sought and is_it and not self._box.isReadOnly():
            self._editing.session.commit_step()
            cursor.insertText(self.by.text())
            self._editing.session.commit_step()
        self.next()

    def replace_all(self) -> None:
        """Every one, as one step."""
        if self._box.isReadOnly():
            return
        text = self._box.toPlainText()
        made, count = replaced(self.sought.text(), text, self.by.text(), is_exact=self.is_exact.isChecked())
        if count:
            self._editing.session.commit_step()
            cursor = QTextCursor(self._box.document())
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(made)
            self._editing.session.commit_step()
        words = ngettext("{count} place replaced", "{count} places replaced", count)
        self.told.setText(words.format(count=count))

    def _select(self, places: list[_Place], at: int) -> None:
        """Selects one of the places; -1 is the last."""
        cursor = self._box.textCursor()
        cursor.setPosition(places[at].begin)
        cursor.setPosition(places[at].end, QTextCursor.MoveMode.KeepAnchor)
        self._box.setTextCursor(cursor)
        self._box.ensureCursorVisible()
        number = at % len(places) + 1
        self.told.setText(_("{number} of {count}").format(number=number, count=len(places)))

    def _on_sought_changed(self) -> None:
        self._show_places()

    def _show_places(self) -> None:
        """All places lightly marked, and how many there are."""
        if not self.isVisible():
            return
        places = self._places()
        tokens, marks = self._editing.context.theme.tokens, []
        for place in places[:_MOST_SHOWN]:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self._box.document())
            cursor.setPosition(place.begin)
            cursor.setPosition(place.end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            mark.format.setBackground(QColor(tokens.warn_soft))
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, False)
            marks.append(mark)
        self._box.setExtraSelections(marks)
        words = ngettext("found {count} time", "found {count} times", len(places)).format(count=len(places))
        self.told.setText(words if self.sought.text() else "")
