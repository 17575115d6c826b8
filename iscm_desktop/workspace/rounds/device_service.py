"""Devices that are known, and for whom: named, renamed, forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from iscm_desktop.errors import IscmError, TrustProblem
from iscm_desktop.exchange.trust.signature import is_public_key
from iscm_desktop.questionnaire import registers
from iscm_desktop.store.database.transaction import Transaction
from iscm_desktop.store.key_rows import DeviceRow
from iscm_desktop.store.objects import devices
from iscm_desktop.store.objects.responses import judge_promises, sum_up_signed
from iscm_desktop.text_limits import TypedText, given
from iscm_desktop.workspace.response_list import ResponseList
from iscm_desktop.workspace.rounds.respondent_service import named_respondent
from iscm_desktop.workspace.workspace_context import WorkspaceContext


class DeviceService:
    """A device is known for one respondent; naming it for another is an act of its own."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def all(self) -> tuple[DeviceRow, ...]:
        """Known devices by name."""
        with self._context.database.read() as db:
            return devices.devices(db)

    def name(self, key: str, name: str, form_id: str = "", respondent: str = "") -> None:
        """Names a device that is known, or makes one known for a respondent.

        Args:
            key: Its public key, or how that begins where it is known.
            respondent: Code of whose device it is; "" renames it for all for whom it is known.

        Raises:
            IscmError: nobody knows such a device and it is not said whose it is, or there is no such respondent.
        """
        name = given(TypedText.DEVICE, name)
        rows = self._known(key)
        if not respondent:
            if not rows:
                raise IscmError(TrustProblem.DEVICE_OF_NOBODY)
            with self._context.database.write() as db:
                for row in rows:
                    devices.rename_device(db, row, name)
            return
        whole = rows[0].key if rows else key
        row = self._device(whole, name, form_id, respondent)
        with self._context.database.write() as db:
            is_new = devices.add_device_if_new(db, row)
            devices.rename_device(db, row, row.name)
            if is_new:
                _judge_anew(db, [row])

    def _device(self, key: str, name: str, form_id: str, respondent: str) -> DeviceRow:
        asked = named_respondent("", form_id, respondent, "", "")
        whose = (form_id, asked.respondent)
        here = (row for row in ResponseList(self._context).all() if (row.form_id, row.respondent) == whose)
        called = next((row.respondent_name for row in here), asked.name)
        return DeviceRow(*whose, key, name, called, self._context.now())

    def forget(self, key: str, form_id: str = "", respondent: str = "") -> None:
        """What this device signs for a respondent counts as from a new device again.

        Args:
            respondent: Code of the respondent; "" forgets it for all for whom it is known.

        Raises:
            IscmError: no single device has a key that begins so.
        """
        wanted = (form_id, registers.respondent_code(form_id, respondent))
        rows = [row for row in self._known(key) if not respondent or (row.form_id, row.respondent) == wanted]
        if not rows:
            raise IscmError(TrustProblem.DEVICE_UNKNOWN, key=key)
        with self._context.database.write() as db:
            for row in rows:
                devices.forget_device(db, row)
            _judge_anew(db, rows)

    def _known(self, beginning: str) -> Sequence[DeviceRow]:
        """A known device, once for each respondent; none where a whole key is not known."""
        found = [row for row in self.all() if beginning and row.key.startswith(beginning)]
        if len({row.key for row in found}) == 1 or (not found and is_public_key(beginning)):
            return found
        raise IscmError(TrustProblem.DEVICE_UNKNOWN, key=beginning)


def _judge_anew(db: Transaction, rows: Sequence[DeviceRow]) -> None:
    """What rests on these devices, and what they promised, weighs otherwise from now on."""
    for key in sorted({row.key for row in rows}):
        sum_up_signed(db, key)
    judge_promises(db, {(row.form_id, row.respondent) for row in rows})
