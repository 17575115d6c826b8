"""Pages: what belongs together stays together, heads are repeated, footnotes stand where their mark is."""

from __future__ import annotations

from collections.abc import Sequence

from iscm_desktop.reports.typesetting.page_rows import Row
from iscm_desktop.reports.typesetting.pagination import PrintedPage, paginated


def pages(rows: Sequence[Row], height: float = 100) -> list[PrintedPage]:
    return paginated(rows, height, lambda keys: 10.0 * len(keys) + 5 if keys else 0.0)


def heights(found: list[PrintedPage]) -> list[list[float]]:
    return [[row.height for _, row in page.rows] for page in found]


def test_a_heading_is_never_the_last_thing_on_a_page():
    found = pages([Row(85), Row(10, keeps_next=True), Row(12)])
    assert heights(found) == [[85], [10, 12]]


def test_the_space_above_vanishes_at_the_top_of_a_page():
    found = pages([Row(90), Row(20, gap=15), Row(20, gap=15)])
    assert [top for top, _ in found[1].rows] == [0, 35]


def test_a_table_s_head_is_repeated_where_the_table_goes_on():
    head = Row(7, keeps_next=True)
    body = [Row(30, head=(head,)) for _ in range(4)]
    assert heights(pages([head, *body])) == [[7, 30, 30, 30], [7, 30]]


def test_what_no_page_can_hold_together_is_parted_after_all():
    rows = [Row(30, keeps_next=True) for _ in range(7)]
    assert heights(pages(rows)) == [[30] * 3, [30] * 3, [30]]


def test_a_footnote_takes_its_room_from_the_page_of_its_mark():
    found = pages([Row(45), Row(45, notes=("kosovo",)), Row(20)])
    assert heights(found) == [[45], [45, 20]]
    assert [page.notes for page in found] == [[], ["kosovo"]]


def test_the_same_footnote_stands_once_on_a_page_and_again_on_the_next():
    found = pages([Row(20, notes=("kosovo",)) for _ in range(6)])
    assert [page.notes for page in found] == [["kosovo"], ["kosovo"]]
    assert heights(found) == [[20] * 4, [20] * 2]


def test_a_new_page_begins_where_it_was_asked_for():
    assert heights(pages([Row(10), Row(10, begins_page=True)])) == [[10], [10]]


def test_nothing_to_print_is_one_empty_page():
    assert heights(pages([])) == [[]]
