"""A box for prose that underlines words which no dictionary has, and offers others in its menu."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.spelling.dictionaries import has_dictionary
from iscm_desktop.spelling.written_words import looked_up, words_in
from ui.look.theme import WindowTheme
from ui.page.spell_checker import LANGUAGES, SpellChecker
from ui.phrases.form_languages import own_name
from ui.widgets.connections import on_press
from ui.widgets.text_boxes import ProseBox


class SpellHighlighter(QSyntaxHighlighter):
    """Underlines; the word that is being typed is left alone until the cursor leaves it."""

    def __init__(self, box: ProseBox, checker: SpellChecker, theme: WindowTheme) -> None:
        super().__init__(box.document())
        self._box, self._checker, self._theme = box, checker, theme
        self.language = ""
        self._format = QTextCharFormat()
        self._format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        self._on_theme_changed()
        checker.answered.connect(self._on_answered)
        checker.changed.connect(self.rehighlight)
        theme.changed.connect(self._on_theme_changed)

    def highlightBlock(self, text: str) -> None:
        if not has_dictionary(self.language) or not self._checker.is_on:
            return
        typed_at, open_ones = self._typed_at(), []
        for at, word in words_in(text):
            if at + len(word) == typed_at:
                continue
            known = self._checker.is_known(self.language, word)
            if known is None:
                open_ones.append(word)
            elif not known:
                self.setFormat(at, len(word), self._format)
        if open_ones:
            self._checker.ask(self.language, open_ones)

    def _typed_at(self) -> int:
        """Where in the paragraph at hand somebody types; -1 where nobody does."""
        cursor = self._box.textCursor()
        is_here = self._box.hasFocus() and cursor.block() == self.currentBlock()
        return cursor.positionInBlock() if is_here else -1

    def _on_answered(self, language: str, wrong: set[str]) -> None:
        """Only paragraphs that hold one of the words are drawn anew."""
        if language != self.language or not wrong:
            return
        block = self.document().begin()
        while block.isValid():
            if any(looked_up(word) in wrong for _at, word in words_in(block.text())):
                self.rehighlightBlock(block)
            block = block.next()

    def _on_theme_changed(self) -> None:
        self._format.setUnderlineColor(QColor(self._theme.tokens.bad))
        self.rehighlight()


class SpelledBox(ProseBox):
    """Signals:
    language_chosen(code): words are to be looked up in this language; "" in none.
    entered: the keyboard has come.
    """

    language_chosen = Signal(str)
    entered = Signal()

    def __init__(
        self, checker: SpellChecker, theme: WindowTheme, parent: QWidget, *, least: int = 3, most: int = 16
    ) -> None:
        super().__init__(parent, least=least, most=most)
        self._checker, self._theme = checker, theme
        self._highlighter: SpellHighlighter | None = None
        self._was_at = 0
        self._menu_word, self._menu_place = "", QTextCursor()
        self._suggesting: QMenu | None = None
        checker.meant.connect(self._on_meant)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self.left.connect(self._on_left)

    def check(self, language: str) -> None:
        """Looks words up in this language from now on; "" for none. Made when there is first something to do."""
        if self._highlighter is None:
            if not has_dictionary(language):
                return
            self._highlighter = SpellHighlighter(self, self._checker, self._theme)
        if self._highlighter.language != language:
            self._highlighter.language = language
            self._highlighter.rehighlight()

    @property
    def language(self) -> str:
        """In which words are looked up; "" for none."""
        return self._highlighter.language if self._highlighter is not None else ""

    def _on_cursor_moved(self) -> None:
        """The word that the cursor has left is looked at again; while typing goes on in it, it is not."""
        lighter, before = self._highlighter, self._was_at
        self._was_at = self.textCursor().position()
        if lighter is not None and abs(before - self._was_at) != 1:
            self._look_again(before)

    def _on_left(self) -> None:
        self._look_again(self._was_at)

    def _look_again(self, position: int) -> None:
        block = self.document().findBlock(position)
        if self._highlighter is not None and block.isValid():
            self._highlighter.rehighlightBlock(block)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    # the menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        at = self._place_of(event)
        self._add_spelling(menu, at)
        self.pop_up(menu, event.globalPos())

    def _place_of(self, event: QContextMenuEvent) -> QTextCursor:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            return self.textCursor()
        return self.cursorForPosition(QPoint(event.pos()))

    def word_at(self, cursor: QTextCursor) -> tuple[str, QTextCursor]:
        """The word around a place that is not known, and where it stands; "" where there is none."""
        block = cursor.block()
        inside = cursor.position() - block.position()
        for at, word in words_in(block.text()):
            if at <= inside <= at + len(word) and self._checker.is_known(self.language, word) is False:
                place = QTextCursor(block)
                place.setPosition(block.position() + at)
                place.setPosition(block.position() + at + len(word), QTextCursor.MoveMode.KeepAnchor)
                return word, place
        return "", QTextCursor()

    def _add_spelling(self, menu: QMenu, cursor: QTextCursor) -> None:
        first = menu.actions()[0] if menu.actions() else None
        word, self._menu_place = self.word_at(cursor)
        self._menu_word = word
        if word and not self.isReadOnly():
            thinking = QAction(_("Looking for words that may be meant…"), menu)
            thinking.setEnabled(False)
            thinking.setObjectName("thinking")
            add = QAction(_("Add “{word}” to the dictionary").format(word=word.replace("&", "&&")), menu)
            on_press(add, self._checker.add, word)
            for action in (thinking, add):
                menu.insertAction(first, action) if first else menu.addAction(action)
            if first is not None:
                menu.insertSeparator(first)
            self._suggesting = menu
            menu.destroyed.connect(self._on_menu_gone)
            self._checker.ask_meant(self.language, word)
        languages = menu.addMenu(_("Spelling"))
        for code in ("", *LANGUAGES):
            name = own_name(code) if code else _("Not checked")
            action = languages.addAction(name)
            action.setCheckable(True)
            action.setChecked(code == self.language)
            on_press(action, self._on_language_chosen, code)

    def _on_language_chosen(self, code: str) -> None:
        self.check(code)
        self.language_chosen.emit(code)

    def _on_menu_gone(self) -> None:
        self._suggesting = None

    def _on_meant(self, word: str, found: list[str]) -> None:
        menu = self._suggesting
        if menu is None or word != self._menu_word:
            return
        thinking = next((each for each in menu.actions() if each.objectName() == "thinking"), None)
        if thinking is None:
            return
        for each in found:
            action = QAction(each.replace("&", "&&"), menu)
            font = action.font()
            font.setBold(True)
            action.setFont(font)
            on_press(action, self._replace_word, each)
            menu.insertAction(thinking, action)
        if found:
            menu.removeAction(thinking)
        else:
            thinking.setText(_("No other word comes to mind"))

    def _replace_word(self, word: str) -> None:
        place = self._menu_place
        if place.selectedText() == self._menu_word:
            place.insertText(word)
