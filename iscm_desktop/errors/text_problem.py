"""Problems with texts that people type."""

from __future__ import annotations

from iscm_desktop.errors.problem import Problem
from iscm_desktop.i18n import N_


class TextProblem(Problem):
    """Problems with texts that people type."""

    NO_TEXT = N_(
        "In {field} there is a character that is none: NUL, or half of a character. Nothing was changed. "
        "Type it again, or take that character out."
    )
    TOO_LONG = N_(
        "Too long is {field}: it has {length} characters, and files hold {most} at most. Nothing was changed. "
        "Make it shorter, then try again."
    )
