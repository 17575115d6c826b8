"""Help: the guide that ships with the program, a topic at a time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
)
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QWidget

from iscm_desktop.i18n import _
from ui.guide.guide_text import GuideText, topics
from ui.page.page_context import PageContext
from ui.page.window_page import WindowPage
from ui.widgets.flow_layout import flow_row
from ui.widgets.labels import button, text_label
from ui.widgets.layouts import STRETCH, padded_column
from ui.widgets.plain_text import set_tip

_FILE = Qt.ItemDataRole.UserRole


class GuidePage(WindowPage):
    """Topics at the side, text in the middle."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.list = QListWidget(self)
        self.list.setProperty("role", "rank")
        self.list.setAccessibleName(_("Topics"))
        self.list.setWordWrap(True)
        self.text = GuideText(context.theme, self)
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
        self.practise = button(_("Pr&actise…"), self, "link", name="practise")
        set_tip(
            self.practise,
            _("Practise opens a round with sample answers in a window of its own, in which nothing counts."),
        )
        self.practise.setVisible(not context.workspace.is_practice)
        column.addLayout(flow_row(px(12), text_label(_("Help"), "title", self), STRETCH, self.practise))
        column.addWidget(self._splitter, 1)
        self.practise.clicked.connect(self._on_practise_clicked)
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
        self.text.fit_pictures()

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.text.show_file(Path(item.data(_FILE)))

    def _on_practise_clicked(self) -> None:
        from ui.questionnaires.practice_start import open_practice

        open_practice(self.context, self.practise, self)

    def _on_theme_changed(self) -> None:
        self._show(self.list.currentItem())

    def _on_anchor_clicked(self, url: QUrl) -> None:
        """A link to another topic stays inside; any other is for the person's own browser."""
        for at in range(self.list.count()):
            if Path(self.list.item(at).data(_FILE)).name == url.fileName():
                self.list.setCurrentRow(at)
                return
        QDesktopServices.openUrl(url)
