"""A file as an answer.

AF-01 What is written is read again, whatever the file is called.
AF-02 A name has no folder, nothing unseen, and its ending.
AF-03 Other texts, such as a name alone, are no files.
AF-04 Programs, and what is not known, are not opened.
"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscm_desktop.questionnaire.attached_files import (
    attached_file,
    named_digests,
    new_attached_file,
    shown_name,
)


@given(st.binary(max_size=20), st.text(max_size=400))
def test_what_is_written_is_read_again(content: bytes, name: str) -> None:  # AF-01
    file = new_attached_file(content, name)
    assert attached_file(file.text) == file
    assert named_digests(file.text) == (file.digest,)


@given(st.text(max_size=400))
def test_a_name_is_one_line_that_can_be_seen(name: str) -> None:  # AF-02
    shown = shown_name(name)
    assert 0 < len(shown) <= 120
    assert not set(shown) & set("/\\\r\n")
    assert all(unicodedata.category(each)[0] != "C" for each in shown)
    assert shown_name(shown) == shown


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Anna\\minutes.pdf", "minutes.pdf"),
        ("annex\u202efdp.exe", "annexfdp.exe"),
        ("  two\nlines .pdf ", "twolines .pdf"),
        ("...", "file"),
        ("محضر الاجتماع.pdf", "محضر الاجتماع.pdf"),
    ],
)
def test_names_from_outside(given_name: str, kept: str) -> None:  # AF-02
    assert shown_name(given_name) == kept


def test_a_long_name_keeps_its_ending() -> None:  # AF-02
    assert shown_name("a" * 300 + ".docx").endswith("….docx")


@pytest.mark.parametrize(
    "text", ["", "minutes.pdf", "sha256:12 minutes.pdf", "sha256:" + "A" * 64 + " x.pdf"]
)
def test_other_texts_are_no_files(text: str) -> None:  # AF-03
    assert attached_file(text) is None
    assert named_digests(text) == ()


@pytest.mark.parametrize(
    ("name", "can"),
    [
        ("a.pdf", True),
        ("a.PNG", True),
        ("a.exe", False),
        ("a.docm", False),
        ("a.pdf.js", False),
        ("a", False),
    ],
)
def test_programs_are_not_opened(name: str, can: bool) -> None:  # AF-04
    assert new_attached_file(b"x", name).can_be_opened is can
