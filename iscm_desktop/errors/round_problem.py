"""Problems with rounds as a whole: reminders to their respondents."""

from __future__ import annotations

from iscm_desktop.errors.problem import Problem
from iscm_desktop.i18n import N_


class RoundProblem(Problem):
    """Problems with rounds as a whole: reminders to their respondents."""

    REMINDER_FOLDER_TAKEN = N_(
        "There is something in '{folder}' already. Nothing was written, and nobody counts as reminded. "
        "Name a new folder, so that no earlier reminder is taken for one of these."
    )
    REMINDER_NOBODY = N_(
        "Nobody is left to be reminded. Nothing was written. "
        "Look at `iscm reminders` without a filter, or add --signed-off for those who have signed off."
    )
    REMINDER_OF_NOBODY = N_(
        "'{respondent}' is nobody of the round '{round}'. Nothing was written. "
        "`iscm round respondents` lists who is asked there and who has answered."
    )
    REMINDER_WITHOUT_ROUND = N_(
        "There is no round yet. Nothing was written. Start one, and ask respondents in it."
    )
