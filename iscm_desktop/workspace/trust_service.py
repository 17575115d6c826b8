"""On what trust the answers of a round rest, counted."""

from __future__ import annotations

from collections.abc import Mapping

from iscm_desktop.store.objects.proof_levels import Ground
from iscm_desktop.store.objects.responses import responses_resting_on, what_answers_rest_on
from iscm_desktop.workspace.trust_wording import trust_codes
from iscm_desktop.workspace.workspace_context import WorkspaceContext


class TrustService:
    """The service behind the figures of the page Proof: one query, for the store keeps them by response."""

    def __init__(self, context: WorkspaceContext) -> None:
        self._context = context

    def answers_rest_on(self, round_code: str) -> Mapping[str, int]:
        """How many sealed answers of a round rest on what, by `Ground.code`, the firmest first; no noughts."""
        with self._context.database.read() as db:
            found = {ground.code: count for ground, count in what_answers_rest_on(db, round_code).items()}
        return {code: found[code] for code in trust_codes() if found.get(code)}

    def responses_resting_on(self, round_code: str, code: str) -> Mapping[str, int]:
        """Ids of responses of a round with sealed answers that rest on this, and how many, by name of respondent."""
        ground = next(one for one in Ground if one.code == code)
        with self._context.database.read() as db:
            return responses_resting_on(db, round_code, ground)
