"""Problems with texts that people type."""

from __future__ import annotations

from iscm_desktop.errors.problem import Problem
from iscm_desktop.i18n import N_


class TextProblem(Problem):
    """Problems with texts that people type."""

    ARGUMENT_NO_TEXT = N_(
        "'{text}' is no text: it holds bytes that are not UTF-8, or NUL. Nothing was changed. "
        "Type it again, in a terminal that is set to UTF-8."
    )
    FILE_NO_TEXT = N_(
        "The file '{file}' is not text in UTF-8. Nothing was changed. Save it as UTF-8, then try again."
    )
    NO_TEXT = N_(
        "In {field} there is a character that is none: NUL, or half of a character. Nothing was changed. "
        "Type it again, or take that character out."
    )
    TOO_LONG = N_(
        "Too long is {field}: it has {length} characters, and files hold {most} at most. Nothing was changed. "
        "Make it shorter, then try again."
    )
    BLANK = N_("Nothing is written for {field}. Nothing was changed. Write it, then try again.")
    PASSPHRASES_DIFFER = N_("The two passphrases differ. Nothing was changed. Type both again.")
