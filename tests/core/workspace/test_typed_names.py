"""Names of people as they are kept: what nobody sees is no name, and turns none around."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given as for_any
from hypothesis import strategies

from iscm_desktop.errors import IscmError
from iscm_desktop.text_limits import typed_name, typed_text
from iscm_desktop.workspace import Workspace
from tests.support.workspaces import STORY, answer, opened

_UNSEEN = ["", " ", "\u200b", "\u2066\u2069", "\ufeff", "\u00ad \u2060", "\u200d", "\n\t", "\ue000", "\u0301"]


@pytest.fixture
def anna(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, "anna") as workspace:
        yield workspace


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Anna  Keller\n", "Anna Keller"),
        ("Bob\u202e", "Bob"),
        ("\u2066Bob\u2069", "Bob"),
        ("Bob\u2028Director", "Bob Director"),
        ("\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627"),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),
        ("O\u2019Neill-D\u00edaz", "O\u2019Neill-D\u00edaz"),
        ("\u738b\u5c0f\u660e", "\u738b\u5c0f\u660e"),
    ],
)
def test_a_name_is_one_line_of_what_can_be_seen(typed: str, kept: str) -> None:
    assert typed_name(typed) == kept


@pytest.mark.parametrize("text", _UNSEEN)
def test_what_nobody_sees_is_neither_a_name_nor_a_text(text: str) -> None:
    assert typed_name(text) == ""
    assert typed_text(text) == ""


@for_any(strategies.text())
def test_a_kept_name_is_kept_as_it_is(text: str) -> None:
    assert typed_name(typed_name(text)) == typed_name(text)


_ACTS: dict[str, Callable[[Workspace, str, str, Path], object]] = {
    "signing": lambda anna, response, name, _folder: anna.sign_offs.sign(response, name, "Director"),
    "signing as": lambda anna, response, name, _folder: anna.sign_offs.sign(response, "Bela", name),
    "signing unfinished": lambda anna, response, name, _folder: anna.sign_offs.sign(
        response, "Bela", "Director", left=1, reason=name
    ),
    "asking": lambda anna, response, name, _folder: anna.queries.ask(response, STORY, name),
    "clearing": lambda anna, response, name, _folder: anna.clearances.clear(response, "Legal", name),
    "clearing for": lambda anna, response, name, _folder: anna.clearances.clear(response, name, "Bela"),
    "handing over": lambda anna, response, name, folder: anna.delegations.hand_over(
        response, ["about"], to=name, target=folder / "part.iscm"
    ),
}


@pytest.mark.parametrize("act", _ACTS)
@pytest.mark.parametrize("name", ["\u200b", "\u2066"])
def test_nobody_signs_clears_asks_or_takes_over_unseen(
    anna: Workspace, tmp_path: Path, act: str, name: str
) -> None:
    response = anna.responses.start("small", "igc")
    answer(anna, response, name="IGC")
    with pytest.raises(IscmError):
        _ACTS[act](anna, response, name, tmp_path)
    assert anna.sign_offs.of(response) is None
    assert anna.queries.rows(response) == ()
    assert not (tmp_path / "part.iscm").exists()
