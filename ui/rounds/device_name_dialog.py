"""A name for a device, which makes it known for one respondent."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from iscm_desktop.i18n import _
from iscm_desktop.text_limits import TypedText
from ui.page.page_context import PageContext
from ui.widgets.form_dialog import FormDialog
from ui.widgets.labels import text_label
from ui.widgets.text_boxes import LineBox


@dataclass(frozen=True, slots=True)
class DeviceToName:
    """A device, and whose it would be."""

    key: str
    name: str  # that it has, or what its sender calls themselves
    form_id: str
    respondent: str  # code
    respondent_name: str


class DeviceNameDialog(FormDialog):
    """Proposes the name that it has, or what the sender calls themselves."""

    def __init__(self, context: PageContext, device: DeviceToName, parent: QWidget) -> None:
        super().__init__(_("Name of the device"), context.theme, parent)
        self._context, self._device = context, device
        self.name = LineBox(device.name, self)
        self.name.limit(TypedText.DEVICE)
        self.name.setAccessibleName(_("Name of the device"))
        why = _(
            "Files of {respondent} that it signs are shown as from a known device from now on; files of others "
            "are not. Name it only when you know that {respondent} uses it."
        )
        self.lay_out(
            _("Whose device is this?"),
            text_label(why.format(respondent=device.respondent_name), "", self),
            self.name,
            primary=_("&Keep the name"),
            size=(440, 250),
            gap=10,
        )
        self.name.textChanged.connect(self.check)

    def is_complete(self) -> bool:
        return bool(self.name.text().strip())

    def confirm(self) -> None:
        device = self._device
        self._context.workspace.devices.name(device.key, self.name.text(), device.form_id, device.respondent)
        self.accept()
