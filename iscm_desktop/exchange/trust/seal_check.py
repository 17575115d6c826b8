"""Every seal in a store: whether its signature holds over the revisions that it covers."""

from __future__ import annotations

from collections.abc import Iterator

from iscm_desktop.exchange.trust.sealing import is_whole
from iscm_desktop.store.objects.revision import RevisionId, SubjectId
from iscm_desktop.store.objects.seals import Seal
from iscm_desktop.store.verification.findings import Finding, FindingKind
from iscm_desktop.store.verification.store_reader import StoreReader

_COLUMNS = "SELECT number, subject, package, device, key, signature, members FROM seal"
_SEALS = f"{_COLUMNS} ORDER BY number"
_SEALS_OF = f"{_COLUMNS} WHERE subject = :subject ORDER BY number"
_SEALED = "SELECT seal, id FROM revision WHERE seal IS NOT NULL"


def check_seals_of_store(store: StoreReader) -> tuple[int, list[Finding]]:
    """How many there are, and those that do not hold; the file that brought a seal has it.

    Raises:
        sqlite3.DatabaseError: the file is damaged there.
    """
    sealed: dict[int, list[RevisionId]] = {}
    for number, id_ in store.rows(_SEALED):
        sealed.setdefault(number, []).append(id_)
    files = {number: (name, sender) for number, name, sender in store.rows(_FILES)}
    rows = store.rows(_SEALS)
    broken = list(_broken(rows, sealed, files))
    known = {row[0] for row in rows}
    broken += [Finding(FindingKind.SEAL_BROKEN, detail=f"seal {number}") for number in sealed.keys() - known]
    return len(rows), broken


def broken_seals_of(store: StoreReader, subject: SubjectId) -> list[Finding]:
    """The seals of one response that do not hold over what is here; likewise."""
    sealed: dict[int, list[RevisionId]] = {}
    for number, id_ in store.rows(f"{_SEALED} AND subject = :subject", subject=subject):
        sealed.setdefault(number, []).append(id_)
    rows = store.rows(_SEALS_OF, subject=subject)
    files = {number: (name, sender) for number, name, sender in store.rows(_FILES)} if rows else {}
    return list(_broken(rows, sealed, files))


_FILES = "SELECT number, file_name, sender FROM package"


def _broken(
    rows: list[tuple[int, SubjectId, int | None, str, str, str, str | None]],
    sealed: dict[int, list[RevisionId]],
    files: dict[int, tuple[str, str]],
) -> Iterator[Finding]:
    for number, subject, package, device, key, signature, members in rows:
        ids = sorted(sealed.get(number, ())) if members is None else members.split()
        try:
            holds = is_whole(Seal(device, key, signature, tuple(ids)), subject)
        except (ValueError, TypeError, AttributeError):  # no key or signature any more
            holds = False
        if not holds:
            name, sender = files.get(package, ("", "")) if package is not None else ("", "")
            yield Finding(
                FindingKind.SEAL_BROKEN, subject, author=str(device), file_name=name, sender=sender,
                detail=f"seal {number}",
            )  # fmt: skip
