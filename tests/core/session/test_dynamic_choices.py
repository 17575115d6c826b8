"""Choices offered and chosen.

S-30  A filter decides what is offered; it follows the answers that it looks at.
S-31  What a filter takes away is taken from the answer too, as one recorded step that can be undone.
S-32  What was chosen is kept while the question is hidden.
S-33  An answer that was never offered is kept as it is.
S-34  Choices may be the entries of a repeat.
S-35  Cascades: each level clears what hangs on it.
S-36  Answers come with the labels of what was chosen, and the wording for use inside a sentence.
S-37  `or_other` asks what the other is.
"""

from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import AnswerChanged, Verdict
from tests.support.entering import entering

RANKING = """
| survey |
|        | type               | name   | label          | relevant                      | choice_filter             |
|        | select_one yn      | focus  | Any focus?     |                               |                           |
|        | select_multiple t  | themes | Themes         | ${focus} = 'yes'              |                           |
|        | rank t             | first  | Most important | count-selected(${themes}) > 1 | selected(${themes}, name) |
| choices |
|         | list_name | name   | label        | phrase          |
|         | yn        | yes    | Yes          |                 |
|         | yn        | no     | No           |                 |
|         | t         | asylum | Asylum       | asylum policy   |
|         | t         | border | Border management |            |
|         | t         | gcm    | GCM          |                 |
"""

CASCADE = """
| survey |
|        | type          | name    | label   | choice_filter        |
|        | select_one r  | region  | Region  |                      |
|        | select_one s  | state   | State   | region = ${region}   |
|        | select_one c  | city    | City    | state = ${state}     |
| choices |
|         | list_name | name | label | region | state |
|         | r | americas | Americas | | |
|         | r | europe | Europe | | |
|         | s | can | Canada | americas | |
|         | s | esp | Spain | europe | |
|         | c | ottawa | Ottawa | | can |
|         | c | madrid | Madrid | | esp |
"""

ENTRIES = """
| survey |
|        | type               | name  | label        |
|        | begin_repeat       | body  | Bodies       |
|        | text               | name  | Name         |
|        | end_repeat         |       |              |
|        | select_one ${name} | lead  | Leading body |
"""

OTHER = """
| survey |
|        | type                     | name   | label    |
|        | select_one g or_other    | grade  | Level    |
| choices |
|         | list_name | name | label  |
|         | g         | low  | Expert |
"""


def offered(response: FormSession, question: str) -> list[str]:
    return [choice.value for choice in response.view(question).choices]


def test_filter_follows_the_source() -> None:
    """S-30"""
    response = entering(RANKING, {"focus": "yes", "themes": "gcm asylum"})
    assert offered(response, "first") == ["asylum", "gcm"]
    changed = response.answer("themes", "gcm border asylum")
    assert "first" in changed
    assert offered(response, "first") == ["asylum", "border", "gcm"]


def test_unticking_a_theme_removes_it_from_the_ranking() -> None:
    """S-31"""
    response = entering(
        RANKING, {"focus": "yes", "themes": "asylum border gcm", "first": "gcm asylum border"}
    )
    response.answer("themes", "asylum gcm")
    assert response.view("first").text == "gcm asylum"
    assert response.take_changes() == (
        AnswerChanged("themes", "asylum gcm"),
        AnswerChanged("first", "gcm asylum"),
    )
    response.undo()
    assert response.view("first").text == "gcm asylum border"
    assert response.view("themes").text == "asylum border gcm"
    assert not response.can_undo


def test_hidden_ranking_is_kept() -> None:
    """S-32"""
    response = entering(RANKING, {"focus": "yes", "themes": "asylum gcm", "first": "gcm asylum"})
    response.answer("focus", "no")
    assert not response.view("first").is_asked
    assert response.view("first").text == "gcm asylum"
    response.answer("focus", "yes")
    assert response.view("first").text == "gcm asylum"


def test_stranger_is_kept_and_told() -> None:
    """S-33: a merge may bring an answer from another version of the list."""
    response = entering(RANKING, {"focus": "yes", "themes": "asylum gcm", "first": "gcm drought"})
    assert response.view("first").verdict is Verdict.UNREADABLE
    response.answer("themes", "asylum border gcm")
    assert response.view("first").text == "gcm drought"


def test_entries_are_choices() -> None:
    """S-34"""
    response = entering(ENTRIES)
    response.answer(f"{response.add_entry('body')}/name", "Council")
    second = response.add_entry("body")
    response.answer(f"{second}/name", "Secretariat")
    assert offered(response, "lead") == ["Council", "Secretariat"]
    response.answer("lead", "Secretariat")
    response.remove_entry(second)
    assert response.view("lead").text == ""
    response.undo()
    assert response.view("lead").text == "Secretariat"


def test_cascade_clears_level_by_level() -> None:
    """S-35"""
    response = entering(CASCADE)
    for question, value in (("region", "americas"), ("state", "can"), ("city", "ottawa")):
        response.answer(question, value)
        assert response.view(question).verdict is Verdict.OK
    response.answer("region", "europe")
    assert (response.view("state").text, response.view("city").text) == ("", "")
    assert offered(response, "state") == ["esp"]
    assert offered(response, "city") == []
    response.undo()
    assert response.view("city").text == "ottawa"


def test_labels_and_phrases() -> None:
    """S-36"""
    response = entering(RANKING, {"focus": "yes", "themes": "asylum border gcm"})
    answer = response.answers()[1]
    assert answer.value == ("asylum", "border", "gcm")
    assert answer.labels == ("Asylum", "Border management", "GCM")
    assert answer.phrases == ("asylum policy", "border management", "GCM")


def test_other_is_asked_for() -> None:
    """S-37"""
    response = entering(OTHER)
    assert not response.view("grade_other").is_asked
    response.answer("grade", "other")
    assert response.view("grade_other").is_asked
