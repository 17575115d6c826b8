"""Entries that the form rules, and responses as instances.

S-86  Entries that the form fixes are there whatever was stored.
S-91  A response can be written as an instance and read back.
S-92  Counts and conditions go through nested repeats.
S-93  Declarations of entities are tolerated.
"""

from __future__ import annotations

import pytest

from iscm_desktop.errors import IscmError
from iscm_desktop.session import submission_xml
from iscm_desktop.session.form_session import FormSession
from tests.support.entering import entering, questionnaire, xform


def test_entries_that_the_form_fixes() -> None:
    """S-86."""
    body = '<repeat nodeset="/data/r" jr:noAddRemove="true()"><input ref="/data/r/x"/></repeat>'
    fixed = xform("", body, "<r><x>a</x></r><r><x/></r>")
    assert [entry.entry_id for entry in fixed.repeat("r").entries] == ["1", "2"]
    assert not fixed.repeat("r").can_add
    again = FormSession(
        fixed.questionnaire, answers={"r/1/x": "b", "r/3/x": "c"}, entries={"r": ["1", "3"]}, is_new=False
    )
    assert [entry.entry_id for entry in again.repeat("r").entries] == ["1", "2"]
    assert again.view("r/1/x").text == "b"


NESTED = """
| survey |
|  | type         | name   | label  | repeat_count | relevant      | calculation |
|  | begin_repeat | house  | House  |              |               |             |
|  | integer      | people | People |              |               |             |
|  | begin_repeat | person | Person | ${people}    |               |             |
|  | text         | name   | Name   |              |               |             |
|  | calculate    | place  |        |              |               | position(..) |
|  | end_repeat   |        |        |              |               |             |
|  | text         | why    | Why so many? |        | ${people} > 2 |             |
|  | calculate    | named  |        |              |               | count-non-empty(${name}) |
|  | end_repeat   |        |        |              |               |             |
|  | calculate    | all    |        |              |               | sum(${people}) |
"""


def test_counts_and_conditions_go_through_nested_repeats() -> None:
    """S-92."""
    response = entering(NESTED)
    first, second = response.add_entry("house"), response.add_entry("house")
    response.answer(f"{first}/people", "3")
    response.answer(f"{second}/people", "1")
    assert len(response.repeat(f"{first}/person").entries) == 3
    assert len(response.repeat(f"{second}/person").entries) == 1
    assert response.view(f"{first}/why").is_asked
    assert not response.view(f"{second}/why").is_asked
    response.answer(f"{first}/person/2/name", "Ana")
    xml = response.instance_xml()
    assert "<named>1</named>" in xml
    assert "<named>0</named>" in xml
    assert "<place>3</place>" in xml
    assert "<all>4</all>" in xml
    response.remove_entry(first)
    assert "<all>1</all>" in response.instance_xml()
    response.undo()
    assert response.view(f"{first}/person/2/name").text == "Ana"


def test_a_response_goes_through_an_instance() -> None:
    """S-91."""
    response = entering(NESTED)
    first = response.add_entry("house")
    response.answer(f"{first}/people", "2")
    response.answer(f"{first}/person/1/name", "Ana & <Igor>")
    response.answer(f"{first}/why", "hidden, so it stays here")
    read = submission_xml.read_submission(response.questionnaire, response.instance_xml())
    answers = {path: text for path, text in read.answers.items() if not path.startswith("meta/")}
    assert answers == {"house/1/people": "2", "house/1/person/1/name": "Ana & <Igor>"}
    again = FormSession(response.questionnaire, answers=read.answers, entries=read.entries, is_new=False)
    assert again.instance_xml() == response.instance_xml()


@pytest.mark.parametrize("xml", ["no XML", "<other><house/></other>"])
def test_other_instances_are_refused_in_words(xml: str) -> None:
    """S-91."""
    with pytest.raises(IscmError, match="answers cannot be read"):
        submission_xml.read_submission(questionnaire(NESTED), xml)


ENTITIES = """
| survey |
|  | type | name | label | save_to |
|  | text | tree | Tree  | species |
| entities |
|  | list_name | label   |
|  | trees     | ${tree} |
"""


def test_entities_are_tolerated() -> None:
    """S-93."""
    response = entering(ENTITIES)
    response.answer("tree", "Ginkgo")
    assert [answer.text for answer in response.answers()] == ["Ginkgo"]
