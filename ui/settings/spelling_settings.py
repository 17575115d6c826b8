"""Whether words of long texts are looked up, and the words that this person added to the dictionary."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from ui.page.page_context import PageContext
from ui.widgets.card import Card
from ui.widgets.labels import text_label
from ui.widgets.layouts import follow_width
from ui.widgets.text_boxes import ProseBox
from ui.widgets.wrapping_buttons import WrappingCheck


class SpellingSettings(Card):
    """Holds at once; words are kept when their box is left."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent)
        self._context = context
        follow_width(self)
        self.is_on = WrappingCheck(_("Underline words that no dictionary has, in long texts"), self)
        self.is_on.resize(
            context.theme.px(600), self.is_on.height()
        )  # its height is asked for before it has a width
        self.is_on.setChecked(context.preferences.checks_spelling)
        self.words = ProseBox(self, least=2, most=8)
        self.words.setAccessibleName(_("Words that you added to the dictionary, one on a line"))
        self.words.setPlainText("\n".join(sorted(context.preferences.own_words)))
        note = _(
            "Dictionaries for English, French, Spanish, Russian and Arabic come with the program; names of mechanisms, "
            "States and partners are known. Which language a text is in can be chosen in its menu."
        )
        self.column.addWidget(text_label(_("Spelling"), "subheading", self))
        self.column.addWidget(self.is_on)
        self.column.addWidget(text_label(note, "muted", self))
        self.column.addWidget(text_label(self.words.accessibleName(), "small", self))
        self.column.addWidget(self.words)
        self.is_on.toggled.connect(context.spelling.switch)
        self.words.left.connect(self.keep)

    def keep(self) -> None:
        """The words as they are written now."""
        words = frozenset(word.strip().casefold() for word in self.words.toPlainText().split("\n")) - {""}
        if words != self._context.preferences.own_words:
            self._context.spelling.set_own_words(words)
