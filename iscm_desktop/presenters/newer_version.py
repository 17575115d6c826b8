"""What is said of a newer version of a response's questionnaire, and of going there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iscm_desktop.i18n import _

if TYPE_CHECKING:
    from iscm_desktop.workspace.responses.version_service import QuestionnaireVersions


def offer_words(versions: QuestionnaireVersions) -> str:
    """The offer; "" where the version in use is the newest."""
    if not versions.is_newer_here:
        return ""
    words = _("This questionnaire has a newer version, {newest}; you are using {current}. Answers are kept.")
    return words.format(newest=versions.newest, current=versions.current)


def moved_words(versions: QuestionnaireVersions, withdrawn: int) -> str:
    """After going to the newest version.

    Args:
        withdrawn: Answers to questions that it no longer asks; they are kept.
    """
    words = _("You are using version {version} now.").format(version=versions.newest)
    if not withdrawn:
        return words
    below = _("Answers to questions that are no longer asked stand below their section: {count}.")
    return f"{words} {below.format(count=withdrawn)}"


def moved_back_words(versions: QuestionnaireVersions) -> str:
    """After going back."""
    return _("You are using version {version} again.").format(version=versions.current)
