"""How a document will look: the pages of its PDF as pictures, drawn by the worker, below each other."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from iscm_desktop.i18n import _
from ui.look.theme import WindowTheme
from ui.widgets.labels import frame
from ui.widgets.layouts import discard, follow_width
from ui.widgets.scroll_pane import ScrollPane


@dataclass(frozen=True, slots=True)
class PagePictures:
    """Pages as pictures."""

    about: str  # which document: the code of a mechanism, the id of a response
    images: tuple[QImage, ...]


def page_pictures(pdf: bytes, about: str, width: int) -> PagePictures:
    """On the worker: draws the pages of a PDF that the program itself has made, `width` pixels wide."""
    import pypdfium2

    images = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        scale = width / page.get_width()
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        image = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
        )
        images.append(image.copy())  # the picture outlives the bitmap that it was drawn in
        page.close()
    document.close()
    return PagePictures(about, tuple(images))


class PageView(QWidget):
    """One page, as wide as the room allows."""

    def __init__(self, image: QImage, number: int, count: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._image = image
        follow_width(self)
        self.setAccessibleName(_("Page {number} of {count}").format(number=number, count=count))

    def show_image(self, image: QImage) -> None:
        """Another picture of the same page."""
        self._image = image
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * self._image.height() / max(1, self._image.width()))

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(300))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRect(0, 0, self.width(), self.height()), self._image)
        painter.setPen(QColor(0, 0, 0, 40))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class PagePreview(ScrollPane):
    """All pages below each other."""

    def __init__(self, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent, takes_focus=True, goes_sideways=False)
        self._views: list[PageView] = []
        self.setAccessibleName(_("Preview"))
        self._ground = frame("backdrop", self)
        self._column = QVBoxLayout(self._ground)
        margin = theme.px(16)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(margin)
        self._column.addStretch(1)
        self.setWidget(self._ground)

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return len(self._views)

    def wanted_width(self) -> int:
        """How many pixels of the screen a page is wide."""
        return max(200, round((self.viewport().width() - 32) * self.devicePixelRatioF()))

    def show_pages(self, pages: PagePictures) -> None:
        """Replaces the pictures; where one reads stays where it is."""
        for view in self._views[len(pages.images) :]:
            discard(view)
        self._views = self._views[: len(pages.images)]
        for at, image in enumerate(pages.images):
            if at < len(self._views):
                self._views[at].show_image(image)
            else:
                view = PageView(image, at + 1, len(pages.images), self._ground)
                self._views.append(view)
                self._column.insertWidget(at, view)

    def clear(self) -> None:
        """Shows no page."""
        self.show_pages(PagePictures("", ()))
