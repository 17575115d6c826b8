"""Which files of a plan are merged: chosen or left out by the names under which they are listed."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from iscm_desktop.errors import FileProblem, IscmError
from iscm_desktop.exchange.merging.merge_plan import FilePlan, MergePlan
from iscm_desktop.file_names import shown_file
from iscm_desktop.workspace.packages.merge_service import MergeService


def choose_files(
    packages: MergeService, plan: MergePlan, only: Sequence[str], but: Sequence[str]
) -> MergePlan:
    """The plan without what is not among `only`, where anything is named there, and without what is among `but`.

    Args:
        only, but: Names of files, mails, archives or folders as they are listed, or names and codes of respondents;
            capitals do not count, and * stands for any letters.

    Raises:
        IscmError: nothing in the plan is named so, which may be a slip of the pen.
    """
    wanted = named_files(plan, only) if only else frozenset(file.path for file in plan.planned)
    left_out = frozenset(file.path for file in plan.planned) - wanted | named_files(plan, but)
    return packages.choose(plan, left_out) if left_out else plan


def named_files(plan: MergePlan, names: Sequence[str]) -> frozenset[Path]:
    """Paths of the sound files of a plan that any of these names means.

    Raises:
        IscmError: one of them means none.
    """
    found: set[Path] = set()
    for name in names:
        meant = {file.path for file in plan.planned if _is_named(file, name.casefold())}
        if not meant:
            raise IscmError(FileProblem.NO_FILE_NAMED_SO, name=name)
        found |= meant
    return frozenset(found)


def _is_named(file: FilePlan, pattern: str) -> bool:
    whole = shown_file(file.path)
    inside = file.source.origin.split(" › ")
    texts = (
        file.path.name, whole, file.source.within, file.source.origin, *inside, Path(inside[0]).name,
        *(str(folder) for folder in Path(inside[0]).parents),
        file.contents.respondent, file.respondent_name,
    )  # fmt: skip
    return any(text and fnmatchcase(text.casefold(), pattern) for text in texts)
