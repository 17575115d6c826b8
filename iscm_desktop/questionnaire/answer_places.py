"""What a questionnaire has at the place where something was stored: an answer, an entry, or something around them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire
from iscm_desktop.questionnaire.model import InstanceElement


class AnswerPlace(Enum):
    """What may lie at a path."""

    ANSWER = "answer"
    ENTRY = "entry"  # one of a repeat
    AROUND = "around"  # a section, a group, a repeat


def can_have_nothing(path: str, versions: Iterable[Questionnaire]) -> bool:
    """Whether there can be nothing to report of what lies at a path: a section or repeat, as far as is known."""
    kinds = {_is_part(version, path) for version in versions if place_at(version, path) is not None}
    return not kinds or True in kinds


def _is_part(version: Questionnaire, path: str) -> bool:
    if any(section.path == path for section in version.sections):
        return True
    return (
        place_at(version, path) is AnswerPlace.AROUND and place_at(version, f"{path}/1") is AnswerPlace.ENTRY
    )


def place_at(questionnaire: Questionnaire, path: str) -> AnswerPlace | None:
    """What lies at an answer's path; None where this version has nothing there, as another may have.

    No rule of the form is looked at: it may be a stranger's.
    """
    here: InstanceElement = questionnaire.shape
    is_entry = False
    for name in path.split("/"):
        if here.is_repeat and not is_entry:
            is_entry = True  # whatever its id
            continue
        found = next((child for child in here.children if child.name == name), None)
        if found is None:
            return None
        here, is_entry = found, False
    if is_entry:
        return AnswerPlace.ENTRY
    return AnswerPlace.AROUND if here.children or here.is_repeat else AnswerPlace.ANSWER


def could_lie_at(place: AnswerPlace, path: str, versions: Iterable[Questionnaire]) -> bool:
    """Whether something of this kind can lie at a path, as far as any known version of its questionnaire tells.

    What no version knows may be another version's, and is given the benefit.
    """
    found = {known for version in versions if (known := place_at(version, path)) is not None}
    return not found or place in found
