"""A topic of the guide, as it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QPixmap, QTextBlockFormat, QTextCursor, QTextDocument, QTextFragment
from PySide6.QtWidgets import QTextBrowser, QWidget

from iscm_desktop.i18n import _, current_language
from iscm_desktop.paths import guide_folder
from ui.look.theme import WindowTheme


def topics() -> list[tuple[str, Path]]:
    """Title and file of each topic, in the order of the numbers that their files begin with."""
    found = []
    for file in sorted(guide_folder().glob("*.md")):
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        found.append((first.removeprefix("# ").strip(), file))
    return found


class GuideText(QTextBrowser):
    """Text and pictures; where a link leads is for whoever shows it to say."""

    def __init__(self, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setOpenLinks(False)
        self.setAccessibleName(_("Text of the topic"))
        self.document().setDocumentMargin(theme.px(18))
        self.setSearchPaths([str(guide_folder())])

    def show_file(self, file: Path) -> None:
        """Shows a topic from its beginning."""
        text = file.read_text(encoding="utf-8")
        if current_language() != "en":
            text = "\n\n".join((_("The chapters of this help are in English."), text))
        self.setMarkdown(text)
        _give_room(self.document(), self._theme.px)
        self.fit_pictures()

    def fit_pictures(self) -> None:
        """Pictures of the window are as wide as the text, and never wider than they were taken.

        The room of the scroll bar is kept free whether it is there or not: it comes and goes with their height.
        """
        beside = 2 * self.frameWidth() + self.verticalScrollBar().sizeHint().width()
        free = self.width() - beside - 2 * round(self.document().documentMargin())
        block = self.document().begin()
        while block.isValid():
            at = block.begin()
            while not at.atEnd():
                if at.fragment().charFormat().isImageFormat():
                    _fit_picture(self.document(), at.fragment(), max(1, free))
                at += 1
            block = block.next()


def _fit_picture(document: QTextDocument, fragment: QTextFragment, free: int) -> None:
    shape = fragment.charFormat().toImageFormat()
    resource = document.resource(QTextDocument.ResourceType.ImageResource.value, QUrl(shape.name()))
    own = resource.width() if isinstance(resource, QImage | QPixmap) else free
    shape.setWidth(min(own, free))
    cursor = QTextCursor(document)
    cursor.setPosition(fragment.position())
    cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(shape)


def _give_room(document: QTextDocument, px: Callable[[float], int]) -> None:
    """Qt sets Markdown without any space between its paragraphs."""
    block = document.begin()
    while block.isValid():
        cursor, shape = QTextCursor(block), block.blockFormat()
        is_heading = shape.headingLevel() > 0
        if block.textList() is None or is_heading:
            shape.setTopMargin(px(16) if is_heading and block.position() else 0)
            shape.setBottomMargin(px(7))
        else:
            shape.setBottomMargin(px(3))
        shape.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(shape)
        block = block.next()
