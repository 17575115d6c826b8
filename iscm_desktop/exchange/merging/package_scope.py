"""What of a sound file is merged: all of it, but for what lies outside of the delegation that it answers.

A colleague who was handed two sections and sends back a change of a third may mean well. It is neither taken
silently nor lost: it stays in the file, the plan names it, and whoever merges may take it too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from iscm_desktop.exchange.colleagues.delegation import delegated_changes
from iscm_desktop.exchange.colleagues.queries import check_queries
from iscm_desktop.exchange.package.package_reader import ReadPackage
from iscm_desktop.questionnaire import registers
from iscm_desktop.store.objects.promises import PromiseKeys
from iscm_desktop.store.objects.revision import Revision, RevisionId


@dataclass(frozen=True, slots=True)
class ScopedPackage:
    """A package as it is merged, and the paths of what was left out of it."""

    package: ReadPackage
    outside: tuple[str, ...] = ()


def limit_to_scope(
    package: ReadPackage,
    ours: Mapping[RevisionId, Revision],
    keys: PromiseKeys,
    *,
    takes_outside: bool,
) -> ScopedPackage:
    """Leaves out what a file changes beyond what was asked.

    Args:
        ours: All revisions of this response that are here.
        keys: Those that stand behind promises of this response, here and in the package.
        takes_outside: The person has seen what lies outside, and wants it too.

    Raises:
        IscmError: the file says that it holds a delegation or queries, and holds something else.
    """
    manifest, file = package.manifest, package.path.name
    if manifest.queries is not None:
        part, form_id = manifest.response, manifest.questionnaire.form_id
        name = registers.named_respondent(form_id, part.respondent, part.respondent_name)
        check_queries(package.revisions, is_response_here=bool(ours), file=file, respondent=name)
    if manifest.delegation is None:
        return ScopedPackage(package)
    found = delegated_changes(manifest.delegation, package.revisions, ours, keys, file)
    if takes_outside or not found.outside:
        return ScopedPackage(package)
    return ScopedPackage(replace(package, revisions=found.inside), found.paths_outside)


def digest_in_part(digest: str) -> str:
    """What names a file of which something was left out: should that be taken later, it is another file."""
    return hashlib.sha256(f"{digest} in part".encode()).hexdigest()
