"""Languages of a form.

S-70  A session speaks a language of the form, by name or by code, and the form's own where it is not known.
S-71  Switching changes labels, hints, messages and choices, and no answer.
S-72  What is not translated is shown in the form's own language.
S-73  Calculations that use words follow the language.
S-74  Words in another language can be asked for; the session's own stay as they are.
"""

import pytest

from tests.support.entering import entering

FORM = """
| survey |
|        | type          | name | label::English (en) | label::French (fr) | hint::English (en) | required | required_message::English (en) | required_message::French (fr) | constraint | constraint_message::English (en) | constraint_message::French (fr) | choice_filter |
|        | select_one yn | fee  | Is there a fee?     | Y a-t-il des frais ? | Yearly           | yes | Say whether there is one. | Dites s'il y en a. |          |                                  |                                 | name != 'x'   |
|        | decimal       | chf  | Amount, ${fee}      | Montant, ${fee}    |                    |     |                           |                    | . > 0    | More than nothing.               | Plus que rien.                  |               |
| choices |
|         | list_name | name | label::English (en) | label::French (fr) |
|         | yn        | yes  | Yes                 | Oui                |
|         | yn        | no   | No                  | Non                |
| settings |
|          | default_language |
|          | English (en)     |
"""  # noqa: E501


def test_language_by_name_or_code() -> None:
    """S-70"""
    assert entering(FORM).language == "English (en)"
    assert entering(FORM, language="fr").language == "French (fr)"
    assert entering(FORM, language="French (fr)").language == "French (fr)"
    assert entering(FORM, language="zh").language == "English (en)"


def test_switching_changes_words_and_no_answer() -> None:
    """S-71"""
    response = entering(FORM)
    assert response.view("fee").message == "Say whether there is one."
    response.language = "fr"
    view = response.view("fee")
    assert (view.label, view.message) == ("Y a-t-il des frais ?", "Dites s'il y en a.")
    assert [choice.label for choice in view.choices] == ["Oui", "Non"]
    response.answer("fee", "yes")
    response.answer("chf", "-1")
    assert response.view("chf").message == "Plus que rien."
    assert response.view("chf").label == "Montant, yes"
    response.language = "en"
    assert (response.view("chf").message, response.view("chf").text) == ("More than nothing.", "-1")
    assert response.answers()[0].labels == ("Yes",)


def test_what_is_not_translated_is_shown_in_the_forms_own_language() -> None:
    """S-72"""
    assert entering(FORM, language="fr").view("fee").hint == "Yearly"


def test_numbers_are_read_in_the_manner_of_the_language() -> None:
    response = entering(FORM, language="fr")
    response.answer("chf", "1 250,50")
    assert response.view("chf").text == "1250.50"
    response.language = "en"
    response.answer("chf", "120,000")
    assert response.view("chf").text == "120000"


WORDS = """
| survey |
|  | type          | name | label::English (en) | label::French (fr) | calculation                      |
|  | select_one yn | fee  | Fee?                | Frais ?            |                                  |
|  | calculate     | said |                     |                    | jr:choice-name(${fee}, '${fee}') |
|  | note          | told | Fee: ${said}        | Frais : ${said}    |                                  |
| choices |
|  | list_name | name | label::English (en) | label::French (fr) |
|  | yn        | yes  | Yes                 | Oui                |
"""


def test_calculated_words_follow_the_language() -> None:
    """S-73"""
    response = entering(WORDS, {"fee": "yes"}, language="en")
    assert response.view("told").label == "Fee: Yes"
    response.language = "fr"
    assert response.view("told").label == "Frais : Oui"
    assert response.take_changes() == ()


def test_words_in_another_language_beside_the_sessions_own() -> None:
    """S-74"""
    response = entering(FORM)
    response.answer("fee", "yes")
    before = [response.view("fee"), response.view("chf")]
    words = response.words("fee", "fr")
    assert (words.label, words.hint) == ("Y a-t-il des frais ?", "")
    assert words.choices == {"yes": "Oui", "no": "Non"}
    assert response.words("chf", "fr").label == "Montant, yes"
    assert [response.view("fee"), response.view("chf")] == before
    assert response.language == "English (en)"


SECTIONS = """
| survey |
|        | type         | name    | label::English (en) | label::French (fr) |
|        | begin_group  | first   | First               | Premier            |
|        | begin_repeat | meeting | Meetings            | Reunions           |
|        | text         | place   | Place               |                    |
|        | end_repeat   |         |                     |                    |
|        | end_group    |         |                     |                    |
| settings |
|          | default_language |
|          | English (en)     |
"""


def test_words_of_sections_and_repeats() -> None:
    """S-74: what is not translated is blank, for it would only be said twice."""
    response = entering(SECTIONS)
    entry = response.add_entry("first/meeting")
    assert response.words("first", "fr").label == "Premier"
    assert response.words("first/meeting", "fr").label == "Reunions"
    assert response.words(f"{entry}/place", "fr").label == ""
    with pytest.raises(KeyError):
        response.words("nowhere", "fr")
