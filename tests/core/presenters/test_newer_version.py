"""What is said of a newer version of a questionnaire."""

from __future__ import annotations

from iscm_desktop.presenters.newer_version import moved_back_words, moved_words, offer_words
from iscm_desktop.workspace.responses.version_service import QuestionnaireVersions

OLD = QuestionnaireVersions("2027.1", "2027.10")
NEW = QuestionnaireVersions("2027.10", "2027.10")


def test_only_a_newer_version_is_offered() -> None:
    assert "2027.10; you are using 2027.1" in offer_words(OLD)
    assert offer_words(NEW) == ""


def test_going_there_says_what_is_no_longer_asked() -> None:
    assert moved_words(NEW, 0) == "You are using version 2027.10 now."
    assert moved_words(NEW, 3).endswith("stand below their section: 3.")


def test_going_back_names_the_version_in_use() -> None:
    assert moved_back_words(OLD) == "You are using version 2027.1 again."
