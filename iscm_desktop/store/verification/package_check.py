"""Every received file: whether all that it brought is still here, by number and root."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iscm_desktop.store.objects.revision import RevisionId, SubjectId
from iscm_desktop.store.objects.revision_set import root_of
from iscm_desktop.store.verification.findings import Finding, FindingKind
from iscm_desktop.store.verification.revision_ids import is_sound, rows_of
from iscm_desktop.store.verification.store_reader import StoreReader


@dataclass(frozen=True, slots=True)
class ReceivedPackage:
    """A received file, as the store remembers it."""

    number: int
    subject: SubjectId
    file_name: str
    sender: str
    revisions: int
    root: str

    def holds(self, ids: Iterable[RevisionId]) -> bool:
        """Whether these are the revisions that it brought, no more and no fewer."""
        found = set(ids)
        try:
            return len(found) == self.revisions and root_of(found) == self.root
        except (ValueError, TypeError):  # one of them is no id, or no text
            return False


def packages_of(store: StoreReader) -> dict[int, ReceivedPackage]:
    """All of them, by number."""
    return {row[0]: ReceivedPackage(*row) for row in store.rows(_ALL)}


def incomplete(
    packages: Mapping[int, ReceivedPackage],
    first: Mapping[int, list[RevisionId]],
    again: Mapping[int, list[RevisionId]],
) -> dict[int, Finding]:
    """Those of which something is missing, or whose row is not what it was.

    Args:
        first: By package, the revisions that it brought first and that are what they were.
        again: By package, those that it brought although they were here.
    """
    found: dict[int, Finding] = {}
    for number, package in packages.items():
        held = {*first.get(number, ()), *again.get(number, ())}
        if not package.holds(held):
            found[number] = Finding(
                FindingKind.PACKAGE_INCOMPLETE, str(package.subject), file_name=str(package.file_name),
                sender=str(package.sender), detail=f"package {number}: {len(held)} of {package.revisions}",
            )  # fmt: skip
    return found


def is_whole(store: StoreReader, number: int, subject: SubjectId) -> bool:
    """Whether all that one package brought is here and is what it was; reads the rows of its response only.

    Raises:
        sqlite3.DatabaseError: the file is damaged there.
    """
    found = store.rows(_ONE, number=number)
    if not found:
        return False
    sound = {row[1]: row[9] for row in rows_of(store, subject) if is_sound(row)}
    again = store.rows(_AGAIN, number=number)
    held = {id_ for id_, package in sound.items() if package == number}
    held |= {id_ for (id_,) in again if id_ in sound}
    package = ReceivedPackage(*found[0])
    return package.subject == subject and package.holds(held)


_ALL = "SELECT number, subject, file_name, sender, revisions, root FROM package"
_ONE = _ALL + " WHERE number = :number"
_AGAIN = "SELECT revision FROM package_revision WHERE package = :number"
