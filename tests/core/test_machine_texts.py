"""Keys and paths in a sentence that runs from right to left."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iscm_desktop.errors import IscmError, StoreProblem
from iscm_desktop.exchange.trust.key_words import is_fingerprint
from iscm_desktop.exchange.trust.signature import fingerprint
from iscm_desktop.i18n import use_language
from iscm_desktop.machine_texts import fingerprint_text, machine_text

KEY = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_added_where_all_runs_from_left_to_right(language: str) -> None:
    use_language(language)
    assert machine_text("age1abc") == "age1abc"
    assert fingerprint_text("3AF3 5902") == "3AF3 5902"


def test_in_arabic_a_key_is_one_piece_from_left_to_right() -> None:
    use_language("ar")
    assert machine_text("age1abc") == "\u2066age1abc\u2069"
    assert fingerprint_text("3AF3 5902") == "\u20663AF3\u00a05902\u2069"


def test_a_path_in_a_problem_is_isolated() -> None:
    use_language("ar")
    problem = IscmError(StoreProblem.STORE_NOT_OURS, store=Path("/round/igc.iscmdb"))
    assert f"\u2066{Path('/round/igc.iscmdb')}\u2069" in str(problem)


def test_digits_that_were_copied_from_a_sentence_are_the_same_key() -> None:
    use_language("ar")
    copied = fingerprint_text(fingerprint(KEY)).strip("\u2066\u2069")
    assert is_fingerprint(copied, KEY)
