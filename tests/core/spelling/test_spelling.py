"""Words are looked up in dictionaries that come along, and in the registers of the field."""

import io
import json
import sys

import pytest

from iscm_desktop.paths import resource
from iscm_desktop.spelling.dictionaries import FILES, SpellingDictionary, has_dictionary
from iscm_desktop.spelling.spelling_process import Speller, serve
from iscm_desktop.spelling.written_words import looked_up, register_words, words_in

SAMPLES = {
    "en": ("programme organization organisation labour program", "recieve"),
    "fr": ("réunion l'organisation œuvre États", "migrasion"),
    "es": ("migración reunión", "migracion"),
    "ru": ("миграция съёмка", "мигарция"),
    "ar": ("الهجرة المنظمة عملية", "الهجررة"),
}


@pytest.mark.parametrize("language", FILES)
def test_each_language_knows_its_words(language: str) -> None:
    pytest.importorskip("hunspell")
    dictionary = SpellingDictionary(language)
    right, wrong = SAMPLES[language]
    assert [word for word in right.split() if not dictionary.knows(word)] == []
    assert not dictionary.knows(wrong)
    assert dictionary.suggest(wrong)


def test_a_compound_is_right_where_its_parts_are() -> None:
    pytest.importorskip("hunspell")
    dictionary = SpellingDictionary("en")
    assert dictionary.knows("migration-friendly")
    assert not dictionary.knows("migration-frendly")


def test_chinese_has_no_dictionary_and_no_mistakes() -> None:
    assert not has_dictionary("zh")
    assert SpellingDictionary("zh").knows("错字")


@pytest.mark.parametrize("name", [name for names in FILES.values() for name in names])
def test_each_dictionary_says_under_which_licence_it_comes(name: str) -> None:
    assert resource("spelling", f"LICENSE-{name}.txt").is_file()
    assert f"| {name} |" in resource("spelling", "ORIGIN.md").read_text(encoding="utf-8")


def test_only_prose_is_looked_up() -> None:
    text = "See https://www.iom.int, write to a.b@iom.int; IGC met 3rd in COVID-19 times: l’État, e-mail"
    assert [word for _at, word in words_in(text)] == [
        "See", "write", "to", "met", "in", "times", "l’État", "e-mail",
    ]  # fmt: skip
    assert [text[at : at + len(word)] for at, word in words_in(text)] == [
        word for _at, word in words_in(text)
    ]


def test_a_word_is_looked_up_as_dictionaries_write_it() -> None:
    assert looked_up("l’État") == "l'État"
    assert looked_up("الهِجْرَة") == "الهجرة"


def test_names_of_the_registers_are_known() -> None:
    known = register_words("fr")
    assert {"allemagne", "igad"} <= known
    assert "migrasion" not in known


def test_the_process_answers_line_by_line() -> None:
    class Fruit(SpellingDictionary):
        def knows(self, word: str) -> bool:
            return word in ("apple", "pear")

        def suggest(self, word: str) -> list[str]:
            return ["apple"]

    questions = [{"language": "xx", "words": ["apple", "aple"]}, {"language": "xx", "meant": "aple"}]
    answers = io.StringIO()
    serve(io.StringIO("".join(json.dumps(each) + "\n" for each in questions)), answers, Fruit)
    assert [json.loads(line) for line in answers.getvalue().splitlines()] == [["aple"], ["apple"]]


def test_a_real_process_looks_words_up_and_ends() -> None:
    pytest.importorskip("hunspell")
    speller = Speller()
    assert speller.unknown("en", ["programme", "recieve"]) == ["recieve"]
    assert "receive" in speller.meant("en", "recieve")
    speller.close()
    assert speller.unknown("en", ["recieve"]) == []


def test_without_a_process_every_word_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert Speller().unknown("en", ["recieve"]) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Write to anna@iom.int, please", ["Write", "to", "please"]),
        ("See www.iom.int or https://iom.int/x", ["See", "or"]),
        ("room B12 and 3rd floor", ["room", "and", "floor"]),
        ("an @ alone", ["an", "alone"]),
        ("x" * 5000 + " ends", ["ends"]),
    ],
)
def test_addresses_figures_and_endless_words_are_not_looked_up(text: str, words: list[str]) -> None:
    assert [word for _at, word in words_in(text)] == words


@pytest.mark.parametrize(
    "text", ["x" * 400_000, "\u79fb" * 400_000, "a@" * 200_000, "1" * 400_000, "a.b:" * 100_000]
)
def test_text_without_blanks_takes_no_longer_than_other_text(text: str) -> None:
    """It did: each letter began a search to the end. Some hours here, if it came back."""
    assert len(list(words_in(text))) <= 100_000
