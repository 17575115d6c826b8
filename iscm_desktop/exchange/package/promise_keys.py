"""Whose keys stand behind the promises of a package: what tells them from claims before it is in a store."""

from __future__ import annotations

from dataclasses import dataclass, field

from iscm_desktop.exchange.package.package_reader import ReadPackage
from iscm_desktop.store.objects.promises import PROMISE_KINDS, is_beginning
from iscm_desktop.store.objects.revision import QUESTIONNAIRE, RevisionId


@dataclass(slots=True)
class KeysBehind:
    """The keys that stand behind promises of packages which are not in the store yet."""

    behind: dict[RevisionId, frozenset[str]] = field(default_factory=dict)
    has_bare_beginning: bool = False
    """One of the packages holds a beginning of the response behind which no key in it stands."""

    def add(self, package: ReadPackage) -> KeysBehind:
        """Takes a package in, whose signature and seals were checked; gives itself."""
        for id_, keys in keys_in(package).items():
            self.behind[id_] = self.behind.get(id_, frozenset()) | keys
        self.has_bare_beginning |= has_bare_beginning(package)
        return self


def keys_in(package: ReadPackage) -> dict[RevisionId, frozenset[str]]:
    """The keys that stand behind a package's promises: of its seals and, before format 1.2, of its signature.

    That one stands for what its sender's device made. Since 1.2 a signature is no seal: whoever exports signs also
    what strangers sent to them in their name.
    """
    found: dict[RevisionId, frozenset[str]] = {}
    wanted = {id_ for id_, one in package.revisions.items() if one.kind in (*PROMISE_KINDS, QUESTIONNAIRE)}
    for seal in package.seals:
        for id_ in wanted.intersection(seal.revisions):
            found[id_] = found.get(id_, frozenset()) | {seal.key}
    sender = package.manifest.sender
    for id_ in wanted if sender.key and package.manifest.is_before_seals else ():
        if sender.device and package.revisions[id_].device == sender.device:
            found[id_] = found.get(id_, frozenset()) | {sender.key}
    return found


def has_bare_beginning(package: ReadPackage) -> bool:
    """Whether a package holds a beginning of the response behind which no key in it stands.

    Whoever receives such a file can put a key of their own behind it, so that no key says any more who began.
    """
    began = {id_: one for id_, one in package.revisions.items() if is_beginning(one)}
    sender = package.manifest.sender
    vouches_for = sender.device if sender.key and package.manifest.is_before_seals else ""
    return any(
        (not vouches_for or one.device != vouches_for)
        and all(id_ not in seal.revisions for seal in package.seals)
        for id_, one in began.items()
    )
