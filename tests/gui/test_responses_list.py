"""The list of responses says how far each is, what became of it last, and when all of it was backed up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.app import Program
from ui.phrases.shown_moments import brief_moment
from ui.questionnaires.questionnaires_page import QuestionnairesPage
from ui.questionnaires.responses_model import CHANGED, PROGRESS, STATE


def page_of(program: Program) -> QuestionnairesPage:
    program.shell.show_page("questionnaires")
    page = program.shell.page
    assert isinstance(page, QuestionnairesPage)
    page.refresh()
    return page


def cell(page: QuestionnairesPage, column: int) -> str:
    return str(page.model.index(0, column).data())


def test_progress_is_a_share_and_words(program: Program, igc: str) -> None:
    words = cell(page_of(program), PROGRESS)
    share, rest = words.split(" · ", 1)
    row = program.context.workspace.response_list.all()[0]
    assert share == f"{100 * row.answered // row.asked} %"
    assert rest.startswith(f"{row.answered} of {row.asked} answered")
    assert "to finish" in rest


@pytest.mark.parametrize(("name", "words"), [("igc.pdf", "sent as PDF"), ("igc.iscm", "sent as data file")])
def test_what_was_exported_says_how_until_it_changes(
    program: Program, igc: str, tmp_path: Path, name: str, words: str
) -> None:
    workspace = program.context.workspace
    assert cell(page_of(program), CHANGED).endswith("saved")
    if name.endswith(".pdf"):
        workspace.pdf_exports.export(igc, tmp_path / name)
    else:
        workspace.exports.export(igc, tmp_path / name)
    assert cell(page_of(program), CHANGED).endswith(words)
    session = workspace.responses.open_session(igc)
    session.answer("ISC-B/ISC-B01", "1985")
    workspace.responses.save(igc, session)
    assert cell(page_of(program), CHANGED).endswith("saved")


def test_a_long_badge_takes_no_column_away(program: Program, igc: str, qtbot: QtBot) -> None:
    table, px = page_of(program).table, program.context.theme.px
    qtbot.waitUntil(lambda: table._room > 0 and bool(table._wanted))
    others = sum(width for column, width in table._wanted.items() if column != STATE)
    table._wanted[STATE] = table._room - px(230) - others + px(40)
    assert table._wanted[STATE] - px(40) > px(110)
    table.fit()
    assert not any(table.isColumnHidden(column) for column in range(6))
    assert sum(table.columnWidth(column) for column in range(6)) <= table._room
    assert table.model().index(0, STATE).data(Qt.ItemDataRole.ToolTipRole) == "Draft"


def test_the_badge_of_the_chosen_row_stands_out_from_its_ground(
    program: Program, igc: str, qtbot: QtBot
) -> None:
    table = page_of(program).table
    table.selectRow(0)
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    box = table.visualRect(table.model().index(0, STATE))
    look: QImage = table.viewport().grab().toImage()
    ratio = look.devicePixelRatio()
    at = int((box.left() + program.context.theme.px(24)) * ratio)  # through the upper line of the badge
    rows = range(int(box.top() * ratio), int(box.bottom() * ratio))
    colours = {look.pixelColor(QPoint(at, row)).name() for row in rows}
    assert program.context.theme.tokens.line_strong.lower() in colours


def test_the_newest_backup_is_told_at_the_foot(program: Program, igc: str, qtbot: QtBot) -> None:
    program.context.workspace.backups.make()
    program.context.backed_up.emit()
    label = program.shell.status.findChild(QLabel, "backup-state")
    assert isinstance(label, QLabel)
    qtbot.waitUntil(lambda: label.text().startswith("Backup "), timeout=20_000)


def test_a_moment_of_today_is_its_time_alone() -> None:
    now = datetime(2027, 3, 1, 12, tzinfo=UTC).astimezone()
    assert brief_moment(now - timedelta(minutes=5), now) == f"{now - timedelta(minutes=5):%H:%M}"
    assert brief_moment(now - timedelta(days=40), now) != f"{now:%H:%M}"
