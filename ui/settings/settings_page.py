"""Settings: the person, language and look of the window, and where everything is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import N_, _, current_language, spoken_languages
from iscm_desktop.text_limits import TypedText
from ui.look.theme import SCALES, Mode
from ui.page.page_context import PageContext
from ui.page.window_page import WindowPage
from ui.phrases.form_languages import own_name
from ui.settings.backups_card import BackupsCard
from ui.settings.protection_card import ProtectionCard
from ui.settings.spelling_settings import SpellingSettings
from ui.widgets.card import Card
from ui.widgets.form_dialog import form_rows
from ui.widgets.labels import align_leading, text_label
from ui.widgets.layouts import STRETCH, bare_column, fill, padded_column
from ui.widgets.list_box import ListBox
from ui.widgets.scroll_pane import ScrollPane
from ui.widgets.text_boxes import LineBox

_MODES = (
    (Mode.SYSTEM, N_("As the system")),
    (Mode.LIGHT, N_("Light")),
    (Mode.DARK, N_("Dark")),
)


class SettingsPage(WindowPage):
    """Every change holds at once; the name is kept when its box is left."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.name = LineBox(self)
        self.organization = LineBox(self)
        self.name.limit(TypedText.PERSON)
        self.organization.limit(TypedText.ORGANIZATION)
        self.language = ListBox(self)
        self.mode = ListBox(self)
        self.scale = ListBox(self)
        self.backups = BackupsCard(context, self)
        self.protection = ProtectionCard(context, self)
        self.protection.setVisible(not context.workspace.is_shared and not context.workspace.is_practice)
        self._fill()
        self._lay_out()
        self.name.left.connect(self._keep_person)
        self.organization.left.connect(self._keep_person)
        self.language.activated.connect(self._on_language_activated)
        self.mode.activated.connect(self._on_mode_activated)
        self.scale.activated.connect(self._on_scale_activated)
        context.theme.changed.connect(self._show_scale)

    @property
    def topic(self) -> str:
        return "06-settings-and-backups"

    @property
    def heading(self) -> str:
        return _("Settings")

    def arrive(self) -> None:
        person = self.context.workspace.person
        self.name.setText(person.name)
        self.organization.setText(person.organization)
        self.backups.refresh()
        self.name.setFocus()

    def leave(self) -> None:
        self._keep_person()
        self.spelling.keep()

    def _keep_person(self) -> None:
        person = self.context.workspace.person
        name, organization = self.name.text().strip(), self.organization.text().strip()
        if (name, organization) != (person.name, person.organization):
            self.context.runner.when_idle(self.context.workspace.set_person, name, organization)

    def _on_language_activated(self) -> None:
        """At once: the window is laid out anew in that language, on this page."""
        chosen = str(self.language.currentData())
        if chosen != self._spoken:
            self._keep_person()
            self.context.preferences.language = chosen
            self.context.language_wanted.emit(chosen)

    def _on_mode_activated(self) -> None:
        mode = _MODES[self.mode.currentIndex()][0]
        self.context.preferences.mode = mode
        self.context.theme.show_mode(mode)

    def _on_scale_activated(self) -> None:
        scale = SCALES[self.scale.currentIndex()]
        self.context.preferences.text_scale = scale
        self.context.theme.show_scale(scale)

    def _show_scale(self) -> None:
        nearest = min(range(len(SCALES)), key=lambda at: abs(SCALES[at] - self.context.theme.scale))
        self.scale.setCurrentIndex(nearest)

    def _fill(self) -> None:
        for language in spoken_languages():
            self.language.addItem(own_name(language), language)
        self._spoken = current_language()
        self.language.setCurrentIndex(self.language.findData(self._spoken))
        for _mode, words in _MODES:
            self.mode.addItem(_(words))
        self.mode.setCurrentIndex([mode for mode, _words in _MODES].index(self.context.theme.mode))
        for scale in SCALES:
            self.scale.addItem(_("{percent} %").format(percent=scale))
        self._show_scale()

    def _card(self, title: str, rows: tuple[tuple[str, QWidget], ...], parent: QWidget) -> Card:
        card = Card(self.context.theme, parent)
        card.column.addWidget(text_label(title, "subheading", card))
        form = form_rows(*rows)
        form.setVerticalSpacing(self.context.theme.px(8))
        card.column.addLayout(form)
        return card

    def _store_card(self, parent: QWidget) -> Card:
        card = Card(self.context.theme, parent)
        card.column.addWidget(text_label(_("Where everything is kept"), "subheading", card))
        workspace = self.context.workspace
        where = text_label(workspace.store_name, "", card)
        where.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        align_leading(where)
        where.setAccessibleName(_("Store: {path}").format(path=workspace.store_name))
        if workspace.is_shared:
            note = _("A shared store: other people may work in it at the same time.")
        else:
            note = _("Nothing leaves this computer unless you export a file.")
        card.column.addWidget(where)
        card.column.addWidget(text_label(note, "muted", card))
        return card

    def _lay_out(self) -> None:
        px = self.context.theme.px
        canvas = QWidget(self)
        canvas.setProperty("role", "canvas")
        canvas.setMaximumWidth(px(820))
        column = padded_column(canvas, px, (24, 16, 24, 16), gap=14)
        column.addWidget(text_label(_("Settings"), "title", canvas))
        person = ((_("&Name"), self.name), (_("&Organization"), self.organization))
        column.addWidget(self._card(_("You"), person, canvas))
        look = (
            (_("&Language of the window"), self.language),
            (_("&Colours"), self.mode),
            (_("&Text size"), self.scale),
        )
        self.spelling = SpellingSettings(self.context, canvas)
        window, store = self._card(_("Window"), look, canvas), self._store_card(canvas)
        fill(column, window, self.spelling, store, self.backups, self.protection, STRETCH)
        around = bare_column(self)
        around.addWidget(ScrollPane(self, canvas))
