"""What was written, read again as whoever gets it would read it, before anybody is told that it is written.

Each of these gives the reader of one kind of file, for `package_writer.replace_file`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path

import msgspec

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.exchange.colleagues.delegation import delegated_changes
from iscm_desktop.exchange.colleagues.queries import check_queries
from iscm_desktop.exchange.package.package_reader import open_package, read_package
from iscm_desktop.exchange.package.package_writer import PackageContents, ReadBack
from iscm_desktop.exchange.package.promise_keys import keys_in
from iscm_desktop.exchange.trust.age_encryption import decrypted
from iscm_desktop.exchange.trust.age_header import X25519, AgeError, read_header
from iscm_desktop.exchange.trust.invitation_file import Invitation, read_invitation
from iscm_desktop.exchange.trust.sealing import check_seals
from iscm_desktop.exchange.trust.signature import is_signed
from iscm_desktop.file_names import shown_file
from iscm_desktop.i18n import _
from iscm_desktop.store.objects.promises import PromiseKeys
from iscm_desktop.store.objects.revision import DELEGATION


class NotWhatWasMeant(ValueError):
    """A file that can be read, and says something else."""


def telling(target: Path, read: ReadBack) -> ReadBack:
    """A reader that says of this file, in one sentence, that it was not written, and why."""

    @wraps(read)
    def told(data: bytes) -> None:
        try:
            read(data)
        except IscmError as error:
            if error.problem in (FileProblem.FILE_NOT_READ_BACK, FileProblem.FILE_WOULD_BE_TOO_LARGE):
                raise  # of what is inside
            if error.problem is FileProblem.PACKAGE_TOO_LARGE:
                raise IscmError(FileProblem.FILE_WOULD_BE_TOO_LARGE, file=shown_file(target)) from error
            raise _not_read_back(
                target, _("it was refused ({problem})").format(problem=error.problem.name)
            ) from error
        except (ValueError, LookupError) as error:
            raise _not_read_back(target, _("it was not what was meant to be written")) from error

    return told


def _not_read_back(target: Path, reason: str) -> IscmError:
    return IscmError(FileProblem.FILE_NOT_READ_BACK, file=shown_file(target), reason=reason)


def package_read_back(contents: PackageContents, target: Path, key: str | None) -> ReadBack:
    """Reads a package with all the checks of a merge that need no store.

    Args:
        key: The public key that has signed it; None: it is unsigned.
    """

    def read(data: bytes) -> None:
        opened = open_package(target, data)
        package = read_package(opened)
        if package.revisions.keys() != contents.revisions.keys():
            raise NotWhatWasMeant
        if package.questionnaire_source != contents.questionnaire_source:
            raise NotWhatWasMeant
        part = package.manifest.delegation
        if part is not None:
            keys = PromiseKeys(keys_in(package))
            found = delegated_changes(part, package.revisions, {}, keys, target.name)
            if any(
                one.kind != DELEGATION for one in found.outside.values()
            ):  # whose keys stayed behind, perhaps
                raise NotWhatWasMeant
        if package.manifest.queries is not None:
            check_queries(package.revisions, is_response_here=True, file=target.name, respondent="")
        _check_signatures(opened.manifest_bytes, opened.signature, key)
        if package.seals:
            check_seals(package)

    return telling(target, read)


def _check_signatures(manifest: bytes, signature: bytes | None, key: str | None) -> None:
    if key is None:
        if signature is not None:
            raise NotWhatWasMeant
    elif signature is None or not is_signed(manifest, signature, key):
        raise NotWhatWasMeant


def inside(target: Path, take_out: Callable[[bytes], bytes], read: ReadBack) -> ReadBack:
    """Reads what a file carries inside: the package in a PDF."""

    def read_inside(data: bytes) -> None:
        read(take_out(data))

    return telling(target, read_inside)


def encrypted_read_back(target: Path, recipients: int) -> ReadBack:
    """Looks at what can be seen of a file without the key: that it has a sound header, and one way in for each."""

    def read(data: bytes) -> None:
        try:
            stanzas = read_header(data)
        except AgeError as error:
            raise NotWhatWasMeant from error
        if sum(stanza.kind == X25519 for stanza in stanzas) != recipients:
            raise NotWhatWasMeant

    return telling(target, read)


def invitation_read_back(invitation: Invitation, target: Path) -> ReadBack:
    """Reads an invitation as whoever is invited does."""

    def read(data: bytes) -> None:
        found = read_invitation(target, data).invitation
        if msgspec.structs.replace(found, members={}) != msgspec.structs.replace(invitation, members={}):
            raise NotWhatWasMeant

    return telling(target, read)


def passphrase_read_back(content: bytes, passphrase: str, target: Path) -> ReadBack:
    """Opens what was encrypted with a passphrase; takes the second that this takes."""

    def read(data: bytes) -> None:
        try:
            found = decrypted(data, passphrase=passphrase)
        except AgeError as error:
            raise NotWhatWasMeant from error
        if found != content:
            raise NotWhatWasMeant

    return telling(target, read)
