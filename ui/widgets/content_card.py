"""Cards and columns whose content is replaced as a whole."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscm_desktop.i18n import _
from ui.look.theme import WindowTheme
from ui.widgets.card import Card
from ui.widgets.labels import text_label
from ui.widgets.layouts import bare_column, empty_layout


class RenewedColumn(QVBoxLayout):
    """A column that is emptied before it is filled again."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__()
        self._owner = owner
        self.ground = owner
        """The parent of what it holds now."""

    def renew(self) -> tuple[QWidget, QVBoxLayout]:
        """Lets all that it holds go; the new ground for widgets, and the layout on it."""
        empty_layout(self)
        self.ground = QWidget(self._owner)
        self.addWidget(self.ground)
        return self.ground, bare_column(self.ground)


class ContentCard(Card):
    """A title, some words below it, and content that changes.

    Args:
        title: "" where it is only known with the content.
        intro: "" for none.
    """

    def __init__(self, theme: WindowTheme, parent: QWidget, title: str = "", intro: str = "") -> None:
        super().__init__(theme, parent)
        self.title = text_label(title, "subheading", self)
        self.column.addWidget(self.title)
        if intro:
            self.column.addWidget(text_label(intro, "muted", self))
        self.content = RenewedColumn(self)
        self.column.addLayout(self.content)

    def show_looking(self) -> None:
        """Says that nothing is known yet, which is another thing than that there is nothing."""
        if not self.title.text():
            self.title.setText(_("Looking…"))
            return
        ground, column = self.content.renew()
        column.addWidget(text_label(_("Looking…"), "muted", ground))
