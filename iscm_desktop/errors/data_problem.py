"""Problems with data on its way out."""

from __future__ import annotations

from iscm_desktop.errors.problem import Problem
from iscm_desktop.i18n import N_


class DataProblem(Problem):
    """Problems with data on its way out."""

    NOTHING_SELECTED = N_(
        "No response is here that fits what was chosen, so no data was written. "
        "Choose another round, or fewer conditions."
    )
    SECTION_UNKNOWN = N_(
        "No questionnaire of these responses has a section '{section}', so no data was written. "
        "Name a section by its path or its number, such as ISC-E or E."
    )
    LANGUAGE_UNKNOWN = N_(
        "The questionnaires of these responses do not know the language '{language}', so no data was written. "
        "They know: {languages}."
    )
    ENDING_UNKNOWN = N_(
        "'{file}' does not say by its ending in which shape the data is wanted, so nothing was written. "
        "Let its name end in {endings}."
    )
    TOO_LARGE_FOR_EXCEL = N_(
        "'{file}' was not written: Excel has room for 1,048,576 rows and 16,384 columns in a sheet, and these are "
        "more. Nothing was changed. Choose CSV, or fewer responses, questions or columns for several choices."
    )
