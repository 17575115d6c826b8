"""Names of files that are made of names for people."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iscm_desktop.file_names import file_stem, new_stem, shown_file, stems


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
@settings(max_examples=300)
def test_whatever_they_are_made_of_they_are_names_on_every_system(parts: list[str]) -> None:
    stem = file_stem(*parts)
    assert stem
    assert not set(stem) & set('<>:"/\\|?*\0\n')
    assert all(character.isprintable() for character in stem)
    assert stem[-1] not in ". "
    assert len(stem.encode()) <= 121


@given(st.lists(st.lists(st.text(max_size=30), min_size=2, max_size=2).map(tuple), max_size=8))
def test_files_written_together_do_not_meet(wanted: list[tuple[str, ...]]) -> None:
    names = [name.casefold() for name in stems(wanted)]
    assert len(set(names)) == len(wanted)


def test_letters_of_all_scripts_stay() -> None:
    assert file_stem("2027", "organization", "офис_iom") == "2027-organization-офис_iom"
    assert file_stem("हिन्दी") == "हिन्दी"
    assert file_stem("2027", "state", "CAN") == "2027-state-CAN"


def test_long_names_that_begin_alike_stay_apart() -> None:
    assert file_stem("国" * 80) != file_stem("国" * 81)


@pytest.mark.parametrize("device", ["CON", "nul.txt", "Com1"])
def test_no_file_is_named_like_a_device_of_windows(device: str) -> None:
    assert file_stem(device).startswith("_")


def test_a_name_that_is_taken_gets_a_number() -> None:
    taken: set[str] = set()
    assert [new_stem(name, taken) for name in ("IOM", "iom", "ＩＯＭ")] == ["IOM", "iom-2", "ＩＯＭ-3"]


def test_what_is_no_text_in_a_name_is_shown_as_lost() -> None:
    assert shown_file(Path("b\udce9ta.iscm")) == "b\ufffdta.iscm"
