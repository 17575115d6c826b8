"""What the answers of the round rest on: a bar in shares, and a line for each."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from iscm_desktop.i18n import _, shown_number
from iscm_desktop.presenters.proof_view import TrustShade, TrustShare
from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.page.page_context import PageContext
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import hair_line, text_label

_TONES = {
    TrustShade.FIRM: Tone.GOOD,
    TrustShade.KNOWN: Tone.ACCENT,
    TrustShade.OPEN: Tone.WARN,
    TrustShade.LOOSE: Tone.BAD,
}


class ShareBar(QWidget):
    """One bar, divided in proportion; screen readers hear the shares in words."""

    def __init__(self, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shares: tuple[TrustShare, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_shares(self, shares: tuple[TrustShare, ...]) -> None:
        """Draws these, in their order from the leading edge."""
        self._shares = shares
        self.setAccessibleName(
            _(", ").join(f"{share.words}: {shown_number(share.count)}" for share in shares)
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(self.rect()), self._theme.px(4), self._theme.px(4))
        painter.setClipPath(ground)
        painter.fillRect(self.rect(), QColor(self._theme.tokens.track))
        total = sum(share.count for share in self._shares)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        begin = 0.0
        for share in self._shares:
            width = self.width() * share.count / total
            left = self.width() - begin - width if is_mirrored else begin
            painter.fillRect(
                QRectF(left, 0, width, self.height()), self._theme.tokens.ink(_TONES[share.shade])
            )
            begin += width
        painter.end()


class _Dot(QWidget):
    """The colour of a share beside its words; what it means is in the words."""

    def __init__(self, tone: Tone, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._tone, self._theme = tone, theme
        self.setFixedSize(theme.px(8), theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tokens.ink(self._tone))
        painter.drawEllipse(self.rect())
        painter.end()


class TrustCard(ContentCard):
    """The bar, and how many answers each share has."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("What answers rest on"))
        self.column.addStretch(1)
        self.show_shares(())

    def show_shares(self, shares: tuple[TrustShare, ...]) -> None:
        """Replaces what the card shows; without answers it says so."""
        ground, column = self.content.renew()
        if not sum(share.count for share in shares):
            column.addWidget(text_label(_("No answers are here yet."), "muted", ground))
            return
        bar = ShareBar(self.theme, ground)
        bar.show_shares(shares)
        column.addWidget(bar)
        column.addSpacing(self.theme.px(6))
        column.addLayout(self._lines(shares, ground))

    def _lines(self, shares: tuple[TrustShare, ...], parent: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(10))
        grid.setVerticalSpacing(self.theme.px(5))
        grid.setColumnStretch(1, 5)
        grid.setColumnStretch(2, 4)
        for at, share in enumerate(shares):
            grid.addWidget(_Dot(_TONES[share.shade], self.theme, parent), 2 * at, 0)
            grid.addWidget(text_label(share.words, "", parent), 2 * at, 1)
            grid.addWidget(text_label(shown_number(share.count), "", parent), 2 * at, 2)
            grid.addWidget(hair_line(parent), 2 * at + 1, 0, 1, 3)
        return grid
