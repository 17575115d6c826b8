"""What the window can show: each page, a form and its review, and each dialog, opened as its page opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from iscm_desktop.questionnaire.form_paths import AnswerPath

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


def _long_text(program: Program, response: str) -> QDialog:
    from ui.form.form_page import FormPage
    from ui.form.prose_window import ProseWindow

    program.shell.open_response(response)
    form = program.shell.page
    assert isinstance(form, FormPage)
    view = form.editing.session.view(AnswerPath("ISC-B/ISC-B06"))
    return ProseWindow(form.editing, view, 0, form)


def _task_sheet(program: Program, response: str) -> QDialog:
    from ui.form.form_page import FormPage
    from ui.form.task_dialog import TaskDialog

    program.shell.open_response(response)
    form = program.shell.page
    assert isinstance(form, FormPage)
    return TaskDialog(form.editing, form)


def _guide(program: Program, _response: str) -> QDialog:
    from ui.guide.guide_dialog import GuideDialog

    return GuideDialog("02-filling-in", program.context.theme, program.shell)


def _changes(program: Program, response: str) -> QDialog:
    from ui.comparison.changes_dialog import ChangesDialog

    return ChangesDialog(response, program.context, program.shell)


def _pictures(program: Program, response: str) -> QDialog:
    from iscm_desktop.session.views import LabelMedia
    from ui.form.form_page import FormPage
    from ui.form.media_block import LabelledMedia
    from ui.form.media_dialog import MediaDialog

    program.shell.open_response(response)
    form = program.shell.page
    assert isinstance(form, FormPage)
    shown = LabelledMedia("Which emblem is it?", LabelMedia("emblem.png", audio="anthem.mp3"))
    return MediaDialog(form.editing, [shown], form)


def _messages(program: Program, _response: str) -> QDialog:
    from ui.window.notice_list import NoticeList

    return NoticeList(program.shell.notices.kept, program.context.theme, program.shell)


def _welcome(program: Program, _response: str) -> QDialog:
    from ui.settings.welcome_dialog import WelcomeDialog

    return WelcomeDialog(program.context, program.shell)


def _keys(program: Program, _response: str) -> QDialog:
    from ui.rounds.keys_dialog import KeysDialog

    return KeysDialog(program.context, program.shell)


def _reminders(program: Program, _response: str) -> QDialog:
    from ui.reminders.reminders_dialog import RemindersDialog

    return RemindersDialog(program.context, program.shell)


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


def _own_questionnaires(program: Program, _response: str) -> QDialog:
    from ui.questionnaires.own_questionnaires_dialog import OwnQuestionnairesDialog

    return OwnQuestionnairesDialog(program.context, program.shell)


def _found_questionnaire(program: Program, _response: str) -> QDialog:
    from ui.questionnaires.found_questionnaire_dialog import FoundQuestionnaireDialog

    workspace = program.context.workspace
    file = workspace.store.with_name("visits.md")
    file.write_text(_VISITS, encoding="utf-8")
    return FoundQuestionnaireDialog(workspace.questionnaires.examine(file), program.context, program.shell)


def _take_questionnaire(program: Program, _response: str) -> QDialog:
    from ui.questionnaires.take_questionnaire_dialog import TakeQuestionnaireDialog

    workspace = program.context.workspace
    file = workspace.store.with_name("visits.md")
    file.write_text(_VISITS, encoding="utf-8")
    workspace.questionnaires.add(file)
    workspace.received_questionnaires.set_aside("visits")
    (row,) = workspace.received_questionnaires.all()
    return TakeQuestionnaireDialog(row, program.context, program.shell)


def _preview(program: Program, _response: str) -> QDialog:
    from ui.questionnaires.questionnaire_preview import QuestionnairePreview

    form = program.context.workspace.questionnaires.newest("organization")
    assert form is not None
    return QuestionnairePreview(form, "en", program.context, program.shell)


def _sections(program: Program, _response: str) -> QDialog:
    from iscm_desktop.workspace.opened_files.opened_file import HandedSections
    from ui.opened_files.sections_welcome import SectionsWelcome

    handed = HandedSections(
        "Carol Diaz", "Anna Berg", "Intergovernmental Consultations on Migration, Asylum and Refugees (IGC)",
        "Assessment 2027", "Questionnaire for mechanisms", ("Structures", "Funding"),
        "Could you fill in the funding by Friday?", date(2027, 4, 2), "known device", is_here=False,
    )  # fmt: skip
    return SectionsWelcome(handed, program.context.theme, program.shell)


def _queries(program: Program, _response: str) -> QDialog:
    from iscm_desktop.workspace.opened_files.opened_file import AskedBack
    from ui.opened_files.queries_welcome import QueriesWelcome

    asked = AskedBack(
        "Carla", "Canada", "Assessment 2027", (("Institution", "Which department?"),) * 7, "known device"
    )
    return QueriesWelcome(asked, program.context.theme, program.shell)


def _earlier(program: Program, response: str) -> QDialog:
    from iscm_desktop.workspace.opened_files.opened_file import EarlierAnswers
    from ui.opened_files.earlier_answers_welcome import EarlierAnswersWelcome

    earlier = EarlierAnswers("Canada", "Assessment 2019", response, "Assessment 2027")
    return EarlierAnswersWelcome(earlier, program.context.theme, program.shell)


def _store(program: Program, _response: str) -> QDialog:
    from ui.opened_files.store_welcome import StoreWelcome

    return StoreWelcome(program.context.workspace.store, program.context.theme, program.shell)


def _backups(program: Program, _response: str) -> QDialog:
    from ui.settings.backups_dialog import BackupsDialog

    return BackupsDialog(program.context, program.shell)


def _restore(program: Program, _response: str) -> QDialog:
    from iscm_desktop.workspace.backups.backup_contents import BackedUpResponse, BackupContents, Standing
    from ui.settings.backups_dialog import RestoreDialog

    lost = BackedUpResponse("Canada", "2027", 12, None, Standing.ONLY_HERE)
    contents = BackupContents(program.context.workspace.store, (lost,), 12)
    return RestoreDialog(contents.path, contents, program.context, program.shell)


def _take_back(program: Program, _response: str) -> QDialog:
    from iscm_desktop.store.operations.operation_kinds import OperationKind, OperationOutcome
    from iscm_desktop.store.operations.operation_row import MergedFiles, OperationRow
    from ui.merge.take_back_dialog import TakeBackDialog

    merged = MergedFiles(3, 120, 4, 2, 1, ("CAN.iscm", "IGC_finance_unit_second_version.pdf", "NOR.iscm"))
    done = OperationRow(
        "12", OperationKind.MERGE, datetime(2027, 3, 14, 9, 40, tzinfo=UTC), "Carla", "d", {}, "",
        OperationOutcome.DONE, merged, "",
    )  # fmt: skip
    return TakeBackDialog(done, program.context.theme, program.shell)


def _set_passphrase(program: Program, _response: str) -> QDialog:
    from ui.settings.protection_card import SetPassphraseDialog

    return SetPassphraseDialog(program.context, program.shell, is_change=True)


def _take_off(program: Program, _response: str) -> QDialog:
    from ui.settings.protection_card import TakeOffDialog

    return TakeOffDialog(program.context, program.shell)


def _passphrase(program: Program, _response: str) -> QDialog:
    from ui.window.passphrase_dialog import PassphraseDialog

    return PassphraseDialog(
        program.context.workspace.store, program.context.theme, program.shell, is_locked=True
    )


def _unsaved(program: Program, _response: str) -> QDialog:
    from ui.window.unsaved_dialog import UnsavedDialog

    return UnsavedDialog("There is no room on the disk.", program.context.theme, program.shell)


_VISITS = """
| survey   |            |         |                  |
|          | type       | name    | label            |
|          | integer    | visits  | How many visits? |
| settings |            |         |                  |
|          | form_title | form_id | version          |
|          | Visits     | visits  | 1                |
"""


DIALOGS: dict[str, Opening] = {
    "AskDialog": _ask,
    "ShareDialog": _share,
    "ChangesDialog": _changes,
    "MediaDialog": _pictures,
    "TaskDialog": _task_sheet,
    "GuideDialog": _guide,
    "ProseWindow": _long_text,
    "AskClearanceDialog": _ask_clearance,
    "TakeBackDialog": _take_back,
    "ClearDialog": _clear,
    "NoticeList": _messages,
    "WelcomeDialog": _welcome,
    "KeysDialog": _keys,
    "NewRoundDialog": _new_round,
    "RemindersDialog": _reminders,
    "DeviceNameDialog": _device,
    "AddRespondentsDialog": _respondents,
    "NewQuestionnaireDialog": _questionnaire,
    "OwnQuestionnairesDialog": _own_questionnaires,
    "FoundQuestionnaireDialog": _found_questionnaire,
    "TakeQuestionnaireDialog": _take_questionnaire,
    "QuestionnairePreview": _preview,
    "SectionsWelcome": _sections,
    "QueriesWelcome": _queries,
    "EarlierAnswersWelcome": _earlier,
    "StoreWelcome": _store,
    "BackupsDialog": _backups,
    "RestoreDialog": _restore,
    "SetPassphraseDialog": _set_passphrase,
    "TakeOffDialog": _take_off,
    "PassphraseDialog": _passphrase,
    "UnsavedDialog": _unsaved,
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
