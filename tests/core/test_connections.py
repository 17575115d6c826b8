"""No connection of the window outlives its receiver: all are made to methods, with whose object they end.

PySide holds on to a lambda, a `partial` or an inner function for as long as the sender lives, and calls it after what
it touches was deleted. A method of a QObject is let go of with that object.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

_UI = Path(__file__).parents[2] / "ui"
_HELPERS = {_UI / "widgets" / "connections.py", _UI / "page" / "timers.py"}
"""Connect what they are handed, which they or this test look at where it is handed over."""

_KEPT = {
    "connect",
    "on_press",
    "soon",
    "single_shot",
    "singleShot",
    "Carrier",
    "QShortcut",
    "addAction",
    "append",
}
"""Calls that keep a function until something happens; `append` where it is to a list of listeners."""


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _keeps_functions(call: ast.Call) -> bool:
    name = _called(call)
    if name != "append":
        return name in _KEPT
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value).endswith("on_changed")


def _inner_functions(tree: ast.AST) -> set[str]:
    """Names of functions that are defined inside of others."""
    found: set[str] = set()
    for outer in ast.walk(tree):
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef):
            found |= {
                one.name for one in ast.walk(outer) if isinstance(one, ast.FunctionDef) and one is not outer
            }
    return found


def _is_without_receiver(argument: ast.expr, inner: set[str]) -> bool:
    match argument:
        case ast.Lambda():
            return True
        case ast.Name(id=name):
            return name in inner
        case ast.Attribute(attr=name):
            return name == "emit"  # of a signal, whose object may be gone; a signal itself can be connected
        case ast.Call():
            return _called(argument) == "partial"
        case _:
            return False


def _is_a_name(argument: ast.expr) -> bool:
    """Whether it may be anything: what a function was handed, or one of the module."""
    return isinstance(argument, ast.Name)


def lasting_connections(source: str) -> Iterator[str]:
    """Each connection in a module that would outlive its receiver, as it is written there."""
    tree = ast.parse(source)
    inner = _inner_functions(tree)
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _keeps_functions(call):
            handed = [*call.args, *(keyword.value for keyword in call.keywords)]
            is_signal = _called(call) == "connect"
            if _called(call) == "singleShot" and len(call.args) != 3:  # time, receiver, method
                yield f"{call.lineno}: {ast.unparse(call)}"
            if any(
                _is_without_receiver(argument, inner) or (is_signal and _is_a_name(argument))
                for argument in handed
            ):
                yield f"{call.lineno}: {ast.unparse(call)}"


@pytest.mark.parametrize("path", sorted(_UI.rglob("*.py")), ids=lambda path: str(path.relative_to(_UI)))
def test_every_connection_ends_with_its_receiver(path: Path) -> None:
    if path in _HELPERS:
        return
    assert list(lasting_connections(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "written",
    [
        "button.clicked.connect(lambda: page.save())",
        "button.clicked.connect(partial(page.save, 1))",
        "def make():\n    def act(): ...\n    button.clicked.connect(act)",
        "context.saved.connect(other.saved.emit)",
        "QTimer.singleShot(0, page, lambda: page.save())",
        "QTimer.singleShot(0, page.save)",
        "session.on_changed.append(lambda paths: page.draw(paths))",
        "QShortcut(keys, page, lambda: page.save())",
        "context.saved.connect(then)",
    ],
)
def test_the_test_sees_what_would_last(written: str) -> None:
    assert list(lasting_connections(written))


@pytest.mark.parametrize(
    "written",
    [
        "button.clicked.connect(self._save)",
        "on_press(button, self._step, -1)",
        "a.changed.connect(b.changed)",
    ],
)
def test_the_test_lets_methods_and_signals_pass(written: str) -> None:
    assert not list(lasting_connections(written))
