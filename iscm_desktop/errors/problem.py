"""Words for what a person can solve. Each problem says where, what, what is unharmed, and what to do next."""

from __future__ import annotations

from enum import Enum

from iscm_desktop.i18n import N_


class Problem(Enum):
    """The catalogue: one sentence or two per problem, with named places for the particulars."""

    # answers and responses
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
        "A response is exported as .iscm, .iscm.age or .pdf, and '{file}' is none of these. Nothing was written. "
        "Choose one of these endings."
    )
    FILE_MISSING = N_("There is no file '{file}'. Nothing was changed. Look at the name and the folder.")
    LAST_ROUND_IS_THIS = N_(
        "'{file}' holds answers of this very round ({round}). Nothing was taken from it. "
        "Merge it, or choose the file of an earlier round."
    )
    LAST_ROUND_NOT_ONE = N_(
        "'{file}' does not hold the answers of one respondent. Nothing was taken from it. "
        "Choose the one file that was exported in the earlier round."
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
    SIGN_OFF_OF_PUBLIC = N_(
        "Only the public edition of these answers is here, so nobody can sign them off. Nothing was changed. "
        "Merge the whole response first."
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

    # questionnaires
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

    # documents
    SHAPING_FAILS = N_(
        "This computer cannot print right-to-left text correctly, so no document was written. Your answers are safe. "
        "Install the program again, then print again."
    )

    # files that travel
    OPERATION_UNKNOWN = N_(
        "Operation '{operation}' is no merge or settlement by rule that has ended. Nothing was changed. "
        "See the log for its number."
    )
    FILE_NOT_WRITTEN = N_(
        "The file '{file}' could not be written: {reason}. What was there before is as it was. "
        "Choose another folder, or make room, then try again."
    )
    HOLDER_EMPTY = N_(
        "'{file}' holds no package and no PDF that carries data. Nothing was merged from it. "
        "Look whether the attachment is still there, or ask for the original file."
    )
    HOLDER_NO_ROOM = N_(
        "'{file}' could not be unpacked: there is no room for temporary files on this computer. "
        "Nothing of it was merged. Make room, then look at the files again."
    )
    HOLDER_PROTECTED = N_(
        "'{file}' is protected by a password. Nothing of it was merged. "
        "Take the protection off, or ask the sender for the file as the program exported it."
    )
    HOLDER_TOO_SLOW = N_(
        "'{file}' could not be read within reasonable time and memory. Nothing of it was merged. "
        "Ask the sender where the file comes from, and for the file as the program exported it."
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
    PACKAGE_ODD = N_(
        "'{file}' holds parts that a package never has, such as a password, links or names that occur twice. "
        "Nothing of it was merged. Ask the sender to export it again and to send it unchanged."
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

    FORM_UNSETTLED = N_(
        "The questionnaire '{title}' cannot be used: the calculation of '{path}' changes what it depends on, without "
        "end. Nothing was changed. Ask whoever wrote the questionnaire to mend it."
    )

    # keys, invitations, signatures
    AGE_DAMAGED = N_(
        "'{file}' is encrypted, and damaged or cut short on its way. Nothing of it was taken in. "
        "Ask the sender for the file again, as an attachment or on a stick."
    )
    AGE_HYBRID = N_(
        "'{file}' is encrypted with a newer kind of key (post-quantum) that this program cannot use. "
        "Nothing of it was taken in. Ask the sender to encrypt it for the key in your invitation."
    )
    AGE_KEY_LOST = N_(
        "'{file}' is encrypted, and the coordinator's key of this store is not on this computer any more. "
        "Nothing of it was taken in. Restore the key from its backup, then merge the file again."
    )
    AGE_KEY_MISSING = N_(
        "'{file}' is encrypted for a coordinator, and this computer has no coordinator's key. Nothing of it was "
        "taken in. Merge it on the coordinator's computer, or restore the coordinator's key here from its backup."
    )
    AGE_KEY_WRONG = N_(
        "'{file}' is encrypted for somebody else's key. Nothing of it was taken in. "
        "Ask the sender to open your invitation and to export again, or send the file to whom it is meant for."
    )
    AGE_WITH_PASSPHRASE = N_(
        "'{file}' is protected by a passphrase, which a package never is. Nothing of it was taken in. "
        "Ask the sender to export it encrypted for the coordinator instead."
    )
    INVITATION_BROKEN = N_(
        "'{file}' was changed after the coordinator signed it, or is damaged. Nothing was changed here. "
        "Ask the coordinator for the invitation again."
    )
    INVITATION_FOR_OTHERS = N_(
        "The open invitation '{file}' is for other questionnaires: {forms}. Nothing was changed. Choose one of these."
    )
    INVITATION_FOREIGN = N_(
        "'{file}' is not an invitation of this program. Nothing was changed. "
        "Invitations end in .iscminvite; ask the coordinator for yours."
    )
    INVITATION_LIST_FAULTY = N_(
        "The list '{file}' cannot be used yet, and no invitation was issued. "
        "Mend what follows, then try again.\n{faults}"
    )
    INVITATION_TOO_NEW = N_(
        "The invitation '{file}' was made by a newer version of the program ({made_by}). Nothing was changed. "
        "Update the program on this computer, then open it again."
    )
    INVITATION_WANTS_RESPONDENT = N_(
        "The invitation '{file}' is open to several respondents. Nothing was changed. "
        "Say for whom you answer, and in which questionnaire."
    )
    KEYS_FOREIGN = N_(
        "'{file}' is not a backup of a coordinator's keys. Nothing was changed. Choose the file that was saved as such."
    )
    KEY_NOT_KEPT = N_(
        "The new key could be kept neither in the key store of this computer nor in '{folder}': {reason}. "
        "Nothing was changed. Make the folder writable, then try again."
    )
    KEYS_NONE = N_(
        "This computer has no coordinator's key to back up. Nothing was written. Issue an invitation first."
    )
    PASSPHRASE_SHORT = N_(
        "The passphrase is too short to protect the keys. Nothing was written. "
        "Take at least {least} characters, such as five words that nobody else would put together."
    )
    PASSPHRASE_WRONG = N_(
        "The passphrase does not open '{file}'. Nothing was changed. Type it again; capitals and blanks count."
    )
    PROOF_FOR_ANOTHER = N_(
        "'{file}' answers for {respondent} with an invitation that was issued to {invited}. Nothing of it was merged. "
        "Ask the sender whose answers these are."
    )
    PROOF_FOR_ANOTHER_ROUND = N_(
        "'{file}' belongs to the round '{round}', but its invitation is one to the round '{invited}'. "
        "Nothing of it was merged. Ask the sender to open the invitation to the round, then to export again."
    )
    PROOF_WRONG = N_(
        "'{file}' names an invitation of yours but does not prove that the sender has it. Nothing of it was merged. "
        "Ask the sender to export it again on the computer where the invitation was opened."
    )
    RECIPIENT_MISSING = N_(
        "It is not known for whom the file is to be encrypted. Nothing was written. "
        "Open the coordinator's invitation first, or name the coordinator's public key."
    )
    RECIPIENT_UNREADABLE = N_(
        "'{key}' is not a coordinator's public key. Nothing was changed. Public keys begin with age1; copy it whole."
    )
    DEVICE_UNKNOWN = N_(
        "No single known device has a key that begins with '{key}'. Nothing was changed. List the devices."
    )
    RESPONDENT_UNKNOWN = N_(
        "'{respondent}' is in no register for the questionnaire '{form}'. Nothing was changed. "
        "Use the code of a mechanism (igc), a State (CAN) or an organization (iom)."
    )
    SIGNATURE_BROKEN = N_(
        "The signature of '{file}' is broken: it was changed after it was exported, or signed by another key than it "
        "says. Nothing of it was merged. Ask the sender for the file again, unchanged."
    )

    # the store
    BACKUP_NOT_MADE = N_(
        "No backup could be made at '{target}': {reason}. The store itself is as it was. "
        "Choose another folder, or make room, then try again."
    )
    STORE_IN_USE = N_(
        "Another copy of the program is using the store '{store}'. Nothing was changed. "
        "Go on in the window that is open already, or close it and start again."
    )
    STORE_DAMAGED = N_(
        "The store '{store}' is damaged and was not opened. Nothing was changed. "
        "Put the newest file from its folder of backups in its place, under its name, and start again."
    )
    STORE_NOT_OPENED = N_(
        "The store '{store}' could not be opened for writing: {reason}. Nothing was changed. "
        "Look whether the folder can be written to and the disk has room, or choose another place with --store."
    )
    STORE_NOT_OURS = N_(
        "The file '{store}' is not a store of this program. Nothing was changed. Choose another file or a new name."
    )
    STORE_NOT_WRITTEN = N_(
        "The last change could not be written to the store '{store}': {reason}. What was saved before is safe. "
        "Make room on the disk or make the folder writable; leave this window open and save again."
    )
    SHARED_ADDRESS = N_(
        "'{store}…' is not the address of a shared store. Nothing was changed. "
        "It looks like postgresql+psycopg://name@server/database; ask whoever keeps the server for yours."
    )
    SHARED_DRIVER_MISSING = N_(
        "This installation cannot reach shared stores: it lacks the driver for PostgreSQL. Nothing was changed. "
        "Install the program together with its 'shared' part, or choose a store on this computer."
    )
    SHARED_LOST = N_(
        "The shared store '{store}' could not be reached any more: {reason}. What was saved before is safe there. "
        "Look whether the network is there, leave this window open, and save again."
    )
    SHARED_UNREACHABLE = N_(
        "The shared store '{store}' could not be reached: {reason}. Nothing was changed. "
        "Look whether the network and the server are there and the address is right, then start again."
    )
    COPY_TARGET_TAKEN = N_(
        "The store '{store}' holds something already, so nothing was copied. Choose a new file or an empty database."
    )
    STORE_TOO_NEW = N_(
        "The store '{store}' was made by a newer version of this program. Nothing was changed. "
        "Install the newer version on this computer, or choose another store."
    )
