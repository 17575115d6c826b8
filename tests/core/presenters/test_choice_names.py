"""By which names choices are found: those of the form in all its languages, and of States whatever they go by."""

from __future__ import annotations

from iscm_desktop.presenters.choice_names import choice_search, suggested_search
from iscm_desktop.questionnaire.catalogue import shipped
from iscm_desktop.session.form_session import FormSession
from tests.support.entering import entering

FORM = """
| survey  |
|         | type              | name | label::English (en) | label::Français (fr) |
|         | select_one fruit  | best | Which is best?      | Lequel ?             |
| choices |
|         | list_name | name | label::English (en) | label::Français (fr) |
|         | fruit     | a    | Apple               | Pomme                |
|         | fruit     | b    | Pear                | Poire                |
"""


def test_choices_are_found_in_every_language_of_the_form() -> None:
    response = entering(FORM)
    search = choice_search(response.questionnaire, response.view("best"))
    assert search.found("poi") == ["b"]
    assert search.meant("POMME") == "a"


def test_states_are_found_by_other_names() -> None:
    session = FormSession(shipped("iscm"))
    entry = session.add_entry("ISC-C/ISC-C03")
    search = choice_search(session.questionnaire, session.view(f"{entry}/ISC-C03.1"))
    assert search.found("tchad") == ["TCD"]


def test_names_are_suggested_from_the_registers_that_a_question_names() -> None:
    search, labels = suggested_search(("territories",), "en")
    assert labels["Germany"] == "Germany"
    assert search.found("deutsch") == []
    assert search.found("allemagne") == ["Germany"]
    assert suggested_search((), "en")[1] == {}
