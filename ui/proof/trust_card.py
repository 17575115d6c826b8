"""What the answers of the round rest on: a bar in shares, and a line for each."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QPushButton, QSizePolicy, QWidget

from iscm_desktop.i18n import _, ngettext, shown_number
from iscm_desktop.presenters.proof_view import TrustedResponse, TrustShade, TrustShare
from ui.look.colours import Tone
from ui.look.theme import WindowTheme
from ui.page.page_context import PageContext
from ui.widgets.connections import on_press
from ui.widgets.content_card import ContentCard
from ui.widgets.labels import button, hair_line, text_label
from ui.widgets.layouts import add_gap
from ui.widgets.plain_text import one_line

_COLOURS = {
    TrustShade.FIRM: (Tone.GOOD, 100),
    TrustShade.DEVICE: (Tone.ACCENT, 100),
    TrustShade.COORDINATOR: (Tone.ACCENT, 60),
    TrustShade.HERE: (Tone.PLAIN, 60),
    TrustShade.OPEN: (Tone.WARN, 50),
    TrustShade.NEW: (Tone.WARN, 100),
    TrustShade.LOOSE: (Tone.BAD, 100),
}
"""A tone, and how much of it on the ground of the card, in per cent: no two kinds look alike."""


def share_colour(shade: TrustShade, theme: WindowTheme) -> QColor:
    """The colour of one kind of proof, the same in the bar and beside its words."""
    tone, percent = _COLOURS[shade]
    ink, ground = theme.tokens.ink(tone), QColor(theme.tokens.surface)
    mixed = (
        (part * percent + below * (100 - percent)) // 100
        for part, below in zip(ink.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*mixed)


_AT_ONCE = 25
"""Responses that the menu names."""


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
            painter.fillRect(QRectF(left, 0, width, self.height()), share_colour(share.shade, self._theme))
            begin += width
        painter.end()


class _Dot(QWidget):
    """The colour of a share beside its words; what it means is in the words."""

    def __init__(self, shade: TrustShade, theme: WindowTheme, parent: QWidget) -> None:
        super().__init__(parent)
        self._shade, self._theme = shade, theme
        self.setFixedSize(theme.px(8), theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(share_colour(self._shade, self._theme))
        painter.drawEllipse(self.rect())
        painter.end()


class TrustCard(ContentCard):
    """The bar, and how many answers each share has.

    Signals:
        responses_wanted(code): whose answers rest on this?
        response_chosen(response id): one of them is to be opened.
    """

    responses_wanted = Signal(str)
    response_chosen = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("What answers rest on"))
        self.column.addStretch(1)
        self.show_looking()

    def show_shares(self, shares: tuple[TrustShare, ...]) -> None:
        """Replaces what the card shows; without answers it says so."""
        ground, column = self.content.renew()
        if not sum(share.count for share in shares):
            column.addWidget(text_label(_("No answers are here yet."), "muted", ground))
            return
        bar = ShareBar(self.theme, ground)
        bar.show_shares(shares)
        column.addWidget(bar)
        add_gap(column, self.theme.px(6))
        column.addLayout(self._lines(shares, ground))

    def _lines(self, shares: tuple[TrustShare, ...], parent: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(10))
        grid.setVerticalSpacing(self.theme.px(5))
        grid.setColumnStretch(1, 5)
        grid.setColumnStretch(2, 4)
        for at, share in enumerate(shares):
            grid.addWidget(_Dot(share.shade, self.theme, parent), 2 * at, 0)
            grid.addWidget(text_label(share.words, "", parent), 2 * at, 1)
            grid.addWidget(text_label(shown_number(share.count), "", parent), 2 * at, 2)
            if share.shade.is_doubtful:
                grid.addWidget(self._show_link(share, parent), 2 * at, 3)
            grid.addWidget(hair_line(parent), 2 * at + 1, 0, 1, 4)
        return grid

    def _show_link(self, share: TrustShare, parent: QWidget) -> QPushButton:
        act = button(_("Show"), parent, "link", name="show-responses")
        act.setAccessibleName(_("Show whose answers these are: {what}").format(what=share.words))
        on_press(act, self._on_show_clicked, share.code)
        return act

    def _on_show_clicked(self, share: str) -> None:
        self.responses_wanted.emit(share)

    def _on_response_chosen(self, response_id: str) -> None:
        self.response_chosen.emit(response_id)

    def show_responses(self, found: tuple[TrustedResponse, ...]) -> None:
        """The responses of a share, to be opened."""
        menu = QMenu(self)
        menu.setObjectName("responses")
        menu.aboutToHide.connect(menu.deleteLater)
        for one in found[:_AT_ONCE]:
            action = menu.addAction(one_line(one.words).replace("&", "&&"))
            on_press(action, self._on_response_chosen, one.response_id)
        if (more := len(found) - _AT_ONCE) > 0:
            words = ngettext("and {count} more", "and {count} more", more)
            menu.addAction(words.format(count=shown_number(more))).setEnabled(False)
        menu.popup(QCursor.pos())
