"""docs/cli.md names every command with all it takes, names nothing else, and its examples work.

The page is the one story of a round: each ```console block is typed in the order of the page, in an empty folder,
and what it shows has to be printed. A block with a file's name after its language becomes that file. Ids stand
for those of this run; "…" stands for anything; "# exit 1" after a command is its exit code, otherwise 0.
"""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from iscm_desktop.cli import _parser, main

PAGE = Path(__file__).resolve().parents[3] / "docs" / "cli.md"
TEXT = PAGE.read_text(encoding="utf-8")
HEADING = re.compile(r"^### `iscm ([^`]+)`$", re.MULTILINE)
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ID = re.compile(r"\bage1[0-9a-z]{58}\b|\bRW[0-9A-Za-z+/]{54}|\b[0-9a-f]{8,64}\b")

Words = tuple[str, ...]


# the parser


def actions(parser: argparse.ArgumentParser) -> Iterator[tuple[Words, argparse.ArgumentParser, str]]:
    """Each command that can be run: its words, its own parser, and what its help says that it is for."""
    for group in parser._actions:
        if not isinstance(group, argparse._SubParsersAction):
            continue
        purposes = {choice.dest: choice.help or "" for choice in group._choices_actions}
        for name, below in group.choices.items():
            inner = list(actions(below))
            yield from (((name, *words), each, purpose) for words, each, purpose in inner)
            if not inner:
                yield (name,), below, purposes.get(name, "")


COMMANDS = {words: parser for words, parser, _purpose in actions(_parser())}
EVERYWHERE = {option for action in _parser()._actions for option in action.option_strings}


def taken(parser: argparse.ArgumentParser) -> dict[str, bool]:
    """What a command takes beside that which each takes, and whether it must not be left out."""
    found = {}
    for action in parser._actions:
        if not action.option_strings:
            name = action.metavar or action.dest.upper()
            found[str(name)] = action.nargs not in ("?", "*")
        elif not EVERYWHERE & set(action.option_strings):
            found |= dict.fromkeys(action.option_strings, action.required)
    return found


# the page


def sections() -> dict[Words, str]:
    """The text below the heading of each command."""
    parts = HEADING.split(re.split(r"^## The same", TEXT, flags=re.MULTILINE)[0])
    bodies = (re.split(r"^#", body, maxsplit=1, flags=re.MULTILINE)[0] for body in parts[2::2])
    return {tuple(heading.split()): body for heading, body in zip(parts[1::2], bodies, strict=True)}


def listed(body: str) -> dict[str, bool]:
    """What the list of a section names, and whether it says that this is needed."""
    found = {}
    for line in re.findall(r"^- (`[^:\n]*)", body, re.MULTILINE):
        for name in re.findall(r"`([^\s`]+)[^`]*`", line):
            is_option = name.startswith("-")
            found[name] = "(needed)" in line if is_option else "(optional)" not in line
    return found


def spoken() -> list[str]:
    """Every command line on the page, in its sentences, its table and its blocks."""
    prose = BLOCK.sub("", HEADING.sub("", TEXT))
    blocks = "\n".join(body for _language, _file, body in BLOCK.findall(TEXT))
    lines = re.findall(r"^(?:\$ )?(iscm \S.*)$", blocks, re.MULTILINE)
    return [*re.findall(r"`(iscm [^`]+)`", prose), *lines]


def command_of(words: list[str]) -> Words:
    """The command that a line begins with; () where there is none."""
    return next((name for size in (2, 1) if (name := tuple(words[1 : 1 + size])) in COMMANDS), ())


def test_every_command_has_its_heading() -> None:
    assert set(sections()) == set(COMMANDS)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_all_that_a_command_takes_is_listed_and_nothing_else(words: Words) -> None:
    assert listed(sections()[words]) == taken(COMMANDS[words])


def test_what_every_command_takes_is_listed() -> None:
    body = TEXT.partition("\n## For every command\n")[2].partition("\n## ")[0]
    assert set(listed(body)) == EVERYWHERE


@pytest.mark.parametrize("line", spoken())
def test_no_line_names_what_is_not_there(line: str) -> None:
    words = shlex.split(line, comments=True)
    command = command_of(words)
    assert command
    options = {word for word in words if word.startswith("-")}
    assert options <= EVERYWHERE | set(taken(COMMANDS[command]))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_an_example_and_a_row_in_the_table(words: Words) -> None:
    lines = [
        line for _language, _file, body in BLOCK.findall(sections()[words]) for line in body.splitlines()
    ]
    assert any(command_of(line.removeprefix("$ ").split()) == words for line in lines)
    assert f"`iscm {' '.join(words)}" in TEXT.partition("## The same in the window")[2]


@pytest.mark.parametrize(
    ("words", "purpose"), [(words, purpose) for words, _parser, purpose in actions(_parser())]
)
def test_every_command_says_what_it_is_for(words: Words, purpose: str) -> None:
    assert purpose, words


# the examples


@dataclass
class Typist:
    """Types the examples, and knows which id of this run stands for which on the page."""

    read: Callable[[], str]
    ids: dict[str, str] = field(default_factory=dict)

    def type(self, block: str) -> None:
        for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, *shown = example.splitlines()
            self._run(ID.sub(lambda found: self.ids.get(found[0], found[0]), line), line)
            printed = self.read().splitlines()
            for expected in filter(None, shown):
                assert self._finds(expected, printed), f"$ {line}\n{expected}\nis not in\n" + "\n".join(
                    printed
                )

    def _run(self, line: str, on_page: str) -> None:
        expected = re.search(r"# exit (\d)$", line)
        code = main(shlex.split(line, comments=True)[1:])
        assert code == int(expected[1] if expected else 0), f"$ {on_page}\nended with {code}:\n{self.read()}"

    def _finds(self, expected: str, printed: list[str]) -> bool:
        pattern = re.compile(self._pattern(expected))
        found = next(filter(None, map(pattern.fullmatch, printed)), None)
        if found:
            self.ids |= zip(self._new_ids(expected), found.groups(), strict=True)
        return found is not None

    def _new_ids(self, expected: str) -> list[str]:
        return [id_ for id_ in ID.findall(expected) if id_ not in self.ids]

    def _pattern(self, expected: str) -> str:
        """A line of the page as an expression in which blanks may be wider and new ids are groups."""
        parts = re.split(rf"({ID.pattern}|\s*…\s*|\s+)", expected)
        return "".join(map(self._piece, parts)) + r"\s*"

    def _piece(self, part: str) -> str:
        if part.strip() == "…":
            return ".*"
        if not part.strip():
            return r"\s+" if part else ""
        if not ID.fullmatch(part):
            return re.escape(part)
        known = self.ids.get(part)
        return re.escape(known) if known else f"({ID.pattern})"


def test_the_examples_work_in_the_order_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Except those of ```sh blocks: a server, and two that take longer and have tests of their own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ISCM_STORE", "anna.iscmdb")

    def read() -> str:
        said = capsys.readouterr()
        return said.out + said.err

    typist = Typist(read)
    for language, file, body in BLOCK.findall(TEXT):
        if file:
            (tmp_path / file).write_text(body, encoding="utf-8")
        elif language == "console":
            typist.type(body)
