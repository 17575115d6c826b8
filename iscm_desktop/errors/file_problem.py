"""Problems with files that travel: packages, PDFs that carry one, archives, mails."""

from __future__ import annotations

from iscm_desktop.errors.problem import Problem
from iscm_desktop.i18n import N_


class FileProblem(Problem):
    """Problems with files that travel: packages, PDFs that carry one, archives, mails."""

    OPERATION_UNKNOWN = N_(
        "Operation '{operation}' is no merge or settlement by rule that has ended. Nothing was changed. "
        "See the log for its number."
    )
    FILE_IS_STORE = N_(
        "'{file}' is a store of answers, or belongs to one, so nothing was written over it. Choose another name."
    )
    FILE_NOT_WRITTEN = N_(
        "The file '{file}' could not be written: {reason}. What was there before is as it was. "
        "Choose another folder, or make room, then try again."
    )
    FILE_NOT_READ_BACK = N_(
        "The file '{file}' was not written: when it was read again as whoever gets it would read it, {reason}. "
        "What was there before is as it was, and your answers are safe. Please report this, with the program's log."
    )
    FILE_WOULD_BE_TOO_LARGE = N_(
        "The file '{file}' was not written: it would be larger than any that this program reads. "
        "What was there before is as it was, and your answers are safe. Shorten the longest answers, then export again."
    )
    FILE_NAME_TOO_LONG = N_(
        "The name '{file}' is longer than this computer allows, so there is no such file and none was written. "
        "Use a shorter name."
    )
    FOLDER_NOT_READ = N_(
        "The folder '{file}' could not be read, so nothing that lies in it was merged. "
        "Ask whoever looks after the computer for the right to read it, then look at the files again."
    )
    FOLDER_TOO_LARGE = N_(
        "The folder '{file}' holds more than {count} files; those beyond were not looked at. "
        "Add the folders in it one by one."
    )
    HOLDER_EMPTY = N_(
        "'{file}' holds no package and no PDF that carries data. Nothing was merged from it. "
        "Look whether the attachment is still there, or ask for the original file."
    )
    HOLDER_ENCRYPTED = N_(
        "'{file}' is encrypted for a mail program. Nothing of it was merged. "
        "Open the mail there, save what is attached as a file, and add that."
    )
    HOLDER_NO_ROOM = N_(
        "'{file}' could not be unpacked: temporary files could not be written on this computer. "
        "Nothing of it was merged. Make room, then look at the files again."
    )
    HOLDER_PACKED = N_(
        "'{file}' is packed in a way that this program does not read. Nothing of it was merged. "
        "Unpack it first, then add what comes of it."
    )
    HOLDER_PROTECTED = N_(
        "'{file}' is protected by a password. Nothing of it was merged. "
        "Take the protection off, or ask the sender for the file as the program exported it."
    )
    HOLDER_TOO_DEEP = N_(
        "'{file}' lies deeper in mails and archives than this program looks. Nothing of it was merged. "
        "Save it as a file of its own, then add that."
    )
    HOLDER_TOO_LARGE = N_(
        "'{file}' is larger than 64 MB, and this program unpacks no more at once. Nothing of it was merged. "
        "Save the mails or packages that lie in it as files of their own, then add those."
    )
    HOLDER_TOO_SLOW = N_(
        "'{file}' could not be read within reasonable time and memory. Nothing of it was merged. "
        "Ask the sender where the file comes from, and for the file as the program exported it."
    )
    IS_INVITATION = N_(
        "'{file}' is an invitation and holds no answers, so nothing of it was merged. "
        "Open it where somebody is to answer it."
    )
    LEFT_OUT = N_(
        "'{file}' was left out by hand. Nothing of it was merged, and it is as it was. "
        "Add it again whenever you want what is in it."
    )
    NO_FILE_NAMED_SO = N_(
        "No file that was found is named '{name}', nor is anybody whose answers they hold. Nothing was merged. "
        "Look first with --dry-run, then name files as they are listed there; * stands for any letters."
    )
    NOT_LOOKED_INTO = N_(
        "'{file}' was not looked into: by its kind or its name it is none of the files that answers come in. "
        "It is as it was. If it should hold answers, add it by itself."
    )
    NOTHING_TO_OPEN = N_(
        "'{file}' is of no kind that this program opens, so nothing was changed. It opens what colleagues and "
        "coordinators send (.iscm, .iscminvite, a PDF with data, or the mail itself), and questionnaires (.xlsx, .xml)."
    )
    HANDED_OVER_HERE = N_(
        "'{file}' holds the sections that you handed to {to} yourself, so there is nothing to take in. "
        "What {to} fills in comes back in another file."
    )
    DELEGATION_UNKNOWN = N_(
        "No delegation of this computer is named '{delegation}'. Nothing was changed. "
        "List the delegations and name one that was made here."
    )
    DELEGATION_WITHOUT_NAME = N_(
        "It was not said to whom the sections go, so no file was written. Name the colleague."
    )
    DELEGATION_WITHOUT_SECTIONS = N_(
        "No section was chosen, so no file was written. Choose the sections that your colleague is to fill in."
    )
    PACKAGE_CHANGED = N_(
        "'{file}' is not the file any more that was looked at before. Nothing of it was merged. "
        "Look at the files again, then merge."
    )
    PACKAGE_CONTRADICTS = N_(
        "'{file}' says one thing in its description and another in its answers. Nothing of it was merged. "
        "Ask the sender to export it again with the program, without changing the file."
    )
    PACKAGE_DAMAGED = N_(
        "'{file}' is damaged: its content is not what its own description says, or cannot be read. "
        "Nothing of it was merged. Ask the sender for the file again, as an attachment or on a stick."
    )
    QUERIES_NONE_OPEN = N_(
        "No query about the answers of {respondent} is open, so no file was written. Ask first, then export."
    )
    QUERIES_WITHOUT_RESPONSE = N_(
        "'{file}' asks about answers of {respondent}, and that questionnaire is not on this computer. "
        "Nothing of it was merged. Open it where the questionnaire was filled in."
    )
    QUERY_BLANK = N_(
        "It was not said what you want to know, so nothing was asked. Write the question in words."
    )
    QUERY_UNKNOWN = N_(
        "No single query is named '{query}'. Nothing was changed. List the queries and name one of them."
    )
    QUERY_WITHOUT_QUESTION = N_(
        "The response has no question '{path}' to ask about. Nothing was changed. "
        "Use the path as it is shown beside the answer."
    )
    REPLY_BLANK = N_(
        "The reply is blank, so the query stays open. Say in a few words what you changed, or why nothing changes."
    )
    PACKAGE_FOREIGN = N_(
        "'{file}' is not a package of this program. Nothing of it was merged. "
        "Packages end in .iscm; ask the sender to export the response and send that file."
    )
    PACKAGE_OF_PRACTICE = N_(
        "'{file}' comes out of a practice round, in which nothing counts. Nothing of it was merged. "
        "Ask the sender for the file that was exported from the questionnaire itself."
    )
    PACKAGE_ODD = N_(
        "'{file}' holds parts that a package never has, such as a password, links or names that occur twice. "
        "Nothing of it was merged. Ask the sender to export it again and to send it unchanged."
    )
    PACKAGE_NOT_WHOLE = N_(
        "'{file}' lacks parts that it says it holds, such as an attached file. Nothing of it was merged. "
        "Ask the sender to export it again and to send it unchanged."
    )
    PACKAGE_TOO_LARGE = N_(
        "'{file}' is larger than any package can be, or would grow beyond measure when unpacked. "
        "Nothing of it was merged. Ask the sender where the file comes from."
    )
    PACKAGE_TOO_NEW = N_(
        "'{file}' was made by a newer version of the program ({made_by}). Nothing of it was merged. "
        "Update the program on this computer, then merge the file again."
    )

    PDF_DAMAGED = N_(
        "'{file}' is damaged and cannot be opened as a PDF. Nothing of it was merged. "
        "Ask the sender for the file again, as an attachment or on a stick."
    )
    PDF_WITHOUT_DATA = N_(
        "'{file}': no data inside; ask for the original file. Nothing of it was merged. "
        "A PDF that was printed or scanned again shows the answers and no longer carries them."
    )
