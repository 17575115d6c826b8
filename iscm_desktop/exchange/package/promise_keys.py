"""Whose keys stand behind the promises of a package: what tells them from claims before it is in a store."""

from __future__ import annotations

from iscm_desktop.exchange.package.package_reader import ReadPackage
from iscm_desktop.store.objects.promises import PROMISE_KINDS
from iscm_desktop.store.objects.revision import QUESTIONNAIRE, RevisionId


def keys_in(package: ReadPackage) -> dict[RevisionId, frozenset[str]]:
    """The keys that stand behind a package's promises: of its seals and, for the sender's device, of its signature."""
    found: dict[RevisionId, frozenset[str]] = {}
    wanted = {id_ for id_, one in package.revisions.items() if one.kind in (*PROMISE_KINDS, QUESTIONNAIRE)}
    for seal in package.seals:
        for id_ in wanted.intersection(seal.revisions):
            found[id_] = found.get(id_, frozenset()) | {seal.key}
    sender = package.manifest.sender
    for id_ in wanted if sender.key else ():
        if package.revisions[id_].device == sender.device:
            found[id_] = found.get(id_, frozenset()) | {sender.key}
    return found
