"""What the window can show: each page, a form and its review, and each dialog, opened as its page opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from iscm_desktop.workspace.responses.clearance_service import ClearanceRow
    from ui.app import Program

_UI = Path(__file__).parents[2] / "ui"

Opening = Callable[["Program", str], QDialog]


def _ask(program: Program, _response: str) -> QDialog:
    from ui.colleagues.ask_dialog import AskDialog

    return AskDialog("ISC-A04 Institution", program.context, program.shell)


def _share(program: Program, response: str) -> QDialog:
    from ui.colleagues.share_dialog import ShareDialog

    return ShareDialog(response, program.context, date.today, program.shell)


def _changes(program: Program, response: str) -> QDialog:
    from ui.comparison.changes_dialog import ChangesDialog

    return ChangesDialog(response, program.context, program.shell)


def _messages(program: Program, _response: str) -> QDialog:
    from ui.window.notice_list import NoticeList

    return NoticeList(program.shell.notices.kept, program.context.theme, program.shell)


def _welcome(program: Program, _response: str) -> QDialog:
    from ui.settings.welcome_dialog import WelcomeDialog

    return WelcomeDialog(program.context, program.shell)


def _keys(program: Program, _response: str) -> QDialog:
    from ui.rounds.keys_dialog import KeysDialog

    return KeysDialog(program.context, program.shell)


def _new_round(program: Program, _response: str) -> QDialog:
    from ui.rounds.new_round_dialog import NewRoundDialog

    return NewRoundDialog(program.context, program.shell)


def _device(program: Program, _response: str) -> QDialog:
    from ui.rounds.device_name_dialog import DeviceNameDialog, DeviceToName

    device = DeviceToName("ed25519:5f7a", "IGC office", "iscm", "igc", "Intergovernmental Consultations")
    return DeviceNameDialog(program.context, device, program.shell)


def _respondents(program: Program, _response: str) -> QDialog:
    from ui.rounds.add_respondents_dialog import AddRespondentsDialog

    return AddRespondentsDialog(program.context, program.shell)


def _questionnaire(program: Program, _response: str) -> QDialog:
    from ui.questionnaires.new_questionnaire_dialog import NewQuestionnaireDialog

    return NewQuestionnaireDialog(program.context, program.shell)


def _ask_clearance(program: Program, response: str) -> QDialog:
    from ui.review.clearance_dialogs import AskClearanceDialog

    return AskClearanceDialog(
        response, _clearance(program, response), program.context, date.today, program.shell
    )


def _clear(program: Program, response: str) -> QDialog:
    from ui.review.clearance_dialogs import ClearDialog

    return ClearDialog(response, _clearance(program, response), program.context, date.today, program.shell)


def _clearance(program: Program, response: str) -> ClearanceRow:
    clearances = program.context.workspace.clearances
    clearances.add(response, "Ministry of Interior")
    return clearances.find(response, "Ministry of Interior")


DIALOGS: dict[str, Opening] = {
    "AskDialog": _ask,
    "ShareDialog": _share,
    "ChangesDialog": _changes,
    "AskClearanceDialog": _ask_clearance,
    "ClearDialog": _clear,
    "NoticeList": _messages,
    "WelcomeDialog": _welcome,
    "KeysDialog": _keys,
    "NewRoundDialog": _new_round,
    "DeviceNameDialog": _device,
    "AddRespondentsDialog": _respondents,
    "NewQuestionnaireDialog": _questionnaire,
}
"""How each dialog is opened, by the name of its class. A new dialog goes here; a test counts them."""

OPENED_WITH_A_FILE = {"InvitationDialog"}
"""Dialogs that need a file of somebody else's."""

PAGES = ("questionnaires", "rounds", "merge", "summaries", "proof", "settings", "help")


def dialog_classes() -> Iterator[type[QDialog]]:
    """Each class of a dialog in the window that is not only there to be built upon."""
    for path in sorted(_UI.rglob("*.py")):
        module = import_module(".".join(path.relative_to(_UI.parent).with_suffix("").parts))
        for found in vars(module).values():
            is_ours = isinstance(found, type) and found.__module__ == module.__name__
            if is_ours and issubclass(found, QDialog) and not found.__subclasses__():
                yield found
