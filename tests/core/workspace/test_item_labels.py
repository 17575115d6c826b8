"""How stored answers are told where no form is open: in the history, in conflicts, in what Undo would do."""

from __future__ import annotations

import pytest

from iscm_desktop.session.views import AnswerPath
from iscm_desktop.workspace.item_labels import ItemLabels
from tests.support.entering import entering

FORM = """
| survey |
|  | type        | name  | label           | appearance |
|  | begin_group | s     | Section         |            |
|  | date        | day   | On which day?   |            |
|  | date        | month | In which month? | month-year |
|  | date        | year  | In which year?  | year       |
|  | decimal     | cost  | What cost?      |            |
|  | text        | name  | Which name?     |            |
|  | end_group   |       |                 |            |
"""


@pytest.mark.parametrize(
    ("name", "stored", "told"),
    [
        ("day", "2025-03-14", "14 March 2025"),
        ("month", "2025-03-01", "March 2025"),
        ("year", "2025-01-01", "2025"),
        ("day", "31.13.2024", "31.13.2024"),
        ("cost", "2.5", "2.5"),
        ("name", "2025-03-01", "2025-03-01"),
        ("month", "", ""),
    ],
)
def test_an_answer_is_told_as_the_form_shows_it(name: str, stored: str, told: str) -> None:
    """A month that was answered is no day that nobody gave."""
    labels = ItemLabels(entering(FORM).questionnaire, "en")
    assert labels.value(AnswerPath(f"s/{name}"), stored) == told
