"""Which round is followed after files were merged."""

from __future__ import annotations

from iscm_desktop.exchange.merging.merge_plan import MergeReport, MergeResult
from iscm_desktop.workspace import RoundRow, Workspace


def follow_answers(workspace: Workspace, report: MergeReport) -> RoundRow | None:
    """Stays where there are answers; where all of them belong to other rounds, the work is in the newest of those.

    A merge that brought nothing moves nobody.

    What is followed is written down, so that a round that comes in later moves nobody who did not choose it.

    Returns:
        The round to which the work has moved; None where it stays.
    """
    if all(file.result is MergeResult.SAME for file in report.merged):
        return None
    followed = workspace.rounds.followed()
    filled = {row.round for row in workspace.response_list.all()}
    moved = None
    if followed is not None and followed.code not in filled:
        moved = next((row for row in workspace.rounds.all() if row.code in filled), None)
    if to := moved or followed:
        workspace.rounds.follow(to.code)
    return moved
