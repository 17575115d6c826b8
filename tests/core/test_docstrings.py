"""Public names say what their signature cannot: shapes, units, what blank means, errors.

D-01  Of the public classes, functions and methods of each package, at least so many per cent have a docstring.
D-02  Left out are names with an underscore, what lies inside functions, setters and overloads, whose own name has
      said it already, and overrides of Qt's methods, which Qt documents.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = {"iscm_desktop": 95, "ui": 80}
"""Per cent; they only rise."""

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

QT_NAME = re.compile(r"[a-z]+[A-Z]\w*")


def definitions(body: list[ast.stmt], around: str = "") -> Iterator[tuple[str, Definition]]:
    for node in body:
        if isinstance(node, Definition) and not node.name.startswith("_") and not is_told_elsewhere(node):
            yield around + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from definitions(node.body, f"{around}{node.name}.")


def is_told_elsewhere(node: Definition) -> bool:
    marks = {ast.unparse(mark).rpartition(".")[2] for mark in node.decorator_list}
    return bool(marks & {"overload", "setter"})


def is_qt_override(name: str) -> bool:
    owner, _, method = name.rpartition(".")
    return bool(owner) and QT_NAME.fullmatch(method) is not None


def public_names(package: str) -> dict[str, bool]:
    """Each public name of a package, by its place, with whether it has a docstring."""
    return {
        f"{file.relative_to(ROOT)}:{node.lineno} {name}": bool(ast.get_docstring(node))
        for file in sorted((ROOT / package).rglob("*.py"))
        for name, node in definitions(ast.parse(file.read_text(encoding="utf-8")).body)
        if package != "ui" or not is_qt_override(name)
    }


@pytest.mark.parametrize("package", FLOORS)
def test_public_names_have_docstrings(package: str):
    """D-01"""
    names = public_names(package)
    bare = [name for name, is_documented in names.items() if not is_documented]
    share = 100 - 100 * len(bare) / len(names)
    assert share >= FLOORS[package], f"{share:.1f} % of {len(names)}; without one:\n" + "\n".join(bare)


SAMPLE = '''
def told(): """Said."""
def bare():
    def inside(): ...
def _hidden(): ...
class Panel(QWidget):
    """Said."""
    def sizeHint(self): ...
    def show_view(self): ...
    @property
    def text(self): ...
    @text.setter
    def text(self, text): ...
'''


def test_what_counts():
    """D-02"""
    found = {name: bool(ast.get_docstring(node)) for name, node in definitions(ast.parse(SAMPLE).body)}
    assert found == {
        "told": True, "bare": False, "Panel": True, "Panel.sizeHint": False, "Panel.show_view": False,
        "Panel.text": False,
    }  # fmt: skip
    assert [name for name in found if is_qt_override(name)] == ["Panel.sizeHint"]
