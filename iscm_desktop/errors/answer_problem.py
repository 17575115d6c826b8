"""Problems with answers, responses and conflicts."""

from __future__ import annotations

from iscm_desktop.errors.problem import Problem
from iscm_desktop.i18n import N_


class AnswerProblem(Problem):
    """Problems with answers, responses and conflicts."""

    FINDING_UNKNOWN = N_(
        "No single finding is named '{finding}'. Nothing was changed. List the findings and name one of them."
    )
    FINDING_NOT_ASKABLE = N_(
        "Nobody can be asked about this side of the finding '{finding}': it is no answer of this round. "
        "Nothing was asked. Ask the other side."
    )
    ANSWER_MISSING = N_(
        "No answer was given, so nothing was changed. Name a question and its answer, or a file with --from."
    )
    ANSWERS_NOT_JSON = N_(
        "The file '{file}' does not hold answers as a JSON object: {fault}. Nothing was changed. "
        "Mend the file, then try again."
    )
    ANSWERS_NOT_TABLE = N_(
        "The file '{file}' is not a table of answers: {fault}. Nothing was changed. "
        "Save it as CSV in UTF-8 with the columns path and value, then try again."
    )
    ANSWERS_NOT_XML = N_(
        "The answers cannot be read: {reason} Nothing was changed. Look whether it is the file that you meant."
    )
    ANSWERS_UNKNOWN = N_(
        "The questionnaire '{title}' has no question or repeat of these names: {keys}. Nothing was changed. "
        "Compare the names with the questionnaire, then try again."
    )
    CONFLICT_NO_PROSE = N_(
        "The answers to '{label}' are no prose that could be combined. Nothing was changed. "
        "Keep one of them, or give another answer."
    )
    CONFLICT_REVISION_UNKNOWN = N_(
        "The conflict {conflict} has no answer '{revision}'. Nothing was changed. "
        "List the conflicts and name one of the answers shown."
    )
    CONFLICT_UNKNOWN = N_(
        "No single conflict is named '{conflict}'. Nothing was changed. List the conflicts and name one of them."
    )
    DEMO_FOLDER_TAKEN = N_(
        "The folder '{folder}' holds something else than a sample round. Nothing was changed. "
        "Name a new or empty folder."
    )
    EXPORT_KIND_UNKNOWN = N_(
        "A response is exported as .iscm.age, .pdf.age, .iscm or .pdf, its public edition as .iscm or .pdf, and "
        "'{file}' is none of these. Nothing was written. Choose one of these endings."
    )
    FILE_MISSING = N_("There is no file '{file}'. Nothing was changed. Look at the name and the folder.")
    LAST_ROUND_IS_THIS = N_(
        "'{file}' holds answers of this very round ({round}). Nothing was taken from it. "
        "Merge it, or choose the file of an earlier round."
    )
    LAST_ROUND_IS_LATER = N_(
        "'{file}' holds answers of the round {round}, which is later than {this}, so they are none of an earlier "
        "round. Nothing was taken from it. Choose the file of an earlier round."
    )
    LAST_ROUND_NOT_ONE = N_(
        "'{file}' does not hold the answers of one respondent. Nothing was taken from it. "
        "Choose the one file that was exported in the earlier round."
    )
    MECHANISM_UNKNOWN = N_(
        "No mechanism that exists has the code '{mechanism}', so nothing was changed. Use a code of the register, such "
        "as igc."
    )
    REGION_UNKNOWN = N_(
        "'{region}' is no region, so nothing was changed. Use a name or code of the United Nations, such as Western "
        "Africa or 011."
    )
    MOMENT_UNKNOWN = N_(
        "'{moment}' is no moment that can be compared. Nothing was compared. "
        "Say start, export, merge, sign-off, change or now, a day such as 2027-03-14, "
        "or a time such as 2027-03-14T09:30."
    )
    COVERAGE_MOMENT_UNKNOWN = N_(
        "'{moment}' is no moment with which the coverage can be compared. Nothing was compared. Say today, yesterday, "
        "week, look (when its page was last looked at), a day such as 2027-03-14, or a time such as 2027-03-14T09:30."
    )
    MOMENT_NEVER = N_(
        "There was no '{moment}' of this response yet. Nothing was compared. "
        "See with --moments what can be compared."
    )
    NOTHING_NOWHERE = N_(
        "There is neither a section nor something that can be answered several times at '{path}'. Nothing was changed."
    )
    NOTHING_ANSWERED = N_(
        "It cannot be said of '{path}' that there is nothing to report: something is answered there, it is not asked "
        "now, or it says who answers. Nothing was changed. Clear the answers there first."
    )
    OFFER_NOWHERE = N_(
        "Nothing is offered at '{path}' that waits to be taken over or declined. Nothing was changed. "
        "See what is offered by: iscm offers"
    )
    LAST_ROUND_NOWHERE = N_(
        "The questionnaire has no section, question or repeat '{path}'. Nothing was confirmed. "
        "Use a path as the response shows it."
    )
    LAST_ROUND_OF_OTHERS = N_(
        "'{file}' holds the answers of {whose} to another questionnaire, or of another respondent. "
        "Nothing was taken from it. Choose the file of this respondent."
    )
    LAST_ROUND_UNREADABLE = N_("{reason} So there are no answers of an earlier round in it.")
    NO_TASK_CHOSEN = N_(
        "No question is chosen for the task sheet, so none was written. Your answers are as they were. "
        "Choose questions, or all of them where nothing is open."
    )
    NOTHING_REFUSED = N_(
        "Everything in that merge could be read, so there is no list to write. Nothing was written."
    )
    NOBODY_TO_REPLY = N_(
        "There is no file about which its sender could do anything, so no reply was written. "
        "See the list for what was not merged, and why."
    )
    NOTHING_TO_MERGE = N_(
        "No file was named, so nothing was merged. Name packages or folders that hold them."
    )
    RESPONSE_AMBIGUOUS = N_(
        "'{response}' could be several responses: {choices}. Nothing was changed. Use the id of one of them."
    )
    RULE_SETTLES_NOTHING = N_(
        "No open conflict can be settled by the rule '{rule}'. Nothing was changed. "
        "Look which rules are suggested, or settle the conflicts one by one."
    )
    RULE_UNKNOWN = N_("There is no rule '{rule}'. Nothing was changed. The rules are: {rules}.")
    QUESTIONNAIRE_IS_FIRST = N_(
        "This response was never filled in with another version of its questionnaire than {version}. "
        "Nothing was changed."
    )
    QUESTIONNAIRE_IS_NEWEST = N_(
        "This computer has no newer version of the questionnaire than {version}. Nothing was changed. "
        "Update the program, or add the workbook of the newer version."
    )
    QUESTIONNAIRE_UNKNOWN = N_(
        "This computer has no version of the questionnaire '{form}'. Nothing was changed. "
        "Update the program, or ask for a file that carries its questionnaire along."
    )
    PUBLIC_EMPTY = N_(
        "Of the answers of {respondent} none is left to publish, so no file was written. "
        "Look at what is marked as not for publication."
    )
    PUBLIC_IN_CONFLICT = N_(
        "Some answers of {respondent} that would be published are in conflict, so no file was written. "
        "Settle the conflicts, or mark these answers as not for publication."
    )
    PUBLIC_NOT_WHOLE = N_(
        "Only the public edition of the answers of {respondent} is on this computer, so no file was written. "
        "Export it as a public edition, or merge the whole response first."
    )
    CLEARANCE_NOT_YOURS = N_(
        "You hold some sections of this questionnaire only, so clearances are kept by {by}, who handed them over. "
        "Nothing was changed. Send your file back to them."
    )
    CLEARANCE_OF_PUBLIC = N_(
        "Only the public edition of these answers is here, and nobody clears that. Nothing was changed. "
        "Merge the whole response first."
    )
    CLEARANCE_UNKNOWN = N_(
        "No single clearance step is called '{step}'. Nothing was changed. List the steps, and use a name shown there."
    )
    CLEARANCE_UNNAMED = N_(
        "It is not said whose clearance this is, or who gave it. Nothing was changed. Name the office and the person."
    )
    CLEARANCE_DAY = N_(
        "{day} is no day on which anybody asked or agreed: it is still to come, or before {first}. "
        "Nothing was changed. Give another day."
    )
    EXPORT_WOULD_BE_OPEN = N_(
        "This response answers an invitation, so its file is for the coordinator only, and everyone could read "
        "'{file}'. Nothing was written. Write '{sealed}', or say --open if everyone may read it."
    )
    SIGN_OFF_INCOMPLETE = N_(
        "Some things are left to finish ({count}), so nothing was signed. Finish them, or say why the response is "
        "signed off all the same: the reason is printed."
    )
    SIGN_OFF_NONE = N_(
        "Nobody has signed this response off, so there is nothing to withdraw. Nothing was changed."
    )
    SIGN_OFF_NOT_CLAIMED = N_(
        "There is not one sign-off of this response that is only claimed, so there is none to confirm. Nothing was "
        "changed. Sign off yourself, or name the device of whoever did."
    )
    SIGN_OFF_UNNAMED = N_(
        "It is not said who signs off. Nothing was changed. Say their name and function, or confirm what is claimed."
    )
    SIGN_OFF_OF_PUBLIC = N_(
        "Only the public edition of these answers is here, so nobody can sign them off. Nothing was changed. "
        "Merge the whole response first."
    )
    RESTRICTION_NOT_CLAIMED = N_(
        "Nothing is claimed of the publication of '{path}' that could be made to count. Nothing was changed. "
        "List what is claimed, and use a path as it is shown there."
    )
    RESTRICTION_NOWHERE = N_(
        "The questionnaire has no section, question or entry '{path}'. Nothing was marked. "
        "Use a path as the response shows it."
    )
    RESPONDENT_MISSING = N_(
        "It was not said who answers, so no response was started. Name the mechanism, the State or the organization."
    )
    ROUND_NONE = N_(
        "No round was started here yet, so nothing was written. Start a round, open an invitation, or merge a file."
    )
    ROUND_UNKNOWN = N_(
        "The store has no round '{round}', so nothing was started. Start the round first, or use one that is listed."
    )
    ROUND_WITHOUT_CODE = N_(
        "A round needs a code, such as the year, and none was given. Nothing was changed. Name one."
    )
    RESPONSE_UNKNOWN = N_(
        "The store holds no response '{response}'. Nothing was changed. List the responses to see which there are."
    )
    SUMMARY_WITHOUT_ANSWERS = N_(
        "Nobody has answered for or about '{mechanism}' in the round '{round}', so there is no summary and nothing was "
        "written. List the summaries to see which there are, or choose another round."
    )
    SECTIONS_NOT_YOURS = N_(
        "These sections are not in your hands: {sections}. Nothing was changed. "
        "Ask {by}, who handed you the others, to hand them over or to answer there."
    )
    SECTIONS_UNKNOWN = N_(
        "The questionnaire has no sections of these names: {sections}. Nothing was changed. "
        "Its sections are: {known}."
    )
    SIGN_OFF_NOT_YOURS = N_(
        "You hold some sections of this questionnaire only, so it cannot be signed off here. Your answers are safe. "
        "Send your file back to {by}."
    )
