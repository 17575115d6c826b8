"""The sample answers that ship, as responses in a store."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from iscm_desktop.paths import resource
from iscm_desktop.session.answer_filling import fill_session
from iscm_desktop.workspace import Workspace

ROUND = "2027"


@cache
def sample(respondent: str) -> dict[str, Any]:
    """Form, author and answers of one respondent of the sample round."""
    found: dict[str, Any] = json.loads(
        resource("demo", "answers", f"{respondent}.json").read_text(encoding="utf-8")
    )
    return found


def opened(store: Path) -> Workspace:
    """A store with a person and a round, as after the first start."""
    workspace = Workspace.open(store)
    workspace.set_person("A. Person", "Ministry")
    workspace.set_setting("welcomed", "yes")
    workspace.rounds.start(ROUND, "Assessment 2027")
    return workspace


def respond(workspace: Workspace, respondent: str) -> str:
    """The id of a respondent's response, filled in and saved."""
    found = sample(respondent)
    response = workspace.responses.start(found["form"], found["respondent"], round=ROUND)
    session = workspace.responses.open_session(response)
    fill_session(session, found["answers"])
    workspace.responses.save(response, session)
    return response


def own_form(workspace: Workspace, file: Path) -> str:
    """The id of a blank response to a questionnaire of one's own."""
    return workspace.responses.start(workspace.responses.add_questionnaire(file), "somebody", round=ROUND)
