"""What vouches for each response and for its sign-offs, read once for all of them from a store that may be damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache, partial
from typing import Any

from iscm_desktop.store.objects.promise_evidence import PromiseEvidence, sign_off_in_force
from iscm_desktop.store.objects.proof_levels import NOTHING_VOUCHES, ResponseProof, Shown, Voucher
from iscm_desktop.store.objects.revision import QUESTIONNAIRE, SIGN_OFF, Revision, RevisionId, SubjectId
from iscm_desktop.store.objects.sign_offs import signed_content
from iscm_desktop.store.verification.store_reader import StoreReader

_OF_SIGN_OFFS = (QUESTIONNAIRE, SIGN_OFF)
"""Kinds on which it hangs whether a sign-off counts: itself, and whoever began the response."""
_AGAIN = "SELECT package, revision FROM package_revision WHERE subject = :subject"
_SEALED = """
    SELECT revision.id, seal.key FROM revision JOIN seal ON seal.number = revision.seal
    WHERE revision.subject = :subject AND revision.kind IN ('questionnaire', 'sign_off')"""
_OTHER_SEALS = "SELECT key, members FROM seal WHERE subject = :subject AND members IS NOT NULL"


class ProofRows:
    """The rows on which the levels of revisions depend."""

    def __init__(self, store: StoreReader, standing: AbstractSet[int]) -> None:
        self._store, self._standing = store, standing
        self._packages: dict[SubjectId, list[Any]] = {}
        for row in store.rows(
            "SELECT subject, number, trust, signer_key, device, has_bare_beginning FROM package ORDER BY number"
        ):
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
            for _subject, number, shown, key, _device, _bare in rows
        )
        made_here = frozenset(id_ for id_, package in first.items() if package is None)
        return ResponseProof(vouchers, self._known.get(subject, frozenset()), lambda: made_here)

    def signed_content(
        self,
        subject: SubjectId,
        in_view: Mapping[RevisionId, Revision],
        first: Mapping[RevisionId, int | None],
    ) -> str:
        """Digest of the content that a response is signed off as, by the sign-off that counts; "" where none does.

        Args:
            in_view: Its revisions that are in view.
            first: As above.
        """
        revisions = {id_: one for id_, one in in_view.items() if one.kind in _OF_SIGN_OFFS}
        if all(one.kind != SIGN_OFF for one in revisions.values()):
            return ""
        own = {id_ for id_ in revisions if first[id_] is None}
        is_bare = any(row[5] and row[1] in self._standing for row in self._packages.get(subject, ()))
        known = self._known.get(subject, frozenset())
        evidence = PromiseEvidence(revisions, {}, own, known, has_bare_beginning=is_bare)
        for id_, key in self._keys_behind(subject, revisions, first):
            evidence.add_key(id_, key)
        return signed_content(sign_off_in_force(evidence))

    def _keys_behind(
        self,
        subject: SubjectId,
        revisions: Mapping[RevisionId, Revision],
        first: Mapping[RevisionId, int | None],
    ) -> Iterator[tuple[RevisionId, str]]:
        """Whose keys stand behind these: those of seals, and of packages before 1.2 for what their device made."""
        signers = {
            number: (device, key)
            for _subject, number, _shown, key, device, _bare in self._packages.get(subject, ())
            if key and device and number in self._standing
        }
        again = self._store.rows(_AGAIN, subject=subject)
        for id_, package in (
            *((id_, first[id_]) for id_ in revisions),
            *((id_, number) for number, id_ in again),
        ):
            device, key = signers.get(package, ("", "")) if package is not None else ("", "")
            if key and id_ in revisions and revisions[id_].device == device:
                yield id_, key
        for id_, key in self._store.rows(_SEALED, subject=subject):
            yield id_, key
        for key, members in self._store.rows(_OTHER_SEALS, subject=subject):
            for id_ in members.split():
                yield id_, key

    def _brought(
        self, subject: SubjectId, first: Mapping[RevisionId, int | None]
    ) -> dict[int, set[RevisionId]]:
        found: dict[int, set[RevisionId]] = {}
        for id_, package in first.items():
            if package is not None:
                found.setdefault(package, set()).add(id_)
        for package, id_ in self._store.rows(_AGAIN, subject=subject):
            found.setdefault(package, set()).add(id_)
        return found


def _of_package(brought: Callable[[], Mapping[int, set[RevisionId]]], number: int) -> set[RevisionId]:
    return brought().get(number, set())
