"""Questionnaires ready for use.

L-01  Those that ship are found by their key, compiled once, and can be filled in.
L-02  One that came as XML is compiled once and then read from the cache; a damaged cache is made anew.
L-03  Building writes what has changed and nothing else.
"""

from pathlib import Path

import pytest

from iscm_desktop.questionnaire import catalogue
from iscm_desktop.questionnaire.catalogue import from_source, shipped, shipped_keys
from iscm_desktop.questionnaire.frozen_questionnaire import Questionnaire, load_compiled
from iscm_desktop.questionnaire.reading.compilation import build, sources_hash
from iscm_desktop.session.form_session import FormSession
from tests.support.entering import questionnaire

FORM = """
| survey |
|        | type | name | label |
|        | text | who  | Who?  |
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogue, "cache_folder", lambda: tmp_path)
    from_source.cache_clear()
    return tmp_path / "questionnaires"


@pytest.mark.parametrize("key", shipped_keys())
def test_shipped_questionnaires_can_be_filled_in(key: str) -> None:
    """L-01"""
    found = shipped(key)
    assert (found.form_id, found.root) == (key, key)
    assert shipped(key) is found
    assert FormSession(found).findings()


def test_unknown_key() -> None:
    with pytest.raises(KeyError):
        shipped("somebody")


def test_from_source_is_compiled_once(cache: Path) -> None:
    """L-02"""
    form = questionnaire(FORM)
    assert from_source(form.source) == form
    (kept,) = cache.iterdir()
    assert load_compiled(kept.read_bytes()) == form
    kept.write_bytes(b"damaged")
    from_source.cache_clear()
    assert from_source(form.source) == form
    assert load_compiled(kept.read_bytes()) == form


def test_building_writes_what_has_changed(tmp_path: Path) -> None:
    """L-03"""
    assert build(tmp_path) == shipped_keys()
    assert build(tmp_path) == ()
    (tmp_path / "state.sources").write_text("older", encoding="ascii")
    assert build(tmp_path) == ("state",)
    built: Questionnaire = load_compiled((tmp_path / "state.bin").read_bytes())
    assert built.form_id == "state"
    assert len({sources_hash(key) for key in shipped_keys()}) == 3
