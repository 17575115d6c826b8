"""Problems with questionnaires."""

from __future__ import annotations

from iscm_desktop.errors.problem import Problem
from iscm_desktop.i18n import N_


class QuestionnaireProblem(Problem):
    """Problems with questionnaires."""

    FORM_FAULTY = N_(
        "The questionnaire '{name}' cannot be used yet, and nothing was changed. "
        "Mend what follows in the workbook, then try again.\n{faults}"
    )
    FORM_MISSING = N_(
        "There is no questionnaire '{file}'. Nothing was changed. Look at the name and the folder."
    )
    FORM_UNREADABLE = N_(
        "The file holds no questionnaire that can be read: {reason} Nothing was changed. "
        "Ask for the file again, or save the workbook anew."
    )
