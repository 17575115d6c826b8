"""What a file would bring, worked out from two sets of revisions."""

from __future__ import annotations

from iscm_desktop.exchange.merging.revision_comparison import Comparison, compare
from iscm_desktop.store.objects.revision import ANSWER, Revision, RevisionId, revision_id

Inventory = dict[RevisionId, Revision]


def made(
    value: str | None, *parents: RevisionId, path: str = "a/name", at: int = 0
) -> tuple[RevisionId, Revision]:
    at_ = f"2027-03-01T09:00:{at:02}.000000Z"
    one = Revision("Anna", "d1", ANSWER, at_, tuple(sorted(parents)), path, "0" * 32, value)
    return revision_id(one), one


ROOT = made("one")
OURS = made("ours", ROOT[0], at=1)
THEIRS = made("theirs", ROOT[0], at=2)


def inventory(*revisions: tuple[RevisionId, Revision]) -> Inventory:
    return dict(revisions)


def test_a_response_that_we_do_not_have() -> None:
    assert compare({}, inventory(ROOT, THEIRS)) == Comparison(brings=2, new=1, same=0, newer=0, conflicts=0)


def test_the_same_again() -> None:
    ours = inventory(ROOT, OURS)
    assert compare(ours, ours) == Comparison(brings=0, new=0, same=1, newer=0, conflicts=0)


def test_they_went_on_from_what_we_have() -> None:
    assert compare(inventory(ROOT), inventory(ROOT, THEIRS)) == Comparison(
        1, new=0, same=0, newer=1, conflicts=0
    )


def test_we_went_on_from_what_they_have() -> None:
    assert compare(inventory(ROOT, OURS), inventory(ROOT)) == Comparison(
        0, new=0, same=1, newer=0, conflicts=0
    )


def test_both_went_on() -> None:
    both = compare(inventory(ROOT, OURS), inventory(ROOT, THEIRS))
    assert both == Comparison(brings=1, new=0, same=0, newer=0, conflicts=1)


def test_both_went_on_to_the_same() -> None:
    equal = made("ours", ROOT[0], at=5)
    assert compare(inventory(ROOT, OURS), inventory(ROOT, equal)) == Comparison(
        1, new=0, same=1, newer=0, conflicts=0
    )


def test_a_conflict_that_is_there_already_is_not_counted_again() -> None:
    ours = inventory(ROOT, OURS, THEIRS)
    assert compare(ours, inventory(ROOT, THEIRS)).conflicts == 0
    third = made("a third", ROOT[0], at=7)
    assert compare(ours, inventory(ROOT, third)).conflicts == 1


def test_a_resolution_settles() -> None:
    settled = made("theirs", OURS[0], THEIRS[0], at=9)
    found = compare(inventory(ROOT, OURS), inventory(ROOT, OURS, THEIRS, settled))
    assert found == Comparison(brings=2, new=0, same=0, newer=1, conflicts=0)
