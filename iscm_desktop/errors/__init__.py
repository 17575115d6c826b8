"""What a person can solve: an `IscmError` with its `Problem` out of a catalogue per subject."""

from iscm_desktop.errors.answer_problem import AnswerProblem
from iscm_desktop.errors.attachment_problem import AttachmentProblem
from iscm_desktop.errors.data_problem import DataProblem
from iscm_desktop.errors.document_problem import DocumentProblem
from iscm_desktop.errors.file_problem import FileProblem
from iscm_desktop.errors.iscm_error import IscmError
from iscm_desktop.errors.ledger_problem import LedgerProblem
from iscm_desktop.errors.problem import Problem
from iscm_desktop.errors.questionnaire_problem import QuestionnaireProblem
from iscm_desktop.errors.round_problem import RoundProblem
from iscm_desktop.errors.store_problem import StoreProblem
from iscm_desktop.errors.text_problem import TextProblem
from iscm_desktop.errors.trust_problem import TrustProblem

__all__ = [
    "AnswerProblem",
    "AttachmentProblem",
    "DataProblem",
    "DocumentProblem",
    "FileProblem",
    "IscmError",
    "LedgerProblem",
    "Problem",
    "QuestionnaireProblem",
    "RoundProblem",
    "StoreProblem",
    "TextProblem",
    "TrustProblem",
]
