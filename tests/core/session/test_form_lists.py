"""Lists that a form filters by answers, or takes from elsewhere.

S-81  Answers that a filter took away come back when they are offered again.
S-90  Lists from files and external lists are offered, filtered by answers in the same entry.
"""

from __future__ import annotations

from pathlib import Path

from iscm_desktop.questionnaire.reading.xlsform import read_xlsform
from iscm_desktop.session.form_session import FormSession
from iscm_desktop.session.views import Verdict
from tests.support.entering import entering

CITIES = """
| survey |
|  | type              | name   | label  | choice_filter    | required |
|  | select_one s      | state  | State  |                  |          |
|  | select_multiple c | cities | Cities | state = ${state} | yes      |
| choices |
|  | list_name | name   | label  | state |
|  | s         | can    | Canada |       |
|  | s         | esp    | Spain  |       |
|  | c         | ottawa | Ottawa | can   |
|  | c         | madrid | Madrid | esp   |
|  | c         | toledo | Toledo | esp   |
"""


def test_what_a_filter_took_away_comes_back() -> None:
    """S-81."""
    response = entering(CITIES)
    response.answer("state", "esp")
    response.answer("cities", "toledo madrid")
    response.answer("state", "can")
    assert response.view("cities").text == ""
    assert response.view("cities").verdict is Verdict.MISSING
    response.answer("state", "esp")
    assert response.view("cities").text == "toledo madrid"


def test_a_new_answer_ends_what_could_come_back() -> None:
    """S-81."""
    response = entering(CITIES)
    response.answer("state", "esp")
    response.answer("cities", "toledo")
    response.answer("state", "can")
    response.answer("cities", "ottawa")
    response.answer("state", "esp")
    assert response.view("cities").text == ""
    response.answer("state", "can")
    assert response.view("cities").text == "ottawa"


FROM_FILE = """
| survey |
|  | type                            | name | label | choice_filter |
|  | begin_repeat                    | visit | Visit |              |
|  | select_one_from_file regions.csv | region | Region |            |
|  | select_one_from_file towns.csv   | town | Town | region = ${region} |
|  | end_repeat                      |      |       |               |
"""


def test_lists_from_files_are_filtered_in_their_entry(tmp_path: Path) -> None:
    """S-90."""
    (tmp_path / "form.md").write_text(FROM_FILE, encoding="utf-8")
    (tmp_path / "regions.csv").write_text("name,label\nn,North\ns,South\n", encoding="utf-8")
    (tmp_path / "towns.csv").write_text("name,label,region\na,Aa,n\nb,Bee,s\nc,Cee,s\n", encoding="utf-8")
    response = FormSession(read_xlsform(tmp_path / "form.md"))
    first, second = response.add_entry("visit"), response.add_entry("visit")
    response.answer(f"{first}/region", "n")
    response.answer(f"{second}/region", "s")
    assert [each.label for each in response.view(f"{first}/town").choices] == ["Aa"]
    assert [each.label for each in response.view(f"{second}/town").choices] == ["Bee", "Cee"]


EXTERNAL = """
| survey |
|  | type                | name   | label  | choice_filter          |
|  | select_one states   | state  | State  |                        |
|  | select_one_external cities | city | City | state=${state}     |
| choices |
|  | list_name | name | label |
|  | states | a | Aa |
|  | states | b | Bee |
| external_choices |
|  | list_name | name | label | state |
|  | cities | x | Ex | a |
|  | cities | y | Why | b |
"""


def test_external_lists_are_offered() -> None:
    """S-90."""
    response = entering(EXTERNAL)
    response.answer("state", "b")
    assert [each.value for each in response.view("city").choices] == ["y"]
    response.answer("city", "y")
    assert response.view("city").verdict is Verdict.OK
