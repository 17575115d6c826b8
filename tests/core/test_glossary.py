"""The glossary defines what the code is named with, and the code is not named with what it rules out."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from iscm_desktop.store.objects import revision

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")

EXCEPTIONS = {
    "record": ("iscm_desktop.store.database.tables", "a row of an SQL table; none leaves the store"),
    "instance": (
        "iscm_desktop.questionnaire",
        "ODK's word for the XML of an XForm, where forms are read and expressions look into lists",
    ),
    "submission": (
        (
            "iscm_desktop.session.submission_xml",
            "iscm_desktop.exchange.data.submission_",
            "iscm_desktop.workspace.data.data_shapes",
        ),
        "the files that ODK's own programs write and read",
    ),
    "option": ("iscm_desktop.reports.documents.questionnaire_document", "how to print, not an answer"),
}
"""Words ruled out that stand in a name nevertheless: within which module or room, and why."""


@cache
def tables() -> tuple[tuple[str, ...], ...]:
    """The rows of all tables, by cell."""
    rows = [line.strip("| ") for line in GLOSSARY.splitlines() if line.startswith("| ")]
    return tuple(tuple(cell.strip() for cell in row.split(" | ")) for row in rows)


@cache
def defined() -> frozenset[str]:
    """Words with a definition: the first cells of tables, and what is bold in a paragraph."""
    cells = [row[0] for row in tables() if row[0].startswith("**")]
    marked = [word for cell in cells for pair in re.findall(r"\*\*(.+?)\*\*|`(.+?)`", cell) for word in pair]
    prose = [line for line in GLOSSARY.splitlines() if not line.startswith("|")]
    marked += re.findall(r"\*\*([^*]+?)\*\*", "\n".join(prose))
    return frozenset(spelled(word) for word in marked if word)


def spelled(word: str) -> str:
    """A word however it is written: in the singular, in lower case, in words."""
    plain = re.sub(r"[_-]", " ", word).lower().strip()
    return re.sub(r"(?<=[^s])s$", "", re.sub(r"ies$", "y", plain))


def sources() -> list[Path]:
    folders = [ROOT / "iscm_desktop", ROOT / "ui"]
    found = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def definitions() -> tuple[tuple[str, ast.ClassDef | ast.FunctionDef], ...]:
    """Every class and function with the dotted name of its module."""
    trees = [(module_of(path), ast.parse(path.read_text(encoding="utf-8"))) for path in sources()]
    return tuple(
        (module, node)
        for module, tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
    )


@cache
def names() -> tuple[tuple[str, str], ...]:
    """Each module and class: the module's dotted name, and its own or the class's."""
    modules = [(module, module.rpartition(".")[2]) for module in map(module_of, sources())]
    classes = [(module, node.name) for module, node in definitions() if isinstance(node, ast.ClassDef)]
    return (*modules, *classes)


def words_in(name: str) -> list[str]:
    """ "RoundRow" and "round_row" are "round" and "row"."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+", name)]


def rooms() -> list[str]:
    inits = [path for path in sources() if path.name == "__init__.py"]
    return [module for module in map(module_of, inits) if "." in module]


def kinds() -> list[str]:
    """Kinds of items: constants that are named as they read, but for the one value that is, too."""
    constants = [
        text for name, text in vars(revision).items() if isinstance(text, str) and name.lower() == text
    ]
    return [text for text in constants if text != revision.PUBLIC]


def words_without_others() -> list[str]:
    listed = GLOSSARY.split("have no others beside them**", 1)[1].split(":", 1)[1].split(".", 1)[0]
    return [word.strip() for word in listed.replace("\n", " ").split(",")]


def ruled_out() -> list[str]:
    table = GLOSSARY.split("## Words we do not use", 1)[1]
    cells = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)
    return [word.strip() for cell in cells if cell != "Not" for word in re.split("[,;]", cell)]


@pytest.mark.parametrize("room", rooms())
def test_a_room_is_named_by_a_word_of_the_glossary(room: str) -> None:
    assert spelled(room.rpartition(".")[2]) in defined()


def test_every_kind_of_item_is_defined() -> None:
    assert len(kinds()) >= 15
    assert [kind for kind in kinds() if spelled(kind) not in defined()] == []


def test_words_without_others_are_defined_and_used() -> None:
    used = {f" {spelled(' '.join(words_in(node.name)))} " for _module, node in definitions()}
    words = [spelled(word) for word in words_without_others()]
    assert len(words) > 15
    assert [word for word in words if word not in defined()] == []
    assert [word for word in words if not any(f" {word} " in name for name in used)] == []


def test_every_definition_is_a_sentence_and_stands_once_in_its_table() -> None:
    rows = [row for row in tables() if row[0].startswith("**")]
    assert [row[0] for row in rows if not row[1].endswith(".")] == []
    twice = {row[0] for row in rows if [one[0] for one in rows].count(row[0]) > 1}
    assert twice <= {"**item**"}, "of a form, and of a store"


@pytest.mark.parametrize("word", ruled_out())
def test_no_name_holds_a_word_that_is_ruled_out(word: str) -> None:
    allowed, _reason = EXCEPTIONS.get(word, ("nowhere", ""))
    found = {
        (module, name)
        for module, name in names()
        if {word, f"{word}s", word.removesuffix("s")} & set(words_in(name))
    }
    assert {one for one in found if not one[0].startswith(allowed)} == set()
    assert found or word not in EXCEPTIONS, "this exception is not needed any longer"
