"""What vouches for each response, read once for all of them from a store that may be damaged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache, partial
from typing import Any

from iscm_desktop.store.objects.proof_levels import NOTHING_VOUCHES, ResponseProof, Shown, Voucher
from iscm_desktop.store.objects.revision import RevisionId, SubjectId
from iscm_desktop.store.verification.store_reader import StoreReader


class ProofRows:
    """The rows on which the levels of revisions depend."""

    def __init__(self, store: StoreReader, standing: AbstractSet[int]) -> None:
        self._store, self._standing = store, standing
        self._packages: dict[SubjectId, list[Any]] = {}
        for row in store.rows("SELECT subject, number, trust, signer_key FROM package ORDER BY number"):
            self._packages.setdefault(row[0], []).append(row)
        known: dict[tuple[str, str], set[str]] = {}
        for form_id, respondent, key in store.rows("SELECT form_id, respondent, key FROM known_device"):
            known.setdefault((form_id, respondent), set()).add(key)
        responses = store.rows("SELECT id, form_id, respondent FROM response") if known else []
        self._known = {
            id_: frozenset(known.get((form_id, respondent), ())) for id_, form_id, respondent in responses
        }

    def of(self, subject: SubjectId, first: Mapping[RevisionId, int | None]) -> ResponseProof:
        """What vouches for a response.

        Args:
            first: The package that brought each of its revisions first; None: it was made here.

        Raises:
            ValueError: a package shows what no package can show.
        """
        rows = self._packages.get(subject)
        if not rows:
            return NOTHING_VOUCHES
        brought = cache(partial(self._brought, subject, first))
        vouchers = tuple(
            Voucher(Shown(shown), key, partial(_of_package, brought, number), number in self._standing)
            for _subject, number, shown, key in rows
        )
        made_here = frozenset(id_ for id_, package in first.items() if package is None)
        return ResponseProof(vouchers, self._known.get(subject, frozenset()), lambda: made_here)

    def _brought(
        self, subject: SubjectId, first: Mapping[RevisionId, int | None]
    ) -> dict[int, set[RevisionId]]:
        found: dict[int, set[RevisionId]] = {}
        for id_, package in first.items():
            if package is not None:
                found.setdefault(package, set()).add(id_)
        again = "SELECT package, revision FROM package_revision WHERE subject = :subject"
        for package, id_ in self._store.rows(again, subject=subject):
            found.setdefault(package, set()).add(id_)
        return found


def _of_package(brought: Callable[[], Mapping[int, set[RevisionId]]], number: int) -> set[RevisionId]:
    return brought().get(number, set())
