"""What lies within a delegation, as strangers may write it.

B-01 What may be changed is what every delegation along the line allows.
B-02 A line that leads back to itself, or has no end, allows nothing.
B-03 Only whoever made a delegation can change or end it.
B-04 A file that is all delegations is told apart quickly, or refused.
"""

from __future__ import annotations

import time

import pytest

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.exchange.colleagues.delegation import (
    DelegationPart,
    DelegationTerms,
    HandedDelegation,
    context_of,
    delegated_changes,
    delegations_in,
    is_within,
    return_of,
    terms_of,
    written,
)
from iscm_desktop.store.objects.promises import PromiseKeys
from iscm_desktop.store.objects.revision import ANSWER, DELEGATION, QUESTIONNAIRE, Revision, revision_id

UNSIGNED = PromiseKeys()
SUBJECT = "0" * 32
ONE, TWO, THREE = ("1" * 32, "2" * 32, "3" * 32)


def terms(*sections: str, parents: tuple[str, ...] = ()) -> DelegationTerms:
    return DelegationTerms("Anna", None, "", parents, sections, "Bela")


def revision(kind: str, path: str, value: str | None, device: str = "anna", second: int = 0) -> Revision:
    made_at = f"2027-03-01T09:00:{second:02}.000000Z"
    return Revision("Anna", device, kind, made_at, (), path, SUBJECT, value)


def made(id_: str, given: DelegationTerms, device: str = "anna") -> Revision:
    return revision(DELEGATION, id_, written(given), device)


def file(*revisions: Revision) -> dict[str, Revision]:
    return {revision_id(one): one for one in revisions}


def part(*ids: str) -> DelegationPart:
    return DelegationPart(tuple(HandedDelegation(id_, terms("x")) for id_ in ids), is_return=True)


def outside(
    part_: DelegationPart,
    theirs: dict[str, Revision],
    ours: dict[str, Revision],
    keys: PromiseKeys = UNSIGNED,
) -> tuple[str, ...]:
    return delegated_changes(part_, theirs, ours, keys, "file").paths_outside


def test_a_path_lies_within_by_whole_names() -> None:
    assert is_within("ISC-B/ISC-B05/a/b", {"ISC-B"})
    assert is_within("ISC-B", {"ISC-B"})
    assert not is_within("ISC-B1/x", {"ISC-B"})
    assert not is_within("", {"ISC-B"})


def test_everybody_along_the_line_has_a_say() -> None:
    """B-01."""
    ours = file(made(ONE, terms("a", "b")))
    theirs = file(
        made(TWO, terms("b", "c", parents=(ONE,)), "bela"),
        *(revision(ANSWER, f"{name}/q", "x", "bela") for name in "abc"),
    )
    assert outside(part(TWO), theirs, ours) == ("a/q", "c/q")
    assert outside(part(ONE), theirs, ours) == ("c/q",)


def test_a_part_of_a_section_is_within_it() -> None:
    ours = file(made(ONE, terms("a")))
    theirs = file(
        made(TWO, terms("a/group", parents=(ONE,)), "bela"),
        revision(ANSWER, "a/group/q", "x"),
        revision(ANSWER, "a/q", "x"),
    )
    assert outside(part(TWO), theirs, ours) == ("a/q",)


def test_a_line_without_end_allows_nothing() -> None:
    """B-02."""
    theirs = file(
        made(ONE, terms("a", parents=(TWO,))),
        made(TWO, terms("a", parents=(ONE,))),
        revision(ANSWER, "a/q", "x"),
    )
    assert outside(part(ONE), theirs, {}) == ("a/q",)


def test_only_the_maker_changes_a_delegation() -> None:
    """B-03."""
    first = made(ONE, terms("a"))
    wider = Revision(
        "Bela", "bela", DELEGATION, "2027-03-02T09:00:00.000000Z", (revision_id(first),), ONE, SUBJECT,
        written(terms("a", "b")),
    )  # fmt: skip
    anna, bela = frozenset({"anna's key"}), frozenset({"bela's key"})
    both = file(first, wider, revision(ANSWER, "b/q", "x", "bela"))
    for behind in ({}, {revision_id(first): anna}, {revision_id(first): anna, revision_id(wider): bela}):
        keys = PromiseKeys(behind)
        (known,) = delegations_in(both, keys).values()
        assert known.terms.sections == ("a",)
        assert not known.is_over
        assert outside(part(ONE), both, file(first), keys) == tuple(sorted((ONE, "b/q")))
        assert outside(part(ONE), both, file(first, wider), keys) == ("b/q",)
    hers = PromiseKeys({revision_id(first): anna, revision_id(wider): anna})
    assert outside(part(ONE), both, file(first, wider), hers) == ()


def test_nobody_hands_over_what_they_do_not_hold() -> None:
    """B-03: where the response is whole, a delegation is this store's or the respondent's, whatever it says."""
    whole = revision(QUESTIONNAIRE, "", "1 form")
    own, forged = made(ONE, terms("a")), made(TWO, terms("a", "b"))
    answers = [revision(ANSWER, f"{name}/q", "x", "bela") for name in "ab"]
    ours, theirs = file(whole, own), file(own, forged, *answers)
    stranger, minister = frozenset({"stranger"}), frozenset({"minister"})
    here = PromiseKeys({revision_id(forged): stranger}, own=frozenset(ours))
    assert outside(part(ONE), theirs, ours, here) == tuple(sorted((TWO, "b/q")))
    assert outside(part(TWO), theirs, ours, here) == ("a/q", "b/q")
    known = PromiseKeys({revision_id(own): minister, revision_id(forged): stranger}, respondent=minister)
    assert outside(part(ONE), theirs, ours, known) == tuple(sorted((TWO, "b/q")))
    assert outside(part(TWO), theirs, ours, known) == ("a/q", "b/q")


def test_a_delegation_nobody_knows() -> None:
    with pytest.raises(IscmError) as refused:
        delegated_changes(part(THREE), {}, {}, UNSIGNED, "file")
    assert refused.value.problem is FileProblem.PACKAGE_CONTRADICTS


def test_a_maze_of_delegations_is_told_apart_quickly() -> None:
    """B-04: twenty ways up at each of two hundred levels are more lines than could ever be followed."""
    ids = [f"{number:032x}" for number in range(400)]
    maze = [made(id_, terms("a", parents=tuple(ids[at + 1 : at + 21]))) for at, id_ in enumerate(ids)]
    answers = [revision(ANSWER, f"a/{number}", "x") for number in range(2000)]
    began = time.monotonic()
    delegated_changes(part(ids[0]), file(*maze, *answers), {}, UNSIGNED, "file")
    assert time.monotonic() - began < 5
    many = [made(id_, terms(*(f"s{number}" for number in range(15_000)))) for id_ in ids[:4]]
    with pytest.raises(IscmError) as refused:
        delegated_changes(part(ids[0]), file(*many), {}, UNSIGNED, "file")
    assert refused.value.problem is FileProblem.PACKAGE_TOO_LARGE


@pytest.mark.parametrize("text", ["", "[]", "{", '{"to":1}', "null", '{"answers":[]}', '{"to":"\\ud800"}'])
def test_values_of_other_programs_are_nothing_to_us(text: str) -> None:
    assert terms_of(text) is None
    assert return_of(text) is None
    assert not context_of(text).entries
