"""Respondents from the registers, found by kind, region and mechanism, ticked and added to the round."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from iscm_desktop.i18n import LANGUAGES, N_, _, current_language, ngettext
from iscm_desktop.presenters.respondent_choice import (
    Candidate,
    candidates,
    choosable_mechanisms,
    choosable_regions,
    own_forms,
    respondent_search,
)
from ui.page.page_context import PageContext
from ui.phrases.form_languages import own_name
from ui.rounds.respondents_table import respondent_kind
from ui.widgets.flow_layout import flow_row
from ui.widgets.form_dialog import FormDialog, form_rows
from ui.widgets.labels import button, text_label
from ui.widgets.list_box import ListBox
from ui.widgets.painted_text import isolated
from ui.widgets.plain_text import one_line, plain_tip
from ui.widgets.text_boxes import LineBox

_KINDS = (
    ("", N_("All in the registers")),
    ("iscm", N_("Mechanisms")),
    ("state", N_("States")),
    ("organization", N_("Organizations")),
)
_SHORTEST = 16
"""Letters of a choice that are seen in any window; the list that opens shows it whole."""
_CANDIDATE = Qt.ItemDataRole.UserRole


class AddRespondentsDialog(FormDialog):
    """Those who are asked already are not listed. What is ticked stays ticked while other ones are looked for.

    Signals:
        added: the respondents are in the plan of the round.
    """

    added = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(_("Add respondents"), context.theme, parent)
        self._context = context
        self._asked = {(row.form_id, row.respondent) for row in context.workspace.respondents.of(None)}
        self._ticked: dict[tuple[str, str], Candidate] = {}
        self._languages: dict[tuple[str, str], str] = {}  # chosen for somebody, in place of their own
        self.kind, self.region, self.mechanism = (ListBox(self) for _filter in range(3))
        for form_id, words in _KINDS:
            self.kind.addItem(_(words), form_id)
        for form_id, title in own_forms(context.workspace):
            self.kind.addItem(one_line(title), form_id)
        _fill(self.region, _("Everywhere"), choosable_regions(current_language()))
        _fill(self.mechanism, _("Any mechanism or none"), choosable_mechanisms(current_language()))
        self.search = LineBox(self)
        self.search.setPlaceholderText(_("Type a part of the name"))
        self.search.setAccessibleName(_("Find"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("Respondents"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # long names end in "…"
        self.list.setMinimumHeight(context.theme.px(150))
        self.tick_all = button("", self, "link", name="tick-all")
        self.untick_all = button(_("&Untick all"), self, "link", name="untick-all")
        self._standing = text_label("", "muted", self, wraps=False)
        self.language = ListBox(self)
        _fill(self.language, _("Each their own"), [(each, own_name(each)) for each in LANGUAGES])
        self.lay_out(
            _("Who is asked?"),
            form_rows(
                (_("Asked as a&nswers of"), self.kind),
                (_("&Region"), self.region),
                (_("&Belonging to"), self.mechanism),
            ),
            self.search,
            flow_row(context.theme.px(12), self.tick_all, self.untick_all, None, self._standing),
            self.list,
            form_rows((_("&Language to begin with"), self.language)),
            primary="",
            size=(620, 680),
            growing=self.list,
        )  # fmt: skip
        self._connect()
        self._show_kind()
        self.search.setFocus()

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.region.currentIndexChanged.connect(self._filter)
        self.mechanism.currentIndexChanged.connect(self._filter)
        self.search.textChanged.connect(self._filter)
        self.list.itemChanged.connect(self._on_item_changed)
        self.list.itemSelectionChanged.connect(self._on_selection_changed)
        self.tick_all.clicked.connect(self._on_tick_all_clicked)
        self.untick_all.clicked.connect(self._on_untick_all_clicked)
        self.language.activated.connect(self._on_language_chosen)

    @property
    def form_id(self) -> str:
        """Whose names are listed: those asked with one questionnaire, or "" for all that the registers know."""
        return str(self.kind.currentData())

    def shown(self) -> list[QListWidgetItem]:
        """The rows that the filters let through."""
        return [item for item in map(self.list.item, range(self.list.count())) if not item.isHidden()]

    def _show_kind(self) -> None:
        found = [one for one in candidates(self.form_id, current_language()) if one.key not in self._asked]
        self._searches = {
            form_id: respondent_search(
                form_id, [(one.code, one.name) for one in found if one.form_id == form_id]
            )
            for form_id in {one.form_id for one in found}
        }
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            item = QListWidgetItem(self.list)
            item.setData(_CANDIDATE, one)
            self._show_item(item)
        self.list.blockSignals(False)
        self._filter()

    def _show_item(self, item: QListWidgetItem) -> None:
        one: Candidate = item.data(_CANDIDATE)
        kind = "" if self.form_id else respondent_kind(one.form_id)
        spoken = own_name(self._languages.get(one.key, one.language))
        item.setText(" · ".join(isolated(part) for part in (one.name, kind, spoken) if part))
        item.setData(Qt.ItemDataRole.ToolTipRole, plain_tip(one.name))
        item.setCheckState(Qt.CheckState.Checked if one.key in self._ticked else Qt.CheckState.Unchecked)

    def _filter(self) -> None:
        region, mechanism = str(self.region.currentData()), str(self.mechanism.currentData())
        typed = self.search.text().strip()
        named = {form_id: set(search.found(typed)) for form_id, search in self._searches.items()}
        for item in map(self.list.item, range(self.list.count())):
            one: Candidate = item.data(_CANDIDATE)
            item.setHidden(not (one.fits(region, mechanism) and one.name in named[one.form_id]))
        self._on_selection_changed()
        self.check()

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        one: Candidate = item.data(_CANDIDATE)
        if item.checkState() is Qt.CheckState.Checked:
            self._ticked[one.key] = one
        else:
            self._ticked.pop(one.key, None)
        self.check()

    def _on_tick_all_clicked(self) -> None:
        for item in self.shown():
            item.setCheckState(Qt.CheckState.Checked)

    def _on_untick_all_clicked(self) -> None:
        self._ticked.clear()
        self._show_items()

    def _show_items(self) -> None:
        self.list.blockSignals(True)
        for item in map(self.list.item, range(self.list.count())):
            self._show_item(item)
        self.list.blockSignals(False)
        self.check()

    def _chosen(self) -> list[Candidate]:
        """Whose language is chosen: those selected in the list, or all that are ticked."""
        selected = [item.data(_CANDIDATE) for item in self.list.selectedItems() if not item.isHidden()]
        return selected or list(self._ticked.values())

    def _on_selection_changed(self) -> None:
        """The language that those chosen have in common."""
        languages = {self._languages.get(one.key, "") for one in self._chosen()}
        self.language.setCurrentIndex(self.language.findData(languages.pop() if len(languages) == 1 else ""))

    def _on_language_chosen(self, _at: int) -> None:
        chosen = str(self.language.currentData())
        for one in self._chosen():
            if chosen:
                self._languages[one.key] = chosen
            else:
                self._languages.pop(one.key, None)
        self._show_items()

    def is_complete(self) -> bool:
        return bool(self._ticked)

    def check(self) -> None:
        super().check()
        count, shown = len(self._ticked), len(self.shown())
        words = ngettext("&Add {count} respondent", "&Add {count} respondents", count)
        self.primary.setText(words.format(count=count))
        words = ngettext("&Tick the one shown", "&Tick all {count} shown", shown)
        self.tick_all.setText(words.format(count=shown))
        self.tick_all.setEnabled(shown > 0)
        self.untick_all.setEnabled(count > 0)
        self._standing.setText(ngettext("{count} ticked", "{count} ticked", count).format(count=count))

    def confirm(self) -> None:
        """Adds all that are ticked, also those that are not in view, each with its language."""
        together: dict[tuple[str, str], list[str]] = {}
        for one in self._ticked.values():
            spoken = self._languages.get(one.key, one.language)
            together.setdefault((one.form_id, spoken), []).append(one.code)
        self._context.workspace.respondents.ask_all(None, together)
        self.accept()
        self.added.emit()


def _fill(box: ListBox, words_for_none: str, choices: list[tuple[str, str]]) -> None:
    box.setSizeAdjustPolicy(ListBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_SHORTEST)
    box.addItem(words_for_none, "")
    for value, words in choices:
        box.addItem(one_line(words), value)
