"""A name for a device, which makes it known."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from ui.page.page_context import PageContext
from ui.widgets.form_dialog import FormDialog
from ui.widgets.labels import text_label
from ui.widgets.text_boxes import LineBox


class DeviceNameDialog(FormDialog):
    """Proposes the name that it has, or what the sender calls themselves."""

    def __init__(self, context: PageContext, key: str, name: str, seen_with: str, parent: QWidget) -> None:
        super().__init__(_("Name of the device"), context.theme, parent)
        self._context, self._key, self._seen_with = context, key, seen_with
        self.name = LineBox(name, self)
        self.name.setAccessibleName(_("Name of the device"))
        why = _(
            "Files that it signs are shown as from a known device from now on. "
            "Name it only when you know who uses it."
        )
        self.lay_out(
            _("Whose device is this?"),
            text_label(why, "", self),
            self.name,
            primary=_("&Keep the name"),
            size=(440, 230),
            gap=10,
        )
        self.name.textChanged.connect(self.check)

    def is_complete(self) -> bool:
        return bool(self.name.text().strip())

    def confirm(self) -> None:
        self._context.workspace.keys.name_device(self._key, self.name.text(), self._seen_with)
        self.accept()
