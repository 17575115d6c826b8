"""The text size: a step takes everything along, going back is exactly as before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from iscm_desktop.workspace import Workspace
from tests.support.every_place import PAGES
from tests.support.question_cards import line_at
from ui.app import Program
from ui.form.form_page import FormPage
from ui.look.lengths import scaled
from ui.look.theme import SCALES

ROUNDTRIPS = ((200, 100), (110, 125, 100), (80, 100), (90, 175, 110, 100))


@pytest.fixture(autouse=True)
def still_cursor(qapp: QApplication) -> Iterator[None]:
    before = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    yield
    qapp.setCursorFlashTime(before)


def settle(program: Program, qtbot: QtBot) -> None:
    """Until nothing is on its way any more: what one job brings may begin another a moment later."""
    for _turn in range(4):
        qtbot.wait(40)
        qtbot.waitUntil(lambda: not program.runner.is_busy and not is_about_to(program), timeout=20_000)
        QApplication.processEvents()


def is_about_to(program: Program) -> bool:
    """Whether something begins within a second, such as drawing a preview."""
    timers = [timer for timer in program.shell.findChildren(QTimer) if timer.isActive()]
    return any(timer.isSingleShot() and timer.remainingTime() < 1000 for timer in timers)


def places(window: QWidget) -> list[tuple[str, QRect]]:
    """Where everything that can be seen stands in the window."""
    found = [one for one in window.findChildren(QWidget) if one.isVisible()]
    return [(type(one).__name__, QRect(one.mapTo(window, QPoint()), one.size())) for one in found]


def walk(program: Program, scales: tuple[int, ...], qtbot: QtBot) -> None:
    for scale in scales:
        program.context.theme.show_scale(scale)
        settle(program, qtbot)


def assert_as_before(program: Program, scales: tuple[int, ...], qtbot: QtBot, *parts: QWidget) -> None:
    settle(program, qtbot)
    before = [(places(part), part.grab().toImage()) for part in parts]
    walk(program, scales[:1], qtbot)
    for part, (were, _looked) in zip(parts, before, strict=True):
        assert places(part) != were, "the first step is seen"
    walk(program, scales[1:], qtbot)
    for part, (were, looked) in zip(parts, before, strict=True):
        assert places(part) == were
        assert part.grab().toImage() == looked


@pytest.mark.parametrize("scales", ROUNDTRIPS, ids=str)
def test_going_back_is_exactly_as_before_in_a_filled_form(
    program: Program, form: FormPage, scales: tuple[int, ...], qtbot: QtBot
) -> None:
    qtbot.keyClicks(line_at(form, "ISC-A/ISC-A04").box, "IGC Secretariat, Geneva")
    form.show_section("ISC-E")
    form.form.complete()
    assert_as_before(program, scales, qtbot, program.shell.navigation, form.head, form.stack)


@pytest.mark.parametrize("page", PAGES)
def test_going_back_is_exactly_as_before_on_every_page(
    program: Program, workspace: Workspace, page: str, qtbot: QtBot
) -> None:
    workspace.responses.start("iscm", "igc")
    program.shell.show_page(page)
    assert_as_before(program, (125, 200, 100), qtbot, program.shell.centralWidget())


def test_what_is_first_seen_in_large_letters_is_small_with_the_rest(
    program: Program, form: FormPage, qtbot: QtBot
) -> None:
    form.show_section("ISC-B")
    form.form.complete()
    settle(program, qtbot)
    before = places(form.form)
    form.show_section("ISC-E")
    walk(program, (200,), qtbot)
    form.show_section("ISC-B")
    form.form.complete()
    walk(program, (100,), qtbot)
    assert places(form.form) == before


def test_sections_that_nobody_sees_are_not_styled_anew(program: Program, form: FormPage) -> None:
    for section in ("ISC-B", "ISC-E"):
        form.show_section(section)
    program.context.theme.step_scale(1)
    assert list(form.stack.forms) == ["ISC-E"]


def test_each_length_comes_back_from_each_size() -> None:
    for length in range(1, 60):
        for scale in SCALES:
            there = scaled(length, scale)
            assert scaled(there * 100 / scale, scale) == there


@pytest.mark.parametrize("size", [(1280, 800), (1024, 700)], ids=str)
def test_the_window_stays_as_large_as_it_is(program: Program, size: tuple[int, int], qtbot: QtBot) -> None:
    """With the program's own fonts behind those of the system, as after each start."""
    program._go_on()
    program.shell.resize(*size)
    for scale in SCALES:
        for there in (100, scale, 100):
            walk(program, (there,), qtbot)
            assert program.shell.size().toTuple() == size, (scale, there)
