"""Problems with files that are attached to answers."""

from __future__ import annotations

from iscm_desktop.errors.problem import Problem
from iscm_desktop.i18n import N_


class AttachmentProblem(Problem):
    """Problems with files that are attached to answers."""

    FILE_UNREADABLE = N_(
        "The file '{file}' could not be read: {reason}. Nothing was attached, and the answer is as it was. "
        "Look whether it is still there, then try again."
    )
    FILE_EMPTY = N_(
        "The file '{file}' is empty. Nothing was attached, and the answer is as it was. Choose another file."
    )
    NO_PICTURE = N_(
        "'{file}' is no picture that can be shown. Nothing was attached, and the answer is as it was. Choose another "
        "file, or save the picture anew as PNG or JPEG with the program that made it."
    )
    TOO_MANY_PIXELS = N_(
        "'{file}' has more pixels than can be shown. Nothing was attached, and the answer is as it was. Make it "
        "smaller, for instance by a lower resolution, then try again."
    )
    WRONG_MEDIUM = N_(
        "'{file}' is not of the kind that this question asks for: {expected}. Nothing was attached, and the answer is "
        "as it was. Choose another file."
    )
    TOO_LARGE = N_(
        "'{file}' has {size}, and files for this question may have {most} at most. Nothing was attached, and the "
        "answer is as it was. Make it smaller, for instance by a lower resolution, then try again."
    )
    TOO_MUCH_IN_ALL = N_(
        "The attached files of this questionnaire would have more than {most} MiB together, which no file that travels "
        "holds. The answers are as they were. Take out or make smaller the largest of them, then try again."
    )
    NOT_HERE = N_(
        "The content of '{file}' is not on this computer: the file that brought the answer came without it, or it is "
        "damaged here. The answer is as it was. Ask whoever attached it to export again, then merge that file."
    )
    LOCATION_STAYS = N_(
        "From '{file}' the place where it was made could not be taken out. The answer is as it was. "
        "Save it anew with a program for such files, without metadata, then attach that."
    )
    NO_ATTACHMENT_QUESTION = N_(
        "'{path}' is no question that takes a file. Nothing was attached. Name one that does."
    )
    NOT_OPENED = N_(
        "'{file}' is not opened from here: it may be a program, or is of a kind that is not known. "
        "Save it, and open it only where you know who made it."
    )
    NOT_LAID_OUT = N_(
        "'{file}' could not be laid out for another program: {reason}. The answer is as it was. "
        "Make room on the disk, or save the file and open it where it lies then."
    )
