"""Settings: the person, language and look of the window, and where everything is kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from iscm_desktop.i18n import LANGUAGES, N_, _
from ui.desk import Desk, Notice
from ui.page import Page
from ui.questionnaires.rows import own_name
from ui.show_in_folder import written
from ui.theme import SCALES, Mode, Tone
from ui.widgets.boxes import LineBox
from ui.widgets.card import Card
from ui.widgets.labels import button, stand_leading, text_label

_MODES = (
    (Mode.SYSTEM, N_("As the system")),
    (Mode.LIGHT, N_("Light")),
    (Mode.DARK, N_("Dark")),
)


class SettingsPage(Page):
    """Every change holds at once; the name is kept when its box is left."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.name = LineBox(self)
        self.organization = LineBox(self)
        self.language = QComboBox(self)
        self.mode = QComboBox(self)
        self.scale = QComboBox(self)
        self.back_up = button(_("&Back up now"), self, name="back-up")
        self._fill()
        self._lay_out()
        self.name.left.connect(self._keep_person)
        self.organization.left.connect(self._keep_person)
        self.language.activated.connect(self._on_language_activated)
        self.mode.activated.connect(self._on_mode_activated)
        self.scale.activated.connect(self._on_scale_activated)
        self.back_up.clicked.connect(self._on_back_up_clicked)
        desk.theme.changed.connect(self._show_scale)

    @property
    def heading(self) -> str:
        return _("Settings")

    def arrive(self) -> None:
        person = self.desk.workspace.person
        self.name.setText(person.name)
        self.organization.setText(person.organization)
        self.name.setFocus()

    def leave(self) -> None:
        self._keep_person()

    def _keep_person(self) -> None:
        person = self.desk.workspace.person
        name, organization = self.name.text().strip(), self.organization.text().strip()
        if (name, organization) != (person.name, person.organization):
            self.desk.runner.when_idle(lambda: self.desk.workspace.set_person(name, organization))

    def _on_language_activated(self) -> None:
        self.desk.preferences.language = self.language.currentData()
        words = _("The window speaks this language from the next start on.")
        self.desk.noticed.emit(
            Notice(words, Tone.ACCENT, _("Start again now"), self.desk.restart_wanted.emit)
        )

    def _on_mode_activated(self) -> None:
        mode = _MODES[self.mode.currentIndex()][0]
        self.desk.preferences.mode = mode
        self.desk.theme.show_mode(mode)

    def _on_scale_activated(self) -> None:
        scale = SCALES[self.scale.currentIndex()]
        self.desk.preferences.text_scale = scale
        self.desk.theme.show_scale(scale)

    def _on_back_up_clicked(self) -> None:
        workspace = self.desk.workspace
        self.back_up.setEnabled(False)
        job = self.desk.runner.run(self, lambda _job: workspace.backups.make(), self._on_backed_up)
        job.ended.connect(lambda: self.back_up.setEnabled(True))

    def _on_backed_up(self, path: Path) -> None:
        words = _("A backup was made and opened to prove that it is good: {file}")
        self.desk.noticed.emit(written(words.format(file=path), path))

    def _show_scale(self) -> None:
        nearest = min(range(len(SCALES)), key=lambda at: abs(SCALES[at] - self.desk.theme.scale))
        self.scale.setCurrentIndex(nearest)

    def _fill(self) -> None:
        for language in LANGUAGES:
            self.language.addItem(own_name(language), language)
        chosen = self.desk.preferences.language or LANGUAGES[0]
        self.language.setCurrentIndex(self.language.findData(chosen))
        for _mode, words in _MODES:
            self.mode.addItem(_(words))
        self.mode.setCurrentIndex([mode for mode, _words in _MODES].index(self.desk.theme.mode))
        for scale in SCALES:
            self.scale.addItem(_("{percent} %").format(percent=scale))
        self._show_scale()

    def _card(self, title: str, rows: tuple[tuple[str, QWidget], ...], parent: QWidget) -> Card:
        card = Card(self.desk.theme, parent)
        card.column.addWidget(text_label(title, "subheading", card))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(self.desk.theme.px(8))
        for words, widget in rows:
            form.addRow(words, widget)
        card.column.addLayout(form)
        return card

    def _store_card(self, parent: QWidget) -> Card:
        card = Card(self.desk.theme, parent)
        card.column.addWidget(text_label(_("Where everything is kept"), "subheading", card))
        workspace = self.desk.workspace
        where = text_label(workspace.store_name, "", card)
        where.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        stand_leading(where)
        where.setAccessibleName(_("Store: {path}").format(path=workspace.store_name))
        if workspace.is_shared:
            note = _(
                "A shared store: other people may work in it at the same time. Whoever keeps the server backs it up; "
                "a backup made here is a copy in a file."
            )
        else:
            note = _(
                "Backups are made by themselves, too. Nothing leaves this computer unless you export a file."
            )
        card.column.addWidget(where)
        card.column.addWidget(text_label(note, "muted", card))
        card.column.addWidget(self.back_up, 0, Qt.AlignmentFlag.AlignLeading)
        return card

    def _lay_out(self) -> None:
        px = self.desk.theme.px
        canvas = QWidget(self)
        canvas.setProperty("role", "canvas")
        canvas.setMaximumWidth(px(820))
        column = QVBoxLayout(canvas)
        column.setContentsMargins(px(24), px(16), px(24), px(16))
        column.setSpacing(px(14))
        column.addWidget(text_label(_("Settings"), "title", canvas))
        person = ((_("&Name"), self.name), (_("&Organization"), self.organization))
        column.addWidget(self._card(_("You"), person, canvas))
        look = (
            (_("&Language of the window"), self.language),
            (_("&Colours"), self.mode),
            (_("&Text size"), self.scale),
        )
        column.addWidget(self._card(_("Window"), look, canvas))
        column.addWidget(self._store_card(canvas))
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(canvas)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)
