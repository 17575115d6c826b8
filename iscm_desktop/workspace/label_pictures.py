"""What a form shows beside its labels, made ready to be looked at: pictures written anew, all else given out only.

The files may have come with anybody's package. Nothing of them is drawn that was not decoded under limits before.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from iscm_desktop.errors import IscmError, QuestionnaireProblem
from iscm_desktop.exchange.package.package_writer import replace_file
from iscm_desktop.i18n import N_, _
from iscm_desktop.questionnaire.attached_files import shown_name
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.workspace.questionnaire_service import QuestionnaireService

_MISSING = N_("The file “{name}” did not come with the questionnaire.")
_NOT_SHOWN = N_("The picture “{name}” cannot be shown.")


@dataclass(frozen=True, slots=True)
class LabelPicture:
    """A picture, or why there is none."""

    name: str
    content: bytes  # a PNG or JPEG without transparency or metadata; b"" where it cannot be shown
    problem: str = ""  # a sentence; "" where it can
    is_here: bool = True


def label_picture(service: QuestionnaireService, form: Questionnaire, name: str, edge: int) -> LabelPicture:
    """The picture that a label names, its longer edge at most `edge` pixels."""
    from iscm_desktop.exchange.attached_pictures import (
        NoPictureError,
        printable,
    )  # late: most forms show none

    content = service.media(form, name)
    if content is None:
        return LabelPicture(name, b"", missing_words(name), is_here=False)
    try:
        return LabelPicture(name, printable(content, edge))
    except NoPictureError:
        return LabelPicture(name, b"", _(_NOT_SHOWN).format(name=shown_name(name)))


def missing_words(name: str) -> str:
    """Of a file that a label names and nobody sent."""
    return _(_MISSING).format(name=shown_name(name))


def save_media(service: QuestionnaireService, form: Questionnaire, name: str, target: Path) -> None:
    """Writes a file that a label shows where a person says.

    Raises:
        IscmError: it did not come along, or cannot be written; what was there is as it was.
    """
    content = service.media(form, name)
    if content is None:
        raise IscmError(QuestionnaireProblem.MEDIA_NOT_HERE, name=shown_name(name))
    replace_file(target, content)
