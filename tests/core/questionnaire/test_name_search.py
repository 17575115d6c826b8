"""Names found while somebody types.

N-01  A name is found by its beginning first, then by its words, then by what is inside.
N-02  Accents, capitals, apostrophes and hyphens make no difference, in any script.
N-03  States are found by their names in the six languages, by everyday names and by their codes.
N-04  A whole name means its value, unless two values have it.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.questionnaire.name_search import NameSearch, folded
from iscm_desktop.questionnaire.registers import territories
from iscm_desktop.questionnaire.registers.territory_other_names import other_names


def states() -> NameSearch:
    other = other_names()
    return NameSearch({each.code: (each.name, *other[each.code]) for each in territories("en")})


def test_beginnings_come_first() -> None:
    """N-01"""
    search = NameSearch(
        {name: (name,) for name in ("Oman", "Romania", "Mali", "Republic of Mali", "Somalia")}
    )
    assert search.found("mali") == ["Mali", "Republic of Mali", "Somalia"]
    assert search.found("rep mal") == ["Republic of Mali"]
    assert search.found("") == ["Oman", "Romania", "Mali", "Republic of Mali", "Somalia"]
    assert search.found("x") == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("cote d'ivoire", "Côte d’Ivoire"),
        ("COTE DIVOIRE".replace("DI", "D I"), "Côte d’Ivoire"),
        ("sao tome", "São Tomé"),
        ("turkiye", "Türkiye"),
        ("guinee bissau", "Guinée-Bissau"),
        ("الاردن", "الأردن"),
        ("strasse", "Straße"),
        ("елка", "Ёлка"),
    ],
)
def test_accents_make_no_difference(typed: str, name: str) -> None:
    """N-02"""
    assert folded(typed) == folded(name)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("tchad", "TCD"), ("чад", "TCD"), ("تشاد", "TCD"), ("乍得", "TCD"), ("Cote d'Ivoire", "CIV"),
        ("ivory", "CIV"), ("allem", "DEU"), ("uk", "GBR"), ("drc", "COD"), ("swazi", "SWZ"), ("KEN", "KEN"),
        ("burma", "MMR"), ("estados unidos", "USA"), ("holland", "NLD"),
    ],
)  # fmt: skip
def test_states_by_other_names(typed: str, code: str) -> None:
    """N-03"""
    assert states().found(typed)[0] == code


def test_every_state_is_meant_by_the_name_that_is_shown() -> None:
    """N-03, N-04"""
    search = states()
    for each in territories("en"):
        assert search.meant(each.name) == each.code


def test_two_of_a_name_are_not_guessed() -> None:
    """N-04"""
    search = NameSearch({"a": ("Congo (Brazzaville)", "Congo"), "b": ("Congo (Kinshasa)", "Congo")})
    assert search.meant("congo") == ""
    assert search.meant("congo kinshasa") == "b"
    assert search.meant("") == ""


@given(names=st.lists(st.text(min_size=1, max_size=12), max_size=12), typed=st.text(max_size=6))
def test_whatever_is_found_was_there(names: list[str], typed: str) -> None:
    """N-01"""
    search = NameSearch({str(place): (name,) for place, name in enumerate(names)})
    found = search.found(typed)
    assert len(found) == len(set(found))
    assert set(found) <= {str(place) for place in range(len(names))}
    for place, name in enumerate(names):
        if folded(typed) and folded(name).startswith(folded(typed)):
            assert str(place) in found
