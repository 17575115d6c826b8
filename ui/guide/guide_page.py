"""Help: the guide that ships with the program, a topic at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QImage,
    QPixmap,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
)
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QTextBrowser, QWidget

from iscm_desktop.i18n import _
from iscm_desktop.paths import guide_folder
from ui.page.page_context import PageContext
from ui.page.window_page import WindowPage
from ui.widgets.labels import text_label
from ui.widgets.layouts import padded_column

_FILE = Qt.ItemDataRole.UserRole


def topics() -> list[tuple[str, Path]]:
    """Title and file of each topic, in the order of the numbers that their files begin with."""
    found = []
    for file in sorted(guide_folder().glob("*.md")):
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        found.append((first.removeprefix("# ").strip(), file))
    return found


class GuidePage(WindowPage):
    """Topics at the side, text in the middle."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.list = QListWidget(self)
        self.list.setProperty("role", "rank")
        self.list.setAccessibleName(_("Topics"))
        self.list.setWordWrap(True)
        self.text = QTextBrowser(self)
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(_("Text of the topic"))
        self.text.document().setDocumentMargin(context.theme.px(18))
        self.text.setSearchPaths([str(guide_folder())])
        for title, file in topics():
            item = QListWidgetItem(title, self.list)
            item.setData(_FILE, str(file))
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self.text)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setHandleWidth(context.theme.px(14))
        self._splitter.setStyleSheet("QSplitter::handle { background: transparent; }")
        px = context.theme.px
        column = padded_column(self, px, (24, 16, 24, 16), gap=12)
        column.addWidget(text_label(_("Help"), "title", self))
        column.addWidget(self._splitter, 1)
        self.list.currentItemChanged.connect(self._show)
        self.text.anchorClicked.connect(self._on_anchor_clicked)
        context.theme.changed.connect(self._on_theme_changed)
        self.list.setCurrentRow(0)

    @property
    def heading(self) -> str:
        return _("Help")

    @property
    def topic(self) -> str:
        return "07-keyboard"

    @property
    def place(self) -> str:
        return self.stem(self.list.currentRow()) if self.list.currentItem() is not None else ""

    def stem(self, at: int) -> str:
        """The name of a topic's file, without the ending."""
        return Path(self.list.item(at).data(_FILE)).stem

    def show_place(self, place: str) -> None:
        """Opens a topic by the name of its file, without the ending."""
        for at in range(self.list.count()):
            if self.stem(at) == place:
                self.list.setCurrentRow(at)

    def arrive(self) -> None:
        self.list.setFocus()

    def panes(self) -> list[QWidget]:
        return [self.list, self.text]

    def fit(self) -> None:
        """The list of topics takes a third at most."""
        side = min(self.context.theme.px(230), self.width() // 3)
        self._splitter.setSizes([side, self.width() - side])
        self._fit_pictures()

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.text.setMarkdown(Path(item.data(_FILE)).read_text(encoding="utf-8"))
            _give_room(self.text.document(), self.context.theme.px)
            self._fit_pictures()

    def _fit_pictures(self) -> None:
        """Pictures of the window are as wide as the text, and never wider than they were taken."""
        free = self.text.viewport().width() - 2 * round(self.text.document().documentMargin())
        block = self.text.document().begin()
        while block.isValid():
            at = block.begin()
            while not at.atEnd():
                shape = at.fragment().charFormat()
                if shape.isImageFormat():
                    _fit_picture(self.text.document(), at.fragment(), max(1, free))
                at += 1
            block = block.next()

    def _on_theme_changed(self) -> None:
        self._show(self.list.currentItem())

    def _on_anchor_clicked(self, url: QUrl) -> None:
        """A link to another topic stays inside; any other is for the person's own browser."""
        for at in range(self.list.count()):
            if Path(self.list.item(at).data(_FILE)).name == url.fileName():
                self.list.setCurrentRow(at)
                return
        QDesktopServices.openUrl(url)


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
