"""Problems with documents."""

from __future__ import annotations

from iscm_desktop.errors.problem import Problem
from iscm_desktop.i18n import N_


class DocumentProblem(Problem):
    """Problems with documents."""

    DOCUMENT_TOO_LONG = N_(
        "'{title}' is as long as {length} characters (each line break counts for forty), and {limit} are the most that "
        "is printed, some 1,000 pages. Nothing was written, and your answers are safe. "
        "Shorten the longest answers, or send the file without a PDF."
    )

    SHAPING_FAILS = N_(
        "This computer cannot print right-to-left text correctly, so no document was written. Your answers are safe. "
        "Install the program again, then print again."
    )
